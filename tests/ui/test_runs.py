"""Results of the pool: kept for all, trained ahead, and counted for whoever runs the server."""

import logging
from collections.abc import Iterator

import pytest

from tests.support.page import opened, ran
from xorviz.core.config import TrainConfig
from xorviz.core.side_by_side import record_many
from xorviz.pool.pool import Pool
from xorviz.stage.scene import pack_scenes
from xorviz.ui import operator, runs
from xorviz.ui.runs import CACHE


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    """A pool of this test's own."""
    with Pool(2) as two:
        monkeypatch.setattr(runs, "AHEAD", True)
        monkeypatch.setattr(runs, "shared_pool", lambda: two)
        monkeypatch.setattr(operator, "shared_pool", lambda: two)
        yield two


def scene_of(config: TrainConfig) -> bytes | None:
    kept: bytes | None = CACHE.get((pack_scenes, (config, (), None)))
    return kept


def ahead_of(**link: str) -> list[TrainConfig]:
    """The runs that a page asks to have trained ahead."""
    asked: list[TrainConfig] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "train_ahead", lambda _, neighbours: asked.extend(neighbours()))
        opened(**link)
    return asked


@pytest.mark.usefixtures("pool")
def test_a_page_that_is_only_watched_asks_for_no_recording() -> None:
    config = TrainConfig(seed=611, epochs=200)
    opened(seed="611", epochs="200")
    assert scene_of(config) is not None
    assert CACHE.get((record_many, config)) is None
    opened(seed="611", epochs="200", tab="backprop")
    assert CACHE.get((record_many, config)) is not None


def test_a_second_reader_of_a_run_has_it_from_memory(pool: Pool) -> None:
    opened(seed="612", epochs="200")
    kept = scene_of(TrainConfig(seed=612, epochs=200))
    pool.take_account()
    opened(seed="612", epochs="200")
    assert scene_of(TrainConfig(seed=612, epochs=200)) is kept


@pytest.mark.usefixtures("pool")
def test_the_steps_of_the_sliders_are_trained_ahead_while_nobody_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = opened(seed="613", epochs="200")
    expected = [
        TrainConfig(614, 0.5, 2, 200),
        TrainConfig(612, 0.5, 2, 200),
        TrainConfig(613, 0.5, 3, 200),
        TrainConfig(613, 0.5, 1, 200),
        TrainConfig(613, 0.55, 2, 200),
        TrainConfig(613, 0.45, 2, 200),
    ]
    for ticket in app.session_state["ahead"]:
        if not ticket.future.cancelled():
            ticket.future.result(20)
    assert all(scene_of(config) is not None for config in expected)
    monkeypatch.setattr(Pool, "is_idle", False)
    app.slider(key="seed").set_value(700)
    assert ran(app).session_state["ahead"] == ()


@pytest.mark.usefixtures("pool")
def test_a_reader_who_has_looked_closely_has_the_recording_of_another_run_ahead() -> None:
    app = opened(seed="617", epochs="200", edges="gradients")
    app.session_state["wanted"] = ()
    app.slider(key="seed").set_value(620)
    for ticket in ran(app).session_state["ahead"]:
        if not ticket.future.cancelled():
            ticket.future.result(20)
    assert CACHE.get((record_many, TrainConfig(620, 0.5, 2, 200))) is not None


@pytest.mark.usefixtures("pool")
def test_an_edited_runs_neighbours_keep_the_edits_that_fit_them() -> None:
    asked = ahead_of(seed="5", hidden="2", epochs="200", edits="9_x1_h1_2.0~9_x1_h2_3.0")
    assert [len(run.edits) for run in asked if run.hidden_size == 1] == [1]
    assert all(len(run.edits) == 2 for run in asked if run.hidden_size > 1)


@pytest.mark.usefixtures("pool")
def test_at_the_end_of_a_slider_there_is_nothing_beyond_it() -> None:
    asked = ahead_of(seed="999", hidden="16", lr="10", epochs="200")
    assert [(run.seed, run.learning_rate, run.hidden_size) for run in asked] == [
        (998, 10, 16),
        (999, 10, 15),
        (999, 9.5, 16),
    ]


@pytest.mark.usefixtures("pool")
def test_the_operator_is_told_once_a_minute_while_there_is_work(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def lines() -> list[str]:
        return [message for message in caplog.messages if " works computed in " in message]

    caplog.set_level(logging.INFO, "xorviz.ui.operator")
    monkeypatch.setattr(operator, "_minute", operator._Minute())
    opened(seed="615", epochs="200")
    assert not lines()
    monkeypatch.setattr(operator, "EVERY", 0.0)
    opened(seed="616", epochs="200")
    (line,) = lines()
    assert "waits: median " in line
    assert line.endswith(f" of {CACHE.limit / 2**20:.0f} MB kept")


@pytest.mark.parametrize(
    ("text", "megabytes"), [(None, 128), ("64", 64), ("0", 128), ("much", 128)]
)
def test_the_room_for_what_is_kept_is_read_or_told_and_the_default(
    text: str | None,
    megabytes: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.delenv("XORVIZ_CACHE_MB", raising=False)
    if text is not None:
        monkeypatch.setenv("XORVIZ_CACHE_MB", text)
    assert runs.environment(runs.CACHE_MB, runs.DEFAULT_MB) == megabytes
    warnings = [
        f"XORVIZ_CACHE_MB must be a whole number from 1 to 100,000, not {text!r}, so 128 is used."
    ]
    assert caplog.messages == (warnings if text in ("0", "much") else [])
