"""The bar that stands on every page while the dashboard shows what was known on a past day."""

from datetime import date

from poa_core.blocks.markup import render
from poa_core.words.language import Words


def bar(day: date, words: Words) -> str:
    """As it was known on 31 jul 2010."""
    return render("past.html", words=words, day=words.day(day))
