"""``sweep``: many runs, a row of a CSV each, and the share of them that solve the table."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Event
from typing import IO, Any, Final

from xorviz.cli.flags import INTERRUPTED, Commands, Once, add_setting, add_value
from xorviz.core.config import FIELDS, SWEPT
from xorviz.core.fields import ConfigError
from xorviz.settings.fields import Numbers
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import sweep
from xorviz.sweeps.table import RowWriter, summary

LISTS: Final = {
    "seeds": Numbers("Seeds", SWEPT["seed"]),
    "learning_rates": Numbers("Learning rates", SWEPT["learning_rate"]),
    "hidden_sizes": Numbers("Hidden sizes", SWEPT["hidden_size"]),
}
DEFAULTS: Final = {"seeds": "0:100", "learning_rates": "0.5", "hidden_sizes": "2"}


def add_command(commands: Commands) -> None:
    """Add the command and its flags."""
    parser = commands.add_parser(
        "sweep", help="train many networks and tell which solve the table", allow_abbrev=False
    )
    parser.set_defaults(run=run)
    for name, field in LISTS.items():
        add_value(parser, name, field, DEFAULTS[name])
    for name in ("epochs", "biases", "targets"):
        add_setting(parser, name, FIELDS[name])
    parser.add_argument(
        "--csv",
        action=Once,
        default=argparse.SUPPRESS,
        metavar="FILE",
        help="write a row a network there; - is standard output",
    )


def run(csv: str = os.devnull, **settings: Any) -> None:
    """Sweep, and write rows as networks are trained; what was done stays where it is interrupted.

    Raises
    ------
    ConfigError
        Where a setting can't be used, or the file not be written.
    """
    for name, default in DEFAULTS.items():
        settings.setdefault(name, LISTS[name].parse(default))
    results = Results(SweepConfig(**settings))
    try:
        with _interrupt() as interrupt, _opened(csv) as file:
            _train(results, RowWriter(results, file), interrupt)
    except BrokenPipeError:
        raise
    except OSError as error:
        why = error.strerror or error
        raise ConfigError("CSV", "a file that can be written", f"{csv!r}: {why}") from None
    print(*summary(results), sep="\n", file=sys.stderr)
    if not results.is_whole:
        print("Interrupted: not all networks are trained.", file=sys.stderr)
        sys.exit(INTERRUPTED)


def _opened(path: str) -> AbstractContextManager[IO[str]]:
    if path == "-":
        return nullcontext(sys.stdout)
    return Path(path).open("w", encoding="utf-8", newline="")


def _train(results: Results, writer: RowWriter, interrupt: Event) -> None:
    """Train to the end or an interrupt, behind a progress bar, unless nobody watches."""
    from tqdm import tqdm  # here, as no other command needs it

    bar = "{percentage:3.0f} %|{bar}| {elapsed}, {remaining} to go"
    with tqdm(total=1.0, bar_format=bar, disable=None, leave=False) as progress:
        for share in sweep(results):
            writer.write_next()
            progress.update(share - progress.n)
            if interrupt.is_set():
                break
    writer.write_rest()


@contextmanager
def _interrupt() -> Iterator[Event]:
    """Turn an interrupt at the keyboard into an event, so that none parts a row or a block."""
    interrupt = Event()
    before = signal.signal(signal.SIGINT, lambda *_: interrupt.set())
    try:
        yield interrupt
    finally:
        signal.signal(signal.SIGINT, before)
