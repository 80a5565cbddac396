"""An answer kept, and made once: whoever asks for it while it is being made waits for it."""

import threading
from collections.abc import Callable
from dataclasses import is_dataclass
from sys import getsizeof

import pandas as pd
from cachetools import LRUCache, cached

MEGABYTE = 2**20
TEXT = 32  # bytes of one text in a frame, where many rows share it
COLUMN = 1024  # bytes of a column beside its values
FIGURE = 64 * 2**10  # bytes of a chart


def once(megabytes: float) -> Callable:
    """As lru_cache, with so many megabytes of answers; that makes an answer anew for each thread that asks
    before the first has it. One larger than all that may be kept is not.
    """
    answers: LRUCache = LRUCache(megabytes * MEGABYTE, getsizeof=size_in_bytes)
    return cached(answers, condition=threading.Condition())


def size_in_bytes(answer: object) -> int:
    """About how many bytes an answer takes."""
    if isinstance(answer, pd.DataFrame):
        texts = len(answer) * int((answer.dtypes == "object").sum())
        return int(answer.memory_usage().sum()) + COLUMN * len(answer.columns) + TEXT * texts
    if isinstance(answer, (tuple, list)):
        return getsizeof(answer) + sum(map(size_in_bytes, answer))
    if is_dataclass(answer):
        return size_in_bytes(list(vars(answer).values()))
    return FIGURE if isinstance(answer, dict) else getsizeof(answer)
