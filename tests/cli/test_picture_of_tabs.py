"""Pictures of tabs and filmstrips, their width and ground, and their alternative texts."""

import re
import struct
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support.command import Capture, refused
from tests.support.runs import trained
from tests.support.svg import SVG, texts
from xorviz.cli import main
from xorviz.core.config import TrainConfig
from xorviz.core.hand import STEP, Move, hold
from xorviz.core.numbers import written
from xorviz.core.truth_table import ROW_NAMES
from xorviz.stage.step_film import beat_lines
from xorviz.step.plain import chain_lines, update_lines
from xorviz.step.step import open_step

CONFIG = TrainConfig(epochs=1500)

pytestmark = pytest.mark.usefixtures("open_browser")


def test_a_filmstrip_has_a_panel_an_epoch_and_a_sentence_about_each(
    tmp_path: Path, capsys: Capture
) -> None:
    path = tmp_path / "film.svg"
    main(["picture", "epochs=1500", str(path), "--epochs", "0,100,871,1000,1499", "--text", "-"])
    epochs = ["0", "100", "871", "1,000", "1,499"]
    assert [text for text in texts(path) if text.startswith("epoch ")] == [
        f"epoch {epoch}" for epoch in epochs
    ]
    assert len([*ElementTree.parse(path).iter(f"{SVG}image")]) == len(epochs)
    first, *sentences = capsys.readouterr().out.splitlines()
    assert first == "Seed 42, rate 0.5, 1,500 epochs."
    assert [sentence.split(" the ")[0] for sentence in sentences] == [
        f"At epoch {epoch}" for epoch in epochs
    ]
    assert f"{written(trained(CONFIG).predictions[871, 3])} for 11" in sentences[2]


def test_a_picture_is_as_wide_as_is_asked_and_has_no_ground_where_none_is_wanted(
    tmp_path: Path,
) -> None:
    path = tmp_path / "loss.png"
    flags = ["--chart", "loss", "--width", "350", "--transparent"]
    main(["picture", "epochs=300", str(path), *flags])
    png = path.read_bytes()
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (width, height, depth, kind) == (350, 225, 8, 6)
    bodies = re.findall(rb"IDAT(.*?)(?=....IDAT|....IEND)", png, re.DOTALL)
    start = zlib.decompressobj().decompress(bodies[0], 5)
    assert start[1:] == bytes(
        4
    )  # after the filter's number, the first pixel: no colour, no opacity


def test_the_picture_of_a_step_with_a_beat_tells_what_happens_in_it(tmp_path: Path) -> None:
    path, text = tmp_path / "beat.svg", tmp_path / "beat.txt"
    link = "tab=backprop&epoch=500&epochs=1500&beat=8"
    main(["picture", link, str(path), "--text", str(text)])
    step = open_step(CONFIG, trained(CONFIG).state(500), 500)
    for line in beat_lines(step, 8):
        assert line in text.read_text("utf-8")


def test_the_picture_of_a_step_has_the_weight_marked_its_chain_and_the_table(
    tmp_path: Path,
) -> None:
    path, text = tmp_path / "step.svg", tmp_path / "step.txt"
    link = "tab=backprop&weight=x1_h1&epoch=500&epochs=1500&input=all"
    main(["picture", link, str(path), "--text", str(text)])
    step = open_step(CONFIG, trained(CONFIG).state(500), 500)
    drawn = texts(path)
    lines = [*chain_lines(step, range(4), "x1 → h1"), *update_lines(step, "x1 → h1")]
    assert "The step from epoch 500 to 501" in drawn
    assert [line for line in lines if line not in drawn] == []
    assert [name for name in step.names if name not in drawn] == []
    assert written(step.gradients[1]) in drawn
    faint = ElementTree.parse(path).findall(f".//{SVG}path[@opacity='0.25']")
    assert len(faint) == len(step.names) - 1
    described = text.read_text("utf-8").splitlines()
    assert [line for line in lines if line not in described] == []
    assert described[1] == "The step from epoch 500 to 501."


def test_the_picture_of_weights_set_by_hand_has_their_charts_and_their_next_updates(
    tmp_path: Path,
) -> None:
    path, text = tmp_path / "hands.svg", tmp_path / "hands.txt"
    link = "tab=hands&epoch=500&epochs=1500&hands=x1_h1_5~step"
    main(["picture", link, str(path), "--text", str(text)])
    made = (Move("x1 → h1", 5.0), Move(STEP))
    step = open_step(CONFIG, hold(CONFIG, trained(CONFIG).state(500), 500, made), 500)
    drawn = texts(path)
    title = "Weights set by hand at epoch 500, after 1 move and 1 update of gradient descent"
    assert title in drawn
    numbers = [written(number) for number in (*step.old, *step.updates)]
    assert [number for number in numbers if number not in drawn] == []
    (panel,) = ElementTree.parse(path).findall(f".//{SVG}g[@data-chart='hidden']")
    title, _, low, *_ = panel.findall(f"{SVG}text")
    assert (title.text, low.text) == ("Hidden activations", "0")
    below = float(low.get("y", 0)) - float(title.get("y", 0))
    assert below > 10 or float(low.get("x", 0)) > 0.6 * 16 * len(title.text or "")
    (readouts,) = [line for line in drawn if line.startswith("by hand from epoch 500 of 1,500")]
    assert f"ŷ(11) {written(step.output[3])}" in readouts
    named = zip(step.output, ROW_NAMES, strict=True)
    outputs = ", ".join(f"{written(output)} for {row}" for output, row in named)
    described = text.read_text("utf-8")
    assert f"With weights set by hand at epoch 500 the output is {outputs}; " in described


TABS = {
    "tab=doctor&seed=3&epochs=300": [
        *("Decision surface", "The inputs on each unit's curve"),
        "This holds for the end of the run, epoch 300.",
    ],
    "tab=landscape&plane=weights&up=h2_y&seed=3&epochs=300&pin=seed%3D8%26epochs%3D300": [
        *("Landscape", "Decision surface", "x1 → h1", "h2 → ŷ", "seed 8, rate 0.5, 300 epochs"),
        "The loss over a plane through weight space, at epoch 300",
    ],
    "tab=compare&epochs=300&pin=seed%3D8%26epochs%3D300": [
        *("Loss", "Weights", "this run", "seed 8, rate 0.5, 300 epochs", "verdict"),
    ],
    "tab=atlas&epochs=300&seeds=40:44&lrs=0.5,2": [
        *("Which settings learn this table?", "learning rate", "seed", "0%", "plateau"),
    ],
}


@pytest.mark.parametrize("link", TABS)
def test_the_picture_of_a_tab_has_what_the_tab_shows(tmp_path: Path, link: str) -> None:
    path = tmp_path / "tab.svg"
    main(["picture", link, str(path)])
    drawn = texts(path)
    assert [text for text in TABS[link] if text not in drawn] == []
    assert "Hidden activations" not in drawn


def test_curves_end_at_each_epoch_where_the_future_is_hidden(tmp_path: Path) -> None:
    path = tmp_path / "film.svg"
    flags = ["--chart", "loss", "--epochs", "70,300"]
    main(["picture", "epochs=300&hide=future", str(path), *flags])
    paths = [str(one.get("d")) for one in ElementTree.parse(path).iter(f"{SVG}path")]
    cursors = [float(d.split(",")[0][1:]) for d in paths if re.fullmatch(r"M(.+),.+L\1,.+", d)]
    curves = [re.findall(r"[ML]([\d.]+),", d) for d in paths if d.count("L") > 20]
    ends = [max(map(float, xs)) for xs in curves]
    assert len(cursors) == 2
    left = cursors[0] - ends[0]  # of the plot, from which curves are measured
    assert ends == pytest.approx([cursor - left for cursor in cursors], abs=0.1)
    assert ends[0] < ends[1] / 2


REFUSED = {
    "xorviz: Epochs must be whole numbers from 0 to 300, each once: 1,5,7, or 0-9 or 0:10 for 0 "
    "up to 9, not 301.": ["epochs=300", "--epochs", "0,301"],
    "xorviz: Epochs must be at most 24 numbers, not 25.": ["", "--epochs", "0:25"],
    "xorviz: --epochs makes a filmstrip of a chart, and the link opens the tab doctor: name the "
    "chart by --chart.": ["tab=doctor", "--epochs", "1,2"],
    "xorviz: tab=compare tells how the run ends, which hide=future hides at epoch 4.": [
        "tab=compare&hide=future&epoch=4"
    ],
    "xorviz: A picture of the Atlas trains at most 10,000 networks, not 16,000. Take fewer "
    "values.": ["tab=atlas&seeds=0:1000&map=seed-hidden&sizes=1:17"],
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_can_not_be_drawn_gets_one_sentence_and_no_picture(
    tmp_path: Path, capsys: Capture, sentence: str
) -> None:
    link, *flags = REFUSED[sentence]
    path = tmp_path / "picture.svg"
    assert refused(capsys, "picture", link, str(path), *flags) == f"{sentence}\n"
    assert not path.exists()
