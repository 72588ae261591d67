"""The link: every setting of the page as a query parameter, and back."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from xorviz.config import ConfigError, Field, TrainConfig
from xorviz.edit import edits_text

TABS: Final = ("watch", "backprop", "atlas", "doctor", "compare")

PARAMETERS: Final[Mapping[str, tuple[str, Field]]] = {
    "seed": ("seed", Field("Seed", int, 0, 999)),
    "lr": ("learning_rate", Field("Learning rate", float, 0.01, 10)),
    "hidden": ("hidden_size", Field("Hidden size", int, 1, 16)),
    "epochs": ("epochs", Field("Epochs", int, 100, 50_000)),
    "biases": ("biases", Field("Biases", bool)),
    "targets": ("targets", Field("Targets", str)),
    "edits": ("edits", Field("Edits", tuple)),
    "tab": ("tab", Field("Tab", str, choices=TABS)),
}
"""Query parameter: setting of the page, and what it allows."""

DEFAULTS: Final[Mapping[str, Any]] = {**vars(TrainConfig()), "tab": TABS[0]}
"""The settings of `TrainConfig`, and the open tab."""


def limits(setting: str) -> Field:
    """Return what the page allows for a setting."""
    return next(field for name, field in PARAMETERS.values() if name == setting)


def read(link: Mapping[str, Sequence[str]]) -> tuple[dict[str, Any], list[str]]:
    """Read all settings from the values that a link gives to each parameter.

    Returns
    -------
    The settings, the default where the link has none or one that can't be used,
    and a sentence for each of the latter.
    """
    settings = dict(DEFAULTS)
    problems = []
    for parameter, (setting, field) in PARAMETERS.items():
        values = link.get(parameter, ())
        try:
            if len(values) > 1:
                raise ConfigError(f"{field.label} must be given once, not {len(values)} times")
            if values:
                settings[setting] = field.parse(values[0])
        except ConfigError as error:
            default = text_of(DEFAULTS[setting]) or "none"
            problems.append(f"{error}, so the default, {default}, is used.")
    return settings, problems


def write(settings: Mapping[str, Any]) -> dict[str, str]:
    """Write settings as a link's parameters: those that are not the defaults, in order."""
    return {
        parameter: text_of(settings[setting])
        for parameter, (setting, _) in PARAMETERS.items()
        if settings[setting] != DEFAULTS[setting]
    }


def text_of(value: Any) -> str:
    """A setting as a link has it; `Field.parse` reads it back."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return edits_text(value)
    return f"{value:g}" if isinstance(value, float) and float(f"{value:g}") == value else str(value)
