"""Diagnosis: all findings about a run, first things first, with the evidence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from xorviz.core.impossible import is_impossible
from xorviz.core.recording import Recording
from xorviz.core.verdict import Verdict, judge
from xorviz.doctor import finders, units
from xorviz.doctor.evidence import Evidence, Measured, measure
from xorviz.doctor.findings import Diverged, Finding, Impossible, Solved
from xorviz.doctor.look import MOST_EPOCHS, Look, look_on_all
from xorviz.doctor.rate import SmallSteps, take_all_small_steps
from xorviz.doctor.standing import Standing, stand
from xorviz.pool.pool import shared_pool
from xorviz.pool.work import Urgency, Work
from xorviz.sweeps.solving import Wait, result

Finders = tuple[Callable[[Measured], Iterator[Finding]], ...]

UNSOLVED: Final[Finders] = (
    finders.too_slow,
    finders.rate_too_large,
    finders.plateau,
    finders.count,
    finders.stuck_anyhow,
    finders.oscillating,
    units.saturated,
    units.duplicates,
)
"""All that may hold of a run that is not solved, by weight."""


@dataclass(frozen=True)
class Diagnosis:
    """All that holds of a run.

    Attributes
    ----------
    findings
        At least one; the verdict first, then by weight.
    evidence
        The numbers of the last state and of the way there.
    look
        How the run goes on with more epochs; None where the run is solved, diverged or impossible.
    small_steps
        The run with smaller steps, where more epochs do not solve it and such steps can be
        taken.
    standing
        Where the inputs stand on the curves of the last state's units, if that is finite.
    """

    findings: tuple[Finding, ...]
    evidence: Evidence
    look: Look | None
    small_steps: SmallSteps | None
    standing: Standing | None

    @property
    def verdict(self) -> Finding:
        """The finding that comes first."""
        return self.findings[0]


def diagnose(recording: Recording, until: int = MOST_EPOCHS, wait: Wait = result) -> Diagnosis:
    """Diagnose a run by its predictions, its last state, and how it goes on.

    A run that is neither solved nor diverged, and whose table isn't impossible, is trained
    on up to epoch `until`. If that doesn't solve it, its start is trained with smaller steps.
    Both are computed by the shared pool; `wait` waits for them.
    """
    verdict = judge(recording)
    look, steps = None, None
    if not is_impossible(recording.config) and verdict.kind not in ("solved", "diverged"):
        look, steps = _try_on(recording, until, wait)
    measured = measure(recording, look, steps)
    findings = tuple(_findings(measured, verdict))
    return Diagnosis(findings, measured.evidence, look, steps, stand(measured.step))


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


def _findings(measured: Measured, verdict: Verdict) -> Iterator[Finding]:
    """Yield the verdict and its cause, then the defects of the last state."""
    config = measured.recording.config
    chosen: Finders = (finders.oscillating,)
    match verdict:
        case _ if is_impossible(config):
            yield Impossible(config.targets, config.biases)
        case Verdict(kind="diverged", epoch=int(epoch)):
            yield Diverged(epoch)
        case Verdict(kind="solved", epoch=int(epoch)):
            yield Solved(epoch)
            chosen = finders.plateau, finders.oscillating, units.duplicates
        case _:
            chosen = UNSOLVED
    for find in chosen:
        yield from find(measured)
