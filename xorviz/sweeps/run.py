"""Sweep: every combination of seeds, learning rates and hidden sizes, trained."""

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass
from os import cpu_count
from typing import Any, Final

import numpy as np

from xorviz.core.batch import Batch
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.fields import ConfigError
from xorviz.core.impossible import is_impossible
from xorviz.core.loss import half_squared_error, mean_abs_error
from xorviz.core.truth_table import GATES, right, target_column
from xorviz.core.verdict import classify
from xorviz.pool.pool import Pool, shared_pool
from xorviz.pool.ticket import Ticket
from xorviz.pool.work import Urgency, Work
from xorviz.sweeps.cost import epoch_seconds
from xorviz.sweeps.trial import Trial, advance

MAX_NETWORKS: Final = 10_000_000
BLOCK: Final = 2048
"""The most networks trained together: with more, NumPy's calls hardly get cheaper."""
SMALL_BLOCK: Final = 64
"""The fewest networks trained together: fewer are hardly trained faster."""
SEEN_BLOCK: Final = 512
"""The most networks trained together in a sweep that a reader watches."""
ROUND: Final = 0.1
"""Seconds, roughly, that a block is trained before it can be stopped."""
WORKERS: Final = cpu_count() or 1


@dataclass(frozen=True)
class SweepConfig:
    """The settings of a sweep: every seed with every learning rate and every hidden size.

    The index of a network counts the seeds first, then the learning rates, then the sizes.

    Raises
    ------
    ConfigError
        Where a value is out of bounds, or there are too many networks.
    """

    seeds: Sequence[int]
    learning_rates: Sequence[float]
    hidden_sizes: Sequence[int]
    epochs: int = TrainConfig.epochs
    biases: bool = False
    targets: str = GATES["XOR"]

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MAX_NETWORKS:
            most = f"from 1 to {MAX_NETWORKS:,}"
            raise ConfigError("The number of networks", most, f"{self.count:,}")
        _check("seed", self.seeds)
        _check("learning_rate", self.learning_rates)
        _check("hidden_size", self.hidden_sizes)
        self.config(0)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Number of hidden sizes, learning rates and seeds."""
        return len(self.hidden_sizes), len(self.learning_rates), len(self.seeds)

    @property
    def count(self) -> int:
        """Number of networks."""
        sizes, rates, seeds = self.shape
        return sizes * rates * seeds

    @property
    def values(self) -> dict[str, Sequence[Any]]:
        """The values of each swept setting, by its name."""
        return {
            "seed": self.seeds,
            "learning_rate": self.learning_rates,
            "hidden_size": self.hidden_sizes,
        }

    def setting(self, index: int) -> tuple[int, float, int]:
        """Hidden size, learning rate and seed of a network."""
        rest, seed = divmod(index, len(self.seeds))
        size, rate = divmod(rest, len(self.learning_rates))
        return self.hidden_sizes[size], self.learning_rates[rate], self.seeds[seed]

    def index(self, run: TrainConfig) -> int | None:
        """The index of the network with this run; None if it is not in the sweep."""
        settings = run.hidden_size, run.learning_rate, run.seed
        swept = self.hidden_sizes, self.learning_rates, self.seeds
        if not all(value in values for value, values in zip(settings, swept, strict=True)):
            return None
        index = 0
        for value, values in zip(settings, swept, strict=True):
            index = index * len(values) + values.index(value)
        return index if self.config(index) == run else None

    def config(self, index: int) -> TrainConfig:
        """The run of one network."""
        size, rate, seed = self.setting(index)
        return TrainConfig(seed, rate, size, self.epochs, self.biases, self.targets)

    def configs(self, block: slice) -> list[TrainConfig]:
        """The runs of a block of networks."""
        return [self.config(index) for index in range(block.start, block.stop)]


def _check(name: str, values: Sequence[float]) -> None:
    # A range is checked by its ends, as they bound its other values.
    for value in (values[0], values[-1]) if isinstance(values, range) else values:
        FIELDS[name].check(value)


class Results:
    """How each network of a sweep ended, in the order of its indices; arrays of shape (N,).

    Attributes
    ----------
    config
        The settings of the sweep.
    mean_abs_error, half_squared_error
        Mean absolute error, and loss, of the final state.
    correct
        Number of right predictions of the final state.
    solved_at
        The first state from which all four predictions are right to the end; -1 for a
        network that is not solved.
    verdict
        Index into `verdict.KINDS`; -1 for a network that is not trained yet.
    """

    def __init__(self, config: SweepConfig) -> None:
        self.config = config
        self.mean_abs_error = np.full(config.count, np.nan)
        self.half_squared_error = np.full(config.count, np.nan)
        self.correct = np.zeros(config.count, np.int8)
        self.solved_at = np.full(config.count, -1, np.int32)
        self.verdict = np.full(config.count, -1, np.int8)

    @property
    def trained(self) -> int:
        """The number of networks that are trained."""
        return int((self.verdict >= 0).sum())

    @property
    def is_whole(self) -> bool:
        """Whether all networks are trained."""
        return self.trained == self.config.count

    def take(self, block: slice, trial: Trial) -> None:
        """Enter the results of a block of trained networks."""
        predictions, targets = trial.predict(), target_column(self.config.targets)
        self.mean_abs_error[block] = mean_abs_error(predictions, targets, rows=0)
        self.half_squared_error[block] = half_squared_error(predictions, targets, rows=0)
        self.correct[block] = right(predictions, targets).sum(axis=0)
        self.solved_at[block] = trial.solved_at()
        possible = not is_impossible(self.config.config(block.start))
        self.verdict[block] = classify(predictions, targets, ~trial.batch.overflowed, possible)


def sweep(results: Results, pool: Pool | None = None, soon: bool = False) -> Iterator[float]:
    """Train all networks that are not trained yet, and fill in each block's results at once.

    Parameters
    ----------
    results
        The results to complete: empty ones, or those of a sweep that was stopped.
    pool
        The pool that trains; the shared one if none is given.
    soon
        Whether a reader watches. Results then come sooner, and the whole takes longer.

    Yields
    ------
    The share of the training that is done, from 0 to 1, about ten times a second. Stop
    iterating to stop the sweep. Every result written so far is complete.
    """
    pool, config = pool or shared_pool(), results.config
    waiting = [block for block in _blocks(config.shape, soon) if (results.verdict[block] < 0).any()]
    missing = sum(block.stop - block.start for block in waiting)
    trained, total = (config.count - missing) * config.epochs, config.count * config.epochs
    running: dict[Ticket, tuple[slice, int]] = {}

    def go_on(trial: Trial, block: slice) -> None:
        epochs = min(_affordable(trial.batch), config.epochs - trial.batch.epoch)
        running[pool.ask(Work(advance, (trial, epochs), Urgency.LATER))] = block, epochs

    try:
        while waiting or running:
            # A page asks only now and then. So once it has results to show, one block more keeps
            # the processes busy in between.
            while waiting and len(running) < pool.size + (soon and results.trained > 0):
                block = waiting.pop(0)
                go_on(Trial(config.configs(block)), block)
            wait([ticket.future for ticket in running], ROUND, FIRST_COMPLETED)
            for ticket in [ticket for ticket in running if ticket.future.done()]:
                (block, epochs), trial = running.pop(ticket), ticket.future.result()
                trained += epochs * (block.stop - block.start)
                if trial.batch.epoch < config.epochs:
                    go_on(trial, block)
                else:
                    results.take(block, trial)
            yield trained / total
    finally:
        for ticket in running:
            ticket.give_up()


def _blocks(shape: tuple[int, int, int], soon: bool) -> Iterator[slice]:
    """Divide the networks into blocks of one hidden size."""
    sizes, of_a_size = shape[0], shape[1] * shape[2]
    most = SEEN_BLOCK if soon else BLOCK
    length = min(most, max(SMALL_BLOCK, -(-sizes * of_a_size // WORKERS)))
    small = WORKERS if soon else 0
    for start in range(0, sizes * of_a_size, of_a_size):
        first, stop = start, start + of_a_size
        while first < stop:
            size = SMALL_BLOCK if small > 0 else length
            yield slice(first, min(first + size, stop))
            first, small = first + size, small - 1


def _affordable(batch: Batch) -> int:
    """The number of epochs that train a batch for about `ROUND`."""
    networks = len(batch.learning_rates)
    return int(ROUND / epoch_seconds(batch.hidden_size, batch.biases, networks))
