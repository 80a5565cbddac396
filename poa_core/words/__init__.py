"""What people read: sentences, numbers, months and days in the words of a language."""
