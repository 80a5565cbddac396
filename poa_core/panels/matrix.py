"""The plan's matrix, on the screen and as a workbook."""

from poa_core.blocks import matrix as blocks
from poa_core.exports import matrix_book
from poa_core.figures import metrics
from poa_core.figures.metrics import Scope, of_locality, unfiltered
from poa_core.panels import Ask
from poa_core.words.language import Words

SOURCE = (2010, "EPS Puno", "Gerencia Comercial")  # the plan of data/, whose source breaks off


def matrix(ask: Ask, scope: Scope, words: Words) -> str:
    """The sheet as the document prints it."""
    local_scope = of_locality(scope)
    return blocks.matrix(
        ask(metrics.activities, scope),
        ask(metrics.cells, local_scope),
        ask(metrics.quarters, local_scope),
        source(scope, words),
        scope.month,
        words,
    )


def workbook(ask: Ask, scope: Scope, words: Words) -> bytes:
    """The same sheet as .xlsx."""
    plan_scope, local_scope = unfiltered(scope), of_locality(scope)
    return matrix_book.workbook(
        ask(metrics.plan, plan_scope.at(0)).iloc[0],
        ask(metrics.activities, scope),
        ask(metrics.cells, local_scope),
        ask(metrics.quarters, local_scope),
        source(scope, words),
        ask(metrics.is_illustrative, plan_scope.at(0)),
        scope.month,
        words,
    )


def source(scope: Scope, words: Words) -> str:
    """What is to be known of the source of the plan of data/; empty for another plan."""
    return words("rules.source_1") if scope.plan == SOURCE else ""
