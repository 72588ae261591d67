"""The command line: the same core without a browser."""

import os
import sys
from collections.abc import Sequence

from xorviz.cli import picture, sweep, train
from xorviz.cli.flags import Parser
from xorviz.core.config import ConfigError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``python -m xorviz``; exits with status 2 where a flag can't be used."""
    parser = Parser(prog="python -m xorviz", description="Backpropagation on a truth table.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    train.add_command(commands)
    sweep.add_command(commands)
    picture.add_command(commands)
    flags = vars(parser.parse_args(arguments))
    run = flags.pop("run")
    try:
        run(**flags)
        sys.stdout.flush()
    except ConfigError as error:
        parser.error(str(error))
    except BrokenPipeError:
        # Who reads has gone, as `head` does; Python must not try again when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
