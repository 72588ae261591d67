"""Landscape: a run over a plane through weight space, packed for the stage."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.frames import Frames
from xorviz.core.recording import Recording
from xorviz.figures.heights import Heights, heights_of
from xorviz.figures.landscape import Landscape, chart, marks
from xorviz.figures.theme import palettes
from xorviz.landscape.stationary import Stationary, stationary_points
from xorviz.landscape.survey import Ground, survey
from xorviz.sentences.landscape import landscape_sentence, readings
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
    drawn = _drawn(ground, recording, recording.around(epoch, REACH), pinned)
    points = points_at(ground, recording, epoch) if ground.moves else None
    return pack(
        {
            "name": _name(ground, pinned),
            **drawn,
            "chart": _moving(drawn["chart"]),
            "epoch": epoch,
            "heights": _heights(ground, recording, epoch) if ground.moves else None,
            "marks": None if points is None else marks(points),
        }
    )


def _moving(drawn: Landscape) -> Landscape:
    """Keep what changes with the epoch."""
    terrain = drawn.terrain
    if terrain is None:
        return drawn
    heights = terrain.heights if terrain.moves else None
    return replace(
        drawn,
        traces=(),
        layout={},
        switches=(),
        terrain=replace(terrain, heights=heights, space=None),
    )


def _heights(ground: Ground, recording: Recording, epoch: int) -> Heights:
    """The drawn loss of a plane that moves, at an epoch at which the playhead rests."""
    return heights_of(survey(ground, recording.at([epoch]), is_fine=True).grids)


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
        "readings": readings(ground, surveyed, heights_of(surveyed.grids)),
    }


def _name(ground: Ground, pinned: Sequence[TrainConfig]) -> str:
    laid = repr((ground.asked, ground.plane.directions.round(9).tolist()))
    return run_id(ground.config, *pinned, laid)
