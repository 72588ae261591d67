"""How the stage opens: what a link says of it, and what the stage is sent."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.payload import assert_came_through, unpack, unpack_scene
from xorviz.core.config import TrainConfig
from xorviz.core.recording import record
from xorviz.figures import charts
from xorviz.figures.chart import moving
from xorviz.settings import link
from xorviz.stage import STATIC
from xorviz.stage.frames import draw
from xorviz.stage.opening import Opening, is_inside, pack_stage, read_opening
from xorviz.stage.scene import pack_scene, run_id

RUN = TrainConfig(epochs=700)
RECORDING = record(RUN)
FRAMES = set(RECORDING.epochs.tolist())
SCENE = pack_scene(RECORDING)
SAID: dict[str, Any] = {
    "epoch": None,
    "plays": True,
    "speed": 1,
    "choices": {
        "loss": "mean",
        "axis": "linear",
        "surface": "input",
        "pair": "",
        "lines": "weights",
        "edges": "weights",
        "units": "values",
        "colour": "verdict",
        "relief": "contours",
    },
    "hidden": [],
    "number": ".1",
    "pace": "change",
    "presents": False,
    "beat": None,
    "reads": False,
    "parameters": link.STAGE_PARAMETERS,
}
"""How the stage opens where the link says nothing."""


def said_by(**parameters: str) -> dict[str, Any]:
    """How the stage opens on a link of these parameters."""
    read, problems = link.read({name: [text] for name, text in parameters.items()})
    assert not problems
    return vars(read_opening(read))


def parts(packed: bytes) -> tuple[Any, bytes, bytes]:
    """What the stage is sent: how it opens, the run's views, and the scene."""
    (opening, rest), (views, scene) = part(packed), part(part(packed)[1])
    assert rest.endswith(scene)
    return unpack(opening), views, scene


def part(packed: bytes) -> tuple[bytes, bytes]:
    """A part, whose length comes first, and the rest."""
    end = 4 + int.from_bytes(packed[:4], "little")
    return packed[4:end], packed[end:]


def test_a_link_that_says_nothing_has_the_run_play_from_its_start() -> None:
    assert said_by() == SAID == vars(Opening(choices=SAID["choices"], hidden=[]))


@pytest.mark.parametrize(
    ("epoch", "play", "plays"),
    [
        (None, None, True),
        (None, "true", True),
        (None, "false", False),
        ("0", None, False),
        ("0", "true", True),
        ("300", None, False),
        ("300", "true", True),
        ("300", "false", False),
    ],
)
def test_a_run_rests_at_the_links_epoch_unless_the_link_says_play(
    epoch: str | None, play: str | None, plays: bool
) -> None:
    given_link = {name: text for name, text in (("epoch", epoch), ("play", play)) if text}
    at = None if epoch is None else int(epoch)
    assert said_by(**given_link) == {**SAID, "epoch": at, "plays": plays}


@pytest.mark.parametrize("tab", ["backprop", "hands"])
def test_a_tab_about_one_epoch_rests_there_and_the_stage_knows_that_it_is_about_one(
    tab: str,
) -> None:
    assert said_by(tab=tab) == {**SAID, "plays": False, "reads": True}


def test_speed_and_switches_are_the_links() -> None:
    chosen = {
        "loss": "half",
        "axis": "log",
        "surface": "hidden",
        "pair": "h2_h1",
        "lines": "pull",
        "edges": "updates",
        "units": "curves",
        "colour": "loss",
        "relief": "contours",
    }
    opening = said_by(speed="0.25", **chosen)
    assert opening == {**SAID, "speed": 0.25, "choices": chosen}
    assert type(opening["speed"]) is float


@pytest.mark.parametrize("part", link.PARTS)
def test_a_part_that_is_a_chart_leaves_out_that_chart_and_any_other_part_none(part: str) -> None:
    hidden = said_by(hide=part)["hidden"]
    drawn = [chart.name for chart in charts(RECORDING)]
    named = {**dict(zip(drawn, drawn, strict=True)), "activations": "hidden"}
    expected = [named[part]] if part in link.CHARTS else []
    assert [name for name in drawn if name in hidden] == expected


def test_the_stage_has_what_is_above_the_charts_once_by_the_links_name_for_it() -> None:
    page = (STATIC / "stage.html").read_text("utf-8")
    for name in ("readouts", "verdict", "share"):
        assert said_by(hide=name)["hidden"] == [name]
        assert page.count(f'class="{name}"') == 1


def test_openings_are_numbered_by_the_page() -> None:
    read, _ = link.read({})
    assert vars(read_opening(read, "a.3")) == {**SAID, "number": "a.3"}


def test_an_epoch_is_inside_a_run_between_its_first_and_its_last() -> None:
    config = TrainConfig(epochs=100)
    inside = [epoch for epoch in range(-1, 200) if is_inside(config, epoch)]
    assert inside == list(range(1, 100))
    assert not is_inside(config, None)


@given(
    epoch=st.none() | st.integers(0, 800),
    plays=st.booleans(),
    speed=st.sampled_from([0.1, 0.25, 4.0]),
    hidden=st.lists(st.sampled_from(link.PARTS), unique=True),
    number=st.from_regex(r"[0-9a-f]{8}\.[0-9]+", fullmatch=True),
    scene=st.just(SCENE) | st.binary(max_size=50),
)
def test_the_stage_gets_its_opening_and_then_the_scene_to_the_last_byte(
    epoch: int | None, plays: bool, speed: float, hidden: list[str], number: str, scene: bytes
) -> None:
    opening = Opening(epoch, plays, speed, {"loss": "half"}, hidden, number)
    came, views, rest = parts(pack_stage(scene, opening, RECORDING.config, RECORDING))
    assert (views, rest) == (b"", scene)
    said = {name: came[name] for name in vars(opening)}
    assert_came_through(said, vars(opening))
    assert came["id"] == run_id(RUN) == unpack_scene(SCENE)["id"]
    has_moment = is_inside(RUN, epoch)
    moment = {"epochs", "charts", "readouts", "sentences", "views"} if has_moment else set()
    assert came.keys() == {*vars(opening), "id", "parameters", *moment}
    assert came["parameters"] == list(link.STAGE_PARAMETERS)


def test_between_two_frames_the_state_itself_goes_along_to_the_last_bit() -> None:
    epoch = next(epoch for epoch in range(300, 400) if epoch not in FRAMES)
    came, *_ = parts(pack_stage(SCENE, Opening(epoch), RECORDING.config, RECORDING))
    assert came["epochs"].tolist() == [epoch]
    frame = RECORDING.around(epoch)
    assert_came_through(came["charts"], [*map(moving, charts(RECORDING, frames=frame))])
    assert_came_through(came["readouts"], draw(RECORDING, frame)["readouts"])
    losses = [readout["values"].tolist() for readout in came["readouts"][:2]]
    both = (RECORDING.mean_abs_error[epoch], RECORDING.half_squared_error[epoch])
    assert losses == [[pytest.approx(loss, rel=1e-6)] for loss in both]
    (network,) = [chart for chart in came["charts"] if chart["name"] == "network"]
    values = [edge["values"].tolist() for edge in network["edges"]]
    assert values == [[pytest.approx(w, rel=1e-6)] for w in RECORDING.state(epoch)]


def test_a_state_costs_little_beside_its_run() -> None:
    large = TrainConfig(hidden_size=16, biases=True, epochs=10_000)
    recording = record(large)
    epoch = next(epoch for epoch in range(4000, 6000) if epoch not in recording.epochs)
    scene = pack_scene(recording)
    bare = len(pack_stage(scene, Opening(), recording.config))
    assert bare - len(scene) < 300
    assert len(pack_stage(scene, Opening(epoch), recording.config, recording)) - bare < 60_000
