"""A second utility, made up but ordinary: 25 activities of every rule, five divisions, four localities, weights, a path of its own.

Ten months are reported: by file, by locality, and the commercial division's October by typing. `reports()` is what all of them say.
"""

import random
from decimal import Decimal
from pathlib import Path

from naive import Activity, Outcome, Plan, Report
from worlds import plan_csv, processes_csv, progress_csv

YEAR, ENTITY, PROCESS = 2024, "EPS Altiplano", "Gerencia de Operaciones"
FOUR = ("Azángaro", "Ilave", "Juli", "Puno")
DISTRIBUTION, UPKEEP, SALES, WORKS, PEOPLE = (
    "División de Distribución", "División de Mantenimiento", "División Comercial", "División de Proyectos", "Gerencia de Personas",
)  # fmt: skip
ALL, TYPED = range(1, 13), (SALES, 10)
MONTHS = range(1, 11)


def plan() -> Plan:
    """The plan as its files say it."""
    rows = (
        _row("1.1", "mean higher", 90, 90, "%", DISTRIBUTION, 2, localities=FOUR, combination="mean"),
        _row("1.2", "mean lower", 40, 38, "%", DISTRIBUTION, 1, combination="none"),
        _row("1.3", "last higher", {3: 12000, 6: 12400, 9: 12800, 12: 13200}, 13200, "Conexiones", DISTRIBUTION, 3, localities=FOUR),
        _row("1.4", "last lower", 80, 60, "Reclamos", DISTRIBUTION, 1, localities=FOUR),
        _row("1.5", "sum lower", 20, 240, "Roturas", DISTRIBUTION, 2, localities=FOUR),
        _row("2.1", "sum higher", 100, 1200, "Inspecciones", UPKEEP, 3, localities=FOUR),
        _row("2.2", "sum higher", 52, 624, "Metros", UPKEEP, 1),
        _row("2.3", "sum higher", {3: 4, 6: 4, 9: 4, 12: 4}, 16, "Válvulas", UPKEEP, "0.5", locality="Puno"),
        _row("2.4", "sum higher", {5: 2, 10: 2}, 4, "Bombas", UPKEEP, 1, locality="Ilave"),
        _row("2.5", "milestone higher", {3: 1}, 1, "Documento", UPKEEP, 1),
        _row("3.1", "mean higher", 80, 85, "%", SALES, 2),
        _row("3.2", "mean lower", 30, 28, "Días", SALES, 1),
        _row("3.3", "sum higher", {2: 60, 5: 60, 8: 60, 11: 60}, 240, "Medidores", SALES, 1, provisional=frozenset((5, 8))),
        _row("3.4", "last higher", {6: 70, 12: 75}, 75, "Cobertura %", SALES, 1),
        _row("3.5", "sum lower", 12, 144, "Reclamos", SALES, 2),
        _row("4.1", "milestone higher", {8: 1}, 1, "Expediente", WORKS, 1),
        _row("4.2", "milestone higher", {11: 1}, 1, "Expediente", WORKS, 1),
        _row("4.3", "sum higher", {4: 5, 8: 5, 9: 5}, 15, "Tanques", WORKS, 2),
        _row("4.4", "sum higher", {3: 1525, 6: 1525, 9: 1525, 12: 1525}, 6101, "Metros", WORKS, 1),
        _row("4.5", "last lower", {3: 900, 6: 800, 9: 700, 12: 600}, 600, "Pendientes", WORKS, 1),
        _row("5.1", "mean higher", 95, 95, "%", PEOPLE, 1),
        _row("5.2", "sum higher", {7: 3}, 3, "Talleres", PEOPLE, 1),
        _row("5.3", "sum lower", 5, 60, "Accidentes", PEOPLE, "0.5", locality="Juli"),
        _row("5.4", "mean higher", 16, 16, "Horas", PEOPLE, 1, locality="Azángaro"),
        _row("5.5", "last higher", {6: 40, 12: 50}, 50, "Personas", PEOPLE, 2),
    )
    path = {3: Decimal(405000), 6: Decimal(385000), 9: Decimal(368000)}
    return Plan(YEAR, ENTITY, PROCESS, rows, Outcome("R1", Decimal(420000), Decimal(350000), "lower", path, FOUR))


def reports() -> tuple[Report, ...]:
    """Everything told of the ten months."""
    chance, told = random.Random(7), []
    for a in plan().activities:
        told += _whole(a, chance) if a.code not in LOCAL else _local(a, chance)
    for m in MONTHS:
        places = FOUR[:1] if m == 7 else FOUR  # July is told by one locality of four
        told += [Report("R1", m, place, _cents(105000 - 1150 * m + chance.uniform(-900, 900))) for place in places]
    return tuple(r for r in told if r.code not in SILENT)


LOCAL = ("1.1", "1.3", "1.4", "1.5", "2.1", "2.2")
SILENT = ("5.1",)
LACKING = {("2.1", 7): "Azángaro", ("1.1", 10): "Ilave", ("1.5", 3): "Juli", ("1.5", 4): "Juli", ("1.3", 9): "Puno"}
SPARSE = {"2.5": {4: "1"}, "4.1": {}, "4.2": {}, "4.3": {4: "8", 8: "7"}, "5.2": {8: "2"}, "5.5": {6: "41"}, "3.4": {6: "71.5", 7: "72"}}


def _whole(a: Activity, chance: random.Random) -> list[Report]:
    if a.code in SPARSE:
        return [Report(a.code, m, a.locality, Decimal(v)) for m, v in SPARSE[a.code].items()]
    told = []
    for m in MONTHS:
        asked = a.programmed.get(m)
        if asked is None or (a.code, m) in (("3.2", 5), ("3.5", 6)):  # two months nobody reported
            continue
        told.append(Report(a.code, m, a.locality, _near(asked, a, chance)))
    if a.code == "1.2":  # local values stand beside the utility's, and make none
        told += [Report(a.code, m, place, _near(Decimal(40), a, chance)) for m in (1, 2, 3) for place in FOUR]
    return told


def _local(a: Activity, chance: random.Random) -> list[Report]:
    told = []
    for m in MONTHS:
        asked = a.programmed.get(m)
        for place in FOUR if asked is not None else ():
            part = asked if a.combines == "mean" else asked / 4
            if LACKING.get((a.code, m)) != place and not (a.code == "2.2" and place == "Juli" and m > 6):
                value = _near(part, a, chance)
                told.append(Report(a.code, m, place, value * 3 if (a.code, m) == ("1.5", 4) else value))
    return told


def _near(asked: Decimal, a: Activity, chance: random.Random) -> Decimal:
    value = asked * Decimal(str(round(chance.uniform(0.72, 1.12), 3)))
    value = min(value, Decimal(99)) if "%" in a.unit else value
    return value.quantize(Decimal("0.1")) if a.aggregation == "mean" or "%" in a.unit else value.quantize(Decimal(1))


def _cents(value: float) -> Decimal:
    return Decimal(str(round(value, 2)))


def _row(code, rule, programmed, target, unit, responsible, weight, **more) -> Activity:
    aggregation, direction = rule.split()
    months = programmed if isinstance(programmed, dict) else dict.fromkeys(ALL, programmed)
    names = {"1": "Calidad del servicio", "2": "Mantenimiento", "3": "Gestión comercial", "4": "Proyectos", "5": "Personas"}
    return Activity(code, names[code[0]], aggregation, direction, unit, Decimal(target), {m: Decimal(p) for m, p in months.items()},
                    responsible=responsible, weight=Decimal(weight), **more)  # fmt: skip


def typed() -> tuple[Report, ...]:
    """What the commercial division types of October."""
    own = {a.code for a in plan().activities if a.responsible == TYPED[0]}
    return tuple(r for r in reports() if r.code in own and r.month == TYPED[1])


def write(folder: Path) -> dict[str, list[Path]]:
    """The plan's two files and the progress files, of the whole utility and by locality, all but what is typed."""
    rest = [r for r in reports() if r not in typed()]
    files = {"processes.csv": processes_csv(plan()), "plan.csv": plan_csv(plan())}
    for m in MONTHS:
        files[f"{YEAR}-{m:02d}.csv"] = progress_csv([r for r in rest if r.month == m and r.locality not in FOUR])
        files[f"{YEAR}-{m:02d}-localidades.csv"] = progress_csv([r for r in rest if r.month == m and r.locality in FOUR])
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return {"plan": [folder / "processes.csv", folder / "plan.csv"], "progress": sorted(folder.glob(f"{YEAR}-*.csv"))}
