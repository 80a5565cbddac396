"""What stands in one place of a screen or a report: it asks what it needs and gives markup or a figure.

`ask(question, scope, *rest)` answers a question of metrics: the screen's from what it keeps, a report's from
one cursor.
"""

from collections.abc import Callable

Ask = Callable[..., object]
