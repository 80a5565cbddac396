"""The blocks of archived plans: the line on every page of one, and one in the list of all."""

from collections.abc import Mapping

from poa_core import links, problems, sample
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


def said(reason: str | None, words: Words) -> str:
    """Why, in the language where the dashboard itself did it."""
    return words("archive.sample") if reason == sample.REASON else reason or ""


def _told(plan: Mapping, words: Words) -> dict:
    who = words("page.someone") if plan["archived_by"] == sample.SYSTEM else problems.shortened(plan["archived_by"])
    return {"who": who, "when": words.day(plan["archived_at"]), "reason": said(plan["archive_reason"], words)}
