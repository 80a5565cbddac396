"""A disk that takes no more, without a disk of one's own: the system itself refuses to let any file of a
process grow.
"""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_room(beyond: int = 0, process: int | None = None) -> Iterator[None]:
    """No file of the process (this one, unless another is named) grows beyond so many bytes; what is there
    can be read.
    """
    process = process or os.getpid()
    soft, hard = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (beyond, hard))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (soft, hard))
