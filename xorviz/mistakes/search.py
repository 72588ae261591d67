"""Search: compare somebody's training with every program that is known, and say which it is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from xorviz.core.catalogue import MISTAKE_NAMES
from xorviz.core.config import TrainConfig
from xorviz.core.observed import Observed
from xorviz.mistakes import programs
from xorviz.mistakes.answer import Answer, Kind
from xorviz.mistakes.compare import Deviation, exact_order, first_deviation, is_exact, losses
from xorviz.mistakes.fit import Fit, closest, fits, in_any_order, same
from xorviz.mistakes.programs import FLOAT32, RIGHT, ROW_ORDER, Program
from xorviz.mistakes.stretches import DOUBLE, SINGLE, Stretches, stretches_of

MOST_DECIMALS: Final = 10
"""The most decimals that a weight may have to be taken for a rounded one."""
LARGEST: Final = 1e4
"""The largest weight that is taken for a rounded one: of larger ones all bits may look so."""
Kinds = Callable[[TrainConfig], list[Program]]
LONG: Final = 2_000
"""The updates of a stretch above which a try takes seconds.

Up to it all kinds of programs are tried even when one fits, as few digits may allow several.
Above it they are tried one after the other, and mistakes row after row are not.
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
    observed = replace(observed, resolution=resolution_of(observed))
    stretches = stretches_of(observed)
    for found, spacing in _tries(observed, stretches) if len(stretches) else ():
        if found:
            return _named(observed, stretches, found, spacing)
    return _unknown(observed, stretches, first_deviation(stretches, _spacings(observed)[-1]), ())


def resolution_of(observed: Observed) -> float:
    """Half a unit in the last known decimal: that of weights that all have few decimals."""
    later = observed.parameters[1:]
    if observed.resolution or not np.isfinite(later).all() or np.abs(later).max() > LARGEST:
        return observed.resolution
    for decimals in range(1, MOST_DECIMALS + 1):
        if np.array_equal(np.round(later, decimals), later):
            return float(0.5 * 10.0**-decimals)
    return 0.0


def _tries(observed: Observed, stretches: Stretches) -> Iterator[tuple[list[Fit], float]]:
    """Yield the programs that fit, of one kind after the other, and the precision that they fit."""
    spacings, is_long = _spacings(observed), stretches.lengths.max() > LONG
    singles: list[Kinds] = [programs.singles, programs.online]
    for kinds in [[kind] for kind in singles] if is_long else [singles]:
        for spacing in spacings:
            yield _fits(kinds, stretches, spacing), spacing
    if not observed.resolution:
        yield in_any_order(stretches, spacings[0]), spacings[0]
    if is_long:
        yield _fits([programs.pairs], stretches, spacings[0]), spacings[0]
        return
    for spacing in spacings:
        yield _fits([programs.pairs, programs.online_mistakes], stretches, spacing), spacing


def _fits(kinds: Sequence[Kinds], stretches: Stretches, spacing: float) -> list[Fit]:
    return [fit for kind in kinds for fit in fits(kind(stretches.config), stretches, spacing)]


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
    for fit in closest(found, stretches):
        by_names.setdefault(fit.program.names, fit)
    deviation = first_deviation(stretches, spacing)
    first = next(iter(by_names.values()))
    if not all(same(first, fit, stretches) for fit in by_names.values()):
        return _unknown(observed, stretches, deviation, tuple(by_names))
    kind, names = _kind(list(by_names))
    fit = by_names[names]
    answer = Answer(
        kind,
        tuple(dict.fromkeys(name for some in by_names for name in some)),
        since=deviation.since,
        by=deviation.by,
        layer=deviation.layer,
        difference=fit.difference,
        explanations=tuple(by_names),
        chosen=names,
        digits=_digits(fit.difference, observed),
        is_exact=is_exact(observed, fit.program),
        is_single=spacing == SINGLE,
        compared=len(stretches),
        **_facts(observed, fit.program),
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
        return _also(answer, FLOAT32)
    if answer.answer == "another way" or answer.is_exact or observed.resolution:
        return answer
    order = exact_order(observed)
    if order is None:
        return answer
    return replace(_also(answer, ROW_ORDER), order=order, is_exact=True)


def _also(answer: Answer, way: str) -> Answer:
    """The answer with one more way in which the numbers are right."""
    names, chosen = (*answer.names, way), (*answer.chosen, way)
    return replace(answer, answer="another way", names=names, chosen=chosen)


def _unknown(
    observed: Observed,
    stretches: Stretches,
    deviation: Deviation,
    close: tuple[tuple[str, ...], ...],
) -> Answer:
    """Say where the numbers leave the right loop, and which programs too few digits allow."""
    return Answer(
        "not known",
        since=deviation.since,
        by=deviation.by,
        layer=deviation.layer,
        difference=deviation.difference,
        factor=deviation.factor,
        weights=deviation.weights,
        close=close,
        compared=len(stretches),
        **_facts(observed, RIGHT),
    )


def _facts(observed: Observed, program: Program) -> dict[str, Any]:
    """The facts of an answer that do not depend on what it says."""
    return {
        "change": program.change,
        "order": program.order,
        "updates": int(observed.epochs[-1]),
        "losses": losses(observed, program),
    }


def _digits(difference: float, observed: Observed) -> int:
    """The significant digits of the largest weight that a difference leaves alone."""
    finite = observed.parameters[np.isfinite(observed.parameters)]
    largest = max(np.abs(finite).max(), np.finfo(np.float64).tiny)
    share = max(difference, observed.resolution) / largest
    return max(0, min(16, int(-np.log10(max(share, 1e-16)))))
