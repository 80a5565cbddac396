"""The report of the illustrative year as its panels give it, and the frames it must agree with."""

from datetime import datetime

import illustrated

from poa_core.panels import report
from poa_core.words.language import Words

SINCE = datetime(2010, 8, 1)  # before the correction of June that came with July's file
_answers: dict = {}


def asker(opened):
    """What panels ask with: a cursor a question, each asked once, as these ledgers do not change."""

    def ask(question, scope, *rest):
        asked = id(opened), question, scope, rest
        if asked not in _answers:
            with opened.cursor() as cursor:
                _answers[asked] = question(cursor, scope, *rest)
        return _answers[asked]

    return ask


def frames(opened, month: int, words: Words, since: datetime = SINCE, **filters):
    return report.frames(asker(opened), illustrated.scope(opened, month, **filters), words, since)


def panel(made, opened, month: int, words: Words, *rest, since: datetime = SINCE, **filters):
    """What one of the report's panels gives."""
    return made(asker(opened), illustrated.scope(opened, month, **filters), words, since, *rest)
