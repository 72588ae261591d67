"""Verdict: what became of a run, in one word and one sentence."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from xorviz.recording import Recording


@dataclass(frozen=True)
class Verdict:
    """What became of a run.

    Attributes
    ----------
    kind
        Solved where all four predictions end on their target's side of 0.5;
        diverged where a number ceased to be finite.
    correct
        Predictions on the right side of 0.5 in the final state.
    epoch
        The first state from which all four were and stayed right, or the first
        with a number that is not finite; None where it is not solved.
    """

    kind: Literal["solved", "not solved", "diverged"]
    correct: int
    epoch: int | None

    def __str__(self) -> str:
        if self.kind == "solved":
            return f"Solved: all four are right from epoch {self.epoch:,} on."
        if self.kind == "diverged":
            return f"Diverged at epoch {self.epoch:,}: the learning rate is too large."
        return f"Not solved: at the end {self.correct} of 4 are right."


def judge(recording: Recording) -> Verdict:
    """Judge a run by the predictions of every state and the final parameters."""
    predictions = recording.predictions
    right = recording.right
    correct = int(right[-1].sum())
    broken_states = np.flatnonzero(~np.isfinite(predictions).all(axis=1))
    if broken_states.size:
        return Verdict("diverged", correct, int(broken_states[0]))
    if not np.isfinite(recording.parameters[-1]).all():
        return Verdict("diverged", correct, recording.config.epochs)
    if correct < 4:
        return Verdict("not solved", correct, None)
    wrong_states = np.flatnonzero(~right.all(axis=1))
    return Verdict("solved", 4, int(wrong_states[-1]) + 1 if wrong_states.size else 0)
