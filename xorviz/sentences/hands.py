"""Sentences about the weights that a reader sets by hand."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from xorviz.core.descent import MOST_UPDATES
from xorviz.core.hand import STEP, Move
from xorviz.core.numbers import written
from xorviz.sentences.charts import Sentence
from xorviz.sentences.words import listed

HOW: Final = (
    "Drag a handle, use the arrow keys on it, or type a value. The charts follow at once, and "
    "nothing is trained. The arrow below a handle shows where gradient descent would move it by "
    "its next update, and how far."
)
HIDDEN_DESCENT: Final = (
    "How many updates gradient descent needs to get as low is hidden until you have played the "
    "run to its end."
)
COUNTS: Final = tuple(
    f"By hand: {count} of 4 predictions {'is' if count == 1 else 'are'} right."
    for count in range(5)
)
"""The sentence in place of the verdict, by how many predictions are right."""


def by_hand(sentence: Sentence) -> Sentence:
    """Have a sentence about a state speak of weights set by hand from there."""
    text = sentence.text
    if text.startswith("At epoch"):
        return replace(sentence, text=f"With weights set by hand a{text[1:]}")
    return replace(sentence, text=f"weights set by hand at {text}")


def magnified_text(magnified: int) -> str:
    """Write how much longer than the updates the arrows are drawn."""
    if magnified == 1:
        return "Arrows are as long as the update is."
    return f"Arrows are drawn {magnified:,} times as long as the update is, so that they are seen."


def moved_text(hands: Sequence[Move]) -> str:
    """Count moves by hand, and updates of gradient descent between them."""
    updates = sum(move.parameter == STEP for move in hands)
    counts = _count(len(hands) - updates, "move"), _count(updates, "update of gradient descent")
    return listed([count for count in counts if count])


def aim_text(hands: Sequence[Move], epoch: int, before: float, after: float) -> str:
    """Write the aim, or how far the reader has come.

    Parameters
    ----------
    hands, epoch
        The moves, and the epoch from which they were made.
    before, after
        The loss before the first move and after the last one.
    """
    if not hands:
        return (
            f"Bring the loss E = ½ Σ error² down by hand, in as few moves as you can. At epoch "
            f"{epoch:,} it is {written(before)}."
        )
    if not np.isfinite(after):
        return "The numbers are too large to compute with: undo the last move."
    lower = "lower" if after < before else "not lower"
    return (
        f"Loss by hand: {written(after)} after {moved_text(hands)}. That is {lower} than at epoch "
        f"{epoch:,}, where it was {written(before)}."
    )


def needed_text(needed: int | None) -> str:
    """Write how many updates gradient descent needs from there to get as low."""
    if needed is None:
        return (
            f"Gradient descent alone does not get as low within {MOST_UPDATES:,} updates from "
            "there."
        )
    return f"Gradient descent alone needs {_count(needed, 'update')} from there to get as low."


def again_text(hands: Sequence[Move]) -> str:
    """Write the offer to make moves again that were put down."""
    return f"Make {'it' if len(hands) == 1 else 'them'} here"


def put_down_text(hands: Sequence[Move], epoch: int) -> str:
    """Write that moves were put down."""
    is_one = len(hands) == 1
    return (
        f"You went on to another state, so {moved_text(hands)} from epoch {epoch:,} "
        f"{'is' if is_one else 'are'} taken back."
    )


def left_out_text(count: int) -> str:
    """Write that so many moves don't fit the network; nothing for none."""
    if not count:
        return ""
    return f"Left out: {_count(count, 'move')} of weights that this network does not have."


def _count(count: int, noun: str) -> str:
    """Count things; nothing for none."""
    if not count:
        return ""
    first, *rest = noun.split(" ")
    return f"{count:,} {' '.join([first if count == 1 else f'{first}s', *rest])}"
