"""What is installed is what was tested: every package pinned, with what it is for and under which licence."""

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINE = re.compile(r"([\w.-]+)==([^\s;]+)(?: ; ([^\\]+?))?")
REASON = re.compile(r"# (\S.*); (\S.*)")
DIGEST = re.compile(r"    --hash=sha256:[0-9a-f]{64}")
# What makes the environment itself.
NOT_OURS = {"pip", "setuptools", "wheel"}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(file: str) -> dict[str, tuple[str, str | None]]:
    """name -> (version, on which systems alone) of each package; it has its reason and licence above it and
    the digests of its files below.
    """
    found: dict[str, tuple[str, str | None]] = {}
    before, is_open = "", False
    for line in (ROOT / file).read_text("utf-8").splitlines():
        if match := LINE.fullmatch(line.removesuffix(" \\")):
            assert REASON.fullmatch(before), line
            assert line.endswith(" \\"), f"{line}: no digest"
            found[plain(match[1])] = match[2], match[3]
        elif is_open:
            assert DIGEST.fullmatch(line.removesuffix(" \\")), line
        else:
            assert not line or line.startswith(("#", "-r ")), line
        before, is_open = line, line.endswith(" \\")
    return found


def test_every_package_has_its_version_its_reason_and_its_licence():
    run, test = pinned("requirements.txt"), pinned("tests/requirements.txt")
    assert not run.keys() & test.keys()


def test_nothing_is_installed_that_is_not_pinned_and_everything_at_the_version_that_is():
    every = pinned("requirements.txt") | pinned("tests/requirements.txt")
    asked = {
        name: version for name, (version, where) in every.items() if not where or sys.platform == "win32"
    }
    there = {plain(found.metadata["Name"]): found.version for found in distributions()}
    assert {name: version for name, version in there.items() if name not in NOT_OURS} == asked
