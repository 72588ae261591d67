"""The table of a run's steps, as the stage follows it while the run plays."""

import numpy as np
import pytest
from hypothesis import given

from tests.support.payload import unpack
from tests.support.runs import runs, trained
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.stage.motion import pack_motion
from xorviz.stage.scene import pack_scene, run_id
from xorviz.step.step import open_step

BRIEF: float = 2.0**-11
"""Relative error of a number of three digits."""


def read(packed: bytes) -> tuple[int, Array]:
    """How many frames of the run there are for each of the tables, and these; (rows, 8, tables)."""
    motion = unpack(packed[16:])
    lowest_first = motion["planes"].reshape(4, -1).T
    differences = np.ascontiguousarray(lowest_first).view("<i4").reshape(-1, motion["frames"])
    bits = np.cumsum(differences, axis=1, dtype=np.int32) << np.int32(motion["shift"])
    return motion["every"], bits.view(np.float32).reshape(-1, 8, motion["frames"]).astype(float)


@given(config=runs())
def test_every_frame_has_the_numbers_of_its_step_with_three_digits(config: TrainConfig) -> None:
    recording = trained(config)
    packed = pack_motion(recording)
    assert packed[:16].decode() == run_id(config)
    every, tables = read(packed)
    epochs = recording.epochs[::every]
    assert tables.shape[-1] == len(epochs)
    for frame in (0, len(epochs) // 2, len(epochs) - 1):
        epoch = int(epochs[frame])
        with np.errstate(over="ignore"):
            expected = open_step(config, recording.state(epoch), epoch).table.astype(np.float32)
        np.testing.assert_allclose(tables[..., frame], expected, rtol=BRIEF, atol=1e-38)


@pytest.mark.parametrize("config", [TrainConfig(), TrainConfig(hidden_size=16, biases=True)])
def test_it_takes_at_most_a_tenth_of_the_runs_bytes(config: TrainConfig) -> None:
    recording = trained(config)
    assert len(pack_motion(recording)) <= 0.1 * len(pack_scene(recording))
