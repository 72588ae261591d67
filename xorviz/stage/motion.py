"""Motion: the table of a step in every recorded state, in few bytes, to follow a playing run.

The upper bits of each number in single precision are kept: three significant digits. They are
sent as differences between frames, which are small, and the bytes of all differences lie apart:
all lowest bytes first. So most bytes are 0 and compress well; motion.js reads them.
"""

from typing import Final

import numpy as np

from xorviz.core.recording import Recording
from xorviz.stage.payload import pack
from xorviz.stage.scene import run_id
from xorviz.step.step import steps

LEFT_OUT: Final = 11
"""Lower bits of a number that are left out, of 32."""
MAX_ROWS: Final = 3000
"""The most rows of all frames' tables; above it frames are left out evenly."""


def pack_motion(recording: Recording) -> bytes:
    """Pack the numbers of `Step.table` in a run's frames, the run's name first."""
    every = -(-recording.parameters.size // MAX_ROWS)
    opened = steps(recording.frames.every(every))
    with np.errstate(over="ignore"):
        values = np.stack([step.table for step in opened], axis=-1).astype(np.float32)
    bits = (values.view(np.int32) + (1 << (LEFT_OUT - 1))) >> LEFT_OUT
    planes = np.diff(bits, axis=-1, prepend=0).astype("<i4").view(np.uint8).reshape(-1, 4).T
    packed = {
        "frames": values.shape[-1],
        "every": every,
        "shift": LEFT_OUT,
        "planes": np.ascontiguousarray(planes),
    }
    return run_id(*recording.identity).encode() + pack(packed)
