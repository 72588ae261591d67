"""Evidence in words: a row for each number, with its name and its meaning."""

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from xorviz.core.numbers import NOT_FINITE, with_minus
from xorviz.core.truth_table import ROW_NAMES
from xorviz.doctor.evidence import Evidence
from xorviz.doctor.hessian import Curvature


class Row(NamedTuple):
    """A number or a few words, with a name and a sentence about the meaning."""

    name: str
    value: float | str
    meaning: str


TERMS: Final = {
    "σ′, the derivative of the sigmoid σ": "How much a unit's activation changes when its sum "
    "changes: at most 0.25, and near 0 where the sigmoid is flat. There the unit is saturated.",
    "Gradient": "How much the loss E changes when each weight changes. An update goes the other "
    "way, to make the loss smaller.",
    "Hessian": "How much the gradient changes when each weight changes: it tells how the loss "
    "bends.",
    "Direction": "A way of changing all weights together. There are as many as weights and biases.",
    "Eigenvalue": "How strongly the loss bends in one direction: up where it is positive, down "
    "where it is negative.",
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
        "Mean distance of the predictions from their targets: 0 when each is its target, 0.5 when "
        "each is 0.5.",
    )
    yield Row(
        "½ Σ error²",
        evidence.half_squared_error,
        "The loss E, which the updates make smaller. When it is below 0.125, all four predictions "
        "are certain to be right.",
    )
    yield Row(
        "Trend",
        trend.change,
        f"How much the loss changed over the last updates, {trend.updates:,} in all: −0.1 means "
        "10 % lower.",
    )
    yield Row(
        "Rises",
        trend.rises,
        "Share of these updates that made the loss larger. A small learning rate gives 0.",
    )


def _terrain_rows(evidence: Evidence) -> Iterator[Row]:
    curve = evidence.curvature
    yield Row(
        "Gradient",
        evidence.gradient,
        "Its length: how strongly the loss still pulls at all weights together. "
        "At 0 they no longer change.",
    )
    yield Row(
        "Sharpness",
        curve.sharpness,
        "How steeply the loss bends (the Hessian's largest eigenvalue), times the learning rate. "
        "Above 2, each update lands farther from the lowest point than the one before.",
    )
    yield Row(
        "Curvature",
        _directions(curve),
        "In how many directions the loss bends down or up. Flat: it bends too little to matter "
        f"within {evidence.epochs:,} epochs.",
    )
    yield Row(
        "Terrain",
        curve.terrain,
        "Slope: the loss still falls. Valley: it rises all around. Saddle: it falls on some sides. "
        "Flat: it hardly changes.",
    )


def _directions(curve: Curvature) -> str:
    if not curve.eigenvalues:
        return NOT_FINITE
    return f"{curve.negative} down, {curve.flat} flat, {curve.positive} up"


def _derivative_rows(evidence: Evidence) -> Iterator[Row]:
    hidden = [
        with_minus(f"h{unit} {low:.2g} to {high:.2g}")
        for unit, (low, high) in enumerate(evidence.hidden, 1)
    ]
    output = [
        with_minus(f"{row} {value:.2g}")
        for row, value in zip(ROW_NAMES, evidence.output, strict=True)
    ]
    yield Row(
        "Derivatives",
        _if_finite(hidden, sum(evidence.hidden, ())),
        "The sigmoid's derivative, h·(1 − h), at each hidden unit: smallest and largest over the "
        "inputs that reach its weights. At most 0.25; near 0 the unit hardly learns.",
    )
    yield Row(
        "Output derivatives",
        _if_finite(output, evidence.output),
        "The same at the output, ŷ·(1 − ŷ), for each input: near 0, hardly any of the error goes "
        "back to the weights.",
    )


def _if_finite(texts: Sequence[str], values: Sequence[float]) -> str:
    return with_minus(", ".join(texts)) if all(map(math.isfinite, values)) else NOT_FINITE
