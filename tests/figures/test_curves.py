"""The curves of the doctor as data, against the numbers that they draw."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.support.figures import figure
from xorviz.core.numbers import with_minus
from xorviz.figures import curves
from xorviz.figures.chart import Chart
from xorviz.figures.curves import COLUMNS, HEIGHT, REACH, WIDTH
from xorviz.figures.theme import BLUE, CURVE, ORANGE, unit_colour
from xorviz.stage.payload import pack
from xorviz.stage.scene import pack_figure

Array = NDArray[np.float64]
SUMS = np.array([[0.0, 0.0, -3.0], [2.0, -1.0, -0.4], [3.0, 9.0, 2.0], [6.0, -20.0, 2.5]])
"""Of h2, h7 and the output; the output is right for 00 and 10 of XOR."""
TARGETS = "0110"


def sigma(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def drawn(units: tuple[int, ...] = (2, 7), size: int = 7, sums: Array = SUMS) -> Chart:
    return curves.chart(units, size, sums, sigma(sums), TARGETS)


def coordinates(trace: dict[str, object]) -> Array:
    """Coordinates of a trace's points, without the gaps."""
    pairs = zip(trace["x"], trace["y"], strict=True)  # type: ignore[call-overload]
    return np.array([pair for pair in pairs if None not in pair], dtype=float)


def test_plotly_takes_the_figure_and_the_stage_its_bytes() -> None:
    assert len(figure(drawn()).data) == 5
    assert pack_figure(drawn(), "run", {}, "") == pack_figure(drawn(), "run", {}, "")
    assert pack({"chart": drawn()})


def test_each_input_stands_on_its_units_curve_at_its_sum() -> None:
    *_, inputs = drawn().traces
    by_hover = dict(zip(inputs["hovertext"], coordinates(inputs), strict=True))
    for panel, name in enumerate(("h2", "h7", "ŷ")):
        for row, z in zip(("00", "01", "10", "11"), SUMS[:, panel], strict=True):
            a = float(sigma(z))
            numbers = f"sum {z:.3g}, activation {a:.3g}, derivative {a * (1 - a):.2g}"
            text = f"{name} for {row}<br>{with_minus(numbers)}"
            x, y = by_hover[text]
            assert x == pytest.approx(panel + WIDTH * np.clip(z / REACH, -1, 1))
            assert y == pytest.approx(HEIGHT * (2 * a - 1))


def test_each_tangent_has_the_slope_of_the_curve_at_its_input() -> None:
    _, *tangents, _ = drawn().traces
    colours = [unit_colour(1), unit_colour(6), CURVE]
    assert [trace["line"]["color"] for trace in tangents] == colours
    for panel, trace in enumerate(tangents):
        ends = coordinates(trace).reshape(4, 2, 2)
        (dx, dy), middle = (ends[:, 1] - ends[:, 0]).T, ends.mean(axis=1)
        a = sigma(SUMS[:, panel])
        # One unit of the sum is WIDTH / REACH of the axes across, one activation 2 HEIGHT up.
        assert dy / dx * (WIDTH / REACH) / (2 * HEIGHT) == pytest.approx(a * (1 - a))
        assert np.hypot(dx, dy) == pytest.approx(2 * curves.TANGENT)
        assert middle[:, 1] == pytest.approx(HEIGHT * (2 * a - 1))


def test_wrong_outputs_are_crosses_over_all_other_inputs_in_their_targets_colour() -> None:
    *_, inputs = drawn().traces
    marker = inputs["marker"]
    assert marker["symbol"] == ["circle"] * 10 + ["x"] * 2
    assert [text[:8] for text in inputs["hovertext"][-2:]] == ["ŷ for 01", "ŷ for 11"]
    assert marker["color"][-2:] == [ORANGE, BLUE]
    assert marker["color"][:4] == [BLUE, ORANGE, ORANGE, BLUE]


def test_every_input_of_a_panel_is_named_once() -> None:
    *_, inputs = drawn().traces
    for panel in range(3):
        names = [
            name
            for text, hover in zip(inputs["text"], inputs["hovertext"], strict=True)
            if hover.startswith(("h2", "h7", "ŷ")[panel])
            for name in text.split(", ")
            if name
        ]
        assert sorted(names) == ["00", "01", "10", "11"]


def test_an_input_shares_its_name_only_with_one_near_it() -> None:
    sums = np.array([[0.0], [0.8], [0.8], [1.6]])  # 11 is near 01, whose name stands at 00
    *_, inputs = drawn((), 0, sums).traces
    assert {*inputs["text"]} == {"00, 01, 10", "11", ""}
    named = dict(zip(inputs["text"], inputs["y"], strict=True))
    assert named["11"] == max(inputs["y"])


@pytest.mark.parametrize("count", [1, 2, 5])
def test_every_panel_lies_on_the_chart_beside_the_others(count: int) -> None:
    sums = np.linspace(-30, 30, 4 * (count + 1)).reshape(4, -1)
    chart = drawn(tuple(range(1, count + 1)), 16, sums)
    (left, right), (low, high) = chart.layout["xaxis"]["range"], chart.layout["yaxis"]["range"]
    points = np.vstack([coordinates(trace) for trace in chart.traces])
    assert (points[:, 0] >= left - 0.1).all()
    assert (points[:, 0] <= right + 0.1).all()
    assert (points[:, 1] >= low).all()
    assert (points[:, 1] <= high).all()
    panels = {(round(point[0]), round(-point[1])) for point in coordinates(chart.traces[-1])}
    assert panels == {(index % COLUMNS, index // COLUMNS) for index in range(count + 1)}


def test_the_hint_says_which_of_many_units_are_shown() -> None:
    assert "Of 7 hidden units, the 2 with the flattest tangents are shown." in drawn().hint
    assert "are shown" not in drawn(size=2).hint
