"""Addresses of the pages: Spanish and fixed in both languages."""

from urllib.parse import urlencode

OVERVIEW, INDICATORS, RESPONSIBLES, MATRIX = "", "indicadores", "responsables", "matriz"
UPLOAD, HISTORY, REPORT, RULES = "cargar", "historial", "informe", "como-se-calcula"
PEOPLE, SESSIONS = "personas", "sesiones"
SINCE = "novedades"  # what changed since a day: the history's view of that name

STATUS_CODES = {
    "met": "cumplida",
    "at_risk": "en-riesgo",
    "behind": "atrasada",
    "not_reported": "sin-reporte",
    "early": "adelantada",
    "not_due": "aun-no-vence",
    "no_target": "sin-meta",
}


def address(page: str, **parameters: str) -> str:
    """/indicadores?actividad=5.3"""
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"/{page}" + (f"?{query}" if query else "")
