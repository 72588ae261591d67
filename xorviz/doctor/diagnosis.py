"""Diagnosis: what a teacher would say of a run, first things first, with the evidence."""

from collections.abc import Iterator
from dataclasses import dataclass

from xorviz.core.impossible import proof
from xorviz.core.recording import Recording
from xorviz.core.verdict import Verdict, judge
from xorviz.doctor.causes import of_small_steps, oscillates, oscillating, too_slow
from xorviz.doctor.evidence import Evidence, Measured, evidence, measure
from xorviz.doctor.finding import Finding
from xorviz.doctor.look import MOST_EPOCHS, Look, look_on_all
from xorviz.doctor.outcome import count, on_plateau, plateau
from xorviz.doctor.rate import SmallSteps, take_all_small_steps
from xorviz.doctor.units import duplicates, saturated
from xorviz.pool.pool import shared_pool
from xorviz.pool.work import Urgency, Work
from xorviz.sweeps.solving import Wait, result


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
    look
        What more epochs come to; None where the run is solved, diverged or impossible.
    small_steps
        What smaller steps come to, where more epochs do not solve the run and such steps
        can be taken.
    """

    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    proof: tuple[str, ...]
    look: Look | None
    small_steps: SmallSteps | None

    @property
    def verdict(self) -> Finding:
        """What to say first."""
        return self.findings[0]


def diagnose(recording: Recording, until: int = MOST_EPOCHS, wait: Wait = result) -> Diagnosis:
    """Diagnose a run by its predictions, its last state, and what becomes of it.

    A run that is neither solved nor diverged, and whose table isn't impossible, is trained
    on up to epoch `until`. If that doesn't solve it, its start is trained with smaller steps.
    Both are computed by the shared pool; `wait` waits for them.
    """
    verdict = judge(recording)
    lines = proof(recording.config) or ()
    look, steps = None, None
    if not lines and verdict.kind not in ("solved", "diverged"):
        look, steps = _try_on(recording, until, wait)
    found = measure(recording, look)
    findings = tuple(_findings(found, verdict, steps, is_possible=not lines))
    return Diagnosis(findings, evidence(found), lines, look, steps)


def _try_on(recording: Recording, until: int, wait: Wait) -> tuple[Look, SmallSteps | None]:
    """Look on, and take small steps, side by side."""
    config, last, pool = recording.config, recording.parameters[-1], shared_pool()
    state = tuple(last.tolist())
    with (
        pool.ask(Work(look_on_all, (config, state, until), Urgency.SOON)) as looking,
        pool.ask(Work(take_all_small_steps, config, Urgency.SOON)) as stepping,
    ):
        look: Look = wait(looking)
        return look, wait(stepping) if look.solved_at is None else None


def _findings(
    found: Measured, verdict: Verdict, steps: SmallSteps | None, is_possible: bool
) -> Iterator[Finding]:
    """The verdict and its cause, then what is wrong at the end."""
    outputs = found.recording.predictions[-1]
    if not is_possible:
        yield Finding("impossible", _impossible(found))
    elif verdict.kind == "diverged":
        yield Finding("diverged", _diverged(verdict))
    elif verdict.kind == "solved":
        yield Finding("solved", f"All four predictions are right from epoch {verdict.epoch:,} on.")
        if on_plateau(outputs):
            yield plateau(outputs, is_solved=True)
    else:
        yield from _of_unsolved(found, steps)
    if oscillates(found):
        yield oscillating(found)
    if is_possible and verdict.kind != "diverged":
        yield from _of_units(found, verdict.kind == "solved")


def _impossible(found: Measured) -> str:
    config = found.recording.config
    unit = f"one hidden unit {'with' if config.biases else 'without'} biases"
    return f"No weights give the table {config.targets}: {unit} is too little."


def _diverged(verdict: Verdict) -> str:
    return (
        f"From epoch {verdict.epoch:,} on there are numbers that are not finite: the learning rate "
        "is too large."
    )


def _of_unsolved(found: Measured, steps: SmallSteps | None) -> Iterator[Finding]:
    config, outputs, look = found.recording.config, found.recording.predictions[-1], found.look
    assert look is not None
    if look.solved_at is not None:
        yield too_slow(look.solved_at, config.epochs)
    cause = of_small_steps(found, steps) if steps else None
    if cause and cause.kind == "learning rate too large":
        yield cause
    if on_plateau(outputs):
        yield plateau(outputs, is_solved=False)
    yield count(found, look)
    if cause and cause.kind != "learning rate too large":
        yield cause


def _of_units(found: Measured, is_solved: bool) -> Iterator[Finding]:
    """What holds of single units; a solved run may well have saturated ones."""
    if not is_solved and (text := saturated(found)):
        yield Finding("saturated units", text)
    if text := duplicates(found):
        yield Finding("duplicate units", text)
