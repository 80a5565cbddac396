"""The command line says the same figures, in the fields scripts rely on, and ends with the right code."""

import csv
import getpass
import json
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from poa_core import moment as clock
from poa_core.cli.main import main
from poa_core.config import SOURCE_DATA, ledger_paths
from poa_core.ledger import people, rights
from poa_core.ledger.file.database import open_ledger
from poa_core.ledger.invariants import invariants
from poa_core.words.language import words

ROOT = Path(__file__).resolve().parents[2]
COMPLIANCE = [
    "code",
    "aggregation",
    "direction",
    "programmed_to_date",
    "reported_to_date",
    "compliance",
    "compliance_low",
    "compliance_high",
    "annual",
    "status",
    "months_due",
    "months_reported",
    "months_partial",
    "localities_missing",
]
ROLLUP = ["key", "compliance", "low", "high", "activities_due", "silent"]
OUTCOME = [
    "code",
    "baseline",
    "target",
    "month_reported",
    "reported",
    "path",
    "compliance",
    "progress",
    "expected_progress",
    "required_pace",
    "pace",
    "verdict",
    "status",
]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    database = tmp_path_factory.mktemp("cli") / "poa.duckdb"
    assert main(["load", "--database", str(database)]) == 0
    return database


@pytest.fixture
def fresh(tmp_path, loaded):
    shutil.copytree(loaded.parent, tmp_path / "ledger")
    return tmp_path / "ledger" / "poa.duckdb"


@pytest.fixture
def ask(capsys, loaded):
    def asked(*arguments: str, database=loaded, form: str | None = "json"):
        shape = ["--format", form] if form else []
        code = main([*arguments, "--database", str(database), *shape])
        out, err = capsys.readouterr()
        return code, json.loads(out) if form == "json" and out else out, err

    return asked


def test_compliance_lists_every_activity_with_its_fields(ask):
    code, rows, _ = ask("compliance", "--year", "2010", "--month", "9")
    assert code == 0
    assert [row["code"] for row in rows][:3] == ["1.1", "1.2", "1.3"]
    assert all(list(row) == COMPLIANCE for row in rows)
    silent = next(row for row in rows if row["code"] == "5.2")
    assert (silent["compliance"], silent["status"], silent["reported_to_date"]) == (
        None,
        "not_reported",
        None,
    )


def test_rollup_and_outcome_have_their_fields(ask):
    _, rows, _ = ask("rollup", "--by", "responsible", "--year", "2010", "--month", "9")
    assert [list(row) for row in rows] == [ROLLUP] * 3
    _, outcome, _ = ask("outcome", "--year", "2010", "--month", "6")
    assert list(outcome) == [*OUTCOME, "forecast"]
    assert outcome["path"] == 162000


@pytest.mark.parametrize(("month", "reason"), [("3", "too_early"), ("12", "at_december")])
def test_the_outcome_says_why_it_has_no_forecast(ask, month, reason):
    _, outcome, _ = ask("outcome", "--year", "2010", "--month", month)
    assert outcome["forecast"] == {
        "reason": reason, "method": None, "mean_absolute_error": None, "error_count": None, "december": None,
    }  # fmt: skip


def test_the_outcome_carries_its_forecast_with_the_error_of_its_method(ask):
    _, outcome, _ = ask("outcome", "--year", "2010", "--month", "9")
    forecast = outcome["forecast"]
    assert list(forecast) == ["reason", "method", "mean_absolute_error", "error_count", "december"]
    assert (forecast["reason"], forecast["method"], forecast["error_count"]) == (None, "drift", 8)
    # Drift carries the mean monthly change of nine months on for three more.
    change = (outcome["reported"] - outcome["baseline"]) / 9
    december = forecast["december"]
    assert december["expected"] == pytest.approx(outcome["reported"] + 3 * change)
    assert december["low"] < december["expected"] < december["high"]
    assert forecast["mean_absolute_error"] > 0


@pytest.mark.parametrize("form", ["csv", "text"])
def test_a_line_of_the_outcome_stays_without_the_forecast(ask, form):
    _, text, _ = ask("outcome", "--year", "2010", "--month", "9", form=form)
    assert text.splitlines()[0].replace('"', "").replace(",", " ").split() == OUTCOME


def test_filters_and_the_past_are_asked_for(ask):
    _, rows, _ = ask("compliance", "--year", "2010", "--month", "9", "--locality", "Puno")
    assert [row["code"] for row in rows] == ["2.1", "2.2"]
    _, then, _ = ask("outcome", "--year", "2010", "--month", "9", "--known-at", "2010-07-08")
    assert then["month_reported"] == 6
    _, day_before, _ = ask("outcome", "--year", "2010", "--month", "9", "--known-at", "2010-07-07")
    assert day_before["month_reported"] == 5


def test_text_and_csv_say_the_same(ask):
    _, text, _ = ask("compliance", "--year", "2010", "--month", "9", form="csv")
    head, *rows = csv.reader(text.splitlines())
    assert head == COMPLIANCE and len(rows) == 14
    _, text, _ = ask("compliance", "--year", "2010", "--month", "9", form="text")
    assert "not_reported" in text


def test_what_is_not_there_is_a_dash_in_text_whatever_it_is_of(ask):
    _, text, _ = ask("outcome", "--year", "2010", "--month", "0", form="text")
    assert text.splitlines()[-1].split()[-2:] == ["-", "not_due"]


def test_check_says_every_problem_and_stores_nothing(ask, tmp_path, loaded):
    before = loaded.read_bytes()
    bad = tmp_path / "malo.csv"
    bad.write_text("codigo,mes,avance\n6.1,2010-09,4\n4.2,2010-09,x\n", "utf-8")
    code, problems, _ = ask("check", str(bad))
    assert code == 1
    assert [list(p) for p in problems] == [["severity", "code", "row", "column", "value", "message"]] * 2
    assert [(p["row"], p["column"], p["value"]) for p in problems] == [
        (2, "codigo", "6.1"),
        (3, "avance", "x"),
    ]
    assert "Fila 2, columna codigo" in problems[0]["message"]
    assert loaded.read_bytes() == before


def test_check_asks_once_how_a_file_writes_decimals(ask, tmp_path):
    unclear = tmp_path / "dudoso.csv"
    unclear.write_text("codigo,mes,avance\n4.1,2010-12,1.525\n", "utf-8")
    code, problems, _ = ask("check", str(unclear))
    assert (code, [(p["code"], p["row"], p["value"]) for p in problems]) == (
        1,
        [("ambiguous_number", 2, "1.525")],
    )
    assert ask("check", str(unclear), "--decimal", "comma")[0] == 0


def test_check_passes_a_good_file(ask):
    code, problems, _ = ask("check", str(ROOT / "data" / "try" / "2010-10.csv"))
    assert (code, [p for p in problems if p["severity"] == "error"]) == (0, [])


def test_loading_the_same_again_changes_nothing(ask, fresh):
    code, _, said = ask("load", database=fresh, form=None)
    assert code == 0
    assert "no se cargó nada" in said


def test_a_file_with_problems_is_not_loaded_and_ends_with_1(ask, fresh, tmp_path):
    bad = tmp_path / "malo.csv"
    bad.write_text("codigo,mes,avance\n9.9,2010-09,4\n", "utf-8")
    code, _, said = ask("load", "--progress", str(bad), database=fresh, form=None)
    assert code == 1
    assert "malo.csv: Fila 2, columna codigo" in said
    assert ask("outcome", "--year", "2010", "--month", "9", database=fresh)[1]["reported"] == 159393.71


@pytest.mark.parametrize("wrong", ("cabeza.csv", "filas.csv"))
def test_a_plan_s_two_files_are_refused_by_the_name_of_the_one_that_is_wrong(ask, fresh, tmp_path, wrong):
    for name, source in (("cabeza.csv", "processes.csv"), ("filas.csv", "plan.csv")):
        text = (SOURCE_DATA / source).read_text("utf-8")
        (tmp_path / name).write_text(text.replace(",menor", ",abajo", 1) if name == wrong else text, "utf-8")
    code, _, err = ask(
        "load",
        "--processes",
        str(tmp_path / "cabeza.csv"),
        "--plan",
        str(tmp_path / "filas.csv"),
        form=None,
        database=fresh,
    )
    assert code == 1
    assert {line.split(":")[0] for line in err.splitlines() if "“abajo”" in line} == {wrong}


def test_numbers_read_two_ways_are_asked_for_by_an_option(ask, fresh, tmp_path):
    unclear = tmp_path / "dudoso.csv"
    unclear.write_text("codigo,mes,avance,origen\n4.1,2010-12,1.525,ilustrativo\n", "utf-8")
    code, _, said = ask("load", "--progress", str(unclear), database=fresh, form=None)
    assert code == 1
    assert "--decimal" in said
    assert ask("load", "--progress", str(unclear), "--decimal", "comma", database=fresh, form=None)[0] == 0
    rows = ask("compliance", "--year", "2010", "--month", "12", database=fresh)[1]
    assert next(r for r in rows if r["code"] == "4.1")["reported_to_date"] == 3887 + 1525


def test_wrong_use_ends_with_2_and_plain_words(ask, tmp_path):
    code, _, said = ask("outcome", "--year", "1999", "--month", "9")
    assert (code, "Ningún plan" in said) == (2, True)
    code, _, said = ask("outcome", "--year", "2010", "--month", "9", "--known-at", "ayer")
    assert (code, "no es una fecha" in said) == (2, True)
    code, _, said = ask("check", str(tmp_path / "no-esta.csv"))
    assert (code, "No se encuentra" in said) == (2, True)
    with pytest.raises(SystemExit) as stopped:
        main(["compliance", "--year", "2010", "--month", "13"])
    assert stopped.value.code == 2


def test_messages_are_english_where_asked(ask, monkeypatch):
    monkeypatch.setenv("POA_LANGUAGE", "en")
    assert "No plan" in ask("outcome", "--year", "1999", "--month", "9")[2]


def test_verify_holds_the_ledger_against_every_invariant(ask):
    code, said, _ = ask("verify", form=None)
    assert code == 0
    total = len(invariants())
    assert f"{total} de {total}" in said


@pytest.mark.parametrize(
    "language, told",
    (
        ("es", "No se cumple: una carga se deshace una sola vez."),
        ("en", "Does not hold: an upload is undone once only."),
    ),
)
def test_verify_says_in_words_what_does_not_hold(ask, fresh, monkeypatch, language, told):
    monkeypatch.setenv("POA_LANGUAGE", language)
    with closing(open_ledger(ledger_paths(fresh), "test")) as opened, opened.cursor() as cursor:
        cursor.execute("INSERT INTO withdrawal SELECT 2, 'ana', '2030-01-01', NULL FROM range(2)")
    code, _, err = ask("verify", form=None, database=fresh)
    assert code == 1
    assert told in err and "withdrawn_twice" not in err


def real_file(folder: Path, name: str, *rows: str) -> str:
    (folder / name).write_text("\n".join(["codigo,mes,avance", *rows]) + "\n", "utf-8")
    return str(folder / name)


def test_figures_before_and_after_a_correction_are_told_to_the_cent_by_the_instant_they_were_known(
    ask, fresh, tmp_path
):
    first = real_file(tmp_path, "a.csv", "R1,2010-06,165000.25", "4.1,2010-03,1402")
    assert ask("load", "--progress", first, database=fresh, form=None)[0] == 0
    between = clock.now().isoformat() + "+00:00"
    second = real_file(tmp_path, "b.csv", "R1,2010-06,164999.75", "4.1,2010-03,1520")
    code, _, err = ask("load", "--progress", second, database=fresh, form=None)
    assert code == 1 and "falta el motivo" in err
    assert ask("load", "--progress", second, "--reason", "acta", database=fresh, form=None)[0] == 0
    for known, outcome, connections in ((["--known-at", between], 165000.25, 1402), ([], 164999.75, 1520)):
        _, figures, _ = ask("outcome", "--year", "2010", "--month", "6", *known, database=fresh)
        assert figures["reported"] == outcome
        _, rows, _ = ask("compliance", "--year", "2010", "--month", "3", *known, database=fresh)
        assert next(row for row in rows if row["code"] == "4.1")["reported_to_date"] == connections


def test_a_value_that_looks_like_a_slip_loads_with_a_yes_only(ask, fresh, tmp_path):
    slip = real_file(tmp_path, "a.csv", "4.1,2010-03,15250")
    code, _, err = ask("load", "--progress", slip, database=fresh, form=None)
    assert code == 1 and "nadie confirmó" in err
    assert ask("load", "--progress", slip, "--yes", database=fresh, form=None)[0] == 0


def test_a_plan_that_changes_what_is_past_loads_with_a_reason_only(ask, fresh, tmp_path):
    plan = tmp_path / "plan.csv"
    plan.write_text(
        (ROOT / "data" / "plan.csv")
        .read_text("utf-8-sig")
        .replace("hito,mayor,1,,,1,,", "hito,mayor,1,,,,1,"),
        "utf-8",
    )
    code, _, err = ask("load", "--plan", str(plan), database=fresh, form=None)
    assert code == 1 and "falta el motivo" in err
    assert ask("load", "--plan", str(plan), "--reason", "acuerdo", database=fresh, form=None)[0] == 0


def test_the_ledger_keeps_which_user_of_the_system_loaded_a_file(ask, fresh, tmp_path):
    assert (
        ask(
            "load", "--progress", real_file(tmp_path, "real.csv", "5.3,2010-06,25"), database=fresh, form=None
        )[0]
        == 0
    )
    with closing(open_ledger(ledger_paths(fresh))) as opened, opened.cursor() as cursor:
        who = cursor.execute("SELECT uploaded_by FROM upload ORDER BY upload_id DESC LIMIT 1").fetchone()[0]
    assert who == words("es")("cli.person", user=getpass.getuser())


def test_an_administrator_is_named_on_the_machine_where_none_is_left_to_do_it(ask, fresh):
    with closing(open_ledger(ledger_paths(fresh))) as opened:
        people.ensure_admin(opened, "jefa@eps.pe")
    assert ask("admin", "Ana@EPS.pe", database=fresh, form=None)[0] == 0
    with closing(open_ledger(ledger_paths(fresh))) as opened:
        newest = people.changes(opened).iloc[0]
    assert tuple(newest[["address", "role", "active"]]) == ("ana@eps.pe", rights.ADMIN, True)
    assert newest["changed_by"] == words("es")("cli.person", user=getpass.getuser())
    code, _, err = ask("admin", "ana@eps.pe", database=fresh, form=None)
    assert (code, err.strip()) == (0, words("es")("refusal.unchanged_person"))
    code, _, err = ask("admin", "ana", database=fresh, form=None)
    assert (code, err.strip()) == (1, words("es")("refusal.bad_address"))


def test_naming_an_administrator_first_leaves_the_plan_where_it_belongs(ask, tmp_path):
    new = tmp_path / "new" / "poa.duckdb"
    assert ask("admin", "ana@eps.pe", database=new, form=None)[0] == 0
    assert ask("outcome", "--year", "2010", "--month", "6", database=new)[1]["path"] == 162000


def test_whoever_has_read_enough_of_an_answer_is_told_nothing_more(loaded):
    asked = [
        sys.executable,
        "-m",
        "poa_core",
        "compliance",
        "--year",
        "2010",
        "--month",
        "9",
        "--format",
        "json",
        "--database",
        str(loaded),
    ]
    with subprocess.Popen(
        asked, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        process.stdout.close()
        told = process.stderr.read()
    assert process.returncode == 0
    assert told.strip() == words("es")("cli.read_database", name=loaded.name)


def test_an_upload_is_taken_back_by_its_number_and_a_refusal_says_why(fresh, ask):
    def withdrawn(*arguments: str) -> tuple[int, str]:
        code, _, told = ask("withdraw", *arguments, database=fresh, form=None)
        return code, told.strip()

    assert withdrawn("10", "--reason", "prueba") == (0, words("es")("cli.withdrawn", upload=10))
    assert withdrawn("10") == (1, words("es")("refusal.already_withdrawn"))
    assert withdrawn("1")[1] == words("es")("refusal.plan_undo_reason")
    code, told = withdrawn("1", "--reason", "era de otra EPS")
    assert code == 1 and "2010-01.csv" in told and "(cargas: 8)" in told
    for number in range(2, 10):
        assert withdrawn(str(number))[0] == 0
    assert withdrawn("1", "--reason", "era de otra EPS")[0] == 0
    assert (
        ask("outcome", "--year", "2010", "--month", "9", database=fresh)[0] == 2
    )  # no plan is left to answer


def another(folder: Path, key: str) -> list[str]:
    """The options that load the source plan as one of another year or utility."""
    for name in ("processes.csv", "plan.csv"):
        (folder / name).write_text(
            (ROOT / "data" / name).read_text("utf-8-sig").replace("2010,EPS Puno", key), "utf-8"
        )
    return ["--processes", str(folder / "processes.csv"), "--plan", str(folder / "plan.csv")]


def test_a_utility_in_another_spelling_is_loaded_only_with_a_yes(fresh, ask, tmp_path):
    files = another(tmp_path, "2011,EPS PUNO")
    code, _, told = ask("load", *files, database=fresh, form=None)
    assert (
        code == 1
        and "“EPS PUNO” se parece a “EPS Puno”" in told
        and words("es")("refusal.plan_unconfirmed", count=1) in told
    )
    assert ask("load", *files, "--yes", database=fresh, form=None)[0] == 0


def test_a_plan_is_archived_and_brought_back_and_answers_where_it_is_the_one_named(fresh, ask, tmp_path):
    assert ask("load", *another(tmp_path, "2011,EPS Juliaca"), database=fresh, form=None)[0] == 0
    names = {
        year: f"{year} · {entity} · Gerencia Comercial"
        for year, entity in ((2010, "EPS Puno"), (2011, "EPS Juliaca"))
    }
    assert ask("archive", "--year", "2011", database=fresh, form=None)[2].strip() == words("es")(
        "refusal.reason_to_archive"
    )
    code, _, told = ask("archive", "--year", "2011", "--reason", "prueba", database=fresh, form=None)
    assert (code, told.strip()) == (0, words("es")("cli.archived", plan=names[2011]))
    assert ask("archive", "--year", "2011", "--reason", "prueba", database=fresh, form=None)[
        2
    ].strip() == words("es")("refusal.already_archived")
    assert ask("outcome", "--year", "2011", "--month", "1", database=fresh)[0] == 0  # it keeps its address
    assert ask("bring-back", "--entity", "EPS Juliaca", database=fresh, form=None)[2].strip() == words("es")(
        "cli.brought_back", plan=names[2011]
    )
    assert ask("archive", "--entity", "EPS Tacna", "--reason", "prueba", database=fresh, form=None)[0] == 2
