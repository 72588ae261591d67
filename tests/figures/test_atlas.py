"""The atlas: a sweep's results as a Plotly figure, half done or whole."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.figures import figure
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.verdict import KINDS
from xorviz.figures import atlas
from xorviz.figures.chart import Chart
from xorviz.figures.theme import MUTED, VERDICT_COLOURS, palettes
from xorviz.stage.payload import pack
from xorviz.stage.scene import pack_figure
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.table import outcome

SEEDS, RATES, SIZES = (3, 5, 8), (0.5, 2.0), (4, 1, 2, 16)
SWEEPS = {
    ("seed", "learning_rate"): SweepConfig(TrainConfig(epochs=900), SEEDS, RATES, (2,)),
    ("seed", "hidden_size"): SweepConfig(
        TrainConfig(epochs=900, biases=True), range(3, 6), (0.5,), SIZES
    ),
    ("learning_rate", "hidden_size"): SweepConfig(
        TrainConfig(epochs=900, targets="0001"), (7,), RATES, SIZES
    ),
}
GROUND, VERDICTS, LOSSES, EPOCHS, LABELS, COLUMNS, ROWS = range(7)
COLOURED = {"verdict": VERDICTS, "final loss": LOSSES, "epochs to solve": EPOCHS}
SOLVED, PLATEAU, DIVERGED = (KINDS.index(kind) for kind in ("solved", "plateau", "diverged"))

every_axes = pytest.mark.parametrize("axes", SWEEPS, ids=" × ".join)


def with_verdicts(config: SweepConfig, verdicts: Sequence[int]) -> Results:
    """Results of which just the networks with a verdict are trained."""
    results = Results(config)
    results.verdict[:] = verdicts
    trained, solved = results.verdict >= 0, results.verdict == SOLVED
    places = np.arange(config.count)
    results.solved_at[solved] = 100 + places[solved]
    results.mean_abs_error[trained] = 0.01 * places[trained]
    results.mean_abs_error[results.verdict == DIVERGED] = np.nan
    return results


def half_done() -> Results:
    """The seeds 3, 5 and 8 across; the rates 0.5, of which all are trained, and 2 up."""
    config = SWEEPS["seed", "learning_rate"]
    return with_verdicts(config, [SOLVED, PLATEAU, SOLVED, DIVERGED, -1, SOLVED])


def drawn(results: Results, chosen: int | None = None) -> Chart:
    return atlas.chart(results, "seed", "learning_rate", chosen)


def where_told(trace: dict[str, Any]) -> list[list[bool]]:
    return [[cell is not None for cell in row] for row in trace["z"]]


def colour(trace: dict[str, Any], cell: float) -> str:
    """The colour that Plotly gives a cell of a stepped scale."""
    share = (cell - trace["zmin"]) / (trace["zmax"] - trace["zmin"])
    below = max(index for index, (edge, _) in enumerate(trace["colorscale"]) if edge < share)
    (low, one), (high, other) = trace["colorscale"][below : below + 2]
    assert low < share < high
    assert one == other
    return str(one)


@every_axes
@pytest.mark.parametrize("trained", [0, 1, 5, None])
def test_the_atlas_is_a_figure_that_plotly_accepts(
    axes: tuple[str, str], trained: int | None
) -> None:
    config = SWEEPS[axes]
    verdicts = [index % len(KINDS) for index in range(config.count)]
    if trained is not None:
        verdicts[trained:] = [-1] * (config.count - trained)
    chart = atlas.chart(with_verdicts(config, verdicts), *axes, chosen=config.count - 1)
    fig = figure(chart)
    assert len(fig.data) == 7
    for palette in palettes().values():
        fig.plotly_relayout(palette)
    for option in chart.switches[0].options:
        fig.plotly_restyle(option.traces)
    assert pack({"charts": [chart]})
    assert pack_figure(chart, "half done", {"colour": "loss"}, "Half is done.")


@every_axes
def test_a_cell_is_the_network_of_its_column_and_its_row(axes: tuple[str, str]) -> None:
    config, (across, up) = SWEEPS[axes], axes
    results = with_verdicts(config, [SOLVED] * config.count)
    labels = atlas.chart(results, across, up).traces[LABELS]["text"]
    rows, columns = config.values[up], config.values[across]
    assert [len(row) for row in labels] == [len(columns)] * len(rows)
    for row, label_row in enumerate(labels):
        for column, label in enumerate(label_row):
            run = config.config(row * len(columns) + column)
            assert (getattr(run, across), getattr(run, up)) == (columns[column], rows[row])
            index = config.index(run)
            assert index == row * len(columns) + column
            assert label == outcome(results, index)
            assert label.startswith(
                f"seed {run.seed}, rate {run.learning_rate:g}, {run.hidden_size} hidden: solved"
            )


@every_axes
def test_the_axes_name_their_values_and_hold_every_cell(axes: tuple[str, str]) -> None:
    config = SWEEPS[axes]
    layout = atlas.chart(Results(config), *axes).layout
    for axis, setting in zip(("xaxis", "yaxis"), axes, strict=True):
        values = config.values[setting]
        assert layout[axis]["title"]["text"] == atlas.AXES[setting]
        assert layout[axis]["range"] == [-0.5, len(values) - 0.5]
        ticks = zip(layout[axis]["tickvals"], layout[axis]["ticktext"], strict=True)
        assert all(float(text) == values[tick] for tick, text in ticks)


@pytest.mark.parametrize(("count", "step"), [(1, 1), (10, 1), (11, 2), (100, 10), (1000, 100)])
def test_a_long_axis_names_at_most_ten_of_its_values(count: int, step: int) -> None:
    config = SweepConfig(TrainConfig(epochs=900), range(count), (0.5,), (2,))
    axis = drawn(Results(config)).layout["xaxis"]
    assert list(axis["tickvals"]) == list(range(0, count, step))
    assert len(axis["tickvals"]) <= 10


def test_what_is_not_trained_is_empty_in_every_colouring() -> None:
    traces = drawn(half_done()).traces
    assert where_told(traces[GROUND]) == [[True, True, True], [True, False, True]]
    assert where_told(traces[VERDICTS]) == where_told(traces[GROUND])
    assert where_told(traces[LABELS]) == where_told(traces[GROUND])
    assert where_told(traces[LOSSES]) == [[True, True, True], [False, False, True]]
    assert where_told(traces[EPOCHS]) == [[True, False, True], [False, False, True]]
    assert traces[LABELS]["text"][1][1] is None


def test_the_ground_is_grey_and_below_all_else() -> None:
    ground, *others = drawn(half_done()).traces
    assert {colour for _, colour in ground["colorscale"]} == {MUTED}
    assert ground["opacity"] < 1
    assert all("opacity" not in trace for trace in others[: LABELS - 1])


def test_the_losses_and_the_epochs_are_the_results() -> None:
    results = half_done()
    traces = drawn(results).traces
    assert traces[LOSSES]["z"] == [[0.0, 0.01, 0.02], [None, None, 0.05]]
    assert traces[EPOCHS]["z"] == [[100, None, 102], [None, None, 105]]
    assert (traces[EPOCHS]["zmin"], traces[EPOCHS]["zmax"]) == (0, 900)


@given(st.lists(st.integers(-1, len(KINDS) - 1), min_size=6, max_size=6))
def test_a_cell_has_the_colour_of_its_verdict_which_the_scale_names(verdicts: list[int]) -> None:
    trace = drawn(with_verdicts(SWEEPS["seed", "learning_rate"], verdicts)).traces[VERDICTS]
    bar = trace["colorbar"]
    named = dict(zip(bar["tickvals"], bar["ticktext"], strict=True))
    present = [kind for index, kind in enumerate(KINDS) if index in verdicts]
    assert list(named.values()) == present
    assert trace["showscale"] == bool(present)
    cells = [cell for row in trace["z"] for cell in row]
    for verdict, cell in zip(verdicts, cells, strict=True):
        assert (cell is None) == (verdict < 0)
        if cell is not None:
            assert named[cell] == KINDS[verdict]
            assert colour(trace, cell) == VERDICT_COLOURS[KINDS[verdict]]


def test_a_switch_shows_one_colouring_at_a_time_above_the_ground() -> None:
    (switch,) = drawn(half_done()).switches
    assert switch.label == "Colour by"
    assert [option.label for option in switch.options] == list(COLOURED)
    for option in switch.options:
        shown = {index for index, is_shown in enumerate(option.traces["visible"]) if is_shown}
        assert shown == {GROUND, LABELS, COLUMNS, ROWS, COLOURED[option.label]}
        assert not option.layout


ONE, NONE, HALF, MOST = (0.20654, 1.0), (0.0, 0.79346), (0.09453, 0.90547), (0.20766, 0.93851)
"""Wilson's intervals of 1 of 1, 0 of 1, 1 of 2 and 2 of 3, worked out by hand with z = 1.96:
those of n of n and 0 of n are n / (n + z²) and z² / (n + z²), z² = 3.8415."""


def test_the_shares_of_columns_and_rows_are_those_counted_by_hand() -> None:
    traces = drawn(half_done()).traces
    # Solved by column: 1 of 2, 0 of 1 trained, 2 of 2; by row: 2 of 3, 1 of 2.
    columns, rows = traces[COLUMNS], traces[ROWS]
    assert (columns["x"], columns["y"]) == ([0, 1, 2], [0.5, 0.0, 1.0])
    assert (rows["y"], rows["x"]) == ([0, 1], [pytest.approx(2 / 3), 0.5])
    assert (columns["yaxis"], rows["xaxis"]) == ("y2", "x2")
    assert "xaxis" not in columns
    assert "yaxis" not in rows
    assert columns["text"][2] == "8: 2 of 2 solved (100.0%)"
    assert rows["text"][1] == "2: 1 of 2 solved (50.0%; 95 % interval 9.5% to 90.5%)"


def test_only_shares_of_networks_that_differ_by_their_seeds_have_an_interval() -> None:
    traces = drawn(half_done()).traces
    assert intervals(traces[ROWS], "x") == [pytest.approx(ends, abs=1e-5) for ends in (MOST, HALF)]
    assert not traces[COLUMNS]["error_y"]["array"]
    config = SWEEPS["learning_rate", "hidden_size"]
    solved = with_verdicts(config, [SOLVED] * config.count)
    by_size = atlas.chart(solved, "learning_rate", "hidden_size")
    for trace, measured in ((ROWS, "x"), (COLUMNS, "y")):
        assert by_size.traces[trace]["text"]
        assert not by_size.traces[trace][f"error_{measured}"]["array"]


def intervals(trace: dict[str, Any], measured: str) -> list[tuple[float, float]]:
    bars = trace[f"error_{measured}"]
    assert bars["symmetric"] is False
    return [
        (share - below, share + above)
        for share, below, above in zip(
            trace[measured], bars["arrayminus"], bars["array"], strict=True
        )
    ]


def test_the_interval_of_a_single_network_is_the_one_worked_out_by_hand() -> None:
    config = SweepConfig(TrainConfig(epochs=900), (3,), (0.5,), (2,))
    for verdict, ends in ((SOLVED, ONE), (PLATEAU, NONE)):
        traces = drawn(with_verdicts(config, [verdict])).traces
        assert intervals(traces[ROWS], "x") == [pytest.approx(ends, abs=1e-5)]


def test_a_column_of_which_nothing_is_trained_has_no_share() -> None:
    config = SWEEPS["seed", "learning_rate"]
    traces = drawn(with_verdicts(config, [SOLVED, -1, PLATEAU, -1, -1, -1])).traces
    assert (traces[COLUMNS]["x"], traces[COLUMNS]["y"]) == ([0, 2], [1.0, 0.0])
    assert (traces[ROWS]["y"], traces[ROWS]["x"]) == ([0], [0.5])


def test_the_chosen_network_is_framed_and_no_other() -> None:
    assert not drawn(half_done()).layout["shapes"]
    frames = drawn(half_done(), chosen=5).layout["shapes"]
    assert len({frame["line"]["color"] for frame in frames}) == 2
    for frame in frames:
        corners = [frame[corner] for corner in ("x0", "x1", "y0", "y1")]
        assert corners == [1.5, 2.5, 0.5, 1.5]


def test_a_zoom_stays_while_the_map_fills_in_and_goes_with_another_sweep() -> None:
    config = SWEEPS["seed", "learning_rate"]
    other = Results(replace(config, base=TrainConfig(epochs=901)))
    zooms = [
        drawn(results).layout["uirevision"] for results in (half_done(), Results(config), other)
    ]
    assert zooms[0] == zooms[1] != zooms[2]


@every_axes
def test_the_index_of_each_swept_run_is_the_place_it_comes_from(axes: tuple[str, str]) -> None:
    config = SWEEPS[axes]
    assert [config.index(config.config(index)) for index in range(config.count)] == list(
        range(config.count)
    )


def test_a_run_that_is_not_swept_has_no_index() -> None:
    config = SweepConfig(TrainConfig(epochs=900), range(40, 50), (0.5, 2.0), (2, 3))
    run = TrainConfig(epochs=900)
    assert config.index(run) == 2
    for other in (
        {"seed": 50},
        {"learning_rate": 0.51},
        {"hidden_size": 4},
        {"epochs": 901},
        {"biases": True},
        {"targets": "0001"},
        {"edits": (Edit(0, "x1 → h1", 1.0),)},
        {"edits": (Edit(7, "η", 2.0),)},
    ):
        assert config.index(replace(run, **other)) is None


def test_what_is_swept_is_told_by_the_settings_names() -> None:
    config = SWEEPS["seed", "learning_rate"]
    assert config.values == {"seed": SEEDS, "learning_rate": RATES, "hidden_size": (2,)}
    assert config.values.keys() == atlas.AXES.keys()


def test_results_are_whole_when_every_network_is_trained() -> None:
    results = Results(SWEEPS["seed", "learning_rate"])
    assert (results.trained, results.is_whole) == (0, False)
    results.verdict[:5] = SOLVED
    assert (results.trained, results.is_whole) == (5, False)
    results.verdict[5] = DIVERGED
    assert (results.trained, results.is_whole) == (6, True)
