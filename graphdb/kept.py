"""What one process keeps of a data version: read once, dropped when the data change. Never the only home of a fact."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")


class Kept(Generic[T]):
    """The last few values by key; the oldest goes first. Threads may share it.

    A key names a data version (`audit.stamp`); the empty stamp, of a database nobody has written to, is never kept.
    """

    def __init__(self, most: int = 2) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, stamp: str, read: Callable[[], T], *more: Hashable) -> T:
        """The value of that stamp (and language, or whatever else `more` names), read now unless it is kept."""
        key = (stamp, *more)
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = read()
        if stamp:
            with self._lock:
                self._values[key] = value
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
        return value
