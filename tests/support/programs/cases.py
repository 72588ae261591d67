"""Cases: the programs with mistakes that the check is put to."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from random import Random
from typing import Final

from tests.support.programs.judge import Case
from tests.support.programs.mistakes import OF_BIASES, pairs, singles
from tests.support.programs.styles import ONLINE, ROW_BY_ROW, STYLES, WITH_TORCH
from xorviz.core.config import TrainConfig

SEEDS: Final = (1, 7, 19, 42, 77)
RATES: Final = (0.5, 1.5)
SIZES: Final = (2, 3)
EPOCHS: Final = 200
ALL_STYLES: Final = STYLES | WITH_TORCH
QUICK: Final = tuple(name for name in ALL_STYLES if name not in ("autograd", "torch.nn"))
"""The styles that run 10,000 epochs in a second or so."""


def every_single() -> Iterator[Case]:
    """Every mistake in every style that can make it, at every seed, rate and size."""
    for config in every_setting():
        for style, program in ALL_STYLES.items():
            names = OF_BIASES if config.biases else singles(config.hidden_size)
            for name in names:
                if name in program.mistakes:
                    yield Case(style, frozenset((name,)), config)


def every_setting() -> Iterator[TrainConfig]:
    """The settings of all programs."""
    for seed, rate, size, biases in product(SEEDS, RATES, SIZES, (False, True)):
        yield TrainConfig(seed, rate, size, EPOCHS, biases)


def drawn_pairs(count: int) -> list[Case]:
    """Pairs of mistakes, each with a style and settings that are drawn."""
    random, cases = Random(18), []
    while len(cases) < count:
        config = _drawn_config(random, EPOCHS)
        wrong = random.choice(list(pairs(config.hidden_size)))
        styles = [name for name, style in ALL_STYLES.items() if wrong <= style.mistakes]
        cases.append(Case(random.choice(styles), wrong, config))
    return cases


def drawn_prints(epochs: int, decimals: int, each: int) -> list[Case]:
    """Every mistake some times, with a drawn style and settings, of which the end is printed."""
    random = Random(epochs)
    return [
        Case(_drawn_style(random, name), frozenset((name,)), config, (epochs,), decimals)
        for name in singles(2)
        for config in _drawn_configs(random, name, epochs, each)
    ]


def with_biases(each: int) -> list[Case]:
    """Every mistake that is not one of the biases some times, in programs that have biases.

    In some programs it spoils the biases' line as well, in some it does not.
    """
    return [
        replace(
            case, config=replace(case.config, epochs=EPOCHS, biases=True), known=(), decimals=None
        )
        for case in drawn_prints(EPOCHS, 8, each)
    ]


def row_by_row(each: int) -> list[Case]:
    """Every mistake some times, in programs that update after each row."""
    names = ROW_BY_ROW[ONLINE].mistakes
    cases = [
        replace(case, style=ONLINE, known=(), decimals=None)
        for case in drawn_prints(EPOCHS, 8, each)
    ]
    return [case for case in cases if case.wrong <= names]


def _drawn_configs(random: Random, name: str, epochs: int, count: int) -> Sequence[TrainConfig]:
    drawn = (_drawn_config(random, epochs) for _ in iter(int, 1))
    fitting = (config for config in drawn if name in singles(config.hidden_size))
    return [next(fitting) for _ in range(count)]


def _drawn_config(random: Random, epochs: int) -> TrainConfig:
    seed, rate, size = map(random.choice, (SEEDS, RATES, SIZES))
    return TrainConfig(seed, rate, size, epochs)


def _drawn_style(random: Random, mistake: str) -> str:
    return random.choice([name for name in QUICK if mistake in ALL_STYLES[name].mistakes])
