"""The invented year says it is invented, comes out the same every time, and tells the story it is for."""

import csv
import importlib.util
from itertools import pairwise
from pathlib import Path
from types import ModuleType

DATA = Path(__file__).resolve().parents[2] / "data"
MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "set", "oct", "nov", "dic")
PROGRESS = sorted((DATA / "progress").iterdir())
TRY = DATA / "try" / "2010-10.csv"
SEPTEMBER = 9

Cell = tuple[str, int]


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("illustrate", DATA / "illustrate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def cell_of(row: dict[str, str]) -> Cell:
    return row["codigo"], int(row["mes"][-2:])


def reported(*paths: Path) -> dict[Cell, float]:
    """The last value each cell was given; an empty cell reports nothing."""
    return {cell_of(row): float(row["avance"]) for path in paths for row in rows_of(path) if row["avance"]}


def programmed() -> dict[Cell, float]:
    return {
        (r["codigo"], n): float(r[m])
        for r in rows_of(DATA / "plan.csv")
        for n, m in enumerate(MONTHS, 1)
        if r[m]
    }


def total(cells: dict[Cell, float], code: str, last: int = SEPTEMBER) -> float:
    return sum(value for (c, month), value in cells.items() if c == code and month <= last)


def rules() -> dict[str, tuple[str, str]]:
    return {row["codigo"]: (row["agregacion"], row["sentido"]) for row in rows_of(DATA / "plan.csv")}


def counted() -> list[str]:
    return [code for code, (rule, _) in rules().items() if rule != "promedio"]


def path_of_the_portfolio(month: int) -> float:
    return 187_000 - 50_000 * month / 12


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    module = script()
    module.write(tmp_path / "progress", module.YEAR_AS_TOLD)
    module.write(tmp_path / "try", module.TRY)
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.csv")}
    assert made == {p.relative_to(DATA): p.read_bytes() for p in [*PROGRESS, TRY]}


def test_the_files_are_january_to_september_and_one_to_try() -> None:
    assert [p.name for p in PROGRESS] == [f"2010-{month:02}.csv" for month in range(1, 10)]
    assert [p.name for p in (DATA / "try").iterdir()] == ["2010-10.csv"]


def test_every_row_says_it_is_illustrative() -> None:
    for path in [*PROGRESS, TRY]:
        assert path.read_bytes().startswith(b"codigo,mes,avance,causa,medida,observacion,origen\n")
        assert {row["origen"] for row in rows_of(path)} == {"ilustrativo"}


def test_a_file_brings_its_own_month_and_a_correction_gives_its_reason() -> None:
    seen: set[Cell] = set()
    corrections = []
    for month, path in enumerate(PROGRESS, 1):
        for row in rows_of(path):
            if cell_of(row)[1] != month:
                assert cell_of(row) in seen and row["observacion"].startswith("Corrige ")
                corrections.append((month, *cell_of(row)))
            seen.add(cell_of(row))
    assert corrections == [(7, "4.1", 6)]


def test_every_code_is_the_outcomes_or_in_the_plan_and_no_cell_comes_twice_in_a_file() -> None:
    for path in [*PROGRESS, TRY]:
        cells = [cell_of(row) for row in rows_of(path)]
        assert len(cells) == len(set(cells))
        assert {code for code, _ in cells} <= {"R1", *rules()}


def test_the_portfolio_falls_every_month_and_stays_above_its_path() -> None:
    balance = [187_000, *(reported(*PROGRESS)["R1", month] for month in range(1, 10))]
    assert all(later < earlier for earlier, later in pairwise(balance))
    assert all(balance[month] > path_of_the_portfolio(month) for month in range(1, 10))
    assert 159_000 < balance[9] < 160_500


def test_both_rates_are_reported_every_month() -> None:
    for code in ("1.1", "1.2"):
        assert [month for c, month in reported(*PROGRESS) if c == code] == list(range(1, 10))


def test_one_programmed_activity_never_reports() -> None:
    heard = {code for code, _ in reported(*PROGRESS)}
    assert set(rules()) - heard == {"5.2"}
    assert total(programmed(), "5.2") == 1


def test_one_zero_is_reported_and_explained() -> None:
    zeros = [row for path in PROGRESS for row in rows_of(path) if row["avance"] and float(row["avance"]) == 0]
    assert [cell_of(row) for row in zeros] == [("2.1", 9)]
    assert zeros[0]["causa"] and zeros[0]["medida"]


def test_one_amount_is_reported_before_its_activitys_first_month() -> None:
    first = {code: min(month for c, month in programmed() if c == code) for code in rules()}
    assert [(c, m) for c, m in reported(*PROGRESS) if c != "R1" and m < first[c]] == [("3.2", 5)]


def test_one_activity_passes_its_programme() -> None:
    values, plan = reported(*PROGRESS), programmed()
    assert {
        c: (total(values, c), total(plan, c)) for c in counted() if total(values, c) > total(plan, c)
    } == {"3.2": (146, 130)}


def test_the_directive_comes_a_month_late_with_its_cause() -> None:
    assert [month for code, month in reported(*PROGRESS) if code == "5.1"] == [4]
    [march] = [row for row in rows_of(PROGRESS[2]) if row["codigo"] == "5.1"]
    assert march["avance"] == "" and march["causa"] and march["medida"]


def test_informal_connections_lack_september() -> None:
    values = reported(*PROGRESS)
    assert {month: v for (code, month), v in values.items() if code == "5.3"} == {4: 18, 5: 21, 6: 19}
    assert programmed()["5.3", 9] == 25


def test_september_is_a_mix_of_states() -> None:
    compliance = compliance_at_september()
    silent = {"5.2"}
    met = {c for c, ratio in compliance.items() if ratio >= 0.95}
    behind = {c for c, ratio in compliance.items() if ratio < 0.75} - silent
    assert met == {"1.2", "1.3", "2.2", "3.1", "3.2", "4.3", "5.1"}
    assert behind == {"2.1", "4.2", "5.3"}
    assert set(compliance) - met - behind - silent == {"1.1", "1.4", "4.1"}


def compliance_at_september() -> dict[str, float]:
    values, plan = reported(*PROGRESS), programmed()
    ratio = {code: total(values, code) / total(plan, code) for code in rules()}
    return ratio | {"1.1": total(plan, "1.1") / total(values, "1.1")}


def test_what_is_late_in_september_says_why_and_what_is_done() -> None:
    said = {row["codigo"] for row in rows_of(PROGRESS[8]) if row["causa"] and row["medida"]}
    assert said == {"R1", "1.1", "1.4", "2.1", "4.1", "4.2", "5.3"}


def test_no_value_repeats_the_month_before() -> None:
    values = reported(*PROGRESS, TRY)
    assert [(c, m) for (c, m), v in values.items() if values.get((c, m - 1)) == v] == []


def test_the_file_to_try_brings_a_month_a_late_value_a_correction_and_an_early_one() -> None:
    before, brought = reported(*PROGRESS), reported(TRY)
    assert {cell for cell in brought if cell in before} == {("R1", 8)}
    assert brought["R1", 8] != before["R1", 8]
    assert {cell for cell in brought if cell not in before} == {
        ("R1", 10), ("1.1", 10), ("1.2", 10),
        ("5.3", 9),  # late: its month has passed
        ("3.2", 10),  # early: programmed in November
    }  # fmt: skip
    assert ("3.2", 10) not in programmed() and ("3.2", 11) in programmed()


def test_october_moves_the_chart_and_brings_the_target_within_reach() -> None:
    values = reported(*PROGRESS, TRY)
    balance = [187_000, *(values["R1", month] for month in range(1, 11))]
    best_before = max(earlier - later for earlier, later in pairwise(balance[:-1]))
    assert (balance[9] - 137_000) / 3 > best_before  # in September the target asks for a record
    assert (balance[10] - 137_000) / 2 <= balance[9] - balance[10]  # in October it no longer does
    assert total(values, "5.3") == 81
