"""What the Atlas trains at most, and the sentence about more."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any, Final

from xorviz.core.config import TrainConfig
from xorviz.sweeps.cost import training_seconds

MAX_NETWORKS: Final = 10_000
MAX_SECONDS: Final = training_seconds([2], biases=False, networks=10_000, epochs=10_000)
"""Of a core, estimated: about fifteen seconds for two cores."""


def excess(
    run: TrainConfig, values: Mapping[str, Sequence[Any]], subject: str, or_else: str = ""
) -> str | None:
    """Say what is too much about a sweep of these values; None where it can be trained.

    Parameters
    ----------
    run, values
        The run that gives the settings that are not swept, and the values of the others.
    subject, or_else
        Who trains it, and the end of the advice, for the sentence.
    """
    count, sizes = prod(map(len, values.values())), values["hidden_size"]
    if count > MAX_NETWORKS:
        most = f"{subject} trains at most {MAX_NETWORKS:,} networks, not {count:,}."
        return f"{most} Take fewer values{or_else}."
    seconds = training_seconds(sizes, run.biases, count // len(sizes), run.epochs)
    if seconds > MAX_SECONDS:
        most = f"{subject} trains for at most {MAX_SECONDS:.0f} s of a core"
        asked = f"{count:,} networks for {run.epochs:,} epochs take about {seconds:,.0f} s"
        return f"{most}; {asked}. Take fewer values or epochs{or_else}."
    return None
