"""What is installed is what was tested: every package pinned, with what it is for and under which licence."""

import re
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINE = re.compile(r"([\w.-]+)==(\S+) +# (\S.*); (\S.*)")
# What makes the environment itself, and what the packages ask for on Windows alone.
NOT_OURS = {"pip", "setuptools", "wheel", "colorama"}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(file: str) -> dict[str, str]:
    """name -> version of each line; a line that does not say name, version, reason and licence is none."""
    lines = [
        line
        for line in (ROOT / file).read_text("utf-8").splitlines()
        if line and not line.startswith(("#", "-r"))
    ]
    told = [LINE.fullmatch(line) for line in lines]
    assert [line for line, match in zip(lines, told, strict=True) if not match] == []
    return {plain(match[1]): match[2] for match in told}


def test_every_package_has_its_version_its_reason_and_its_licence():
    run, test = pinned("requirements.txt"), pinned("tests/requirements.txt")
    assert not run.keys() & test.keys()


def test_nothing_is_installed_that_is_not_pinned_and_everything_at_the_version_that_is():
    asked = pinned("requirements.txt") | pinned("tests/requirements.txt")
    there = {plain(found.metadata["Name"]): found.version for found in distributions()}
    assert {name: version for name, version in there.items() if name not in NOT_OURS} == asked
