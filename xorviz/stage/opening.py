"""Opening: how the stage opens on a run, and which of its parts are left out."""

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
"""Names of charts in links, and the names that the stage has for them instead."""
PARTS: Final = (*link.CHARTS, "readouts", "verdict", "share", "tabs", "controls")
"""Hidden parts that concern the stage: its own, and those of the page whose room it takes."""


@dataclass(frozen=True)
class Opening:
    """How the stage opens on a run.

    Attributes
    ----------
    epoch
        The epoch of the playhead; None for the run's start.
    plays
        Whether it plays from there, unless the reader prefers reduced motion.
    speed
        The speed of playback; 1 is the usual speed.
    choices
        Positions of the charts' switches, by name.
    hidden
        Names of the parts left out: charts, ``readouts``, ``verdict`` and ``share``; also
        ``tabs`` and ``controls``, whose room the stage then takes.
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
    """Read an opening from a link's settings. A link to a step does not play: it is to be read."""
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
    """Whether a run has this epoch but no frame of it."""
    return epoch is not None and epoch <= config.epochs and epoch not in frame_epochs(config)


def pack_stage(
    scene: bytes, opening: Opening, config: TrainConfig, recording: Recording | None = None
) -> bytes:
    """Pack a run's scene and its opening together for the stage.

    An opening between two frames needs the recording, from which that state is added; see
    `is_between`.
    """
    epoch = opening.epoch
    state = {}
    if recording is not None and epoch is not None and is_between(config, epoch):
        state = draw(recording, recording.frame(epoch))
    packed = pack({**vars(opening), "id": run_id(config), **state})
    return len(packed).to_bytes(4, "little") + packed + scene
