"""Hidden space in every frame: the carried grid, the four inputs, and the line that parts them."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from xorviz.core import hidden_space as space
from xorviz.core.frames import Frames
from xorviz.core.names import unit_names
from xorviz.core.network import Array
from xorviz.core.truth_table import INPUTS, ROW_NAMES
from xorviz.figures.chart import Channel
from xorviz.figures.multiples import Multiples, single
from xorviz.figures.theme import BLUE, ORANGE

LINE: Final = "Orange: outputs above 0.5, and targets 1; blue: below, and 0."
PROJECTED_LINE: Final = "The line and its sides hold for the other units at their means."
"""Words about the line that parts the plane: of one or two units, and of two among more."""


def draw(frames: Frames, units: Sequence[int]) -> Multiples:
    """Draw where the hidden layer carries the input square, in the plane of these units.

    One unit has a segment: its points lie in the middle of the plane.
    """
    config, parameters = frames.config, frames.parameters
    size, grid = config.hidden_size, space.grid()
    names = unit_names(size)
    return Multiples(
        kind="hidden_space",
        title="Hidden space",
        hint=f"The input square, moved by the hidden layer to the activations that it causes. "
        f"{LINE if size <= 2 else PROJECTED_LINE} ✖: an output on the wrong side of 0.5.",
        names=["hidden space"],
        inputs=ROW_NAMES,
        values={
            "points": single(list(_plane(frames, units, INPUTS))),
            "line": single(list(space.straight_line(frames.dividing, size, units))),
            "outputs": single(list(frames.predictions)),
            "wrong": (~frames.right).astype(np.uint8),
            **_facts(parameters, size, units),
        },
        channels=[Channel(None, "grid", _plane(frames, units, grid.points), decimals=3)],
        look={
            "units": names,
            "pair": [names[unit] for unit in units],
            "targets": config.targets,
            "colours": [ORANGE if target == "1" else BLUE for target in config.targets],
            "sides": [BLUE, ORANGE],
            "lines": grid.lines,
            "square": grid.square,
            "points": grid.points.tolist(),
        },
    )


def _plane(frames: Frames, units: Sequence[int], points: Array) -> Array:
    """Coordinates of carried points in the plane, shape (F, 2, N)."""
    carried = space.carry(frames.parameters, frames.config.hidden_size, units, points)
    if len(units) == 2:
        return carried
    return np.concatenate([carried, np.full_like(carried, 0.5)], axis=1)


def _facts(parameters: Array, size: int, units: Sequence[int]) -> dict[str, NDArray[np.float32]]:
    """What stands beside the plane: of two units the determinant, of more the share of the pair."""
    if size == 1:
        return {}
    if size > 2:
        return {"share": single([space.share(parameters, size, units)])[0]}
    sines = space.sine(parameters)
    return {
        "determinant": single([space.determinant(parameters)])[0],
        "sine": single([sines])[0],
        "folded": (sines < space.FOLDED).astype(np.float32),
    }
