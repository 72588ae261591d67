"""``sweep``: many runs, a row of a file each, and the share of them that solve the truth table.

Rows are written as networks are trained. Those that are written stay where the keyboard interrupts.
"""

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Any, Final

import click

from xorviz.cli.flags import File, flag, setting
from xorviz.core.config import SWEPT, TrainConfig
from xorviz.core.fields import Field
from xorviz.export.rows import PARQUET, rows_file
from xorviz.pool.any_pool import AnyPool
from xorviz.pool.cluster import ClusterError, cluster, named
from xorviz.pool.pool import shared_pool
from xorviz.settings.lists import Numbers
from xorviz.sweeps.bits import fingerprint
from xorviz.sweeps.config import SHARED, SweepConfig
from xorviz.sweeps.run import sweep
from xorviz.sweeps.stream import RowStream
from xorviz.sweeps.table import lines

CSV: Final = File("CSV")


class Output(File):
    """The path of a file of rows, whose suffix tells its format."""

    allowed = f"a file that can be written and ends in .csv or {PARQUET}, or -"

    def allows(self, value: str) -> bool:
        """Whether it is a path with one of the suffixes, or standard output."""
        return super().allows(value) and (value == "-" or value.endswith((".csv", PARQUET)))


class Scheduler(Field):
    """The address of a Dask scheduler."""

    allowed = "an address such as tcp://10.0.0.5:8786"

    def allows(self, value: str) -> bool:
        """Whether it has the form of one."""
        return bool(re.fullmatch(r"(tcp|tls)://[^\s/]+:\d{1,5}", value))


OUTPUT: Final = Output("Output")


@click.command(
    params=[
        flag("seeds", Numbers("Seeds", SWEPT["seed"]), "0:100"),
        flag("learning_rates", Numbers("Learning rates", SWEPT["learning_rate"]), "0.5"),
        flag("hidden_sizes", Numbers("Hidden sizes", SWEPT["hidden_size"]), "2"),
        *map(setting, SHARED),
        flag(
            "csv",
            CSV,
            metavar="FILE",
            help="write a row about each network there; - is standard output",
        ),
        flag(
            "output",
            OUTPUT,
            metavar="FILE",
            help=f"the same, as CSV or as Parquet by the file's suffix, .csv or {PARQUET}",
        ),
        flag(
            "scheduler",
            Scheduler("Scheduler"),
            metavar="ADDRESS",
            help="train on the workers of this Dask scheduler, such as tcp://10.0.0.5:8786",
        ),
    ]
)
def run(csv: str | None, output: str | None, scheduler: str | None, **settings: Any) -> None:
    """Train many networks and print how many solve the truth table."""
    if None not in (csv, output):
        raise click.UsageError("--csv and --output each name the file: give one of them")
    base = TrainConfig(**{name: settings.pop(name) for name in SHARED})
    config = SweepConfig(base, **settings)
    field, path = (CSV, csv) if output is None else (OUTPUT, output)
    try:
        with _pool(scheduler, config) as pool:
            stream = _train(config, pool, field, os.devnull if path is None else path)
    except ClusterError as error:
        raise click.UsageError(str(error)) from None
    click.echo("\n".join(lines(config, stream.shares())), err=True)
    if not stream.is_whole:
        click.echo("Not all networks are trained.", err=True)
        raise KeyboardInterrupt


@contextmanager
def _pool(scheduler: str | None, config: SweepConfig) -> Iterator[AnyPool]:
    """The processes of this machine, or a cluster, after a look at its last digits."""
    if not scheduler:
        yield shared_pool()
        return
    with cluster(scheduler) as pool:
        bits, here = pool.ask_each(fingerprint, config), fingerprint(config)
        if others := [worker for worker, there in bits.items() if there != here]:
            end = "compute other last digits than this machine."
            click.echo(f"xorviz: {named(others)} {end}", err=True)
        yield pool


def _train(config: SweepConfig, pool: AnyPool, field: File, path: str) -> RowStream:
    """Train to the end or an interrupt, and write the rows of all that is done."""
    try:
        with _interrupt() as interrupt, rows_file(path) as write:
            stream = RowStream(config, write)
            try:
                _show(stream, pool, interrupt)
            finally:
                stream.write_rest()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise field.failure(path, error) from None
    return stream


def _show(stream: RowStream, pool: AnyPool, interrupt: Event) -> None:
    """Train to the end or an interrupt, with a progress bar where standard error is a terminal."""
    count, hidden = stream.config.count, not sys.stderr.isatty()
    with click.progressbar(length=count, file=sys.stderr, hidden=hidden) as bar:
        for share in sweep(stream, pool):
            bar.update(int(share * count) - bar.pos)
            if interrupt.is_set():
                break


@contextmanager
def _interrupt() -> Iterator[Event]:
    """Turn an interrupt at the keyboard into an event, so that rows and blocks are finished."""
    interrupt = Event()
    before = signal.signal(signal.SIGINT, lambda *_: interrupt.set())
    try:
        yield interrupt
    finally:
        signal.signal(signal.SIGINT, before)
