"""An answer kept, and made once: whoever asks for it while it is being made waits for it."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import is_dataclass
from functools import wraps
from sys import getsizeof
from weakref import WeakValueDictionary

import pandas as pd
from cachetools import LRUCache

MEGABYTE = 2**20
TEXT, COLUMN = (
    32,
    1024,
)  # bytes of one text in a frame, where many rows share it; of a column beside its values
FIGURE = 64 * 2**10  # bytes of a chart


def once(megabytes: float) -> Callable:
    """As lru_cache, with so many megabytes of answers; that makes an answer anew for each thread that asks
    before the first has it.
    """

    def keep(make: Callable) -> Callable:
        cache = LRUCache(megabytes * MEGABYTE, getsizeof=size_in_bytes)
        making, guard = WeakValueDictionary(), threading.Lock()

        @wraps(make)
        def answer(*key):
            with guard:
                if key in cache:
                    return cache[key]
                turn = making.get(key)
                if turn is None:
                    making[key] = turn = threading.Lock()
            with turn:
                with guard:
                    if key in cache:
                        return cache[key]
                result = make(*key)
                with guard, suppress(ValueError):  # one larger than all that may be kept is not
                    cache[key] = result
                return result

        return answer

    return keep


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
