"""Looks for a file that the reader of progress falls over; run by hand, it prints what it did and what it
found.

    .venv/bin/python tests/benchmarks/fuzz_reader.py --minutes 10              # random tables and mutants of
    the corpus .venv/bin/python tests/benchmarks/fuzz_reader.py --minutes 10 --guided     # led by coverage,
    where atheris is installed .venv/bin/python tests/benchmarks/fuzz_reader.py --seed 7 --only 1234      #
    one iteration again

For each file it holds: no exception, no more than LIMIT seconds, no row lost, the same result twice. A file
that breaks one of these is kept in the folder that is printed at the end.
"""

import argparse
import io
import random
import sys
import tempfile
import time
import traceback
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "fixtures")]

LIMIT = 10.0  # seconds a file
LARGEST = 60_000  # bytes of a corpus file worth mutating
TOKENS = [
    "",
    "",
    " ",
    "5.3",
    "1.1",
    "1.2",
    "R1",
    "r1",
    "5.1",
    "5.10",
    "9.9",
    "mar",
    "abril",
    "2010-03",
    "03/2010",
    "40238",
    "2011-03",
    "13",
    "0",
    "25",
    "1.5",
    "1,5",
    "1.525",
    "1,234.50",
    "1.234,50",
    "1 234,5",
    "30%",
    "30 %",
    "S/ 5",
    "(5)",
    "-5",
    "retirar",
    "n/a",
    "-",
    "NaN",
    "inf",
    "1e9",
    "1e999",
    "=1+1",
    "@a",
    "\t=a",
    "Total",
    "Suma",
    "Puno",
    "EPS",
    "Ilave",
    "ñandú",
    "\u202ea",
    "x" * 300,
    "#N/A",
    "\x00",
    "\u00a0",
    "٣",
    "9" * 40,
    '"',
    '""',
    ";",
    "\n",
    "😀",
    "ilustrativo",
]
HEADERS = [
    ["codigo", "mes", "avance"],
    ["Código", "Mes", "Localidad", "Avance", "Causa"],
    ["codigo", "mes", "avance", "observacion", "origen"],
    ["codigo", "ene", "feb", "mar"],
    ["codigo", "localidad", "ene-10", "2010-02", "Marzo", "causa"],
    ["Código AO", "F(CS) 01", "F(CS) 02", "F(SE) 01", "F(SE) 02"],
]
MARKS = [
    b"<c>",
    b"</c>",
    b'<c r="A1">',
    b'<c r="XFD1048576">',
    b'<row r="3">',
    b"</row>",
    b"<row>",
    b"<v>",
    b"</v>",
    b"<f>",
    b"</f>",
    b"<is><t>",
    b't="s"',
    b't="b"',
    b't="e"',
    b't="d"',
    b't="inlineStr"',
    b's="9999"',
    b's="-1"',
    b"1e999",
    b"-1",
    b"99999999999999999999",
    b"&amp;",
    b"&#0;",
    b"&#55357;",
    b"_x0000_",
    b"_x",
    b"<!DOCTYPE a>",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"\xff",
    b"\x00",
    b"<si>",
    b"<t/>",
    b"<rPh>",
    b'numFmtId="9"',
    b'numFmtId="x"',
    b'formatCode="0%"',
    b'formatCode="yyyy"',
    b'state="hidden"',
    b'date1904="1"',
    b'fullCalcOnLoad="1"',
]


def table(chance: random.Random) -> tuple[bytes, int]:
    """A random table as CSV or workbook, and how many of its rows below the header hold something."""
    header = list(chance.choice(HEADERS))
    rows = [[chance.choice(TOKENS) for _ in header] for _ in range(chance.randint(0, 12))]
    if chance.random() < 0.5:
        content = workbook([header, *([_stored(chance, cell) for cell in row] for row in rows)])
        # What a workbook's text cell holds of a null character is none.
        return content, sum(any(cell.strip() for cell in row) for row in rows)
    quote = str.maketrans({'"': '""'})
    mark = chance.choice(",;\t|")
    text = "\n".join(mark.join('"' + cell.translate(quote) + '"' for cell in row) for row in [header, *rows])
    return text.encode(chance.choice(["utf-8", "utf-8-sig", "utf-16"])), sum(
        any(cell.strip() for cell in row) for row in rows
    )


def _stored(chance: random.Random, cell: str):
    """A cell of a workbook: numbers as numbers half of the time; no null characters, which XML has none
    of.
    """
    if cell in ("0", "25", "1.5", "5.3", "5.1", "-5", "40238") and chance.random() < 0.5:
        return chance.choice(
            [float(cell), Share(float(cell) / 100), Shown(float(cell), "mmm-yy"), Formula("=A1", float(cell))]
        )
    return cell.replace("\x00", "?")


def mutant(chance: random.Random, content: bytes) -> bytes:
    """A file with something changed: in a part where it is a package, else in its cells or its bytes."""
    if content.startswith(b"PK") and chance.random() < 0.85:
        try:
            return _in_package(chance, content)
        except Exception:  # no package any more: its bytes are what is left to change
            pass
    elif chance.random() < 0.6:
        return _in_cells(chance, content)
    return _in_bytes(
        chance, content, MARKS if content.startswith(b"PK") else [t.encode("utf-8") for t in TOKENS]
    )


def _in_package(chance: random.Random, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        told = [
            n
            for n in names
            if "sheet" in n.lower() or "workbook" in n or "styles" in n or "sharedStrings" in n
        ]
        chosen = chance.choice(told or names)
        for name in names:
            part = old.read(name)
            if name == chosen:
                for _ in range(chance.randint(1, 4)):
                    part = _in_bytes(chance, part, MARKS)
            if name != chosen or chance.random() > 0.02:
                new.writestr(name, part)
    return file.getvalue()


def _in_cells(chance: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    for _ in range(chance.randint(1, 4)):
        line = chance.randrange(len(lines))
        mark = chance.choice([b",", b";", b"\t", b"|"])
        cells = lines[line].split(mark)
        cells[chance.randrange(len(cells))] = chance.choice(TOKENS).encode("utf-8")
        lines[line] = mark.join(cells)
        if chance.random() < 0.3:
            lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return b"\n".join(lines)


def _in_bytes(chance: random.Random, content: bytes, tokens: list[bytes]) -> bytes:
    place, other = sorted((chance.randint(0, len(content)), chance.randint(0, len(content))))
    match chance.randrange(5):
        case 0:
            return content[:place] + chance.choice(tokens) + content[place:]
        case 1:
            return content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
        case 2:
            return content[:place] + content[min(other, place + 200) :]
        case 3:
            return content[:other] + content[place : min(other, place + 500)] + content[other:]
    return (
        content[:place]
        if chance.random() < 0.2
        else content[:place] + chance.choice(tokens) + content[place + 1 :]
    )


def hold(content: bytes, rows: int | None = None) -> None:
    """Raises where the reader breaks what it promises; rows: how many the file is known to have."""
    start = time.perf_counter()
    read_once = read(content, "avance.xlsx")
    first = progress_file(content, "avance.xlsx", PLAN)
    taken = time.perf_counter() - start
    assert taken < LIMIT, f"{taken:.1f} seconds"
    assert progress_file(content, "avance.xlsx", PLAN) == first, "another result"
    assert is_accounted(first, *read_once), "a row is lost"
    found, problems = read_once
    if rows is not None and found is not None:
        apart = {p.row for p in problems if p.row and p.row != found.header_row}
        assert len(found.rows) + len(apart) == rows, f"{rows} rows in, {len(found.rows)} and {len(apart)} out"


def iteration(seed: int, number: int, seeds: list[bytes]) -> tuple[bytes, int | None]:
    chance = random.Random(f"{seed} {number}")
    if chance.random() < 0.3:
        return table(chance)
    content = chance.choice(seeds)
    for _ in range(chance.choice([1, 1, 2, 5])):
        content = mutant(chance, content)
    return content, None


def plain(seed: int, minutes: float, only: int | None, kept: Path) -> None:
    seeds = [case.content for case in CORPUS if len(case.content) < LARGEST]
    end, number, places, slowest = time.monotonic() + 60 * minutes, 0, {}, 0.0
    while time.monotonic() < end:
        number = number + 1 if only is None else only
        content, rows = iteration(seed, number, seeds)
        start = time.perf_counter()
        try:
            hold(content, rows)
        except Exception as fault:
            place = str(traceback.extract_tb(fault.__traceback__)[-1])
            if place + str(fault)[:20] not in places:
                places[place + str(fault)[:20]] = number
                (kept / f"{number}.bin").write_bytes(content)
                print(f"iteration {number}: {type(fault).__name__}: {fault} at {place}", flush=True)
                if only is not None:
                    traceback.print_exc()
        slowest = max(slowest, time.perf_counter() - start)
        if only is not None:
            break
    print(
        f"seed {seed}: {number} iterations, {len(places)} findings, slowest {slowest:.2f} s; kept in {kept}"
    )


def guided(minutes: float, kept: Path) -> None:
    """libFuzzer leads; its own report tells the number of runs."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz_seeds_"))
    for number, case in enumerate(CORPUS):
        if len(case.content) < LARGEST:
            (folder / str(number)).write_bytes(case.content)

    def changed(data: bytes, most: int, seed: int) -> bytes:
        return mutant(random.Random(seed), bytes(data))[:most]

    options = [
        f"-max_total_time={int(60 * minutes)}",
        f"-max_len={LARGEST}",
        f"-timeout={int(LIMIT)}",
        f"-artifact_prefix={kept}/",
    ]
    atheris.Setup(
        [sys.argv[0], *options, str(folder)], lambda data: hold(bytes(data)), custom_mutator=changed
    )
    atheris.Fuzz()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--only", type=int)
    parser.add_argument("--guided", action="store_true")
    asked = parser.parse_args()
    if asked.guided:
        import atheris

        with atheris.instrument_imports(include=["poa_core.intake"]):
            import poa_core.intake.check  # noqa: F401
    from bad_files import PLAN
    from corpus import CORPUS, is_accounted
    from corpus_books import Formula, Share, Shown, workbook

    from poa_core.intake.check import progress_file
    from poa_core.intake.read import read

    folder = Path(tempfile.mkdtemp(prefix="fuzz_found_"))
    if asked.guided:
        guided(asked.minutes, folder)
    else:
        plain(
            random.randrange(10**6) if asked.seed is None else asked.seed, asked.minutes, asked.only, folder
        )
