"""The ledger that most faults befall: filled once, and a copy of its own for each test."""

import dying
import pytest

from poa_core.ledger.file import database


@pytest.fixture(scope="session")
def seed(tmp_path_factory):
    """Its folder: copied, never opened."""
    folder = tmp_path_factory.mktemp("seed") / "ledger"
    folder.mkdir()
    dying.fill(folder)
    return folder


@pytest.fixture
def place(seed, tmp_path):
    return dying.copied(seed, tmp_path / "ledger")


@pytest.fixture
def opened(place):
    opened = database.open_ledger(place)
    yield opened
    opened.close()
