import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from textwrap import wrap
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.figures import figure, value_at
from tests.support.notebook import PRINTED_LOSSES
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.decision_surface import decision_surface, unit_surfaces
from xorviz.core.edit import Edit
from xorviz.core.names import parameter_names
from xorviz.core.network import Array, forward_pass
from xorviz.core.recording import Recording
from xorviz.core.trainer import Trainer
from xorviz.core.truth_table import INPUTS, ROW_NAMES
from xorviz.figures import charts, loss, weights
from xorviz.figures.beside import beside
from xorviz.figures.chart import Channel, Chart, Diagram
from xorviz.figures.lines import HOVER_WIDTH
from xorviz.figures.loss import STRETCHES, envelope
from xorviz.figures.theme import BLUE, GHOST, ORANGE, palettes
from xorviz.figures.weights import MAX_POINTS
from xorviz.settings.text import describe
from xorviz.stage.payload import pack

RUNS = {
    "default": TrainConfig(),
    "one unit": TrainConfig(hidden_size=1, epochs=300, targets="0111"),
    "sixteen units": TrainConfig(hidden_size=16, epochs=700),
    "biases": TrainConfig(seed=3, biases=True, epochs=50),
    "sixteen units, biases": TrainConfig(hidden_size=16, biases=True, epochs=700),
    "one epoch": TrainConfig(epochs=1),
    "diverged": TrainConfig(seed=4, biases=True, epochs=1200),
}
CHART_NAMES = ["network", "surface", "loss", "weights", "hidden"]
every_run = pytest.mark.parametrize("run", RUNS)


@cache
def recorded(run: str) -> Recording:
    recording = trained(RUNS[run])
    return with_nan_from_the_middle(recording) if run == "diverged" else recording


def with_nan_from_the_middle(recording: Recording) -> Recording:
    middle = recording.config.epochs // 2
    parameters, predictions = recording.parameters.copy(), recording.predictions.copy()
    parameters[recording.epochs >= middle] = np.nan
    predictions[middle:] = np.nan
    return replace(recording, parameters=parameters, predictions=predictions)


def figures(recording: Recording) -> dict[str, Chart]:
    """The charts that are figures of Plotly's."""
    return {chart.name: chart for chart in charts(recording) if isinstance(chart, Chart)}


def diagram_of(recording: Recording) -> Diagram:
    (found,) = [chart for chart in charts(recording) if isinstance(chart, Diagram)]
    return found


@cache
def drawn(run: str) -> dict[str, Chart]:
    return figures(recorded(run))


@cache
def diagram(run: str) -> Diagram:
    return diagram_of(recorded(run))


def channel(chart: Chart, attribute: str) -> Channel:
    (found,) = [channel for channel in chart.channels if channel.attribute == attribute]
    return found


@every_run
def test_every_chart_is_a_figure_that_plotly_accepts(run: str) -> None:
    last = len(recorded(run).epochs) - 1
    for chart in drawn(run).values():
        for frame in (0, last):
            assert len(figure(chart, frame).data) == len(chart.traces)


@every_run
def test_every_position_of_a_switch_and_both_themes_are_accepted_by_plotly(run: str) -> None:
    for chart in drawn(run).values():
        fig = figure(chart)
        for palette in palettes().values():
            fig.plotly_relayout(palette)
        for option in (option for switch in chart.switches for option in switch.options):
            fig.plotly_restyle(option.traces)
            fig.plotly_relayout(option.layout)


def test_plotly_refuses_a_figure_with_an_attribute_it_does_not_know() -> None:
    chart = drawn("default")["loss"]
    with pytest.raises(ValueError, match="nonsense"):
        figure(replace(chart, layout={**chart.layout, "nonsense": 1}))


@every_run
def test_the_page_has_its_five_charts_in_order(run: str) -> None:
    every = charts(recorded(run))
    assert [chart.name for chart in every] == CHART_NAMES
    assert all(chart.title and chart.hint.endswith(".") for chart in every)


@pytest.mark.parametrize(("biases", "pinned"), [(False, False), (True, False), (False, True)])
def test_the_hint_of_the_weights_names_dotted_lines_only_where_there_are_some(
    biases: bool, pinned: bool
) -> None:
    run, pin = (trained(TrainConfig(epochs=60, biases=some)) for some in (biases, pinned))
    _, _, _, weights, _ = charts(run, [pin])
    assert ("dotted" in weights.hint) == (biases or pinned)


@pytest.mark.parametrize("hidden_size", [8, 9])
def test_the_hint_of_the_weights_says_where_the_colours_of_units_repeat(hidden_size: int) -> None:
    weights = charts(trained(TrainConfig(epochs=60, hidden_size=hidden_size)))[3]
    colours = {line["name"]: line["line"]["color"] for line in weights.traces}
    repeat = colours[f"x1 → h{hidden_size}"] == colours["x1 → h1"]
    assert repeat == ("From h9 on colours repeat" in weights.hint) == (hidden_size > 8)


@every_run
def test_what_moves_has_a_value_for_every_frame(run: str) -> None:
    frames = len(recorded(run).epochs)
    network = diagram(run)
    moving = [channel for chart in drawn(run).values() for channel in chart.channels]
    moving += [*network.pictures, network.activations]
    assert {len(channel.data) for channel in moving} == {frames}
    for trace in drawn(run)["weights"].traces:
        assert len(trace["x"]) == len(trace["y"]) == frames
    assert {len(edge.values) for edge in diagram(run).edges} == {frames}


@every_run
def test_a_picture_is_drawn_from_a_channel_between_0_and_1(run: str) -> None:
    for name in ("surface", "hidden"):
        chart = drawn(run)[name]
        assert chart.picture is not None
        data = channel(chart, "z").data
        assert chart.picture.trace == channel(chart, "z").trace
        assert np.nanmin(data) >= 0
        assert np.nanmax(data) <= 1


@every_run
def test_the_surface_is_the_cores(run: str) -> None:
    recording = recorded(run)
    expected = decision_surface(recording.parameters, recording.config.hidden_size)
    np.testing.assert_array_equal(channel(drawn(run)["surface"], "z").data, expected)


@every_run
def test_the_hidden_activations_are_the_cores(run: str) -> None:
    recording = recorded(run)
    rows_by_units = forward_pass(recording.parameters, recording.config.hidden_size).hidden
    data = channel(drawn(run)["hidden"], "z").data
    np.testing.assert_array_equal(data, rows_by_units.transpose(0, 2, 1))


@pytest.mark.parametrize("run", [run for run in RUNS if run != "diverged"])
def test_the_hidden_activations_are_those_the_trainer_computed(run: str) -> None:
    recording = recorded(run)
    data = channel(drawn(run)["hidden"], "z").data
    assert data.shape == (len(recording.epochs), recording.config.hidden_size, 4)
    for frame in (0, len(data) // 2, len(data) - 1):
        trainer = Trainer(recording.config, recording.parameters[frame])
        trainer.predict()
        np.testing.assert_allclose(data[frame].T, trainer.network.hidden, rtol=1e-12)


@every_run
def test_the_four_points_tell_right_from_wrong_by_shape_and_target_by_colour(run: str) -> None:
    recording = recorded(run)
    moving = channel(drawn(run)["surface"], "shapes")
    colours = [ORANGE if target == "1" else BLUE for target in recording.config.targets]
    for frame in (0, len(recording.epochs) - 1):
        right = recording.right[recording.epochs[frame]]
        shapes = value_at(moving, frame)
        assert [shape["type"] for shape in shapes] == ["circle" if yes else "path" for yes in right]
        assert [shape["fillcolor"] for shape in shapes] == colours


def test_the_shapes_of_the_four_points_lie_around_them() -> None:
    shapes = channel(drawn("default")["surface"], "shapes").choices or ()
    for cross, disc, (x, y) in zip(shapes[::2], shapes[1::2], INPUTS, strict=True):
        assert ((disc["x0"] + disc["x1"]) / 2, (disc["y0"] + disc["y1"]) / 2) == (x, y)
        corners = np.array(re.findall(r"(-?[\d.]+),(-?[\d.]+)", cross["path"]), dtype=float)
        np.testing.assert_allclose(corners.mean(axis=0), (x, y), atol=1e-9)
        assert len(corners) == 12


def test_the_four_points_say_their_targets() -> None:
    points = drawn("one unit")["surface"].traces[1]
    assert points["text"] == [
        "input 00: target 0",
        "input 01: target 1",
        "input 10: target 1",
        "input 11: target 1",
    ]
    assert list(zip(points["x"], points["y"], strict=True)) == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_the_notebooks_points_lie_on_the_default_run() -> None:
    points = drawn("default")["loss"].traces[1]
    assert points["customdata"].tolist() == list(PRINTED_LOSSES)
    assert points["x"].tolist() == [epoch - 1 for epoch in PRINTED_LOSSES]
    np.testing.assert_allclose(points["y"], list(PRINTED_LOSSES.values()), rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    "config",
    [
        TrainConfig(seed=41),
        TrainConfig(learning_rate=0.6),
        TrainConfig(hidden_size=3),
        TrainConfig(epochs=9999),
        TrainConfig(biases=True),
        TrainConfig(targets="1001"),
    ],
    ids=repr,
)
def test_the_notebooks_points_are_on_no_other_run(config: TrainConfig) -> None:
    others = replace(trained(TrainConfig()), config=config)  # its losses, as another run
    points = loss.chart(others).traces[1]
    assert points["x"].size == points["y"].size == points["customdata"].size == 0


@every_run
def test_the_loss_curves_are_the_recordings(run: str) -> None:
    recording = recorded(run)
    mean_abs, _, half_squared = drawn(run)["loss"].traces
    for trace, losses in (
        (mean_abs, recording.mean_abs_error),
        (half_squared, recording.half_squared_error),
    ):
        assert (trace["x"][0], trace["x"][-1]) == (0, recording.config.epochs)
        np.testing.assert_array_equal(trace["y"], losses[trace["x"]].astype(np.float32))


def test_one_kind_of_loss_is_shown_at_a_time() -> None:
    chart = drawn("default")["loss"]
    kinds, _ = chart.switches
    mean_abs, half_squared = kinds.options
    assert (mean_abs.label, half_squared.label) == ("mean |error|", "½ Σ error²")
    assert mean_abs.traces["visible"] == [True, True, False]
    assert half_squared.traces["visible"] == [False, False, True]
    assert [trace.get("visible", True) for trace in chart.traces] == mean_abs.traces["visible"]


def curve(count: int, seed: int) -> Array:
    """A smooth fall with a few peaks of one point each."""
    generator = np.random.default_rng(seed)
    values = np.exp(-np.arange(count) / count) + generator.normal(scale=1e-3, size=count)
    values[generator.integers(0, count, 5)] += generator.choice([-1, 1], 5)
    return values


@given(count=st.integers(1, 30_000), seed=st.integers(0, 1000))
def test_a_drawn_curve_keeps_the_lowest_and_highest_point_of_every_stretch(
    count: int, seed: int
) -> None:
    values = curve(count, seed)
    kept = envelope(values)
    assert (kept[0], kept[-1]) == (0, count - 1)
    assert (np.diff(kept) > 0).all()
    assert len(kept) <= 2 * STRETCHES + 2
    width = 1 if count <= 2 * STRETCHES else -(-count // STRETCHES)
    for start in range(0, count, width):
        stretch = values[start : start + width]
        shown = values[kept[(kept >= start) & (kept < start + width)]]
        assert (shown.min(), shown.max()) == (stretch.min(), stretch.max())


@every_run
def test_the_weight_lines_are_the_recordings(run: str) -> None:
    recording = recorded(run)
    lines = drawn(run)["weights"].traces
    assert len(lines) == recording.parameters.shape[1]
    for line, values in zip(lines, recording.parameters.T, strict=True):
        np.testing.assert_array_equal(line["x"], recording.epochs)
        np.testing.assert_array_equal(line["y"], values.astype(np.float32))


def line_values(chart: Chart, names: Sequence[str]) -> list[float]:
    lines = {line["name"]: float(line["y"][0]) for line in chart.traces}
    return [lines[name] for name in names]


def test_a_weight_line_is_named_by_its_edge() -> None:
    chart = drawn("biases")["weights"]
    assert [line["name"] for line in chart.traces] == [
        "x1 → h1",
        "x1 → h2",
        "x2 → h1",
        "x2 → h2",
        "h1 → ŷ",
        "h2 → ŷ",
        "1 → h1",
        "1 → h2",
        "1 → ŷ",
    ]
    generator = np.random.RandomState(3)
    hidden, output = generator.uniform(size=(2, 2)), generator.uniform(size=(2, 1))
    edges = ["x1 → h2", "x2 → h1", "h2 → ŷ", "1 → h1"]
    start = [hidden[0, 1], hidden[1, 0], output[1, 0], 0.0]
    assert line_values(chart, edges) == pytest.approx(start, rel=1e-6)


def test_a_weight_line_tells_where_it_starts_or_ends_by_its_dash() -> None:
    dashes = {line["name"]: line["line"]["dash"] for line in drawn("biases")["weights"].traces}
    for name, dash in dashes.items():
        bias, to_output = name.startswith("1"), name.endswith("ŷ")
        first = "solid" if name.startswith("x1") else "dashdot"
        assert dash == ("dot" if bias else "dash" if to_output else first)


def test_lines_of_one_hidden_unit_share_a_colour_and_two_units_do_not() -> None:
    colours = {line["name"]: line["line"]["color"] for line in drawn("default")["weights"].traces}
    assert colours["x1 → h1"] == colours["x2 → h1"] == colours["h1 → ŷ"]
    assert colours["x1 → h2"] == colours["x2 → h2"] == colours["h2 → ŷ"]
    assert colours["h1 → ŷ"] != colours["h2 → ŷ"]


@every_run
def test_the_hidden_chart_has_a_row_a_unit_the_first_on_top_and_a_column_an_input(
    run: str,
) -> None:
    hidden_size = RUNS[run].hidden_size
    layout = drawn(run)["hidden"].layout
    assert list(layout["xaxis"]["ticktext"]) == ["00", "01", "10", "11"]
    assert list(layout["yaxis"]["ticktext"]) == [f"h{unit + 1}" for unit in range(hidden_size)]
    assert layout["xaxis"]["range"] == [-0.5, 3.5]
    assert layout["yaxis"]["range"] == [hidden_size - 0.5, -0.5]
    (trace,) = drawn(run)["hidden"].traces
    assert trace["text"][-1][2] == f"input 10, h{hidden_size}"


def test_weights_of_any_size_are_drawn_without_a_warning() -> None:
    assert len(charts(trained(TrainConfig(learning_rate=1e100, epochs=20)))) == len(CHART_NAMES)


def test_the_hidden_activations_of_a_run_that_overflowed_give_no_warning() -> None:
    overflowed = np.full((1, 6), np.inf)
    assert np.isnan(forward_pass(overflowed, 2).hidden[0, 0]).all()


every_size = pytest.mark.parametrize(
    ("hidden_size", "biases"),
    [(hidden_size, biases) for hidden_size in (1, 2, 3, 16) for biases in (False, True)],
)


@cache
def short_run(hidden_size: int, biases: bool) -> Recording:
    return trained(TrainConfig(seed=7, hidden_size=hidden_size, biases=biases, epochs=4))


@every_size
def test_the_network_has_a_column_of_inputs_one_of_units_and_the_output(
    hidden_size: int, biases: bool
) -> None:
    nodes = diagram_of(short_run(hidden_size, biases)).nodes
    constant = ["1"] if biases else []
    units = [f"h{unit}" for unit in range(1, hidden_size + 1)]
    expected = {0.0: ["x1", "x2", *constant], 0.5: [*units, *constant], 1.0: ["ŷ"]}
    for x, names in expected.items():
        column = sorted((node for node in nodes if node.x == x), key=lambda node: node.y)
        assert [node.name for node in column] == names
        assert all(0 < node.y < 1 for node in column)
    assert len(nodes) == sum(map(len, expected.values()))
    assert len({(node.x, node.y) for node in nodes}) == len(nodes)
    assert all(node.hint for node in nodes)


@every_size
def test_the_network_has_an_edge_a_parameter_between_the_nodes_of_its_name(
    hidden_size: int, biases: bool
) -> None:
    drawing = diagram_of(short_run(hidden_size, biases))
    assert [edge.name for edge in drawing.edges] == parameter_names(hidden_size, biases)
    for edge in drawing.edges:
        source, target = drawing.nodes[edge.source], drawing.nodes[edge.target]
        assert edge.name == f"{source.name} → {target.name}"


@every_size
def test_every_edge_goes_one_column_to_the_right_those_of_the_constants_too(
    hidden_size: int, biases: bool
) -> None:
    drawing = diagram_of(short_run(hidden_size, biases))
    for edge in drawing.edges:
        source, target = drawing.nodes[edge.source], drawing.nodes[edge.target]
        assert target.x - source.x == 0.5


@every_size
def test_every_unit_and_the_output_have_a_picture_and_nothing_else_has(
    hidden_size: int, biases: bool
) -> None:
    nodes = diagram_of(short_run(hidden_size, biases)).nodes
    pictures = {node.name: node.picture for node in nodes if node.picture is not None}
    units = {f"h{unit + 1}": unit for unit in range(hidden_size)}
    assert pictures == {**units, "ŷ": hidden_size}


@every_size
def test_the_pictures_are_the_units_surfaces_and_the_last_is_the_outputs(
    hidden_size: int, biases: bool
) -> None:
    parameters = short_run(hidden_size, biases).parameters
    pictures = diagram_of(short_run(hidden_size, biases)).pictures
    assert {picture.decimals for picture in pictures} == {2}
    surfaces = np.stack([picture.data for picture in pictures], axis=1)
    np.testing.assert_array_equal(surfaces, unit_surfaces(parameters, hidden_size))
    every_third = decision_surface(parameters, hidden_size)[:, ::3, ::3]
    np.testing.assert_allclose(surfaces[:, -1], every_third, rtol=1e-12)


@every_run
def test_the_edges_values_are_the_recordings_parameters(run: str) -> None:
    parameters = recorded(run).parameters
    assert len(diagram(run).edges) == parameters.shape[1]
    for edge, values in zip(diagram(run).edges, parameters.T, strict=True):
        assert edge.values.dtype == np.float32
        np.testing.assert_array_equal(edge.values, values.astype(np.float32))


@every_run
def test_the_networks_activations_are_the_hidden_activations_and_the_predictions(run: str) -> None:
    recording = recorded(run)
    activations = diagram(run).activations.data
    hidden = channel(drawn(run)["hidden"], "z").data
    np.testing.assert_array_equal(activations[:, :-1], hidden)
    np.testing.assert_array_equal(activations[:, -1], recording.predictions[recording.epochs])
    assert tuple(diagram(run).input_names) == ROW_NAMES


@every_run
def test_the_widest_edge_is_the_largest_finite_weight_of_the_run(run: str) -> None:
    finite = [
        abs(value) for value in recorded(run).parameters.ravel().tolist() if np.isfinite(value)
    ]
    assert diagram(run).widest == max(finite)


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf])
def test_a_network_without_one_finite_weight_can_still_be_drawn_and_sent(broken: float) -> None:
    recording = trained(TrainConfig(epochs=3, biases=True))
    lost = replace(recording, parameters=np.full_like(recording.parameters, broken))
    drawing = diagram_of(lost)
    assert 0 < drawing.widest < np.inf
    assert pack({"charts": [drawing]})


@pytest.mark.parametrize(
    "config",
    [
        TrainConfig(learning_rate=1e308, epochs=20),
        TrainConfig(learning_rate=1e308, epochs=20, biases=True, hidden_size=16),
    ],
    ids=["default", "sixteen units, biases"],
)
def test_a_run_that_left_the_numbers_is_drawn_and_sent_without_a_warning(
    config: TrainConfig,
) -> None:
    assert pack({"charts": charts(trained(config))})
    assert pack({"charts": [diagram("diverged"), *drawn("diverged").values()]})


EDITS = (Edit(40, "h1 → ŷ", -3.0), Edit(5, "x1 → h1", 2.0), Edit(5, "x2 → h1", 1.0))


def lines_of(chart: Chart) -> list[tuple[int, int]]:
    """Where the vertical lines over the whole height of a chart stand."""
    shapes = chart.layout.get("shapes", [])
    return [(shape["x0"], shape["x1"]) for shape in shapes if shape["yref"] == "paper"]


@pytest.mark.parametrize("name", ["loss", "weights"])
def test_each_epoch_with_an_edit_is_marked_once_after_the_cursor(name: str) -> None:
    chart = figures(trained(TrainConfig(epochs=60, edits=EDITS)))[name]
    assert lines_of(chart) == [(0, 0), (5, 5), (40, 40)]
    assert [shape["line"].get("dash") for shape in chart.layout["shapes"]] == [None, "dot", "dot"]
    assert len(figure(chart).layout.shapes) == 3


def test_a_chart_not_over_the_epochs_has_no_marks_of_edits() -> None:
    edited = figures(trained(TrainConfig(epochs=60, edits=EDITS)))
    assert lines_of(edited["surface"]) == lines_of(edited["hidden"]) == []


@every_run
def test_a_run_without_edits_has_no_marks_of_them(run: str) -> None:
    for name in ("loss", "weights"):
        assert lines_of(drawn(run)[name]) == [(0, 0)]


PINS = (
    TrainConfig(seed=7, epochs=300),
    TrainConfig(hidden_size=16, biases=True, epochs=700),
    TrainConfig(epochs=60),
    TrainConfig(epochs=60, edits=(Edit(20, "η", 2.0),)),
)


@cache
def compared(count: int = len(PINS)) -> dict[str, Chart]:
    """The charts of a run of 60 epochs, with so many pinned runs below it."""
    pinned = [trained(pin) for pin in PINS[:count]]
    every = charts(trained(TrainConfig(epochs=60)), pinned)
    return {chart.name: chart for chart in every if isinstance(chart, Chart)}


def below(name: str, count: int = len(PINS)) -> Sequence[dict[str, Any]]:
    """What a chart has in addition where runs are pinned; its first traces."""
    added = len(compared(count)[name].traces) - len(compared(0)[name].traces)
    return compared(count)[name].traces[:added]


@pytest.mark.parametrize("count", range(5))
@pytest.mark.parametrize("name", ["surface", "loss", "weights", "hidden"])
def test_pinned_runs_leave_the_runs_own_traces_axes_and_marks_as_they_are(
    name: str, count: int
) -> None:
    alone, pinned = compared(0)[name], compared(count)[name]
    own = pinned.traces[len(below(name, count)) :]
    assert pack({"traces": own}) == pack({"traces": alone.traces})
    assert pack({"layout": pinned.layout}) == pack({"layout": alone.layout})
    assert len(figure(pinned).data) == len(pinned.traces)


def test_a_pinned_runs_losses_are_its_own_from_the_first_epoch_to_its_last() -> None:
    curves = below("loss")
    assert len(curves) == 2 * len(PINS)
    for pin, mean_abs, half_squared in zip(PINS, curves[::2], curves[1::2], strict=True):
        recording = trained(pin)
        for trace, losses in (
            (mean_abs, recording.mean_abs_error),
            (half_squared, recording.half_squared_error),
        ):
            assert (trace["x"][0], trace["x"][-1]) == (0, pin.epochs)
            np.testing.assert_array_equal(trace["y"], losses[trace["x"]].astype(np.float32))


def test_a_fork_is_drawn_over_the_run_it_branches_from_up_to_its_epoch_and_off_it_after() -> None:
    run, fork = below("loss")[4], below("loss")[6]
    np.testing.assert_array_equal(run["x"], fork["x"])
    np.testing.assert_array_equal(run["y"][:21], fork["y"][:21])
    assert (run["y"][21:] != fork["y"][21:]).all()


def test_a_switch_shows_the_same_kind_of_loss_of_the_pinned_runs_as_of_the_run() -> None:
    chart = compared(3)["loss"]
    mean_abs, half_squared = chart.switches[0].options
    pinned = [True, False] * 3
    assert mean_abs.traces["visible"] == [*pinned, True, True, False]
    assert half_squared.traces["visible"] == [not shown for shown in pinned] + [False, False, True]
    assert [trace.get("visible", True) for trace in chart.traces] == mean_abs.traces["visible"]
    for option in chart.switches[0].options:
        figure(chart).plotly_restyle(option.traces)


def test_the_notebooks_points_are_on_no_pinned_run() -> None:
    run = trained(TrainConfig(seed=1, epochs=100))
    chart, compared = loss.chart(run), loss.chart(run, beside([trained(TrainConfig())]))
    points = [trace for trace in compared.traces if trace["mode"] == "markers"]
    assert len(points) == len([trace for trace in chart.traces if trace["mode"] == "markers"]) == 1
    assert points[0]["x"].size == 0


@pytest.mark.parametrize("name", ["loss", "weights"])
def test_a_pinned_runs_lines_are_thin_pale_and_of_one_colour_that_its_name_has(name: str) -> None:
    colours = dict(compared()["loss"].legend)
    assert list(colours) == [describe(pin) for pin in PINS]
    assert len(set(colours.values())) == len(PINS)
    seen = {}
    for trace in below(name):
        assert trace["line"]["width"] == 1
        assert trace["opacity"] < 1
        seen[trace["hovertemplate"].split("<br>")[0]] = trace["line"]["color"]
    assert seen == {wrap(run, HOVER_WIDTH)[0]: colour for run, colour in colours.items()}
    own = compared()[name].traces[len(below(name)) :]
    assert not {trace["line"]["color"] for trace in own if "line" in trace} & set(colours.values())


def test_a_pinned_weight_tells_its_layer_by_its_dash_and_its_name_on_hover() -> None:
    pinned, own = below("weights", 1), compared(0)["weights"].traces
    for one, other in zip(pinned, own, strict=True):
        assert one["line"]["dash"] == other["line"]["dash"]
        assert one["name"] == other["name"]
        assert one["hovertemplate"].split("<br>")[1] == one["name"]


def test_a_long_name_of_a_pinned_run_is_told_on_hover_in_short_lines() -> None:
    config = TrainConfig(777, 0.35, 16, 8000, biases=True, targets="0010", edits=EDITS)
    name = describe(config)
    curve = loss.chart(trained(TrainConfig(epochs=9)), beside([trained(config)])).traces[0]
    *lines, _, _ = curve["hovertemplate"].split("<br>")
    assert " ".join(lines) == name
    assert max(map(len, lines)) <= HOVER_WIDTH < len(name)


def test_only_the_runs_own_weights_are_listed() -> None:
    for count in range(5):
        chart = compared(count)["weights"]
        assert chart.values == len(below("weights", count))
        listed = [trace["name"] for trace in chart.traces[chart.values :]]
        assert listed == parameter_names(2, biases=False)
    assert compared()["loss"].values is None


def test_a_pinned_weight_is_the_recordings_at_evenly_spaced_states_and_the_last() -> None:
    lines = iter(below("weights"))
    for pin in PINS:
        recording = trained(pin)
        for values in recording.parameters.T:
            line = next(lines)
            frames = np.searchsorted(recording.epochs, line["x"])
            np.testing.assert_array_equal(recording.epochs[frames], line["x"])
            np.testing.assert_array_equal(line["y"], values[frames].astype(np.float32))
            assert (line["x"][0], line["x"][-1]) == (0, pin.epochs)
            assert len(set(np.diff(frames)[:-1])) <= 1
            assert (len(frames) - 1) * recording.parameters.shape[1] <= MAX_POINTS
    assert next(lines, None) is None


@pytest.mark.parametrize(("hidden_size", "biases"), [(1, False), (2, True), (5, True), (8, False)])
def test_a_small_pinned_network_is_drawn_at_every_recorded_state(
    hidden_size: int, biases: bool
) -> None:
    pin = trained(TrainConfig(hidden_size=hidden_size, biases=biases, epochs=1000))
    chart = weights.chart(trained(TrainConfig(epochs=60)).frames, beside([pin]))
    np.testing.assert_array_equal(chart.traces[0]["x"], pin.epochs)


def test_a_run_pinned_to_itself_lies_below_its_own_curve() -> None:
    run = trained(TrainConfig(epochs=60))
    chart = loss.chart(run, beside([run]))
    np.testing.assert_array_equal(chart.traces[0]["y"], chart.traces[2]["y"])
    assert chart.traces[0]["line"]["color"] != chart.traces[2]["line"]["color"]


def test_a_ghosts_curves_lie_lowest_thin_and_grey_and_its_name_says_that_it_was_before() -> None:
    run, before = trained(TrainConfig(epochs=60)), trained(TrainConfig(seed=7, epochs=60))
    pins = [trained(pin) for pin in PINS[:2]]
    shown = {chart.name: chart for chart in charts(run, pins, ghost=before)}
    for name, own in (("loss", before.mean_abs_error), ("weights", before.parameters[:, 0])):
        lowest = shown[name].traces[0]
        np.testing.assert_array_equal(lowest["y"], own.astype(np.float32))
        assert (lowest["line"]["color"], lowest["line"]["width"]) == (GHOST, 1)
    assert shown["loss"].legend[0] == (f"before: {describe(before.config)}", GHOST)
    listed = [trace["name"] for trace in shown["weights"].traces[shown["weights"].values :]]
    assert listed == parameter_names(2, biases=False)


def test_the_diamonds_of_the_notebook_are_explained_where_they_are_drawn() -> None:
    shown = loss.chart(trained(TrainConfig()))
    assert "◇: printed by the notebook, whose Epoch 1000 is epoch 999 here." in shown.hint
    (points,) = [trace for trace in shown.traces if trace["mode"] == "markers"]
    assert points["x"][0] == 999
    assert ":.4g" in points["hovertemplate"]  # fewer digits than differ between machines
    assert "◇" not in loss.chart(trained(TrainConfig(seed=7))).hint
