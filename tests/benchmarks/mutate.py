"""Put one slip at a time into the code and ask whether a test turns red.

Usage: mutate.py [--rooms figures ledger intake rights] [--count 40] [--seed 1] [--workers 2], by an
interpreter that has tests/requirements.txt and cosmic-ray 8.7.0. Slips of Python are cosmic-ray's, those of
SQL stand below. Each is put into a copy of the project; the room's own tests run first, all that could notice
next. Prints a line of JSON for each slip and, at the end, how many survived of how many, by room.
"""

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import Queue

import cosmic_ray.plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 900  # seconds that tests may take before a slip counts as one that never ends
# Room -> where its code is, then its tests in stages: the quickest first, all others that could notice last.
ROOMS = {
    "figures": (
        ["poa_core/figures"],
        "figures/test_metrics.py figures/test_contributions.py figures/test_since.py figures/test_slices.py",
        "figures/test_outlook.py figures/test_second_utility.py figures/test_naive.py panels charts blocks",
        "exports cli loading figures/test_plan_of_42.py figures/test_properties.py",
    ),
    "ledger": (
        ["poa_core/ledger"],
        "ledger",
        "loading cli panels faults/test_database.py faults/test_snapshots.py faults/test_upgrade.py",
        "figures/test_metrics.py figures/test_since.py blocks faults",
    ),
    "intake": (["poa_core/intake"], "intake", "loading words apart", "blocks cli exports faults"),
    "rights": (
        [
            "poa_core/ledger/rights.py",
            "poa_core/ledger/people.py",
            "poa_core/ledger/logins.py",
            "pages/access",
            "pages/shared/login.py",
        ],
        "ledger/test_rights.py ledger/test_logins.py",
        "app",
        "browser/test_login.py browser/test_sessions.py browser/test_strangers.py",
    ),
}
OPERATORS = re.compile(
    r"core/(ReplaceComparisonOperator_(Eq_NotEq|NotEq_Eq|Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Lt_GtE|GtE_Lt|Is_IsNot|IsNot_Is)"
    r"|ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Mod|Mod_FloorDiv)|AddNot|Replace\w+With\w+"
    r"|ReplaceUnaryOperator_Delete_(USub|Not)|NumberReplacer|ZeroIterationForLoop)"
)
# What stands in a statement -> what a slip puts there.
SQL = {
    r"<=": "<",
    r">=": ">",
    r"(?<![<>-])>(?!=)": ">=",
    r"<(?![=>])": "<=",
    r"(?<![<>!:=])=(?!=)": "<>",
    r"<>": "=",
    r"\bAND\b(?! CURRENT)": "OR",
    r"\bOR\b(?! REPLACE)": "AND",
    r"\bIS NOT NULL\b": "IS NULL",
    r"\bIS NULL\b": "IS NOT NULL",
    r"\bLEFT JOIN\b": "JOIN",
    r"\bSEMI JOIN\b": "ANTI JOIN",
    r"\bANTI JOIN\b": "SEMI JOIN",
    r"\bNOT EXISTS\b": "EXISTS",
    r"\bmin\(": "max(",
    r"\bmax\(": "min(",
    r"\bUNION ALL\b": "UNION",
    r" \+ (?=\w)": " - ",
    r"(?<=[\w)]) - (?=\w)": " + ",
    r" \* (?=[\w(])": " / ",
    r"\bDESC\b": "ASC",
    r"\b0\b": "1",
    r"\b1\b": "2",
    r"\b12\b": "11",
    r"\bleast\(": "greatest(",
    r"\bgreatest\(": "least(",
    r"\bbool_and\(": "bool_or(",
    r"\bbool_or\(": "bool_and(",
    r"\bELSE (?!CASE|NULL)": "ELSE NULL AND ",
}


Slip = tuple[Path, str, int, Callable[[], str]]


def slips(file: Path) -> Iterator[tuple[str, int, Callable[[], str]]]:
    """(what kind, in which line, what gives the whole file with it) of every slip a file has room for."""
    text = file.read_text("utf-8")
    if file.suffix == ".sql":
        comments = [match.span() for match in re.finditer(r"--[^\n]*", text)]
        for pattern, instead in SQL.items():
            for match in re.finditer(pattern, text):
                if not any(start <= match.start() < end for start, end in comments):
                    line = text.count("\n", 0, match.start()) + 1
                    changed = text[: match.start()] + instead + text[match.end() :]
                    yield f"{match[0]} -> {instead}", line, partial(str, changed)
        return
    tree = get_ast(text)
    for name in filter(OPERATORS.fullmatch, cosmic_ray.plugins.operator_names()):
        operator = cosmic_ray.plugins.get_operator(name)()
        places = [start for node in ast_nodes(tree) for start, _ in operator.mutation_positions(node)]
        for occurrence, (line, _) in enumerate(places):
            yield name.removeprefix("core/"), line, partial(mutate_code, text, operator, occurrence)


def drawn(room: str, count: int, seed: int) -> list[Slip]:
    """So many slips of a room, by chance: half of them in SQL where it has as many."""
    files = [
        file
        for part in ROOMS[room][0]
        for path in [ROOT / part]
        for file in ([path] if path.is_file() else sorted([*path.rglob("*.py"), *path.rglob("*.sql")]))
        if file.name != "__init__.py"
    ]
    every = [(file.relative_to(ROOT), *slip) for file in files for slip in slips(file)]
    chance = random.Random(seed)
    sql, python = ([s for s in every if (s[0].suffix == ".sql") == of_sql] for of_sql in (True, False))
    share = min(len(sql), count // 2)
    return chance.sample(sql, share) + chance.sample(python, min(len(python), count - share))


def is_noticed(copy: Path, room: str) -> str | None:
    """The first test that turns red, stage by stage; None where none does."""
    for stage in ROOMS[room][1:]:
        paths = [f"tests/{name}" for name in stage.split()]
        command = [sys.executable, "-m", "pytest", "-x", "-n", "0", *paths]
        try:
            done = subprocess.run(
                command, cwd=copy, capture_output=True, text=True, timeout=LONGEST, check=False
            )
        except subprocess.TimeoutExpired:
            return "never ends"
        if done.returncode:
            red = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
            return red[1] if red else "does not start"
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rooms", nargs="+", choices=ROOMS, default=list(ROOMS))
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    survived, tried = Counter(), Counter()
    with tempfile.TemporaryDirectory() as folder:
        copies: Queue[Path] = Queue()
        for number in range(options.workers):
            copy = Path(folder) / str(number)
            shutil.copytree(
                ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", "poa.*")
            )
            copies.put(copy)

        def try_one(room: str, slip: Slip) -> tuple[str, dict]:
            file, kind, line, with_slip = slip
            copy = copies.get()
            try:
                (copy / file).write_text(with_slip(), "utf-8")
                red = is_noticed(copy, room)
            finally:
                shutil.copy(ROOT / file, copy / file)
                copies.put(copy)
            return room, {"room": room, "file": str(file), "line": line, "slip": kind, "noticed_by": red}

        with ThreadPoolExecutor(options.workers) as workers:
            runs = [
                workers.submit(try_one, room, slip)
                for room in options.rooms
                for slip in drawn(room, options.count, options.seed)
            ]
            for run in runs:
                room, row = run.result()
                tried[room] += 1
                survived[room] += row["noticed_by"] is None
                print(json.dumps(row), flush=True)
    print(json.dumps({room: f"{survived[room]} of {tried[room]} survived" for room in tried}))


if __name__ == "__main__":
    main()
