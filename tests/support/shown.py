"""Shown: the numbers on the page, against those of the run."""

import numpy as np
import pytest

from tests.support.runs import trained
from tests.support.stage import Stage
from xorviz.core.config import TrainConfig
from xorviz.core.decision_surface import decision_surface
from xorviz.core.network import forward_pass
from xorviz.stage.scene import run_id


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def visible_charts(stage: Stage) -> set[str]:
    sections = stage.root.locator("section").all()
    return {str(part.get_attribute("data-chart")) for part in sections if part.is_visible()}


def assert_reads(stage: Stage, config: TrainConfig, epoch: int) -> None:
    """Whether the read-outs are those of this state of the run."""
    assert (stage.run, stage.epoch) == (run_id(config), epoch)
    recording = trained(config)
    losses = [recording.mean_abs_error[epoch], recording.half_squared_error[epoch]]
    expected = [*losses, *recording.predictions[epoch]]
    assert [number(text) for text in stage.readouts().values()] == pytest.approx(expected, rel=1e-3)


def assert_shows(stage: Stage, config: TrainConfig, epoch: int) -> None:
    """Whether read-outs and charts, at rest, are those of this state of the run."""
    assert_reads(stage, config, epoch)
    assert stage.state in ("paused", "ended")
    state = trained(config).state(epoch)[np.newaxis]
    shown = visible_charts(stage)
    if "network" in shown:
        stage.edge("x1 → h1").focus()
        tip = stage.root.locator(".drawing .tip").inner_text()
        assert number(tip.removeprefix("x1 → h1: ")) == pytest.approx(state[0, 0], rel=1e-3)
    size, rows = config.hidden_size, "plot.data[0].z.map(row => [...row])"
    if "hidden" in shown:
        activations = forward_pass(state, size).hidden[0].T
        assert np.array(stage.plot("hidden", rows)) == pytest.approx(activations, abs=6e-4)
    if "surface" in shown:
        surface = decision_surface(state, size)[0]
        assert np.array(stage.plot("surface", rows)) == pytest.approx(surface, abs=6e-4)
    if "weights" in shown:
        values = stage.root.locator("[data-chart=weights] dd").all_inner_texts()
        assert [number(text) for text in values] == pytest.approx(state[0], rel=1e-3)
    for chart in {"loss", "weights"} & shown:
        assert stage.cursor(chart) == pytest.approx(epoch, abs=1)
