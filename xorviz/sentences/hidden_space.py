"""What hidden space shows: which inputs land together, and on which side of the line each lies."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core.hidden_space import landings
from xorviz.core.truth_table import ROW_NAMES
from xorviz.figures.multiples import Multiples
from xorviz.sentences.charts import Sentence
from xorviz.sentences.words import listed

LIE: Final = (
    "lies",
    "lie",
    "{} on the side above 0.5, {} on the other",
    "all four inputs lie on one side of the line, where the output is {} 0.5",
)
HAVE: Final = (
    "has",
    "have",
    "{} an output above 0.5, {} one below",
    "all four inputs have an output {} 0.5",
)
"""Words about the inputs' sides: of the line, which tells of two units' outputs, or of 0.5."""
FOLDED: Final = ("", ", near 0: the square is folded almost onto a curve")
NO_HARM: Final = ", which does no harm: their targets are equal"
HARM_OF_TWO: Final = ", though their targets differ: hardly any line parts them"
HARM: Final = ", though their targets differ: only other units can part them"


def hidden_space_sentence(view: Multiples) -> Sentence:
    """Describe the plane of two hidden units, or the segment of one."""
    look = view.look
    is_whole = len(look["units"]) <= 2
    points, outputs = view.values["points"].transpose(0, 2, 1), view.values["outputs"]
    sides = np.where(np.isfinite(outputs), (outputs > 0.5).astype(int), -1)
    side, side_words = _phrases(sides, lambda row: _sides(row, *(LIE if is_whole else HAVE)))
    harm = HARM_OF_TWO if is_whole else HARM
    together, together_words = _phrases(
        landings(points), lambda row: _together(row, look["targets"], harm)
    )
    text, values, words = _about(view, look["pair"])
    return Sentence(
        f"At epoch {{epoch}}, {{0}}. {{1}}. {text}",
        [side, together, *values],
        {0: side_words, 1: together_words, **words},
    )


def _about(
    view: Multiples, pair: Sequence[str]
) -> tuple[str, list[NDArray[Any]], dict[int, Sequence[str]]]:
    """Words about the plane itself, with gaps from 2 on, and what fills these."""
    count = len(view.look["units"])
    if count == 1:
        return "One hidden unit carries the square onto a segment.", [], {}
    if count == 2:
        folded = view.values["folded"].astype(np.int16)
        text = (
            "The determinant of the weights from the inputs is {2}, the sine of the angle between "
            "both units' weights {3}{4}."
        )
        return text, [view.values["determinant"], view.values["sine"], folded], {4: FOLDED}
    others = "the other unit" if count == 3 else f"the other {count - 2} units"
    percent = view.values["share"] * 100
    return (
        f"This is a projection: {pair[0]} and {pair[1]} carry {{2}} % of the output's input, Σ "
        f"|weight · activation|. The line takes {others} at the mean over the four inputs.",
        [_whole(percent)],
        {},
    )


def _whole(numbers: NDArray[Any]) -> NDArray[np.int16]:
    whole: NDArray[np.int16] = np.rint(np.nan_to_num(numbers)).astype(np.int16)
    return whole


def _phrases(
    rows: NDArray[Any], write: Callable[[Sequence[int]], str]
) -> tuple[NDArray[np.int16], list[str]]:
    """Write each different row once; give each frame's index into these words."""
    different, index = np.unique(rows, axis=0, return_inverse=True)
    return index.reshape(-1).astype(np.int16), [write(row.tolist()) for row in different]


def _sides(sides: Sequence[int], one: str, several: str, parted: str, all_of: str) -> str:
    """Say on which side of 0.5 the output of each input is."""
    above, below = ([n for n, s in zip(ROW_NAMES, sides, strict=True) if s == i] for i in (1, 0))
    if len(above) + len(below) < len(ROW_NAMES):
        return "some outputs are not finite"
    if not (above and below):
        return all_of.format("above" if above else "below")
    verb = one if len(above) == 1 else several
    return parted.format(f"{listed(above)} {verb}", listed(below))


def _together(landing: Sequence[int], targets: str, harm: str) -> str:
    """Say which inputs land together, and whether that does harm, as targets differ."""
    groups = [
        [row for row, first in enumerate(landing) if first == start] for start in sorted({*landing})
    ]
    crowds = [group for group in groups if len(group) > 1]
    if not crowds:
        return "No two inputs land almost together"
    names = "; ".join(listed([ROW_NAMES[row] for row in group]) for group in crowds)
    alike = all(len({targets[row] for row in group}) == 1 for group in crowds)
    return f"{names} land almost together{NO_HARM if alike else harm}"
