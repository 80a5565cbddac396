"""A long file of plain values as columns, checked a column at a time."""
