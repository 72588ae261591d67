"""Cures: changes with which an unsolved run succeeds, each tried before it is offered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, starmap
from math import log
from typing import Final

from xorviz.core.config import TrainConfig
from xorviz.core.impossible import is_impossible
from xorviz.doctor.diagnosis import Diagnosis
from xorviz.doctor.look import MOST_EPOCHS
from xorviz.settings.link import limits
from xorviz.sweeps.solving import Solving, Wait, result

RATES: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
SEEDS: Final = range(50)
MIN_EPOCHS: Final = int(limits("epochs").low)
MAX_UNITS: Final = int(limits("hidden_size").high)

Runs = Sequence[TrainConfig]
"""The runs that a kind of change makes, the likeliest first."""


@dataclass(frozen=True)
class Cure:
    """A run with changed settings that solves the table.

    Attributes
    ----------
    config
        The run. It has no edits, unless more epochs are the change.
    solved_at
        The first state from which all four predictions are right.
    """

    config: TrainConfig
    solved_at: int


class Search:
    """Tries several kinds of change on a run that is not solved; leaving its `with` block ends it.

    The first kinds are trained from now on, as whoever asks for cures diagnoses the run first.
    """

    def __init__(self, config: TrainConfig) -> None:
        self.config = config
        self._rounds = list(_changes(config))
        self._solving = Solving(chain(*self._rounds[0]))

    def __enter__(self) -> "Search":
        return self

    def __exit__(self, *_: object) -> None:
        self._solving.give_up()

    def cures(self, diagnosis: Diagnosis, wait: Wait = result) -> Iterator[Cure]:
        """Yield the cures that the diagnosis came upon, then those that the search comes upon.

        Of each kind of change the first run that solves the table is a cure. A run that was
        edited and is solved without its edits needs no other settings. If none
        helps, other seeds are tried with more changes at once.
        """
        if diagnosis.verdict.kind == "solved":
            return
        is_cured = False
        for cure in (*_longer(self.config, diagnosis), *_in_small_steps(diagnosis)):
            is_cured = True
            yield cure
        for number, kinds in enumerate(self._rounds):
            if number:
                self._solving = Solving(chain(*kinds))
            for runs in kinds:
                solved = self._solving.solved(runs, wait)
                for cure in islice(starmap(Cure, solved.items()), 1):
                    is_cured = True
                    yield cure
            if is_cured:
                return

    def tried(self, diagnosis: Diagnosis) -> list[Runs]:
        """List the runs that were tried, by kind of change, where nothing cures the run."""
        look, tried = diagnosis.look, [runs for kinds in self._rounds for runs in kinds]
        if look and look.until > look.since:
            tried.insert(0, [replace(self.config, epochs=look.until)])
        return tried


def _longer(config: TrainConfig, diagnosis: Diagnosis) -> Iterator[Cure]:
    """The number of epochs that training on found."""
    look = diagnosis.look
    if look and look.solved_at is not None:
        yield Cure(replace(config, epochs=max(look.solved_at, MIN_EPOCHS)), look.solved_at)


def _in_small_steps(diagnosis: Diagnosis) -> Iterator[Cure]:
    """The smaller steps that solve the run, where the page has room for so many."""
    steps = diagnosis.small_steps
    if steps is None or steps.solved_at is None or steps.config.edits:
        return
    small, epochs = steps.config, max(steps.solved_at, MIN_EPOCHS)
    if epochs <= MOST_EPOCHS and small.learning_rate >= limits("learning_rate").low:
        yield Cure(replace(small, epochs=epochs), steps.solved_at)


def _changes(config: TrainConfig) -> Iterator[list[Runs]]:
    """The kinds of change, in rounds: another is only tried where those before cure nothing."""
    plain = replace(config, edits=())
    if config.edits:
        yield [[plain]]
    yield list(_other_settings(plain))
    yield list(_several_settings(plain))


def _other_settings(plain: TrainConfig) -> Iterator[Runs]:
    """Changes of one setting, the likeliest first."""
    if not is_impossible(plain):
        yield _rates(plain)
        yield _seeds(plain)
    if not plain.biases:
        yield [replace(plain, biases=True)]
    if plain.hidden_size < MAX_UNITS:
        yield [_one_more_unit(plain)]


def _several_settings(plain: TrainConfig) -> Iterator[Runs]:
    """Other seeds: with one more unit and biases, or trained as the notebook trains."""
    larger = replace(_one_more_unit(plain), biases=True)
    usual = replace(
        plain,
        learning_rate=TrainConfig.learning_rate,
        epochs=TrainConfig.epochs,
        hidden_size=max(plain.hidden_size, TrainConfig.hidden_size),
    )
    yield from (_seeds(run) for run in (larger, usual) if run != plain)


def _rates(plain: TrainConfig) -> list[TrainConfig]:
    """Other learning rates, the nearest first."""
    rates = [rate for rate in RATES if rate != plain.learning_rate]
    rates.sort(key=lambda rate: abs(log(rate / plain.learning_rate)))
    return [replace(plain, learning_rate=rate) for rate in rates]


def _seeds(plain: TrainConfig) -> list[TrainConfig]:
    return [replace(plain, seed=seed) for seed in SEEDS if seed != plain.seed]


def _one_more_unit(plain: TrainConfig) -> TrainConfig:
    return replace(plain, hidden_size=min(plain.hidden_size + 1, MAX_UNITS))
