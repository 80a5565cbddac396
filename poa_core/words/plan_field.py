"""What a field of a plan holds, as a person reads it: a rule by its word, a figure as the language writes it,
a text as it is.
"""

from poa_core.figures.frames import text_or_empty
from poa_core.words.language import ABSENT, Words

RULES = ("aggregation", "direction", "combination")
SHARES = ("met_threshold", "at_risk_threshold")
FIGURES = ("programmed", "target", "baseline", "weight", "own_funding", "external_funding", "reporting_day")


def field_text(field: str, value: object, words: Words) -> str:
    """The value of a field by its column in the ledger; a number may come as the text that the ledger makes
    of it.
    """
    if text_or_empty(value) == "":
        return ABSENT
    if field in RULES:
        return rule(str(value), words)
    if field in SHARES:
        return words.percent(float(value))
    if field in FIGURES:
        return words.exact(float(value))
    return str(value).replace("|", ", ") if field == "localities" else str(value)


def rule(code: str, words: Words) -> str:
    """How months or localities combine, or which way is better: suma, ninguna, menor es mejor."""
    return words(f"rule.{code}")
