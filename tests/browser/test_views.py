"""Gradients and updates at the network's edges, each layer's gradient, and the curves before."""

import numpy as np
import pytest

from tests.support.runs import trained
from tests.support.shown import number
from tests.support.stage import OpenStage, Stage
from xorviz.core.config import TrainConfig
from xorviz.figures.norms import LAYERS, layer_norms
from xorviz.step.step import Step, open_step

LIST = "[data-chart=weights] dl div"


def step_at(config: TrainConfig, epoch: int) -> Step:
    return open_step(config, trained(config).state(epoch), epoch)


def choose(stage: Stage, switch: str, position: str) -> None:
    stage.root.get_by_role("group", name=switch).get_by_role("button", name=position).click()


def tip_of(stage: Stage, name: str) -> str:
    """The tip of an edge or a unit."""
    box = stage.edge(name) if "→" in name else stage.root.locator(f".node[aria-label$='{name}']")
    box.focus()
    return stage.root.get_by_role("tooltip").inner_text()


def widths(stage: Stage) -> list[float]:
    lines = stage.root.locator("[data-chart=network] .drawing path:not([role])")
    return lines.evaluate_all("lines => lines.map(line => +line.getAttribute('stroke-width'))")


def assert_edges_tell(stage: Stage, values: list[float], symbol: str, step: Step) -> None:
    """Whether every edge has a step's number in its tip, and its size as its width."""
    for name, value in zip(step.names, values, strict=True):
        start, _, text = tip_of(stage, name).rpartition(" = ")
        assert start == f"{name}: {symbol}"
        assert number(text) == pytest.approx(value, rel=1e-3)
    order = np.argsort(np.abs(values))
    assert np.all(np.diff(np.array(widths(stage))[order]) >= 0)


def test_edges_show_the_gradients_of_any_epoch_and_units_their_deltas(
    open_stage: OpenStage,
) -> None:
    config = TrainConfig(epochs=2000)
    stage = open_stage("?epochs=2000&epoch=997").settled()
    assert 997 not in trained(config).epochs
    with stage.rerun():
        choose(stage, "Edges", "gradients")
        stage.page.wait_for_selector("[data-chart=network][data-edges=gradients]")
    step = step_at(config, 997)
    assert_edges_tell(stage, step.gradients.tolist(), "∂E/∂w", step)
    told = tip_of(stage, "h2").partition(": δ ")[2].split(", ")
    shown = {row: number(text) for text, row in (one.split(" for ") for one in told)}
    assert list(shown) == ["00", "01", "10", "11"]
    assert [*shown.values()] == pytest.approx(step.delta_hidden[:, 1].tolist(), rel=1e-3)
    stage.leave_field()
    with stage.rerun():
        stage.page.keyboard.press("ArrowRight")
    step = step_at(config, 998)
    assert_edges_tell(stage, step.gradients.tolist(), "∂E/∂w", step)
    choose(stage, "Edges", "weights")
    stage.page.wait_for_selector("[data-chart=network][data-edges=weights]")
    weight = number(tip_of(stage, "h1 → ŷ").partition(": ")[2])
    assert weight == pytest.approx(step.old[4], rel=1e-3)
    assert "edges" not in stage.page.url


def test_a_link_opens_updates_and_norms_and_another_run_has_its_own(
    open_shared: OpenStage,
) -> None:
    stage = open_shared("?epochs=300&epoch=200&edges=updates&lines=gradients").settled()
    for seed in (42, 43):
        step = step_at(TrainConfig(seed=seed, epochs=300), 200)
        assert_edges_tell(stage, step.updates.tolist(), "update", step)
        listed = [text.split("\n") for text in stage.root.locator(LIST).all_inner_texts()]
        assert [name for name, _ in listed] == [*LAYERS]
        norms = layer_norms([step])[0].tolist()
        assert [number(text) for _, text in listed] == pytest.approx(norms, rel=1e-3)
        if seed == 42:
            stage.nudge("Seed")
            stage.settled()
    assert "edges=updates" in stage.page.url


def test_the_curves_before_a_change_stay_until_the_next(open_stage: OpenStage) -> None:
    stage = open_stage("?epochs=300&epoch=200").settled()
    lines = stage.plot("loss", "plot.data.length")
    with stage.rerun():
        stage.page.get_by_text("Keep the curves before").click()
    legend = stage.root.locator("[data-chart=loss] .legend li")
    assert legend.count() == 0
    for before in (42, 43):
        stage.nudge("Seed")
        stage.settled()
        assert legend.count() == 1
        assert legend.inner_text().startswith(f"before: seed {before},")
        assert stage.plot("loss", "plot.data.length") == lines + 2
    assert "ghosts=true" in stage.page.url
