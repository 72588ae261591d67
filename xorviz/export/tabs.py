"""Tabs: the sheet of each, with what the page shows in it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

import numpy as np

from xorviz.core.config import SWEPT
from xorviz.core.hand import descending, hold
from xorviz.core.numbers import written
from xorviz.core.recording import Recording
from xorviz.core.truth_table import ROW_NAMES
from xorviz.doctor.diagnosis import diagnose
from xorviz.export.sheet import Sheet, SheetError
from xorviz.figures import atlas, curves, landscape
from xorviz.figures.heights import heights_of
from xorviz.landscape.asked import asked_by
from xorviz.landscape.survey import is_comparable, lay, shown_states, survey
from xorviz.sentences.atlas import excess
from xorviz.sentences.charts import curves_sentence, fill
from xorviz.sentences.hands import moved_text
from xorviz.sentences.headline import headline, plain_text
from xorviz.sentences.landscape import (
    SLICE,
    landscape_sentence,
    pinned_texts,
    plane_texts,
    points_text,
    readings,
)
from xorviz.sentences.on_purpose import RIGHT_ONLY
from xorviz.sentences.proof import proof
from xorviz.sentences.runs import run_columns
from xorviz.settings.link import ALL_ROWS, AUTO_ROW, limits
from xorviz.settings.page import Page
from xorviz.settings.planes import third_run
from xorviz.settings.text import describe
from xorviz.stage.hand import hand_frames, hand_sentences, pack_hand
from xorviz.stage.landscape import points_at
from xorviz.stage.scene import Table
from xorviz.stage.step_film import beat_lines
from xorviz.stage.step_table import table
from xorviz.step.chain import largest_share
from xorviz.step.plain import chain_lines, update_lines
from xorviz.step.step import Step, open_step, step_at
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import sweep
from xorviz.sweeps.table import share, summary

SUMMED: Final = 12
"""The most lines about shares in an alternative text: of more, nobody would keep the numbers."""


def draw_tab(page: Page, recording: Recording, pinned: Sequence[Recording], epoch: int) -> Sheet:
    """Draw the open tab of a page at an epoch, without the charts that are left out.

    Raises
    ------
    SheetError
        Where the map of the Atlas has too many networks, or the tab has nothing to draw.
    """
    if recording.config.mistake and page.tab in RIGHT_ONLY:
        raise SheetError(f"tab={page.tab} can't be drawn. {RIGHT_ONLY[page.tab]}".rstrip("."))
    match page.tab:
        case "backprop":
            sheet = _backprop(page, recording, epoch)
        case "hands":
            sheet = _hands(page, recording, epoch)
        case "atlas":
            sheet = _atlas(page)
        case "doctor":
            sheet = _doctor(recording)
        case "landscape":
            sheet = _landscape(page, recording, pinned, epoch)
        case "check":
            raise SheetError("tab=check has no picture: it is about what a reader pastes there")
        case _:
            sheet = _compare([recording, *pinned])
    rows = [[name for name in row if name not in page.left_out] for row in sheet.rows]
    return replace(sheet, rows=[row for row in rows if row])


def _backprop(page: Page, recording: Recording, epoch: int) -> Sheet:
    step = step_at(recording, epoch)
    names = [page.weight] if page.weight else step.names
    lines = [line for name in names for line in chain_lines(step, _rows(page, step, name), name)]
    if page.beat is not None:
        lines = beat_lines(step, page.beat)
    if epoch == recording.config.epochs:
        lines.insert(0, "The run ends here: this is the step that it would make next.")
    return Sheet(
        f"The step from epoch {epoch:,} to {epoch + 1:,}",
        [["network"]],
        chosen=page.weight,
        lines=[*lines, *(update_lines(step, page.weight) if page.weight else ())],
        table=_texts(table(step)),
    )


def _hands(page: Page, recording: Recording, epoch: int) -> Sheet:
    """Show the weights that are set by hand, and where gradient descent would move them."""
    config, state = recording.config, recording.state(epoch)
    held = hold(config, state, epoch, page.hands)
    step = open_step(descending(config, epoch), held, epoch)
    charts = ["network", "surface", "hidden"]
    sentences = hand_sentences(recording, hand_frames(config, step), len(page.hands))
    numbers = zip(step.names, step.old, step.updates, strict=True)
    made = f", after {moved_text(page.hands)}" if page.hands else ""
    return Sheet(
        f"Weights set by hand at epoch {epoch:,}{made}",
        [charts],
        table=[
            ["weight", "value", "next update of gradient descent"],
            *([name, _number(value), _number(update)] for name, value, update in numbers),
        ],
        hand=pack_hand(recording, step, len(page.hands)),
        described=[fill(sentences[name], 0, epoch) for name in charts],
    )


def _rows(page: Page, step: Step, name: str) -> Sequence[int]:
    if page.row == AUTO_ROW:
        return [largest_share(step, page.weight and name)]
    return range(len(ROW_NAMES)) if page.row == ALL_ROWS else [ROW_NAMES.index(page.row)]


def _texts(numbers: Table) -> list[list[str]]:
    """Write a step's table row by row, the head first."""
    head = [numbers.corner, *(column.name for column in numbers.columns)]
    body = [
        [
            name,
            *(
                "".join(column.texts[row]) if column.texts else _number(value)
                for column, value in zip(numbers.columns, numbers.values[row], strict=True)
            ),
        ]
        for row, name in enumerate(numbers.names)
    ]
    return [head, *body]


def _number(value: float) -> str:
    return written(value) if value else "0"


def _atlas(page: Page) -> Sheet:
    """Train the networks of the map, and draw it."""
    across, up = atlas.PAIRS[page.map]
    values: dict[str, Any] = {name: (getattr(page, name),) for name in SWEPT}
    values |= {name: _values(page, name) for name in (across, up)}
    if problem := excess(page.run, values, "A picture of the Atlas"):
        raise SheetError(problem)
    results = Results(SweepConfig(page.run, *values.values()))
    for _ in sweep(results):
        pass
    solved = share(results, slice(None))
    counted = f"{solved.solved:,} of {solved.total:,} networks are solved ({solved.value:.1%})."
    return Sheet(
        "Which settings learn this table?",
        [["atlas"]],
        [
            f"The map has a cell for each pair of {atlas.AXES[across]} and {atlas.AXES[up]}.",
            *islice(summary(results), SUMMED),
        ],
        [atlas.chart(results, across, up, results.config.index(page.run), opens=False)],
        lines=[counted],
    )


def _values(page: Page, name: str) -> Sequence[Any]:
    field = limits(f"{name}_range").values
    values: Sequence[Any] = field.parse(getattr(page, f"{name}_range").strip())
    return values


def _doctor(recording: Recording) -> Sheet:
    config, diagnosis = recording.config, diagnose(recording)
    lines = [
        f"This holds for the end of the run, epoch {config.epochs:,}.",
        plain_text(diagnosis.verdict),
        *(f"{number}. {line}" for number, line in enumerate(proof(config), start=1)),
    ]
    title = headline(diagnosis.findings)
    standing = diagnosis.standing
    if not standing:
        return Sheet(title, [["surface"]], lines=lines)
    sums, activations = np.array(standing.sums), np.array(standing.activations)
    chart = curves.chart(standing.units, standing.hidden_size, sums, activations, config.targets)
    sentence = curves_sentence(standing.units, activations)
    return Sheet(title, [["surface", "curves"]], [sentence], [chart], lines=lines)


def _landscape(page: Page, recording: Recording, pinned: Sequence[Recording], epoch: int) -> Sheet:
    """Show the landscape by its contours, with the numbers at the epoch."""
    alike = [run for run in pinned if is_comparable(run.config, recording.config)]
    third = third_run(page) if page.plane == "states" else None
    ends = [shown_states(run)[-1] for run in pinned if run.config == third]
    ground = lay(recording, asked_by(page), alike, *ends)
    surveyed = survey(ground, recording.at([epoch]), is_fine=True)
    points = points_at(ground, recording, epoch)
    configs = [run.config for run in pinned]
    chart = landscape.chart(ground, surveyed, recording, configs, points, opens=False)
    at_epoch = readings(ground, surveyed, heights_of(surveyed.grids))
    return Sheet(
        f"The loss over a plane through weight space, at epoch {epoch:,}",
        [["landscape", "surface"]],
        [fill(landscape_sentence(ground, surveyed), 0, epoch)],
        [replace(chart, switches=())],
        lines=[
            " ".join(fill(sentence, 0, epoch) for sentence in at_epoch.values()),
            *plane_texts(ground, recording),
            *pinned_texts(ground, configs),
            points_text(points),
            SLICE,
        ],
    )


def _compare(runs: Sequence[Recording]) -> Sheet:
    names = ["this run", *(describe(run.config) for run in runs[1:])]
    columns = [run_columns(run) for run in runs]
    body = [[name, *texts.values()] for name, texts in zip(names, columns, strict=True)]
    return Sheet(
        "The runs side by side",
        [["loss", "weights"]],
        table=[["run", *columns[0]], *body],
    )
