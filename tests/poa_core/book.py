"""A ledger filled from the plans and reports of the naive reading, and asked through the metrics."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pandas as pd
from naive import Activity, Plan, Report
from worlds import plan_csv, processes_csv, progress_csv

from poa_core.contract import PlanFile, Value
from poa_core.figures import metrics
from poa_core.intake import check
from poa_core.ledger import uploads
from poa_core.ledger.file.database import FACTS, Database
from poa_core.loading import effect

PERSON = "Gerencia"
PLANNED = datetime(2009, 12, 30, 15)
REPORTED = datetime(2011, 2, 1, 15)
LATER = datetime(2011, 6, 30, 15)


def emptied(database: Database) -> Database:
    """The ledger without a fact in it: building one anew takes as long as filling four."""
    with database.cursor() as cursor:
        for table in FACTS:
            cursor.execute(f"TRUNCATE {table}")
    return database


def fill(database: Database, plan: Plan, reports: Iterable[Report]) -> None:
    """Empty the ledger, accept the plan and then, where there are any, all its reports in one file."""
    accept_plan(emptied(database), plan)
    values = [value(row, r.code, r.month, r.reported, r.locality) for row, r in enumerate(reports, 2)]
    if values:
        accept(database, plan, values)


def fill_from_files(database: Database, plan: Plan, reports: Iterable[Report]) -> None:
    """The same by way of the files people upload."""
    heads, rows, progress = (text.encode() for text in (processes_csv(plan), plan_csv(plan), progress_csv(reports)))
    file = check.plan_file(heads, rows)
    assert not file.is_refused, file.problems
    uploads.accept_plan(emptied(database), file, heads + rows, "plan.zip", PERSON, PLANNED)
    if not reports:
        return
    with database.cursor() as cursor:
        known = effect.knowledge(cursor, key(plan), REPORTED)
    file = check.progress_file(progress, "avance.csv", known)
    assert not file.is_refused, file.problems
    accept(database, plan, file.values)


def accept_plan(database: Database, plan: Plan, at: datetime = PLANNED, reporting_day: int = 10) -> list[int]:
    """Accept a version of the plan. Returns its upload's id, nothing where it is the current one."""
    file = plan_file(plan, reporting_day)
    return uploads.accept_plan(database, file, repr(plan).encode(), "plan.csv", PERSON, at, "así lo aprobó el directorio")


def accept(database: Database, plan: Plan, values: Iterable[Value], at: datetime = REPORTED, **more) -> int:
    """Accept values as one file. Returns its upload's id."""
    values = tuple(values)
    more = {"reason": "así lo dice el acta"} | more
    submission = uploads.Submission(*key(plan), "avance.csv", repr(values).encode(), PERSON, values, **more)
    return uploads.accept(database, submission, at).upload_id


def value(row: int, code: str, month: int, reported, locality: str = "EPS", **more) -> Value:
    """A typed row of progress; reported None takes the cell's value back."""
    amount = None if reported is None else Decimal(str(reported))
    return Value(row, code, month, locality, amount, retracted=reported is None, **more)


def key(plan: Plan) -> tuple[int, str, str]:
    return plan.year, plan.entity, plan.process


def scope(plan: Plan, c: int, known_at: datetime = LATER, **more) -> metrics.Scope:
    return metrics.Scope(*key(plan), month=c, known_at=known_at, **more)


def asked(database: Database, question, scope: metrics.Scope, *more) -> list[dict]:
    """The rows of one of the metrics as dicts, None for what is absent."""
    with database.cursor() as cursor:
        return rows_of(question(cursor, scope, *more))


def rows_of(frame: pd.DataFrame) -> list[dict]:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def plan_file(plan: Plan, reporting_day: int = 10) -> PlanFile:
    """The plan as the intake hands it on."""
    of_plan = dict(zip(("year", "entity", "process"), key(plan), strict=True))
    head = dict.fromkeys(uploads.COLUMNS["plan"]) | of_plan
    head |= {"met_threshold": plan.met, "at_risk_threshold": plan.at_risk, "reporting_day": reporting_day, "localities": None}
    programme = [of_plan | cell for a in plan.activities for cell in _months(a.code, a.programmed, a.provisional)]
    if plan.outcome:
        o = plan.outcome
        head |= {"outcome_code": o.code, "outcome": "Cartera morosa", "unit": "S/", "aggregation": "last"}
        head |= {"baseline": o.baseline, "target": o.target, "direction": o.direction, "localities": "|".join(o.localities) or None}
        programme += [of_plan | cell for cell in _months(o.code, o.given, ())]
    rows = [_activity(n, a) | of_plan for n, a in enumerate(plan.activities, 1)]
    return PlanFile((head,), tuple(rows), tuple(programme), ())


def without(plan: Plan, *codes: str) -> Plan:
    return replace(plan, activities=tuple(a for a in plan.activities if a.code not in codes))


def _activity(position: int, a: Activity) -> dict:
    names = "code objective locality unit aggregation direction target weight responsible".split()
    row = dict.fromkeys(uploads.COLUMNS["activity"]) | {name: getattr(a, name) for name in names}
    local = {"localities": "|".join(a.localities) or None, "combination": a.combination}
    return row | local | {"position": position, "activity": f"Actividad {a.code}"}


def _months(code: str, programmed: dict, provisional) -> list[dict]:
    return [
        {"code": code, "month": m, "programmed": p, "is_provisional": m in provisional} for m, p in programmed.items()
    ]
