"""Milestones: the epochs of a run at which something happens that a reader can see."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.core.truth_table import ROW_NAMES
from xorviz.core.verdict import Verdict, judge

Kind = Literal["right", "boundary", "solved", "diverged"]


@dataclass(frozen=True)
class Milestone:
    """Something that happens in a run.

    Attributes
    ----------
    epoch
        The first state in which it has happened.
    kind
        ``right``: the prediction for an input is right, and stays so to the end. ``boundary``:
        the decision boundary comes into the drawn square. ``solved`` and ``diverged``: as the
        verdict says.
    row
        Name of that input; empty for the other kinds.
    """

    epoch: int
    kind: Kind
    row: str = ""


def milestones(recording: Recording, outputs: Array) -> list[Milestone]:
    """List a run's milestones by epoch; what is so from the start is none.

    Parameters
    ----------
    recording
        The run.
    outputs
        Its outputs over the drawn square in each recorded state, shape (F, ...).
    """
    listed = [*_right(recording), *_boundary(recording, outputs)]
    match judge(recording):
        case Verdict(kind="solved" | "diverged" as kind, epoch=int(epoch)) if epoch > 0:
            listed.append(Milestone(epoch, kind))
    return sorted(listed, key=lambda milestone: milestone.epoch)


def _right(recording: Recording) -> list[Milestone]:
    """The first state of each input from which its prediction is right to the end."""
    listed = []
    for row, right in zip(ROW_NAMES, recording.right.T, strict=True):
        wrong_states = np.flatnonzero(~right)
        if right[-1] and wrong_states.size:
            listed.append(Milestone(int(recording.known[wrong_states[-1] + 1]), "right", row))
    return listed


def _boundary(recording: Recording, outputs: Array) -> list[Milestone]:
    """The first recorded state in which the outputs lie on both sides of 0.5."""
    flat = outputs.reshape(len(outputs), -1)
    crossed = (flat.min(axis=1) < 0.5) & (flat.max(axis=1) > 0.5)
    first = int(crossed.argmax())
    return [Milestone(int(recording.epochs[first]), "boundary")] if first else []
