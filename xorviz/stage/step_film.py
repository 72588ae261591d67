"""The film of a step as the stage shows it: texts beside edges and units, and sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from xorviz.core.names import OUTPUT
from xorviz.core.network import Array
from xorviz.core.numbers import brief, inserted, side_by_side, with_minus, written
from xorviz.sentences.film import IN_FOCUS, IN_FULL, NO_FILM, beat_text
from xorviz.sentences.on_purpose import NO_FILM as OF_THE_RIGHT_STEP
from xorviz.step.film import Beat, film
from xorviz.step.step import Step

VEILED: Final = "?"
DIRECTIONS: Final = {"hidden": 1, "output": 1, "delta_hidden": -1}
"""Where the numbers of a beat run: to the right, or to the left; in the others they stay."""
WRITTEN: Final = 4
"""The most hidden units whose numbers are all written at once."""
OLD, FIRST_ROW, UPDATE, NEW = 0, 1, 6, 7
"""Columns of the table beside the film; see `step_table`."""


@dataclass(frozen=True)
class BeatSpec:
    """One beat as the stage shows it.

    Attributes
    ----------
    kind, row
        As in `step.film.Beat`.
    direction
        1 where its numbers run to the right, -1 where they run to the left, else 0.
    edges
        By edge: the terms, their result, and the sign of the result.
    units
        By unit: the lines beside it.
    inputs
        The inputs among them that are 1.
    columns
        The columns of the table that it is about.
    sentence
        What happens in it.
    """

    kind: str
    row: int | None
    direction: int
    edges: Mapping[str, tuple[str, str, int]]
    units: Mapping[str, Sequence[str]]
    inputs: Sequence[str]
    columns: Sequence[int]
    sentence: str


@dataclass(frozen=True)
class Film:
    """A step's beats, and what to say where it has none.

    Attributes
    ----------
    beats
        The beats; none where numbers are not finite.
    problem
        Why there are none; empty where there are.
    changes
        Old and new value of every edge, shape (P, 2), as the update changes their widths.
    units
        The hidden units.
    focus
        Says which unit's numbers are written, with the gap ``{unit}``, where the units are too many
        for all numbers; else empty.
    in_full
        Says it where there is room for all results, but for the terms of this unit's alone; empty
        where one unit's numbers are written at most.
    """

    beats: Sequence[BeatSpec]
    problem: str
    changes: Array
    units: Sequence[str]
    focus: str = ""
    in_full: str = ""


def step_film(step: Step, veiled: str = "", problem: str = "") -> Film:
    """Write a step's film; the new value of the weight named `veiled` is left out.

    It has no beats where there is a problem: the page's own, or the program has a mistake, or
    numbers are not finite.
    """
    changes = np.column_stack([step.old, step.new])
    problem = problem or problem_of(step)
    if problem:
        return Film([], problem, np.zeros_like(changes), [])
    if veiled:
        changes[step.names.index(veiled), 1] = changes[step.names.index(veiled), 0]
    beats = [_spec(step, beat, veiled) for beat in film(step)]
    if step.config.hidden_size > WRITTEN:
        return Film(beats, "", changes, step.units, IN_FOCUS)
    return Film(beats, "", changes, step.units, in_full=IN_FULL)


def problem_of(step: Step) -> str:
    """Say why there is no film of a step; empty where there is one."""
    if step.config.mistake:
        return OF_THE_RIGHT_STEP
    return "" if step.is_finite else NO_FILM


def beat_lines(step: Step, beat: int) -> list[str]:
    """Write a beat in lines of text: what happens, and the numbers of every unit and edge."""
    made = step_film(step)
    if made.problem:
        return [made.problem]
    spec = made.beats[beat]
    units = (
        f"{name}: {', '.join(lines)}" if len(lines) > 1 else lines[0]
        for name, lines in spec.units.items()
    )
    edges = (f"{name}: {terms} {result}" for name, (terms, result, _) in spec.edges.items())
    return [spec.sentence, *units, *edges]


def _spec(step: Step, beat: Beat, veiled: str) -> BeatSpec:
    edges = {
        name: (*_edge(beat, numbers, name == veiled), int(np.sign(numbers[-1])))
        for name, numbers in beat.edges.items()
    }
    units = {name: _lines(beat, name, numbers) for name, numbers in beat.units.items()}
    return BeatSpec(
        kind=beat.kind,
        row=beat.row,
        direction=DIRECTIONS.get(beat.kind, 0),
        edges=edges,
        units=units,
        inputs=[name for name, numbers in beat.units.items() if tuple(numbers) == (1.0,)],
        columns=_columns(beat),
        sentence=beat_text(step, beat),
    )


def _edge(beat: Beat, numbers: Sequence[float], is_veiled: bool) -> tuple[str, str]:
    """Write the terms on an edge, and their result; a veiled new value as ``?``."""
    match beat.kind, numbers:
        case "sum", (*shares, total):
            return f"{' + '.join(map(inserted, shares))} =", brief(total)
        case "update", (old, update, new):
            if is_veiled:
                return f"{written(old)} + {VEILED} =", VEILED
            before, after = map(with_minus, side_by_side(old, new))
            return f"{before} + {inserted(update)} =", after
    *factors, product = numbers
    return f"{' · '.join(map(inserted, factors))} =", brief(product)


def _lines(beat: Beat, unit: str, numbers: Sequence[float]) -> list[str]:
    """Write the numbers beside a unit."""
    match beat.kind, numbers:
        case _, (value,):
            return [f"{unit} = {brief(value)}"]
        case "error", (output, target, error):
            return [
                f"{OUTPUT} = {brief(output)}",
                f"t = {brief(target)}",
                f"{OUTPUT} − t = {brief(error)}",
            ]
        case _, (z, activation):
            return [f"z = {brief(z)}", f"{unit} = {brief(activation)}"]
    *factors, delta = numbers
    return [" · ".join(map(inserted, factors)), f"δ = {brief(delta)}"]


def _columns(beat: Beat) -> Sequence[int]:
    """The columns of the table whose numbers a beat uses or makes."""
    if beat.row is None:
        return [*range(FIRST_ROW, UPDATE)] if beat.kind == "sum" else [OLD, UPDATE, NEW]
    column = FIRST_ROW + beat.row
    return [OLD, column] if beat.kind in DIRECTIONS else [column]
