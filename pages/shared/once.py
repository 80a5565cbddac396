"""An answer kept, and made once: whoever asks for it while it is being made waits for it."""

import threading
from collections.abc import Callable
from functools import lru_cache, wraps
from weakref import WeakValueDictionary


def once(most: int) -> Callable:
    """As lru_cache(most), which makes an answer anew for each thread that asks before the first one has it."""

    def keep(make: Callable) -> Callable:
        kept, making, guard = lru_cache(maxsize=most)(make), WeakValueDictionary(), threading.Lock()

        @wraps(make)
        def answer(*key):
            with guard:
                turn = making.get(key)
                if turn is None:
                    making[key] = turn = threading.Lock()
            with turn:
                return kept(*key)

        return answer

    return keep
