"""The outcome in words: where it stands, against the path, the pace it needs, the verdict."""

import pandas as pd

from poa_core.words import Words

WHOLE_SOL = 0.5


def outcome(figures: pd.Series, cutoff: int, words: Words) -> list[str]:
    """Sentences with **strong** and ~~toned~~ passages. figures: one row of metrics.outcome."""
    told = _told(figures, words)
    if pd.isna(figures["month_reported"]):
        return [words("sentence.silent" if cutoff else "sentence.empty", **told)]
    parts = [words(f"sentence.stands_{_side(figures)}", **told)]
    if pd.notna(figures["partial_month"]) and figures["partial_month"] > figures["month_reported"]:
        parts.append(words("sentence.partial", **told))
    elif int(figures["month_reported"]) < cutoff:
        parts.append(words("sentence.stale", **told))
    parts.append(words(f"sentence.{figures['verdict']}", **told))
    return parts


def forecast(outlook: pd.Series, unit: str, words: Words) -> str:
    """How December's forecast was chosen and how far it was off in the back-test, or why there is none; empty in December."""
    if outlook["reason"] == "too_early":
        return words("outlook.too_early")
    if pd.notna(outlook["reason"]):
        return ""
    return words(f"outlook.{outlook['method']}", error=words.amount(outlook["mean_absolute_error"], unit), count=int(outlook["error_count"]))


def plain(sentences: list[str]) -> str:
    """The same without marks, for a message or a chart's text alternative."""
    return " ".join(sentences).replace("**", "").replace("~~", "")


def _side(figures: pd.Series) -> str:
    gap = figures["gap"]
    if abs(gap) < WHOLE_SOL:
        return "on"
    better = gap < 0 if figures["direction"] == "lower" else gap > 0
    return ("under" if gap < 0 else "over") + ("" if better else "_worse")


def _told(figures: pd.Series, words: Words) -> dict:
    def amount(value) -> str:
        return words.amount(value, figures["unit"])

    def month(value) -> str:
        return words.month(int(value)) if pd.notna(value) and value > 0 else ""

    pace = figures["pace"]
    improving = pd.isna(pace) or pace >= 0
    lower = figures["direction"] == "lower"
    return {
        "reported": amount(figures["reported"]), "gap": amount(abs(figures["gap"])), "target": amount(figures["target"]),
        "baseline": amount(figures["baseline"]), "month": month(figures["month_reported"]),
        "pace": amount(abs(pace)), "required": amount(figures["required_pace"]),
        "path_pace": amount(figures["path_pace"]),
        "best": amount(figures["best_month"]), "best_month": month(figures["best_at"]),
        "partial_month": month(figures["partial_month"]),
        "left": amount(abs(figures["reported"] - figures["target"])), "reports": int(figures["report_count"]),
        "moves": words("sentence.falls" if improving == lower else "sentence.rises"),
        "to_move": words("sentence.to_fall" if lower else "sentence.to_rise"),
    }  # fmt: skip
