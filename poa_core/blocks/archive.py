"""The blocks of archived plans: the line on every page of one, and one in the list of all."""

from collections.abc import Mapping

from poa_core import links, problems
from poa_core.markup import render
from poa_core.words import Words


def line(plan: Mapping, words: Words) -> str:
    """That the plan is archived, by whom, when and why."""
    return render("archived.html", words=words, told=words("archive.line", **_told(plan, words)))


def listed(plan: Mapping, codes: Mapping[str, str], act: str, words: Words) -> str:
    """One archived plan: its name, which is its address, and who archived it. codes: the address's own names and their values."""
    name = f"{plan['year']} · {plan['entity']} · {plan['process']}"
    return render("archived_plan.html", words=words, name=problems.shortened(name, problems.WHOLE), href=links.address(links.OVERVIEW, **codes),
                  act=act, told=words("archive.by", **_told(plan, words)))  # fmt: skip


def _told(plan: Mapping, words: Words) -> dict:
    return {"who": problems.shortened(plan["archived_by"]), "when": words.day(plan["archived_at"]), "reason": plan["archive_reason"] or ""}
