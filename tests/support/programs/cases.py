"""Cases: the programs with mistakes that the check is put to."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from tests.support.programs.judge import Case
from tests.support.programs.mistakes import OF_BIASES, pairs, singles
from tests.support.programs.styles import STYLES, WITH_TORCH
from xorviz.core.config import TrainConfig

SEEDS: Final = (1, 7, 19, 42, 77)
RATES: Final = (0.5, 1.5)
SIZES: Final = (2, 3)
EPOCHS: Final = 200
ALL_STYLES: Final = STYLES | WITH_TORCH
QUICK: Final = tuple(name for name in ALL_STYLES if name != "autograd")
"""The styles that run 10,000 epochs in a second or so."""


def every_single() -> Iterator[Case]:
    """Every mistake in every style that can make it, at every seed, rate and size."""
    for config in _configs(EPOCHS):
        for style, program in ALL_STYLES.items():
            names = OF_BIASES if config.biases else singles(config.hidden_size)
            for name in names:
                if name in program.mistakes:
                    yield Case(style, frozenset((name,)), config)


def _configs(epochs: int) -> Iterator[TrainConfig]:
    for seed in SEEDS:
        for rate in RATES:
            for size in SIZES:
                for biases in (False, True):
                    yield TrainConfig(seed, rate, size, epochs, biases)


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


def _drawn_configs(random: Random, name: str, epochs: int, count: int) -> Sequence[TrainConfig]:
    drawn = (_drawn_config(random, epochs) for _ in iter(int, 1))
    fitting = (config for config in drawn if name in singles(config.hidden_size))
    return [next(fitting) for _ in range(count)]


def _drawn_config(random: Random, epochs: int) -> TrainConfig:
    seed, rate, size = map(random.choice, (SEEDS, RATES, SIZES))
    return TrainConfig(seed, rate, size, epochs)


def _drawn_style(random: Random, mistake: str) -> str:
    return random.choice([name for name in QUICK if mistake in ALL_STYLES[name].mistakes])
