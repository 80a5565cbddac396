"""What a cell says: numbers, months, names and localities, and what is wrong with it."""
