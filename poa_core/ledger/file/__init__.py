"""The file the ledger lies in: made, opened, locked, copied."""
