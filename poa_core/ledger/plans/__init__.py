"""What becomes of a version of a plan: tried, accepted, taken back, archived."""
