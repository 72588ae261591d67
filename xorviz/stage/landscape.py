"""Landscape: a run over a plane through weight space, packed for the stage."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.recording import Frames, Recording
from xorviz.figures.chart import moving
from xorviz.figures.landscape import Landscape, chart, marks
from xorviz.figures.terrain import magnified
from xorviz.figures.theme import palettes
from xorviz.landscape.stationary import Stationary, stationary_points
from xorviz.landscape.survey import Ground, survey
from xorviz.sentences.landscape import landscape_sentence, reading
from xorviz.stage.payload import pack
from xorviz.stage.scene import REACH, run_id


def pack_landscape(
    ground: Ground, recording: Recording, pinned: Sequence[TrainConfig] = ()
) -> bytes:
    """Pack all frames of a run over a plane, with the paths of those pinned runs that go there.

    Its name tells the plane from others: that of another run, of other weights or states.
    """
    points = [] if ground.moves else points_at(ground, recording, recording.config.epochs)
    return pack(
        {
            "name": _name(ground, pinned),
            "id": run_id(*recording.identity),
            "palettes": palettes(),
            **_drawn(ground, recording, recording.frames, pinned, points),
        }
    )


def open_landscape(packed: bytes, choices: Mapping[str, str]) -> bytes:
    """Put the first positions of the charts' switches, by name, before a packed landscape."""
    head = pack({"choices": choices})
    return len(head).to_bytes(4, "little") + head + packed


def pack_landscape_around(
    ground: Ground, recording: Recording, epoch: int, pinned: Sequence[TrainConfig] = ()
) -> bytes:
    """Pack the states around an epoch over a plane, and of one that moves its points there."""
    frames = recording.around(epoch, REACH)
    drawn = _drawn(ground, recording, frames, pinned)
    points = points_at(ground, recording, epoch) if ground.moves else None
    return pack(
        {
            "name": _name(ground, pinned),
            **drawn,
            "chart": moving(drawn["chart"]),
            "epoch": epoch,
            "marks": None if points is None else marks(points),
        }
    )


def points_at(ground: Ground, recording: Recording, epoch: int) -> list[Stationary]:
    """The stationary points of a plane when the playhead is at an epoch."""
    plane = ground.plane_at(recording.state(epoch)) if ground.moves else ground.plane
    return stationary_points(ground.config, plane, ground.x[[0, -1]], ground.y[[0, -1]])


def _drawn(
    ground: Ground,
    recording: Recording,
    frames: Frames,
    pinned: Sequence[TrainConfig],
    points: Sequence[Stationary] = (),
) -> dict[str, Any]:
    surveyed = survey(ground, frames)
    drawn: Landscape = chart(ground, surveyed, recording, pinned, points)
    return {
        "epochs": frames.epochs.astype(np.int32),
        "chart": drawn,
        "sentence": landscape_sentence(ground, surveyed),
        "reading": reading(ground, surveyed, magnified(ground, surveyed)),
    }


def _name(ground: Ground, pinned: Sequence[TrainConfig]) -> str:
    laid = repr((ground.asked, ground.plane.directions.round(9).tolist()))
    return run_id(ground.config, *pinned, laid)
