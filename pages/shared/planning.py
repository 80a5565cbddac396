"""A plan loaded or replaced: read, linted, compared with the one in force, accepted."""


def load(plan) -> None:
    """The plan page's own steps."""
