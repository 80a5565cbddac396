"""The open ledger and cached answers: the data version is part of every key, so nothing is ever cleared."""

import gc
import threading
from datetime import date
from functools import lru_cache

import streamlit as st

from pages.shared import login
from pages.shared.speech import language
from poa_core import config, database, metrics, people, rights, seed, snapshots
from poa_core import moment as clock
from poa_core.panels import overview
from poa_core.submission import Refused
from poa_core.words import LANGUAGES, words

FIRST_SCREEN = (
    overview.heading, overview.outcome, overview.localities, overview.process, overview.plan, overview.attention, overview.coming,
)  # fmt: skip
FREEZE_AFTER = (1, 3, 10, 30)
_served = 0
_opening = threading.Lock()
_opened: dict[str, database.Database] = {}


def open_ledger() -> database.Database:
    """The process's ledger, opened once; a new one gets the plan of data/ and its illustration.

    Raises what database.open_ledger raises: the frame turns it into the maintenance page.
    """
    where = config.place()
    with _opening:
        key = str(where.database)
        if key not in _opened:
            opened = database.open_ledger(where, "streamlit run dashboard.py")
            if opened.is_new:
                seed.first_load(opened)
                snapshots.take(where, opened.connection)
            rules = login.settings()
            opened.is_shared = rules is not None or not people.listed(opened).empty
            if rules and rules.admin and not rules.is_broken:
                people.ensure_admin(opened, rules.admin)
            _opened[key] = opened
        return _opened[key]


def close_ledger() -> None:
    """Close every ledger this process has open."""
    with _opening:
        while _opened:
            _opened.popitem()[1].close()


def version_now() -> int | None:
    """The data version of the ledger this process has open; None without one."""
    opened = _opened.get(str(config.place().database))
    return opened.version if opened else None


def ask(question, scope: metrics.Scope, *rest):
    """A question of metrics, answered once per data version, scope and filters. Never change the frame."""
    ledger = open_ledger()
    return _answered(str(ledger.place.database), ledger.version, question, scope, rest)


def drawn(panel, scope: metrics.Scope, *rest):
    """What a panel gives, made once per data version, scope, filters and language. Never change a figure."""
    ledger = open_ledger()
    return _drawn(str(ledger.place.database), ledger.version, panel, scope, language(), rest)


def later(panel, scope: metrics.Scope, *rest):
    """What drawn would give, asked for when it is called: a download is made in a thread that knows no session."""
    ledger, spoken = open_ledger(), language()
    return as_allowed(lambda: _made(str(ledger.place.database), ledger.version, panel, scope, spoken, rest))


def as_allowed(make):
    """make, refused to whoever may no longer read when it is called: a download is no run, and no gate stands before it."""
    ledger, who, claims = open_ledger(), st.session_state.get("who"), st.session_state.get("claims")

    def asked():
        rules = login.settings()
        if ledger.is_shared and (rules is None or not claims or login.fault(claims, rules)):
            raise Refused("no_access")
        with ledger.cursor() as cursor:
            rights.authorize(ledger, cursor, who.address if who else "", rights.READ)
        return make()

    return asked


def plans():
    """Every plan known at the instant the dashboard is seen at, newest year first."""
    ledger = open_ledger()
    return _plans(str(ledger.place.database), ledger.version, known_at())


def today():
    """The end of today in Lima, so that keys hold all day."""
    return clock.end_of_day(clock.to_lima(clock.now()).date())


def known_on() -> date | None:
    """The past day the whole dashboard is seen as known on; None: today. A day that is none, or to come, is no choice."""
    try:
        day = date.fromisoformat(st.session_state.get("known_on") or "")
    except ValueError:
        return None
    return day if clock.end_of_day(day) < today() else None


def known_at():
    """The instant every figure on the screen answers to."""
    day = known_on()
    return clock.end_of_day(day) if day else today()


def scope_of(plan) -> metrics.Scope:
    """A plan before any cut-off is chosen, at the instant the dashboard is seen at."""
    return metrics.Scope(int(plan["year"]), plan["entity"], plan["process"], 0, known_at())


def warm_up() -> None:
    """Answer the first screen's questions before anyone asks; its other months while nobody waits."""
    ledger = open_ledger()
    for plan in _plans(str(ledger.place.database), ledger.version, today()).head(1).to_dict("records"):
        scope = metrics.Scope(int(plan["year"]), plan["entity"], plan["process"], 0, today())
        _answer_first_screen(scope.at(ask(metrics.default_cutoff, scope)))
        threading.Thread(target=_answer_months, args=(scope,), daemon=True).start()


def freeze_what_stays() -> None:
    """After the first pages were served all is imported: leave it out of the collection after every run."""
    global _served
    _served += 1
    if _served in FREEZE_AFTER:
        gc.collect()
        gc.freeze()


def _answer_months(scope: metrics.Scope) -> None:
    for month in range(12, -1, -1):
        if not _opened:
            return
        _answer_first_screen(scope.at(month))


def _answer_first_screen(scope: metrics.Scope) -> None:
    ledger = open_ledger()
    for panel in FIRST_SCREEN:
        _drawn(str(ledger.place.database), ledger.version, panel, scope, LANGUAGES[0], ())


@lru_cache(maxsize=1024)
def _answered(place: str, version: int, question, scope: metrics.Scope, rest: tuple):
    with _opened[place].cursor() as cursor:
        return question(cursor, scope, *rest)


@lru_cache(maxsize=1024)
def _drawn(place: str, version: int, panel, scope: metrics.Scope, spoken: str, rest: tuple):
    def asked(question, of: metrics.Scope, *more):
        return _answered(place, version, question, of, more)

    return panel(asked, scope, words(spoken), *rest)


# A file may be half a megabyte: of those only the last few are kept.
_made = lru_cache(maxsize=16)(_drawn.__wrapped__)


@lru_cache(maxsize=8)
def _plans(place: str, version: int, known_at):
    with _opened[place].cursor() as cursor:
        return metrics.plans(cursor, known_at)
