"""Files of strangers in a process of their own: whatever it does, a sentence, no process left, the server's
memory as it was.
"""

import io
import os
import re
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from bad_files import PLAN
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from poa_core import moment as clock
from poa_core.apart import child, wire
from poa_core.apart.runner import AT_ONCE, Limits
from poa_core.contract import (
    MAX_BYTES,
    PlanFile,
    PlanKnowledge,
    PlannedActivity,
    PlanReading,
    Problem,
    ProgressFile,
    Value,
)  # fmt: skip
from poa_core.intake import check
from poa_core.ledger.file import database
from poa_core.loading import files, seed
from poa_core.words.language import words
from poa_core.words.problems import sentence

ROOT = Path(__file__).resolve().parents[2]
GOOD = b"codigo,mes,avance,causa\n5.3,mar,12.5,lluvia\n5.3,abr,0,\n"
MEGABYTES = 2**20
SHORT = Limits(seconds=2.0, answer=MEGABYTES)
TAKES_ITS_FILE = "import sys, os, time; sys.stdin.buffer.read();"
ANSWER = "[[[],[],false,null,false,0,0,[]],null,null,null]"  # a whole, empty progress file


def stub(body: str) -> tuple[str, ...]:
    """A worker that is not ours: a program given in place of the real one."""
    return sys.executable, "-c", body


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def memory() -> int:
    """Bytes of this process that stand in memory."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1]) * 1024


def running() -> list[str]:
    """Commands of processes that carry this test's mark and still live; those that ended and wait count as
    gone.
    """
    listed = subprocess.run(
        ["ps", "-ww", "-eo", "stat=,args="], capture_output=True, text=True, check=True
    ).stdout
    return [line for line in listed.splitlines() if MARK in line and not line.startswith("Z")]


def nothing_is_left() -> bool:
    """A process that was killed and is no child of ours may take a moment to go."""
    return any(not running() for _ in range(200))


MARK = f"stub-of-{os.getpid()}"
HOSTILE = {
    "sleeps": ("time.sleep(600)", "reader_too_long"),
    "never reads": ("time.sleep(600)", "reader_too_long"),
    "prints garbage": ("print('<html>')", "reader_failed"),
    "prints half an answer": (f"print({ANSWER[:20]!r})", "reader_failed"),
    "prints an answer of another shape": ("print('[null,null,null,null]')", "reader_failed"),
    "prints brackets without end": ("print('[' * 200_000)", "reader_failed"),
    "prints a pickle": ("import pickle; sys.stdout.buffer.write(pickle.dumps({}))", "reader_failed"),
    "prints a gigabyte": ("[sys.stdout.write('x' * 2**20) for _ in range(1024)]", "reader_failed"),
    "prints an answer longer than it may": (
        f"print({ANSWER!r} + ' ' * 2**20); sys.stdout.flush(); os._exit(0)",
        "reader_failed",
    ),
    "names a fault that is none of ours": ("print('[null,null,null,\"../../etc/passwd\"]')", "reader_failed"),
    "forks and leaves a child behind": ("os.fork() or time.sleep(600); print('[')", "reader_too_long"),
    "forks without holding the answer": (
        "os.fork() or (os.close(1), time.sleep(600)); sys.exit(1)",
        "reader_failed",
    ),
    "answers and exits with a fault": (
        f"print({ANSWER!r}); sys.stdout.flush(); os._exit(3)",
        "reader_failed",
    ),
    "kills itself": ("os.kill(os.getpid(), 9)", "reader_failed"),
    "runs out of processor": ("os.kill(os.getpid(), __import__('signal').SIGXCPU)", "reader_too_long"),
    "takes memory": ("x = bytearray(200 * 2**20); print(len(x))", "reader_failed"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_child_is_one_sentence_and_leaves_nothing(name):
    body, code = HOSTILE[name]
    takes = "import sys, os, time;" if name == "never reads" else TAKES_ITS_FILE
    content = GOOD + b"x" * 5 * MEGABYTES
    before = memory()
    worker = stub(f"{takes} '{MARK}'\n{body}")
    file = child.read_progress_in_child(content, "c:\\mes\\../avance.csv", PLAN, limits=SHORT, worker=worker)
    assert codes(file.problems) == [code] and file.is_refused and not file.values
    assert sentence(file.problems[0], words("es")).count("avance.csv") == 1
    assert memory() - before < 20 * MEGABYTES
    assert nothing_is_left()


def test_a_child_ends_with_the_request_that_asked(monkeypatch):
    class Stopped(BaseException):
        """What Streamlit stops a script with."""

    def stop(*_):
        raise Stopped

    monkeypatch.setattr("poa_core.apart.runner._exchanged", stop)
    with pytest.raises(Stopped):
        child.read_progress_in_child(
            GOOD, "a.csv", PLAN, worker=stub(f"{TAKES_ITS_FILE} '{MARK}'; time.sleep(600)")
        )
    assert nothing_is_left()


def test_files_beyond_the_slots_are_asked_to_wait_and_slots_come_back():
    from poa_core.apart import runner

    for _ in range(AT_ONCE):
        assert runner._slots.acquire(timeout=1)
    try:
        file = child.read_progress_in_child(GOOD, "a.csv", PLAN, limits=Limits(seconds=0.05))
    finally:
        for _ in range(AT_ONCE):
            runner._slots.release()
    assert codes(file.problems) == ["reader_busy"]
    # None of the faults above kept a slot.
    assert not child.read_progress_in_child(GOOD, "a.csv", PLAN).problems


def test_what_is_too_large_starts_no_child():
    file = child.read_progress_in_child(b"x" * (MAX_BYTES + 1), "a.csv", PLAN, worker=("/no/such/program",))
    assert codes(file.problems) == ["too_large"]
    reading = child.read_plan_in_child(
        [("a.csv", GOOD), ("b.csv", b"x" * (MAX_BYTES + 1))], worker=("/no/such/program",)
    )
    assert [p.hints["file"] for p in reading.current.problems] == ["b.csv"]


def test_a_file_reads_the_same_apart_as_here():
    bad = b"codigo;mes;avance\n9.9;mar;1\n5.3;xyz;uno\n5.3;abr;1.525\n2.1;abr;-3\n"
    for content in (
        GOOD,
        bad,
        b"",
        b"\x89PNG",
        "codigo,mes,avance,causa\n5.3,mar,1,ñandú \U0001f4a7\n".encode("utf-16"),
    ):
        here = check.progress_file(content, "avance.csv", PLAN, "point")
        assert child.read_progress_in_child(content, "avance.csv", PLAN, "point") == here


def test_an_upload_is_held_against_the_ledger_apart():
    with closing(database.in_memory()) as opened:
        seed.first_load(opened)
        key, content = (
            (2010, "EPS Puno", "Gerencia Comercial"),
            (ROOT / "data" / "try" / "2010-10.csv").read_bytes(),
        )
        here, apart = (
            files.read_progress(opened, content, "a.csv", key, clock.now(), apart=apart)
            for apart in (False, True)
        )
        # Only the child runs out of memory over these.
        content = b"codigo,mes,avance\n" + b"1.1,mar,1\n" * 190_000
        greedy = files.read_progress(opened, content, "a.csv", key, clock.now(), apart=True)
    assert here == apart and here.values
    assert codes(greedy.problems) == ["reader_too_large"]


def test_a_plan_reads_the_same_apart_as_here():
    heads, rows = ((name, (ROOT / "data" / name).read_bytes()) for name in ("processes.csv", "plan.csv"))
    current = check.plan_files([heads, rows], None).current
    changed = rows[0], rows[1].replace(b",146,", b",150,")
    twice = heads[0], heads[1] + heads[1].splitlines()[1].replace(b"EPS Puno", b"EPS Ilave")
    for handed, known in (
        ([heads, rows], None),
        ([changed], current),
        ([twice, rows], current),
        ([("a.csv", GOOD)], None),
    ):
        for is_one_plan in (False, True):
            here = check.plan_files(handed, known, None, is_one_plan)
            assert child.read_plan_in_child(handed, known, is_one_plan=is_one_plan) == here


def test_rows_of_a_plan_that_cannot_be_true_are_not_believed(tmp_path):
    files_given = [(name, (ROOT / "data" / name).read_bytes()) for name in ("processes.csv", "plan.csv")]
    plan = check.plan_files(files_given, None).current
    first, *others = plan.activities
    changes = ({"unit": None}, {"direction": "sideways"}, {"target": Decimal("1e12")}, {"secret": "x"})
    lies = [*(first | change for change in changes),
            {key: value for key, value in first.items() if key != "position"}]  # fmt: skip
    for number, lie in enumerate([first, *lies]):
        reading = PlanReading(replace(plan, activities=(lie, *others)))
        program = tmp_path / f"{number}.py"
        program.write_text(answering((None, reading, None, None))[2])
        believed = child.read_plan_in_child(files_given, worker=(sys.executable, str(program)))
        assert (
            (believed == reading) if lie is first else codes(believed.current.problems) == ["reader_failed"]
        )


def test_the_child_needs_no_more_than_a_reader_does():
    script = "import sys, poa_core.apart.worker; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"pandas", "numpy", "duckdb", "babel", "plotly", "streamlit", "openpyxl", "xlsxwriter"} & set(
        loaded
    )


@pytest.mark.parametrize(
    "deed, fault",
    [
        ("open('made', 'wb', 0).write(b'x')", "File too large"),
        ("bytearray(400_000_000)", "MemoryError"),
        ("[open('/dev/null') for _ in range(30)]", "Too many open files"),
    ],
)
def test_the_child_holds_itself_to_its_limits(deed, fault, tmp_path):
    script = f"from poa_core.apart import worker; worker.confine(300_000_000, 45)\nkept = {deed}"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode and fault in done.stderr


def test_what_a_library_prints_does_not_reach_the_answer():
    # The worker's own main with a reader that is chatty, then one that fails with the file's text in its
    # words.
    def run(deed: str) -> bytes:
        script = (
            "import sys\nfrom poa_core.apart import worker\nfrom poa_core.intake import check\n"
            f"check.progress_without_questions = lambda *a: {deed}\nworker.main()"
        )
        request = wire.pack(child.Request("progress", (("a.csv", 1),), knowledge=PLAN)) + b"\nx"
        command = [sys.executable, "-c", script, "300000000", "45"]
        return subprocess.run(command, cwd=ROOT, input=request, capture_output=True, check=True).stdout

    assert run("print('hola') or exec('raise MemoryError')") == b'[null,null,null,"reader_too_large"]'
    assert run("int('secreto')") == b'[null,null,null,"reader_failed"]'


# Real files
# -----------------------------------------------------------------------------------------------------------


def workbook(sheet: bytes, parts: dict[str, bytes] | None = None) -> bytes:
    """The least package that is a workbook, with that sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        b"<Relationships "
        b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
    )
    pointer = '<Relationship Id="r1" Type="%s/%s" Target="%s"/>'
    book = (
        f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="A" sheetId="1" '
        f'r:id="r1"/></sheets></workbook>'
    )
    held = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": relations % (pointer % (office, "officeDocument", "xl/workbook.xml")).encode(),
        "xl/_rels/workbook.xml.rels": relations
        % (pointer % (office, "worksheet", "worksheets/sheet1.xml")).encode(),
        "xl/workbook.xml": book.encode(),
        "xl/worksheets/sheet1.xml": sheet,
    } | (parts or {})
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in held.items():
            package.writestr(name, content)
    return made.getvalue()


def sheet(rows: bytes) -> bytes:
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, rows)


NAMED = ((b"A", b"codigo"), (b"B", b"mes"), (b"C", b"avance"))
HEADER = b'<row r="1">%s</row>' % b"".join(
    b'<c r="%s1" t="inlineStr"><is><t>%s</t></is></c>' % pair for pair in NAMED
)
BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
)
FAR = HEADER + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
REAL = {
    "zip bomb": workbook(sheet(HEADER + b" " * 200 * MEGABYTES)),
    "zip bomb of cells": workbook(sheet(HEADER + b"<row><c><v>1</v></c></row>" * 4_000_000)),
    "XML bomb": workbook(BOMB + sheet(b'<row r="1"><c t="inlineStr"><is><t>&j;</t></is></c></row>')),
    "external entity": workbook(b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + sheet(HEADER)),
    "far cell": workbook(sheet(FAR)),
    "8 MB in one line": b"codigo,mes,avance\n" + b"x" * (MAX_BYTES - 20),
    "100 MB in one line": b"codigo,mes,avance\n" + b"x" * 100 * MEGABYTES,
    "8 MB of quotes": b"codigo,mes,avance\n" + b'"' * (MAX_BYTES - 20),
    "8 MB of commas": b"codigo,mes,avance\n" + b"," * (MAX_BYTES - 20),
    "8 MB of lines": b"codigo,mes,avance\n" + b"1,2\n" * (MAX_BYTES // 4 - 10),
}


@pytest.mark.parametrize("name", REAL)
def test_a_file_made_to_break_the_reader_is_refused_and_the_server_is_as_it_was(name):
    before = memory()
    file = child.read_progress_in_child(REAL[name], "avance.xlsx", PLAN)
    assert file.is_refused and not file.values
    assert "reader_failed" not in codes(file.problems)
    assert all(sentence(problem, words(language)) for problem in file.problems for language in ("es", "en"))
    assert memory() - before < 20 * MEGABYTES


# The wire
# ----------------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12)
scalars = st.none() | st.booleans() | st.integers(-(2**50), 2**50) | texts | numbers
rows = st.dictionaries(texts, scalars | st.floats(allow_nan=False, allow_infinity=False), max_size=5)
problems = st.builds(
    Problem,
    st.sampled_from(("error", "notice")),
    texts,
    st.none() | st.integers(1, 10**6),
    st.none() | texts,
    st.none() | texts,
    st.dictionaries(texts, scalars, max_size=3),
)
values = st.builds(
    Value,
    st.integers(1, 10**6),
    texts,
    st.integers(1, 12),
    texts,
    st.none() | numbers,
    st.booleans(),
    st.none() | texts,
    st.none() | texts,
    st.none() | texts,
)
activities = st.builds(PlannedActivity, texts, texts, texts, texts, texts, texts, texts, st.booleans(),
                       st.dictionaries(st.integers(1, 12), numbers))  # fmt: skip
knowledge = st.builds(
    PlanKnowledge,
    st.integers(1990, 2100),
    texts,
    texts,
    st.dictionaries(texts, activities, max_size=3),
    st.frozensets(texts, max_size=1),  # a set of two has no order to compare
    st.dictionaries(st.tuples(texts, st.integers(1, 12), texts), numbers, max_size=3),
)
progress = st.builds(
    ProgressFile,
    st.lists(values, max_size=3).map(tuple),
    st.lists(problems, max_size=3).map(tuple),
    st.booleans(),
    st.none() | texts,
    st.booleans(),
    st.integers(0, 9),
    st.integers(0, 9),
)
plans = st.builds(
    PlanFile,
    *(st.lists(rows, max_size=2).map(tuple) for _ in range(3)),
    st.lists(problems, max_size=2).map(tuple),
)
readings = st.builds(PlanReading, plans, st.none() | plans, st.booleans())


@examples(200)
@given(knowledge | progress | plans | readings | problems | values)
def test_what_is_sent_arrives(thing):
    arrived = wire.unpack(wire.pack(thing), type(thing))
    assert arrived == thing and repr(arrived) == repr(thing)


@examples(300)
@given(
    st.recursive(
        scalars.filter(lambda s: not isinstance(s, Decimal)), lambda inner: st.lists(inner, max_size=8)
    )
)
def test_what_is_not_what_was_asked_for_is_malformed_and_nothing_else(anything):
    try:
        wire.unpack(wire.pack(anything), ProgressFile)
    except wire.Malformed:
        return
    assert isinstance(anything, list) and len(anything) == 8


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"NaN",
        b"\xff",
        b"[1e999]",
        b'{"a":1}',
        b"[" * 10_000,
        b'["\\ud800"]',
        b'[{"decimal":"1e9"}]',
        b'[{"decimal":"NaN"}]',
        b'["' + b"x" * 200_000 + b'"]',
        b"[" + b"9" * 5000 + b"]",
    ],
)
def test_json_that_no_reader_writes_is_malformed(raw):
    with pytest.raises(wire.Malformed):
        wire.unpack(raw, tuple[object])


@pytest.mark.parametrize(
    "raw",
    [
        "[[],[],1,null,false,0,0,[]]",
        "[[],[],false,null,false,true,0,[]]",
        "[[],[],false,7,false,0,0,[]]",
        "[[],[],false,null,false,0,0]",
        "[{},[],false,null,false,0,0,[]]",
        "[[],[],false,null,false,0,0.5,[]]",
        "[null,[],false,null,false,0,0,[]]",
        "[[],[],false,null,false,0,0,[1]]",
        "{}",
        '[{"rows":[]},[],false,null,false,0,0,[]]',
    ],
)
def test_a_field_of_another_type_is_malformed(raw):
    with pytest.raises(wire.Malformed):
        wire.unpack(raw.encode(), ProgressFile)


ROW = Value(2, "5.3", 3, "EPS", Decimal(5))
FILE = ProgressFile((ROW,), ())
TOLD = Problem("error", "unknown_code", 2, "codigo", "9", {"nearest": "5.3"})
LIES = {
    "a code of no plan": replace(FILE, values=(replace(ROW, code="7.7"),)),
    "a thirteenth month": replace(FILE, values=(replace(ROW, month=13),)),
    "a place of no plan": replace(FILE, values=(replace(ROW, locality="Lima"),)),
    "a value too large": replace(FILE, values=(replace(ROW, reported=Decimal(10) ** 12),)),
    "a value too fine": replace(FILE, values=(replace(ROW, reported=Decimal("0.0000001")),)),
    "a value taken back": replace(FILE, values=(replace(ROW, retracted=True),)),
    "a remark too long": replace(FILE, values=(replace(ROW, cause="x" * 10_001),)),
    "no row": replace(FILE, values=(replace(ROW, row=0),)),
    "a convention of nobody": replace(FILE, decimal="dot"),
    "values and yet a question of decimals": replace(FILE, needs_decimal=True),
    "a problem without a sentence": replace(FILE, problems=(replace(TOLD, code="wisdom"),)),
    "a problem that lacks what its sentence needs": replace(FILE, problems=(replace(TOLD, hints={}),)),
    "a problem of no gravity": replace(FILE, problems=(replace(TOLD, severity="grave"),)),
    "problems without end": replace(FILE, problems=(TOLD,) * 1001),
}


def answering(made: tuple) -> tuple[str, ...]:
    return stub(
        f"{TAKES_ITS_FILE} sys.stdout.write({wire.pack(made).decode()!r}); sys.stdout.flush(); os._exit(0)"
    )


@pytest.mark.parametrize("lie", LIES)
def test_an_answer_that_cannot_be_true_is_not_believed(lie, tmp_path):
    program = tmp_path / "worker.py"  # too long for a command line
    program.write_text(answering((LIES[lie], None, None, None))[2])
    file = child.read_progress_in_child(GOOD, "a.csv", PLAN, worker=(sys.executable, str(program)))
    assert codes(file.problems) == ["reader_failed"] and not file.values


def test_an_answer_that_can_be_true_is_believed():
    honest = replace(FILE, problems=(TOLD,))
    assert (
        child.read_progress_in_child(GOOD, "a.csv", PLAN, worker=answering((honest, None, None, None)))
        == honest
    )
