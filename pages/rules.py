"""How each figure is computed, with this plan's own numbers."""

from pages.shared import block, filters, plan_choice, session
from pages.shared.session import ask
from pages.shared.speech import speech
from poa_core.blocks import rules as blocks
from poa_core.figures import metrics

plan = plan_choice.plan()
scope = session.scope_of(plan)
scope = scope.at(ask(metrics.default_cutoff, scope))
filters.write_address()
block.show(
    blocks.rules(
        plan,
        ask(metrics.activities, scope),
        ask(metrics.cells, scope),
        ask(metrics.outcome, scope),
        scope.month,
        speech(),
    ),
    "rules",
)
