"""Cures: what would have made an unsolved run succeed, each tried before it is offered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import log
from typing import Final

from xorviz.core.config import TrainConfig
from xorviz.core.impossible import proof
from xorviz.core.numbers import in_full
from xorviz.doctor.diagnosis import Diagnosis
from xorviz.doctor.look import MOST_EPOCHS
from xorviz.settings.link import limits
from xorviz.sweeps.solving import Solving, Wait, result

RATES: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)
SEEDS: Final = range(50)
SEEDS_TRIED: Final = f"the seeds {SEEDS[0]} to {SEEDS[-1]}"
MAX_UNITS: Final = 16


@dataclass(frozen=True)
class Change:
    """A kind of change, and the runs that it makes.

    Attributes
    ----------
    name
        What to call the change that a run makes, with the run's settings to be filled in.
    tried
        What to call all of its runs together.
    configs
        The runs, the likeliest first.
    """

    name: str
    tried: str
    configs: Sequence[TrainConfig]


@dataclass(frozen=True)
class Cure:
    """A change that solves the table.

    Attributes
    ----------
    change
        What it is, in a few words.
    config
        The run with this change made. Edits are dropped, unless the change is more epochs.
    solved_at
        The first state from which all four predictions are right.
    """

    change: str
    config: TrainConfig
    solved_at: int


class Search:
    """Tries several kinds of change on a run that is not solved; leaving its `with` block ends it.

    The first kinds are trained from now on, as whoever asks for cures diagnoses the run first.
    """

    def __init__(self, config: TrainConfig) -> None:
        self.config = config
        self._rounds = list(_changes(config))
        self._solving = _start(self._rounds[0])

    def __enter__(self) -> "Search":
        return self

    def __exit__(self, *_: object) -> None:
        self._solving.give_up()

    def cures(self, diagnosis: Diagnosis, wait: Wait = result) -> Iterator[Cure]:
        """Yield what the diagnosis found to solve the table, then what the search finds.

        Of each kind of change the first run that solves the table is a cure. A run that was
        changed on the way and is solved without that needs no other settings. If nothing is
        found, other seeds are tried with more changes at once.
        """
        if diagnosis.verdict.kind == "solved":
            return
        is_cured = False
        for cure in (*_longer(self.config, diagnosis), *_in_small_steps(diagnosis)):
            is_cured = True
            yield cure
        for number, changes in enumerate(self._rounds):
            if number:
                self._solving = _start(changes)
            for change in changes:
                for cure in _first_solved(change, self._solving.solved(change.configs, wait)):
                    is_cured = True
                    yield cure
            if is_cured:
                return

    def tried(self, diagnosis: Diagnosis) -> list[str]:
        """List what was tried on a run that nothing cures."""
        look = diagnosis.look
        epochs = [f"{look.until:,} epochs"] if look and look.until > self.config.epochs else []
        return epochs + [change.tried for changes in self._rounds for change in changes]


def _longer(config: TrainConfig, diagnosis: Diagnosis) -> Iterator[Cure]:
    """The number of epochs that training on found."""
    look = diagnosis.look
    if look and look.solved_at is not None:
        epochs = max(look.solved_at, int(limits("epochs").low))
        yield Cure(f"{epochs:,} epochs", replace(config, epochs=epochs), look.solved_at)


def _in_small_steps(diagnosis: Diagnosis) -> Iterator[Cure]:
    """The smaller steps that solve the run, where the page has room for so many."""
    steps = diagnosis.small_steps
    if steps is None or steps.solved_at is None or steps.config.edits:
        return
    small, epochs = steps.config, max(steps.solved_at, int(limits("epochs").low))
    if epochs <= MOST_EPOCHS and small.learning_rate >= limits("learning_rate").low:
        yield Cure(
            f"learning rate {in_full(small.learning_rate)} and {epochs:,} epochs",
            replace(small, epochs=epochs),
            steps.solved_at,
        )


def _changes(config: TrainConfig) -> Iterator[list[Change]]:
    """The kinds of change, in rounds: another is only tried where those before cure nothing."""
    plain = replace(config, edits=())
    without = ", without the changes on the way" if config.edits else ""
    if config.edits:
        name = "the run as it was before it was changed on the way"
        yield [Change(name, name, [plain])]
    yield list(_other_settings(plain, without))
    yield list(_several_settings(plain, without))


def _several_settings(plain: TrainConfig, without: str) -> Iterator[Change]:
    """Other seeds: with one more unit and biases, or trained as the notebook trains."""
    larger = replace(_one_more_unit(plain), biases=True)
    units = f"{larger.hidden_size} hidden units, biases and "
    yield Change(units + "seed {seed}" + without, units + SEEDS_TRIED, _seeds(larger))
    rate, epochs = TrainConfig.learning_rate, TrainConfig.epochs
    size = max(plain.hidden_size, TrainConfig.hidden_size)
    usual = replace(plain, learning_rate=rate, epochs=epochs, hidden_size=size)
    told = f"learning rate {rate:g}, {epochs:,} epochs, {size} hidden units and "
    yield Change(told + "seed {seed}" + without, told + SEEDS_TRIED, _seeds(usual))


def _other_settings(plain: TrainConfig, without: str) -> Iterator[Change]:
    """Changes of one setting, the likeliest first; their names end on what they leave out."""
    if proof(plain) is None:
        rates = _rates(plain)
        listed = ", ".join(f"{run.learning_rate:g}" for run in rates)
        yield Change("learning rate {learning_rate:g}" + without, f"the rates {listed}", rates)
        yield Change("seed {seed}" + without, SEEDS_TRIED, _seeds(plain))
    if not plain.biases:
        yield Change("biases" + without, "biases", [replace(plain, biases=True)])
    if plain.hidden_size < MAX_UNITS:
        larger = _one_more_unit(plain)
        units = f"{larger.hidden_size} hidden units"
        yield Change(units + without, units, [larger])


def _rates(plain: TrainConfig) -> list[TrainConfig]:
    """Other learning rates, the nearest first."""
    rates = [rate for rate in RATES if rate != plain.learning_rate]
    rates.sort(key=lambda rate: abs(log(rate / plain.learning_rate)))
    return [replace(plain, learning_rate=rate) for rate in rates]


def _seeds(plain: TrainConfig) -> list[TrainConfig]:
    return [replace(plain, seed=seed) for seed in SEEDS if seed != plain.seed]


def _one_more_unit(plain: TrainConfig) -> TrainConfig:
    return replace(plain, hidden_size=min(plain.hidden_size + 1, MAX_UNITS))


def _start(changes: Sequence[Change]) -> Solving:
    return Solving(config for change in changes for config in change.configs)


def _first_solved(change: Change, solved: Mapping[TrainConfig, int]) -> Iterator[Cure]:
    """The first solved run of a kind of change, if there is any."""
    for config in islice((config for config in change.configs if config in solved), 1):
        yield Cure(change.name.format(**vars(config)), config, solved[config])
