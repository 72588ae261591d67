"""Rows: the results of a sweep as text, and the share of its networks that are solved."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from xorviz.core.numbers import csv_text
from xorviz.core.verdict import KINDS
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Ends, Results

COLUMNS: Final = (
    "seed",
    "learning_rate",
    "hidden_size",
    "epochs",
    "mean_abs_error",
    "half_squared_error",
    "correct",
    "solved_at",
    "verdict",
)
Z_95: Final = 1.959963984540054
"""Standard deviations of a normal distribution that hold 95 % of it."""


@dataclass(frozen=True)
class Share:
    """The number of networks that solved the truth table, among all of some networks."""

    solved: int
    total: int

    @property
    def value(self) -> float:
        """The share; NaN without networks."""
        return self.solved / self.total if self.total else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Bounds of the share of all such networks, with 95 % confidence.

        With the share p of n networks solved, and z standard deviations, a share q is within
        the bounds if it differs from p by at most z √(q (1 - q) / n)::

            (p + z²/2n ± z √(p (1 - p) / n + z²/4n²)) / (1 + z²/n)

        Source: Wilson, "Probable inference, the law of succession, and statistical
        inference", Journal of the American Statistical Association 22 (1927).
        """
        if not self.total:
            return 0.0, 1.0
        p, n, z2 = self.value, self.total, Z_95**2
        centre, scale = p + z2 / (2 * n), 1 + z2 / n
        half = Z_95 * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        # For a share of none or all one bound is exact: rounding must not change it.
        low = (centre - half) / scale if self.solved else 0.0
        high = (centre + half) / scale if self.solved < self.total else 1.0
        return low, high

    def __str__(self) -> str:
        return self._with("")

    @property
    def of_seeds(self) -> str:
        """The same with the interval, for networks that differ by their seeds alone."""
        low, high = self.interval
        return self._with(f"; 95 % interval {low:.1%} to {high:.1%}")

    def _with(self, more: str) -> str:
        if not self.total:
            return "none trained"
        return f"{self.solved:,} of {self.total:,} solved ({self.value:.1%}{more})"


def share(results: Results, networks: slice) -> Share:
    """The solved share of the trained networks of a block."""
    verdict = results.verdict[networks]
    solved, total = verdict == KINDS.index("solved"), verdict >= 0
    return Share(int(solved.sum()), int(total.sum()))


def summary(results: Results) -> Iterator[str]:
    """Write a line about each hidden size with each learning rate."""
    config, seeds = results.config, len(results.config.seeds)
    starts = range(0, config.count, seeds)
    return lines(config, (share(results, slice(start, start + seeds)) for start in starts))


def lines(config: SweepConfig, shares: Iterable[Share]) -> Iterator[str]:
    """Write a line about the share of each hidden size with each learning rate."""
    for group, solved in enumerate(shares):
        size, rate, _ = config.setting(group * len(config.seeds))
        yield f"hidden size {size}, learning rate {rate:g}: {solved.of_seeds}"


def rows(config: SweepConfig, indices: Iterable[int], ends: Ends) -> Iterator[tuple[object, ...]]:
    """List how networks ended by `COLUMNS`; `solved_at` is None where one is not solved."""
    for index, mean, half, correct, solved_at, verdict in zip(
        indices, *(array.tolist() for array in ends), strict=True
    ):
        size, rate, seed = config.setting(index)
        solved = solved_at if solved_at >= 0 else None
        yield seed, rate, size, config.base.epochs, mean, half, correct, solved, KINDS[verdict]


def outcome(results: Results, index: int) -> str:
    """Write the result of a network in a line."""
    size, rate, seed = results.config.setting(index)
    verdict, solved_at = KINDS[results.verdict[index]], results.solved_at.item(index)
    since = f" from epoch {solved_at:,}" if solved_at >= 0 else ""
    return (
        f"seed {seed}, rate {rate:g}, {size} hidden: {verdict}{since}, "
        f"mean |error| {results.mean_abs_error.item(index):.4g}"
    )


def as_csv(results: Results) -> str:
    """Write all trained networks as one text."""
    trained = np.flatnonzero(results.verdict >= 0)
    return csv_text([COLUMNS, *rows(results.config, trained.tolist(), results.at(trained))])
