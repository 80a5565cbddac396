"""The month's report: what it holds, as a page, on paper, as a workbook."""

from datetime import datetime

from poa_core.exports.report import book, page
from poa_core.exports.report import pdf as report_pdf
from poa_core.exports.report.frames import Frames, corrections
from poa_core.figures import metrics
from poa_core.figures import since as changed
from poa_core.figures.metrics import Scope, any_status, of_locality, unfiltered
from poa_core.panels import Ask, due, overview
from poa_core.panels.matrix import source
from poa_core.words.language import Words


def preview(ask: Ask, scope: Scope, words: Words, since: datetime) -> str:
    """What the report will hold, in a few lines."""
    return page.preview(frames(ask, scope, words, since), words)


def body(ask: Ask, scope: Scope, words: Words, since: datetime) -> str:
    """The report's content; report_page.whole makes it a page of its own."""
    return page.body(frames(ask, scope, words, since), words)


def pdf(ask: Ask, scope: Scope, words: Words, since: datetime, font: bytes, browser: str) -> bytes:
    """The page printed by a browser of the machine. Raises report_pdf.NotPrinted."""
    return report_pdf.print_pdf(page.document(body(ask, scope, words, since), scope, words, font), browser)


def workbook(ask: Ask, scope: Scope, words: Words, since: datetime) -> bytes:
    """The same figures as .xlsx."""
    return book.workbook(frames(ask, scope, words, since), words)


def frames(ask: Ask, scope: Scope, words: Words, since: datetime) -> Frames:
    """Everything the report reads, whatever an activity's status. Raises ValueError where since is after the
    scope's instant.
    """
    report_scope, plan_scope = any_status(scope), unfiltered(scope)
    activities, rollups, outcome = (
        ask(metrics.activities, report_scope),
        ask(metrics.rollups, plan_scope),
        ask(metrics.outcome, plan_scope),
    )
    codes, month, local = set(activities["code"]), due.reporting_month(ask, scope), of_locality(scope)
    return Frames(
        scope=report_scope,
        since=since,
        plan=ask(metrics.plan, plan_scope.at(0)).iloc[0],
        is_illustrative=ask(metrics.is_illustrative, plan_scope.at(0)),
        source=source(scope, words),
        outcome=outcome,
        path=ask(metrics.outcome_path, plan_scope),
        forecast=ask(metrics.forecast, plan_scope),
        outlook=ask(metrics.outlook, plan_scope),
        activities=activities,
        cells=ask(metrics.cells, local),
        quarters=ask(metrics.quarters, local),
        **{
            name: metrics.pick_rollup(rollups, report_scope, by)
            for name, by in (("rollup", "plan"), ("objectives", "objective"), ("divisions", "responsible"))
        },
        remarks=ask(metrics.remarks, plan_scope),
        falling_due=overview.falling_due(ask, report_scope, month),
        reporting=ask(metrics.reporting, plan_scope.at(month)),
        overdue=due.line(ask, scope, words),
        rollup_then=metrics.pick_rollup(
            ask(metrics.rollups, ask(changed.scope_then, plan_scope, since)), report_scope, "plan"
        ),
        uploads=ask(metrics.uploads, plan_scope.at(0)),
        changes=ask(changed.changes_since, report_scope, since),
        outcome_since=ask(changed.outcome_since, plan_scope, since),
        corrections=corrections(
            ask(metrics.audit, plan_scope.at(0)), codes | set(outcome["code"]), scope.month, since
        ),
    )
