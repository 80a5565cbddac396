"""The record: what was handed in and kept, and everything that may be done to it."""
