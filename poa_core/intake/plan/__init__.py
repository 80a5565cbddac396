"""A plan's files: read, judged, and held against the plan in force."""
