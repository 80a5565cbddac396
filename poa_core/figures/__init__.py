"""Every figure: the questions, what they are asked with, and their one definition in SQL."""
