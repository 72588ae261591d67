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
"""Networks trained together at most: with more, NumPy's calls hardly get cheaper."""
SMALL_BLOCK: Final = 64
"""Fewer are hardly trained faster."""
SEEN_BLOCK: Final = 512
"""Networks at most in a block of a sweep that is watched."""
ROUND: Final = 0.1
"""Seconds, roughly, that a block is trained for before it can be stopped."""
WORKERS: Final = cpu_count() or 1


@dataclass(frozen=True)
class SweepConfig:
    """What is swept: each seed with each learning rate with each hidden size.

    Networks are counted with the seed running fastest, then the learning rate.

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
        """What is swept, by the setting's name."""
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
        """The index of the network whose run this is; None where it is not swept."""
        place = run.hidden_size, run.learning_rate, run.seed
        swept = self.hidden_sizes, self.learning_rates, self.seeds
        if not all(value in values for value, values in zip(place, swept, strict=True)):
            return None
        index = 0
        for value, values in zip(place, swept, strict=True):
            index = index * len(values) + values.index(value)
        return index if self.config(index) == run else None

    def config(self, index: int) -> TrainConfig:
        """The run of a network alone."""
        size, rate, seed = self.setting(index)
        return TrainConfig(seed, rate, size, self.epochs, self.biases, self.targets)

    def configs(self, block: slice) -> list[TrainConfig]:
        """The runs of some networks that follow each other."""
        return [self.config(index) for index in range(block.start, block.stop)]


def _check(name: str, values: Sequence[float]) -> None:
    # The ends of a range bound what is between them.
    for value in (values[0], values[-1]) if isinstance(values, range) else values:
        FIELDS[name].check(value)


class Results:
    """What became of each network, in the order of its `SweepConfig`; arrays of shape (N,).

    Attributes
    ----------
    config
        What was swept.
    mean_abs_error, half_squared_error
        Both losses of the final state.
    correct
        Right predictions of the final state.
    solved_at
        The first state from which all four predictions were and stayed right; -1
        where the final state's are not.
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
        """How many networks are trained."""
        return int((self.verdict >= 0).sum())

    @property
    def is_whole(self) -> bool:
        """Whether all are."""
        return self.trained == self.config.count

    def take(self, block: slice, trial: Trial) -> None:
        """Take over a block of networks that is trained."""
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
        Of what is to be swept; empty ones, or those of a sweep that was stopped.
    pool
        Whose processes train; the shared ones if none.
    soon
        Whether somebody watches. Results then come soon and bit by bit, and all takes longer.

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
            # A page asks only now and then: one block more keeps the processes busy in between,
            # once there is something to see.
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
    """Part the networks into blocks of one hidden size."""
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
    """How many epochs a batch is trained for in about `ROUND`."""
    networks = len(batch.learning_rates)
    return int(ROUND / epoch_seconds(batch.hidden_size, batch.biases, networks))
