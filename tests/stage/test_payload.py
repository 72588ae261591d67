import dataclasses
import random
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import plotly.offline
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.typing import NDArray

from tests.support.payload import assert_came_through, unpack, unpack_scene, values
from xorviz.core.config import TrainConfig
from xorviz.core.edit import MAX_EDITS, Edit
from xorviz.core.names import parameter_names
from xorviz.core.recording import Recording, record
from xorviz.core.verdict import judge
from xorviz.figures import charts
from xorviz.figures.chart import Channel
from xorviz.figures.theme import MUTED, VERDICT_COLOURS
from xorviz.sentences.verdict import COUNTS, verdict_text
from xorviz.stage import STATIC
from xorviz.stage.payload import pack
from xorviz.stage.scene import Column, Table, pack_jump, pack_scene, pack_still

DEFAULT_BUDGET = 150_000
BUDGET = 650_000
EDITED_BUDGET = 1_500_000
"""Bytes of a run on its way to the browser: the default one, any, and one with 200 edits."""
PINS_BUDGET = 150_000
"""Bytes that four pinned runs add."""


@pytest.mark.parametrize(
    "config",
    [TrainConfig(epochs=1200), TrainConfig(hidden_size=16, biases=True, epochs=30, targets="0001")],
    ids=repr,
)
def test_the_browser_gets_the_charts_as_they_were_drawn(config: TrainConfig) -> None:
    drawn = charts(record(config))
    assert_came_through(unpack(pack({"charts": drawn})), {"charts": drawn})


@pytest.mark.parametrize(("value", "shown"), [(1e9, 32.767), (np.inf, 32.767), (-40, -32.767)])
def test_a_value_beyond_a_rounded_channel_is_sent_as_its_end(value: float, shown: float) -> None:
    channel = Channel(0, "z", np.array([[value]]), decimals=3)
    (came,) = unpack(pack({"channels": [channel]}))["channels"]
    assert values(came) == pytest.approx(np.array([[shown]]))


@given(
    data=arrays(
        np.float64,
        array_shapes(min_dims=2, max_dims=3, max_side=6),
        elements=st.floats(0, 1) | st.just(np.nan),
    ),
    decimals=st.integers(0, 4),
)
def test_a_rounded_channel_is_right_to_half_a_unit_and_keeps_nan(
    data: NDArray[np.float64], decimals: int
) -> None:
    channel = Channel(0, "z", data, decimals=decimals)
    (came,) = unpack(pack({"channels": [channel]}))["channels"]
    assert came["data"].dtype == np.int16
    np.testing.assert_array_equal(np.isnan(values(came)), np.isnan(data))
    assert_came_through(came, channel)


@given(
    data=arrays(
        st.sampled_from([np.float64, np.float32, np.int32, np.int16, np.int8, np.uint8]),
        array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=7),
    ),
    padding=st.text(max_size=9),
)
def test_an_array_arrives_to_the_last_bit(data: NDArray[Any], padding: str) -> None:
    content = {padding: [data, {"again": data}], "word": padding}
    assert_came_through(unpack(pack(content)), content)


def test_an_array_that_is_not_stored_in_order_arrives_in_order() -> None:
    data = np.arange(12, dtype=np.float32).reshape(3, 4)
    assert unpack(pack({"column": data[:, 1]}))["column"].tolist() == [1, 5, 9]


def test_packing_leaves_a_channels_data_alone() -> None:
    data = np.linspace(0, 1, 12).reshape(3, 4)
    before = data.copy()
    pack({"channels": [Channel(0, "z", data, decimals=3)]})
    np.testing.assert_array_equal(data, before)


@pytest.mark.parametrize(
    ("content", "error"), [(object(), TypeError), ({1, 2}, TypeError), (float("nan"), ValueError)]
)
def test_what_the_browser_can_not_read_is_not_packed(
    content: object, error: type[Exception]
) -> None:
    with pytest.raises(error):
        pack({"content": content})


def test_the_default_run_is_small_to_send() -> None:
    assert len(pack_scene(record(TrainConfig()))) <= DEFAULT_BUDGET


LARGEST = TrainConfig(3, 2.0, hidden_size=16, epochs=239, biases=True)
"""All states recorded and much happening between two: the largest found among thousands."""


def test_the_largest_run_is_within_its_budget_and_runs_unlike_it_are_smaller() -> None:
    size = len(pack_scene(record(LARGEST)))
    assert size <= BUDGET
    for other in (
        {"biases": False},
        {"epochs": 150},
        {"epochs": 1_000},
        {"learning_rate": 10.0},
    ):
        assert len(pack_scene(record(replace(LARGEST, **other)))) < size


def test_a_run_with_as_many_edits_as_a_link_may_have_is_within_its_budget() -> None:
    draw = random.Random(21)
    epochs, names = draw.sample(range(10_001), MAX_EDITS), parameter_names(16, biases=True)
    edits = tuple(Edit(epoch, draw.choice(names), draw.uniform(-4, 4)) for epoch in epochs)
    edited = TrainConfig(21, 2.0, 16, 10_000, True, "1001", edits)
    assert BUDGET < len(pack_scene(record(edited))) <= EDITED_BUDGET


@cache
def large_pins() -> list[Recording]:
    """Four runs of the largest network, none of which share their numbers."""
    rates = (0.5, 2.0, 5.0, 10.0)
    return [
        record(TrainConfig(seed, rate, hidden_size=16, biases=True))
        for seed, rate in enumerate(rates)
    ]


def test_a_run_is_small_to_send_beside_four_large_pinned_ones() -> None:
    assert len(pack_scene(record(TrainConfig()), large_pins())) <= DEFAULT_BUDGET + PINS_BUDGET


def test_a_scene_is_another_where_other_runs_are_pinned_but_of_the_same_run() -> None:
    run, *pins = (record(TrainConfig(seed, epochs=30)) for seed in range(3))
    sets = [(), pins[:1], pins[1:], pins, pins[::-1], [run]]
    scenes = [unpack_scene(pack_scene(run, pinned)) for pinned in sets]
    assert len({scene["shown"] for scene in scenes}) == len(sets)
    assert {scene["id"] for scene in scenes} == {unpack_scene(pack_scene(run))["id"]}
    assert pack_scene(run, pins) == pack_scene(run, list(pins))
    assert unpack_scene(pack_scene(pins[0]))["shown"] not in {scene["shown"] for scene in scenes}


def test_a_scenes_charts_have_the_pinned_runs_and_nothing_else_of_it_has() -> None:
    run, pin = record(TrainConfig(epochs=60)), record(TrainConfig(seed=1, epochs=90))
    alone, beside = unpack_scene(pack_scene(run)), unpack_scene(pack_scene(run, [pin]))
    assert_came_through(beside["charts"], charts(run, [pin]))
    different = {key for key in alone if not same(alone[key], beside[key])}
    assert different == {"shown", "charts"}


def same(one: Any, other: Any) -> bool:
    return pack({"content": one}) == pack({"content": other})


def test_a_still_has_no_pinned_runs_and_lists_its_first_weight_first() -> None:
    still = unpack(pack_still(record(TrainConfig(epochs=30)), 7, a_table(1), "", "a.0"))
    (chart,) = [chart for chart in still["charts"] if chart["name"] == "weights"]
    assert (chart["values"], len(chart["traces"])) == (0, 6)


def test_a_part_of_the_page_says_where_in_its_run_it_moved_the_playhead() -> None:
    config = TrainConfig(epochs=30)
    came = unpack(pack_jump("compare", config, 7, "a.3"))
    assert came == {"view": "compare", "id": scene_id(config), "epoch": 7, "jumps": "a.3"}


def test_a_scene_holds_the_run() -> None:
    config = TrainConfig(epochs=1000, biases=True)
    recording = record(config)
    came = unpack_scene(pack_scene(recording))
    assert came["epochs"].tolist() == recording.epochs.tolist()
    verdict = judge(recording)
    assert verdict.kind == "solved"
    assert came["verdict"] == {
        "counts": list(COUNTS),
        "text": verdict_text(verdict),
        "colours": [MUTED, VERDICT_COLOURS["solved"]],
    }
    assert_came_through(came["times"], recording.times.astype(np.float32))
    assert came["milestones"][-1] == {"epoch": verdict.epoch, "text": "solved"}
    assert set(came["palettes"]) == {"light", "dark"}
    assert_came_through(came["charts"], charts(recording))


def test_a_scenes_read_outs_are_the_losses_and_predictions_of_every_frame() -> None:
    config = TrainConfig(epochs=1000)
    recording = record(config)
    mean_abs, half_squared, *predictions = unpack_scene(pack_scene(recording))["readouts"]
    at = recording.epochs
    assert mean_abs["values"] == pytest.approx(recording.mean_abs_error[at], rel=1e-6)
    assert half_squared["values"] == pytest.approx(recording.half_squared_error[at], rel=1e-6)
    assert [readout["label"] for readout in predictions] == ["ŷ(00)", "ŷ(01)", "ŷ(10)", "ŷ(11)"]
    for row, readout in enumerate(predictions):
        assert readout["values"] == pytest.approx(recording.predictions[at, row], rel=1e-6)
        assert readout["right"].tolist() == recording.right[at, row].astype(int).tolist()


def scene_id(config: TrainConfig) -> str:
    return str(unpack_scene(pack_scene(record(config)))["id"])


def test_equal_settings_are_one_scene_and_any_other_setting_is_another() -> None:
    config = TrainConfig(epochs=100)
    others = [
        dataclasses.replace(config, **change)
        for change in (
            {"seed": 1},
            {"learning_rate": 0.25},
            {"hidden_size": 3},
            {"epochs": 101},
            {"biases": True},
            {"targets": "0001"},
            {"edits": (Edit(3, "x1 → h1", 2.5),)},
            {"edits": (Edit(3, "x1 → h1", 2.25),)},
            {"edits": (Edit(4, "x1 → h1", 2.5),)},
        )
    ]
    assert pack_scene(record(config)) == pack_scene(record(TrainConfig(epochs=100)))
    ids = [scene_id(one) for one in (config, *others)]
    assert len(set(ids)) == len(ids)


def test_a_whole_learning_rate_is_the_same_scene_as_its_float() -> None:
    whole, decimal = (
        TrainConfig(epochs=9, learning_rate=1),
        TrainConfig(epochs=9, learning_rate=1.0),
    )
    assert whole == decimal
    assert scene_id(whole) == scene_id(decimal)


def test_edits_in_any_order_are_the_same_scene() -> None:
    edits = (Edit(3, "x1 → h1", 2), Edit(1, "h1 → ŷ", -0.0), Edit(3, "x2 → h2", 1.5))
    one = TrainConfig(epochs=9, edits=edits)
    other = TrainConfig(epochs=9, edits=(edits[2], Edit(1, "h1 → ŷ", 0), edits[0]))
    assert scene_id(one) == scene_id(other)


def test_a_scene_has_the_diagram_by_nodes_and_edges_and_every_other_chart_by_traces() -> None:
    network, *others = unpack_scene(pack_scene(record(TrainConfig(epochs=30))))["charts"]
    assert len(network["nodes"]) == 5
    assert len(network["edges"]) == 6
    assert "traces" not in network
    assert all(chart["traces"] and "nodes" not in chart for chart in others)


def test_a_still_is_its_state_of_the_run_recorded_or_not() -> None:
    config = TrainConfig(epochs=1000, biases=True)
    recording = record(config)
    table = a_table(3)
    scene = unpack_scene(pack_scene(recording))
    for epoch in (0, 1, 137, 1000):
        came = unpack(pack_still(recording, epoch, table, "x1 → h1", "a.5"))
        assert came["id"] == scene["id"]
        assert came["epochs"].tolist() == [epoch]
        assert (came["chosen"], came["jumps"]) == ("x1 → h1", "a.5")
        edges = came["charts"][0]["edges"]
        values_now = [edge["values"].tolist() for edge in edges]
        assert values_now == recording.state(epoch).astype(np.float32)[:, np.newaxis].tolist()
        assert [chart["name"] for chart in came["charts"]] == [
            chart["name"] for chart in scene["charts"]
        ]
        loss = came["readouts"][0]["values"].tolist()
        assert loss == [np.float32(recording.mean_abs_error[epoch])]


def test_a_still_of_a_recorded_state_is_that_frame_of_the_scene() -> None:
    recording = record(TrainConfig(epochs=1000))
    frame = len(recording.epochs) // 2
    still = unpack(pack_still(recording, int(recording.epochs[frame]), a_table(1), "", "a.0"))
    for ours, theirs in zip(
        still["readouts"], unpack_scene(pack_scene(recording))["readouts"], strict=True
    ):
        assert ours["values"].tolist() == [theirs["values"][frame]]


def a_table(rows: int) -> Table:
    columns = [Column("old", "Before."), Column("new", "After.")]
    numbers = np.arange(2.0 * rows).reshape(rows, 2) / 3
    return Table("weight", [f"row {row}" for row in range(rows)], columns, numbers, (0, 1))


def test_a_stills_table_arrives_to_the_last_bit() -> None:
    table = a_table(4)
    came = unpack(pack_still(record(TrainConfig(epochs=3)), 2, table, "", 0))["table"]
    assert (came["corner"], came["names"], came["veiled"]) == ("weight", table.names, [0, 1])
    assert [(column["name"], column["hint"]) for column in came["columns"]] == [
        ("old", "Before."),
        ("new", "After."),
    ]
    np.testing.assert_array_equal(came["values"].reshape(4, 2), table.values)


def test_equal_arrays_are_sent_once() -> None:
    noise = np.random.default_rng(0).normal(size=5000)
    once, twice = pack({"one": noise}), pack({"one": noise, "two": noise.copy()})
    assert len(twice) < len(once) + 100
    came = unpack(twice)
    assert came["one"].tobytes() == came["two"].tobytes() == noise.tobytes()


def test_arrays_of_equal_bytes_but_another_type_stay_of_their_type() -> None:
    content = {"floats": np.zeros(2), "bytes": np.zeros(16, dtype=np.uint8), "none": np.zeros(0)}
    assert_came_through(unpack(pack(content)), content)


def test_a_weights_line_and_its_edge_are_sent_once() -> None:
    recording = record(TrainConfig(epochs=300))
    charts_sent = unpack_scene(pack_scene(recording))["charts"]
    network, _, _, weights, _ = charts_sent
    for edge, trace in zip(network["edges"], weights["traces"], strict=True):
        assert edge["name"] == trace["name"]
        assert edge["values"] is trace["y"]


@pytest.mark.parametrize("bundle", ["flat", "gl3d"])
def test_the_browsers_plotly_is_the_one_the_figures_were_checked_with(bundle: str) -> None:
    with (STATIC / f"vendor/plotly-{bundle}.min.js").open(encoding="utf-8") as file:
        heading = file.read(300)
    assert f"plotly.js ({bundle} - minified) v{plotly.offline.get_plotlyjs_version()}\n" in heading


def test_what_the_stage_can_not_read_is_refused() -> None:
    with pytest.raises(TypeError, match="int64"):
        pack({"charts": [], "epochs": np.arange(3, dtype=np.int64)})
