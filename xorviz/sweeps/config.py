"""SweepConfig: the settings of a sweep, and the runs that they make."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any, Final

from xorviz.core.config import FIELDS, SWEPT, TrainConfig
from xorviz.core.fields import ConfigError

MAX_NETWORKS: Final = 100_000_000
SHARED: Final = tuple(name for name in FIELDS if name not in (*SWEPT, "edits", "mistake"))
"""The settings that all networks of a sweep have in common."""


@dataclass(frozen=True)
class SweepConfig:
    """The settings of a sweep: every seed with every learning rate and every hidden size.

    The index of a network counts the seeds first, then the learning rates, then the sizes.

    Attributes
    ----------
    base
        The run that gives all networks their other settings. Its edits, mistake and swept
        settings don't count, and are replaced: equal sweeps are equal configs.
    seeds, learning_rates, hidden_sizes
        The values of each swept setting, in the order of `SWEPT`.

    Raises
    ------
    ConfigError
        Where a value is out of bounds, or there are too many networks.
    """

    base: TrainConfig
    seeds: Sequence[int]
    learning_rates: Sequence[float]
    hidden_sizes: Sequence[int]

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MAX_NETWORKS:
            most = f"from 1 to {MAX_NETWORKS:,}"
            raise ConfigError("The number of networks", most, f"{self.count:,}")
        for name, values in self.values.items():
            # A range is checked by its ends, as they bound its other values.
            for value in (values[0], values[-1]) if isinstance(values, range) else values:
                FIELDS[name].check(value)
        first = {name: values[0] for name, values in self.values.items()}
        object.__setattr__(self, "base", replace(self.base, **first, edits=(), mistake=""))

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
        values = self.seeds, self.learning_rates, self.hidden_sizes
        return dict(zip(SWEPT, values, strict=True))

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
        return replace(self.base, seed=seed, learning_rate=rate, hidden_size=size)

    def configs(self, block: slice) -> list[TrainConfig]:
        """The runs of a block of networks."""
        return [self.config(index) for index in range(block.start, block.stop)]
