from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tests.support.links import pages
from tests.support.runs import runs_of_links
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import MAX_EDITS, Edit, fits
from xorviz.core.hand import STEP, Move
from xorviz.core.names import LEARNING_RATE
from xorviz.core.recording import record
from xorviz.figures import atlas, charts, landscape
from xorviz.figures.chart import Switch
from xorviz.sentences.link import problem_text
from xorviz.settings import link
from xorviz.settings.page import Page

SURVIVORS = {
    "seed": ("7", 7),
    "lr": ("2.5", 2.5),
    "hidden": ("5", 5),
    "epochs": ("300", 300),
    "biases": ("true", True),
    "targets": ("AND", "0001"),
    "edits": ("0_h5_y_-1~3_lr_2.5", (Edit(0, "h5 → ŷ", -1.0), Edit(3, LEARNING_RATE, 2.5))),
    "mistake": ("sign-hidden", "sign-hidden"),
    "tab": ("backprop", "backprop"),
    "input": ("all", "all"),
    "weight": ("h1_y", "h1 → ŷ"),
    "hands": ("h1_y_-1.5~step", (Move("h1 → ŷ", -1.5), Move(STEP))),
    "plane": ("weights", "weights"),
    "across": ("x2_h1", "x2 → h1"),
    "up": ("h1_y", "h1 → ŷ"),
    "others": ("end", "end"),
    "third": ("middle", "middle"),
    "map": ("lr-hidden", "lr-hidden"),
    "seeds": ("5:10", "5:10"),
    "lrs": ("0.5,2", "0.5,2"),
    "sizes": ("2", "2"),
    "hide": ("weights,seed", ("seed", "weights")),
    "present": ("true", True),
    "ghosts": ("true", True),
    "pace": ("even", "even"),
    "epoch": ("300", 300),
    "play": ("true", True),
    "beat": ("25", 25),
    "speed": ("0.25", "0.25"),
    "loss": ("half", "half"),
    "axis": ("log", "log"),
    "surface": ("hidden", "hidden"),
    "pair": ("h2_h1", "h2_h1"),
    "lines": ("pull", "pull"),
    "edges": ("updates", "updates"),
    "units": ("curves", "curves"),
    "colour": ("epochs", "epochs"),
    "relief": ("3d", "3d"),
}
SETTING = {
    "seed": "seed",
    "lr": "learning_rate",
    "hidden": "hidden_size",
    "epochs": "epochs",
    "biases": "biases",
    "targets": "targets",
    "edits": "edits",
    "mistake": "mistake",
    "tab": "tab",
    "input": "row",
    "weight": "weight",
    "hands": "hands",
    "plane": "plane",
    "across": "across",
    "up": "up",
    "others": "others",
    "third": "third",
    "map": "map",
    "seeds": "seed_range",
    "lrs": "learning_rate_range",
    "sizes": "hidden_size_range",
    "hide": "hide",
    "present": "present",
    "ghosts": "ghosts",
    "pace": "pace",
    "epoch": "epoch",
    "play": "play",
    "beat": "beat",
    "speed": "speed",
    "loss": "loss",
    "axis": "axis",
    "surface": "surface",
    "pair": "pair",
    "lines": "lines",
    "edges": "edges",
    "units": "units",
    "colour": "colour",
    "relief": "relief",
}
VIEW = [
    *("epoch", "play", "beat", "speed"),
    *("loss", "axis", "surface", "pair", "lines", "edges", "units", "colour", "relief"),
]
DEFAULTS = {
    **vars(TrainConfig()),
    "tab": "watch",
    "row": "auto",
    "weight": "",
    "hands": (),
    "plane": "path",
    "across": "",
    "up": "",
    "others": "playhead",
    "third": "middle",
    "map": "seed-lr",
    "seed_range": "0:100",
    "learning_rate_range": "0.05,0.1,0.25,0.5,1,2,5,10",
    "hidden_size_range": "1:9",
    "hide": (),
    "pins": (),
    "present": False,
    "ghosts": False,
    "pace": "change",
    "epoch": None,
    "play": None,
    "beat": None,
    "speed": "1",
    "loss": "mean",
    "axis": "linear",
    "surface": "input",
    "pair": "",
    "lines": "weights",
    "edges": "weights",
    "units": "values",
    "colour": "verdict",
    "relief": "contours",
}
SHOWN = {False: "false", (): "none", None: "none", "": "none", 10_000: "10,000"}
"""How sentences tell a default, where it is not the value itself."""
EDITS_ALLOWED = (
    "a list, at most 200 long, such as 0_h1_y_-3~500_lr_2 (epoch, from, to, value from "
    "-1000 to 1000; or epoch, lr, rate from 1e-06 to 1000), each once an epoch"
)
GATES = "four digits 0 or 1, such as 0110, or one of XOR, AND, OR, NAND, NOR, XNOR"
HANDS_ALLOWED = (
    "a list, at most 200 long, such as x1_h1_2.5~step (from, to, value from -1000 to 1000; or "
    "step) of the network's weights"
)
TABS = "one of watch, backprop, hands, atlas, doctor, landscape, compare, check"
HIDE = (
    "any of controls, seed, lr, hidden, epochs, biases, targets, ghosts, tabs, backprop, "
    "hands, atlas, doctor, landscape, compare, check, network, surface, loss, weights, "
    "activations, readouts, verdict, share, future, mistake, with commas between them"
)
SPEEDS = "one of 0.1, 0.25, 0.5, 1, 2, 4"
ALLOWED = {
    "seed": ("Seed", "a whole number from 0 to 999"),
    "lr": ("Learning rate", "a number from 0.01 to 10"),
    "hidden": ("Hidden size", "a whole number from 1 to 16"),
    "epochs": ("Epochs", "a whole number from 100 to 50,000"),
    "biases": ("Biases", "true or false"),
    "targets": ("Targets", GATES),
    "edits": ("Edits", EDITS_ALLOWED),
    "mistake": ("Mistake", "one of 28 names, such as early-output-update"),
    "tab": ("Tab", TABS),
    "input": ("Input", "one of auto, 00, 01, 10, 11, all"),
    "weight": ("Weight", "a connection of the network, such as x1_h1 or h1_y"),
    "hands": ("Hands", HANDS_ALLOWED),
    "plane": ("Plane", "one of path, weights, states"),
    "across": ("Across", "a connection of the network, such as x1_h1 or h1_y"),
    "up": ("Up", "another connection of the network than Across, such as h1_y"),
    "others": ("Others", "one of playhead, end"),
    "third": ("Third", "one of middle, 1, 2, 3, 4"),
    "map": ("Map", "one of seed-lr, seed-hidden, lr-hidden"),
    "seeds": (
        "Seeds",
        "whole numbers from 0 to 999, each once: 1,5,7, or 0-9 or 0:10 for 0 up to 9",
    ),
    "lrs": ("Learning rates", "numbers from 0.01 to 10, each once: such as 0.1,0.5,2"),
    "sizes": (
        "Hidden sizes",
        "whole numbers from 1 to 16, each once: 1,5,7, or 0-9 or 0:10 for 0 up to 9",
    ),
    "hide": ("Hide", HIDE),
    "present": ("Present", "true or false"),
    "ghosts": ("Ghosts", "true or false"),
    "pace": ("Pace", "one of change, even"),
    "epoch": ("Epoch", "a whole number from 0 to 50,000"),
    "play": ("Play", "true or false"),
    "beat": ("Beat", "a whole number from 0 to 25"),
    "speed": ("Speed", SPEEDS),
    "loss": ("Loss", "one of mean, half"),
    "axis": ("Axis", "one of linear, log"),
    "surface": ("Surface", "one of input, hidden, 3d"),
    "pair": ("Pair", "two hidden units of the network, such as h1_h3"),
    "lines": ("Lines", "one of weights, gradients, pull"),
    "edges": ("Edges", "one of weights, gradients, updates"),
    "units": ("Units", "one of values, curves"),
    "colour": ("Colour", "one of verdict, loss, epochs"),
    "relief": ("Relief", "one of contours, 3d"),
}
LONGEST = 340
"""Characters of the longest sentence about a link."""


def problem(error: tuple[str, str, str], instead: str, default: str = "", pin: int = 0) -> object:
    """A problem as `read_link` gives it: label, allowed and came of its error, and the rest."""
    return error, instead, default, pin


def read_link(given: Mapping[str, Sequence[str]]) -> tuple[dict[str, Any], list[Any]]:
    """The settings of a link, and the parts of each problem with it."""
    page, problems = link.read(given)
    parts = [
        problem((one.error.label, one.error.allowed, one.error.came), *astuple(one)[1:])
        for one in problems
    ]
    assert all(
        problem_text(one).isprintable() and len(problem_text(one)) < LONGEST for one in problems
    )
    return vars(page), parts


@given(chosen=pages())
def test_a_link_opens_the_page_it_was_made_from(chosen: dict[str, Any]) -> None:
    page = Page(**chosen)
    written = link.write(page)
    assert link.read(written) == (page, [])
    assert link.read(link.parse_link(link.query(written))) == (page, [])
    address = f"https://example.org/app/?{link.query(written)}#place"
    assert link.read(link.parse_link(address)) == (page, [])


@given(chosen=pages())
def test_a_link_says_only_what_is_not_the_default_and_in_order_the_view_last(
    chosen: dict[str, Any],
) -> None:
    changed = [name for name in SETTING if chosen[SETTING[name]] != DEFAULTS[SETTING[name]]]
    ours = [name for name in changed if name not in VIEW]
    view = [name for name in VIEW if name in changed]
    pins = ["pin"] if chosen["pins"] else []
    assert list(link.write(Page(**chosen))) == [*ours, *pins, *view]


@given(run=runs_of_links())
def test_a_pin_is_the_pinned_runs_own_link(run: TrainConfig) -> None:
    (text,) = link.write(Page(pins=(run,)))["pin"]
    assert text == link.run_query(run) == link.query(link.write(Page(**vars(run))))
    assert link.read(link.parse_link(text))[0].run == run


@pytest.mark.parametrize(
    ("parameter", "spellings"),
    [
        ("seed", ["7", "007"]),
        ("lr", ["2.5", "2.50", "25e-1"]),
        ("biases", ["true", "TRUE"]),
        ("targets", ["0001", "AND", "and"]),
        ("edits", ["3_x1_h1_2.5", "03_x1_h1_2.50", "3_x1_h1_25e-1"]),
        ("edits", ["500_lr_2.0", "0500_lr_2", "500_lr_20e-1"]),
        ("hands", ["x1_h1_2.5~step", "x1_h1_2.50~step", "x1_h1_25e-1~step"]),
        ("hide", ["seed,weights", "weights,seed", "weights,seed,weights"]),
        ("epoch", ["7", "007"]),
        ("play", ["false", "FALSE"]),
        ("epochs", ["20000", "20,000"]),
        ("lr", ["0.1414", "0,1414", "1414e-4"]),
        ("pin", ["seed=7", "seed=007", "lr=0.5&seed=7", "seed=7&tab=atlas&epoch=3"]),
    ],
)
def test_links_spelled_differently_become_one(parameter: str, spellings: list[str]) -> None:
    links = [link.write(link.read({parameter: [text]})[0]) for text in spellings]
    assert all(written == {parameter: [spellings[0]]} for written in links)


def test_the_defaults_make_an_empty_link_and_back() -> None:
    assert vars(Page()) == DEFAULTS
    assert link.write(Page()) == {}
    assert link.query({}) == ""
    assert link.read({}) == (Page(), [])


def test_the_parameters_of_links_in_peoples_notes_stay_as_they_are() -> None:
    table = {
        name: (setting, field.label, field.allowed)
        for name, (setting, field) in link.PARAMETERS.items()
    }
    assert table == {name: (SETTING[name], *ALLOWED[name]) for name in SETTING}
    assert list(table) == list(SETTING)
    assert (link.PIN, list(link.STAGE_PARAMETERS), link.MAX_PINS) == ("pin", VIEW, 4)


def test_a_setting_tells_its_limits_on_the_page() -> None:
    for name, setting in SETTING.items():
        assert link.limits(setting) is link.PARAMETERS[name][1]


def switches() -> dict[str, Switch]:
    """The switches of the charts whose positions are in links."""
    drawn = charts(record(TrainConfig(epochs=1)))
    every = [switch for chart in drawn for switch in chart.switches if switch.name]
    every += [atlas.COLOURS, landscape.RELIEF]
    assert len(every) == 8
    return {switch.name: switch for switch in every}


def test_a_link_takes_every_position_of_the_stages_switches_the_first_by_default() -> None:
    for name, switch in switches().items():
        keys = tuple(option.key for option in switch.options)
        assert keys == link.limits(name).choices
        assert keys[0] == DEFAULTS[name]


BAD = {
    "seed": ["abc", "-1", "1e9", "1000", "", "4２", " 7"],
    "lr": ["nan", "0", "1e400", "10.1", "inf", "1_0"],
    "hidden": ["999", "2.0", "0"],
    "epochs": ["", "99", "50001"],
    "biases": ["1", "yes", ""],
    "targets": ["01x0", "a\nb\x1b", "01100", ""],
    "edits": [
        *("x", "0_x1_h1_nan", "0_x1_h1_1001", "-1_x1_h1_1", "0_x1_h1_1~", "0_1_y_1~0_1_y_2"),
        *("500_lr", "500_lr_0", "5_lr_1~5_lr_2"),
    ],
    "mistake": ["Sign-output", "mean", " ", "<b>", "sign_output"],
    "tab": ["Backprop", "", "<b>"],
    "input": ["0", "ALL", "02", ""],
    "plane": ["Path", "", "pca", "<b>"],
    "across": ["x1", "h1_ŷ", "x3_h1", "h6_y", "", "<b>"],
    "up": ["x1", "h6_y", "x2_h1", "", "<b>"],
    "others": ["start", "", "END"],
    "third": ["0", "5", "end", "", "<b>"],
    "map": ["seed", "lr-seed", "", "<b>"],
    "seeds": ["1,1", "9:5", "0:1001", "-1", "0.5", ""],
    "lrs": ["0", "nan", "1,1", "0.1:0.5", ""],
    "sizes": ["0", "17", "2,2", "1:18", ""],
    "weight": ["x1", "h1_ŷ", "x3_h1", "h6_y", "x1 → h1", "", "<b>"],
    "hands": ["x", "x1_h1_nan", "x1_h1_1001", "x1_h1_1~", "Step", "step_1", "<b>", "x1_h1"],
    "hide": ["Weights", "hidden_size", "watch", "all", "seed;lr", " "],
    "present": ["1", "yes", ""],
    "ghosts": ["on", "", "1"],
    "pace": ["Even", "fast", "", "0"],
    "epoch": ["301", "-1", "1.5", "3e1", "", "٣", "nan", "1_0", "end"],
    "play": ["1", "", "yes", "truefalse"],
    "beat": ["-1", "26", "1.5", "", "last", "<b>"],
    "speed": ["3", "1.0", "2x", "", "-1", "0", "01", "1e0", "Infinity"],
    "loss": ["Mean", "mae", "", "mean,half"],
    "colour": ["Verdict", "", "red"],
    "relief": ["3-D", "", "contour"],
    "lines": ["Weights", "", "pulls"],
    "surface": ["3D", "", "hidden space"],
    "pair": ["h1", "h1_h1", "h1_h17", "h1_h2_h3", "h2-h1", "", "x1_h1", "<b>"],
    "edges": ["deltas", "", "<b>"],
    "units": ["curve", "", "1"],
    "axis": ["logarithmic", "LOG", "", "linear "],
}


def link_with(parameter: str, values: list[str]) -> dict[str, list[str]]:
    """A link of good values but for one."""
    return {name: [text] for name, (text, _) in SURVIVORS.items()} | {parameter: values}


def settings_but(parameter: str) -> dict[str, Any]:
    """What it must be read as."""
    kept = {SETTING[name]: value for name, (_, value) in SURVIVORS.items()}
    return {**kept, "pins": (), SETTING[parameter]: DEFAULTS[SETTING[parameter]]}


def problem_with(parameter: str, allowed: str, came: str) -> object:
    error = ALLOWED[parameter][0], allowed, came
    if parameter == "hide" and allowed != "given once":
        return problem(error, "rest")
    default = DEFAULTS[SETTING[parameter]]
    return problem(error, "default", str(SHOWN.get(default, default)))


@pytest.mark.parametrize("parameter", BAD)
def test_a_bad_value_is_one_sentence_and_the_default_and_the_rest_survives(parameter: str) -> None:
    allowed = "a whole number from 0 to 300" if parameter == "epoch" else ALLOWED[parameter][1]
    changed = {"epoch": 300} if parameter != "epoch" else {}
    for text in BAD[parameter]:
        settings_read, problems = read_link(link_with(parameter, [text]))
        assert problems == [problem_with(parameter, allowed, repr(text))]
        assert settings_read == {**settings_but(parameter), **changed}


def test_moves_of_weights_that_the_network_lacks_are_left_out_with_a_sentence() -> None:
    settings_read, problems = read_link({"hands": ["x1_h1_2~h3_y_1~1_h1_4~step"]})
    assert settings_read["hands"] == (Move("x1 → h1", 2.0), Move(STEP))
    error = ("Hands", HANDS_ALLOWED, "'x1_h1_2~h3_y_1~1_h1_4~step'")
    assert problems == [problem(error, "rest")]


def test_the_third_state_of_a_plane_is_that_of_a_pinned_run_with_the_same_weights() -> None:
    pins = ["seed=3&hidden=3", "seed=4"]
    assert read_link({"third": ["2"], "pin": pins})[0]["third"] == "2"
    allowed = "middle, or the number of a pinned run whose network has the same weights"
    for number in ("1", "3"):
        settings_read, problems = read_link({"third": [number], "pin": pins})
        assert settings_read["third"] == "middle"
        assert problems == [problem(("Third", allowed, repr(number)), "default", "middle")]


@pytest.mark.parametrize(
    ("text", "hidden", "unknown"),
    [
        ("", (), ""),
        (",", (), ""),
        ("seed,,weights,", ("seed", "weights"), ""),
        ("seed, lr", ("seed",), "' lr'"),
        ("foo,weights,SEED,verdict", ("weights", "verdict"), "'foo,SEED'"),
    ],
)
def test_what_is_known_of_a_list_is_hidden_whatever_else_is_in_it(
    text: str, hidden: tuple[str, ...], unknown: str
) -> None:
    settings_read, problems = read_link({"hide": [text]})
    assert settings_read["hide"] == hidden
    assert problems == ([problem_with("hide", HIDE, unknown)] if unknown else [])


@pytest.mark.parametrize("times", [2, 3])
def test_a_parameter_given_twice_is_one_sentence_and_the_default(times: int) -> None:
    for parameter in SETTING:
        text, _ = SURVIVORS[parameter]
        settings_read, problems = read_link(link_with(parameter, [text] * times))
        assert problems == [problem_with(parameter, "given once", f"{times} times")]
        assert settings_read == settings_but(parameter)


def test_every_bad_value_of_a_link_is_a_problem() -> None:
    settings_read, problems = read_link({name: ["?"] for name in SETTING})
    assert settings_read == DEFAULTS
    assert [error[0] for error, *_ in problems] == [label for label, _ in ALLOWED.values()]


def test_an_epoch_is_one_of_the_links_run() -> None:
    for epochs, last in (("300", 300), ("x", 10_000)):
        assert link.read({"epochs": [epochs], "epoch": [str(last)]})[0].epoch == last
        settings_read, problems = read_link({"epochs": [epochs], "epoch": [str(last + 1)]})
        assert settings_read["epoch"] is None
        allowed = f"a whole number from 0 to {last:,}"
        assert problems[-1] == problem_with("epoch", allowed, repr(str(last + 1)))


def fitting(settings_read: dict[str, Any]) -> tuple[Edit, ...]:
    """The edits that the page keeps for these settings."""
    size, biases = settings_read["hidden_size"], settings_read["biases"]
    return tuple(
        edit for edit in settings_read["edits"] if fits(edit, size, biases, settings_read["epochs"])
    )


PINNED = st.dictionaries(st.sampled_from([*SETTING, "pin"]), st.text(max_size=5)).map(urlencode)
WORDS = (
    st.text()
    | st.from_regex(r"(\d{1,7}_((x1|x2|h[1-3]|1)_(h[1-3]|y)|lr)_-?\d{1,4}~?){1,3}", fullmatch=True)
    | st.lists(st.sampled_from([*link.PARTS, ""]), max_size=4).map(",".join)
    | st.integers(-1, 60_000).map(str)
    | PINNED
)


@given(
    given_link=st.dictionaries(
        st.sampled_from([*SETTING, "pin"]), st.lists(WORDS, max_size=6), max_size=8
    )
)
def test_no_link_whatever_keeps_the_page_from_opening(given_link: dict[str, list[str]]) -> None:
    settings_read, problems = read_link(given_link)
    assert settings_read["tab"] in link.TABS
    assert set(settings_read["hide"]) <= set(link.PARTS)
    assert FIELDS["edits"].allows(settings_read["edits"])
    assert Page(**settings_read).fitting_run.edits == fitting(settings_read)
    assert 0 <= (settings_read["epoch"] or 0) <= settings_read["epochs"]
    assert len(set(settings_read["pins"])) == len(settings_read["pins"]) <= link.MAX_PINS
    assert len(problems) <= len(given_link.keys() - {"pin"}) + link.MAX_PINS + 1
    page = Page(**settings_read)
    assert link.read(link.write(page)) == (page, [])


def test_parameters_of_others_are_left_alone() -> None:
    assert link.read({"utm_source": ["x"], "embed": ["true"]}) == (Page(), [])


def test_a_link_takes_at_most_two_hundred_edits() -> None:
    listed = [f"{epoch}_x1_h1_1" for epoch in range(MAX_EDITS + 1)]
    assert MAX_EDITS == 200
    read, problems = read_link({"edits": ["~".join(listed[:-1])]})
    assert (len(read["edits"]), problems) == (200, [])
    read, ((error, *_),) = read_link({"edits": ["~".join(listed)]})
    assert read == DEFAULTS
    assert error[0] == "Edits"


@pytest.mark.parametrize("text", ["9" * 10_000, "\0" * 10_000, "<b>,&" * 2_000])
def test_the_longest_sentence_is_short(text: str) -> None:
    for parameter in SETTING:
        settings_read, ((error, *_),) = read_link({parameter: [text]})
        assert error[0] == ALLOWED[parameter][0]
        assert settings_read == DEFAULTS


def pinned(*texts: str) -> tuple[list[TrainConfig], list[Any]]:
    """The runs that a link's pins are read as, and the problems with the others."""
    settings_read, problems = read_link({"pin": texts})
    assert {**settings_read, "pins": ()} == DEFAULTS
    return list(settings_read["pins"]), problems


def test_an_empty_pin_is_the_notebooks_run() -> None:
    assert link.write(Page(pins=(TrainConfig(),))) == {"pin": [""]}
    assert pinned("") == ([TrainConfig()], [])


def test_of_five_pins_four_are_taken_and_that_is_one_problem() -> None:
    five = [f"seed={seed}" for seed in range(5)]
    taken, problems = pinned(*five)
    assert [run.seed for run in taken] == [0, 1, 2, 3]
    assert problems == [problem(("Pin", "given at most 4 times", "5 times"), "others")]
    assert pinned(*five * 100)[0] == taken


def test_a_run_that_is_pinned_twice_is_taken_once() -> None:
    taken, problems = pinned("seed=7&lr=2", "lr=2.0&seed=07", "seed=8")
    assert [run.seed for run in taken] == [7, 8]
    error = "it", "a run that is not pinned yet", "'lr=2.0&seed=07'"
    assert problems == [problem(error, "nothing", pin=2)]


EDITED = "hidden=3&edits=7_h3_y_2"
SEED_ALLOWED = ALLOWED["seed"][1]
FITTING = "of the network's weights, at epochs up to "
BAD_PINS = {
    "seed=x": ("Seed", SEED_ALLOWED, "'x'"),
    "seed=1000": ("Seed", SEED_ALLOWED, "'1000'"),
    "seed=": ("Seed", SEED_ALLOWED, "''"),
    "seed": ("Seed", SEED_ALLOWED, "''"),
    "seed=1&seed=2": ("Seed", "given once", "2 times"),
    "epochs=50001": ("Epochs", ALLOWED["epochs"][1], "'50001'"),
    "targets=<script>": ("Targets", GATES, "'<script>'"),
    "seed=%00": ("Seed", SEED_ALLOWED, r"'\x00'"),
    "seed=\0": ("Seed", SEED_ALLOWED, r"'\x00'"),
    "seed=%FF": ("Seed", SEED_ALLOWED, "'\N{REPLACEMENT CHARACTER}'"),
    "seed=%zz%": ("Seed", SEED_ALLOWED, "'%zz%'"),
    "edits=7_h3_y_2": ("Edits", f"{FITTING}10,000", "h3 → ŷ = 2 at epoch 7"),
    "epochs=300&edits=301_lr_2": ("Edits", f"{FITTING}300", "learning rate 2 from epoch 301"),
    "edits=0_x1_h1_nan": ("Edits", EDITS_ALLOWED, "'0_x1_h1_nan'"),
}


@pytest.mark.parametrize("text", BAD_PINS)
def test_a_pin_that_is_no_run_is_left_out_as_one_problem_and_the_others_are_taken(
    text: str,
) -> None:
    taken, problems = pinned(EDITED, text, "seed=8")
    assert taken == [TrainConfig(hidden_size=3, edits=(Edit(7, "h3 → ŷ", 2.0),)), TrainConfig(8)]
    assert problems == [problem(BAD_PINS[text], "nothing", pin=2)]


def test_a_pin_has_no_pins_tab_or_view_of_its_own() -> None:
    nested = "seed=7"
    for _ in range(6):
        nested = f"seed=7&tab=atlas&hide=loss&epoch=3&play=true&speed=4&pin={quote(nested)}"
    assert pinned(nested) == ([TrainConfig(7)], [])


@pytest.mark.parametrize(
    "text",
    [
        *("&" * 10_000, "seed=" + "9" * 10_000, "seed=" + "%00" * 4_000, "seed=1&" * 5_000),
        "edits=" + "~".join(f"{epoch}_x1_h1_1" for epoch in range(1_000)),
    ],
    ids=lambda text: text[:10],
)
def test_a_pin_of_thousands_of_characters_is_left_out_with_one_short_sentence(text: str) -> None:
    taken, ((_, *rest),) = pinned(text)
    assert not taken
    assert rest == ["nothing", "", 1]


@pytest.mark.parametrize(
    "text",
    [
        *("hello", "\0", "%", "<script>alert(1)</script>", "?seed=7", "x" * 10_000),
        "https://example.org/?seed=7",
    ],
    ids=lambda text: text[:20],
)
def test_a_pin_that_speaks_of_no_run_is_told_and_not_the_notebooks_run(text: str) -> None:
    taken, problems = pinned(text)
    assert not taken
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("address", "parameters"),
    [
        ("", {}),
        ("?", {}),
        ("seed=7", {"seed": ["7"]}),
        ("?seed=7&seed=8", {"seed": ["7", "8"]}),
        ("https://example.org/?seed=7", {"seed": ["7"]}),
        ("http://127.0.0.1:8501/base/?seed=7&pin=#part", {"seed": ["7"], "pin": [""]}),
        ("?pin=seed%3D1%26lr%3D2&pin=seed%3D2", {"pin": ["seed=1&lr=2", "seed=2"]}),
        (
            "?edits=0_x1_h1_1~1_lr_2&tab=%00%3Cb%3E",
            {"edits": ["0_x1_h1_1~1_lr_2"], "tab": ["\0<b>"]},
        ),
        ("https://example.org/", {}),
        ("https://example.org/#?seed=7", {}),
    ],
)
def test_an_address_is_split_into_its_parameters(
    address: str, parameters: dict[str, list[str]]
) -> None:
    found = link.parse_link(address)
    assert {name: found[name] for name in found if name in (*SETTING, "pin")} == parameters


@pytest.mark.parametrize(
    "address", ["https://example.org/?seed=7&why=how?&lr=2", "?seed=7&lr=2&x=?"]
)
def test_a_question_mark_in_an_address_takes_no_parameter_away(address: str) -> None:
    page, _ = link.read(link.parse_link(address))
    assert (page.seed, page.learning_rate) == (7, 2)


def test_an_address_of_more_parameters_than_anybody_needs_is_not_read() -> None:
    assert len(link.parse_link("?" + "pin=&" * 99 + "pin=")["pin"]) == link.MAX_PARAMETERS
    with pytest.raises(ValueError, match="fields"):
        link.parse_link("?" + "pin=&" * 100 + "pin=")


def test_a_link_stays_readable_to_people() -> None:
    chosen = {
        **DEFAULTS,
        "seed": 7,
        "edits": (Edit(0, "x1 → h1", 2.5), Edit(500, LEARNING_RATE, 2.0)),
        "hide": ("controls", "weights"),
        "pins": (TrainConfig(8), TrainConfig(learning_rate=2)),
        "epoch": 300,
        "speed": "0.25",
    }
    assert link.query(link.write(Page(**chosen))) == (
        "seed=7&edits=0_x1_h1_2.5~500_lr_2.0&hide=controls%2Cweights"
        "&pin=seed%3D8&pin=lr%3D2&epoch=300&speed=0.25"
    )


def test_a_fork_made_on_the_page_is_in_its_link_beside_the_weights_typed_over() -> None:
    def page() -> None:
        from xorviz.ui import address, state

        address.adopt()
        for rate in (3.0, 2.0):
            assert state.fork(500, rate) is None
        assert state.edit(500, "x1 → h1", 1.5) is None
        address.write()

    app = AppTest.from_function(page).run()
    assert not app.exception
    assert app.query_params == {
        "edits": "500_x1_h1_1.5~500_lr_2.0",
        "pin": ["", "edits=500_lr_3.0", "edits=500_lr_2.0"],
    }
    assert app.session_state["epoch"] == 500
