"""Watch: copies the weights of a program after each pass of its loops."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

ALL_UP_TO: Final = 10_000
"""Updates up to which every state is kept; later ones every `STRIDE` updates, and the last."""
STRIDE: Final = 100
MOST: Final = 100_000
"""The most states of a loop that are kept."""

Arrays = tuple[NDArray[np.float64], ...]


class Watch:
    """Watches names while a program runs.

    Parameters
    ----------
    names
        The names of the weights from the inputs and of those to the output, then of biases where
        there are some. A name may have dots, or be an attribute of ``self``.

    Attributes
    ----------
    loops
        By the line of each loop that updates: the states of its last run, by the number of
        updates before them. Outer loops come first.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._running: list[int] = []
        self._done: dict[int, int] = {}
        self.loops: dict[int, dict[int, Arrays]] = {}
        self._last: dict[int, Arrays] = {}

    def enter(self, line: int, local: Mapping[str, Any], shared: Mapping[str, Any]) -> None:
        """Note the weights before a loop; a loop inside others that run is left out of time."""
        self._running.append(line)
        states = self.loops.setdefault(line, {})
        states.clear()
        self._done[line] = 0
        if arrays := self.look(local, shared):
            states[0] = arrays

    def update(self, line: int, local: Mapping[str, Any], shared: Mapping[str, Any]) -> None:
        """Note the weights after a pass of a loop, if the pass has changed them."""
        arrays, states = self.look(local, shared), self.loops[line]
        if arrays is None:
            return
        before = self._last.get(line) or states.get(0)
        if before and all(map(np.array_equal, before, arrays)):
            return
        self._done[line] += 1
        self._last[line] = arrays
        done = self._done[line]
        if (done <= ALL_UP_TO or done % STRIDE == 0) and len(states) < MOST:
            states[done] = arrays

    def leave(self) -> None:
        """Note the last weights of the loop that ends."""
        line = self._running.pop()
        if line in self._last:
            self.loops[line][self._done[line]] = self._last.pop(line)

    def look(self, local: Mapping[str, Any], shared: Mapping[str, Any]) -> Arrays | None:
        """Copy the weights as they are; None where one is not there, or is no array of numbers."""
        try:
            return tuple(_copy(_find(name, local, shared)) for name in self._names)
        except (LookupError, AttributeError, TypeError, ValueError):
            return None


def _find(name: str, local: Mapping[str, Any], shared: Mapping[str, Any]) -> Any:
    """Find a value by its name: in a function, in the file, then in ``self`` and other objects."""
    first, *rest = name.split(".")
    for names in (local, shared, *_attributes(local), *_attributes(shared)):
        if first in names:
            value = names[first]
            for attribute in rest:
                value = getattr(value, attribute)
            return value
    raise LookupError(name)


def _attributes(names: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the attributes of each object of a program's own classes."""
    for value in list(names.values()):
        if type(value).__module__ == "__main__":
            yield getattr(value, "__dict__", {})


def _copy(value: Any) -> NDArray[np.float64]:
    """Copy an array, list or tensor."""
    plain = value.detach() if hasattr(value, "detach") else value
    return np.array(plain, dtype=np.float64)
