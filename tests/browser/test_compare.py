"""The tab Compare: pinned runs below the current one, and forks of it."""

from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest

from tests.support.runs import trained
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.settings.link import run_query
from xorviz.stage.scene import run_id

TAB = "?tab=compare"
LINES = "plot.data.map(({ x, y, line, opacity }) => ({ x: [...x], y: [...y], line, opacity }))"


@pytest.fixture
def compare(open_shared: OpenStage) -> Stage:
    """The tab on the notebook's run, at rest at its start."""
    return open_shared(TAB)


def wait_for_traces(stage: Stage, chart: str, count: int) -> None:
    length = f"document.querySelector('[data-chart={chart}] .js-plotly-plot').data.length"
    stage.page.wait_for_function(f"() => {length} === {count}")


def pin(stage: Stage) -> None:
    before = stage.plot("loss", "plot.data.length")
    stage.page.get_by_role("button", name="Pin this run").click()
    wait_for_traces(stage, "loss", before + 2)


def traces(stage: Stage, chart: str) -> list[dict[str, Any]]:
    return list(stage.plot(chart, LINES))


def test_pinning_leaves_the_plots_and_a_playhead_at_rest_or_on_its_way_alone(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(f"{TAB}&speed=0.1&epoch=5000")
    page, run = stage.page, stage.run
    page.get_by_role("heading", name="Another learning rate from epoch 5,000 on").wait_for()
    stage.mark_plots()
    with stage.rerun():
        pin(stage)
    assert (stage.epoch, stage.run, stage.state) == (5_000, run, "paused")
    assert stage.plots_are_the_marked()
    with stage.rerun():
        page.get_by_role("button", name="Remove").click()
    wait_for_traces(stage, "loss", 3)
    assert (stage.epoch, stage.run, stage.state) == (5_000, run, "paused")
    stage.play()
    pin(stage)
    pinned_at = stage.epoch
    assert 5_000 <= pinned_at < 8_000
    stage.wait_for_later_epoch(pinned_at + 100)
    assert stage.state == "playing"
    assert stage.plots_are_the_marked()


def test_a_pinned_run_lies_thin_below_the_current_one_of_which_a_weight_can_stand_out(
    compare: Stage,
) -> None:
    compare.page.keyboard.press("End")
    compare.settled()
    pin(compare)
    compare.nudge("Seed")
    for chart, below in (("loss", 2), ("weights", 6)):
        lines = traces(compare, chart)
        widths = [line["line"]["width"] for line in lines if line["line"]]
        assert set(widths[:below]) == {1}
        assert set(widths[below:]) == {2}
        assert all(line["opacity"] < 1 for line in lines[:below])
    old, new = trained(TrainConfig()), trained(TrainConfig(seed=43))
    weights = [line["y"] for line in traces(compare, "weights")]
    both = np.hstack([old.parameters, new.parameters]).T
    np.testing.assert_array_equal(weights, both.astype(np.float32))
    listed = compare.root.locator("[data-chart=weights] dl dd").all_inner_texts()
    assert float(listed[0]) == pytest.approx(new.parameters[-1][0], rel=1e-3)
    legend = compare.root.locator("[data-chart=loss] .legend li")
    assert legend.all_inner_texts() == ["seed 42, rate 0.5"]
    compare.root.locator("[data-chart=weights] dl div").nth(2).hover()
    compare.page.wait_for_function(
        "() => document.querySelector('[data-chart=weights] .js-plotly-plot').data[8].opacity === 1"
    )
    opacity = [line["opacity"] for line in traces(compare, "weights")]
    assert opacity.index(1) == 8
    assert max(opacity[:8] + opacity[9:]) < 0.3


def test_a_fork_agrees_with_the_pinned_run_up_to_its_epoch_and_differs_after(
    compare: Stage,
) -> None:
    compare.type_into("Epoch", "4000")
    compare.page.get_by_role("heading", name="Another learning rate from epoch 4,000 on").wait_for()
    compare.wait("data-settled", "4000")  # then the field below is the one of this epoch
    compare.type_into("Learning rate from there", "2")
    compare.wait("data-run", run_id(TrainConfig(edits=(Edit(4000, "η", 2.0),))))
    compare.wait("data-epoch", "4000")
    compare.page.wait_for_url("**/?edits=4000_lr_2.0&tab=compare&pin=&epoch=4000")
    pinned, _, fork, *_ = traces(compare, "loss")
    before = {x: y for x, y in zip(pinned["x"], pinned["y"], strict=True) if x <= 4000}
    after = {x: y for x, y in zip(pinned["x"], pinned["y"], strict=True) if x > 4000}
    forked = dict(zip(fork["x"], fork["y"], strict=True))
    shared = before.keys() & forked.keys()
    assert len(shared) > 100
    assert all(forked[x] == before[x] for x in shared)
    shared_after = after.keys() & forked.keys()
    assert shared_after
    assert all(forked[x] != after[x] for x in shared_after)


def test_the_tab_fits_every_window_without_scrolling_sideways(open_shared: OpenStage) -> None:
    pins = (TrainConfig(), TrainConfig(hidden_size=3), TrainConfig(43), TrainConfig(epochs=10_100))
    compare = open_shared(f"{TAB}&{urlencode([('pin', run_query(run)) for run in pins])}")
    for width, height, scheme in ((1440, 900, "light"), (800, 600, "dark"), (390, 844, "light")):
        compare.resize(width, height, scheme)
        assert compare.page.evaluate(
            "() => ['html', '[data-testid=stMain]', '.stage', '.st-key-compare']"
            ".flatMap(name => [...document.querySelectorAll(name)])"
            ".every(box => box.scrollWidth <= box.clientWidth)"
        )
    assert compare.page.locator(".st-key-compare .runs").evaluate(
        "box => box.scrollWidth > box.clientWidth"
    )
