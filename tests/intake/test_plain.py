"""The reader of plain files says what the careful one says, or leaves the file to it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from bad_files import PLAN
from columns_of import columns_of
from corpus import CORPUS
from examples import examples
from hypothesis import example, given
from hypothesis import strategies as st

from poa_core.contract import MAX_FIELD, PlanKnowledge, PlannedActivity, Value
from poa_core.intake import check
from poa_core.intake.columns import read_plain_file
from poa_core.intake.progress import question_filter
from poa_core.intake.progress.questions import questions
from poa_core.intake.progress.series_grid import Programme
from poa_core.value_columns import Columns

UNTOLD = replace(PLAN, reported={})
OF_TWO_YEARS = replace(PLAN, open_elsewhere={3: (2009,), 7: (2009, 2011), 10: (2011,)})


def same(content: bytes, plan: PlanKnowledge = PLAN, decimal: str | None = None) -> bool:
    """Whether the file was read as a plain one; asserts that the careful reader says the same of it, value by
    value.
    """
    quick = read_plain_file(content, plan, decimal)
    if quick is None:
        return False
    slow = check.progress_without_questions(content, "avance.csv", plan, decimal)
    assert tuple(quick.values) == slow.values
    assert [str(value.reported) for value in quick.values] == [str(value.reported) for value in slow.values]
    assert replace(quick, values=()) == replace(slow, values=())
    return True


@pytest.mark.parametrize(
    "text",
    [
        "codigo,mes,avance\n5.3,2010-03,12\n5.3,2010-04,13.5\nR1,mar,187000.25\n",
        "codigo;mes;avance\r\n5.3;marzo;1234,5\r\n1.1;03/2010;30,25\r\n",  # as Excel set to Peru writes it
        "codigo\tmes\tavance\n5.3\t3\t12\n",
        "\ufeffcodigo|mes|avance\n5.3|mar|12",
        "Avance de marzo,,\ncodigo,mes,avance\n5.3,mar,12\n",  # a title above
        "codigo,mes,avance,observacion\n5.3,mar,12,nota\n5.3,abr,13,\n",
        "codigo,mes,avance,causa\n5.3,mar,12,\n5.3,abr,,\n",  # an empty cell says nothing
        "codigo,mes,avance,origen\n5.3,mar,12,ilustrativo\n5.3,abr,12,ilustrativo\n",
        "anio,entidad,proceso,codigo,mes,avance\n2010,EPS Puno,Gerencia Comercial,5.3,mar,12\n",
        # by locality, and at its own
        "codigo,mes,localidad,avance\n5.3,mar,Puno,12\n5.3,mar,ilave,12\n2.1,mar,,1\n",
        "codigo,ene,feb,mar\n1.1,30,31,\nR1,,187000,186000.5\n",  # wide
        # below zero where it may be; all of a hundred
        "codigo,mes,avance\n6.1,mar,-5\n1.2,mar,100\n5.3,mar,0.525\n",
        "codigo,mes,avance,otra\n5.3,mar,12,x\n",  # a column of nobody's, with its notice
        "codigo,mes,avance\n 5.3 , mar , 12 \n",
    ],
)
def test_a_plain_file_is_read_by_columns(text):
    assert same(text.encode())


@pytest.mark.parametrize("encoding", ["ascii", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_plain_file_is_read_by_columns_whatever_its_encoding(encoding):
    assert same("sep=;\nTitulo;;\ncodigo;mes;avance\n5.3;mar;12\n5.3;abr;13.5\n\n\x1a".encode(encoding))


@pytest.mark.parametrize(
    "row",
    [
        "9.9,mar,1,",
        "r1,mar,1,",
        ",mar,1,",
        "5.3,2011-03,1,",
        "5.3,trece,1,",
        "5.3,,1,",
        "5.3,mar,uno,",
        "5.3,mar,-1,",
        "1.1,mar,100.01,",
        "1.2,mar,101,",
        "5.3,mar,-,",
        "5.3,mar,retirar,",
        "5.3,mar,,lluvias",
        "5.3,mar,30 %,",
        "5.3,mar,S/ 5,",
        "5.3,mar,1 234,",
        "5.3,mar,1000000000000,",
        "5.3,mar,1.1234567,",
        "5.3,mar,1.,",
        "5.3,mar,.5,",
        "5.3,mar,+5,",
        "5.3,mar,1e3,",
        "5.3,mar,٣,",
        '5.3,mar,"1",',
        "5.3,mar,1",
        "5.3,mar,1,,",
        "Total,,5,",
        ",,,",
        "",
        "codigo,mes,avance,causa",
        "5.3,abr,7,",
        "5.3,feb,7,\0",
        "5.3,mar,1," + "x" * (MAX_FIELD + 1),
        "5.3,mar,1\r,",
    ],
)
def test_one_row_that_asks_for_care_sends_the_whole_file_to_the_careful_reader(row):
    text = f"codigo,mes,avance,causa\n5.3,abr,2.5,\n{row}\n5.3,may,3,\n"
    assert read_plain_file(text.encode(), UNTOLD) is None


def test_a_cell_too_few_is_not_made_up_for_by_one_too_many_in_the_next_row():
    header = b"otra,codigo,mes,avance,causa\n,5.3,abr,2.5,\n"
    assert same(header + b",5.3,may,3,\n,5.3,jun,4,\n,5.3,jul,5,\n", UNTOLD)
    assert read_plain_file(header + b",5.3,may,3\n,,5.3,jun,4,\n,5.3,jul,5,\n", UNTOLD) is None


def test_numbers_that_may_be_of_two_kinds_are_asked_about_and_not_read():
    ambiguous = b"codigo,mes,avance\n5.3,mar,1.525\n5.3,abr,7\n"
    assert read_plain_file(ambiguous, PLAN) is None
    assert same(ambiguous, decimal="point")
    assert read_plain_file(ambiguous, PLAN, "comma") is None
    assert same(ambiguous + b"5.3,may,1.5\n")  # which tells
    assert read_plain_file(ambiguous + b'5.3,may,"1,5"\n', PLAN) is None


def test_a_month_told_whole_and_by_locality_is_not_plain():
    header = b"codigo,mes,localidad,avance\n"
    assert read_plain_file(header + b"R1,mar,,1\nR1,mar,Puno,2\n", PLAN) is None
    assert read_plain_file(header + b"5.3,ene,,1\n", PLAN) is None  # the ledger has January by locality
    assert read_plain_file(header + b"5.3,feb,Puno,1\n", PLAN) is None
    assert same(header + b"5.3,ene,Puno,1\n5.3,feb,EPS,2\n")


def test_a_locality_that_is_not_the_activitys_is_not_plain():
    header = b"codigo,mes,localidad,avance\n"
    for row in (b"2.1,mar,EPS,1\n", b"5.1,mar,Puno,1\n", b"5.3,mar,Juliaca,1\n"):
        assert read_plain_file(header + row, PLAN) is None


@pytest.mark.parametrize("case", CORPUS, ids=lambda case: case.outcome)
def test_no_file_of_the_corpus_is_read_in_two_ways(case):
    same(case.content, case.plan, case.decimal)


CODES = st.sampled_from(["5.3", "1.1", "1.2", "2.1", "5.1", "6.1", "R1"])
MONTHS = st.sampled_from(["mar", "2010-04", "05/2010", "6", "julio", "ago-10", "2010-09-01", "OCT"])
POINT = st.sampled_from(
    ["0", "5", "12.5", "99.25", "0.125", "1.525", "12345.678", "0.0001", "-0", "-3.5", "00.5", "7.000000"]
)
UGLY = st.sampled_from(
    [
        "",
        " ",
        "x",
        "r1",
        "9.9",
        "1,5",
        "1.525",
        "-",
        "retirar",
        "EPS",
        "Puno",
        "5.10",
        "total",
        "2011-03",
        '"',
        "101",
        "\n",
    ]
)
NOTES = st.sampled_from(["", "", "nota", "=1+1", "ñandú", " "])
PLACES = st.sampled_from(["", "", "EPS", "Puno", "ilave"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"])


@st.composite
def long_files(draw) -> bytes:
    """A long file as a program writes it, in which now and then one cell is not as it should be."""
    header = [
        "codigo",
        "mes",
        "avance",
        *draw(
            st.permutations(
                draw(st.sampled_from([[], ["causa"], ["localidad", "observacion"], ["origen", "otra"]]))
            )
        ),
    ]
    kinds = {
        "codigo": CODES,
        "mes": MONTHS,
        "avance": POINT,
        "localidad": PLACES,
        "origen": st.just(""),
        "otra": NOTES,
    }
    rows = [[draw(kinds.get(name, NOTES)) for name in header] for _ in range(draw(st.integers(1, 8)))]
    return _written(draw, header, rows)


@st.composite
def wide_files(draw) -> bytes:
    header = [
        "codigo",
        *draw(
            st.sampled_from(
                [["ene", "feb"], ["marzo"], ["localidad", "2010-04", "may-10"], ["jun", "jul", "causa"]]
            )
        ),
    ]
    kinds = {"codigo": CODES, "localidad": PLACES, "causa": NOTES}
    cells = st.one_of(POINT, st.just(""))
    rows = [[draw(kinds.get(name, cells)) for name in header] for _ in range(draw(st.integers(1, 5)))]
    return _written(draw, header, rows)


def _written(draw, header: list[str], rows: list[list[str]]) -> bytes:
    delimiter, mark = draw(st.sampled_from([(",", "."), (";", "."), (";", ","), ("\t", ","), ("|", ".")]))
    rows = [
        [
            cell.replace(".", mark) if name not in ("codigo", "mes") else cell
            for name, cell in zip(header, row, strict=True)
        ]
        for row in rows
    ]
    if draw(st.integers(0, 2)) == 0:
        place = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, len(header) - 1))
        rows[place[0]][place[1]] = draw(UGLY)
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    before = draw(st.sampled_from([[], [], [["Avance"]], [[""]], [["", "x"]]]))
    lines = [delimiter.join(cells) for cells in [*before, header, *rows]]
    return (end.join(lines) + draw(st.sampled_from(["", end, end + end]))).encode(draw(ENCODINGS), "replace")


@examples(1500)
@given(
    st.one_of(long_files(), wide_files()),
    st.sampled_from([PLAN, UNTOLD, OF_TWO_YEARS]),
    st.sampled_from([None, None, "point", "comma"]),
)
@example(b"codigo;mes;avance\n6.1;mar;-1,525\n", UNTOLD, "comma")
@example(b"codigo;mes;avance\n5.3;mar;0,525\n", UNTOLD, None)
def test_whatever_is_read_by_columns_the_careful_reader_reads_the_same(content, plan, decimal):
    same(content, plan, decimal)


# Which values may have something to ask about.

BASES = st.sampled_from(["1", "7", "9.5", "25", "120", "1500", "99999999.123456", "99999999999.123456"]).map(
    Decimal
)
TIMES = st.sampled_from(
    [
        "0",
        "1",
        "1",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "8",
        "0.1",
        "0.12",
        "0.001",
        "0.0005",
        "0.00125",
        "0.002",
        "10",
        "12",
        "100",
        "500",
        "1000",
        "2000",
        "-1",
    ]
).map(Decimal)
BESIDE = st.sampled_from(["0", "0", "0", "0.004", "0.005", "-0.005", "0.000001"]).map(Decimal)
RULES = st.sampled_from(["sum", "sum", "mean", "last", "milestone"])


@st.composite
def lines(draw) -> tuple[PlanKnowledge, Columns]:
    """One activity, told for the whole utility and for a part, over what the ledger has of both; its amounts
    of one size, or off it.
    """
    base, most = draw(BASES), draw(st.sampled_from([2, 3, 12]))
    amounts = st.builds(lambda times, beside: round(base * times + beside, 6), TIMES, BESIDE).filter(
        lambda amount: abs(amount) < 10**12
    )
    by_month = st.dictionaries(st.integers(1, most), amounts, max_size=most)
    asked = st.one_of(by_month, st.just({month: base for month in range(1, most + 1)}), st.just({}))
    activity = PlannedActivity(
        "5.3",
        "Detección",
        draw(st.sampled_from(["%", "Conexiones"])),
        draw(RULES),
        draw(st.sampled_from(["higher", "lower"])),
        draw(st.sampled_from(["EPS", "Puno"])),
        "",
        False,
        draw(asked),
        draw(st.one_of(st.none(), amounts)),
    )
    told_of = draw(st.sampled_from([("EPS",), ("EPS", "Puno")]))
    held = {
        ("5.3", month, place): told
        for place in told_of
        for month, told in draw(st.one_of(by_month, st.just({}))).items()
    }
    told = {(month, place): told for place in told_of for month, told in draw(by_month).items()} or {
        (3, "EPS"): base
    }
    months, places = zip(*told, strict=True)
    columns = columns_of(
        tuple(range(2, len(told) + 2)),
        ("5.3",) * len(told),
        months,
        places,
        tuple(f"{amount:f}" for amount in told.values()),
    )
    begun = draw(st.sampled_from([12, 12, 0, 2]))
    return PlanKnowledge(
        2010, "EPS Puno", "Comercial", {"5.3": activity}, frozenset({"EPS", "Puno"}), held, begun=begun
    ), columns


def whole(codes: Sequence[str], months: Sequence[int], amounts: Sequence[Decimal]) -> Columns:
    """Values of the whole utility, a row each."""
    count = len(codes)
    return columns_of(
        tuple(range(2, count + 2)),
        tuple(codes),
        tuple(months),
        ("EPS",) * count,
        tuple(f"{amount:f}" for amount in amounts),
    )


@st.composite
def totals(draw) -> tuple[PlanKnowledge, Columns]:
    """Months that add up what was done, as asked or in part, from some month on; the first of them may be in
    the ledger.
    """
    base, most, since = (
        draw(st.sampled_from(["3", "25", "1500.5"])),
        draw(st.integers(2, 12)),
        draw(st.integers(1, 4)),
    )
    done = [
        round(Decimal(base) * Decimal(draw(st.sampled_from(["0", "0.5", "0.9", "1", "1.1", "1.5"]))), 6)
        for _ in range(most)
    ]
    told = {month: sum(done[:month]) if month >= since else done[month - 1] for month in range(1, most + 1)}
    asked = draw(
        st.sampled_from(
            [
                {},
                {month: Decimal(base) for month in range(1, 13)},
                {1: Decimal(base), most: Decimal(base) * 3},
            ]
        )
    )
    activity = PlannedActivity("5.3", "Detección", "Conexiones", "sum", "higher", "EPS", "", False, asked)
    first = draw(st.integers(1, most))
    held = {("5.3", month, "EPS"): amount for month, amount in told.items() if month < first}
    of_file = [month for month in told if month >= first]
    plan = PlanKnowledge(2010, "EPS Puno", "Comercial", {"5.3": activity}, frozenset({"EPS"}), held)
    return plan, whole(["5.3"] * len(of_file), of_file, [told[month] for month in of_file])


@st.composite
def shifted_months(draw) -> tuple[PlanKnowledge, Columns]:
    """A month of several activities beside one that the ledger has, whose values it repeats, or nearly, all
    but a few.
    """
    codes, month, other = (
        [f"1.{n}" for n in range(1, draw(st.integers(2, 12)) + 1)],
        8,
        draw(st.sampled_from([7, 9, 6])),
    )
    sizes = {
        code: draw(st.sampled_from(["9", "10", "12", "0.5", "154800.55", "99999999999.123456"]).map(Decimal))
        for code in codes
    }
    kinds = st.sampled_from(
        [("sum", "Conexiones"), ("mean", "%"), ("last", "S/"), ("milestone", "Documento")]
    )
    activities = {
        code: PlannedActivity(
            code,
            "",
            unit,
            rule,
            "higher",
            "EPS",
            "",
            False,
            draw(st.sampled_from([{}, {month: sizes[code]}])),
        )
        for code in codes
        for rule, unit in [draw(kinds)]
    }
    beside = st.sampled_from(["1", "1", "1", "1", "1", "1.005", "1.0049", "1.0051", "1.000001", "2"]).map(
        Decimal
    )
    told = [round(sizes[code] * draw(beside), 6) for code in codes]
    held = {(code, other, "EPS"): sizes[code] for code in codes if draw(st.integers(0, 9))}
    plan = PlanKnowledge(
        2010,
        "EPS Puno",
        "Comercial",
        activities,
        frozenset({"EPS"}),
        held,
        begun=draw(st.sampled_from([12, 7])),
    )
    return plan, whole(codes, [month] * len(codes), told)


def year(plan: PlanKnowledge) -> Programme:
    asked = [
        [float(activity.programmed.get(month, "nan")) for month in range(1, 13)]
        for activity in plan.activities.values()
    ]
    return Programme(list(plan.activities), np.array(asked))


def both_ways(plan: PlanKnowledge, columns: Columns) -> list[list]:
    """What is asked of the few values that are looked at, and of all."""
    few, headers = question_filter.question_candidates(columns, plan, year(plan)), ("codigo", "mes", "avance")
    return [questions(few, plan, headers, len(few) == len(columns)), questions(columns, plan, headers)]


@examples(2500)
@given(st.one_of(lines(), totals(), shifted_months()))
def test_no_question_is_lost_where_few_values_are_looked_at(line):
    few, every = both_ways(*line)
    assert few == every


@examples(100)
@given(shifted_months(), st.integers(0, 3))
def test_a_file_asked_about_as_a_whole_is_looked_at_whole(line, more):
    """Beside many values that differ, the few that are alike do not stand for the file."""
    plan, columns = line
    other = next(iter(plan.reported), (None, 7))[1]
    extra = [f"2.{n}" for n in range(3 * more)]
    activities = plan.activities | {
        code: PlannedActivity(code, "", "Conexiones", "sum", "higher", "EPS", "") for code in extra
    }
    held = {**plan.reported, **{(code, other, "EPS"): Decimal(50) for code in extra}}
    told = [*columns, *(Value(0, code, 8, "EPS", Decimal(90)) for code in extra)]
    few, every = both_ways(
        replace(plan, activities=activities, reported=held),
        whole([v.code for v in told], [8] * len(told), [v.reported for v in told]),
    )
    assert few == every


@pytest.mark.parametrize(
    "programmed, held, told, question",
    [
        ({1: "25", 2: "25"}, {}, {1: "25", 2: "50"}, "running_total"),  # two months are enough
        # February is what it should be, and what it was, but for the last digit.
        (
            {2: "99999999999.123457"},
            {1: "99999999999.123457"},
            {2: "99999999999.123456"},
            "repeats_last_month",
        ),
        (
            {},
            {2: "99999999999.123456"},
            {1: "99999999999.123457", 2: "99999999999.123457"},
            "repeats_last_month",
        ),
        # A level of nothing, after much or where much was asked, and a first one far from its programme.
        ({1: "182833"}, {}, {1: "5"}, "far_from_programme"),
        ({1: "182833"}, {}, {1: "0"}, "far_from_programme"),
        ({}, {1: "159394"}, {2: "0"}, "far_from_last"),
        ({}, {1: "159394"}, {2: "5"}, "far_from_last"),
    ],
)
def test_what_takes_all_its_digits_or_few_months_to_see_is_looked_at(programmed, held, told, question):
    programmed = {month: Decimal(amount) for month, amount in programmed.items()}
    rule = "sum" if question == "running_total" else "last"
    activity = PlannedActivity("5.3", "Detección", "Conexiones", rule, "higher", "EPS", "", False, programmed)
    known = {("5.3", month, "EPS"): Decimal(amount) for month, amount in held.items()}
    plan = PlanKnowledge(2010, "EPS Puno", "Comercial", {"5.3": activity}, frozenset({"EPS"}), known)
    columns = columns_of(
        tuple(told), ("5.3",) * len(told), tuple(told), ("EPS",) * len(told), tuple(told.values())
    )
    few, every = both_ways(plan, columns)
    assert question in [problem.code for problem in every] and few == every


def test_a_file_of_ordinary_values_is_not_looked_at_one_by_one():
    programmed = {month: Decimal(25) for month in range(1, 13)}
    activity = PlannedActivity(
        "5.3", "Detección", "Conexiones", "sum", "higher", "EPS", "", False, programmed, Decimal(300)
    )
    plan = PlanKnowledge(2010, "EPS Puno", "Comercial", {"5.3": activity}, frozenset({"EPS"}))
    columns = columns_of((2, 3, 4), ("5.3",) * 3, (1, 2, 3), ("EPS",) * 3, ("24", "31", "26.5"))
    assert question_filter.question_candidates(columns, plan, year(plan)) == []
