"""Rows: the results of a sweep as text, and the share of its networks that are solved."""

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Final

import numpy as np

from xorviz.core.numbers import csv_text
from xorviz.core.verdict import KINDS
from xorviz.sweeps.results import Results

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
    config = results.config
    seeds = len(config.seeds)
    for first in range(0, config.count, seeds):
        size, rate, _ = config.setting(first)
        solved = share(results, slice(first, first + seeds))
        yield f"hidden size {size}, learning rate {rate:g}: {solved.of_seeds}"


def row(results: Results, index: int) -> tuple[object, ...]:
    """List the result of a network by `COLUMNS`; `solved_at` is empty if it is not solved."""
    size, rate, seed = results.config.setting(index)
    solved_at = int(results.solved_at[index])
    return (
        seed,
        rate,
        size,
        results.config.base.epochs,
        float(results.mean_abs_error[index]),
        float(results.half_squared_error[index]),
        int(results.correct[index]),
        solved_at if solved_at >= 0 else "",
        KINDS[results.verdict[index]],
    )


def outcome(results: Results, index: int) -> str:
    """Write the result of a network in a line."""
    size, rate, seed = results.config.setting(index)
    verdict, solved_at = KINDS[results.verdict[index]], results.solved_at.item(index)
    since = f" from epoch {solved_at:,}" if solved_at >= 0 else ""
    return (
        f"seed {seed}, rate {rate:g}, {size} hidden: {verdict}{since}, "
        f"mean |error| {results.mean_abs_error.item(index):.4g}"
    )


class RowWriter:
    """Writes the rows of a sweep into a CSV file, in the order of its networks."""

    def __init__(self, results: Results, file: IO[str]) -> None:
        self._results, self._file = results, file
        self._writer = csv.writer(file, lineterminator="\n")
        self._writer.writerow(COLUMNS)
        self._next = 0

    def write_next(self) -> None:
        """Write the next trained networks, up to the first that is not trained."""
        missing = np.flatnonzero(self._results.verdict[self._next :] < 0)
        stop = self._next + missing[0] if missing.size else self._results.config.count
        self._write(range(self._next, stop))
        self._next = int(stop)

    def write_rest(self) -> None:
        """Write all further trained networks, and skip the others."""
        rest = self._next + np.flatnonzero(self._results.verdict[self._next :] >= 0)
        self._write(rest.tolist())
        self._next = self._results.config.count

    def _write(self, indices: Iterable[int]) -> None:
        self._writer.writerows(row(self._results, index) for index in indices)
        self._file.flush()


def as_csv(results: Results) -> str:
    """Write all trained networks as one text."""
    trained = np.flatnonzero(results.verdict >= 0).tolist()
    return csv_text([COLUMNS, *(row(results, index) for index in trained)])
