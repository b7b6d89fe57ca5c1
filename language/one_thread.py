"""NumPy on one thread.

Matrices as small as here gain nothing from more, which on a busy machine wait for each other.
"""

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """Return a context in which NumPy multiplies matrices on one thread; it may be entered within itself."""
    return _threads().limit(limits=1)


@cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()
