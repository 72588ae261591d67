"""The command line: the same core without a browser, a module a command.

It reads flags and prints results; it computes nothing itself and never imports the page.
"""

import os
import sys
from collections.abc import Sequence

from xorviz import __version__
from xorviz.cli import app, picture, sweep, train
from xorviz.cli.flags import INTERRUPTED, CommandError, Parser
from xorviz.core.fields import ConfigError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``xorviz``, which is ``python -m xorviz``.

    Exits with status 2 where a flag can't be used or a package is missing, and with
    `INTERRUPTED` where the keyboard stopped it.
    """
    parser = Parser(prog="xorviz", description="Backpropagation on a truth table.")
    parser.add_argument("--version", action="version", version=f"xorviz {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for command in (app, train, sweep, picture):
        command.add_command(commands)
    flags = vars(parser.parse_args(arguments))
    name, run = flags.pop("command"), flags.pop("run")
    try:
        run(**flags)
        sys.stdout.flush()
    except (ConfigError, CommandError) as error:
        parser.error(str(error))
    except ModuleNotFoundError as error:
        parser.error(f"{name} needs the package {error.name}; pip install {error.name} brings it")
    except KeyboardInterrupt:
        print("xorviz: interrupted.", file=sys.stderr)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Who reads has gone, as `head` does; Python must not try again when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
