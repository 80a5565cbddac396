"""The order of the files: a file is one worker's, and a long one begun last would be waited for by the others."""

LONGEST = ("test_properties", "test_login", "test_access", "test_bad_files", "test_faults", "test_pages", "test_first_screen")


def pytest_collection_modifyitems(items) -> None:
    """The longest files first, each as it is; the rest as it was."""
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))
