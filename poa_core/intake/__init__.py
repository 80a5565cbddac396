"""Files that come in: bytes to rows of text to typed values and problems; stores nothing."""
