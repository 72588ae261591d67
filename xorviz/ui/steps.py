"""Steps: the positions of the sliders, and the runs that are one step of a slider away."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from xorviz.core.config import TrainConfig
from xorviz.settings import link
from xorviz.ui import session, state

USUAL_RATES: Final = (
    *(hundredths / 100 for hundredths in range(1, 10)),
    *(hundredths / 100 for hundredths in range(10, 100, 5)),
    *(tenths / 10 for tenths in range(10, 30)),
    *(tenths / 10 for tenths in range(30, 101, 5)),
)
"""Finer where a small change makes a difference; a link may give any in between."""


def learning_rates() -> list[float]:
    """The learning rates that the page's slider offers: the usual ones, and the present one."""
    return sorted({*USUAL_RATES, session.get("learning_rate")})


def neighbours(present: TrainConfig) -> list[TrainConfig]:
    """The runs that are one step of a slider away: of seed, hidden size or learning rate.

    Epochs are left out: their slider has 500 positions, and a reader hardly wants the next one.
    """
    page, rates = state.page(), learning_rates()
    index = rates.index(present.learning_rate)
    values: dict[str, Sequence[Any]] = {
        "seed": (present.seed + 1, present.seed - 1),
        "hidden_size": (present.hidden_size + 1, present.hidden_size - 1),
        "learning_rate": (*rates[index + 1 : index + 2], *rates[index - 1 : index]),
    }
    return [
        replace(page, **{name: value}).fitting_run
        for name, both in values.items()
        for value in both
        if link.limits(name).allows(value)
    ]
