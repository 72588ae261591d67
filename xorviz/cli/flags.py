"""Flags: how the commands read their arguments, and tell an error in one line."""

import argparse
from collections.abc import Callable
from typing import Any, Final, NoReturn, TypeAlias

from xorviz.core.config import TrainConfig
from xorviz.core.fields import ConfigError, Field, Flag

MAX_ERROR: Final = 260
"""Characters of an error; it may repeat what a stranger wrote."""
INTERRUPTED: Final = 130
"""Exit status of a command that was stopped by the keyboard."""

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"
"""What a command is added to."""


class CommandError(Exception):
    """A command that can't be carried out; the text says why."""


class Parser(argparse.ArgumentParser):
    """Tells an error in one short line, whatever it repeats of the command, without the usage."""

    def error(self, message: str) -> NoReturn:
        """Exit with status 2."""
        line = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in message)
        self.exit(2, f"xorviz: {line[:MAX_ERROR]}{'…' if len(line) > MAX_ERROR else ''}.\n")


class Once(argparse.Action):
    """Takes a flag's value, and refuses a second one."""

    def __call__(
        self,
        _parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        _flag: str | None = None,
    ) -> None:
        """Keep the value; raises `argparse.ArgumentError` where there is one."""
        if self.dest in vars(namespace):
            raise argparse.ArgumentError(self, "must be given once")
        setattr(namespace, self.dest, values)


def add_setting(parser: argparse.ArgumentParser, name: str, field: Field) -> None:
    """Add the flag of a setting of `TrainConfig`, left out of the result where it is not given."""
    if isinstance(field, Flag):
        parser.add_argument(f"--{name}", action="store_true", help=f"with {field.label.lower()}")
    else:
        add_value(parser, name, field, getattr(TrainConfig, name))


def add_value(parser: argparse.ArgumentParser, name: str, field: Field, default: object) -> None:
    """Add a flag that may be given once."""
    parser.add_argument(
        f"--{name.replace('_', '-')}",
        action=Once,
        type=_reader(field),
        default=argparse.SUPPRESS,
        metavar=name.rsplit("_", 1)[-1].upper(),
        help=f"{field.allowed} (default: {default})",
    )


def _reader(field: Field) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        try:
            return field.parse(text)
        except ConfigError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read
