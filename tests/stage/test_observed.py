import numpy as np

from tests.support.payload import unpack_scene
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.observed import Observed
from xorviz.core.observed_recording import record_observed
from xorviz.core.recording import Recording
from xorviz.figures import loss
from xorviz.figures.views import IN_SPACE, VIEWS
from xorviz.stage.scene import pack_scene
from xorviz.stage.views import pack_views

CONFIG = TrainConfig()
EPOCHS = np.array([0, 5, 10_000])


def observed() -> Recording:
    states = np.array([trained(CONFIG).state(epoch) for epoch in EPOCHS])
    return record_observed(Observed(CONFIG, EPOCHS, states))


def test_the_stage_gets_the_known_states_of_a_training_that_was_done_elsewhere() -> None:
    scene = unpack_scene(pack_scene(observed()))
    assert scene["epochs"].tolist() == EPOCHS.tolist()
    assert scene["gaps"] is True
    assert scene["id"] != unpack_scene(pack_scene(trained(CONFIG)))["id"]


def test_a_run_of_this_program_has_no_gaps() -> None:
    assert "gaps" not in unpack_scene(pack_scene(trained(CONFIG)))


def test_the_loss_is_drawn_at_known_states_without_the_notebooks_points() -> None:
    mean, printed, half = loss.chart(observed()).traces
    for curve in (mean, half):
        assert curve["x"].tolist() == EPOCHS.tolist()
    assert printed["x"].size == 0
    assert "printed" not in loss.chart(observed()).hint


def test_every_view_of_known_states_is_drawn() -> None:
    assert pack_views(observed(), [name for name in VIEWS if name not in IN_SPACE])
