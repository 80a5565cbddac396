"""Runs every property test with twenty-five times as many examples, drawn anew; ends as pytest does.

.venv/bin/python tests/benchmarks/deep.py
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DRAWS = ("from examples import", "from comparing import")


def main() -> int:
    files = [file for file in sorted((ROOT / "tests").rglob("test_*.py"))
             if any(text in file.read_text("utf-8") for text in DRAWS)]  # fmt: skip
    command = [sys.executable, "-m", "pytest", *map(str, files), *sys.argv[1:]]
    environment = os.environ | {"POA_EXAMPLES_TIMES": "25"}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
