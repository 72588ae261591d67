"""Sentences about the loss over a plane through weight space, and about a run's path there."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from xorviz.core.config import TrainConfig, has_same_weights
from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.figures.heights import STEPS, Heights
from xorviz.figures.terrain import magnified
from xorviz.landscape.near import is_inside, runs_along
from xorviz.landscape.stationary import Stationary
from xorviz.landscape.survey import Ground, Survey, is_comparable, usable
from xorviz.sentences.charts import Sentence
from xorviz.sentences.words import listed
from xorviz.settings.text import describe

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


def readings(ground: Ground, surveyed: Survey, heights: Heights) -> dict[str, Sentence]:
    """Write the numbers at the playhead.

    Parameters
    ----------
    ground, surveyed
        The plane, and the frames over it.
    heights
        The drawn loss in these frames.

    Returns
    -------
    Both losses and the distance as ``losses``; what ``contours`` and the ``arrow`` mean.
    """
    times = magnified(ground, surveyed).astype(np.int32)
    return {
        "losses": _losses(ground, surveyed),
        "contours": Sentence(
            "From one contour to the next the loss is {0}.", [heights.steps], {0: GROWTHS}
        ),
        "arrow": Sentence("The arrow is the update times {0}.", [times]),
    }


def _losses(ground: Ground, surveyed: Survey) -> Sentence:
    if ground.moves:
        return Sentence("Loss {0}; the playhead is on the plane.", _single(surveyed.losses))
    return Sentence(
        "Loss {0}; on the plane, at the nearest point, {1}; distance from the plane {2}.",
        _single(surveyed.losses, surveyed.plane_losses, surveyed.distances),
    )


def _growth(times: float) -> str:
    return f"{100 * (times - 1):.2g} % larger" if times < 2 else f"{times:.3g} times as large"


GROWTHS: Final = [_growth(10**step) for step in STEPS]
"""How much larger the loss is on the next contour, for each step between contours."""


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


def pinned_texts(ground: Ground, pinned: Sequence[TrainConfig]) -> list[str]:
    """Write which pinned runs can't be seen on a plane, and why."""
    paths = iter(ground.others)
    return [
        f"Pinned run {number}, {describe(run)}, {reason}."
        for number, run in enumerate(pinned, start=1)
        if (reason := _unseen(ground, run, paths))
    ]


def _unseen(ground: Ground, run: TrainConfig, paths: Iterator[Array]) -> str | None:
    if not has_same_weights(run, ground.config):
        return "has other weights, so it is not in this space"
    if not is_comparable(run, ground.config):
        return "has other targets, so its loss is another"
    path = next(paths)
    if not is_inside(ground, path):
        return "lies outside the part drawn"
    return "runs along this run's path" if runs_along(ground, path) else None


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
