"""One ledger in memory for all the tests of the core, and the order of the files: a file is one worker's, and
a long one begun last would be waited for by the others.
"""

import pytest

from poa_core.ledger.file import database

LONGEST = (
    "test_properties",
    "test_login",
    "test_access",
    "test_bad_files",
    "test_faults",
    "test_pages",
    "test_first_screen",
)


def pytest_collection_modifyitems(items) -> None:
    """The longest files first, each as it is; the rest as it was."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


@pytest.fixture(scope="session")
def ledger():
    """An open ledger, with whatever the test before left in it: each test fills it for itself."""
    opened = database.in_memory()
    yield opened
    opened.close()
