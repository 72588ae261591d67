"""Views: what charts show in other positions of their switches, packed for the stage."""

from collections.abc import Collection, Sequence

from xorviz.core.recording import Recording
from xorviz.figures.beside import beside
from xorviz.stage.frames import draw_opened
from xorviz.stage.payload import pack
from xorviz.stage.scene import run_id


def pack_views(
    recording: Recording,
    wanted: Collection[str],
    pinned: Sequence[Recording] = (),
    ghost: Recording | None = None,
) -> bytes:
    """Pack the wanted views of a run's frames, with the curves of other runs; their name first."""
    others = beside(pinned, ghost)
    below = (part for other in others for part in (other.name, *other.recording.identity))
    name = run_id(*recording.identity, *wanted, *below)
    return name.encode() + pack(draw_opened(recording, recording.frames, wanted, others))
