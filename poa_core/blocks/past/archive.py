"""The blocks of archived plans: the line on every page of one, and one in the list of all."""

from collections.abc import Mapping

from poa_core import links
from poa_core.blocks.markup import render
from poa_core.ledger import sample
from poa_core.words import problems
from poa_core.words.language import Words


def banner(plan: Mapping, words: Words) -> str:
    """That the plan is archived, by whom, when and why."""
    return render("archived.html", words=words, told=words("archive.line", **_archive_hints(plan, words)))


def plan_entry(plan: Mapping, codes: Mapping[str, str], act: str, words: Words) -> str:
    """One archived plan: its name, which is its address, and who archived it. codes: the address's own names
    and their values.
    """
    return render(
        "archived_plan.html",
        words=words,
        name=_name(plan),
        href=links.address(links.OVERVIEW, **codes),
        act=act,
        told=words("archive.by", **_archive_hints(plan, words)),
    )


def withdrawn_plans(plans: list[dict], words: Words) -> str:
    """The plans of which every version was taken back (plans/undo.py): name, who, when and why."""
    rows = [
        (
            _name(plan),
            words(
                "archive.by",
                who=problems.shortened(plan["withdrawn_by"]),
                when=words.day(plan["withdrawn_at"]),
                reason=plan["reason"] or "",
            ),
        )
        for plan in plans
    ]
    return render("undone_plans.html", rows=rows)


def reason_text(reason: str | None, words: Words) -> str:
    """Why, in the language where the dashboard itself did it."""
    return words("archive.sample") if reason == sample.REASON else reason or ""


def _name(plan: Mapping) -> str:
    return problems.shortened(f"{plan['year']} · {plan['entity']} · {plan['process']}", problems.WHOLE)


def _archive_hints(plan: Mapping, words: Words) -> dict:
    archive = plan["archive"]
    who = (
        words("page.someone")
        if archive["changed_by"] == sample.SYSTEM
        else problems.shortened(archive["changed_by"])
    )
    return {
        "who": who,
        "when": words.day(archive["changed_at"]),
        "reason": reason_text(archive["reason"], words),
    }
