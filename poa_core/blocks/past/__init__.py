"""Uploads, months, changes and archived plans, as markup."""
