"""Sentences about a run with a mistake on purpose, and about a page that keeps it to itself."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from xorviz.core.catalogue import BY_NAME
from xorviz.core.config import TrainConfig
from xorviz.core.departures import Departure, departures
from xorviz.core.lines import OUTPUT
from xorviz.core.loop import change_of
from xorviz.sentences.words import listed
from xorviz.step.step import Step

BACK: Final = "Back to the right loop"
RIGHT_ONLY: Final[Mapping[str, str]] = {
    "doctor": "The Doctor knows the right loop alone. This program has a mistake, so neither "
    "reasons nor cures would hold for it.",
    "landscape": "The Landscape is about gradient descent, which goes straight down. This program "
    "has a mistake, so it goes another way, and the sentences here would not hold for it.",
}
"""Why a tab has nothing to show about a run with a mistake."""
WHILE_HIDDEN: Final[Mapping[str, str]] = {
    "doctor": "Whether this program has a mistake is for you to find out, so the Doctor is closed.",
    "landscape": "Whether this program has a mistake is for you to find out, so the Landscape is "
    "closed.",
    "compare": "Whether this program has a mistake is for you to find out, so Compare is closed: "
    "it names each run with its mistake.",
}
"""Why a tab is closed on a page that keeps mistakes to itself, whether there is one or not."""
BY_THE_RIGHT_LOOP: Final[Mapping[str, str]] = {
    "hands": "The arrows, the steps and the outputs here are those of the right loop, whatever "
    "mistake a program has.",
    "atlas": "Every network here is trained by the right loop, whatever mistake a program has.",
}
"""What a tab shows in spite of a mistake."""
NO_FILM: Final = "The film shows the right step, so there is none of a program with a mistake."
NO_FILM_WHILE_HIDDEN: Final = (
    "Whether this program has a mistake is for you to find out, so there is no film of its steps."
)
KEPT_SECRET: Final = (
    "Whether this program has a mistake is for you to find out. The formulas are those of the "
    "right step; the numbers are those that this program computes."
)
NO_QUIZ: Final = "Predicting the new value is left out: the program here has a mistake."
NO_QUIZ_WHILE_HIDDEN: Final = (
    "Predicting the new value is left out, as it would tell whether the program has a mistake."
)
GIVEN_AWAY: Final = (
    "The page then does not tell which mistake the program has, or whether it has one. The link "
    "still has its name, and so have files, pictures and their card."
)
FILES_TELL: Final = (
    "Every file says which mistake its program has, if it has one: in its name and its card."
)
PICTURES_TELL: Final = "Every picture says which mistake its program has, if it has one."
CARD_TELLS: Final = (
    "The card says which mistake the program has, if it has one, so it is not shown here. Every "
    "file has it."
)
NO_SIGMOID: Final = (
    "Its output may go below 0 and above 1; the charts then have the colours of 0 and 1."
)


def mistake_text(config: TrainConfig) -> str:
    """Write as Markdown which mistake a run has, and its lines beside the right ones."""
    entry = BY_NAME[config.mistake]
    change = change_of(config.mistake)
    lines = "; ".join(map(_beside, departures(change, config.biases)))
    first = f"**A mistake on purpose**: this program {entry.title}. It {lines}."
    return f"{first} {NO_SIGMOID}" if OUTPUT in change.lines else first


QUANTITIES: Final = {
    "output": "the outputs",
    "error": "the errors",
    "delta_output": "δ of the output",
    "delta_hidden": "δ of the hidden units",
    "row_gradients": "the inputs' parts of the gradients",
    "gradients": "the gradients",
    "updates": "the updates",
}
"""The arrays of a step that a mistake may change at first hand."""


def departure_text(step: Step) -> str:
    """Write which numbers of a step the program's wrong lines change."""
    changed = [
        text
        for name, text in QUANTITIES.items()
        if not np.array_equal(getattr(step, name), getattr(step.right, name), equal_nan=True)
    ]
    if not changed:
        return "At this step the mistake makes no difference."
    ways = listed(changed)
    more = (
        " The gradients are right: what is wrong is the update that the program makes of them."
        if changed == [QUANTITIES["updates"]]
        else " Numbers that follow from them are wrong with them."
    )
    return (
        f"At this step the wrong lines change {ways}: from the same numbers before, the right ones "
        f"would make others.{more}"
    )


def _beside(departure: Departure) -> str:
    right, made = (" and ".join(f"`{line}`" for line in lines) for lines in departure)
    if departure.is_moved:
        first, second = departure.made
        return f"has `{first}` before `{second}`"
    return f"has {made} instead of {right}" if made else f"leaves out {right}"


def left_out_mistake(name: str, run: TrainConfig) -> Iterator[str]:
    """Write why a run leaves out the mistake that its page asks for, if it does."""
    if name != run.mistake:
        needs = "needs biases" if BY_NAME[name].needs_biases else "needs two hidden units"
        yield f"The mistake {name} is left out: it {needs}."
