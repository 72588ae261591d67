"""Sentences about the loss over a plane through weight space, and about a run's path there."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.landscape.stationary import Stationary
from xorviz.landscape.survey import Ground, Survey, usable
from xorviz.sentences.charts import Sentence
from xorviz.sentences.words import listed

SLICE: Final = (
    "A plane is a slice of a space with as many dimensions as the network has weights. Where the "
    "path leaves the plane, it is drawn at the nearest point, and the contours that it crosses "
    "need not be its losses."
)
MARKS: Final = (
    "Stationary points are those of this plane: ▼ minimum, ✖ saddle, ▲ maximum, ◇ flat along a "
    "direction. Most are stationary in no other direction: point at one for its full gradient."
)
GIVEN: Final = ("no direction", "one direction only")
"""What states give that span no plane, by the number of directions."""


def reading(ground: Ground, surveyed: Survey, magnified: Array) -> Sentence:
    """Write the numbers at the playhead: both losses, the distance, and the scale of the arrow.

    Parameters
    ----------
    ground, surveyed
        The plane, and the frames over it.
    magnified
        How many times as long as the update each frame's arrow is drawn, shape (F,).
    """
    if ground.moves:
        return Sentence(
            "Loss {0}; the playhead is on the plane. The arrow is the update times {1}.",
            [*_single(surveyed.losses), magnified.astype(np.int32)],
        )
    return Sentence(
        "Loss {0}; on the plane, at the nearest point, {1}; distance from the plane {2}. The arrow "
        "is the update times {3}.",
        [
            *_single(surveyed.losses, surveyed.plane_losses, surveyed.distances),
            magnified.astype(np.int32),
        ],
    )


def landscape_sentence(ground: Ground, surveyed: Survey) -> Sentence:
    """Describe each frame for readers who don't see the landscape."""
    low, high = surveyed.grids.min(axis=(1, 2)), surveyed.grids.max(axis=(1, 2))
    count = len(surveyed.positions)
    lows, highs = (np.broadcast_to(one, count) for one in (low, high))
    across, up = _coordinates(ground)
    away = "" if ground.moves else "; at the nearest point of the plane, {4} away, it is {3}"
    return Sentence(
        f"At epoch {{epoch}} the run is at {{0}} {across} and {{1}} {up}. Its loss is {{2}}{away}. "
        "Over the plane drawn the loss goes from {5} to {6}.",
        _single(
            *surveyed.positions.T,
            surveyed.losses,
            surveyed.plane_losses,
            surveyed.distances,
            lows,
            highs,
        ),
    )


def _coordinates(ground: Ground) -> tuple[str, str]:
    if ground.asked.kind == "weights":
        return "across", "up"
    return "along the first direction", "along the second"


def plane_texts(ground: Ground, recording: Recording) -> list[str]:
    """Write what is to be known about a plane: its variance, and where a run does not give one."""
    texts = []
    if ground.asked.kind == "path" and ground.rank:
        first, second = (f"{100 * share:.3g} %" for share in ground.shares.tolist())
        texts.append(
            f"The two directions carry {first} and {second} of the variance of the run's "
            f"{len(recording.epochs)} recorded states."
        )
    if ground.rank < 2:
        source = "The path" if ground.asked.kind == "path" else "These three states"
        verb = "gives" if ground.asked.kind == "path" else "give"
        rest = "those of the first weights" if ground.rank == 0 else "that of a weight"
        texts.append(f"{source} {verb} {GIVEN[ground.rank]}, so the plane has {rest} instead.")
    return texts + _left_out(recording)


def _left_out(recording: Recording) -> list[str]:
    is_shown = usable(recording.parameters)
    if is_shown.all():
        return []
    first = int(recording.epochs[np.argmin(is_shown)])
    return [f"Some states from epoch {first:,} on are not drawn: their weights are too large."]


def points_text(points: Sequence[Stationary]) -> str:
    """Count the stationary points of a plane, by kind."""
    kinds = [point.kind for point in points]
    counts = [
        f"{kinds.count(kind)} {plural if kinds.count(kind) > 1 else kind}"
        for kind, plural in PLURALS.items()
        if kind in kinds
    ]
    return (
        f"In the part drawn, this plane has {listed(counts) if counts else 'no stationary point'}."
    )


PLURALS: Final = {
    "minimum": "minima",
    "saddle": "saddles",
    "maximum": "maxima",
    "flat": "flat points",
}


def _single(*values: Array) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    with np.errstate(over="ignore"):
        return [np.asarray(one, np.float32) for one in values]
