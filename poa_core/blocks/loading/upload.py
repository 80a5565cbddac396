"""The blocks of loading progress: steps, what the file does, what it changes, what is wrong with it."""

from poa_core.blocks import moves, problem_list
from poa_core.blocks.markup import render
from poa_core.contract import PlanKnowledge, Problem
from poa_core.ledger.changes import FATES, Change
from poa_core.loading.effect import Effect, changed_activities
from poa_core.words import problems
from poa_core.words.language import ABSENT, Words


def steps(current: int, words: Words, way: str | None = None) -> str:
    """Choose a file (or type the month), see what it will do, accept."""
    return render(
        "steps.html",
        words=words,
        current=current,
        names=("fill" if way == "type" else "choose", "see", "accept"),
    )


def problems_panel(
    file_problems: tuple[Problem, ...], name: str, rows: int, words: Words, is_typed: bool = False
) -> str:
    """Every problem of a file at once: row, column, value, what is wrong and how to mend it."""
    return render(
        "refused.html",
        words=words,
        name=problems.shortened(name),
        read=_rows_text(rows, is_typed, words),
        groups=problem_list.by_severity(file_problems, words),
    )


def effect(
    foreseen: Effect,
    knowledge: PlanKnowledge,
    name: str,
    file_problems: tuple[Problem, ...],
    words: Words,
    is_typed: bool = False,
) -> str:
    """What the file does to the ledger, grouped by fate."""
    groups = [
        (fate, [_change(c, knowledge, words) for c in foreseen.changes if c.fate == fate]) for fate in FATES
    ]
    tiles = [(fate, foreseen.count(fate)) for fate in ("new", "corrected", "taken_back", "unchanged")
             if fate != "taken_back" or foreseen.count(fate)]  # fmt: skip
    return render(
        "effect.html",
        words=words,
        name=problems.shortened(name),
        tiles=tiles,
        read=_rows_text(len(foreseen.changes), is_typed, words),
        groups=[(fate, changes) for fate, changes in groups if changes],
        asked=sum(p.severity == "question" for p in file_problems),
        questions=problem_list.lines((p for p in file_problems if p.severity == "question"), words),
        notices=problem_list.lines((p for p in file_problems if p.severity != "question"), words),
    )


def consequence(foreseen: Effect, words: Words) -> str:
    """If accepted: the plan before and after, the outcome, each activity that moves."""
    after, before = foreseen.after, foreseen.before
    plan = moves.plan_compliance(before and before.plan, after.plan, words)
    return render(
        "consequence.html",
        words=words,
        month=words.month(after.month) if after.month else "",
        plan=plan,
        outcome=moves.outcome(before and before.outcome, after.outcome, words),
        **moves.changed_activities(changed_activities(foreseen), words),
        cutoff=(
            words.month(foreseen.cutoff_before),
            words.month(after.month) if after.month else words("common.start"),
        )
        if 0 < foreseen.cutoff_before != after.month
        else None,
        withdraws=foreseen.withdraws_illustration,
        closed=", ".join(words.month(m) for m in foreseen.closed_months),
    )


def saved(rows: int, name: str, when: str, words: Words) -> str:
    """Step three is done."""
    heading = words("upload.saved_one" if rows == 1 else "upload.saved_many", rows=rows)
    return render(
        "saved.html",
        words=words,
        heading=heading,
        text=words("upload.saved_as", name=problems.shortened(name), when=when),
    )


def _rows_text(rows: int, is_typed: bool, words: Words) -> str:
    if is_typed:
        return words("type.read_one" if rows == 1 else "type.read_many", count=rows)
    return words("upload.read_one" if rows == 1 else "upload.read_many", count=rows)


def _change(change: Change, knowledge: PlanKnowledge, words: Words) -> dict:
    value = change.value
    activity = knowledge.activities[value.code]
    happens = words(
        f"effect.{change.fate}_row",
        who=change.previous.person or "",
        when=words.day(change.previous.moment) if change.previous.moment else "",
    )
    return {
        "code": value.code, "name": activity.name, "month": words.month(value.month, "short").capitalize(),
        "locality": value.locality if value.locality != activity.locality else "",
        "before": words.exact(change.before) if change.before is not None else ABSENT,
        "after": words.exact(change.after) if change.after is not None else ABSENT,
        "struck": change.fate in ("corrected", "taken_back"), "happens": happens,
        "remark": " · ".join(text for text in (value.note, value.cause, value.measure) if text),
    }  # fmt: skip


def help_text(words: Words) -> str:
    """What a file needs, before one is chosen."""
    return render("upload_help.html", words=words)


def ask_decimal(words: Words, is_typed: bool = False) -> str:
    """The file's numbers can be read in two ways: the person says which."""
    text = words("type.ask_decimal_text" if is_typed else "upload.ask_decimal_text")
    return render("panel.html", heading=words("upload.ask_decimal"), text=text)


def how_to_mend(file_problems: tuple[Problem, ...], words: Words, is_typed: bool = False) -> str:
    """The file has problems: what to do next."""
    errors = sum(p.severity == "error" for p in file_problems)
    return render(
        "panel.html",
        heading=words("upload.to_mend_one" if errors == 1 else "upload.to_mend_many", count=errors),
        text=words("type.to_mend_text" if is_typed else "upload.to_mend_text"),
    )


def refusal(code: str, hints: dict, words: Words) -> str:
    """The ledger does not take it, and why."""
    return render(
        "panel.html", heading=words(f"refusal_title.{code}"), text=words(f"refusal.{code}", **hints)
    )


def template(words: Words) -> str:
    """What the month's template is for."""
    return render("panel.html", heading=words("template.heading"), text=words("template.text"))
