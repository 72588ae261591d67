"""The decision surface seen from hidden space, and in 3-D."""

import re

import numpy as np
import pytest

from tests.support.axe import violations
from tests.support.runs import trained
from tests.support.stage import OpenStage, Stage
from xorviz.core import hidden_space as space
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.truth_table import INPUTS

SURFACE = "[data-chart=surface]"
MARKS = """() => {
  const plane = document.querySelector("[data-chart=surface] .multiples svg");
  const square = plane.querySelector("rect[stroke-opacity]");
  const [left, top, side] = ["x", "y", "width"].map((name) => +square.getAttribute(name));
  const place = (path) => {
    const box = path.getBBox();
    return [(box.x + box.width / 2 - left) / side, 1 - (box.y + box.height / 2 - top) / side];
  };
  return ["00", "01", "10", "11"].map((row) => place(plane.querySelector(`[data-input="${row}"]`)));
}"""
"""The middle of each input's mark in the plane."""


LABELS = """() => {
  const labels = document.querySelectorAll("[data-chart=surface] .multiples text");
  const isName = (label) => /^[01]{2}(, [01]{2})*$/.test(label.textContent);
  return [...labels].filter(isName).map((label) => {
    const box = label.getBBox();
    return [label.textContent.split(", "), [box.x + box.width / 2, box.y + box.height / 2]];
  });
}"""
"""The inputs that each label names, and its middle."""
DOTS = """() => {
  const dots = document.querySelectorAll("[data-chart=surface] .multiples [data-input]");
  return [...dots].map((dot) => {
    const box = dot.getBBox();
    const middle = [box.x + box.width / 2, box.y + box.height / 2];
    return [dot.dataset.input, middle, box.width, dot.getAttribute("d").includes("L")];
  });
}"""
"""Each input's mark, the undermost first: its name, middle and width, and whether it is a cross."""


def open_view(stage: Stage, position: str) -> None:
    group = stage.root.get_by_role("group", name="Surface")
    group.get_by_role("button", name=position, exact=True).click()


def wait_for_surface(stage: Stage, shown: str) -> None:
    stage.page.wait_for_selector(f"{SURFACE}[data-surface='{shown}']")


def landed(config: TrainConfig, epoch: int, units: list[int]) -> Array:
    state = trained(config).state(epoch)[np.newaxis]
    return space.carry(state, config.hidden_size, units, INPUTS)[0].T


@pytest.mark.parametrize("seed", [41, 48])
def test_a_wrong_input_lies_on_a_right_one_that_lands_where_it_does(
    open_shared: OpenStage, seed: int
) -> None:
    stage = open_shared(f"?seed={seed}&surface=hidden&epoch=10000")
    wait_for_surface(stage, "hidden")
    dots = stage.page.evaluate(DOTS)
    assert [is_cross for *_, is_cross in dots] == [False, False, False, True]
    assert min(np.hypot(*np.subtract(dots[3][1], dot[1])) for dot in dots[:3]) < 7


def test_of_right_inputs_that_land_together_both_colours_are_seen(open_shared: OpenStage) -> None:
    stage = open_shared("?hidden=16&surface=hidden&epoch=10000")
    wait_for_surface(stage, "hidden")
    dots = {name: rest for name, *rest in stage.page.evaluate(DOTS)}
    assert not any(is_cross for *_, is_cross in dots.values())
    assert dots["11"][1] < dots["01"][1]


@pytest.mark.parametrize("epoch", [319, 871, 876])
def test_the_label_of_an_input_is_nearer_to_it_than_to_any_other(
    open_shared: OpenStage, epoch: int
) -> None:
    stage = open_shared(f"?surface=hidden&epoch={epoch}")
    wait_for_surface(stage, "hidden")
    dots = stage.page.evaluate(DOTS)
    for names, middle in stage.page.evaluate(LABELS):
        far = {name: np.hypot(*np.subtract(spot, middle)) for name, spot, *_ in dots}
        assert min(far, key=far.__getitem__) in names


def test_hidden_space_has_the_inputs_where_the_units_put_them_at_every_epoch(
    open_stage: OpenStage,
) -> None:
    stage = open_stage("?epoch=997").settled()
    assert 997 not in trained(TrainConfig()).epochs
    with stage.rerun():
        open_view(stage, "hidden")
        wait_for_surface(stage, "hidden")
    assert stage.page.evaluate(MARKS) == pytest.approx(
        landed(TrainConfig(), 997, [0, 1]), abs=0.005
    )
    note = stage.page.locator(f"{SURFACE} .multiples text", has_text="At epoch 997,")
    note.wait_for()
    with stage.rerun():
        stage.page.keyboard.press("Escape")
        stage.leave_field()
        stage.page.keyboard.press("ArrowRight")
    assert stage.page.evaluate(MARKS) == pytest.approx(
        landed(TrainConfig(), 998, [0, 1]), abs=0.005
    )
    assert "surface=hidden" in stage.page.url
    assert stage.root.get_by_role("combobox", name="Unit across").count() == 0
    open_view(stage, "input")
    wait_for_surface(stage, "input")
    assert "surface" not in stage.page.url


def test_another_pair_of_units_can_be_picked_and_is_in_the_link(open_shared: OpenStage) -> None:
    config = TrainConfig(hidden_size=4, epochs=300)
    stage = open_shared("?hidden=4&epochs=300&epoch=300&surface=hidden")
    across = stage.root.get_by_role("combobox", name="Unit across")
    up = stage.root.get_by_role("combobox", name="Unit up")
    pair = space.units_with_largest_weights(trained(config).parameters[-1], 4)
    assert [across.input_value(), up.input_value()] == [f"h{unit + 1}" for unit in pair]
    other = next(unit for unit in range(4) if unit not in pair)
    with stage.rerun():
        across.select_option(f"h{other + 1}")
        stage.page.wait_for_url(re.compile(f"pair=h{other + 1}_h{pair[1] + 1}"))
    expected = landed(config, 300, [other, pair[1]])
    assert stage.page.evaluate(MARKS) == pytest.approx(expected, abs=0.005)
    with stage.rerun():
        up.select_option(f"h{other + 1}")  # the two change places
    assert stage.page.evaluate(MARKS) == pytest.approx(expected[:, ::-1], abs=0.005)
    assert f"pair=h{pair[1] + 1}_h{other + 1}" in stage.page.url


def test_a_point_of_the_grid_tells_its_input_and_an_input_its_output(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?epoch=300&surface=hidden")
    cell = stage.root.locator(f"{SURFACE} rect[role=img]")
    label = cell.get_attribute("aria-label") or ""
    assert re.search(r"00: h1 0\.500, h2 0\.500; output 0\.\d+, target 0", label)
    box = stage.root.locator(f"{SURFACE} .multiples [data-input='00']").bounding_box()
    assert box is not None
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    stage.page.mouse.move(*middle)
    tip = stage.root.locator(f"{SURFACE} .multiples .tip")
    assert tip.inner_text().startswith("00: h1 0.500, h2 0.500")
    stage.page.mouse.move(middle[0] + 12, middle[1])
    assert re.match(r"input \(.*\)\nh1 0\.\d+, h2 0\.\d+", tip.inner_text())
    assert violations(stage.page) == []


def test_the_output_in_3d_is_drawn_once_asked_for_and_moves_with_the_playhead(
    open_stage: OpenStage,
) -> None:
    stage = open_stage("?epochs=300&epoch=0").settled()
    loaded = "performance.getEntriesByType('resource').map((entry) => entry.name)"
    assert not [name for name in stage.page.evaluate(loaded) if "gl3d" in name]
    open_view(stage, "3-D")
    wait_for_surface(stage, "3d")
    stage.page.wait_for_selector(f"{SURFACE} .space canvas")
    plot = f"document.querySelector('{SURFACE} .space .js-plotly-plot')"
    heights = f"() => Array.from({plot}.data[0].z)"
    before = stage.page.evaluate(heights)
    stage.leave_field()
    stage.page.keyboard.press("End")
    stage.wait("data-settled", "300")
    stage.page.wait_for_function(f"before => {plot}.data[0].z[900] !== before", arg=before[900])
    eye = stage.page.evaluate(f"() => {plot}.layout.scene.camera.eye.x")
    stage.root.locator(f"{SURFACE} .space [role=application]").press("ArrowLeft")
    assert stage.page.evaluate(f"() => {plot}.layout.scene.camera.eye.x") != eye
    assert stage.epoch == 300
    open_view(stage, "input")
    wait_for_surface(stage, "input")
