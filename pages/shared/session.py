"""The open ledger, and what a page asks of it: all of one data version."""

import gc
import threading
from contextlib import suppress
from datetime import date

import streamlit as st

from pages.shared import answers, login
from pages.shared.speech import language
from poa_core import config
from poa_core import moment as clock
from poa_core.figures import metrics
from poa_core.figures.frames import records
from poa_core.ledger import people, rights
from poa_core.ledger.file import database, opening, snapshots
from poa_core.ledger.reading import VersionChanged
from poa_core.ledger.submission import Refused
from poa_core.loading import seed
from poa_core.panels import overview
from poa_core.words.language import LANGUAGES

FIRST_SCREEN = (
    overview.heading,
    overview.outcome,
    overview.localities,
    overview.process,
    overview.plan,
    overview.attention,
    overview.coming,
)
FREEZE_AFTER = (1, 3, 10, 30)
_served = 0
_opening = threading.Lock()
_opened = answers.ledgers
_warming: list[threading.Thread] = []
_closing = threading.Event()
STARTED = 15  # seconds after the start: whoever waited for it has their page


def open_ledger() -> database.Database:
    """The process's ledger, opened once; a new one gets the plan of data/ and its illustration.

    Raises what database.open_ledger raises: the frame turns it into the maintenance page.
    """
    paths = config.ledger_paths()
    with _opening:
        key = str(paths.database)
        if key not in _opened:
            opened = database.open_ledger(paths, "streamlit run dashboard.py")
            try:
                _prepare(opened)
            except BaseException as error:
                opened.close()  # the next run opens it anew, and holds no lock against itself
                if isinstance(error, Refused) and error.code == "not_saved":
                    raise opening.DatabaseUnwritable(error.code) from error
                raise
            _opened[key] = opened
        return _opened[key]


def _prepare(opened: database.Database) -> None:
    if seed.needs_first_load(opened):
        seed.first_load(opened)
        with suppress(snapshots.CopyFailed):  # the next save makes one
            snapshots.take(opened.paths, opened.connection)
    rules = login.settings()
    opened.is_shared = rules is not None or not people.list_people(opened).empty
    if rules and rules.admin and not rules.is_broken:
        people.ensure_admin(opened, rules.admin)


def close_ledger() -> None:
    """Close every ledger this process has open."""
    with _opening:
        closing = list(_opened.values())
        _opened.clear()
        _closing.set()
    while _warming:
        _warming.pop().join()
    for opened in closing:
        opened.close()
    _closing.clear()


def version_now() -> int | None:
    """The data version of the ledger this process has open; None without one."""
    opened = _opened.get(str(config.ledger_paths().database))
    return opened.version if opened else None


def pin() -> int:
    """From here on this page is of one version of the ledger, the newest; an upload that comes meanwhile is
    for the next run.
    """
    st.session_state["version"] = open_ledger().version
    return st.session_state["version"]


def ask(question, scope: metrics.Scope, *rest):
    """A question of metrics, answered once per data version, scope and filters. Never change the frame."""
    return _of_this_page(answers.run_question, question, scope, rest)


def run_panel(panel, scope: metrics.Scope, *rest):
    """What a panel gives, made once per data version, scope, filters and language. Never change a figure."""
    return _of_this_page(answers.run_panel, panel, scope, language(), rest)


def _of_this_page(lookup, *key):
    """What is kept of the page's version; where that can no longer be asked for, the page is drawn anew as a
    whole.
    """
    try:
        return lookup(str(open_ledger().paths.database), st.session_state["version"], *key)
    except VersionChanged:
        st.rerun()


def defer_panel(panel, scope: metrics.Scope, *rest):
    """What drawn would give, asked for when it is called: a download is made in a thread that knows no
    session.
    """
    ledger, spoken = open_ledger(), language()

    def newest():
        while True:
            with suppress(VersionChanged):  # an upload came while it was made
                return answers.make_file(
                    str(ledger.paths.database), ledger.version, panel, scope, spoken, rest
                )

    return check_access_then(newest)


def check_access_then(make):
    """make, refused to whoever may no longer read when it is called: a download is no run, and no gate stands
    before it.
    """
    ledger, who, claims = open_ledger(), st.session_state.get("who"), st.session_state.get("claims")
    caller = login.caller()

    def check_then_make():
        check_access(ledger, who.address if who else "", claims, rights.READ)
        if claims:
            login.note_use(ledger, claims, caller)
        return make()

    return check_then_make


def check_access(ledger: database.Database, address: str, claims: dict | None, action: str) -> None:
    """Outside a run: raises Refused where the log-in is worth nothing any more or its person may not."""
    rules = login.settings()
    is_open = rules is not None and not rules.is_broken and claims
    if ledger.is_shared and (not is_open or login.rejection_reason(claims, rules, ledger)):
        raise Refused("no_access")
    with ledger.cursor() as cursor:
        rights.authorize(ledger, cursor, address, action)


def plans():
    """Every plan known at the instant the dashboard is seen at, newest year first."""
    return _of_this_page(answers.plans, known_at(), known_on() is None)


def plan_choice(requested: dict[str, str]):
    """Which of those plans the codes mean, and what could be chosen instead."""
    return _of_this_page(answers.plan_choice, known_at(), known_on() is None, tuple(requested.items()))


def today():
    """The end of today in Lima, so that keys hold all day."""
    return clock.end_of_day(clock.to_lima(clock.now()).date())


def known_on() -> date | None:
    """The past day the whole dashboard is seen as known on; None: today. A day that is none, or to come, is
    no choice.
    """
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
    return metrics.Scope(
        int(plan["year"]), plan["entity"], plan["process"], 0, known_at(), is_now=known_on() is None
    )


def warm_up() -> None:
    """Answer the first screen's questions before anyone asks; its other months while nobody waits."""
    ledger = open_ledger()
    path, version = str(ledger.paths.database), ledger.version
    plans = answers.plans(path, version, today(), True)
    for plan in records(
        plans.iloc[[answers.plan_choice(path, version, today(), True, ()).position]] if len(plans) else plans
    ):
        scope = metrics.Scope(int(plan["year"]), plan["entity"], plan["process"], 0, today(), is_now=True)
        _answer_first_screen(
            path, version, scope.at(answers.run_question(path, version, metrics.default_cutoff, scope, ()))
        )
        _warming.append(threading.Thread(target=_answer_months, args=(path, version, scope), daemon=True))
        _warming[-1].start()


def freeze_what_stays() -> None:
    """After the first pages were served all is imported: leave it out of the collection after every run."""
    global _served
    _served += 1
    if _served in FREEZE_AFTER:
        gc.collect()
        gc.freeze()


def _answer_months(path: str, version: int, scope: metrics.Scope) -> None:
    if _closing.wait(STARTED):
        return
    with suppress(VersionChanged, KeyError):  # an upload came, or the ledger was closed
        for month in range(12, -1, -1):
            _answer_first_screen(path, version, scope.at(month))


def _answer_first_screen(path: str, version: int, scope: metrics.Scope) -> None:
    for panel in FIRST_SCREEN:
        answers.run_panel(path, version, panel, scope, LANGUAGES[0], ())
