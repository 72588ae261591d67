"""Sentences about links and edits that can't be used."""

from collections.abc import Iterator, Sequence

from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit, has_parameter
from xorviz.sentences.words import SHOWN
from xorviz.settings.problem import Problem


def refusal_text(problem: Problem) -> str:
    """Write which value of a link can't be used."""
    pinned = f"Pinned run {problem.pin} can't be used: " if problem.pin else ""
    return f"{pinned}{problem.error}"


def problem_text(problem: Problem) -> str:
    """Write which value of a link can't be used, and what the page uses in its stead."""
    if problem.pin:
        return f"Pinned run {problem.pin} is left out: {problem.error}."
    is_none = problem.default == "none"
    instead = {
        "default": "so it is ignored" if is_none else f"so the default, {problem.default}, is used",
        "rest": "which is ignored",
        "others": "so the others are left out",
    }[problem.instead]
    return f"{problem.error}, {instead}."


def left_out_texts(edits: Sequence[Edit], run: TrainConfig) -> Iterator[str]:
    """Write why a run leaves edits out: a sentence for each of the first few."""
    for edit in edits[:SHOWN]:
        ends = f"the run ends at epoch {run.epochs:,}"
        lacks = f"the network has no weight {edit.parameter}"
        is_there = has_parameter(edit, run.hidden_size, run.biases)
        yield f"The edit {edit} is left out: {ends if is_there else lacks}."
    if len(edits) > SHOWN:
        yield f"And {len(edits) - SHOWN} more edits."
