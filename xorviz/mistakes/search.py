"""Search: compare somebody's training with every program that is known, and say which it is."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from xorviz.core.catalogue import MISTAKE_NAMES
from xorviz.core.observed import Observed
from xorviz.mistakes import programs
from xorviz.mistakes.answer import Answer, Kind
from xorviz.mistakes.compare import RIGHT, Deviation, exact_order, first_deviation, is_exact, losses
from xorviz.mistakes.fit import Fit, fits, same
from xorviz.mistakes.programs import FLOAT32, ROW_ORDER, Program
from xorviz.mistakes.stretches import DOUBLE, SINGLE, Stretches, stretches_of

LONG: Final = 2_000
"""The updates of a stretch above which kinds of programs are tried one after the other.

Before, all are tried even when one fits, as few digits may allow several.
"""


def check(observed: Observed) -> Answer:
    """Say which program made the known states of a training.

    Single mistakes and ways are tried first, then pairs. A program is named only if no other one
    with other numbers explains the states, too.

    Raises
    ------
    ValueError
        Where no state but the first is known.
    """
    if len(observed.epochs) < 2:
        raise ValueError("there is nothing to check: no state after an update is known")
    stretches = stretches_of(observed)
    for stage in _stages(observed) if len(stretches) else ():
        for spacing in _spacings(observed):
            found = [fit for some in stage for fit in fits(some, stretches, spacing)]
            if found:
                return _named(observed, stretches, found, spacing)
    spacing = _spacings(observed)[-1]
    return _unknown(observed, first_deviation(stretches, spacing), ())


def _stages(observed: Observed) -> Iterator[list[list[Program]]]:
    """Yield lists of programs that are tried together."""
    config = observed.config
    for kinds in (
        [programs.singles, programs.online],
        [programs.pairs, programs.online_mistakes],
    ):
        if np.diff(observed.epochs).max() <= LONG:
            yield [kind(config) for kind in kinds]
        else:
            for kind in kinds:
                yield [kind(config)]


def _spacings(observed: Observed) -> list[float]:
    """The precisions to try: that of the numbers, or both where not all their bits are known."""
    if observed.resolution:
        return [DOUBLE, SINGLE]
    later = observed.parameters[1:]
    with np.errstate(over="ignore"):
        is_single = np.array_equal(
            later.astype(np.float32).astype(np.float64), later, equal_nan=True
        )
    return [SINGLE if is_single else DOUBLE]


def _named(
    observed: Observed, stretches: Stretches, found: Sequence[Fit], spacing: float
) -> Answer:
    """Name the programs that fit, if they are one, or all give the same numbers."""
    by_names: dict[tuple[str, ...], Fit] = {}
    for fit in found:
        by_names.setdefault(fit.program.names, fit)
    deviation = first_deviation(stretches, spacing)
    first = next(iter(by_names.values()))
    if not all(same(first, fit, stretches) for fit in by_names.values()):
        return _unknown(observed, deviation, tuple(by_names))
    kind, names = _kind(list(by_names))
    fit, facts = by_names[names], _facts(observed, by_names[names].program)
    answer = Answer(
        kind,
        tuple(dict.fromkeys(name for some in by_names for name in some)),
        since=deviation.since,
        layer=deviation.layer,
        difference=fit.difference,
        explanations=tuple(by_names),
        digits=_digits(fit.difference, observed),
        is_exact=is_exact(observed, fit.program),
        is_single=spacing == SINGLE,
        **facts,
    )
    return _last_bits(answer, observed) if kind != "mistake" else answer


def _kind(explanations: Sequence[tuple[str, ...]]) -> tuple[Kind, tuple[str, ...]]:
    """Prefer the right loop to another way and that to a mistake: the numbers are the same."""
    if () in explanations:
        return "equal", ()
    for names in explanations:
        if not {*names} & {*MISTAKE_NAMES}:
            return "another way", names
    return "mistake", explanations[0]


def _last_bits(answer: Answer, observed: Observed) -> Answer:
    """Tell by which way the last bits of right numbers came about."""
    if answer.is_single:
        return replace(answer, answer="another way", names=(*answer.names, FLOAT32))
    if answer.answer == "another way" or answer.is_exact or observed.resolution:
        return answer
    order = exact_order(observed)
    if order is None:
        return answer
    names = (*answer.names, ROW_ORDER)
    return replace(answer, answer="another way", names=names, order=order, is_exact=True)


def _unknown(
    observed: Observed, deviation: Deviation, close: tuple[tuple[str, ...], ...]
) -> Answer:
    """Say where the numbers leave the right loop, and which programs too few digits allow."""
    return Answer(
        "not known",
        since=deviation.since,
        layer=deviation.layer,
        difference=deviation.difference,
        factor=deviation.factor,
        weights=deviation.weights,
        close=close,
        **_facts(observed, RIGHT),
    )


def _facts(observed: Observed, program: Program) -> dict[str, Any]:
    """The facts of an answer that do not depend on what it says."""
    return {
        "change": program.change,
        "order": program.order,
        "updates": int(observed.epochs[-1]),
        "compared": len(observed.epochs) - 1,
        "losses": losses(observed, program),
    }


def _digits(difference: float, observed: Observed) -> int:
    """The significant digits of the largest weight that a difference leaves alone."""
    finite = observed.parameters[np.isfinite(observed.parameters)]
    share = max(difference, observed.resolution, 1e-300) / max(np.abs(finite).max(), 1e-300)
    return max(0, min(16, int(-np.log10(share))))
