"""Templates with autoescape: the only way text from data becomes markup."""

import re
from functools import cache

import jinja2
from markupsafe import Markup, escape

STRONG = re.compile(r"\*\*(.+?)\*\*")
TONED = re.compile(r"~~(.+?)~~")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("poa_core.blocks"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["rich"] = rich
    return environment


def rich(text: str, tone: str = "") -> Markup:
    """Our own sentences: **strong** and ~~strong in the status's colour~~, everything else escaped."""
    marked = STRONG.sub(r"<strong>\1</strong>", str(escape(text)))
    return Markup(TONED.sub(rf'<strong class="tone {escape(tone)}">\1</strong>', marked))


def render(template: str, **values: object) -> str:
    """One block's markup."""
    return _environment().get_template(template).render(**values)
