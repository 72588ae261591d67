"""Diagnosis: what a teacher would say of a run, first things first, with the evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from xorviz.evidence import Evidence, Measured, evidence, measure
from xorviz.impossible import proof
from xorviz.network import Array
from xorviz.outlook import Outlook, epochs_to_go, train_on
from xorviz.recording import Recording
from xorviz.truth_table import ROW_NAMES
from xorviz.verdict import NEAR_HALF, Verdict, judge

STABLE: Final = 2
"""Learning rate × largest eigenvalue above which gradient descent overshoots ever farther."""

SATURATED: Final = 1e-3
"""A unit is saturated where σ′ is below this on all four rows; never without biases, as σ′(0) is
1/4 on row 00."""

ALIKE: Final = 1e-3
"""Two units are duplicates where their activations agree within this on all four rows."""

PEAKS: Final = 3
"""A loss that rises and falls again so often in the last tenth of a run oscillates."""

Kind = Literal[
    "diverged",
    "solved",
    "impossible",
    "still improving",
    "oscillating",
    "plateau",
    "3 of 4",
    "2 of 4",
    "1 of 4",
    "0 of 4",
    "saturated units",
    "duplicate units",
]


@dataclass(frozen=True)
class Finding:
    """One thing that holds of a run, in one or two sentences."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Diagnosis:
    """All that holds of a run.

    Attributes
    ----------
    findings
        At least one; the verdict first, then by weight.
    evidence
        The numbers of the last state and of the way there, the same ones for every run.
    proof
        Why no weights give the table, in three lines; empty where that isn't known.
    """

    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    proof: tuple[str, ...]

    @property
    def verdict(self) -> Finding:
        """What to say first."""
        return self.findings[0]


def diagnose(recording: Recording) -> Diagnosis:
    """Diagnose a run by its predictions and its last state.

    A run that is neither solved nor diverged, and whose table isn't impossible, is
    trained on to see what it would come to.
    """
    found = measure(recording)
    lines = proof(recording.config) or ()
    return Diagnosis(tuple(_findings(found, lines)), evidence(found), lines)


def _findings(found: Measured, lines: tuple[str, ...]) -> Iterator[Finding]:
    verdict = judge(found.recording)
    outlook = None
    if verdict.kind == "diverged":
        yield Finding("diverged", str(verdict))
    elif verdict.kind == "solved":
        yield Finding("solved", str(verdict))
    elif not lines:
        outlook = train_on(found.recording)
        if outlook.solved_from is not None:
            yield Finding("still improving", _still_improving(found, outlook.solved_from))
    if lines:
        yield Finding("impossible", _impossible(found))
    if _oscillates(found):
        yield Finding("oscillating", _oscillating(found))
    answers = found.recording.predictions[-1]
    if (np.abs(answers - 0.5) < NEAR_HALF).all():
        yield Finding("plateau", _plateau(answers))
    if verdict.kind not in ("diverged", "solved"):
        yield _count(found, verdict, outlook)
    yield from _units(found)


def _impossible(found: Measured) -> str:
    config = found.recording.config
    unit = f"one hidden unit {'with' if config.biases else 'without'} biases"
    return f"No weights give the table {config.targets}: {unit} is too little."


def _still_improving(found: Measured, solved_from: int) -> str:
    more = epochs_to_go(found.recording.half_squared_error)
    then = f"training on, all four are right from epoch {solved_from:,} on."
    if more is None:
        return f"The loss does not show it yet, but {then}"
    return f"At this pace about {_about(more):,} more epochs would surely do; {then}"


def _about(count: int) -> int:
    """Round to two significant digits."""
    return int(float(f"{count:.2g}"))


def _oscillates(found: Measured) -> bool:
    peaks, curve = found.trend.peaks, found.curvature
    return curve.place != "not finite" and (
        peaks >= PEAKS or (peaks > 0 and curve.sharpness > STABLE)
    )


def _oscillating(found: Measured) -> str:
    sharpness = found.curvature.sharpness
    if sharpness > STABLE:
        bound = f"above the {STABLE} up to which steps are stable"
    else:
        bound = f"below the {STABLE} up to which steps are stable, but not all along"
    return (
        f"The learning rate is too large: the loss rose at {found.trend.rises:.0%} of the last "
        f"updates. At the end rate × largest eigenvalue is {sharpness:.3g}, {bound}."
    )


def _plateau(answers: Array) -> str:
    return (
        f"All four answers are near 0.5, from {answers.min():.4g} to {answers.max():.4g}: "
        "a plateau, on which the network can hardly tell the inputs apart."
    )


def _count(found: Measured, verdict: Verdict, outlook: Outlook | None) -> Finding:
    kinds: tuple[Kind, ...] = ("0 of 4", "1 of 4", "2 of 4", "3 of 4")
    are = "is" if verdict.correct == 1 else "are"
    stay, change = _later(outlook)
    return Finding(
        kinds[verdict.correct],
        f"{verdict.correct} of 4 {are} right{stay}: {_wrong(found.recording)}. {_place(found)}"
        f"{change}",
    )


def _later(outlook: Outlook | None) -> tuple[str, str]:
    """What more epochs do to the right answers, where they don't solve the run: stay, or change."""
    if outlook is None or outlook.solved_from is not None:
        return "", ""
    more = f"{outlook.epochs:,} more epochs"
    if outlook.unchanged:
        return f", for {more} too", ""
    return "", f" In {more} the right ones change; at their end they are {outlook.correct} of 4."


def _wrong(recording: Recording) -> str:
    wrong = np.flatnonzero(~recording.right[-1])
    return ", ".join(
        f"{ROW_NAMES[row]} is answered {recording.predictions[-1, row]:.4g} instead of "
        f"{recording.config.targets[row]}"
        for row in wrong
    )


def _place(found: Measured) -> str:
    curve = found.curvature
    count = curve.eigenvalues.size
    if curve.place == "not finite":
        return "The curvature is not finite."
    return (
        f"The gradient is {found.gradient:.2g}"
        + {
            "slope": ": a slope, not yet at its foot.",
            "saddle": f"; the loss curves down along {curve.negative} of {count} directions: "
            "a saddle.",
            "valley": f"; the loss curves up along {curve.positive} of {count} directions and down "
            "along none: the floor of a valley.",
            "flat": "; the loss hardly curves along any direction: a flat place.",
        }[curve.place]
    )


def _units(found: Measured) -> Iterator[Finding]:
    largest = found.step.slope_hidden.max(axis=0)
    saturated = np.flatnonzero(largest < SATURATED)
    if saturated.size:
        learns = "learns" if saturated.size == 1 else "learn"
        yield Finding(
            "saturated units",
            f"{_names(saturated.tolist())} hardly {learns} any more: on every input σ′ is at most "
            f"{largest[saturated].max():.2g}.",
        )
    groups = [_names(group) for group in _groups(found.step.hidden) if len(group) > 1]
    if groups:
        first, *others = groups
        also = "".join(f", and so do {group}" for group in others)
        yield Finding(
            "duplicate units",
            f"{first} answer every input alike, within {ALIKE:g}{also}: units that are alike do no "
            "more than one would.",
        )


def _groups(hidden: Array) -> list[list[int]]:
    """Sort units into groups, each alike to the group's first; activations (4, H)."""
    groups: list[list[int]] = []
    for unit, activations in enumerate(hidden.T):
        for group in groups:
            if (np.abs(hidden[:, group[0]] - activations) <= ALIKE).all():
                group.append(unit)
                break
        else:
            groups.append([unit])
    return groups


def _names(units: list[int]) -> str:
    *rest, last = (f"h{unit + 1}" for unit in units)
    return f"{', '.join(rest)} and {last}" if rest else last
