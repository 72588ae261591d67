"""The link: the page's settings as query parameters, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal
from urllib.parse import parse_qs, urlencode

from xorviz.core.config import FIELDS, SWEPT, TrainConfig
from xorviz.core.fields import Choice, ConfigError, Field, Flag, Number, Whole, quoted
from xorviz.core.names import parameter_names
from xorviz.core.truth_table import ROW_NAMES
from xorviz.settings.fields import Names, Numbers, Typed, Weight
from xorviz.settings.page import Page

TABS: Final = ("watch", "backprop", "atlas", "doctor", "compare")
ALL_ROWS: Final = "all"
"""In place of one of the four inputs."""
AUTO_ROW: Final = "auto"
"""In place of an input: the page picks the one with the largest share."""
CHARTS: Final = ("network", "surface", "loss", "weights", "activations")
RUN_PARAMETERS: Final = ("seed", "lr", "hidden", "epochs", "biases", "targets")
ABOVE: Final = ("readouts", "verdict", "share")
"""The parts above the charts."""
PARTS: Final = ("controls", *RUN_PARAMETERS, "tabs", *TABS[1:], *CHARTS, *ABOVE)
"""The parts that `hide` may leave out of the page: the sidebar or single settings of it; all
tabs or single ones; charts; the parts above the charts."""

MAX_PINS: Final = 4
"""Runs that are compared with the page's."""
MAX_PARAMETERS: Final = 100
"""The most parameters that a pinned run's link may have; this program never writes more."""

SEED: Final = Whole("Seed", 0, 999)
LEARNING_RATE: Final = Number("Learning rate", 0.01, 10)
HIDDEN_SIZE: Final = SWEPT["hidden_size"]


def _typed(label: str, each: Number) -> Typed:
    return Typed(label, Numbers(label, each))


PARAMETERS: Final[Mapping[str, tuple[str, Field]]] = {
    "seed": ("seed", SEED),
    "lr": ("learning_rate", LEARNING_RATE),
    "hidden": ("hidden_size", HIDDEN_SIZE),
    "epochs": ("epochs", Whole("Epochs", 100, 50_000)),
    "biases": ("biases", FIELDS["biases"]),
    "targets": ("targets", FIELDS["targets"]),
    "edits": ("edits", FIELDS["edits"]),
    "tab": ("tab", Choice("Tab", TABS)),
    "input": ("row", Choice("Input", (AUTO_ROW, *ROW_NAMES, ALL_ROWS))),
    "weight": ("weight", Weight("Weight", parameter_names(int(HIDDEN_SIZE.high), biases=True))),
    "map": ("map", Choice("Map", ("seed-lr", "seed-hidden", "lr-hidden"))),
    "seeds": ("seed_range", _typed("Seeds", SEED)),
    "lrs": ("learning_rate_range", _typed("Learning rates", LEARNING_RATE)),
    "sizes": ("hidden_size_range", _typed("Hidden sizes", HIDDEN_SIZE)),
    "hide": ("hide", Names("Hide", PARTS)),
    "epoch": ("epoch", Whole("Epoch", 0, 50_000)),
    "play": ("play", Flag("Play")),
    "speed": ("speed", Choice("Speed", ("0.1", "0.25", "0.5", "1", "2", "4"))),
    "loss": ("loss", Choice("Loss", ("mean", "half"))),
    "axis": ("axis", Choice("Axis", ("linear", "log"))),
    "colour": ("colour", Choice("Colour", ("verdict", "loss", "epochs"))),
}
"""Query parameter: setting of the page, and its field.

Beside these there is `PIN`, given once a pinned run, whose value is that run's own link.
"""
PIN: Final = "pin"
VIEW: Final = ("epoch", "play", "speed", "loss", "axis", "colour")
"""The parameters that the stage writes: where the playhead is, and how the charts are looked at."""

DEFAULT: Final = Page()
FIELDS_OF_PAGE: Final = dict(PARAMETERS.values())


@dataclass(frozen=True)
class Problem:
    """A value of a link that can't be used.

    Attributes
    ----------
    error
        The setting, the value that came, and the values allowed.
    instead
        The value that the page uses: the setting's default, the rest of the value, nothing of
        it, or the others that were given before it.
    default
        The default, as a link has it.
    pin
        The number of the pinned run whose link it is; 0 for the page's own link.
    """

    error: ConfigError
    instead: Literal["default", "rest", "nothing", "others"]
    default: str = ""
    pin: int = 0


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
                text = "" if default is None else limits(setting).write(default)
                problems.append(Problem(error, "default", text or "none"))
            else:
                settings[setting] = error.usable
                problems.append(Problem(error, "rest"))
    settings["pins"], left_out = _read_pins(link.get(PIN, ()))
    return Page(**settings), problems + left_out


def _value(link: Mapping[str, Sequence[str]], parameter: str, settings: Mapping[str, Any]) -> Any:
    """Read one parameter; epoch and weight must be those of the run, which is read before."""
    setting, field = PARAMETERS[parameter]
    values = link.get(parameter, ())
    if len(values) > 1:
        raise ConfigError(field.label, "given once", f"{len(values)} times")
    if not values:
        return getattr(DEFAULT, setting)
    if parameter == "epoch":
        field = replace(limits(setting), high=settings["epochs"])
    if parameter == "weight":
        names = parameter_names(settings["hidden_size"], settings["biases"])
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
    of_a_run = (*RUN_PARAMETERS, "edits")
    try:
        given = parse_qs(text, keep_blank_values=True, max_num_fields=MAX_PARAMETERS)
    except ValueError:
        given = {}
    if text and given.keys().isdisjoint(of_a_run):
        raise ConfigError("it", "a run's link such as seed%3D7", quoted(text))
    for parameter in of_a_run:
        settings[PARAMETERS[parameter][0]] = _value(given, parameter, settings)
    run = TrainConfig(**settings)
    if run in pins:
        raise ConfigError("it", "another run than those before it", quoted(text))
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
    view: dict[str, list[str]] = {name: values.pop(name) for name in VIEW if name in values}
    pins = [run_query(run) for run in page.pins]
    return {**values, **({PIN: pins} if pins else {}), **view}


def query(parameters: Mapping[str, Sequence[str]]) -> str:
    """Parameters as the part of a link after its question mark."""
    return urlencode(parameters, doseq=True)


def run_query(run: TrainConfig) -> str:
    """Write a run's settings as the part of its link after the question mark."""
    return query(write(Page(**vars(run))))
