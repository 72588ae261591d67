"""Opening: how the stage opens on a run, and what of it is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from xorviz.core.config import TrainConfig
from xorviz.core.recording import Recording, frame_epochs
from xorviz.settings import link
from xorviz.settings.page import Page
from xorviz.stage.payload import pack
from xorviz.stage.scene import moment_of, run_id

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


def opening_of(page: Page, number: str = ".1") -> Opening:
    """How a page opens its run; a step that is laid open is there to be read."""
    plays = page.epoch is None and page.tab != "backprop"
    return Opening(
        epoch=page.epoch,
        plays=plays if page.play is None else page.play,
        speed=float(page.speed),
        choices={"loss": page.loss, "axis": page.axis, "colour": page.colour},
        hidden=[CHARTS.get(part, part) for part in page.hide if part in PARTS],
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

    With it goes which of a link's parameters the stage writes, in their order.
    Where it opens between two frames of the run, that state goes along, for which the
    recording is needed; see `is_between`.
    """
    epoch = opening.epoch
    moment = {}
    if recording is not None and epoch is not None and is_between(config, epoch):
        moment = moment_of(recording, epoch)
    sent = {**vars(opening), "id": run_id(config), "parameters": link.VIEW, **moment}
    packed = pack(sent)
    return len(packed).to_bytes(4, "little") + packed + scene
