"""Pictures of the charts; and the run as one file, which plays without a server."""

import base64
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, FloatRect, Page, Request

from tests.support.runs import trained
from tests.support.stage import OpenStage, Stage
from tests.support.windows import SIZE, Windows
from xorviz.core.config import TrainConfig
from xorviz.core.network import forward_pass
from xorviz.core.truth_table import ROW_NAMES
from xorviz.export.html import as_html
from xorviz.figures.views import wanted_by
from xorviz.settings.link import parse_link, read
from xorviz.settings.text import describe
from xorviz.stage import digest
from xorviz.stage.opening import pack_stage, read_opening
from xorviz.stage.scene import pack_scene
from xorviz.stage.views import pack_views

SVG = "{http://www.w3.org/2000/svg}"
SERVED = f"component/xorviz.ui.stage.bundle-{digest()}/stage.js"
ABOUT = {"file": "stem", "name": "<script>alert(1)</script> & ŷ", "card": "seed: 42\n<b>"}
CHARTS = ("", "loss", "weights", "hidden", "network")
PINS = "pin=seed%3D7%26hidden%3D16&pin=lr%3D2&pin=edits%3D500_lr_2~600_h1_y_3%26hidden%3D3"
LARGE = f"seed=3&hidden=16&biases=true&epoch=4567&loss=half&axis=log&{PINS}"
TAKE = """async ([bundle, about, name, format]) => {
  const served = bundle && (await import(new URL(bundle, document.baseURI).href)).default;
  const { takePicture } = served ? served.pictures : await import("pictures.js");
  const { theStage } = served ? served.mount : await import("mount.js");
  const chart = theStage().charts.charts.find(({ section }) => section.dataset.chart === name);
  const reader = new FileReader();
  reader.readAsDataURL(await takePicture(theStage(), chart, format, about));
  await new Promise((resolve) => (reader.onload = resolve));
  return reader.result.split(",")[1];
}"""

OpenFile = Callable[..., Stage]


@cache
def write_page(link: str, name: str = "", card: str = "seed: 42") -> str:
    """Write the page that a link opens, as one file."""
    page, problems = read(parse_link(link))
    assert not problems
    recording = trained(page.run)
    scene = pack_scene(recording, [trained(pin) for pin in page.pins])
    opening = read_opening(page)
    wanted = wanted_by(opening.choices)
    views = pack_views(recording, wanted) if wanted else b""
    run = pack_stage(scene, opening, recording.config, recording, wanted, views)
    return as_html(run, name or describe(recording.config), "stem", card)


@pytest.fixture(scope="session")
def offline_windows(browser: Browser) -> Iterator[Windows]:
    """Windows without a network, where a request or a word in the console is a fault."""
    with browser.new_context(viewport=SIZE, offline=True) as context:
        windows = Windows(context)

        def note(request: Request) -> None:
            if not request.url.startswith(("file:", "data:", "blob:", "about:")):
                windows.faults.append(request.url)

        context.on("request", note)
        context.on("console", lambda message: windows.faults.append(message.text))
        yield windows


@pytest.fixture
def open_file(offline_windows: Windows, tmp_path: Path) -> Iterator[OpenFile]:
    """Open a run's file without a network; a test fails on any request or error."""

    def open_it(
        link: str = "", name: str = "", card: str = "seed: 42", **preferences: Any
    ) -> Stage:
        path = tmp_path / "run.html"
        path.write_text(write_page(link, name, card), "utf-8")
        page = offline_windows.lend()
        page.emulate_media(**preferences)
        page.goto(path.as_uri())
        return Stage(page)

    yield open_it
    offline_windows.take_back()


def take(page: Page, name: str = "", kind: str = "svg", folder: str = "") -> bytes:
    """Take a picture of a chart, or of all."""
    return base64.b64decode(page.evaluate(TAKE, [folder, ABOUT, name, kind]))


def texts(svg: bytes) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_a_picture_of_the_page_is_the_same_twice_and_at_any_size_of_the_window(
    open_stage: OpenStage,
) -> None:
    stage = open_stage("?epoch=3000").settled()
    images = [take(stage.page, kind=kind, folder=SERVED) for kind in ("png", "svg")]
    assert images == [take(stage.page, kind=kind, folder=SERVED) for kind in ("png", "svg")]
    stage.resize(800, 600)
    assert take(stage.page, folder=SERVED) == images[1]


def test_a_picture_names_its_run_and_the_playheads_epoch_and_has_all_numbers(
    open_file: OpenFile,
) -> None:
    stage = open_file("epoch=3000")
    svg = take(stage.page)
    written = texts(svg)
    assert written[0] == ABOUT["name"]
    assert written[1] == stage.root.locator(".verdict").inner_text()
    assert written[2].startswith("epoch 3,000 of 10,000")
    for name, value in stage.readouts().items():
        assert f"{name} {value}" in written[2]
    assert ElementTree.fromstring(svg).findtext(f"{SVG}desc") == ABOUT["card"]
    assert not list(ElementTree.fromstring(svg).iter(f"{SVG}script"))
    weights = texts(take(stage.page, "weights"))
    rows = stage.root.locator("[data-chart=weights] dl")
    assert set(rows.locator("dt").all_inner_texts()) <= set(weights)
    assert set(rows.locator("dd").all_inner_texts()) <= set(weights)
    (activations,) = forward_pass(trained(TrainConfig()).around(3000).parameters, 2).hidden
    numbers = [
        text for text in texts(take(stage.page, "hidden")) if re.fullmatch(r"\d\.\d\d", text)
    ]
    assert numbers == [f"{value:.2f}" for unit in activations.T for value in unit]
    assert_no_text_is_cut_or_covered(stage.page, CHARTS)


def test_the_colours_of_lines_and_of_units_have_a_key_each(open_file: OpenFile) -> None:
    page = open_file("epochs=300").page
    keys = page.locator("[data-chart=network] .key").all_inner_texts()
    lines, units = ["lines:", "< 0", "> 0"], ["units:", "0", "1"]
    assert ["".join(key.split()) for key in keys] == ["lines:<0>0", "units:01"]
    assert {*lines, *units} <= set(texts(take(page, "network")))


def test_a_picture_of_a_run_that_plays_is_of_the_epoch_at_which_it_was_asked_for(
    open_file: OpenFile,
) -> None:
    stage = open_file("epochs=50000&epoch=0&speed=0.1&play=true")
    (asked, later), svg = stage.page.evaluate(
        """async ([about]) => {
          const { takePicture } = await import("pictures.js");
          const { theStage } = await import("mount.js");
          const epoch = theStage().playhead.epoch;
          const taken = takePicture(theStage(), undefined, "svg", about);
          while (theStage().playhead.epoch === epoch) await new Promise(requestAnimationFrame);
          return [[epoch, theStage().playhead.epoch], await (await taken).text()];
        }""",
        [ABOUT],
    )
    assert asked < later
    assert f"epoch {asked:,} of 50,000" in svg


def test_a_picture_has_the_readers_switches_and_zoom_but_no_line_that_stands_out(
    open_file: OpenFile,
) -> None:
    stage = open_file("epoch=3000")
    plain = take(stage.page, "weights")
    stage.root.locator("[data-chart=weights] dl div").first.hover()
    assert stage.plot("weights", "plot.data[1].opacity") < 1
    assert take(stage.page, "weights") == plain
    whole = texts(take(stage.page, "loss"))
    assert {"10,000", "mean |error|, linear", f"{ABOUT['name']}, epoch 3,000"} <= set(whole)
    stage.button("log").click()
    stage.plot("loss", "Plotly.relayout(plot, {'xaxis.range': [0, 500]}).then(() => 0)")
    zoomed = texts(take(stage.page, "loss"))
    assert {"500", "mean |error|, log"} <= set(zoomed)
    assert "10,000" not in zoomed


def assert_network_is_whole(page: Page, size: int) -> None:
    root = ElementTree.fromstring(take(page, "network"))
    in_key = 2
    assert len(list(root.iter(f"{SVG}path"))) == 4 * size + 1 + in_key
    assert len(list(root.iter(f"{SVG}image"))) == size + 1
    assert {"x1", "1", f"h{size}", "ŷ"} <= set(texts(ElementTree.tostring(root)))


def test_the_network_is_drawn_with_every_unit_and_weight(open_file: OpenFile) -> None:
    assert_network_is_whole(open_file("hidden=1&biases=true&epochs=200&epoch=100").page, 1)


def test_the_largest_network_is_drawn_whole_and_no_text_of_its_pictures_is_cut_or_covered(
    open_file: OpenFile,
) -> None:
    page = open_file(LARGE).page
    assert_network_is_whole(page, 16)
    assert_no_text_is_cut_or_covered(page, CHARTS)


def test_a_picture_has_the_cells_of_weights_and_units_with_their_names_and_scales(
    open_file: OpenFile,
) -> None:
    page = open_file("hidden=3&biases=true&lines=pull&units=curves&epoch=3001").page
    pulls, curves = texts(take(page, "weights")), texts(take(page, "hidden"))
    assert {"h1", "h2", "h3", "1", "x1 →", "x2 →", "1 →", "→ ŷ"} <= set(pulls)
    assert len([text for text in pulls if text.startswith("±")]) == 4
    assert {"h1", "h2", "h3", "ŷ"} <= set(curves)
    labels = [text.partition(" σ′ ")[0] for text in curves if re.match(r"[01]{2} σ′ \d", text)]
    assert labels == [*ROW_NAMES] * 4
    assert_no_text_is_cut_or_covered(page, ("", "weights", "hidden"))


def test_a_picture_has_hidden_space_with_its_sentence_and_a_file_offers_no_3d(
    open_file: OpenFile,
) -> None:
    stage = open_file("hidden=3&surface=hidden&pair=h3_h1&epoch=3001")
    written = texts(take(stage.page, "surface"))
    assert {"h1", "h3", "00"} <= set(written)
    assert "This is a projection: h3 and h1 carry" in " ".join(written)
    offered = stage.root.get_by_role("group", name="Surface").get_by_role("button")
    assert offered.all_inner_texts() == ["input", "hidden"]
    assert stage.root.get_by_role("combobox", name="Unit across").count() == 0


def test_no_text_is_cut_or_covered_where_charts_are_hidden(open_file: OpenFile) -> None:
    stage = open_file(f"epochs=300&{PINS}&hide=network,weights")
    assert_no_text_is_cut_or_covered(stage.page, [""])


def assert_no_text_is_cut_or_covered(page: Page, charts: Sequence[str]) -> None:
    """Take pictures and show them in the page's place: each text is in one, and by itself."""
    for svg in [take(page, chart).decode() for chart in charts]:
        boxes = page.evaluate(
            """(svg) => {
              document.body.innerHTML = svg;
              const [whole, ...texts] = document.querySelectorAll("body > svg, body > svg text");
              const boxes = [whole, ...texts].map((part) => part.getBoundingClientRect());
              return boxes.map(({ x, y, width, height }) => ({ x, y, width, height }));
            }""",
            svg,
        )
        whole, *parts = [box for box in boxes if box["width"]]
        assert len(parts) > 5
        assert all(within(part, whole) for part in parts)
        assert not [pair for pair in itertools.combinations(parts, 2) if overlap(*pair)]


def within(part: FloatRect, whole: FloatRect) -> bool:
    return (
        part["x"] >= whole["x"]
        and part["y"] >= whole["y"]
        and part["x"] + part["width"] <= whole["x"] + whole["width"]
        and part["y"] + part["height"] <= whole["y"] + whole["height"]
    )


def overlap(one: FloatRect, other: FloatRect) -> bool:
    """Whether two lines of text share more than the space above and below their letters."""
    across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return across > 1 and down > 0.4 * min(one["height"], other["height"])


def test_buttons_save_pictures_under_names_with_epoch_and_chart_or_say_why_not(
    open_file: OpenFile,
) -> None:
    stage = open_file("epochs=300&epoch=100&hide=network")
    page = stage.page
    page.get_by_text("About this run").click()
    buttons = page.locator(".pictures").get_by_role("button")
    buttons.first.wait_for()
    assert buttons.count() == 2 * 5
    assert page.get_by_role("button", name="Network as PNG").count() == 0
    for label, file in {
        "All charts as PNG": "stem-epoch-100.png",
        "Loss as SVG": "stem-epoch-100-loss.svg",
    }.items():
        with page.expect_download() as download:
            page.get_by_role("button", name=label).press("Enter")
        assert download.value.suggested_filename == file
        assert page.get_by_role("status").filter(has_text="Saved").inner_text() == f"Saved {file}."
    with page.expect_download() as download:
        page.get_by_role("button", name="All charts as PNG").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    page.evaluate(
        "() => { HTMLCanvasElement.prototype.toBlob = () => { throw Error('no ink'); }; }"
    )
    page.get_by_role("button", name="All charts as PNG").click()
    page.get_by_text("The picture can't be taken: no ink.", exact=True).wait_for()


def test_a_runs_file_plays_to_its_end_and_scrubs_without_a_network(open_file: OpenFile) -> None:
    stage = open_file("epochs=500&speed=4&play=true")
    stage.wait("data-state", "ended")
    recording = trained(TrainConfig(epochs=500))
    for key in ("End", "Home", "ArrowRight"):
        stage.scrubber.press(key)
        assert stage.settled().epoch in recording.epochs
        shown = stage.readouts()
        assert shown["mean |error|"] == f"{recording.mean_abs_error[stage.epoch]:#.4g}"
        assert shown["ŷ(01)"].startswith(f"{recording.predictions[stage.epoch, 1]:#.4g}")
    stage.page.locator("[data-chart=hidden] .nsewdrag").hover()
    stage.page.locator("[data-chart=hidden] .hovertext").first.wait_for()


def test_a_runs_file_rests_where_it_was_made_follows_the_readers_theme_and_fits_a_phone(
    open_file: OpenFile,
) -> None:
    stage = open_file("hidden=3&epochs=5000&epoch=1233", color_scheme="dark")
    assert (stage.epoch, stage.state) == (1233, "paused")
    stage.wait("data-theme", "dark")
    stage.resize(390, 844)
    assert stage.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(14, 17, 23)"
    )
    stage.page.emulate_media(color_scheme="light")
    stage.wait("data-theme", "light")
    for width in (390, 1440):
        stage.resize(width, 844)
        assert stage.page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )


def test_a_hostile_name_or_card_in_a_runs_file_is_text(open_file: OpenFile) -> None:
    hostile = "</script><img src=x onerror='window.hostile=1'><script>window.hostile=1</script>"
    page = open_file("epochs=300", hostile, hostile).page
    assert page.get_by_role("heading", level=1).inner_text() == hostile
    assert page.locator("pre").text_content() == hostile
    assert page.evaluate("window.hostile") is None


def test_a_script_that_is_not_the_files_own_does_not_run(browser: Browser, tmp_path: Path) -> None:
    foreign = "<script>window.hostile = 1</script><script src='data:,window.hostile=2'></script>"
    path = tmp_path / "run.html"
    path.write_text(write_page("epochs=300").replace("</body>", f"{foreign}</body>"), "utf-8")
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        Stage(page)
        assert page.evaluate("window.hostile") is None
        refused = "fetch('https://example.org').then(() => 'sent', () => 'refused')"
        assert page.evaluate(refused) == "refused"
