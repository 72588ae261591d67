"""One weight: its chain rule, a prediction of its next value, and another value typed over it."""

from functools import partial

import streamlit as st

from xorviz.core.edit import WEIGHT_LIMIT
from xorviz.core.fields import Number
from xorviz.step import latex
from xorviz.step.latex.notation import Rows
from xorviz.step.quiz import judge_prediction
from xorviz.step.step import Step
from xorviz.ui import state
from xorviz.ui.typed import number_form, show_message
from xorviz.ui.typeset import typeset


def show(step: Step, rows: Rows, name: str) -> None:
    """Show where this weight's next value comes from, and nothing else."""
    st.markdown("**The chain rule** from the error back to the weight, and each factor:")
    typeset(latex.chain_rule(step, rows, name))
    st.markdown("**Its update**, by the sum over the four inputs:")
    typeset(latex.updates(step, [name], state.weight() if state.is_veiled() else ""))
    _predict(step, name)
    _edit(step, name)


def _predict(step: Step, name: str) -> None:
    """Hide the new value, and judge a prediction of it."""
    key = f"prediction {step.epoch} {name}"
    st.toggle(
        "Hide the new value, to predict it",
        key="veil",
        persist_state="page",
        help="Work it out from the numbers above; within 1 % is right.",
    )
    if state.is_veiled():
        number_form(
            key,
            Number("Prediction", -WEIGHT_LIMIT, WEIGHT_LIMIT),
            partial(_judge, step, name),
            "Check",
            label=f"New value of {name}",
            width=180,
        )
    show_message(key)


def _judge(step: Step, name: str, predicted: float) -> str:
    judged = judge_prediction(step, name, predicted)
    if judged.right:
        state.unveil()
    return judged.text


def _edit(step: Step, name: str) -> None:
    """Type another value over the weight, from which training goes on."""
    key = f"edit {step.epoch} {name}"
    number_form(
        key,
        Number("Value", -WEIGHT_LIMIT, WEIGHT_LIMIT),
        partial(state.edit, step.epoch, name),
        "Continue with this value",
        label=f"Another value of {name} at epoch {step.epoch:,}",
        value=repr(float(step.old[step.names.index(name)])),
        width=280,
        help="Training goes on from there with the same settings.",
    )
    show_message(key)
