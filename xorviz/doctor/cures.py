"""Cures: what would have made an unsolved run succeed, each tried before it is offered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from math import log
from typing import Final

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.impossible import proof
from xorviz.core.recording import record
from xorviz.core.verdict import KINDS, judge
from xorviz.doctor.diagnosis import Diagnosis
from xorviz.sweeps.run import Results, SweepConfig, sweep

RATES: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
SEEDS: Final = range(50)
MAX_UNITS: Final = 16
MAX_EPOCHS: Final = 50_000
"""What the page offers at most."""
TRIALS: Final = 3
"""Runs of each kind of change that are trained alone, at most."""
AS_IT_WAS: Final = "the run as it was before it was changed on the way"

Change = tuple[str, Iterable[TrainConfig]]
"""What to call a kind of change, and the runs to try, the likeliest first."""


@dataclass(frozen=True)
class Cure:
    """A change that solves the table.

    Attributes
    ----------
    change
        What it is, in a few words.
    config
        The settings with it; but where it is more epochs, weights typed over and forks are
        left out.
    solved_from
        The first state from which all four predictions are right.
    """

    change: str
    config: TrainConfig
    solved_from: int


def cures_of(config: TrainConfig, diagnosis: Diagnosis) -> Iterator[Cure]:
    """Try one kind of change after the other, and yield of each the first that solves the table.

    A run that was changed on the way and is solved without that needs no other settings,
    but more epochs, where they help. If nothing does, one more unit is tried with biases
    and other seeds. Whatever a sweep finds is trained once more alone, as the page will: at
    a large rate the two may end otherwise.
    """
    if diagnosis.verdict.kind == "solved":
        return
    plain, found = replace(config, edits=()), False
    without = ", without the changes on the way" if config.edits else ""
    if config.edits and (cure := _first_that_solves(AS_IT_WAS, [plain])):
        found = True
        yield cure
    others = [] if found else _other_settings(plain, without)
    for change, candidates in chain(_longer(config, diagnosis), others):
        if cure := _first_that_solves(change, candidates):
            found = True
            yield cure
    if not found:
        larger = replace(_one_more_unit(plain), biases=True)
        change = "{hidden_size} hidden units, biases and seed {seed}"
        if cure := _first_that_solves(change + without, _seeds(larger)):
            yield cure


def _longer(config: TrainConfig, diagnosis: Diagnosis) -> Iterator[Change]:
    if any(finding.kind == "still improving" for finding in diagnosis.findings):
        yield "{epochs:,} epochs", _more_epochs(config)


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


def _rates(plain: TrainConfig) -> Iterator[TrainConfig]:
    """Other learning rates, the nearest first."""
    rates = [rate for rate in RATES if rate != plain.learning_rate]
    rates.sort(key=lambda rate: abs(log(rate / plain.learning_rate)))
    return _solved(plain, learning_rates=tuple(rates))


def _seeds(plain: TrainConfig) -> Iterator[TrainConfig]:
    return _solved(plain, seeds=[seed for seed in SEEDS if seed != plain.seed])


def _one_more_unit(plain: TrainConfig) -> TrainConfig:
    return replace(plain, hidden_size=min(plain.hidden_size + 1, MAX_UNITS))


def _solved(
    run: TrainConfig, seeds: Sequence[int] = (), learning_rates: Sequence[float] = ()
) -> Iterator[TrainConfig]:
    """Sweep other seeds or rates, and yield the runs that are solved."""
    config = SweepConfig(
        seeds or (run.seed,),
        learning_rates or (run.learning_rate,),
        (run.hidden_size,),
        run.epochs,
        run.biases,
        run.targets,
    )
    results = Results(config)
    for _ in sweep(results):
        pass
    for index in np.flatnonzero(results.verdict == KINDS.index("solved")):
        yield config.config(int(index))


def _first_that_solves(change: str, candidates: Iterable[TrainConfig]) -> Cure | None:
    """Train a few of these runs alone, until one is solved."""
    for candidate in islice(candidates, TRIALS):
        verdict = judge(record(candidate))
        if verdict.kind == "solved" and verdict.epoch is not None:
            return Cure(change.format(**vars(candidate)), candidate, verdict.epoch)
    return None
