import re
import struct
import time
import zlib
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs
from xml.etree import ElementTree

import pytest

from tests.support.chromium import path as browser_path
from tests.support.runs import trained
from tests.support.svg import SVG, texts
from xorviz.cli import main
from xorviz.core.config import TrainConfig
from xorviz.export.card import write_card
from xorviz.export.chromium import BROWSERS, VARIABLE, BrowserError, open_page

Capture = pytest.CaptureFixture[str]
LINK = "seed=7&hidden=3&epochs=5000&epoch=1233"
CONFIG = TrainConfig(seed=7, hidden_size=3, epochs=5000)


@pytest.fixture(scope="module")
def program() -> str:
    return browser_path()


@pytest.fixture(autouse=True)
def named(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, program)


def refused(capsys: Capture, *arguments: str) -> list[str]:
    """The lines about arguments that can't be used."""
    with pytest.raises(SystemExit) as caught:
        main(["picture", *arguments])
    out, err = capsys.readouterr()
    assert (caught.value.code, out) == (2, "")
    return err.splitlines()


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Type and content of each, once its check was right."""
    start = 8
    while start < len(png):
        (length,) = struct.unpack(">I", png[start : start + 4])
        body = png[start + 4 : start + 8 + length]
        assert struct.unpack(">I", png[start + 8 + length :][:4]) == (zlib.crc32(body),)
        yield body[:4], body[4:]
        start += 12 + length


def test_a_link_has_one_picture_to_the_last_byte_and_it_holds_the_runs_card(tmp_path: Path) -> None:
    one, other = tmp_path / "one.png", tmp_path / "other.PNG"
    main(["picture", LINK, str(one)])
    main(["picture", f"http://localhost:8501/?{LINK}&embed=true", str(other)])
    assert one.read_bytes() == other.read_bytes()
    content = dict(chunks(one.read_bytes()))
    card = write_card(trained(CONFIG)).as_text()
    assert content[b"iTXt"].decode() == f"Description\0\0\0\0\0{card}"
    width, height = struct.unpack(">II", content[b"IHDR"][:8])
    assert width == 2800
    assert 1700 < height < 1900
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.png", "other.PNG"]


@pytest.mark.usefixtures("open_browser")
def test_the_picture_is_of_the_links_epoch_even_between_two_frames(tmp_path: Path) -> None:
    main(["picture", f"?{LINK}&play=true", str(tmp_path / "stage.svg")])
    recording = trained(CONFIG)
    assert 1233 not in recording.epochs
    (numbers,) = [text for text in texts(tmp_path / "stage.svg") if text.startswith("epoch 1,233")]
    assert f"mean |error| {recording.mean_abs_error[1233]:#.4g}" in numbers
    assert f"ŷ(11) {recording.predictions[1233, 3]:#.4g}" in numbers


def test_a_chart_has_the_name_that_links_give_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def open_page(_: str, fragment: str) -> str:
        asked.append(fragment)
        return "data:,"

    monkeypatch.setattr("xorviz.cli.picture.open_page", open_page)
    for chart in ("loss", "activations"):
        main(["picture", "epochs=100", str(tmp_path / "chart.svg"), "--chart", chart])
    assert [parse_qs(fragment)["chart"] for fragment in asked] == [["loss"], ["hidden"]]


@pytest.mark.usefixtures("open_browser")
def test_one_chart_is_drawn_alone_as_the_link_says_dark_and_without_an_epoch_at_the_end(
    tmp_path: Path,
) -> None:
    path = tmp_path / "loss.svg"
    link = "seed=7&hidden=3&epochs=5000&axis=log&loss=half"
    main(["picture", link, str(path), "--chart", "loss", "--dark"])
    root = ElementTree.parse(path).getroot()
    assert (root.get("width"), root.get("height")) == ("700", "450")
    assert root.findtext(f"{SVG}desc") == write_card(trained(CONFIG)).as_text()
    assert root.findtext(f"{SVG}title") == (
        "Loss: seed 7, rate 0.5, 3 units, 5,000 epochs, epoch 5,000"
    )
    assert "½ Σ error², log" in texts(path)
    assert "seed 7, rate 0.5, 3 units, 5,000 epochs, epoch 5,000" in texts(path)
    ground = root.find(f"{SVG}rect")
    assert ground is not None
    assert ground.get("fill") == "rgb(14, 17, 23)"


@pytest.mark.usefixtures("open_browser")
def test_the_output_in_3d_is_drawn_with_its_colours(tmp_path: Path) -> None:
    path = tmp_path / "surface.svg"
    main(["picture", f"{LINK}&surface=3d", str(path), "--chart", "surface"])
    (image,) = ElementTree.parse(path).iter(f"{SVG}image")
    _, _, encoded = (image.get("href") or "").partition("base64,")
    png = b64decode(encoded)
    assert struct.unpack(">II", dict(chunks(png))[b"IHDR"][:8]) > (1000, 500)
    assert len(png) > 20_000  # a surface, not an empty scene


def test_a_page_is_written_whole_and_needs_no_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "/nowhere/chromium")
    main(["picture", "http://localhost:8501/", str(tmp_path / "run.html")])
    page = (tmp_path / "run.html").read_text("utf-8")
    assert "<h1>seed 42, rate 0.5</h1>" in page
    assert page.endswith("</html>\n")


def test_each_bad_value_of_a_link_gets_a_sentence_and_there_is_no_picture(
    tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "run.png"
    link = "seed=abc&lr=0&epochs=500&epoch=501&pin=seed%3D-1&speling=1"
    assert refused(capsys, link, str(path)) == [
        "xorviz: 'speling' in LINK is ignored.",
        "xorviz: Seed must be a whole number from 0 to 999, not 'abc'.",
        "xorviz: Learning rate must be a number from 0.01 to 10, not '0'.",
        "xorviz: Epoch must be a whole number from 0 to 500, not '501'.",
        "xorviz: Pinned run 1 can't be used: Seed must be a whole number from 0 to 999, not '-1'.",
    ]
    assert not path.exists()


def test_no_sentence_speaks_of_a_value_passed_over_where_there_is_no_picture(
    tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "run.png"
    (sentence,) = refused(capsys, "hide=foo,verdict", str(path))
    assert re.fullmatch(r"xorviz: Hide must be any of .*, not 'foo'\.", sentence)
    assert not path.exists()


REFUSED = {
    "xorviz: FILE must be a name that ends in .png, .svg, .html, not 'run.jpg'.": ["", "run.jpg"],
    "xorviz: --chart, --epochs, --dark, --width, --transparent and --text go with a picture; "
    "a page has all, in both themes.": ["", "run.html", "--dark"],
    "xorviz: Width must be a whole number from 100 to 8000, not '99'.": [
        *("", "run.png", "--width", "99"),
    ],
    "xorviz: Text must be another file than the picture, not 'run.png'.": [
        *("", "run.png", "--text", "run.png"),
    ],
    "xorviz: Edits must be of the network's weights, at epochs up to 10,000, "
    "not h9 → ŷ = 3 at epoch 5.": ["edits=5_h9_y_3", "run.png"],
    "xorviz: FILE must be in a folder that is there, not '/nowhere/run.html'.": [
        *("epochs=100", "/nowhere/run.html"),
    ],
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_an_argument_that_can_not_be_used_gets_one_sentence(capsys: Capture, sentence: str) -> None:
    assert refused(capsys, *REFUSED[sentence]) == [sentence]


def test_too_many_parameters_get_a_sentence(capsys: Capture) -> None:
    (sentence,) = refused(capsys, "&".join(["seed=1"] * 1000), "run.png")
    assert sentence.startswith("xorviz: LINK can't be read: ")


def test_without_a_browser_the_sentence_lists_the_programs_that_were_looked_for(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    names = [Path(browser).name for browser in BROWSERS]
    missing = [str(tmp_path / name) for name in names]
    monkeypatch.setattr("xorviz.export.chromium.BROWSERS", missing)
    (sentence,) = refused(capsys, "epochs=100", str(tmp_path / "run.png"))
    assert f"none of {', '.join(names)} is on the PATH" in sentence
    assert VARIABLE in sentence
    assert len(sentence) < 260


@pytest.mark.parametrize("content", ["#!/bin/false\n", "#!/bin/cat\n", "no program", "\0"])
def test_a_program_that_is_no_browser_gets_a_sentence_and_an_older_picture_stays(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    path, program = tmp_path / "run.png", tmp_path / "program"
    path.write_bytes(b"older")
    program.write_text(content)
    program.chmod(0o700)
    monkeypatch.setenv(VARIABLE, str(program))
    (sentence,) = refused(capsys, "epochs=100", str(path))
    assert sentence == f"xorviz: The browser {program} did not start, or did not answer in time."
    assert path.read_bytes() == b"older"
    assert sorted(tmp_path.iterdir()) == [program, path]


def test_a_browser_that_never_answers_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nsleep 60 & sleep 60\n")
    silent.chmod(0o700)
    monkeypatch.setenv(VARIABLE, str(silent))
    started = time.monotonic()
    with pytest.raises(BrowserError, match="did not answer"):
        open_page("<p>", timeout=0.3)
    assert time.monotonic() - started < 5


def test_a_page_that_never_becomes_a_text_is_ended() -> None:
    with pytest.raises(BrowserError, match="did not answer"):
        open_page("<script>for (;;);</script>", timeout=1.5)


@pytest.mark.usefixtures("open_browser")
def test_a_run_that_can_not_be_drawn_gets_a_sentence(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xorviz.export.html.pack_scene", lambda *_: bytes(64))
    path = tmp_path / "run.png"
    (sentence,) = refused(capsys, "epochs=100", str(path))
    assert re.fullmatch(
        r"xorviz: The picture could not be drawn: The charts can't be shown: .*[^.]\.", sentence
    )
    assert not path.exists()


def test_a_page_knows_its_address_and_its_text_comes_back_as_it_is() -> None:
    text = "location.href + ' <&> \u00e9'"
    page = f"<script type=module>document.documentElement.textContent = {text}</script>"
    assert re.fullmatch(r"file:///.*/page\.html#a=b&c <&> é", open_page(page, "a=b&c"))


def test_a_browser_that_is_not_there_gets_a_sentence(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "/nowhere/chromium")
    assert refused(capsys, "epochs=100", str(tmp_path / "run.png")) == [
        "xorviz: XORVIZ_CHROMIUM names /nowhere/chromium, and there is no such program."
    ]
