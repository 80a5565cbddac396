"""What a file or a typed month would do, as markup."""
