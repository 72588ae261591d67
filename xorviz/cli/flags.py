"""Flags: how a command reads its settings, each by the field that links read it with."""

from typing import Any

import click

from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.fields import ConfigError, Field, Flag


class File(Field):
    """The path of a file to write, where ``-`` is standard output."""

    allowed = "a file that can be written"

    def allows(self, value: str) -> bool:
        """Whether it is no other flag, as it is where a flag's value was forgotten."""
        return value == "-" or not value.startswith("-")

    def failure(self, path: str, error: OSError) -> ConfigError:
        """Make the error about a file that could not be written."""
        return ConfigError(self.label, self.allowed, f"{path!r}: {error.strerror or error}")


def flag(name: str, field: Field, default: str | None = None, **looks: Any) -> click.Option:
    """Make a flag that takes a value and may be given once.

    Parameters
    ----------
    name
        The parameter of the command that gets the value: None without a value and a default.
    field
        What reads the value; raises `ConfigError` where it can't be used.
    default
        The value without the flag, as text.
    looks
        What the help shows in place of the field's values, its default and the name.
    """

    def read(_context: click.Context, _option: click.Parameter, texts: tuple[str, ...]) -> Any:
        if len(texts) > 1:
            raise ConfigError(field.label, "given once", f"{len(texts)} times")
        return field.parse(texts[0]) if texts else None

    shown = {
        "help": field.allowed,
        "show_default": default != "" or "none",
        "metavar": name.split("_")[-1].upper(),
    }
    return click.Option(
        [f"--{name.replace('_', '-')}"],
        multiple=True,
        default=None if default is None else [default],
        callback=read,
        **(shown | looks),
    )


def setting(name: str) -> click.Option:
    """Make the flag of a setting of `TrainConfig`, with its default."""
    field = FIELDS[name]
    if isinstance(field, Flag):
        return click.Option([f"--{name}"], is_flag=True, help=f"with {field.label.lower()}")
    return flag(name, field, field.write(getattr(TrainConfig, name)))
