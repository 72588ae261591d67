"""The views of a run: what each frame's whole step is drawn as."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from xorviz.core.config import TrainConfig
from xorviz.core.recording import record
from xorviz.figures.beside import THIN, beside
from xorviz.figures.chart import Chart
from xorviz.figures.flow import Flow
from xorviz.figures.norms import layer_norms
from xorviz.figures.views import VIEWS, draw_views, wanted_by
from xorviz.sentences.views import view_sentence
from xorviz.settings import link
from xorviz.step.step import open_step

RUNS = (
    TrainConfig(epochs=300),
    TrainConfig(seed=3, hidden_size=5, biases=True, epochs=40),
    TrainConfig(hidden_size=1, epochs=2, targets="0001"),
)


def flow_of(config: TrainConfig, name: str) -> Flow:
    recording = record(config)
    drawn = draw_views(recording, recording.frames, [name])[name]
    assert isinstance(drawn, Flow)
    return drawn


def steps_of(config: TrainConfig) -> list[Any]:
    frames = record(config).frames
    states = zip(frames.parameters, frames.epochs, strict=True)
    return [open_step(config, state, int(epoch)) for state, epoch in states]


@pytest.mark.parametrize("config", RUNS)
def test_each_edge_has_the_steps_gradient_and_update_in_every_frame(config: TrainConfig) -> None:
    steps = steps_of(config)
    for name, of_step in (("edges=gradients", "gradients"), ("edges=updates", "updates")):
        shown = np.array(flow_of(config, name).edges)
        expected = np.array([getattr(step, of_step) for step in steps]).T
        assert np.array_equal(shown, expected.astype(np.float32))
        assert flow_of(config, name).largest == np.abs(shown).max()


@pytest.mark.parametrize("config", RUNS)
def test_each_unit_has_its_deltas_on_the_four_inputs_the_output_last(config: TrainConfig) -> None:
    nodes = flow_of(config, "edges=gradients").nodes.data
    for frame, step in enumerate(steps_of(config)):
        expected = np.vstack([step.delta_hidden.T, step.delta_output])
        assert np.array_equal(nodes[frame], expected.astype(np.float32))
    assert flow_of(config, "edges=updates").largest_node == np.abs(nodes).max()


@pytest.mark.parametrize("config", RUNS)
def test_a_layers_line_is_the_norm_of_its_gradients_biases_included(config: TrainConfig) -> None:
    recording = record(config)
    drawn = draw_views(recording, recording.frames, ["lines=gradients"])["lines=gradients"]
    assert isinstance(drawn, Chart)
    inputs, hidden = (trace["y"] for trace in drawn.traces)
    for frame, step in enumerate(steps_of(config)):
        squares = {True: 0.0, False: 0.0}
        for name, gradient in zip(step.names, step.gradients, strict=True):
            squares[name.endswith("ŷ")] += gradient**2
        assert inputs[frame] == pytest.approx(squares[False] ** 0.5, rel=1e-6)
        assert hidden[frame] == pytest.approx(squares[True] ** 0.5, rel=1e-6)


def test_a_layers_gradient_is_0_where_it_is_and_not_where_its_squares_are() -> None:
    step = steps_of(TrainConfig(hidden_size=1, epochs=1))[0]
    for gradients, norms in (
        ((3e-200, 4e-200, 0.0), (5e-200, 0.0)),
        ((3e200, -4e200, 1.0), (5e200, 1.0)),
    ):
        (both,) = layer_norms([replace(step, gradients=np.array(gradients))])
        assert both.tolist() == [pytest.approx(norm, rel=1e-12) for norm in norms]


def test_only_the_wanted_views_are_drawn() -> None:
    recording = record(TrainConfig(epochs=2))
    assert draw_views(recording, recording.frames, ()) == {}
    names = ["lines=gradients", "edges=updates"]
    assert list(draw_views(recording, recording.frames, names)) == names


def test_every_position_of_a_switch_but_the_first_is_a_view() -> None:
    positions = [
        f"{name}={choice}"
        for name in ("edges", "surface", "lines", "units")
        for choice in link.limits(name).choices[1:]
    ]
    assert sorted(positions) == sorted(VIEWS)
    for name in VIEWS:
        parameter, _, choice = name.partition("=")
        assert wanted_by({parameter: choice}) == (name,)
        assert wanted_by({parameter: link.limits(parameter).choices[0]}) == ()


def test_the_gradients_of_other_runs_are_thin_lines_below_the_runs_own() -> None:
    run, pinned, before = (record(TrainConfig(seed=seed, epochs=90)) for seed in (1, 2, 3))
    others = beside([pinned], before)
    alone = draw_views(run, run.frames, ["lines=gradients"])["lines=gradients"]
    drawn = draw_views(run, run.frames, ["lines=gradients"], others)["lines=gradients"]
    assert isinstance(alone, Chart)
    assert isinstance(drawn, Chart)
    assert (drawn.values, len(drawn.traces)) == (4, 6)
    assert [repr(trace) for trace in drawn.traces[4:]] == [repr(trace) for trace in alone.traces]
    for index, other in enumerate(others):
        lines = drawn.traces[2 * index : 2 * index + 2]
        norms = layer_norms(steps_of(other.recording.config)).T
        assert np.array_equal([line["y"] for line in lines], norms.astype(np.float32))
        assert [(line["line"]["color"], line["line"]["width"]) for line in lines] == [
            (other.colour, 1)
        ] * 2
    assert drawn.hint == alone.hint + THIN
    assert repr(view_sentence(drawn)) == repr(view_sentence(alone))
