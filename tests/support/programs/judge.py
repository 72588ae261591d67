"""Judge: whether an answer of the check is true of a program whose mistakes are known.

An explanation is true if a program that is made so trains to the same numbers.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import combinations
from math import prod
from typing import Final

import numpy as np

from tests.support.programs.protocol import Train, observed, states
from tests.support.programs.right import in_numpy
from tests.support.programs.styles import ONLINE, ROW_BY_ROW, STYLES, WITH_TORCH
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.observed import Observed
from xorviz.mistakes.search import Answer, check

COMPARED: Final = 30
"""The updates that are compared where all are known; last digits may grow in the ones after."""
TOLERANCE: Final = 1e-6

WAYS: Final[dict[str, tuple[Train, ...]]] = {
    "float32": (partial(in_numpy, dtype="float32"),),
    "row-order": (partial(in_numpy, rows=(2, 0, 3, 1)),),
    "online": (partial(in_numpy, online=True),),
}
FACTORS: Final = {"mean": 0.25, "twice": 2.0}
"""The factors of the gradient of two ways that are right."""
RATES: Final = {"no-rate-output", "no-rate-hidden", "rate-twice"}


@dataclass(frozen=True)
class Case:
    """A program of a style, with mistakes put in, and its settings."""

    style: str
    wrong: frozenset[str]
    config: TrainConfig
    known: tuple[int, ...] = ()
    decimals: int | None = None

    def __str__(self) -> str:
        c = self.config
        settings = f"seed {c.seed}, rate {c.learning_rate:g}, size {c.hidden_size}"
        biases = ", biases" if c.biases else ""
        seen = f", after {self.known} at {self.decimals} decimals" if self.known else ""
        return f"{self.style}: {' + '.join(sorted(self.wrong))} ({settings}{biases}{seen})"


@dataclass(frozen=True)
class Verdict:
    """What the check makes of a case: named, wrong, or neither: then it is not known."""

    case: Case
    named: bool
    wrong: bool
    answer: str = ""
    names: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return f"{self.case}: {self.answer} {', '.join(self.names)}"


def judge(case: Case) -> Verdict | None:
    """Check a case; none where its program leaves the finite numbers before they are known."""
    style = (STYLES | WITH_TORCH | ROW_BY_ROW)[case.style]
    parameters = states(style.train, case.config, case.wrong)
    if case.known and len(parameters) <= max(case.known):
        return None
    known = observed(parameters, case.config, case.known or None, case.decimals)
    answer = check(known)
    true = _is_true(answer, case, known)
    is_known = answer.answer != "not known"
    if len(case.wrong) == 1 and answer.answer == "mistake":
        true &= case.wrong <= set(answer.names)
    return Verdict(case, is_known and true, is_known and not true, answer.answer, (*answer.names,))


def is_determined(case: Case) -> bool:
    """Whether a program ends alike in whatever order its operations are.

    Where it does not, round-off has grown into the digits that are printed, and they can't
    tell which mistake made them. Programs in lists, with weights of their own, count as alike.
    """
    if case.style == "lists":
        return True
    programs = [STYLES[style].train for style in ("classes", "columns")]
    one, other = (states(train, case.config, case.wrong)[-1] for train in programs)
    return bool(np.abs(one - other).max() < TOLERANCE)


def _is_true(answer: Answer, case: Case, known: Observed) -> bool:
    """Whether each name is part of an explanation, of at most three names, that is true."""
    names = sorted(set(answer.names))
    if answer.answer == "equal" or not names:
        return _explains(frozenset(), case, known)
    explanations = [frozenset(some) for n in (1, 2, 3) for some in combinations(names, n)]
    true = [names for names in explanations if _explains(names, case, known)]
    return set(names) == {name for some in true for name in some}


def _explains(names: frozenset[str], case: Case, known: Observed) -> bool:
    epochs = min(int(known.epochs[-1]), COMPARED) if not case.known else case.known[-1]
    config = replace(case.config, epochs=epochs)
    return any(_equals(states(*program), known) for program in _programs(names, case, config))


def _programs(
    names: frozenset[str], case: Case, config: TrainConfig
) -> Iterator[tuple[Train, TrainConfig, AbstractSet[str]]]:
    """Every program that is made so, with its settings and mistakes.

    Factors of the gradient are factors of the rate, but for mistakes that leave the rate out.
    """
    if case.style == ONLINE and "online" in names:
        yield ROW_BY_ROW[ONLINE].train, config, names - {"online"}
    if len(names) == 1:
        yield from ((train, config, frozenset()) for train in WAYS.get(min(names), ()))
    mistakes = names - set(FACTORS)
    if mistakes == names or not mistakes & RATES:
        factor = prod(FACTORS[name] for name in names - mistakes)
        config = replace(config, learning_rate=config.learning_rate * factor)
        styles = STYLES | WITH_TORCH
        for style in sorted(styles, key=lambda name: name != case.style):
            if mistakes <= styles[style].mistakes:
                yield styles[style].train, config, mistakes


def _equals(parameters: Array, known: Observed) -> bool:
    compared = known.epochs < len(parameters)
    theirs, ours = known.parameters[compared], parameters[known.epochs[compared]]
    if not np.array_equal(theirs[0], ours[0]):
        return False
    off = np.abs(theirs - ours)
    return bool((off <= TOLERANCE * (1 + np.abs(ours)) + 2 * known.resolution).all())
