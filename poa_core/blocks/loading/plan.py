"""The blocks of loading a plan: what its files need, what looks wrong, what a new version changes."""

from collections.abc import Mapping

from poa_core.blocks import moves, problem_list
from poa_core.blocks.markup import render
from poa_core.contract import PlanReading
from poa_core.ledger.plans.difference import FieldChange, MonthChange
from poa_core.loading.effect import compare_activities
from poa_core.loading.plan_trial import PlanTrial
from poa_core.words import plan_field, problems
from poa_core.words.language import Words


def help_text(words: Words) -> str:
    """What a plan's files need, before they are chosen."""
    return render("plan_help.html", words=words)


def preview(reading: PlanReading, trial: PlanTrial | None, names: list[str], words: Words) -> str:
    """Refusals and lint, then every activity, field and month that changes."""
    all_problems = (*reading.current.problems, *(trial.difference.refusals if trial else ()))
    return render(
        "plan_preview.html",
        words=words,
        names=", ".join(map(problems.shortened, names)),
        activities=len(reading.current.activities),
        groups=problem_list.by_severity(
            all_problems,
            words,
            names_file=len(names) > 1 or any(p.hints.get("file", names[0]) != names[0] for p in all_problems),
        ),
        parts=_parts(trial, words) if trial else [],
    )


def how_to_mend(reading: PlanReading, trial: PlanTrial | None, words: Words) -> str:
    """There are problems: what to do next."""
    errors = sum(
        p.severity == "error"
        for p in (*reading.current.problems, *(trial.difference.refusals if trial else ()))
    )
    heading = words("upload.to_mend_one" if errors == 1 else "upload.to_mend_many", count=errors)
    return render("panel.html", heading=heading, text=words("plan.to_mend_text"))


def saved(plan: Mapping, name: str, words: Words) -> str:
    """Step three is done: which version of the plan stands now, from which files, since when."""
    number = int(plan["versions"])
    message = words("plan.first_saved" if number == 1 else "plan.version_saved")
    return render(
        "saved.html",
        words=words,
        heading=words("plan.saved", version=number),
        text=f"{problems.shortened(name)}, {words.instant(plan['accepted_at'])}. {message}",
    )


def unchanged(reading: PlanReading, words: Words) -> str:
    """The plan is the current one already; a CEPLAN sheet may carry progress all the same."""
    text = words("plan.unchanged_progress" if reading.carries_progress else "refusal.plan_unchanged")
    return render("panel.html", heading=words("refusal_title.plan_unchanged"), text=text)


def consequence(trial: PlanTrial, reading: PlanReading, words: Words) -> str:
    """If accepted: a first plan or a new version, how much of it touches what is past, what it does to
    figures, progress that follows.
    """
    changed = trial.difference
    past = sum(change.is_past for change in changed.months)
    texts = [words("plan.first" if trial.before is None else "plan.version")]
    texts += [words("plan.two_versions")] if trial.before is None and reading.initial else []
    texts += [words("plan.past_one" if past == 1 else "plan.past_many", count=past)] if past else []
    texts += [
        words("plan.drops_one" if m.reported == 1 else "plan.drops_many", code=m.code, count=m.reported)
        for m in changed.dropped
        if m.reported
    ]
    texts += [words("plan.progress_follows")] if reading.carries_progress else []
    return render(
        "plan_consequence.html",
        words=words,
        told=texts,
        figures=_figures(trial, words) if trial.will else None,
    )


def _figures(trial: PlanTrial, words: Words) -> dict:
    """The plan's figures by the version in force and by this one, at one cut-off."""
    was, will = trial.was, trial.will
    return {
        "plan": moves.plan_compliance(was.plan, will.plan, words),
        "month": words.month(will.month) if will.month else "",
        "cutoff": (
            words.month(trial.cutoff_before),
            words.month(will.month) if will.month else words("common.start"),
        )
        if 0 < trial.cutoff_before != will.month
        else None,
        "outcome": moves.outcome_status(was, will, words),
        **moves.changed_activities(compare_activities(was, will), words),
        "joined": moves.only_in_first(will.activities, was.activities, words),
        "gone": moves.only_in_first(was.activities, will.activities, words),
    }


def _parts(trial: PlanTrial, words: Words) -> list[tuple[str, list[dict]]]:
    changed = trial.difference
    if trial.before is None:
        return []
    parts = [
        ("added", [_row(m.code, m.activity) for m in changed.added]),
        ("dropped", [_row(m.code, m.activity) for m in changed.dropped]),
        ("months", [_month(change, words) for change in changed.months]),
        ("fields", [_field(change, words) for change in (*changed.head, *changed.changed)]),
    ]  # fmt: skip
    return [(name, rows) for name, rows in parts if rows]


def _month(change: MonthChange, words: Words) -> dict:
    notes = [words("plan.is_past")] if change.is_past else []
    if change.was_provisional != change.is_provisional:
        notes.append(words("plan.now_provisional" if change.is_provisional else "plan.now_firm"))
    before, after = (
        plan_field.field_text("programmed", amount, words) for amount in (change.before, change.after)
    )
    if before == after:  # the month is asked the same
        before, after = "", f"{after}, {words('common.no_change')}"
    return _row(change.code, words.month(change.month), before, after, " · ".join(notes))


def _field(change: FieldChange, words: Words) -> dict:
    before, after = (
        plan_field.field_text(change.field, value, words) for value in (change.before, change.after)
    )
    return _row(change.code or "", words(f"plan.field_{change.field}"), before, after)


def _row(code: str, what: str, before: str = "", after: str = "", note: str = "") -> dict:
    return {"code": code, "what": what, "before": before, "after": after, "note": note}
