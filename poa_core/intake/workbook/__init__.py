"""Excel workbooks, read cell by cell."""
