"""The columns of each file, their names in Spanish and English, and what a reader hands on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Key = tuple[int, str, str]  # of a plan: year, entity, process
PlanRecord = dict[str, Any]  # a plan, an activity or a programmed month by the schema's column names
Hints = dict[str, Any]  # what fills the sentence of a problem, by its name there

MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "set", "oct", "nov", "dic")
AGGREGATIONS = {"suma": "sum", "promedio": "mean", "ultimo": "last", "hito": "milestone"}
DIRECTIONS = {"mayor": "higher", "menor": "lower"}
COMBINATIONS = {"suma": "sum", "promedio": "mean", "ninguna": "none"}  # how local values make the utility's
WHOLE_UTILITY = "EPS"

PROCESS_COLUMNS = (
    "anio", "entidad", "proceso", "objetivo_general", "lider", "codigo_resultado", "resultado",
    "unidad", "linea_base", "meta", "regla", "sentido",
)  # fmt: skip
PROCESS_OPTIONAL = ("umbral_cumple", "umbral_riesgo", "dia_de_reporte", "localidades", *MONTHS)
PLAN_COLUMNS = (
    "anio", "entidad", "proceso", "codigo", "objetivo", "actividad", "localidad", "indicador",
    "unidad", "agregacion", "sentido", "meta", *MONTHS, "responsable", "participantes", "observaciones",
)  # fmt: skip
PLAN_OPTIONAL = (
    "meses_provisionales", "indicador_proceso", "localidades", "peso",
    "recursos_propios", "recursos_externos", "combinacion",
)  # fmt: skip
PROGRESS_COLUMNS = ("codigo", "mes", "avance")
PROGRESS_OPTIONAL = ("localidad", "observacion", "causa", "medida", "origen", "anio", "entidad", "proceso")
# Columns that people and our own template carry along for their eyes: known, and not loaded.
PROGRESS_BESIDE = (
    "actividad",
    "indicador",
    "unidad",
    "programado",
    "ultimo_reportado",
    "estado",
    "responsable",
    "objetivo",
    "meta",
    "problemas",
)

# Headers are matched after folding case, accents and separators; English names are accepted too.
ENGLISH = {
    "year": "anio",
    "ano": "anio",
    "entity": "entidad",
    "process": "proceso",
    "general_objective": "objetivo_general",
    "leader": "lider",
    "outcome_code": "codigo_resultado",
    "outcome": "resultado",
    "unit": "unidad",
    "baseline": "linea_base",
    "target": "meta",
    "rule": "regla",
    "direction": "sentido",
    "met_threshold": "umbral_cumple",
    "at_risk_threshold": "umbral_riesgo",
    "reporting_day": "dia_de_reporte",
    "code": "codigo",
    "objective": "objetivo",
    "activity": "actividad",
    "locality": "localidad",
    "indicator": "indicador",
    "aggregation": "agregacion",
    "responsible": "responsable",
    "participants": "participantes",
    "notes": "observaciones",
    "observations": "observaciones",
    "provisional_months": "meses_provisionales",
    "process_indicator": "indicador_proceso",
    "localities": "localidades",
    "combination": "combinacion",
    "weight": "peso",
    "own_funding": "recursos_propios",
    "external_funding": "recursos_externos",
    "month": "mes",
    "progress": "avance",
    "value": "avance",
    "reported": "avance",
    "observation": "observacion",
    "note": "observacion",
    "cause": "causa",
    "measure": "medida",
    "origin": "origen",
    "codigo_ao": "codigo",
    "cod_ao": "codigo",
    "codigo_actividad": "codigo",
    "codigo_de_actividad": "codigo",
    "codigo_de_la_actividad": "codigo",
    "codigo_actividad_operativa": "codigo",
    "codigo_de_actividad_operativa": "codigo",
    "codigo_de_la_actividad_operativa": "codigo",
    "cod": "codigo",
    "activity_code": "codigo",
    "actividad_operativa": "actividad",
    "unidad_de_medida": "unidad",
    "unidad_medida": "unidad",
    "centro_de_costo": "responsable",
    "centro_de_costos": "responsable",
    "programmed": "programado",
    "last_reported": "ultimo_reportado",
    "state": "estado",
    "problems": "problemas",
    "jan": "ene",
    "apr": "abr",
    "aug": "ago",
    "sep": "set",
    "dec": "dic",
}


def default_combination(
    aggregation: str | None, direction: str | None, unit: str | None, is_listed: bool
) -> str:
    """How local values make the utility's where the plan does not say: sum where they may be added, else
    none.

    Source: combination_of in metrics.sql, of which this is the reader's side.
    """
    may_add = aggregation in ("sum", "last") and "%" not in (unit or "")
    return "sum" if may_add and (direction == "higher" or is_listed) else "none"


def combination_of(record: PlanRecord) -> str:
    """How a plan's row wants local values to make the utility's: sum, mean or none."""
    declared: str | None = record["combination"]
    return declared or default_combination(
        record["aggregation"], record["direction"], record["unit"], bool(record["localities"])
    )


MAX_BYTES = (
    8 * 1024 * 1024
)  # under the 10 MB at which the server refuses a body, so that the sentence is ours
MAX_ROWS = 200_000
MAX_COLUMNS = 120  # a CEPLAN sheet has six for each month
MAX_FIELD = 10_000
MAX_UNPACKED = 64 * 1024 * 1024  # bytes of all parts of a workbook
MAX_RATIO = 200  # unpacked to packed
MAX_MARKS = 4_000_000  # XML elements of one part
MAX_PROBLEMS = 500
DECIMALS = 6
LARGEST = Decimal(10) ** 12


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a file: a code that the texts put into words.

    severity is error, question (accepted only with a person's yes), warning or notice; row is the line a
    person sees in a spreadsheet (1 is the first); column is the header as the file has it; value is the text
    as it stands; hints fill the sentence (nearest code, limit and the like).
    """

    severity: str
    code: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    hints: Hints = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Table:
    """A file as rows of text: header names as given, and (row number, cells) of equal length.

    numbers holds the (row number, column index) of cells that a workbook stored as numbers: their text
    has a point for decimals whatever the rest of the file does, and a code among them lost its zeros.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    header_row: int
    numbers: frozenset[tuple[int, int]] = frozenset()


@dataclass(
    slots=True, unsafe_hash=True
)  # never changed; a frozen one takes three times as long to make, and of a long plan it shows
class PlannedActivity:
    """What a progress row needs to know of its activity, or of the outcome; programmed by month (1-12),
    target of the year.

    listed: the localities that the plan wants it reported by; combination: how their values make the
    utility's (sum, mean, none), empty where the plan does not say.
    """

    code: str
    name: str
    unit: str
    aggregation: str
    direction: str
    locality: str
    responsible: str
    can_be_negative: bool = False
    programmed: Mapping[int, Decimal] = field(default_factory=dict, hash=False)
    target: Decimal | None = None
    listed: tuple[str, ...] = ()
    combination: str = ""

    @property
    def combines(self) -> str:
        """How local values make the utility's: sum, mean or none."""
        return self.combination or default_combination(
            self.aggregation, self.direction, self.unit, bool(self.listed)
        )


@dataclass(frozen=True)
class PlanKnowledge:
    """One plan (year, entity, process) as a progress file is held against it.

    reported holds every current value by (code, month, locality): whole-utility and local values of one month
    conflict, and a new value is held against its neighbours. outcome is the outcome's code; upload_id brought
    the plan. begun: how many months of the year have begun (0-12); open_elsewhere: the months that plans of
    other years have open too, each with those years.
    """

    year: int
    entity: str
    process: str
    activities: dict[str, PlannedActivity]
    localities: frozenset[str]
    reported: Mapping[tuple[str, int, str], Decimal] = field(default_factory=dict, hash=False)
    outcome: str | None = None
    upload_id: int | None = None
    begun: int = 12
    open_elsewhere: Mapping[int, tuple[int, ...]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Value:
    """One row of progress, typed. reported None and not retracted: only its remarks are kept."""

    row: int
    code: str
    month: int
    locality: str
    reported: Decimal | None
    retracted: bool = False
    note: str | None = None
    cause: str | None = None
    measure: str | None = None

    @property
    def amount(self) -> Decimal:
        """The number, of a value that reports one."""
        assert self.reported is not None
        return self.reported

    @property
    def says_something(self) -> bool:
        """A value, one taken back, or a remark."""
        return bool(self.reported is not None or self.retracted or self.note or self.cause or self.measure)


@dataclass(frozen=True)
class ProgressFile:
    """A progress file after checking: values to compare with the ledger (of a plain long one as Columns), and
    every problem found.

    decimal is the convention found or given (point or comma), None where the file has no number that tells;
    needs_decimal: the person has to be asked, and values is then empty. headers are the file's own.
    """

    values: Sequence[Value]
    problems: tuple[Problem, ...]
    illustrative: bool = False
    decimal: str | None = None
    needs_decimal: bool = False
    rows_read: int = 0
    empty_rows: int = 0
    headers: tuple[str, ...] = ()

    @property
    def is_refused(self) -> bool:
        return self.needs_decimal or any(p.severity == "error" for p in self.problems)

    @property
    def questions(self) -> tuple[Problem, ...]:
        """What a person must say yes to before the file can be accepted."""
        return tuple(p for p in self.problems if p.severity == "question")


@dataclass(frozen=True)
class PlanFile:
    """Processes and activities after checking, as dicts keyed by the schema's column names.

    A plan also has localities (of its outcome), an activity also combination: both are kept in table
    local_rule. locations: of each plan and then of each activity the file and the row it stands in, no row
    for one of the plan in force.
    """

    plans: tuple[PlanRecord, ...]
    activities: tuple[PlanRecord, ...]
    programme: tuple[PlanRecord, ...]
    problems: tuple[Problem, ...]
    locations: tuple[tuple[str, int | None], ...] = field(default=(), compare=False)

    @property
    def local_rules(self) -> tuple[PlanRecord, ...]:
        """The rows of table local_rule: what the plan says of local values beyond its other tables."""
        key = ("year", "entity", "process")
        heads = [
            {name: plan[name] for name in key}
            | {"code": plan["outcome_code"], "combination": None, "localities": plan["localities"]}
            for plan in self.plans
            if plan["localities"] and plan["outcome_code"]
        ]
        rows = [
            {name: row[name] for name in key}
            | {"code": row["code"], "combination": row["combination"], "localities": None}
            for row in self.activities
            if row["combination"]
        ]
        return (*heads, *rows)

    @property
    def is_refused(self) -> bool:
        return any(p.severity == "error" for p in self.problems)


@dataclass(frozen=True)
class PlanReading:
    """What a plan's files say: the plan as it stands; the programme it began with, where they tell both;
    whether they report progress too, which is read as any other progress file.
    """

    current: PlanFile
    initial: PlanFile | None = None
    carries_progress: bool = False
