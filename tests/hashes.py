"""Write under each pinned package the digests of all its files, for every system and Python there are.

Run after a version is changed in requirements.txt or tests/requirements.txt, where uv is on the path:
python tests/hashes.py. pip then installs those files and no others.
"""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ("requirements.txt", "tests/requirements.txt")
PINNED = re.compile(r"^([\w.-]+)==([^\s;\\]+)( *;[^\\\n]*)?", re.MULTILINE)


def digests(pinned: list[str]) -> dict[str, list[str]]:
    """Plain name -> the digests of its files, as the index has them."""
    command = ["uv", "pip", "compile", "--no-deps", "--universal", "--python-version", "3.11",
               "--generate-hashes", "--no-header", "--no-annotate", "--quiet", "-"]  # fmt: skip
    done = subprocess.run(command, input="\n".join(pinned), capture_output=True, text=True, check=True)
    found: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        if match := PINNED.match(line):
            found[name := plain(match[1])] = []
        elif match := re.search(r"sha256:[0-9a-f]{64}", line):
            found[name].append(match[0])
    return found


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def renewed(text: str) -> str:
    """The file with each package's digests below it, and all else as it is."""
    bare = re.sub(r" \\\n", "\n", re.sub(r"^ +--hash=.*\n?", "", text, flags=re.MULTILINE))
    found = digests([match[0] for match in PINNED.finditer(bare)])

    def with_digests(match: re.Match) -> str:
        return " \\\n".join([match[0].rstrip(), *(f"    --hash={one}" for one in found[plain(match[1])])])

    return PINNED.sub(with_digests, bare)


if __name__ == "__main__":
    for file in FILES:
        (ROOT / file).write_text(renewed((ROOT / file).read_text("utf-8")), "utf-8")
