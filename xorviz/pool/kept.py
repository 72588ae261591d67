"""Kept: results in memory, up to a limit in bytes; the least recently used are dropped first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any


class Kept:
    """Keeps values by their keys, for all threads.

    Parameters
    ----------
    limit
        The most bytes that all values together may have.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Any:
        """The value of a key; None if it is not kept."""
        with self._lock:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def put(self, key: Hashable, value: Any, size: int) -> None:
        """Keep a value of so many bytes, and drop others until there is room.

        A value larger than the limit is not kept.
        """
        with self._lock:
            self._drop(key)
            if size > self.limit:
                return
            while self.bytes + size > self.limit:
                self._drop(next(iter(self._values)))
            self._values[key] = value, size
            self.bytes += size

    def _drop(self, key: Hashable) -> None:
        _, size = self._values.pop(key, (None, 0))
        self.bytes -= size
