"""A file on its way in: read against the ledger, and what accepting it would do."""
