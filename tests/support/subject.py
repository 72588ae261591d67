"""Subjects of the doctor: runs drawn at random, and what another loop makes of them."""

from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Final

import numpy as np

from tests.support import automatic
from tests.support.loop import Way, walk
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array

LIMIT: Final = 50_000
"""The most epochs that the page offers."""


def drawn(count: int, seed: int = 2026) -> list[TrainConfig]:
    """Draw runs that are not solved: seeds 0-999, rates 0.01-10, 1-6 units, every table."""
    generator = np.random.default_rng(seed)
    runs: list[TrainConfig] = []
    while len(runs) < count:
        run = random_run(generator)
        if not walk(run, run.epochs).right(run.targets)[-1].all():
            runs.append(run)
    return runs


def random_run(generator: np.random.Generator) -> TrainConfig:
    """Draw a run: seeds 0-999, rates 0.01-10, 1-6 units, 100-10,000 epochs, every table."""
    return TrainConfig(
        seed=int(generator.integers(1000)),
        learning_rate=float(f"{10 ** generator.uniform(-2, 1):.3g}"),
        hidden_size=int(generator.integers(1, 7)),
        epochs=round(10 ** generator.uniform(2, 4)),
        biases=bool(generator.integers(2)),
        targets="".join(map(str, generator.integers(0, 2, 4))),
    )


@dataclass(frozen=True)
class Subject:
    """A run, and what another loop makes of it up to an epoch."""

    config: TrainConfig
    limit: int = LIMIT

    @cached_property
    def way(self) -> Way:
        """The run, trained on to the limit."""
        return walk(self.config, self.limit, self.config.epochs)

    @cached_property
    def right(self) -> Array:
        """Which predictions are right, from the run's last state on."""
        return self.way.right(self.config.targets)[self.config.epochs :]

    @cached_property
    def losses(self) -> Array:
        """½ Σ error² of every state."""
        return self.way.losses(self.config.targets)

    @property
    def outputs(self) -> Array:
        """The outputs of the run's last state."""
        return self.way.outputs[self.config.epochs]

    @cached_property
    def eigenvalues(self) -> Array:
        """Those of the Hessian by automatic differentiation."""
        flat = self.way.parameters[self.config.epochs]
        matrix = automatic.hessian(
            flat, self.config.hidden_size, self.config.biases, self.config.targets
        )
        return np.linalg.eigvalsh(matrix)

    @cached_property
    def gradient(self) -> float:
        """Length of the gradient by automatic differentiation."""
        flat = self.way.parameters[self.config.epochs]
        size, biases, targets = self.config.hidden_size, self.config.biases, self.config.targets
        return float(np.linalg.norm(automatic.gradient(flat, size, biases, targets)))

    @cache  # noqa: B019 - a subject lives as long as its test
    def smaller(self, factor: int) -> Way:
        """The same start with smaller steps over the same distance."""
        rate, epochs = self.config.learning_rate / factor, self.config.epochs * factor
        return walk(replace(self.config, learning_rate=rate), epochs)


def solved_at(config: TrainConfig) -> int | None:
    """From which state on another loop has all four predictions right."""
    return first_right(walk(config, config.epochs).right(config.targets), 0)


def first_right(right: Array, start: int) -> int | None:
    """The first of these states, counted from `start`, from which all are right."""
    wrong = np.flatnonzero(~right.all(axis=1))
    if not right[-1].all():
        return None
    return start + (int(wrong[-1]) + 1 if wrong.size else 0)
