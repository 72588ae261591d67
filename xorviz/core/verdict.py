"""Verdict: how a run ended, in one word and two numbers."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.impossible import is_impossible
from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.core.truth_table import right, target_column

KINDS: Final = (
    *("solved", "3 of 4", "2 of 4", "1 of 4", "0 of 4"),
    *("plateau", "impossible", "diverged"),
)
"""From best to worst; unsolved runs by how many of their final predictions are right."""

NEAR_HALF: Final = 0.1
"""On a plateau all four predictions are closer to 0.5 than this."""


@dataclass(frozen=True)
class Verdict:
    """How a run ended.

    Attributes
    ----------
    kind
        One of `KINDS`. Solved: all four final predictions are on their targets' side of
        0.5. Diverged: a number ceased to be finite. Impossible: no weights solve the
        truth table.
    correct
        Predictions on the right side of 0.5 in the final state.
    epoch
        Of a solved run, the first known state from which all four predictions are right to the
        end. Of a diverged one, the first with a number that is not finite. Else None.
    """

    kind: str
    correct: int
    epoch: int | None


def on_plateau(predictions: Array) -> NDArray[np.bool_] | np.bool_:
    """Whether the four predictions of a network, shape (4,), or of each of N, are near 0.5."""
    return (np.abs(predictions - 0.5) < NEAR_HALF).all(axis=0)


def classify(
    predictions: Array, targets: Array, finite: NDArray[np.bool_], possible: bool
) -> NDArray[np.int8]:
    """Judge many networks by their final states.

    Parameters
    ----------
    predictions, targets
        Shapes (4, N) and (4, 1).
    finite
        Whether all parameters of each network are finite, shape (N,).
    possible
        Whether any weights solve the truth table.

    Returns
    -------
    Indices into `KINDS`, shape (N,).
    """
    correct = right(predictions, targets).sum(axis=0)
    kinds = np.where(on_plateau(predictions), KINDS.index("plateau"), 4 - correct)
    if not possible:
        kinds[:] = KINDS.index("impossible")
    kinds[correct == 4] = KINDS.index("solved")
    kinds[~(finite & np.isfinite(predictions).all(axis=0))] = KINDS.index("diverged")
    return kinds.astype(np.int8)


def judge(recording: Recording) -> Verdict:
    """Judge a run by the predictions of every state and the final parameters."""
    config, predictions, right = recording.config, recording.predictions, recording.right
    finite = np.isfinite(predictions).all() & np.isfinite(recording.parameters[-1]).all()
    (kind,) = classify(
        predictions[-1:].T,
        target_column(config.targets),
        finite[np.newaxis],
        not is_impossible(config),
    )
    return Verdict(KINDS[kind], int(right[-1].sum()), _epoch(KINDS[kind], recording))


def _epoch(kind: str, recording: Recording) -> int | None:
    if kind == "solved":
        wrong_states = np.flatnonzero(~recording.right.all(axis=1))
        return int(recording.known[wrong_states[-1] + 1]) if wrong_states.size else 0
    if kind == "diverged":
        broken_states = np.flatnonzero(~np.isfinite(recording.predictions).all(axis=1))
        return int(recording.known[broken_states[0] if broken_states.size else -1])
    return None
