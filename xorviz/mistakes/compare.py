"""Compare: somebody's training beside the right loop, and beside one program to the last bit."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from xorviz.core.catalogue import Change
from xorviz.core.loop import Loop
from xorviz.core.loss import half_squared_error
from xorviz.core.names import parameter_names
from xorviz.core.network import Array
from xorviz.core.observed import Observed
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import target_column
from xorviz.mistakes.fit import deviations
from xorviz.mistakes.programs import ALL_ROWS, ORDERS, RIGHT, Program
from xorviz.mistakes.stretches import Stretches, run

SHORT: Final = 100
"""The most updates to the first known state for which all orders of the rows are tried."""
MOST_RUN: Final = 100_000
"""The most updates that are made again to compare all bits."""
FACTOR_DIGITS: Final = 1e-6
"""The relative difference up to which the ratios of updates are one factor."""


@dataclass(frozen=True)
class Deviation:
    """Where a training first differs from the right loop.

    Attributes
    ----------
    since
        The number of the update; None where no update differs, or where the states right before
        and after it are not known.
    by
        The number of the known state that differs; None where none does.
    layer
        ``hidden``, ``output`` or ``both``; None where none differs.
    weights
        The names of the weights and biases that differ there.
    difference
        The largest difference there.
    factor
        By how much the update of what differs is the right one's; None if it is no multiple.
    """

    since: int | None = None
    by: int | None = None
    layer: str | None = None
    weights: tuple[str, ...] = ()
    difference: float | None = None
    factor: float | None = None


def first_deviation(stretches: Stretches, spacing: float) -> Deviation:
    """Find the first stretch that the right loop does not explain."""
    if not len(stretches):
        return Deviation()
    config = stretches.config
    outcome = run([RIGHT], stretches, spacing)
    (misses,) = deviations(outcome, stretches, spacing) > 1
    if not misses.any():
        return Deviation()
    at = int(misses.any(axis=1).argmax())
    names = parameter_names(config.hidden_size, config.biases)
    weights = tuple(name for name, missed in zip(names, misses[at], strict=True) if missed)
    layers = {"output" if name.endswith("ŷ") else "hidden" for name in weights}
    start, end, right = stretches.starts[at], stretches.ends[at], outcome.ends[0, at]
    return Deviation(
        int(stretches.last[at]) if stretches.lengths[at] == 1 else None,
        int(stretches.last[at]),
        layers.pop() if len(layers) == 1 else "both",
        weights,
        float(np.abs(end - right).max()),
        _factor((end - start)[misses[at]], (right - start)[misses[at]], stretches.resolution),
    )


def _factor(update: Array, right: Array, resolution: float) -> float | None:
    """By how much one update is another; None if it is no multiple, or the other is 0."""
    large = np.abs(right) > max(1e3 * resolution, 1e-12)
    if not large.any():
        return None
    with np.errstate(all="ignore"):
        ratios = update[large] / right[large]
    factor = float(np.median(ratios))
    allowed = FACTOR_DIGITS * max(1.0, abs(factor)) + 4 * resolution / np.abs(right[large])
    is_multiple = np.isfinite(factor) and (np.abs(ratios - factor) <= allowed).all()
    return factor if is_multiple else None


def is_exact(observed: Observed, program: Program) -> bool:
    """Whether a program, run from state 0, has every bit of every known state."""
    if observed.resolution or program.order is not None or observed.epochs[-1] > MOST_RUN:
        return False
    return _has_bits(observed, program.change, ALL_ROWS)


def exact_order(observed: Observed) -> tuple[int, ...] | None:
    """The order of rows in which the right loop has every bit of every known state, if any has."""
    if observed.epochs[1] > SHORT or observed.epochs[-1] > MOST_RUN:
        return None
    first = replace(observed, epochs=observed.epochs[:9], parameters=observed.parameters[:9])
    right = Change()
    for order in ORDERS:
        if _has_bits(first, right, order) and _has_bits(observed, right, order):
            return order
    return None


def _has_bits(observed: Observed, change: Change, order: tuple[int, ...]) -> bool:
    """Run the loop with a change, its rows in this order, and compare each known state."""
    config, flat = observed.config, observed.parameters[0].copy()
    shape = config.hidden_size, config.biases, config.targets
    loop = Loop(change, flat, *shape, order=order)
    done = 0
    with np.errstate(all="ignore"):
        for epoch, state in zip(observed.epochs.tolist(), observed.parameters, strict=True):
            for update in range(done, epoch):
                loop.update(config.learning_rate_at(update))
            if flat.tobytes() != state.tobytes():
                return False
            done = epoch
    return True


def losses(observed: Observed, program: Program) -> tuple[float, float]:
    """The loss ½ Σ error² of the last known state, and the right loop's after as many updates."""
    known = int(np.flatnonzero(np.isfinite(observed.parameters).all(axis=1))[-1])
    config, epoch = observed.config, int(observed.epochs[known])
    shape = config.hidden_size, config.biases, config.targets
    loop = Loop(program.change, observed.parameters[known].copy(), *shape)
    trainer = Trainer(config, observed.parameters[0])
    trainer.run(epoch)
    target = target_column(config.targets)
    with np.errstate(all="ignore"):  # a program may have no sigmoid, and grow
        both = (loop.predict(), trainer.predict())
        theirs, right = (float(half_squared_error(one, target, rows=0)[0]) for one in both)
    return theirs, right
