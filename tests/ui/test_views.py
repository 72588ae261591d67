"""What a reader's page shows beside its run: the views that were opened, and the run before."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.page import link, opened, ran
from tests.support.payload import unpack_scene
from xorviz.core.config import TrainConfig
from xorviz.core.recording import record
from xorviz.figures.views import VIEWS
from xorviz.stage.views import pack_views
from xorviz.ui import page


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What each run of the page hands the stage: the wanted views, and the scene."""
    seen: list[dict[str, Any]] = []

    def pack_stage(scene: bytes, *parts: Any) -> bytes:
        _, _, _, wanted, views = parts
        seen.append({"wanted": wanted, "views": views, "scene": unpack_scene(scene)})
        return b""

    monkeypatch.setattr(page, "pack_stage", pack_stage)
    return seen


def drawn_before(sent: dict[str, Any]) -> list[str]:
    """The names of the runs whose curves lie below the run's own."""
    (loss,) = [chart for chart in sent["scene"]["charts"] if chart["name"] == "loss"]
    return [name for name, _ in loss["legend"]]


def with_seed(app: AppTest, seed: int) -> AppTest:
    app.slider(key="seed").set_value(seed)
    return ran(app)


def test_a_page_where_no_view_is_open_sends_none(sent: list[dict[str, Any]]) -> None:
    opened(epochs="200")
    assert (sent[-1]["wanted"], sent[-1]["views"]) == ((), b"")


def test_a_link_opens_its_views_and_the_page_sends_those_alone(sent: list[dict[str, Any]]) -> None:
    opened(epochs="200", edges="gradients", lines="gradients", units="values")
    assert sent[-1]["wanted"] == ("edges=gradients", "lines=gradients")
    recording = record(TrainConfig(epochs=200))
    assert sent[-1]["views"] == pack_views(recording, sent[-1]["wanted"])


def test_every_view_is_opened_by_its_name_in_a_link(sent: list[dict[str, Any]]) -> None:
    for name in VIEWS:
        parameter, _, choice = name.partition("=")
        opened(epochs="100", **{parameter: choice})
        assert sent[-1]["wanted"] == (name,)


def test_the_curves_before_a_change_stay_until_the_next_one_where_they_are_asked_for(
    sent: list[dict[str, Any]],
) -> None:
    app = opened(epochs="200", ghosts="true")
    assert drawn_before(sent[-1]) == []
    with_seed(app, 7)
    (name,) = drawn_before(sent[-1])
    assert name.startswith("before: ")
    assert "seed 42" in name
    ran(app)
    assert drawn_before(sent[-1]) == [name]
    with_seed(app, 8)
    assert ["seed 7," in name for name in drawn_before(sent[-1])] == [True]
    app.toggle(key="ghosts").set_value(False)
    ran(app)
    assert drawn_before(sent[-1]) == []
    assert "ghosts" not in link(app)


def test_a_run_before_that_is_pinned_is_drawn_once(sent: list[dict[str, Any]]) -> None:
    app = opened(epochs="200", ghosts="true", pin="epochs=200")
    with_seed(app, 7)
    (name,) = drawn_before(sent[-1])
    assert not name.startswith("before")


def test_the_gradients_have_the_curves_before_and_those_of_pinned_runs(
    sent: list[dict[str, Any]],
) -> None:
    app = opened(epochs="200", ghosts="true", lines="gradients", edges="gradients", pin="seed=9")
    with_seed(app, 7)
    run, before, pinned = (
        record(TrainConfig(seed=seed, epochs=epochs))
        for seed, epochs in ((7, 200), (42, 200), (9, 10_000))
    )
    assert sent[-1]["views"] == pack_views(run, sent[-1]["wanted"], [pinned], before)
    app.toggle(key="ghosts").set_value(False)
    ran(app)
    assert sent[-1]["views"] == pack_views(run, sent[-1]["wanted"], [pinned])


def test_views_without_such_curves_are_the_same_beside_any_run(sent: list[dict[str, Any]]) -> None:
    opened(epochs="200", edges="gradients", pin="seed=9")
    assert sent[-1]["views"] == pack_views(record(TrainConfig(epochs=200)), ["edges=gradients"])
