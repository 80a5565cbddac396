"""The papers: each is reached from the README, leads where it says, and repeats nothing of another."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LISTED = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
PAPERS = sorted(ROOT / name for name in LISTED.stdout.split())
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def text_of(paper: Path) -> str:
    """A paper without its blocks of code."""
    return re.sub(r"```.*?```", "", paper.read_text("utf-8"), flags=re.DOTALL)


def links(paper: Path) -> list[tuple[Path, str]]:
    """Where each link of a paper leads: the file or folder, and the heading in it or nothing."""
    found = []
    for target in LINK.findall(text_of(paper)):
        path, _, heading = target.partition("#")
        found.append(((paper.parent / path).resolve() if path else paper, heading))
    return found


def headings(paper: Path) -> set[str]:
    """The names by which the headings of a paper are linked to."""
    told = re.findall(r"^#+ (.*)$", text_of(paper), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in told}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_a_link_leads_to_a_file_and_a_heading_that_are_there(paper):
    for target, heading in links(paper):
        assert target.exists(), target
        if heading:
            paper_linked = target / "README.md" if target.is_dir() else target
            assert heading in headings(paper_linked), (target, heading)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_a_file_of_the_project_that_is_named_is_there(paper):
    named = re.findall(
        r"\b(?:poa_core|pages|tests|data)/[\w./-]+\.(?:py|sql|css|csv|md)\b", paper.read_text("utf-8")
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_paper_is_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        paper = waiting.pop()
        reached.add(paper)
        waiting += [target for target, _ in links(paper) if target in PAPERS and target not in reached]
    assert reached == set(PAPERS)


def test_the_readme_is_read_in_five_minutes():
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 150


def test_no_sentence_stands_twice():
    said: dict[str, Path] = {}
    for paper in PAPERS:
        for sentence in re.split(r"(?<=[.:;])\s+", " ".join(text_of(paper).split())):
            if len(sentence) > 60 and "|" not in sentence:
                assert sentence not in said, (sentence, said.get(sentence), paper)
                said[sentence] = paper
