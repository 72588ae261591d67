"""Protocol: how a program is run, and how its states become an `Observed`."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import takewhile
from typing import Any, Protocol

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import parameter_names
from xorviz.core.network import Array, initial_parameters
from xorviz.core.observed import Observed

State = tuple[Any, ...]
"""Weights (2, H) and (H, 1), and with biases (H,) and (1,): arrays, or nested lists."""


class Train(Protocol):
    """A program: yields copies of its initial weights, and of its weights after each update.

    `wrong` names the mistakes that are put into it.
    """

    def __call__(
        self,
        seed: int,
        learning_rate: float,
        hidden_size: int,
        epochs: int,
        biases: bool,
        wrong: AbstractSet[str] = frozenset(),
    ) -> Iterator[State]: ...


def states(train: Train, config: TrainConfig, wrong: AbstractSet[str] = frozenset()) -> Array:
    """Run a program, up to its last finite state: the flat parameters of each, shape (N + 1, P)."""
    with np.errstate(all="ignore"):
        run = train(
            config.seed,
            config.learning_rate,
            config.hidden_size,
            config.epochs,
            config.biases,
            wrong,
        )
        flat = (np.concatenate([np.ravel(np.asarray(part, float)) for part in s]) for s in run)
        return np.array(list(takewhile(lambda state: np.isfinite(state).all(), flat)))


def observed(
    parameters: Array,
    config: TrainConfig,
    epochs: Sequence[int] | None = None,
    decimals: int | None = None,
) -> Observed:
    """What is known of a run: all its states, or those of `epochs`, perhaps rounded.

    Initial weights other than those of the seed are edits. State 0 is not rounded.
    """
    kept = np.arange(len(parameters)) if epochs is None else np.array([0, *epochs])
    known = parameters[kept]
    resolution = 0.0
    if decimals is not None:
        known[1:] = np.round(known[1:], decimals)
        resolution = 0.5 * 10.0**-decimals
    settings = vars(config) | {"epochs": int(kept[-1]), "edits": _start(parameters[0], config)}
    return Observed(TrainConfig(**settings), kept.astype(np.int64), known, resolution)


def _start(parameters: Array, config: TrainConfig) -> Iterable[Edit]:
    drawn = initial_parameters(config.seed, config.hidden_size, config.biases)
    names = parameter_names(config.hidden_size, config.biases)
    return tuple(
        Edit(0, name, value)
        for name, value, seeds in zip(names, parameters, drawn, strict=True)
        if value != seeds
    )
