"""Opening: how the stage opens on a run, and which of its parts are left out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xorviz.core.config import TrainConfig
from xorviz.core.recording import Recording
from xorviz.settings import link
from xorviz.settings.page import Page
from xorviz.stage.frames import draw_moving
from xorviz.stage.payload import pack
from xorviz.stage.scene import run_id

CHARTS: Final = {"activations": "hidden"}
"""Names of charts in links, and the names that the stage has for them instead."""
PARTS: Final = (*link.CHARTS, *link.ABOVE, "tabs", "controls", link.FUTURE)
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
    reads
        Whether the open tab is about the one epoch at which the run rests.
    speed
        The speed of playback; 1 is the usual speed.
    beat
        The beat at which the step's film opens; None for no film.
    presents
        Whether the page is made for a room: type is sized by the screen's height.
    pace
        Whether time goes by how much changes, ``change``, or evenly by epochs, ``even``.
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
    parameters
        Names of the link's parameters that the stage writes into the page's address.
    """

    epoch: int | None = None
    plays: bool = True
    speed: float = 1
    choices: Mapping[str, str] = field(default_factory=dict)
    hidden: Sequence[str] = ()
    number: str = ".1"
    pace: str = link.DEFAULT.pace
    presents: bool = False
    beat: int | None = None
    reads: bool = False
    parameters: Sequence[str] = link.STAGE_PARAMETERS


def read_opening(page: Page, number: str = ".1") -> Opening:
    """Read how a page opens its run.

    A page of one state does not play by itself, as it is to be read. One that opens a step's film
    never plays the run.
    """
    beat = page.beat if page.opens_film else None
    reads = page.tab in link.READ
    plays = page.epoch is None and not reads if page.play is None else page.play
    return Opening(
        epoch=page.epoch,
        plays=plays and beat is None,
        reads=reads,
        beat=beat,
        speed=float(page.speed),
        pace=page.pace,
        presents=page.present,
        choices={name: getattr(page, name) for name in link.SWITCHES},
        hidden=[CHARTS.get(part, part) for part in page.left_out if part in PARTS],
        number=number,
    )


def is_inside(config: TrainConfig, epoch: int | None) -> bool:
    """Whether an epoch lies between a run's first and its last, which are always recorded."""
    return epoch is not None and 0 < epoch < config.epochs


def pack_stage(
    scene: bytes,
    opening: Opening,
    config: TrainConfig,
    recording: Recording | None = None,
    wanted: Collection[str] = (),
    views: bytes = b"",
) -> bytes:
    """Pack a run's scene and its opening together for the stage.

    Parameters
    ----------
    scene, opening, config
        The run as `scene.pack_scene` packs it, how the stage opens on it, and its settings.
    recording
        Needed for an opening inside the run, whose state is added, see `is_inside`; and for a
        training that was done elsewhere.
    wanted, views
        Names of the wanted views, and the run's as `views.pack_views` packs them.
    """
    epoch = opening.epoch
    run = run_id(*recording.identity) if recording else run_id(config)
    state = {}
    if recording is not None and epoch is not None and is_inside(config, epoch):
        state = draw_moving(recording, recording.around(epoch), wanted)
    sent = {**vars(opening), "id": run, **state}
    parts = (pack(sent), views)
    return b"".join([*(len(part).to_bytes(4, "little") + part for part in parts), scene])
