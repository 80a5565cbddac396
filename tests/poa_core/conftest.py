"""One ledger in memory for all the tests of the core: each fills it for itself."""

import pytest

from poa_core.ledger.file import database


@pytest.fixture(scope="session")
def ledger():
    """An open ledger, with whatever the test before left in it."""
    opened = database.in_memory()
    yield opened
    opened.close()
