"""The link in the browser: it opens just what was on the page, alone or in a frame elsewhere."""

import io
import itertools
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs, urlencode, urlsplit

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, FloatRect, Page

from tests.support.runs import trained
from tests.support.server import Server
from tests.support.stage import OpenStage, Stage, apart
from tests.support.windows import SIZE, Windows
from xorviz.core.config import TrainConfig
from xorviz.core.decision_surface import decision_surface
from xorviz.core.network import forward_pass
from xorviz.settings.link import CHARTS, TABS, run_query
from xorviz.stage.opening import is_inside
from xorviz.stage.scene import run_id

RUN = TrainConfig(seed=7, epochs=1_000)
BETWEEN = 503
"""An epoch of it between two frames."""
LOOK = "speed=2&loss=half&axis=log"
PINS = (TrainConfig(), TrainConfig(8, 2.0, epochs=500))
NOT_SCROLLED = (
    "() => ['html', '[data-testid=stMain]', '.stage', '.stage section']"
    ".flatMap(name => [...document.querySelectorAll(name)])"
    ".every(box => box.scrollWidth <= box.clientWidth)"
)
PLACE = "navigation.currentEntry.key"
"""Of the history: that of another is another."""
NAMES = {"activations": "hidden"}
"""The page's names of charts that have others in links."""


def address(stage: Stage) -> dict[str, list[str]]:
    """What the address says."""
    return parse_qs(urlsplit(stage.page.url).query, keep_blank_values=True)


def wait_for_address(stage: Stage, **parameters: object) -> None:
    """Wait until the address says just this."""
    expected = {name: [str(value)] for name, value in parameters.items()}
    given = "[...new URL(location.href).searchParams].map(([name, value]) => [name, [value]])"
    stage.page.wait_for_function(
        f"""expected => {{
          const given = {given};
          const same = (value, name) => JSON.stringify(expected[name]) === JSON.stringify(value);
          return given.length === Object.keys(expected).length
            && given.every(([name, value]) => same(value, name));
        }}""",
        arg=expected,
    )


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def visible_charts(stage: Stage) -> set[str]:
    sections = stage.root.locator("section").all()
    return {str(part.get_attribute("data-chart")) for part in sections if part.is_visible()}


def assert_shows(stage: Stage, config: TrainConfig, epoch: int) -> None:
    """Whether read-outs and charts are those of this state of the run."""
    assert (stage.run, stage.epoch, stage.state) == (run_id(config), epoch, "paused")
    recording = trained(config)
    state = recording.state(epoch)[np.newaxis]
    losses = [recording.mean_abs_error[epoch], recording.half_squared_error[epoch]]
    expected = [*losses, *recording.predictions[epoch]]
    assert [number(text) for text in stage.readouts().values()] == pytest.approx(expected, rel=1e-3)
    shown = visible_charts(stage)
    if "network" in shown:
        stage.edge("x1 → h1").focus()
        tip = stage.root.locator(".tip").inner_text()
        assert number(tip.removeprefix("x1 → h1: ")) == pytest.approx(state[0, 0], rel=1e-3)
    size, rows = config.hidden_size, "plot.data[0].z.map(row => [...row])"
    if "hidden" in shown:
        activations = forward_pass(state, size).hidden[0].T
        assert np.array(stage.plot("hidden", rows)) == pytest.approx(activations, abs=6e-4)
    if "surface" in shown:
        surface = decision_surface(state, size)[0]
        assert np.array(stage.plot("surface", rows)) == pytest.approx(surface, abs=6e-4)
    if "weights" in shown:
        values = stage.root.locator("[data-chart=weights] dd").all_inner_texts()
        assert [number(text) for text in values] == pytest.approx(state[0], rel=1e-3)
    for chart in {"loss", "weights"} & shown:
        assert stage.plot(chart, "plot.layout.shapes[0].x0") == epoch


SHOWN = {
    "watch": {"network", "surface", "loss", "weights", "hidden"},
    "backprop": {"network"},
    "atlas": {"loss"},
    "doctor": {"surface", "hidden"},
    "compare": {"loss", "weights"},
}
"""Charts that are seen in each tab."""
SMALL_MAP = {"seeds": "7:9", "lrs": "1"}


@pytest.mark.parametrize("tab", TABS)
def test_a_link_rests_at_its_epoch_exactly_in_every_tab(open_shared: OpenStage, tab: str) -> None:
    assert is_inside(RUN, BETWEEN)
    open_tab = {} if tab == "watch" else {"tab": tab}
    swept = SMALL_MAP if tab == "atlas" else {}
    told = {"seed": 7, "epochs": 1_000, **open_tab, **swept, "epoch": BETWEEN}
    stage = open_shared(f"?{urlencode(told)}")
    assert visible_charts(stage) >= SHOWN[tab]
    assert_shows(stage, RUN, BETWEEN)
    wait_for_address(stage, **told)


def look(stage: Stage) -> dict[str, Any]:
    """How the run is looked at."""
    pressed = stage.root.locator("[data-chart=loss] [aria-pressed=true]")
    lines = "plot.data.map(({ visible, y, line }) => ({ visible, y: [...y], line }))"
    return {
        "place": (stage.run, stage.epoch, stage.state),
        "readouts": stage.readouts(),
        "speed": stage.root.locator(".speed").input_value(),
        "switches": pressed.all_inner_texts(),
        "axis": stage.plot("loss", "plot.layout.yaxis.type"),
        "pins": stage.root.locator("[data-chart=loss] .legend li").all_inner_texts(),
        "losses": stage.plot("loss", lines),
        "weights": stage.plot("weights", "plot.data.map(({ y }) => [...y])"),
    }


def test_a_link_holds_speed_switches_and_pinned_runs_and_a_reload_shows_the_same(
    open_stage: OpenStage,
) -> None:
    pins = urlencode([("pin", run_query(run)) for run in PINS])
    query = f"{run_query(RUN)}&{pins}&epoch={BETWEEN}&{LOOK}"
    stage = open_stage(f"?{query}").settled()
    seen = look(stage)
    assert seen["place"] == (run_id(RUN), BETWEEN, "paused")
    assert (seen["speed"], seen["axis"]) == ("2", "log")
    assert seen["switches"] == ["½ Σ error²", "log"]
    assert seen["pins"] == ["seed 42, rate 0.5", "seed 8, rate 2, 500 epochs"]
    shown = [line["y"] for line in seen["losses"] if line["visible"]]
    ends = [trained(run).half_squared_error[-1] for run in (*PINS, RUN)]
    assert [losses[-1] for losses in shown] == pytest.approx(ends, rel=1e-6)
    assert address(stage) == parse_qs(query, keep_blank_values=True)
    assert_shows(stage, RUN, BETWEEN)
    stage.page.reload()
    again = Stage(stage.page).settled()
    assert look(again) == seen
    assert address(again) == parse_qs(query, keep_blank_values=True)


def picture(stage: Stage) -> NDArray[np.int16]:
    """The charts as they are seen, in red, green and blue."""
    png = stage.root.locator(".charts").screenshot()
    return np.array(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.int16)


def test_what_was_looked_at_is_in_the_address_which_shows_the_same_picture_elsewhere(
    open_stage: OpenStage, browser: Browser
) -> None:
    stage = open_stage(f"?{run_query(RUN)}&epoch=0")
    stage.scrub(300)
    stage.button("½ Σ error²").click()
    stage.button("log").click()
    stage.set_speed("2×")
    stage.page.mouse.move(0, 0)
    wait_for_address(
        stage, seed=7, epochs=1_000, epoch=stage.epoch, speed=2, loss="half", axis="log"
    )
    with browser.new_context(viewport=SIZE) as another_readers:
        windows = Windows(another_readers)
        page = windows.lend()
        page.goto(stage.page.url)
        elsewhere = Stage(page).settled()
        assert look(elsewhere) == look(stage)
        one, other = (picture(window) for window in (stage, elsewhere))
        windows.take_back()
    assert np.abs(one - other).max() <= 2  # of 255: curves switched are smoothed differently


def test_a_link_that_plays_goes_on_from_its_epoch_and_then_tells_where_it_rests(
    open_stage: OpenStage,
) -> None:
    start = int(trained(TrainConfig(7)).epochs[100])
    stage = open_stage(f"?seed=7&epoch={start}&play=true&speed=0.5")
    assert stage.state == "playing"
    assert start <= stage.epoch < 9_000
    wait_for_address(stage, seed=7, epoch=start, play="true", speed=0.5)
    assert stage.state == "playing"
    stage.set_speed("4×")
    stage.settled()
    assert (stage.epoch, stage.state) == (10_000, "ended")
    wait_for_address(stage, seed=7, epoch=10_000, speed=4)


def test_a_link_that_plays_from_between_two_frames_never_goes_back(
    open_stage: OpenStage,
) -> None:
    stage = open_stage("?seed=7&epoch=5013&play=true&speed=0.5")
    query = address(stage)
    assert stage.state == "playing"
    assert query["play"] == ["true"]
    assert int(query["epoch"][0]) >= 5_013


def test_a_run_that_plays_from_its_start_leaves_the_address_alone_until_it_rests(
    open_stage: OpenStage,
) -> None:
    stage = open_stage("?seed=7")
    seen = stage.page.evaluate(
        """async () => {
          const seen = {};
          while (Object.keys(seen).length < 10) {
            const { state, epoch } = document.querySelector("[data-testid=stage]").dataset;
            seen[epoch] = [state, location.search];
            await new Promise(requestAnimationFrame);
          }
          document.querySelector("[aria-label=Pause]").click();
          return Object.values(seen);
        }"""
    )
    assert seen == [["playing", "?seed=7"]] * 10
    stage.settled()
    wait_for_address(stage, seed=7, epoch=stage.epoch)


def test_four_steps_leave_one_place_in_the_history(stage: Stage, page: Page) -> None:
    stage.scrub(3_000)
    stage.nudge("Seed")
    page.wait_for_url("**/?seed=43&epoch=*")
    before, first = stage.settled().page.evaluate(PLACE), stage.epoch
    stage.leave_field()
    for _ in range(4):
        stage.page.keyboard.press("ArrowRight")
        stage.settled()
    stage.wait("data-epoch", str(first + 4))
    wait_for_address(stage, seed=43, epoch=stage.epoch)
    assert page.evaluate(PLACE) == before
    page.go_back()
    stage.wait("data-run", run_id(TrainConfig()))


def test_going_back_and_forward_brings_each_runs_epoch_back(stage: Stage, page: Page) -> None:
    stage.scrub(3_000)
    rested = stage.epoch
    wait_for_address(stage, epoch=rested)
    stage.nudge("Seed")
    stage.scrub(7_000)
    other = stage.epoch
    wait_for_address(stage, seed=43, epoch=other)
    page.go_back()
    stage.wait("data-run", run_id(TrainConfig()))
    stage.wait("data-epoch", str(rested))
    wait_for_address(stage.settled(), epoch=rested)
    page.go_forward()
    stage.wait("data-run", run_id(TrainConfig(43)))
    stage.wait("data-epoch", str(other))
    wait_for_address(stage.settled(), seed=43, epoch=other)


def test_a_run_that_comes_back_rests_where_the_one_before_did(open_shared: OpenStage) -> None:
    stage = open_shared("?epoch=300").settled()
    stage.scrub(3_000)
    rested = stage.epoch
    for key in ("ArrowRight", "ArrowLeft"):
        stage.nudge("Seed", key)
        assert stage.settled().epoch == rested


def test_another_tab_leaves_the_view_in_the_address(open_shared: OpenStage) -> None:
    stage = open_shared(f"?{run_query(RUN)}&epoch={BETWEEN}&{LOOK}")
    view = {"epoch": BETWEEN, "speed": 2, "loss": "half", "axis": "log"}
    for tab in ("Backprop", "Compare", "Doctor", "Watch"):
        with stage.rerun():
            stage.tab(tab).click()
        open_tab = {} if tab == "Watch" else {"tab": tab.lower()}
        wait_for_address(stage, seed=7, epochs=1_000, **open_tab, **view)


def test_going_back_takes_a_pinned_run_away_and_going_forward_brings_it_back(
    open_shared: OpenStage,
) -> None:
    stage = open_shared(f"?{run_query(RUN)}&tab=compare&epoch={BETWEEN}&{LOOK}")
    with stage.rerun():
        stage.page.get_by_role("button", name="Pin this run").click()
    legend = stage.root.locator("[data-chart=loss] .legend li")
    legend.wait_for()
    view = {"epoch": BETWEEN, "speed": 2, "loss": "half", "axis": "log"}
    told = {"seed": 7, "epochs": 1_000, "tab": "compare"}
    wait_for_address(stage, **told, pin=run_query(RUN), **view)
    before = look(stage)
    with stage.rerun():
        stage.page.go_back()
    legend.wait_for(state="detached")
    wait_for_address(stage, **told, **view)
    with stage.rerun():
        stage.page.go_forward()
    legend.wait_for()
    wait_for_address(stage, **told, pin=run_query(RUN), **view)
    assert look(stage) == before


def test_who_prefers_reduced_motion_gets_the_epoch_of_a_link_that_plays_at_rest(
    open_stage: OpenStage,
) -> None:
    query = f"?{run_query(RUN)}&epoch={BETWEEN}&play=true"
    stage = open_stage(query, reduced_motion="reduce").settled()
    assert_shows(stage, RUN, BETWEEN)
    wait_for_address(stage, seed=7, epochs=1_000, epoch=BETWEEN)


class Silent(SimpleHTTPRequestHandler):
    """Serves files and keeps no log."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


OpenFrame = Callable[..., Stage]


@pytest.fixture
def open_frame(
    server: Server, new_window: Callable[[], Page], tmp_path: Path
) -> Iterator[OpenFrame]:
    """Open a link in a frame of a page that another origin serves."""
    handler = partial(Silent, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as course:
        threading.Thread(target=course.serve_forever, daemon=True).start()

        def frame(query: str, width: int, height: int) -> Stage:
            source = f"{server.url}/?{query}".replace("&", "&amp;")
            (tmp_path / "course.html").write_text(
                '<!doctype html><html lang="en"><title>Course</title><body style="margin: 0">'
                f'<iframe src="{source}" style="width: 100%; height: 100vh; border: 0"></iframe>'
            )
            page = new_window()
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"http://127.0.0.1:{course.server_port}/course.html")
            element = page.wait_for_selector("iframe")
            inner = element and element.content_frame()
            assert inner
            return Stage(cast("Page", inner))  # has all of a page that is used of it here

        yield frame
        course.shutdown()


def assert_tidy(stage: Stage) -> None:
    """Whether no visible part overlaps another, is squeezed or makes the page scroll sideways."""
    assert stage.page.evaluate(NOT_SCROLLED)
    parts = stage.root.locator(".transport, .summary, section").all()
    boxes = [part.bounding_box() for part in parts if part.is_visible()]
    assert all(apart(one, other) for one, other in itertools.combinations(boxes, 2))
    for box in chart_boxes(stage):
        assert box["width"] > 200
        assert box["height"] > 150


def assert_full(stage: Stage) -> None:
    """Whether every row of charts takes the whole width."""
    room = stage.root.locator(".charts").bounding_box()
    assert room
    for row in {round(box["y"]) for box in chart_boxes(stage)}:
        boxes = [box for box in chart_boxes(stage) if round(box["y"]) == row]
        right = max(box["x"] + box["width"] for box in boxes)
        assert min(box["x"] for box in boxes) == pytest.approx(room["x"], abs=1)
        assert right == pytest.approx(room["x"] + room["width"], abs=1)


def chart_boxes(stage: Stage) -> list[FloatRect]:
    boxes = [section.bounding_box() for section in stage.root.locator("section").all()]
    return [box for box in boxes if box]


@pytest.mark.parametrize(("width", "height"), [(1100, 900), (700, 900), (390, 2200)])
def test_a_frame_of_a_course_page_holds_the_whole_page(
    open_frame: OpenFrame, width: int, height: int
) -> None:
    frame = open_frame("embed=true&hide=controls&epoch=700", width, height).settled()
    inside, room = frame.page.get_by_test_id("stMain").evaluate(
        "main => [main.scrollHeight, main.clientHeight]"
    )
    assert inside <= room + 1
    boxes = chart_boxes(frame)
    assert len(boxes) == 5
    assert min(box["height"] for box in boxes) > 180


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_a_page_for_a_room_fits_the_screen_in_large_type_and_enlarges_a_chart(
    open_stage: OpenStage, width: int, height: int
) -> None:
    stage = open_stage("?present=true&epoch=700").settled()
    stage.resize(width, height)
    assert stage.page.get_by_test_id("stSidebar").count() == 0
    main = stage.page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollHeight <= main.clientHeight + 1")
    hint = stage.root.locator("[data-chart=loss] .hint")
    size = hint.evaluate("hint => parseFloat(getComputedStyle(hint).fontSize)")
    assert size == pytest.approx(0.75 * 0.022 * height, rel=0.01)
    assert stage.plot("loss", "plot.layout.font.size") == pytest.approx(size, rel=0.01)
    stage.button("Enlarge Decision surface").click()
    (box,) = chart_boxes(stage)
    assert box["width"] > 0.9 * width
    stage.button("Enlarge Decision surface").click()
    assert len(chart_boxes(stage)) == 5


def test_space_home_and_end_scroll_a_page_that_has_more_than_it_shows(
    open_stage: OpenStage,
) -> None:
    stage = open_stage("?epoch=700").settled()
    stage.resize(1000, 500)
    main = stage.page.get_by_test_id("stMain")
    main.focus()
    stage.page.keyboard.press("End")
    stage.page.wait_for_function(
        "() => document.querySelector('[data-testid=stMain]').scrollTop > 0"
    )
    assert stage.epoch == 700
    stage.button("Share").focus()
    stage.page.keyboard.press("End")
    stage.wait("data-epoch", "10000")


ALL_CHARTS = {NAMES.get(name, name) for name in CHARTS}


@pytest.mark.parametrize(("width", "height"), [(800, 600), (390, 700)])
def test_a_frame_elsewhere_shows_the_run_without_what_the_link_hides_and_plays_it(
    open_frame: OpenFrame, width: int, height: int
) -> None:
    query = f"embed=true&hide=controls,tabs,weights&{run_query(RUN)}&epoch={BETWEEN}&speed=4"
    frame = open_frame(query, width, height).settled()
    assert (frame.run, frame.epoch, frame.state) == (run_id(RUN), BETWEEN, "paused")
    assert frame.page.get_by_test_id("stSidebar").count() == 0
    assert frame.page.get_by_role("radio", name="Watch").count() == 0
    assert visible_charts(frame) == ALL_CHARTS - {"weights"}
    assert_tidy(frame)
    assert_full(frame)
    frame.button("Play").click()
    frame.wait("data-state", "ended")
    final = trained(RUN).mean_abs_error[-1]
    assert number(frame.readouts()["mean |error|"]) == pytest.approx(final, rel=1e-3)
    hidden = "controls,tabs,weights"
    run = {"seed": 7, "epochs": 1_000}
    wait_for_address(frame, embed="true", hide=hidden, **run, epoch=1_000, speed=4)


@pytest.mark.parametrize(
    "hide",
    ["network,surface,share", "loss,weights,verdict", "activations,readouts", ",".join(CHARTS[1:])],
)
def test_charts_and_what_is_above_them_can_be_left_out_and_the_rest_shares_the_room(
    open_shared: OpenStage, hide: str
) -> None:
    names = hide.split(",")
    stage = open_shared(f"?{run_query(RUN)}&epoch={BETWEEN}&hide={hide}")
    gone = {NAMES.get(name, name) for name in names}
    for width, height in ((1440, 900), (800, 600), (390, 700)):
        stage.resize(width, height)
        assert visible_charts(stage) == ALL_CHARTS - gone
        for part in ("readouts", "verdict", "share"):
            assert stage.root.locator(f".{part}").is_visible() == (part not in names)
        assert_tidy(stage)
    stage.button("Step forward").click()
    assert stage.settled().epoch > BETWEEN
    for chart in {"loss", "weights"} - gone:
        assert stage.plot(chart, "plot.layout.shapes[0].x0") == stage.epoch


@pytest.mark.parametrize("hide", ["weights", "network,surface", "loss,weights,surface"])
def test_the_charts_that_are_left_fill_a_wide_window(open_shared: OpenStage, hide: str) -> None:
    assert_full(open_shared(f"?{run_query(RUN)}&epoch={BETWEEN}&hide={hide}"))


HOSTILE = {
    "hide": "<script>window.hostile=1</script>",
    "epoch": "\0" + "9" * 10_000,
    "play": "![x](http://127.0.0.1:1/x.png)",
    "speed": "<img src=x onerror=window.hostile=1>",
    "loss": ":red[x] $x^2$ `x`",
    "axis": "javascript:window.hostile=1//" + "x" * 2_000,
}
HOSTILE_PINS = [
    "seed=<script>window.hostile=1</script>",
    "lr=" + "9" * 10_000,
    "targets=%00<img src=x onerror=window.hostile=1>",
    "edits=0_<b>_h1_1",
]


def test_what_a_link_says_of_the_view_is_shown_as_text_and_never_as_markup(
    open_stage: OpenStage,
) -> None:
    pins = [("pin", text) for text in HOSTILE_PINS]
    query = urlencode([*HOSTILE.items(), *pins])
    stage = open_stage(f"?{query}", reduced_motion="reduce").settled()
    texts = stage.page.get_by_test_id("stText")
    told = texts.all_inner_texts()
    assert len(told) == len(HOSTILE) + len(HOSTILE_PINS)
    for sentence, value in zip(told, HOSTILE.values(), strict=False):
        assert repr(value)[:30] in sentence
    for number_, sentence in enumerate(told[len(HOSTILE) :], start=1):
        assert sentence.startswith(f"Pinned run {number_} is left out: ")
    assert all(len(sentence) < 300 for sentence in told)
    assert texts.locator("script, img, a, code, b, .katex").count() == 0
    assert stage.page.evaluate("window.hostile") is None
    assert stage.run == run_id(TrainConfig())
    assert (stage.root.locator(".speed").input_value(), visible_charts(stage)) == ("1", ALL_CHARTS)


JUNK = ("%", "%zz", "%00", "%ff%fe", "%F0%9F%92", "+", "&&==", "%E2%80%AE", "%0d%0aX:1")


def test_percent_junk_in_a_link_keeps_no_page_from_opening(open_stage: OpenStage) -> None:
    names = ("hide", "epoch", "speed", "play", "loss", "axis")
    query = "&".join(f"{name}={text}" for name, text in zip(names, JUNK, strict=False))
    query += "".join(f"&pin=seed={text}" for text in JUNK[-3:])
    stage = open_stage(f"?{query}", reduced_motion="reduce").settled()
    assert stage.run == run_id(TrainConfig())
    told = stage.page.get_by_test_id("stText").all_inner_texts()
    assert len(told) == len(names) + 3
    assert stage.page.evaluate("new URL(location.href).searchParams.getAll('epoch').length") == 1
    assert address(stage)["epoch"] == [str(stage.epoch)]


def test_every_step_back_arrives_however_quickly_they_follow(open_stage: OpenStage) -> None:
    stage = open_stage("?seed=1&epochs=300&epoch=300")
    first = stage.run
    for _ in range(5):
        stage.nudge("Seed")
        stage.nudge("Hidden size")
    wait_for_address(stage.settled(), seed=6, hidden=7, epochs=300, epoch=300)
    stage.page.evaluate(
        """async () => {
          for (let back = 0; back < 10; back++) {
            history.back();
            await new Promise((go) => addEventListener("popstate", go, { once: true }));
            for (let picture = 0; picture < 7; picture++) await new Promise(requestAnimationFrame);
          }
        }"""
    )
    stage.wait("data-run", first)
    stage.settled()
    wait_for_address(stage, seed=1, epochs=300, epoch=300)


def test_a_link_to_a_step_plays_where_it_says_so(open_stage: OpenStage) -> None:
    stage = open_stage("?tab=backprop&play=true&epochs=300&speed=0.1")
    stage.page.get_by_role("button", name="Pause").wait_for()
