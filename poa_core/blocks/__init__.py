"""HTML blocks, a module a screen: frames and words in, markup out."""
