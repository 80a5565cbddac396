"""The commands: one module for each that does more than ask."""
