"""Random plans with valid reports, and both written as the files people upload."""

from decimal import Decimal

from hypothesis import strategies as st
from naive import WHOLE_UTILITY, Activity, Outcome, Plan, Report

from poa_core.contract import (
    AGGREGATIONS,
    COMBINATIONS,
    DIRECTIONS,
    MONTHS,
    PLAN_COLUMNS,
    PROCESS_COLUMNS,
)

LOCALITIES = ("Puno", "Juli", "Ilave")
OBJECTIVES = ("Cartera morosa", "Eficiencia de cobranza", "Conexiones informales")
RESPONSIBLES = ("Gerencia Comercial", "División de Catastro, Medición", "")
RULES = (
    ("sum", "higher"), ("sum", "lower"), ("mean", "higher"), ("mean", "lower"),
    ("last", "higher"), ("last", "lower"), ("milestone", "higher"),
)  # fmt: skip
CUT_OFF = st.sampled_from(range(12, -1, -1))
MONTH = st.sampled_from(range(1, 13))
# Few amounts, so that programme and report often meet at a threshold; all fit a % as well.
POOL = tuple(Decimal(x) for x in "10 20 0 30 1 40 2 5 7.5 9.5 19 28.5 38 66.67 100".split())
AMOUNT = st.sampled_from(POOL)
PROGRAMME = (
    st.dictionaries(MONTH, AMOUNT, min_size=1, max_size=6)
    | st.dictionaries(MONTH, AMOUNT)
    | st.builds(lambda p: dict.fromkeys(range(1, 13), p), AMOUNT)
)
MILESTONE = st.builds(
    lambda others, m: dict.fromkeys(others, Decimal(0)) | {m: Decimal(1)}, st.sets(MONTH, max_size=3), MONTH
)
# What is told of a month: {locality: place in a list of values}, None standing for the activity's own locality.
PLACE_IN_LIST = st.integers(0, 29)
WHOLE = st.builds(lambda n: {None: n}, PLACE_IN_LIST)
LOCAL = st.dictionaries(st.sampled_from(LOCALITIES), PLACE_IN_LIST, min_size=1)
MANNERS = {
    "whole": st.dictionaries(MONTH, WHOLE),
    "often": st.dictionaries(MONTH, WHOLE, min_size=6),
    "local": st.dictionaries(MONTH, LOCAL),
    "complete": st.dictionaries(MONTH, st.fixed_dictionaries(dict.fromkeys(LOCALITIES, PLACE_IN_LIST))),
    "either": st.dictionaries(MONTH, WHOLE | LOCAL),
}
BOTH = st.dictionaries(MONTH, WHOLE | LOCAL | st.builds(lambda whole, local: whole | local, WHOLE, LOCAL))


@st.composite
def plans(draw) -> Plan:
    """A plan of 1 to 8 activities of every rule, with or without an outcome, bands and weights."""
    count = draw(st.integers(1, 8))
    is_weighted = draw(st.booleans())
    met, at_risk = draw(st.sampled_from([(0.95, 0.75), (0.9, 0.5)]))
    return Plan(
        year=2010,
        entity="EMSAPUNO",
        process="Gerencia Comercial",
        activities=tuple(draw(activities(f"{n // 3 + 1}.{n % 3 + 1}", is_weighted)) for n in range(count)),
        outcome=draw(st.none() | outcomes()),
        met=met,
        at_risk=at_risk,
    )


@st.composite
def activities(draw, code: str, is_weighted: bool = False) -> Activity:
    aggregation, direction = draw(st.sampled_from(RULES))
    units = ("%", "Promedio mensual %", "Usuarios") if aggregation in ("mean", "last") else ("Acción",)
    unit = draw(st.sampled_from(units))
    programmed = draw(MILESTONE if aggregation == "milestone" else PROGRAMME)
    kept = sorted(m for m, p in programmed.items() if p != 0 or aggregation in ("mean", "last"))
    locality = draw(st.sampled_from((WHOLE_UTILITY, WHOLE_UTILITY, *LOCALITIES[:2])))
    may_be_local = locality == WHOLE_UTILITY and aggregation != "milestone"
    listed = draw(st.sampled_from(((), LOCALITIES[:2], LOCALITIES))) if may_be_local else ()
    combination = draw(st.sampled_from(_combinations(aggregation, direction, unit, listed))) if may_be_local else None
    return Activity(
        code=code,
        objective=draw(st.sampled_from(OBJECTIVES)),
        aggregation=aggregation,
        direction=direction,
        unit=unit,
        target=draw(_target(aggregation, unit, programmed)),
        programmed=programmed,
        provisional=frozenset(draw(st.sets(st.sampled_from(kept)) if kept else st.just(()))),
        locality=locality,
        localities=listed,
        responsible=draw(st.sampled_from(RESPONSIBLES)),
        weight=Decimal(draw(st.sampled_from(("0", "0.5", "1", "3")))) if is_weighted else None,
        combination=combination,
    )


def _combinations(aggregation: str, direction: str, unit: str, listed: tuple) -> list[str | None]:
    """What a plan may say of local values, or that it says nothing."""
    may_add = aggregation in ("sum", "last") and "%" not in unit and (direction == "higher" or listed)
    may_average = aggregation in ("mean", "last") and listed
    return [None, "none", *(["sum"] if may_add else []), *(["mean", "mean"] if may_average else [])]


def _target(aggregation: str, unit: str, programmed: dict):
    if aggregation == "milestone":
        return st.sampled_from((None, Decimal(1)))
    total = sum(programmed.values(), Decimal(0))
    if aggregation == "sum" and total:
        # One unit off the programme, as in the real plan, and off by less than a thousandth.
        near = (total, total + 1, total * Decimal("0.9995"), total * 2)
        return st.sampled_from((None, *near))
    return st.sampled_from((None, Decimal(30), Decimal("66.67")))


@st.composite
def outcomes(draw) -> Outcome:
    baseline, target = draw(st.sampled_from(((187000, 137000), (60, 85), (10, 0), (0, 12))))
    low, high = sorted((baseline, target))
    steps = st.integers(-1, 11).map(lambda n: Decimal(low) + (high - low) * Decimal(n) / 10)
    given = draw(st.dictionaries(st.integers(1, 11), steps.filter(lambda p: p >= 0), max_size=4))
    direction = "higher" if target > baseline else "lower"
    listed = draw(st.sampled_from(((), LOCALITIES[:2], LOCALITIES)))
    return Outcome("R1", Decimal(baseline), Decimal(target), direction, given, listed)


@st.composite
def reports(draw, plan: Plan, negatives: bool = False) -> tuple[Report, ...]:
    """Current values of a plan, in any order a file might have; negative ones only where asked for."""
    told = []
    for a in plan.activities:
        may_be_local = a.locality == WHOLE_UTILITY and a.aggregation != "milestone"
        may_be_negative = negatives and a.aggregation != "milestone" and "%" not in a.unit
        told += draw(_told(a.code, a.locality, may_be_local, _values(a, may_be_negative), a.combines))
    if plan.outcome:
        told += draw(_told(plan.outcome.code, WHOLE_UTILITY, True, _balances(plan.outcome), plan.outcome.balance.combines))
    return tuple(reversed(told) if draw(st.booleans()) else told)


@st.composite
def worlds(draw, negatives: bool = False) -> tuple[Plan, tuple[Report, ...]]:
    plan = draw(plans())
    return plan, draw(reports(plan, negatives))


def _values(a: Activity, may_be_negative: bool) -> list[Decimal]:
    """Amounts at, around and far from what is programmed."""
    if a.aggregation == "milestone":
        return [Decimal(x) for x in ("1", "0", "0.5")]
    shares = [Decimal(x) for x in ("1", "0.95", "0.75", "1.05", "0.5")]
    usual = [p * share for share in shares for p in sorted(set(a.programmed.values()))]
    most = 100 if "%" in a.unit else 10**6
    values = [Decimal("-2.5")] if may_be_negative else []
    return values + [v for v in usual if v <= most][:15] + list(POOL)


def _balances(o: Outcome) -> list[Decimal]:
    """From past the target to worse than the baseline, in twentieths of the way."""
    low, high = sorted((o.baseline, o.target))
    return [max(low + (high - low) * n / 20, Decimal(0)) for n in range(-4, 25)]


@st.composite
def _told(draw, code: str, own: str, may_be_local: bool, values: list[Decimal], combination: str) -> list[Report]:
    """A month has one value of the activity's own locality or some local ones; both only where these make no value of the whole."""
    manner = draw(st.sampled_from(tuple(MANNERS) if may_be_local else ("whole", "often")))
    told = BOTH if may_be_local and combination == "none" else MANNERS[manner]
    return [
        Report(code, m, place or own, values[n % len(values)])
        for m, places in draw(told).items()
        for place, n in places.items()
    ]


def processes_csv(plan: Plan) -> str:
    """The plan's row of processes.csv, with the outcome's given months where there are any."""
    row = {
        "anio": plan.year, "entidad": plan.entity, "proceso": plan.process,
        "objetivo_general": "Equilibrio financiero", "lider": "Víctor Huamaní",
        "umbral_cumple": plan.met, "umbral_riesgo": plan.at_risk,
        "localidades": "|".join(plan.outcome.localities) if plan.outcome else "",
    }  # fmt: skip
    o = plan.outcome
    if o:
        row |= {
            "codigo_resultado": o.code, "resultado": "Cartera morosa", "unidad": "S/",
            "linea_base": o.baseline, "meta": o.target, "regla": "ultimo",
            "sentido": _spanish(DIRECTIONS, o.direction), **_by_month(o.given),
        }  # fmt: skip
    return _csv((*PROCESS_COLUMNS, "umbral_cumple", "umbral_riesgo", "localidades", *MONTHS), [row])


def plan_csv(plan: Plan) -> str:
    """plan.csv, one row per activity in the plan's order."""
    columns = (*PLAN_COLUMNS, "meses_provisionales", "localidades", "peso", "combinacion")
    return _csv(columns, [_plan_row(plan, a) for a in plan.activities])


def _plan_row(plan: Plan, a: Activity) -> dict:
    return {
        "anio": plan.year, "entidad": plan.entity, "proceso": plan.process, "codigo": a.code,
        "objetivo": a.objective, "actividad": f"Actividad {a.code}", "localidad": a.locality,
        "indicador": f"Indicador {a.code}", "unidad": a.unit, "meta": a.target,
        "agregacion": _spanish(AGGREGATIONS, a.aggregation), "sentido": _spanish(DIRECTIONS, a.direction),
        "responsable": a.responsible, "peso": a.weight, "localidades": "|".join(a.localities),
        "combinacion": _spanish(COMBINATIONS, a.combination) if a.combination else None,
        "meses_provisionales": " ".join(MONTHS[m - 1] for m in sorted(a.provisional)),
        **_by_month(a.programmed),
    }  # fmt: skip


def progress_csv(reports) -> str:
    """A long progress file; the whole utility's locality is left empty, as people do."""
    rows = [
        {
            "codigo": r.code, "mes": MONTHS[r.month - 1], "avance": r.reported,
            "localidad": "" if r.locality == WHOLE_UTILITY else r.locality,
        }
        for r in reports
    ]  # fmt: skip
    return _csv(("codigo", "mes", "avance", "localidad"), rows)


def _by_month(amounts: dict[int, Decimal]) -> dict[str, Decimal]:
    return {MONTHS[m - 1]: amount for m, amount in amounts.items()}


def _spanish(words: dict[str, str], english: str) -> str:
    return next(spanish for spanish, word in words.items() if word == english)


def _csv(columns, rows: list[dict]) -> str:
    lines = [",".join(columns)]
    lines += [",".join(_cell(row.get(column)) for column in columns) for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value) -> str:
    if value is None:
        return ""
    text = _number(value) if isinstance(value, Decimal) else str(value)
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',;|"\n') else text


def _number(value: Decimal) -> str:
    """Plain digits; three decimals get a fourth, because 1.525 could be a thousand and some."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text + "0" if len(text.partition(".")[2]) == 3 else text
