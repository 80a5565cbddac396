"""Makes data/progress and data/try: an invented year that shows what the dashboard does.

Everything here is illustrative. The source plan holds no progress: no value, cause or measure below
is the utility's, and every row says so (`ilustrativo`). Run `python data/illustrate.py`; the seed is
fixed, so the files come out the same byte for byte.
"""

import csv
import io
from pathlib import Path
from random import Random
from typing import NamedTuple

YEAR = 2010
SEED = 187_137
HEADER = ("codigo", "mes", "avance", "causa", "medida", "observacion", "origen")


class Told(NamedTuple):
    """One row of the story: the value before its seeded variation (None: only remarks), in the code's
    unit.
    """

    code: str
    month: int
    value: float | None
    cause: str = ""
    measure: str = ""
    note: str = ""


# Code -> (most a value may vary from the story, decimals). A code not named here is told exactly.
VARIATION = {"R1": (140.0, 2), "1.1": (0.1, 1), "1.2": (0.1, 1), "4.1": (14.0, 0), "4.2": (14.0, 0)}

# File's month -> its rows. The portfolio falls unevenly and stays above its straight path all year;
# 3.2 starts a month early and passes its programme, 5.1 comes a month late, 2.1 reports a zero in
# September, 5.2 never reports, and 5.3 has no September value until October's file.
YEAR_AS_TOLD = {
    1: (
        Told("R1", 1, 186_000),
        Told(
            "1.1",
            1,
            34.2,
            "Deuda arrastrada de ejercicios anteriores",
            "Notificar los recibos con dos meses vencidos",
        ),
        Told("1.2", 1, 16.2, note="Mes con menos días de cobranza"),
    ),
    2: (
        Told("R1", 2, 183_250),
        Told(
            "1.1", 2, 33.8, "Las lluvias retrasaron los cortes por deuda", "Reprogramar los cortes para marzo"
        ),
        Told("1.2", 2, 16.6),
    ),
    3: (
        Told(
            "R1",
            3,
            181_450,
            "Cobranza lenta de la deuda de más de seis meses",
            "Visitar primero a los deudores de mayor saldo",
        ),
        Told("1.1", 3, 33.5),
        Told("1.2", 3, 16.9),
        Told("4.1", 3, 1_210, "Brigada de verificación incompleta", "Asignar un inspector más desde abril"),
        Told(
            "4.2",
            3,
            985,
            "Cajas de registro selladas o sin ubicar",
            "Ubicarlas con el catastro técnico antes de salir a campo",
        ),
        Told("4.3", 3, 1),
        Told(
            "5.1", 3, None, "La directiva siguió en revisión legal", "Sesión de aprobación fijada para abril"
        ),
    ),
    4: (
        Told("R1", 4, 178_150),
        Told("1.1", 4, 33.1),
        Told("1.2", 4, 17.2),
        Told("5.1", 4, 1, note="Aprobada un mes después de lo programado"),
        Told(
            "5.3",
            4,
            18,
            "La directiva recién entró en vigencia",
            "Capacitar a los inspectores en la primera semana de mayo",
        ),
    ),
    5: (
        Told("R1", 5, 175_900),
        Told(
            "1.1",
            5,
            33.4,
            "Menos cortes por el mantenimiento de unidades móviles",
            "Alquilar una unidad hasta junio",
        ),
        Told("1.2", 5, 16.9),
        Told("3.2", 5, 38, note="Se empezó un mes antes por la zona comercial"),
        Told("5.3", 5, 21),
    ),
    6: (
        Told(
            "R1",
            6,
            171_500,
            "Pocos convenios de fraccionamiento firmados",
            "Atender convenios también por la tarde",
        ),
        Told("1.1", 6, 32.3),
        Told("1.2", 6, 17.5, note="Efecto de la campaña de pago puntual"),
        Told("1.3", 6, 1),
        Told("2.1", 6, 1),
        Told("2.2", 6, 1, note="Sorteo entre usuarios con pagos al día"),
        Told("3.1", 6, 1),
        Told("3.2", 6, 108, note="Más usuarios comerciales de los previstos"),
        Told("4.1", 6, 1_262),
        Told(
            "4.2",
            6,
            860,
            "Cajas de registro selladas o sin ubicar",
            "Priorizar las zonas ya ubicadas en el catastro",
        ),
        Told("4.3", 6, 1),
        Told("5.3", 6, 19, "Una sola brigada para detección y cortes", "Separar las brigadas desde julio"),
    ),
    7: (
        Told("R1", 7, 168_950),
        Told("1.1", 7, 31.9),
        Told("1.2", 7, 17.2),
        Told("1.4", 7, 9.6, note="Primer grupo de expedientes aprobado por el Comité de Quiebre"),
        Told("4.1", 6, 1_295, note="Corrige junio: faltaba sumar el parte de las administraciones locales"),
    ),
    8: (
        Told("R1", 8, 163_800, note="Bajó con los cortes programados del mes"),
        Told("1.1", 8, 31.4),
        Told("1.2", 8, 17.6),
    ),
    9: (
        Told(
            "R1",
            9,
            159_400,
            "Deuda de entidades públicas pendiente de pago",
            "Conciliar saldos y fijar fechas de pago por entidad",
        ),
        Told(
            "1.1",
            9,
            31.0,
            "Usuarios con tres o más recibos vencidos y sin convenio",
            "Ofrecer fraccionamiento antes del corte",
        ),
        Told("1.2", 9, 17.4),
        Told(
            "1.4",
            9,
            7.6,
            "Expedientes devueltos por falta de sustento",
            "Completar el sustento y volver al Comité de Quiebre en octubre",
        ),
        Told(
            "2.1",
            9,
            0,
            "Los dos convenios siguen en revisión legal",
            "Reunión con GAF y asesoría legal para firmarlos en octubre",
        ),
        Told(
            "4.1",
            9,
            1_385,
            "Se recupera, pero arrastra el atraso del primer semestre",
            "Mantener al inspector adicional hasta diciembre",
        ),
        Told(
            "4.2",
            9,
            745,
            "Cajas de registro aún sin ubicar en el catastro",
            "Cuadrilla conjunta con mantenimiento de redes en octubre",
        ),
        Told("4.3", 9, 1),
        Told(
            "5.3",
            9,
            None,
            "Falta el consolidado de las administraciones locales",
            "Pedirlo con plazo y cargarlo con el reporte de octubre",
        ),
    ),
}

# A file to try: a new month, a late September value, a correction of August and an early amount.
TRY = {
    10: (
        Told("R1", 8, 164_900, note="Corrige agosto: se anularon pagos aplicados dos veces"),
        Told("R1", 10, 151_600, note="Pagaron dos entidades y se firmaron más fraccionamientos"),
        Told("1.1", 10, 30.2),
        Told("1.2", 10, 17.9),
        Told("3.2", 10, 44, note="Adelanto de lo programado para noviembre"),
        Told("5.3", 9, 23, note="Reporte tardío de setiembre, con el consolidado recibido"),
    )
}


def main() -> None:
    here = Path(__file__).resolve().parent
    write(here / "progress", YEAR_AS_TOLD)
    write(here / "try", TRY)


def write(folder: Path, story: dict[int, tuple[Told, ...]]) -> None:
    """Write one file a month (2010-03.csv), UTF-8 with line feeds on every system."""
    folder.mkdir(parents=True, exist_ok=True)
    for month, rows in story.items():
        (folder / f"{YEAR}-{month:02}.csv").write_bytes(as_csv(month, rows).encode())


def as_csv(file_month: int, rows: tuple[Told, ...]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for told in rows:
        month = f"{YEAR}-{told.month:02}"
        writer.writerow(
            (told.code, month, varied(file_month, told), told.cause, told.measure, told.note, "ilustrativo")
        )
    return text.getvalue()


def varied(file_month: int, told: Told) -> str:
    """The value as a file writes it, varied by a seed of its own so that no row depends on another."""
    if told.value is None:
        return ""
    if told.code not in VARIATION:
        return f"{told.value:g}"
    most, decimals = VARIATION[told.code]
    change = Random(f"{SEED} {file_month} {told.code} {told.month}").uniform(-most, most)
    return f"{told.value + change:.{decimals}f}"


if __name__ == "__main__":
    main()
