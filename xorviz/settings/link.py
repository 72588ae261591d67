"""The link: the page's settings as query parameters, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.fields import Choice, ConfigError, Field, Flag, Number, Whole, quoted
from xorviz.core.names import parameter_names
from xorviz.core.truth_table import ROW_NAMES
from xorviz.settings.hands import Hands
from xorviz.settings.lists import Names, Numbers, Pair, Typed, Weight
from xorviz.settings.page import Page
from xorviz.settings.planes import MIDDLE, OtherWeight, third_run
from xorviz.settings.problem import Problem

TABS: Final = ("watch", "backprop", "hands", "atlas", "doctor", "landscape", "compare", "check")
TELLING: Final = ("atlas", "doctor", "landscape", "compare", "check")
"""The tabs that tell how a run with these settings ends."""
READ: Final = ("backprop", "hands")
"""The tabs that look at one state of the run, so that it does not play by itself there."""
ALL_ROWS: Final = "all"
"""In place of one of the four inputs."""
AUTO_ROW: Final = "auto"
"""In place of an input: the page picks the one with the largest share."""
CHARTS: Final = ("network", "surface", "loss", "weights", "activations")
ABOVE: Final = ("readouts", "verdict", "share")
"""The parts above the charts."""
FUTURE: Final = "future"
"""What happens after the playhead, as a part that may be left out."""
MISTAKE: Final = "mistake"
"""That the run has a mistake on purpose, as a part that may be left out."""

MAX_PINS: Final = 4
"""Runs that are compared with the page's."""
MAX_PARAMETERS: Final = 100
"""The most parameters that a pinned run's link may have; this program never writes more."""

FIELDS_OF_RUN: Final[Mapping[str, Any]] = {
    **FIELDS,
    "seed": Whole("Seed", 0, 999),
    "learning_rate": Number("Learning rate", 0.01, 10),
    "epochs": Whole("Epochs", 100, 50_000),
}
"""Each setting of a run, with the values that the page and its links take.

More seeds, learning rates and numbers of epochs can be trained: see `core.config.FIELDS`.
"""
HIDDEN_SIZE: Final = FIELDS_OF_RUN["hidden_size"]
SHORT: Final = {"learning_rate": "lr", "hidden_size": "hidden"}
"""The settings whose parameters are shorter than their names."""
OF_RUN: Final = {SHORT.get(name, name): (name, field) for name, field in FIELDS_OF_RUN.items()}
"""The parameters of a run's own link: maps each to a setting and the setting's field."""
RUN_PARAMETERS: Final = tuple(name for name in OF_RUN if name not in ("edits", "mistake"))
"""The parameters of a run's settings, edits and a mistake aside."""
CONTROLS: Final = (*RUN_PARAMETERS, "ghosts")
"""The parameters of the settings in the sidebar."""
PARTS: Final = ("controls", *CONTROLS, "tabs", *TABS[1:], *CHARTS, *ABOVE, FUTURE, MISTAKE)
"""The parts that `hide` may leave out of the page: the sidebar or single settings in it; all
tabs or single ones; charts; the parts above the charts; what happens after the playhead; which
mistake the run has."""

LAST_BEAT: Final = 25
"""Of a step's film, from 0: six of each input, the sum, and the update."""


def _several(label: str, setting: str) -> Typed:
    """The field of several values of a setting."""
    return Typed(label, Numbers(label, FIELDS_OF_RUN[setting]))


EVERY_NAME: Final = parameter_names(int(HIDDEN_SIZE.high), biases=True)
"""The names of all weights and biases that a network may have."""

PARAMETERS: Final[Mapping[str, tuple[str, Field]]] = {
    **OF_RUN,
    "tab": ("tab", Choice("Tab", TABS)),
    "input": ("row", Choice("Input", (AUTO_ROW, *ROW_NAMES, ALL_ROWS))),
    "weight": ("weight", Weight("Weight", EVERY_NAME)),
    "hands": ("hands", Hands("Hands", EVERY_NAME)),
    "plane": ("plane", Choice("Plane", ("path", "weights", "states"))),
    "across": ("across", Weight("Across", EVERY_NAME)),
    "up": ("up", OtherWeight("Up", EVERY_NAME)),
    "others": ("others", Choice("Others", ("playhead", "end"))),
    "third": ("third", Choice("Third", (MIDDLE, *map(str, range(1, MAX_PINS + 1))))),
    "map": ("map", Choice("Map", ("seed-lr", "seed-hidden", "lr-hidden"))),
    "seeds": ("seed_range", _several("Seeds", "seed")),
    "lrs": ("learning_rate_range", _several("Learning rates", "learning_rate")),
    "sizes": ("hidden_size_range", _several("Hidden sizes", "hidden_size")),
    "hide": ("hide", Names("Hide", PARTS)),
    "present": ("present", Flag("Present")),
    "ghosts": ("ghosts", Flag("Ghosts")),
    "pace": ("pace", Choice("Pace", ("change", "even"))),
    "epoch": ("epoch", Whole("Epoch", 0, 50_000)),
    "play": ("play", Flag("Play")),
    "beat": ("beat", Whole("Beat", 0, LAST_BEAT)),
    "speed": ("speed", Choice("Speed", ("0.1", "0.25", "0.5", "1", "2", "4"))),
    "loss": ("loss", Choice("Loss", ("mean", "half"))),
    "axis": ("axis", Choice("Axis", ("linear", "log"))),
    "surface": ("surface", Choice("Surface", ("input", "hidden", "3d"))),
    "pair": ("pair", Pair("Pair", EVERY_NAME)),
    "lines": ("lines", Choice("Lines", ("weights", "gradients", "pull"))),
    "edges": ("edges", Choice("Edges", ("weights", "gradients", "updates"))),
    "units": ("units", Choice("Units", ("values", "curves"))),
    "colour": ("colour", Choice("Colour", ("verdict", "loss", "epochs"))),
    "relief": ("relief", Choice("Relief", ("contours", "3d"))),
}
"""Maps each query parameter to a setting of the page and the setting's field.

Beside these there is `PIN`, given once a pinned run, whose value is that run's own link.
"""
PIN: Final = "pin"
SWITCHES: Final = (
    *("loss", "axis", "surface", "pair", "lines", "edges", "units", "colour", "relief"),
)
"""The parameters of the charts' switches."""
STAGE_PARAMETERS: Final[Sequence[str]] = ("epoch", "play", "beat", "speed", *SWITCHES)
"""The parameters that the stage writes: where playhead and film are, and the charts' switches."""

DEFAULT: Final = Page()
FIELDS_OF_PAGE: Final = dict(PARAMETERS.values())


def limits(setting: str) -> Any:
    """The field of a setting: the values that the page allows."""
    return FIELDS_OF_PAGE[setting]


def read(link: Mapping[str, Sequence[str]]) -> tuple[Page, list[Problem]]:
    """Read the page from the values that a link gives to each parameter.

    Returns
    -------
    The page, with the default where the link has no value or one that can't be used,
    and the problem with each of the latter.
    """
    settings = dict(vars(DEFAULT))
    problems = []
    for parameter, (setting, _) in PARAMETERS.items():
        try:
            settings[setting] = _value(link, parameter, settings)
        except ConfigError as error:
            if error.usable is None:
                default = getattr(DEFAULT, setting)
                text = "" if default is None else limits(setting).write_for_people(default)
                problems.append(Problem(error, "default", text or "none"))
            else:
                settings[setting] = error.usable
                problems.append(Problem(error, "rest"))
    settings["pins"], left_out = _read_pins(link.get(PIN, ()))
    page = Page(**settings)
    try:
        third_run(page)
    except ConfigError as error:
        page = replace(page, third=DEFAULT.third)
        left_out.append(Problem(error, "default", DEFAULT.third))
    return page, problems + left_out


def _value(link: Mapping[str, Sequence[str]], parameter: str, settings: Mapping[str, Any]) -> Any:
    """Read one parameter; epoch and weights must be those of the run, which is read before."""
    setting, field = PARAMETERS[parameter]
    values = link.get(parameter, ())
    if len(values) > 1:
        raise ConfigError(field.label, "given once", f"{len(values)} times")
    if not values:
        return getattr(DEFAULT, setting)
    if parameter == "epoch":
        field = replace(limits(setting), high=settings["epochs"])
    if parameter in ("weight", "hands", "pair", "across", "up"):
        names = parameter_names(settings["hidden_size"], settings["biases"])
        if parameter == "up":
            names = [name for name in names if name != settings["across"]]
        field = replace(limits(setting), names=names)
    return field.parse(values[0])


def _read_pins(links: Sequence[str]) -> tuple[tuple[TrainConfig, ...], list[Problem]]:
    """Read the runs of these links; give the problem with each that is left out."""
    pins: list[TrainConfig] = []
    problems = []
    for number, text in enumerate(links[:MAX_PINS], start=1):
        try:
            pins.append(_pin(text, pins))
        except ConfigError as error:
            problems.append(Problem(error, "nothing", pin=number))
    if len(links) > MAX_PINS:
        too_many = ConfigError("Pin", f"given at most {MAX_PINS} times", f"{len(links)} times")
        problems.append(Problem(too_many, "others"))
    return tuple(pins), problems


def _pin(text: str, pins: Sequence[TrainConfig]) -> TrainConfig:
    settings: dict[str, Any] = {}
    try:
        given = parse_qs(text, keep_blank_values=True, max_num_fields=MAX_PARAMETERS)
    except ValueError:
        given = {}
    if text and given.keys().isdisjoint(OF_RUN):
        raise ConfigError("it", "a run's link such as seed%3D7", quoted(text))
    for parameter, (setting, _) in OF_RUN.items():
        settings[setting] = _value(given, parameter, settings)
    run = TrainConfig(**settings)
    if run in pins:
        raise ConfigError("it", "a run that is not pinned yet", quoted(text))
    return run


def parse_link(link: str) -> dict[str, list[str]]:
    """Split a whole link, or the part of it after its question mark, into its parameters.

    Raises
    ------
    ValueError
        Where there are more than anybody needs.
    """
    whole = link.partition("#")[0]
    address, mark, query = whole.partition("?")
    is_address = mark and "=" not in address
    text = query if is_address else whole
    return parse_qs(text, keep_blank_values=True, max_num_fields=MAX_PARAMETERS)


def write(page: Page) -> dict[str, list[str]]:
    """Write the page as a link's parameters, in order.

    Left out are the defaults, and ranges that can't be read, for which the default is swept.
    """
    values = {
        parameter: [field.write(value)]
        for parameter, (setting, field) in PARAMETERS.items()
        if (value := getattr(page, setting)) != getattr(DEFAULT, setting)
        and not (isinstance(field, Typed) and not field.allows(value))
    }
    view = {name: values.pop(name) for name in STAGE_PARAMETERS if name in values}
    pins = [run_query(run) for run in page.pins]
    return {**values, **({PIN: pins} if pins else {}), **view}


def query(parameters: Mapping[str, Sequence[str]]) -> str:
    """Parameters as the part of a link after its question mark."""
    return urlencode(parameters, doseq=True)


def run_query(run: TrainConfig) -> str:
    """Write a run's settings as the part of its link after the question mark."""
    return query(write(Page(**vars(run))))
