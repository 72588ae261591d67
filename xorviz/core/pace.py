"""Pace: how much of the playing time each stretch of a run gets, by how much happens in it."""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.network import Array

DENSE: Final = 200
"""Each of the first so many epochs is a candidate; later ones are apart in proportion."""
WEIGHTS, PREDICTIONS, EPOCHS = 0.5, 0.4, 0.1
"""Shares of the time that go by the movement of the weights, by that of the predictions, and by the
number of epochs, so that a run in which nothing moves still goes on."""

UNIT: Final = 2**30
TINY: Final = 1e-300


@lru_cache(maxsize=64)
def candidate_epochs(epochs: int) -> NDArray[np.int64]:
    """Choose the states that may be recorded, as their movement is known only when it is trained.

    Two neighbours are at most one `DENSE`-th of the way from the start apart, so that an early and
    short stretch of much movement is as well covered as a late and long one. Shape (C,).
    """
    chosen = [0]
    while chosen[-1] < epochs:
        chosen.append(min(chosen[-1] + max(1, chosen[-1] // DENSE), epochs))
    candidates = np.array(chosen, dtype=np.int64)
    candidates.setflags(write=False)
    return candidates


def playing_times(epochs: NDArray[np.int64], parameters: Array, predictions: Array) -> Array:
    """Give each state its time: 0 for the first, 1 for the last, and in between by what moves.

    Weights count by the length of their change relative to their own length, as the outputs of a
    network with small weights change more. Predictions count by the length of their change. What
    is not finite counts as no movement.

    Parameters
    ----------
    epochs
        Numbers of the states, ascending; shape (C,).
    parameters, predictions
        Of these states; shapes (C, P) and (C, 4).
    """
    with np.errstate(all="ignore"):
        moved = np.linalg.norm(np.diff(parameters, axis=0), axis=1)
        relative = moved / np.linalg.norm(parameters[1:], axis=1)
        changed = np.linalg.norm(np.diff(predictions, axis=0), axis=1)
    parts = ((WEIGHTS, relative), (PREDICTIONS, changed), (EPOCHS, np.diff(epochs)))
    steps = np.sum([share * _normalised(part) for share, part in parts], axis=0)
    times: Array = np.concatenate([[0.0], np.cumsum(steps)])
    normal: Array = times / times[-1]
    return normal


def _normalised(part: Array) -> Array:
    """Scale to a sum of 1, or of 0 where nothing moves; what is not finite counts as 0."""
    finite: Array = np.where(np.isfinite(part), part, 0.0)
    return finite / max(float(finite.sum()), TINY)


def choose(times: Array, count: int) -> NDArray[np.int64]:
    """Choose so many states, first and last in, as evenly in time as the candidates allow.

    A step from one candidate to the next can't hold more than one of the equal parts of the time.
    What is more than that is left to the other steps: with λ such that Σ min(1, λ · step) is the
    number of parts. Counted in whole `UNIT`-ths of a part, so that rounding chooses none twice.

    Parameters
    ----------
    times
        Of the candidates, ascending without equals; shape (C,).
    count
        How many to choose, from 2 to C.

    Returns
    -------
    Their indices, ascending; shape (count,).
    """
    steps = np.diff(times)
    descending = np.sort(steps)[::-1]
    rest = np.cumsum(descending[::-1])[::-1]
    parts = count - 1 - np.arange(len(steps))  # that are left where so many steps are full
    full = np.argmax(parts * descending <= rest)
    scaled = np.ceil(UNIT * np.minimum(1, parts[full] / rest[full] * steps)).astype(np.int64)
    reached = np.concatenate([[0], np.cumsum(scaled)])
    chosen: NDArray[np.int64] = np.searchsorted(reached, UNIT * np.arange(count))
    chosen[-1] = len(steps)
    return chosen
