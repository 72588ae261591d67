"""Mistakes: what the check makes of programs with mistakes, and of right ones."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from statistics import median
from time import perf_counter
from typing import Final

from tests.bench.table import Row
from tests.support.programs.cases import (
    drawn_pairs,
    drawn_prints,
    every_setting,
    every_single,
    row_by_row,
    with_biases,
)
from tests.support.programs.judge import Case, Verdict, is_determined, judge
from tests.support.programs.protocol import observed, states
from tests.support.programs.right import OTHER, RIGHT
from tests.support.programs.styles import RIGHT_WITH_TORCH, STYLES, WITH_TORCH
from xorviz.core.config import TrainConfig
from xorviz.mistakes.search import check

PAIRS: Final = 300
PAIRS_BAR: Final = 0.9
LONG: Final = TrainConfig(epochs=10_000)
SECONDS_BAR: Final = 3
REPETITIONS: Final = 3


def measure_mistakes() -> Iterator[Row]:
    yield _seconds()
    torch = "importable" if WITH_TORCH else "not importable: its programs are left out"
    yield Row("mistakes: PyTorch", torch)
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        yield from _named("in programs", _all(pool, list(every_single())))
        yield from _right(pool)
        yield from _named("with biases", _all(pool, with_biases(8)), bar=None)
        yield from _named("row by row", _all(pool, row_by_row(8)), bar=None)
        yield from _named("pairs", _all(pool, drawn_pairs(PAIRS)), PAIRS_BAR)
        for epochs, each in ((1, 8), (100, 8), (10_000, 3)):
            what = f"printed at 8 decimals after {epochs:,} epochs"
            verdicts = _all(pool, drawn_prints(epochs, 8, each))
            told = [one for one in verdicts if one.named or one.wrong or is_determined(one.case)]
            yield from _named(what, told)
            lost = f"{len(verdicts) - len(told)} of {len(verdicts)}"
            yield Row(f"mistakes {what}: not known, and lost to round-off", lost)
        *_, wrong = _named("rounded to 4 decimals after 1 epoch", _all(pool, drawn_prints(1, 4, 8)))
        yield wrong


def _all(pool: ProcessPoolExecutor, cases: Sequence[Case]) -> list[Verdict]:
    return [verdict for verdict in pool.map(judge, cases, chunksize=4) if verdict]


def _named(what: str, verdicts: Sequence[Verdict], bar: float | None = 1) -> Iterator[Row]:
    """How many are named, and how many names are wrong; those that are not named are printed."""
    for verdict in verdicts:
        if not verdict.named:
            print("WRONG" if verdict.wrong else "not known", verdict, sep=": ", flush=True)
    count = len(verdicts)
    named = sum(verdict.named for verdict in verdicts)
    wrong = sum(verdict.wrong for verdict in verdicts)
    share = f"{named:,} of {count:,} ({named / count:.1%})"
    bars = () if bar is None else (f">= {bar:.0%}", named >= bar * count)
    yield Row(f"mistakes {what}: named", share, *bars)
    yield Row(f"mistakes {what}: wrong names", f"{wrong:,}", "0", wrong == 0)


def _right(pool: ProcessPoolExecutor) -> Iterator[Row]:
    styles = [*RIGHT, *OTHER, *RIGHT_WITH_TORCH, *WITH_TORCH]
    cases = [(style, config) for style in styles for config in every_setting()]
    answers = list(pool.map(_answer, cases, chunksize=4))
    called = known = 0
    for (style, config), (answer, is_named) in zip(cases, answers, strict=True):
        called += answer == "mistake"
        known += is_named
        if answer == "mistake" or (not is_named and style not in OTHER):
            print("right program", style, config, answer, sep=": ", flush=True)
    what = f"right programs in {len(set(styles))} styles"
    yield Row(f"{what}: called a mistake", f"{called} of {len(cases):,}", "0", called == 0)
    yield Row(f"{what}: said to be right, and how", f"{known:,} of {len(cases):,}")


def _answer(case: tuple[str, TrainConfig]) -> tuple[str, bool]:
    """The check's answer to a right program, and whether it says in which way it is right."""
    style, config = case
    if style in RIGHT:
        train, way = RIGHT[style]
    else:
        others = OTHER | dict(RIGHT_WITH_TORCH)
        train, way = others[style] if style in others else WITH_TORCH[style].train, ""
    answer = check(observed(states(train, config), config))
    said = answer.answer in ("equal", "another way") and (not way or way in answer.names)
    return answer.answer, said


def _seconds() -> Row:
    """Time the check of every update of 10,000, of a program with a mistake that it names."""
    times = []
    for name in ("early-output-update", "rounded-deltas", "gradients-not-reset"):
        known = observed(states(STYLES["columns"].train, LONG, {name}), LONG)
        for _ in range(REPETITIONS):
            start = perf_counter()
            check(known)
            times.append(perf_counter() - start)
    measured = f"{median(times):.2f} s (at most {max(times):.2f})"
    what = "mistakes: check of a 10,000-epoch program"
    return Row(what, measured, f"<= {SECONDS_BAR} s", max(times) <= SECONDS_BAR)
