"""Opening: how the stage opens on a run, and what of it is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from xorviz.core.config import TrainConfig
from xorviz.core.recording import Recording, frame_epochs
from xorviz.settings import link
from xorviz.stage.payload import pack
from xorviz.stage.scene import draw, run_id

CHARTS: Final = {"activations": "hidden"}
"""What the stage calls a chart that links call otherwise."""
PARTS: Final = (*link.CHARTS, "readouts", "verdict", "share", "tabs", "controls")
"""Parts that the stage leaves out, or that leave it more room. The page leaves out the others."""


@dataclass(frozen=True)
class Opening:
    """How the stage opens on a run.

    Attributes
    ----------
    epoch
        Where the playhead is; None for the run's start.
    plays
        Whether it plays from there, unless the reader prefers reduced motion.
    speed
        How fast; 1 is the usual speed.
    choices
        Positions of the charts' switches, by name.
    hidden
        Names of what is left out: charts, ``readouts``, ``verdict`` and ``share``; and
        ``tabs`` and ``controls``, whose room the stage then has.
    number
        Counts the openings of a reader's session, as ``SESSION.COUNT``. The stage applies an
        opening when its count differs from the last one of the same session. It ignores the
        first opening of another session: there the server was restarted, and opens what the
        stage shows.
    """

    epoch: int | None = None
    plays: bool = True
    speed: float = 1
    choices: Mapping[str, str] = field(default_factory=dict)
    hidden: Sequence[str] = ()
    number: str = ".1"


def read_opening(settings: Mapping[str, Any], number: str = ".1") -> Opening:
    """Read from a link's settings how it opens; a step that is laid open is there to be read."""
    epoch, play = settings["epoch"], settings["play"]
    plays = epoch is None and settings["tab"] != "backprop"
    return Opening(
        epoch=epoch,
        plays=plays if play is None else play,
        speed=float(settings["speed"]),
        choices={name: settings[name] for name in ("loss", "axis", "colour")},
        hidden=[CHARTS.get(part, part) for part in settings["hide"] if part in PARTS],
        number=number,
    )


@lru_cache(maxsize=1024)
def is_between(config: TrainConfig, epoch: int | None) -> bool:
    """Whether a run has this epoch, and no frame of it."""
    return epoch is not None and epoch <= config.epochs and epoch not in frame_epochs(config)


def pack_stage(
    scene: bytes, opening: Opening, config: TrainConfig, recording: Recording | None = None
) -> bytes:
    """Join a run's scene, and how the stage opens on it, to what the stage takes.

    Where it opens between two frames of the run, that state goes along, for which the
    recording is needed; see `is_between`.
    """
    epoch = opening.epoch
    state = {}
    if recording is not None and epoch is not None and is_between(config, epoch):
        state = draw(recording, recording.frame(epoch))
    packed = pack({**vars(opening), "id": run_id(config), **state})
    return len(packed).to_bytes(4, "little") + packed + scene
