"""One weight: its chain rule, a prediction of its next value, and another value typed over it."""

import streamlit as st

from xorviz.core.edit import WEIGHT_LIMIT
from xorviz.core.fields import Number
from xorviz.step import latex
from xorviz.step.latex.notation import Rows
from xorviz.step.quiz import judge_prediction
from xorviz.step.step import Step
from xorviz.ui import state
from xorviz.ui.typeset import tell, typeset


def show(step: Step, rows: Rows, name: str) -> None:
    """Show just what this weight's next value comes from."""
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
        field = Number("Prediction", -WEIGHT_LIMIT, WEIGHT_LIMIT)
        with (
            st.form("predict", border=False),
            st.container(horizontal=True, vertical_alignment="bottom"),
        ):
            st.text_input(f"New value of {name}", key=key, width=180, max_chars=state.MAX_TYPED)
            st.form_submit_button(
                "Check",
                on_click=state.enter,
                args=(field, key, lambda predicted: _judge(step, name, predicted)),
            )
    tell(state.said(key))


def _judge(step: Step, name: str, predicted: float) -> str:
    judged = judge_prediction(step, name, predicted)
    if judged.right:
        state.unveil()
    return judged.text


def _edit(step: Step, name: str) -> None:
    """Type another value over the weight, from which training goes on."""
    key = f"edit {step.epoch} {name}"
    field = Number("Value", -WEIGHT_LIMIT, WEIGHT_LIMIT)
    old = float(step.old[step.names.index(name)])
    with st.form("edit", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            f"Another value of {name} at epoch {step.epoch:,}",
            repr(old),
            key=key,
            width=280,
            max_chars=state.MAX_TYPED,
            help="Training goes on from there with the same settings.",
        )
        st.form_submit_button(
            "Continue with this value",
            on_click=state.enter,
            args=(field, key, lambda value: state.edit(step.epoch, name, value)),
        )
    tell(state.said(key))
