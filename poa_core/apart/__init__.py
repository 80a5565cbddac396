"""A file read in a confined process of its own: what goes in, what comes out."""
