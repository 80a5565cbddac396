"""Addresses of the pages: Spanish and fixed in both languages."""

from urllib.parse import urlencode

OVERVIEW, INDICATORS, UPLOAD, HISTORY, RULES = "", "indicadores", "cargar", "historial", "como-se-calcula"


def address(page: str, **parameters: str) -> str:
    """/indicadores?actividad=5.3"""
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"/{page}" + (f"?{query}" if query else "")
