"""The tab Backprop: one training step of the run, and where each of its numbers comes from."""

from typing import Final

import numpy as np
import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.numbers import with_minus, written
from xorviz.core.truth_table import ROW_NAMES, right, target_column
from xorviz.sentences.on_purpose import NO_FILM_WHILE_HIDDEN, departure_text
from xorviz.settings.link import ALL_ROWS, AUTO_ROW
from xorviz.stage.scene import pack_still
from xorviz.stage.step_film import step_film
from xorviz.stage.step_table import table
from xorviz.step.chain import chain, largest_share, parts
from xorviz.step.gradient_check import TOLERANCE, central_differences, largest_difference
from xorviz.step.latex.notation import Rows
from xorviz.step.numbers import as_csv
from xorviz.step.step import Step, step_at
from xorviz.ui import beside, film, runs, stage, state
from xorviz.ui.tabs import one_weight, secret, sections
from xorviz.ui.typed import epoch_field, show_message

NEARLY_FLAT: Final = 1e-3
"""Gradients smaller than this change next to nothing."""
ROW_LABELS: Final = {AUTO_ROW: "largest", ALL_ROWS: "all four"}


def show(config: TrainConfig) -> None:
    """Lay open the step from the state at the playhead to the next."""
    epoch, recording, is_secret = state.epoch(), runs.recording(config), state.hides_mistake()
    step = step_at(recording, epoch)
    with st.container(key="backprop"):
        name = state.weight()
        marked = [factor.part for factor in chain(step, name)] if name else []
        every = parts(config.hidden_size, config.biases)
        veiled = name if state.is_veiled() else ""
        problem = NO_FILM_WHILE_HIDDEN if is_secret else ""
        shown = None if film.beat() is None else step_film(step, veiled, problem)
        numbers = table(step, veiled, is_secret or bool(config.mistake))
        around = every, marked, beside.wanted(), shown
        still = pack_still(recording, epoch, numbers, name, state.jumps(), *around)
        with st.container(gap=None):  # of parts that take no room
            stage.show_view(still)
            stage.show_motion(runs.motion(config))
        differences = central_differences(step.config, step.old)
        _navigation(step)
        if not is_secret:
            check(step, differences)
            departs(step)
            flatness(step)
        rows = _choices(step, film.rows(step), is_secret)
        if is_secret:
            secret.show(step, name)
        elif name:
            one_weight.show(step, rows, name)
        else:
            sections.show(step, rows)
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
        "Each weight was made a little larger and a little smaller, and the loss computed anew. "
        "How fast it changes (by central differences) must be the gradient. The number is the "
        "largest relative difference, for each input and for the sum; up to "
        f"{with_minus(f'{TOLERANCE:g}')} is rounding error."
    )
    if difference <= TOLERANCE:
        text, colour, icon = "checked by trying small changes: they agree to", "green", "check"
    else:
        text, colour, icon = "wrong: small changes give others, off by", "red", "close"
    st.badge(
        f"Gradients {text} {with_minus(f'{difference:.1e}')}",
        color=colour,  # type: ignore[arg-type]
        icon=f":material/{icon}:",
        help=explained,
    )


def departs(step: Step) -> None:
    """Say which of the numbers of a step the mistake of its program changes."""
    if step.config.mistake:
        st.caption(departure_text(step))


def flatness(step: Step) -> None:
    """Say so where the gradients are near zero, and whether that is good."""
    largest = float(np.abs(step.gradients).max())
    if not largest < NEARLY_FLAT:
        return
    off = np.abs(step.error)
    wrong = int((~right(step.output, target_column(step.config.targets)[:, 0])).sum())
    meaning = (
        "so the weights hardly change, although "
        f"{wrong} of 4 predictions {'is' if wrong == 1 else 'are'} still wrong."
        if wrong
        else f"as all predictions are within {written(off.max())} of their targets: "
        "there is next to nothing left to learn."
    )
    st.info(f"All gradients are near zero (the largest is {written(largest)}), {meaning}")


def _choices(step: Step, filmed: Rows | None, is_secret: bool) -> Rows:
    """Ask for the weight to look at and the inputs; return these.

    The inputs are those of a film where there is one, and none where the step is kept secret.
    """
    with st.container(horizontal=True, vertical_alignment="bottom"):
        row = _input() if filmed is None and not is_secret else ""
        st.selectbox(
            "Weight",
            ["", *step.names],
            format_func=_weight_label,
            key="weight",
            persist_state="page",
            width=180,
            help="Choose a weight here, in the table or in the network to see only how its own "
            "gradient is computed.",
        )
    if is_secret:
        return ()
    if filmed is not None:
        at = "all four inputs, and so are the gradients"
        if len(filmed) == 1:
            at = f"input {ROW_NAMES[filmed[0]]}, and so are the formulas"
        st.caption(f"The film is at {at}. Press a formula to go to its beat.")
        return filmed
    if row == AUTO_ROW:
        return [_picked(step)]
    return range(len(ROW_NAMES)) if row == ALL_ROWS else [ROW_NAMES.index(row)]


def _input() -> str | None:
    """Ask for the input rows to look at."""
    return st.segmented_control(
        "Input",
        [AUTO_ROW, *ROW_NAMES, ALL_ROWS],
        format_func=lambda row: ROW_LABELS.get(row, row),
        required=True,
        key="row",
        persist_state="page",
        help="Each of the four inputs 00, 01, 10 and 11 adds its part to every gradient; the "
        "update uses the sum of the four. “Largest” picks the input with the largest part in "
        "the chosen weight's gradient, or with the largest error.",
    )


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


def _download(step: Step, differences: Array) -> None:
    st.caption(
        "Numbers are rounded to four significant digits. To see all digits, point at a number in "
        "the table or at the question mark beside a formula. The CSV has all digits, too."
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
