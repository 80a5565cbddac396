"""The month's report as one HTML file of its own: nothing in it is asked of another place, and it prints
well.
"""

import base64
import json

from markupsafe import Markup
from plotly.offline import get_plotlyjs

from poa_core import charts
from poa_core.blocks.markup import render
from poa_core.charts import outcome as outcome_chart
from poa_core.exports.report import parts
from poa_core.exports.report.frames import Frames
from poa_core.figures.metrics import Scope
from poa_core.words.language import Words

HEIGHT = 320  # of the chart, px


def body(f: Frames, words: Words) -> str:
    """The report's content without what makes it a page."""
    return render(
        "report_body.html",
        words=words,
        f=f,
        head=parts.head(f, words),
        outcome=parts.outcome(f, words),
        whole=parts.plan_compliance(f, words),
        process=parts.process(f, words),
        divisions=parts.divisions(f, words),
        late=parts.late_activities(f, words),
        objectives=parts.objectives(f, words),
        coming=parts.coming(f, words),
        since=parts.since(f, words),
        told=parts.completeness(f, words),
        rules=parts.rule_sections(f, words),
        chart=_chart(f, words),
        month=words.month(f.scope.month) if f.scope.month else "",
    )


def document(content: str, scope: Scope, words: Words, font: bytes = b"") -> str:
    """The page: content of body, style, the font's bytes (woff2; the system's where there are none), what
    draws the chart.
    """
    return render(
        "report.html",
        words=words,
        title=f"{parts.title(scope, words)} · {parts.cutoff_text(scope, words)}",
        content=Markup(content),
        font=base64.b64encode(font).decode(),
        plotly=Markup(get_plotlyjs()),
    )


def preview(f: Frames, words: Words) -> str:
    """What the report holds, a line each."""
    late = parts.late_activities(f, words)
    return render(
        "report_preview.html",
        words=words,
        head=parts.head(f, words),
        outcome=parts.outcome(f, words),
        whole=parts.plan_compliance(f, words),
        late=len(late),
        unexplained=sum(not row["cause"] for row in late),
        since=parts.since(f, words),
        objectives=len(f.objectives),
        coming=len(parts.coming(f, words)),
        divisions=len(f.divisions),
    )


def _chart(f: Frames, words: Words) -> Markup | None:
    """What Plotly draws, as JSON that may stand in a script; None where the plan names no outcome."""
    if f.outcome.empty:
        return None
    figure = outcome_chart.outcome(f.path, f.outcome.iloc[0], f.forecast, words, charts.ink("light"))
    figure["layout"] |= {"height": HEIGHT}
    drawn = {**figure, "config": charts.config(words)}
    return Markup(json.dumps(drawn, ensure_ascii=False).replace("<", "\\u003c"))
