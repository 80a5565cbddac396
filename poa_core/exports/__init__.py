"""What goes out: files that a spreadsheet opens and nothing in them runs."""
