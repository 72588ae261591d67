"""Diagnosis: what a teacher would say of a run, first things first, with the evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from xorviz.core.impossible import proof
from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.core.truth_table import ROW_NAMES
from xorviz.core.verdict import NEAR_HALF, Verdict, judge
from xorviz.doctor.evidence import Evidence, Measured, evidence, measure
from xorviz.doctor.forecast import Outlook, epochs_to_go, train_on
from xorviz.doctor.rate import too_large
from xorviz.doctor.units import duplicates, saturated

NEARLY: Final = 1e-4
"""Answers nearer to 0 or 1 than this are not written out."""

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
        yield Finding("diverged", _diverged(verdict))
    elif verdict.kind == "solved":
        yield Finding("solved", f"All four are right from epoch {verdict.epoch:,} on.")
    elif not lines:
        outlook = train_on(found.recording)
        if outlook.solved_from is not None:
            yield Finding("still improving", _still_improving(found, outlook.solved_from))
    if lines:
        yield Finding("impossible", _impossible(found))
    if text := too_large(found, outlook):
        yield Finding("oscillating", text)
    if not lines and verdict.kind != "diverged":
        yield from _answers(found, verdict, outlook)
        yield from _units(found)


def _diverged(verdict: Verdict) -> str:
    return (
        f"From epoch {verdict.epoch:,} on there are numbers that are not finite: the learning rate "
        "is too large."
    )


def _impossible(found: Measured) -> str:
    config = found.recording.config
    unit = f"one hidden unit {'with' if config.biases else 'without'} biases"
    return f"No weights give the table {config.targets}: {unit} is too little."


def _still_improving(found: Measured, solved_from: int) -> str:
    more = epochs_to_go(found.recording.half_squared_error)
    took = solved_from - found.recording.config.epochs
    then = f"all four are right from epoch {solved_from:,} on."
    if more is None:
        return f"The trend does not show it yet; trained on, it took {_epochs(took)}: {then}"
    about = _epochs(_about(more))
    return f"The trend points to about {about}; trained on, it took {took:,}: {then}"


def _epochs(more: int) -> str:
    return f"{more:,} more epoch{'' if more == 1 else 's'}"


def _about(count: int) -> int:
    """Round to two significant digits."""
    return int(float(f"{count:.2g}"))


def _answers(found: Measured, verdict: Verdict, outlook: Outlook | None) -> Iterator[Finding]:
    """What the network answers at the end, and of a stuck run its place.

    A run that is on a plateau or is solved later is not stuck: where it passes a
    saddle, its place could look like a valley's floor.
    """
    answers = found.recording.predictions[-1]
    plateau = bool((np.abs(answers - 0.5) < NEAR_HALF).all())
    if plateau:
        yield Finding("plateau", _plateau(answers))
    if outlook:
        stuck = not plateau and outlook.solved_from is None
        yield _count(found, verdict, outlook, f" {_place(found)}" if stuck else "")


def _plateau(answers: Array) -> str:
    return (
        f"All four answers are near 0.5, from {answers.min():.4g} to {answers.max():.4g}: "
        "a plateau, on which the network can hardly tell the inputs apart."
    )


def _count(found: Measured, verdict: Verdict, outlook: Outlook, place: str) -> Finding:
    kinds: tuple[Kind, ...] = ("0 of 4", "1 of 4", "2 of 4", "3 of 4")
    are = "is" if verdict.correct == 1 else "are"
    stay, change = _later(outlook)
    return Finding(
        kinds[verdict.correct],
        f"{verdict.correct} of 4 {are} right{stay}: {_wrong(found.recording)}.{place}{change}",
    )


def _later(outlook: Outlook) -> tuple[str, str]:
    """What more epochs do to the right answers, where they don't solve the run: stay, or change."""
    if outlook.solved_from is not None:
        return "", ""
    more = f"{outlook.epochs:,} more epochs"
    if outlook.unchanged:
        return f", for {more} too", ""
    are = "is" if outlook.correct == 1 else "are"
    return "", (
        f" In {more} other inputs become right for a while, but never all four for long; at the "
        f"end {outlook.correct} of 4 {are}."
    )


def _wrong(recording: Recording) -> str:
    wrong = np.flatnonzero(~recording.right[-1])
    return ", ".join(
        f"{ROW_NAMES[row]} is answered {_answer(recording.predictions[-1, row])} instead of "
        f"{recording.config.targets[row]}"
        for row in wrong
    )


def _answer(value: float) -> str:
    """Write an answer, and none that is rounded to 0 or 1: a sigmoid's never are."""
    if value > 1 - NEARLY:
        return f"more than {1 - NEARLY:g}"
    return f"less than {NEARLY:g}" if value < NEARLY else f"{value:.4g}"


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
    if text := saturated(found):
        yield Finding("saturated units", text)
    if text := duplicates(found):
        yield Finding("duplicate units", text)
