"""Evidence in words: a row for each number, with its name and its meaning."""

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from xorviz.core.numbers import NOT_FINITE
from xorviz.core.truth_table import ROW_NAMES
from xorviz.doctor.evidence import Evidence
from xorviz.doctor.hessian import Curvature


class Row(NamedTuple):
    """A number or a few words, with a name and a sentence about the meaning."""

    name: str
    value: float | str
    meaning: str


TERMS: Final = {
    "σ′, the derivative": "How much a unit's activation changes with its weighted sum: 0.25 at "
    "most, and near 0 where the curve σ is flat. There the unit is saturated.",
    "Gradient": "How much the loss E changes with each weight. Training goes against it, and "
    "rests where it is 0.",
    "Hessian": "How much the gradient itself changes with each weight: so it tells how the loss "
    "curves.",
    "Eigenvalue": "How strongly the loss curves along one direction: up where it is positive, "
    "down where it is negative.",
    "Terrain": "A slope leads down. In a valley the loss curves up along every direction that "
    "counts, on a saddle up along some and down along others, on flat ground along none.",
}
"""Terms that the evidence and the findings use, each with what it means."""


def evidence_rows(evidence: Evidence) -> list[Row]:
    """Write a run's evidence; a number that is not finite in words."""
    return [
        row if isinstance(row.value, str) or math.isfinite(row.value) else _not_finite(row)
        for row in (*_loss_rows(evidence), *_terrain_rows(evidence), *_derivative_rows(evidence))
    ]


def _not_finite(row: Row) -> Row:
    return row._replace(value=NOT_FINITE)


def _loss_rows(evidence: Evidence) -> Iterator[Row]:
    trend = evidence.trend
    yield Row(
        "Mean |error|",
        evidence.mean_abs_error,
        "0 when every prediction is its target, 0.5 when every one is 0.5.",
    )
    yield Row(
        "½ Σ error²",
        evidence.half_squared_error,
        "The loss E, which training lowers. Below 0.125 all four predictions must be right.",
    )
    yield Row(
        "Trend",
        trend.change,
        f"Relative change of the loss over the last updates, {trend.updates:,} in all.",
    )
    yield Row(
        "Rises",
        trend.rises,
        "Share of these updates at which the loss rose: 0 when the rate is small.",
    )


def _terrain_rows(evidence: Evidence) -> Iterator[Row]:
    curve = evidence.curvature
    yield Row(
        "Gradient", evidence.gradient, "Length of the gradient: 0 where nothing moves any more."
    )
    yield Row(
        "Sharpness",
        curve.sharpness,
        "Learning rate × largest eigenvalue of the Hessian: above 2, steps overshoot ever farther.",
    )
    yield Row(
        "Curvature",
        _directions(curve),
        "Directions along which the loss curves; flat: too slightly to matter within "
        f"{evidence.epochs:,} epochs.",
    )
    yield Row(
        "Terrain",
        curve.terrain,
        "The kind of terrain on which the last state lies, by its gradient and its curvature.",
    )


def _directions(curve: Curvature) -> str:
    if not curve.eigenvalues:
        return NOT_FINITE
    return f"{curve.negative} down, {curve.flat} flat, {curve.positive} up"


def _derivative_rows(evidence: Evidence) -> Iterator[Row]:
    hidden = [
        f"h{unit} {low:.2g} to {high:.2g}" for unit, (low, high) in enumerate(evidence.hidden, 1)
    ]
    output = [f"{row} {value:.2g}" for row, value in zip(ROW_NAMES, evidence.output, strict=True)]
    yield Row(
        "Derivatives",
        _if_finite(hidden, sum(evidence.hidden, ())),
        "Smallest and largest σ′ of each hidden unit over the inputs that reach its weights: 0.25 "
        "at most.",
    )
    yield Row(
        "Output derivatives",
        _if_finite(output, evidence.output),
        "σ′ of ŷ on each input: where it is near 0, hardly any error comes back.",
    )


def _if_finite(texts: Sequence[str], values: Sequence[float]) -> str:
    return ", ".join(texts) if all(map(math.isfinite, values)) else NOT_FINITE
