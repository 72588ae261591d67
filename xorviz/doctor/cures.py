"""Cures: what would have made an unsolved run succeed, each tried before it is offered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from math import log
from typing import Final

from xorviz.core.config import TrainConfig
from xorviz.core.impossible import proof
from xorviz.doctor.diagnosis import Diagnosis
from xorviz.sweeps.run import solved_from

RATES: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
SEEDS: Final = range(50)
MAX_UNITS: Final = 16
MAX_EPOCHS: Final = 50_000
"""What the page offers at most."""
AS_IT_WAS: Final = "the run as it was before it was changed on the way"

Change = tuple[str, Sequence[TrainConfig]]
"""What to call a kind of change, and the runs to try, the likeliest first."""


@dataclass(frozen=True)
class Cure:
    """A change that solves the table.

    Attributes
    ----------
    change
        What it is, in a few words.
    config
        The run with this change made. Edits are dropped, unless the change is more epochs.
    solved_from
        The first state from which all four predictions are right.
    """

    change: str
    config: TrainConfig
    solved_from: int


def cures_of(config: TrainConfig, diagnosis: Diagnosis) -> Iterator[Cure]:
    """Try several kinds of change, and yield of each the first run that solves the table.

    A run that was changed on the way and is solved without that needs no other settings,
    but more epochs, where they help. If nothing does, one more unit is tried with biases
    and other seeds.
    """
    if diagnosis.verdict.kind == "solved":
        return
    plain = replace(config, edits=())
    without = ", without the changes on the way" if config.edits else ""
    found = False
    for cure in _first_that_solve([(AS_IT_WAS, [plain])] if config.edits else []):
        found = True
        yield cure
    others = [] if found else list(_other_settings(plain, without))
    for cure in chain(_longer(config, diagnosis), _first_that_solve(others)):
        found = True
        yield cure
    if not found:
        larger = replace(_one_more_unit(plain), biases=True)
        change = "{hidden_size} hidden units, biases and seed {seed}" + without
        yield from _first_that_solve([(change, _seeds(larger))])


def _longer(config: TrainConfig, diagnosis: Diagnosis) -> Iterator[Cure]:
    """Train for more epochs, as few as help."""
    if any(finding.kind == "still improving" for finding in diagnosis.findings):
        tried = ([("{epochs:,} epochs", [longer])] for longer in _more_epochs(config))
        yield from islice(chain.from_iterable(map(_first_that_solve, tried)), 1)


def _other_settings(plain: TrainConfig, without: str) -> Iterator[Change]:
    """Changes of one setting, the likeliest first; their names end on what they leave out."""
    if proof(plain) is None:
        yield "learning rate {learning_rate:g}" + without, _rates(plain)
        yield "seed {seed}" + without, _seeds(plain)
    if not plain.biases:
        yield "biases" + without, [replace(plain, biases=True)]
    if plain.hidden_size < MAX_UNITS:
        yield "{hidden_size} hidden units" + without, [_one_more_unit(plain)]


def _more_epochs(config: TrainConfig) -> list[TrainConfig]:
    wanted = (min(times * config.epochs, MAX_EPOCHS) for times in (2, 5, 20))
    return [replace(config, epochs=epochs) for epochs in wanted if epochs > config.epochs]


def _rates(plain: TrainConfig) -> list[TrainConfig]:
    """Other learning rates, the nearest first."""
    rates = [rate for rate in RATES if rate != plain.learning_rate]
    rates.sort(key=lambda rate: abs(log(rate / plain.learning_rate)))
    return [replace(plain, learning_rate=rate) for rate in rates]


def _seeds(plain: TrainConfig) -> list[TrainConfig]:
    return [replace(plain, seed=seed) for seed in SEEDS if seed != plain.seed]


def _one_more_unit(plain: TrainConfig) -> TrainConfig:
    return replace(plain, hidden_size=min(plain.hidden_size + 1, MAX_UNITS))


def _first_that_solve(changes: Sequence[Change]) -> Iterator[Cure]:
    """Train the runs of several kinds of change side by side; yield the first solved of each."""
    solved = solved_from([config for _, candidates in changes for config in candidates])
    for change, candidates in changes:
        for candidate in islice((config for config in candidates if config in solved), 1):
            yield Cure(change.format(**vars(candidate)), candidate, solved[candidate])
