"""The link: what is on the page as query parameters, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

from xorviz.core.config import ConfigError, Field, TrainConfig, shorten
from xorviz.core.edit import edits_text
from xorviz.core.names import parameter_names, spelled
from xorviz.core.truth_table import ROW_NAMES
from xorviz.settings.fields import (
    NamesField,
    PartlyUnusableError,
    Problem,
    RangeField,
    Readable,
    WeightField,
)
from xorviz.settings.ranges import ListField

TABS: Final = ("watch", "backprop", "atlas", "doctor", "compare")
ALL_ROWS: Final = "all"
"""In place of one of the four inputs."""
CHARTS: Final = ("network", "surface", "loss", "weights", "activations")
RUN_PARAMETERS: Final = ("seed", "lr", "hidden", "epochs", "biases", "targets")
PARTS: Final = (
    *("controls", *RUN_PARAMETERS),
    *("tabs", *TABS[1:]),
    *CHARTS,
    *("readouts", "verdict", "share"),
)
"""What `hide` may leave out of the page: the sidebar or single settings of it; all tabs or
single ones; charts; what stands above the charts."""

MAX_PINS: Final = 4
"""Runs that are compared with the page's."""
MAX_PARAMETERS: Final = 100
"""The most parameters that a pinned run's link may have; this program never writes more."""

SEED: Final = Field("Seed", int, 0, 999)
LEARNING_RATE: Final = Field("Learning rate", float, 0.01, 10)
HIDDEN_SIZE: Final = Field("Hidden size", int, 1, 16)

PARAMETERS: Final[Mapping[str, tuple[str, Readable]]] = {
    "seed": ("seed", SEED),
    "lr": ("learning_rate", LEARNING_RATE),
    "hidden": ("hidden_size", HIDDEN_SIZE),
    "epochs": ("epochs", Field("Epochs", int, 100, 50_000)),
    "biases": ("biases", Field("Biases", bool)),
    "targets": ("targets", Field("Targets", str)),
    "edits": ("edits", Field("Edits", tuple)),
    "tab": ("tab", Field("Tab", str, choices=TABS)),
    "input": ("row", Field("Input", str, choices=(*ROW_NAMES, ALL_ROWS))),
    "weight": ("weight", WeightField("Weight")),
    "map": ("map", Field("Map", str, choices=("seed-lr", "seed-hidden", "lr-hidden"))),
    "seeds": ("seed range", RangeField(ListField("Seeds", SEED))),
    "lrs": ("learning_rate range", RangeField(ListField("Learning rates", LEARNING_RATE))),
    "sizes": ("hidden_size range", RangeField(ListField("Hidden sizes", HIDDEN_SIZE))),
    "hide": ("hide", NamesField("Hide", PARTS)),
    "epoch": ("epoch", Field("Epoch", int, 0, 50_000)),
    "play": ("play", Field("Play", bool)),
    "speed": ("speed", Field("Speed", str, choices=("0.1", "0.25", "0.5", "1", "2", "4"))),
    "loss": ("loss", Field("Loss", str, choices=("mean", "half"))),
    "axis": ("axis", Field("Axis", str, choices=("linear", "log"))),
    "colour": ("colour", Field("Colour", str, choices=("verdict", "loss", "epochs"))),
}
"""Query parameter: setting of the page, and what it allows.

Beside these there is `PIN`, given once a pinned run, whose value is that run's own link.
"""
PIN: Final = "pin"
VIEW: Final = ("epoch", "play", "speed", "loss", "axis", "colour")
"""The parameters that the stage writes: where the playhead is, and how the charts are looked at."""

DEFAULTS: Final[Mapping[str, Any]] = {
    **vars(TrainConfig()),
    "tab": TABS[0],
    "row": "01",
    "weight": "",
    "map": "seed-lr",
    "seed range": "0:100",
    "learning_rate range": "0.05,0.1,0.25,0.5,1,2,5,10",
    "hidden_size range": "1:9",
    "hide": (),
    "pins": (),
    "epoch": None,
    "play": None,
    "speed": "1",
    "loss": "mean",
    "axis": "linear",
    "colour": "verdict",
}
"""The settings of `TrainConfig`, and those of the page.

Without an epoch a run plays from its start; with one it rests there, unless `play` is true.
"""


def limits(setting: str) -> Field:
    """Return what the page allows for a setting."""
    fields_by_setting = dict(PARAMETERS.values())
    field = fields_by_setting[setting]
    if not isinstance(field, Field):
        raise KeyError(setting)
    return field


def ranges(setting: str) -> ListField:
    """Return what the page allows for a range of the Atlas."""
    field = dict(PARAMETERS.values())[setting]
    if not isinstance(field, RangeField):
        raise KeyError(setting)
    return field.values


def read(link: Mapping[str, Sequence[str]]) -> tuple[dict[str, Any], list[Problem]]:
    """Read all settings from the values that a link gives to each parameter.

    Returns
    -------
    The settings, the default where the link has none or one that can't be used,
    and the problem with each of the latter.
    """
    settings = dict(DEFAULTS)
    problems = []
    for parameter, (setting, _) in PARAMETERS.items():
        try:
            settings[setting] = _value(link, parameter, settings)
        except PartlyUnusableError as error:
            settings[setting] = error.usable
            problems.append(Problem(str(error), f"{error}, which is passed over."))
        except ConfigError as error:
            default = text_of(DEFAULTS[setting]) or "none"
            sentence = f"{error}, so the default, {default}, is used."
            problems.append(Problem(str(error), sentence))
    settings["pins"], left_out = _read_pins(link.get(PIN, ()))
    return settings, problems + left_out


def _value(link: Mapping[str, Sequence[str]], parameter: str, settings: Mapping[str, Any]) -> Any:
    """Read one parameter; epoch and weight must be those of the run, which is read before."""
    setting, field = PARAMETERS[parameter]
    values = link.get(parameter, ())
    if len(values) > 1:
        raise ConfigError(f"{field.label} must be given once, not {len(values)} times")
    if not values:
        return DEFAULTS[setting]
    if parameter == "epoch":
        field = replace(limits("epoch"), high=settings["epochs"])
    if parameter == "weight":
        field = WeightField(
            field.label, parameter_names(settings["hidden_size"], settings["biases"])
        )
    return field.parse(values[0])


def _read_pins(links: Sequence[str]) -> tuple[tuple[TrainConfig, ...], list[Problem]]:
    """The runs of these links, and the problem with each that is left out."""
    pins: list[TrainConfig] = []
    problems = []
    for number, text in enumerate(links[:MAX_PINS], start=1):
        try:
            pins.append(_pin(text, pins))
        except (ConfigError, ValueError) as error:
            reason = f"Pinned run {number} can't be used: {error}"
            problems.append(Problem(reason, f"Pinned run {number} is left out: {error}."))
    if len(links) > MAX_PINS:
        reason = f"Pin must be given at most {MAX_PINS} times"
        problems.append(Problem(reason, f"{reason}, so the others are left out."))
    return tuple(pins), problems


def _pin(text: str, pins: Sequence[TrainConfig]) -> TrainConfig:
    settings: dict[str, Any] = {}
    given = parse_qs(text, keep_blank_values=True, max_num_fields=MAX_PARAMETERS)
    of_a_run = (*RUN_PARAMETERS, "edits")
    if text and given.keys().isdisjoint(of_a_run):
        raise ConfigError(f"it must be a run's link such as seed%3D7, not {shorten(text)}")
    for parameter in of_a_run:
        settings[PARAMETERS[parameter][0]] = _value(given, parameter, settings)
    run = TrainConfig(**settings)
    if run in pins:
        raise ConfigError("it is there already")
    return run


def parameters_of(link: str) -> dict[str, list[str]]:
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


def write(settings: Mapping[str, Any]) -> dict[str, list[str]]:
    """Write settings as a link's parameters, in order.

    Left out are the defaults, and ranges that can't be read, for which the default is swept.
    """
    values = {
        parameter: [text_of(settings[setting])]
        for parameter, (setting, field) in PARAMETERS.items()
        if settings.get(setting, DEFAULTS[setting]) != DEFAULTS[setting]
        and not (isinstance(field, RangeField) and not field.reads(settings[setting]))
    }
    view: dict[str, list[str]] = {name: values.pop(name) for name in VIEW if name in values}
    pins = [run_query(run) for run in settings.get("pins", ())]
    return {**values, **({PIN: pins} if pins else {}), **view}


def query(parameters: Mapping[str, Sequence[str]]) -> str:
    """Parameters as the part of a link after its question mark."""
    return urlencode(parameters, doseq=True)


def run_query(run: TrainConfig) -> str:
    """Write a run's settings as the part of its link after the question mark."""
    return query(write(vars(run)))


def config_of(settings: Mapping[str, Any]) -> TrainConfig:
    """The run that the settings of a link ask for; raises `ConfigError` where an edit misfits."""
    return TrainConfig(**{field.name: settings[field.name] for field in fields(TrainConfig)})


def text_of(value: Any) -> str:
    """A setting as a link has it; its field reads it back."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case tuple() if all(isinstance(name, str) for name in value):
            return ",".join(value)
        case tuple():
            return edits_text(value)
        case str():
            return spelled(value)
        case float() if float(f"{value:g}") == value:
            return f"{value:g}"
    return str(value)
