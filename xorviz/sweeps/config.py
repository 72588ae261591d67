"""SweepConfig: the settings of a sweep, and the runs that they make."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, Final

from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.fields import ConfigError
from xorviz.core.truth_table import GATES

MAX_NETWORKS: Final = 10_000_000


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
        for name, values in self.values.items():
            # A range is checked by its ends, as they bound its other values.
            for value in (values[0], values[-1]) if isinstance(values, range) else values:
                FIELDS[name].check(value)
        self.config(0)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Number of hidden sizes, learning rates and seeds."""
        return len(self.hidden_sizes), len(self.learning_rates), len(self.seeds)

    @property
    def count(self) -> int:
        """Number of networks."""
        return prod(self.shape)

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
        index = 0
        for value, values in zip(settings, swept, strict=True):
            if value not in values:
                return None
            index = index * len(values) + values.index(value)
        return index if self.config(index) == run else None

    def config(self, index: int) -> TrainConfig:
        """The run of one network."""
        size, rate, seed = self.setting(index)
        return TrainConfig(seed, rate, size, self.epochs, self.biases, self.targets)

    def configs(self, block: slice) -> list[TrainConfig]:
        """The runs of a block of networks."""
        return [self.config(index) for index in range(block.start, block.stop)]
