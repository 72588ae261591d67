"""``sweep``: many runs, a row of a CSV each, and the share of them that solve the truth table.

Rows are written as networks are trained. Those that are written stay where the keyboard interrupts.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any, Final

import click

from xorviz.cli.flags import File, flag, setting
from xorviz.core.config import SWEPT, TrainConfig
from xorviz.settings.lists import Numbers
from xorviz.sweeps.config import SHARED, SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import sweep
from xorviz.sweeps.table import RowWriter, summary

CSV: Final = File("CSV")


@click.command(
    params=[
        flag("seeds", Numbers("Seeds", SWEPT["seed"]), "0:100"),
        flag("learning_rates", Numbers("Learning rates", SWEPT["learning_rate"]), "0.5"),
        flag("hidden_sizes", Numbers("Hidden sizes", SWEPT["hidden_size"]), "2"),
        *map(setting, SHARED),
        flag(
            "csv",
            CSV,
            os.devnull,
            metavar="FILE",
            show_default=False,
            help="write a row about each network there; - is standard output",
        ),
    ]
)
def run(csv: str, **settings: Any) -> None:
    """Train many networks and print how many solve the truth table."""
    base = TrainConfig(**{name: settings.pop(name) for name in SHARED})
    results = Results(SweepConfig(base, **settings))
    try:
        with _interrupt() as interrupt, click.open_file(csv, "w", "utf-8") as file:
            _train(results, RowWriter(results, file), interrupt)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CSV.failure(csv, error) from None
    click.echo("\n".join(summary(results)), err=True)
    if not results.is_whole:
        click.echo("Not all networks are trained.", err=True)
        raise KeyboardInterrupt


def _train(results: Results, writer: RowWriter, interrupt: Event) -> None:
    """Train to the end or an interrupt, with a progress bar where standard error is a terminal."""
    count, hidden = results.config.count, not sys.stderr.isatty()
    with click.progressbar(length=count, file=sys.stderr, hidden=hidden) as bar:
        for share in sweep(results):
            writer.write_next()
            bar.update(int(share * count) - bar.pos)
            if interrupt.is_set():
                break
    writer.write_rest()


@contextmanager
def _interrupt() -> Iterator[Event]:
    """Turn an interrupt at the keyboard into an event, so that rows and blocks are finished."""
    interrupt = Event()
    before = signal.signal(signal.SIGINT, lambda *_: interrupt.set())
    try:
        yield interrupt
    finally:
        signal.signal(signal.SIGINT, before)
