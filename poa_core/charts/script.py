"""Plotly's own script as the plotly package ships it: what draws every figure in the browser."""

import gzip
from functools import lru_cache

import plotly
from plotly.offline import get_plotlyjs

VERSION = plotly.__version__


@lru_cache(maxsize=1)
def compressed() -> bytes:
    """The script, gzipped once for all who ask (1.4 of 4.8 MB)."""
    return gzip.compress(get_plotlyjs().encode(), mtime=0)


def plain() -> bytes:
    """The script for a browser that takes nothing compressed."""
    return gzip.decompress(compressed())
