"""Sentences: what the page says about links and edits that it can't use."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit, has_parameter
from xorviz.settings.link import Problem

SHOWN: Final = 3
"""Things that are listed one by one; of more, how many there are."""


def of_problem(problem: Problem) -> str:
    """Say what can't be used of a link, and what the page uses instead."""
    if problem.pin:
        return f"Pinned run {problem.pin} is left out: {problem.error}."
    instead = {
        "default": f"so the default, {problem.default}, is used",
        "rest": "which is passed over",
        "others": "so the others are left out",
    }[problem.instead]
    return f"{problem.error}, {instead}."


def of_left_out(edits: Sequence[Edit], run: TrainConfig) -> Iterator[str]:
    """Say why a run leaves edits out."""
    for edit in edits[:SHOWN]:
        ends = f"the run ends at epoch {run.epochs:,}"
        lacks = f"the network has no weight {edit.parameter}"
        is_there = has_parameter(edit, run.hidden_size, run.biases)
        yield f"The edit {edit} is left out: {ends if is_there else lacks}."
    if len(edits) > SHOWN:
        yield f"And {len(edits) - SHOWN} more edits."


def first_few(words: Sequence[Any]) -> str:
    """List the first few of some words, and how many more there are."""
    listed = ", ".join(map(str, words[:SHOWN]))
    return listed + (f" and {len(words) - SHOWN} more" if len(words) > SHOWN else "")
