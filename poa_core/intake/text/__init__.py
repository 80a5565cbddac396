"""Text files: their character set, their records, what they turn out to be."""
