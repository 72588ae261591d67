"""``train``: one run, printed as the notebook prints it."""

from json import dumps
from typing import Any, Final

import click

from xorviz.cli.flags import setting
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.numbers import finite
from xorviz.core.recording import Recording, record
from xorviz.export.printed import printed_arrays, printed_losses, printed_result
from xorviz.sentences.on_purpose import RIGHT_ONLY
from xorviz.sentences.report import examine

DOCTOR: Final = RIGHT_ONLY["doctor"].rstrip(".")


@click.command(params=[setting(name) for name in FIELDS])
@click.option(
    "--diagnose", is_flag=True, help="also print how the run ended, why, and which changes help"
)
@click.option("--json", is_flag=True, help="print one JSON object")
def run(json: bool, diagnose: bool, **settings: Any) -> None:
    """Train a network and print its losses and weights."""
    config = TrainConfig(**settings)
    if diagnose and config.mistake:
        raise click.UsageError(f"--diagnose and --mistake don't go together. {DOCTOR}")
    recording = record(config)
    report = examine(recording) if diagnose else None
    if json:
        diagnosis = {"diagnosis": report.as_object()} if report else {}
        click.echo(dumps({**as_object(recording), **diagnosis}))
    else:
        click.echo("\n".join([as_text(recording), *([report.as_text()] if report else [])]))


def as_text(recording: Recording) -> str:
    """Write a run as the notebook prints it, in its format; every number in full."""
    return f"{printed_losses(recording)}{printed_result(recording)}".removesuffix("\n")


def as_object(recording: Recording) -> dict[str, Any]:
    """The same as an object for JSON; a number that is not finite becomes None."""
    return {
        "config": vars(recording.config),
        "losses": finite(recording.printed_losses),
        **{name: finite(array.tolist()) for name, array in printed_arrays(recording).items()},
    }
