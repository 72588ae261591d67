"""The command line: the same core without a browser, a module a command.

It reads flags and prints results; it computes nothing itself and never imports the page.
"""

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final, NoReturn

import click

from xorviz import __version__
from xorviz.core.fields import Choice, ConfigError

COMMANDS: Final = Choice("COMMAND", ("app", "train", "sweep", "picture", "export", "check"))
MAX_ERROR: Final = 260
"""The most characters of an error, which may repeat a text of any length."""
INTERRUPTED: Final = 130
"""Exit status of a command that the keyboard stopped."""


class _Commands(click.Group):
    """The commands. Only the one that runs is imported, as the others would delay its start."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return [*COMMANDS.choices]

    def get_command(self, _context: click.Context, name: str) -> click.Command:
        command: click.Command = import_module(f"{__name__}.{COMMANDS.parse(name)}").run
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="xorviz %(version)s")
def xorviz() -> None:
    """Backpropagation on a truth table."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``xorviz``, which is ``python -m xorviz``.

    Exits with status 2 where a flag can't be used or a package is missing, and with
    `INTERRUPTED` where the keyboard stopped it.
    """
    words = sys.argv[1:] if arguments is None else arguments
    try:
        # Not by click's own `main`, which adds the usage to an error. No word at all is refused
        # as a command without a name, in a sentence that lists the commands.
        with xorviz.make_context("xorviz", [*words] or [""]) as context:
            xorviz.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except ConfigError as error:
        _refuse(str(error))
    except click.UsageError as error:
        _refuse(error.message or error.format_message())
    except KeyboardInterrupt:
        click.echo("xorviz: interrupted.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        _give_up_output()  # nobody reads any more, as after `head`
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _give_up_output()
        _refuse(f"Output can't be written: {error.strerror}")


def _give_up_output() -> None:
    """Have Python not try again to write the rest of standard output when it closes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(message: str) -> NoReturn:
    """End with one short line on standard error, whatever text of the command it repeats."""
    line = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in message)
    shown = line.rstrip(".") if len(line) <= MAX_ERROR else f"{line[:MAX_ERROR]}…"
    click.echo(f"xorviz: {shown}.", err=True)
    sys.exit(2)
