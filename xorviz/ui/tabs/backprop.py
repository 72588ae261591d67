"""The tab Backprop: one training step of the run, and where each of its numbers comes from."""

from typing import Final

import numpy as np
import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.numbers import with_minus, written
from xorviz.core.truth_table import ROW_NAMES, right, target_column
from xorviz.settings.link import ALL_ROWS, AUTO_ROW
from xorviz.stage.scene import pack_still
from xorviz.stage.step_table import table
from xorviz.step import latex
from xorviz.step.chain import chain, largest_share, parts
from xorviz.step.gradient_check import TOLERANCE, central_differences, largest_difference
from xorviz.step.latex.notation import Rows
from xorviz.step.numbers import as_csv
from xorviz.step.step import Step, open_step
from xorviz.ui import runs, stage, state
from xorviz.ui.tabs import one_weight
from xorviz.ui.typed import epoch_field, show_message
from xorviz.ui.typeset import typeset

NEARLY_FLAT: Final = 1e-3
"""Gradients smaller than this change next to nothing."""
ROW_LABELS: Final = {AUTO_ROW: "largest", ALL_ROWS: "all four"}
SECTIONS: Final = (
    (
        "Forward: the activation of each unit",
        "A unit adds up its inputs, each times its weight, and squashes the sum.",
        latex.forward,
        4,
    ),
    (
        "Error: how far off the output is",
        "t is the target; E = ½ Σ error² is the loss, which training lowers.",
        latex.errors,
        16,
    ),
    (
        "Backward: each unit's part in the error",
        "δ says how E changes with the sum in a unit; it goes back along the weights. Point at a "
        "coloured factor: its unit or connection lights up in the network.",
        latex.deltas,
        4,
    ),
    (
        "Gradients: how E changes with each weight",
        "The δ where a connection ends, times the activation where it starts.",
        latex.gradients,
        2,
    ),
    (
        "Update: the new weights",
        "Against the gradient, summed over all four inputs; η is the learning rate.",
        lambda step, _: latex.updates(step, step.names),
        2,
    ),
)
"""Title, hint and formulas of each, and up to how many hidden units it is open at first."""


def show(config: TrainConfig) -> None:
    """Lay open the step from the state at the playhead to the next."""
    epoch, recording = state.epoch(), runs.recording(config)
    step = open_step(config, recording.state(epoch), epoch)
    with st.container(key="backprop"):
        name = state.weight()
        marked = [factor.part for factor in chain(step, name)] if name else []
        every = parts(config.hidden_size, config.biases)
        veiled = name if state.is_veiled() else ""
        still = recording, epoch, table(step, veiled), name, state.jumps(), every, marked
        with st.container(gap=None):  # of parts that take no room
            stage.show_view(pack_still(*still))
            stage.show_motion(runs.motion(config))
        differences = central_differences(step.config, step.old)
        _navigation(step)
        check(step, differences)
        flatness(step)
        rows = _choices(step)
        if name:
            one_weight.show(step, rows, name)
        else:
            _sections(step, rows)
        _download(step, differences)


def _navigation(step: Step) -> None:
    """Name the step, and offer ways to others."""
    last = step.config.epochs
    st.markdown(f"#### The step from epoch {step.epoch:,} to {step.epoch + 1:,}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _move("Previous", ":material/chevron_left:", step.epoch - 1, step.epoch == 0)
        key = epoch_field(step.epoch, last)
        _move("Next", ":material/chevron_right:", step.epoch + 1, step.epoch == last)
    show_message(key)
    if step.epoch == last:
        st.caption("The run ends here: this is the step that it would make next.")


def _move(label: str, icon: str, epoch: int, disabled: bool) -> None:
    st.button(label, on_click=state.move_to, args=(epoch,), icon=icon, disabled=disabled)


def check(step: Step, differences: Array) -> None:
    """Show how well the gradients agree with central differences, computed now."""
    difference = largest_difference(step, differences)
    explained = (
        "Each weight is moved a little either way and the loss computed anew: its rate of change "
        "must be the gradient. Shown is the largest relative difference of all, for every input "
        f"and their sum; up to {TOLERANCE:g} is rounding."
    )
    if difference <= TOLERANCE:
        text, colour, icon = "Gradients checked: within", "green", ":material/check:"
    else:
        text, colour, icon = "Gradients wrong: off by", "red", ":material/close:"
    st.badge(
        f"{text} {with_minus(f'{difference:.1e}')} of central differences",
        color=colour,  # type: ignore[arg-type]
        icon=icon,
        help=explained,
    )


def flatness(step: Step) -> None:
    """Say so where the gradients are near zero, and whether that is good."""
    largest = float(np.abs(step.gradients).max())
    if not largest < NEARLY_FLAT:
        return
    off = np.abs(step.error)
    wrong = int((~right(step.output, target_column(step.config.targets)[:, 0])).sum())
    meaning = (
        f"{wrong} of 4 predictions are wrong all the same: training hardly moves on flat ground."
        if wrong
        else f"all predictions are within {written(off.max())} of their targets, "
        "so there is next to nothing left to learn."
    )
    text = f"All gradients are near zero, the largest {written(largest)}: {meaning}"
    st.info(text)


def _choices(step: Step) -> Rows:
    """Ask for the input rows and the weight to look at; return the rows."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        row = st.segmented_control(
            "Input",
            [AUTO_ROW, *ROW_NAMES, ALL_ROWS],
            format_func=lambda row: ROW_LABELS.get(row, row),
            required=True,
            key="row",
            persist_state="page",
            help="The four inputs x1 x2 each add to every gradient; an update uses their sum. "
            "“Largest” picks the input that adds most.",
        )
        st.selectbox(
            "Weight",
            ["", *step.names],
            format_func=_weight_label,
            key="weight",
            persist_state="page",
            width=180,
            help="Choose one here, in the table or in the network, to see just its chain.",
        )
    if row == AUTO_ROW:
        return [_picked(step)]
    return range(len(ROW_NAMES)) if row == ALL_ROWS else [ROW_NAMES.index(row)]


def _picked(step: Step) -> int:
    """Pick the input with the largest share, and say so."""
    name = state.weight()
    row = largest_share(step, name)
    if name:
        because = f"it has the largest part of the four in the gradient of {name}"
    else:
        because = "the prediction for it has the largest error"
    st.caption(f"Shown is the input {ROW_NAMES[row]}: {because}.")
    return row


def _weight_label(name: str) -> str:
    if not name:
        return "every weight"
    return f"{name} (bias)" if name.startswith("1 ") else name


def _sections(step: Step, rows: Rows) -> None:
    """The whole step, in the order in which it is computed."""
    for title, hint, lines, units in SECTIONS:
        is_open = step.config.hidden_size <= units
        section = st.expander(title, expanded=is_open, key=title, on_change="rerun")
        if section.open:
            with section:
                st.caption(hint)
                typeset(lines(step, rows))


def _download(step: Step, differences: Array) -> None:
    st.caption(
        "Numbers are rounded to four significant digits. Point at one in the table, or at the "
        "question mark beside a formula, for all of it; the CSV has them all."
    )
    st.download_button(
        "Download this step as CSV",
        lambda: as_csv(step, differences),
        file_name=f"xorviz-step-{step.epoch}.csv",
        mime="text/csv",
        on_click="ignore",
        disabled=state.is_veiled(),
        icon=":material/download:",
    )
