"""Claims: every number in the doctor's findings, held against training by another loop."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from math import isclose
from typing import Any, Final

import numpy as np

from tests.support.subject import Subject, first_right, solved_at
from xorviz.core.network import Array
from xorviz.core.truth_table import ROW_NAMES
from xorviz.doctor.cures import Cure
from xorviz.doctor.findings import (
    Count,
    DuplicateUnits,
    Finding,
    Group,
    Impossible,
    Oscillating,
    Plateau,
    RateTooLarge,
    SaturatedUnits,
    Solved,
    StuckAnyhow,
    TooSlow,
    WrongOutput,
)
from xorviz.doctor.hessian import Curvature, Terrain
from xorviz.doctor.look import Look, RowLook
from xorviz.doctor.rate import SmallSteps

UNITS: Final = 1e-3
"""Within this of each other activations are the same; a smaller σ′ is saturated."""


def refuted(subject: Subject, findings: Iterable[Finding]) -> list[str]:
    """List the fields of findings about a run that are not so; a finding without a rule is none."""
    return [
        line
        for finding in findings
        for line in _differing(type(finding).__name__, finding, _expected(subject, finding))
    ]


def unoffered(subject: Subject, first: Cure | None) -> bool:
    """Whether the page has the epochs that solve a run, and the first cure is another or none."""
    epochs = first_right(subject.right, subject.config.epochs)
    return epochs is not None and (first is None or first.solved_at != epochs)


def fails(cure: Cure) -> bool:
    """Whether a cure does not solve the table when it says."""
    return solved_at(cure.config) != cure.solved_at


def _expected(subject: Subject, finding: Any) -> Finding | None:
    """The same finding as another loop has it; None where there is no such finding."""
    rule = EXPECTED.get(type(finding))
    return rule(subject, finding) if rule else None


def _differing(name: str, given: Any, expected: Any) -> Iterator[str]:
    """Name the fields in which two values differ, whatever they consist of."""
    if type(given) is not type(expected):
        yield f"{name}: {given!r} instead of {expected!r}"
    elif is_dataclass(given):
        for field in fields(given):
            pair = getattr(given, field.name), getattr(expected, field.name)
            yield from _differing(f"{name}.{field.name}", *pair)
    elif isinstance(given, tuple) and len(given) == len(expected):
        for index, pair in enumerate(zip(given, expected, strict=True)):
            yield from _differing(f"{name}[{index}]", *pair)
    elif not (_close(given, expected) if isinstance(given, float) else given == expected):
        yield f"{name}: {given!r} instead of {expected!r}"


def _close(given: float, expected: float) -> bool:
    return isclose(given, expected, rel_tol=1e-6, abs_tol=1e-9)


def _impossible(subject: Subject, _: Impossible) -> Impossible | None:
    """One unit has one sign of ŷ - 0.5 without biases, and a straight line with them."""
    targets, biases = subject.config.targets, subject.config.biases
    is_out = targets in ("0110", "1001") if biases else len({*targets}) == 2
    return Impossible(targets, biases) if is_out and subject.config.hidden_size == 1 else None


def _solved(subject: Subject, _: Solved) -> Solved | None:
    epoch = solved_at(subject.config)
    return None if epoch is None else Solved(epoch)


def _too_slow(subject: Subject, _: TooSlow) -> TooSlow | None:
    epoch = first_right(subject.right, subject.config.epochs)
    return None if epoch is None else TooSlow(subject.config.epochs, epoch)


def _small_steps(subject: Subject, given: SmallSteps) -> SmallSteps:
    """The run with steps so many times smaller, at its end or at any state since it is solved."""
    config, small = subject.config, subject.smaller(given.factor)
    solved, state = first_right(small.right(config.targets), 0), -1
    if solved is not None:
        state = solved + int(np.abs(small.outputs[solved:] - given.outputs).sum(axis=1).argmin())
    rate, epochs = config.learning_rate / given.factor, config.epochs * given.factor
    assert epochs <= 200_000
    outputs = tuple(small.outputs[state].tolist())
    return SmallSteps(
        replace(config, learning_rate=rate, epochs=epochs), given.factor, solved, outputs
    )


def _rate_too_large(subject: Subject, given: RateTooLarge) -> RateTooLarge | None:
    losses, steps = subject.losses[: subject.config.epochs + 1], _small_steps(subject, given.steps)
    rises = (np.flatnonzero(np.diff(losses) > 1e-12 * losses[:-1]) + 1).tolist()
    if steps.solved_at is None:
        return None
    return RateTooLarge(steps, subject.config.epochs, len(rises), rises[-1] if rises else None)


def _stuck_anyhow(subject: Subject, given: StuckAnyhow) -> StuckAnyhow | None:
    steps = _small_steps(subject, given.steps)
    if steps.solved_at is not None:
        return None
    differ = np.abs(np.subtract(steps.outputs, subject.outputs)).max()
    return StuckAnyhow(steps, bool(differ < 0.01), _curvature(subject).terrain)


def _plateau(subject: Subject, _: Plateau) -> Plateau | None:
    outputs = subject.outputs
    if (np.abs(outputs - 0.5) >= 0.1).any():
        return None
    return Plateau(float(outputs.min()), float(outputs.max()), bool(subject.right[0].all()))


def _count(subject: Subject, _: Count) -> Count:
    targets = subject.config.targets
    wrong = [
        WrongOutput(ROW_NAMES[row], float(subject.outputs[row]), targets[row])
        for row in range(4)
        if not subject.right[0, row]
    ]
    return Count(tuple(wrong), _look(subject), subject.gradient, _curvature(subject))


def _look(subject: Subject) -> Look:
    epochs = subject.config.epochs
    rows = []
    for column in subject.right.T:
        changes = (epochs + 1 + np.flatnonzero(column[1:] != column[:-1])).tolist()
        first, last = (changes[0], changes[-1]) if changes else (None, None)
        rows.append(RowLook(len(changes), first, last, bool(column[-1])))
    solved = first_right(subject.right, epochs)
    return Look(epochs, subject.limit, tuple(rows), solved, _moves(subject))


def _moves(subject: Subject) -> float:
    """By what share the loss changes after the run's last state."""
    return float(subject.losses[-1] / subject.losses[subject.config.epochs] - 1)


def _curvature(subject: Subject) -> Curvature:
    """Directions by what they curve, however slightly down, and noticeably up."""
    values = subject.eigenvalues
    rounding = 1e-12 * max(1.0, float(np.abs(values).max()))
    least = max(rounding, 1 / (subject.config.learning_rate * subject.limit))
    down, far_down, up = (
        int((line > 0).sum()) for line in (-values - rounding, -values - least, values - least)
    )
    return Curvature(
        eigenvalues=tuple(values.tolist()),
        negative=far_down,
        flat=values.size - far_down - up,
        positive=up,
        least=least,
        slight=down - far_down,
        sharpness=float(subject.config.learning_rate * values[-1]),
        terrain=_terrain(subject, down, up),
    )


def _terrain(subject: Subject, down: int, up: int) -> Terrain:
    """A slope is too steep to rest on, and a saddle leads down; a valley and the flat do not."""
    config = subject.config
    distance = max(config.learning_rate * config.epochs, 5000)
    if distance * subject.gradient**2 > 0.01 * subject.losses[config.epochs]:
        return "slope"
    if down:
        return "saddle"
    if abs(_moves(subject)) > 0.01:
        return "slope"
    return "valley" if up else "flat"


def _oscillating(subject: Subject, _: Oscillating) -> Oscillating | None:
    epochs = subject.config.epochs
    count = min(epochs, max(10, epochs // 10))
    losses = subject.losses[epochs - count : epochs + 1]
    share = float((np.diff(losses) > 1e-12 * losses[:-1]).mean())
    sharpness = float(subject.config.learning_rate * subject.eigenvalues[-1])
    return Oscillating(share, count, sharpness) if share else None


def _hidden(subject: Subject) -> Array:
    size, flat = subject.config.hidden_size, subject.way.parameters[subject.config.epochs]
    biases = flat[3 * size : 4 * size] if subject.config.biases else 0.0
    inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-(inputs @ flat[: 2 * size].reshape(2, size) + biases)))


def _saturated(subject: Subject, _: SaturatedUnits) -> SaturatedUnits | None:
    biases, at_output = subject.config.biases, subject.outputs * (1 - subject.outputs)
    hidden = _hidden(subject)[0 if biases else 1 :]
    largest = (hidden * (1 - hidden)).max(axis=0).tolist()
    units = [(unit, value) for unit, value in enumerate(largest, start=1) if value < UNITS]
    rows = [
        (name, float(value))
        for name, value, is_right in zip(ROW_NAMES, at_output, subject.right[0], strict=True)
        if value < UNITS and not is_right
    ]
    return SaturatedUnits(tuple(units), tuple(rows), biases) if units or rows else None


def _duplicates(subject: Subject, _: DuplicateUnits) -> DuplicateUnits | None:
    hidden, left, groups = _hidden(subject), [*range(subject.config.hidden_size)], []
    while left:
        near = np.abs(hidden[:, left] - hidden[:, left[:1]]).max(axis=0) <= UNITS
        units = [unit for unit, is_near in zip(left, near, strict=True) if is_near]
        left = [unit for unit in left if unit not in units]
        if len(units) > 1:
            groups.append(_group(subject, hidden, units))
    return DuplicateUnits(tuple(groups)) if groups else None


def _group(subject: Subject, hidden: Array, units: list[int]) -> Group:
    size, flat = subject.config.hidden_size, subject.way.parameters[subject.config.epochs]
    columns = flat[: (4 if subject.config.biases else 3) * size].reshape(-1, size).T
    merged = hidden.copy()
    merged[:, units] = hidden[:, units[:1]]
    bias = flat[-1] if subject.config.biases else 0.0
    with np.errstate(over="ignore"):
        outputs = 1 / (1 + np.exp(-(merged @ flat[2 * size : 3 * size] + bias)))
    return Group(
        units=tuple(unit + 1 for unit in units),
        output_weights=tuple(flat[2 * size : 3 * size][units].tolist()),
        is_one=bool(np.abs(outputs - subject.outputs).max() <= UNITS),
        is_equal=len({columns[unit].tobytes() for unit in units}) == 1,
    )


EXPECTED: Final[dict[type, Callable[[Subject, Any], Finding | None]]] = {
    Impossible: _impossible,
    Solved: _solved,
    TooSlow: _too_slow,
    RateTooLarge: _rate_too_large,
    StuckAnyhow: _stuck_anyhow,
    Plateau: _plateau,
    Count: _count,
    Oscillating: _oscillating,
    SaturatedUnits: _saturated,
    DuplicateUnits: _duplicates,
}
"""How another loop comes to each kind of finding."""
