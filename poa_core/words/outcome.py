"""The outcome in words: where it stands, against the path, the pace it needs, the verdict."""

import pandas as pd

from poa_core.words.language import Words, is_nothing


def outcome(figures: pd.Series, cutoff: int, words: Words) -> list[str]:
    """Sentences with **strong** and ~~toned~~ passages. figures: one row of metrics.outcome."""
    hints = _hints(figures, words)
    if pd.isna(figures["month_reported"]):
        return [words("sentence.silent" if cutoff else "sentence.empty", **hints)]
    parts = [words(f"sentence.stands_{_side(figures, words)}", **hints)]
    if pd.notna(figures["partial_month"]) and figures["partial_month"] > figures["month_reported"]:
        parts.append(words("sentence.partial", **hints))
    elif int(figures["month_reported"]) < cutoff:
        parts.append(words("sentence.stale", **hints))
    parts.append(words(f"sentence.{_verdict(figures, words)}", **hints))
    return parts


def forecast(outlook: pd.Series, unit: str, words: Words) -> str:
    """How December's forecast was chosen and how far it was off in the back-test, or why there is none; empty
    in December.
    """
    if outlook["reason"] == "too_early":
        return words("outlook.too_early")
    if pd.notna(outlook["reason"]):
        return ""
    return words(
        f"outlook.{outlook['method']}",
        error=words.difference(outlook["mean_absolute_error"], unit),
        count=int(outlook["error_count"]),
    )


def strip_marks(sentences: list[str]) -> str:
    """The same without marks, for a message or a chart's text alternative."""
    return " ".join(sentences).replace("**", "").replace("~~", "")


def _side(figures: pd.Series, words: Words) -> str:
    gap = figures["gap"]
    if is_nothing(words.difference(gap, figures["unit"])):
        return "on"
    better = gap < 0 if figures["direction"] == "lower" else gap > 0
    return ("under" if gap < 0 else "over") + ("" if better else "_worse")


def _verdict(figures: pd.Series, words: Words) -> str:
    """Its sentence; of a best month in which nothing improved nobody speaks as of the best."""
    best = figures["best_month"]
    is_none = figures["verdict"] == "needs_record" and (
        best <= 0 or is_nothing(words.difference(best, figures["unit"]))
    )
    return "needs_record_none" if is_none else figures["verdict"]


def _hints(figures: pd.Series, words: Words) -> dict:
    unit = figures["unit"]

    def amount(value) -> str:
        return words.amount(value, unit)

    def apart(value) -> str:
        text = words.difference(value, unit)
        return words.difference(value, unit, 2) if is_nothing(text) else text

    def month(value) -> str:
        return words.month(int(value)) if pd.notna(value) and value > 0 else ""

    required, best = figures["required_pace"], figures["best_month"]
    decimals = (
        2 if required != best and words.difference(required, unit) == words.difference(best, unit) else None
    )  # two that differ never read the same
    return {
        "reported": amount(figures["reported"]),
        "gap": words.difference(abs(figures["gap"]), unit),
        "target": amount(figures["target"]),
        "baseline": amount(figures["baseline"]),
        "month": month(figures["month_reported"]),
        "required": words.difference(required, unit, decimals) if decimals else apart(required),
        "best": words.difference(best, unit, decimals),
        "best_month": month(figures["best_at"]),
        "partial_month": month(figures["partial_month"]),
        "left": apart(abs(figures["reported"] - figures["target"])),
        "reports": int(figures["report_count"]),
        "moves": _moves(figures, words),
        "to_move": _to_move(figures, words),
    }


def _moves(figures: pd.Series, words: Words) -> str:
    """Baja S/ 4,093 al mes, since the baseline; what prints as nothing is no fall."""
    pace = figures["pace"]
    text = words.difference(abs(pace), figures["unit"])
    if is_nothing(text):
        return words("sentence.still")
    improving = pd.isna(pace) or pace >= 0
    return words(
        "sentence.falls" if improving == (figures["direction"] == "lower") else "sentence.rises", pace=text
    )


def _to_move(figures: pd.Series, words: Words) -> str:
    path_pace = words.difference(figures["path_pace"], figures["unit"])
    return words(
        "sentence.to_fall" if figures["direction"] == "lower" else "sentence.to_rise", pace=path_pace
    )
