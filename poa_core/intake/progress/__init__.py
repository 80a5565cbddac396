"""A progress file: read, asked about, and what it would do."""
