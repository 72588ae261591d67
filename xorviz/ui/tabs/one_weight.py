"""One weight: its chain rule, a prediction of its next value, and another value typed over it."""

from collections.abc import Mapping
from functools import partial
from itertools import groupby
from typing import Final

import streamlit as st

from xorviz.core.edit import WEIGHT_LIMIT
from xorviz.core.fields import Number
from xorviz.sentences.on_purpose import NO_QUIZ
from xorviz.step import latex
from xorviz.step.chain import Factor, chain
from xorviz.step.film import Kind
from xorviz.step.latex import Formula
from xorviz.step.latex.notation import Rows
from xorviz.step.quiz import Judgement, judge_prediction
from xorviz.step.step import Step
from xorviz.ui import film, state
from xorviz.ui.tabs import factors
from xorviz.ui.typed import message_about, number_form, show_message
from xorviz.ui.typeset import typeset

BEATS: Final[Mapping[str, Kind]] = {
    "error": "error",
    "output": "delta_output",
    "weight": "delta_hidden",
    "hidden": "delta_hidden",
    "source": "shares",
}
"""The beat of the film that makes a factor, by the factor's kind."""


def show(step: Step, rows: Rows, name: str) -> None:
    """Show where this weight's next value comes from, and nothing else."""
    st.markdown(
        "**The chain rule**: the gradient is a product of factors, one for each stop from the "
        "error back to the weight:"
    )
    whole, *each = latex.chain_rule(step, rows, name)
    with film.part("sum", step):
        typeset([whole], step.config)
    factors.show(step, rows, name)
    st.caption(
        "A column is an input; its product is the input's part of the gradient. The derivative at "
        "a unit is how much its activation changes when its sum z changes: activation · "
        "(1 − activation). Point at a factor: its unit or connection lights up in the network."
    )
    st.markdown("**Each factor**, and what the notebook calls it:")
    for kind, formulas in groupby(zip(chain(step, name), each, strict=True), _beat):
        with film.part(kind, step):
            typeset([formula for _, formula in formulas], step.config)
    st.markdown("**Its update** subtracts learning rate η × gradient, summed over the four inputs:")
    with film.part("update", step):
        veiled = state.weight() if state.is_veiled() else ""
        typeset(latex.updates(step, [name], veiled), step.config)
    if step.config.mistake:
        st.caption(NO_QUIZ)
    else:
        _predict(step, name)
    _edit(step, name)


def _beat(each: tuple[Factor, Formula]) -> Kind:
    """The beat of the film that makes a factor."""
    factor, _ = each
    return BEATS[factor.part.kind]


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
    match message_about(key):
        case Judgement(right=True, text=text):
            st.success(text, icon=":material/check_circle:")
            _offer_next(step, name)
        case Judgement(text=text):
            st.warning(text, icon=":material/cancel:")
        case str(sentence):
            st.text(sentence)


def _judge(step: Step, name: str, predicted: float) -> Judgement:
    judged = judge_prediction(step, name, predicted)
    if judged.right:
        state.unveil()
    return judged


def _offer_next(step: Step, name: str) -> None:
    """Offer to predict the weight after this one."""
    following = step.names[(step.names.index(name) + 1) % len(step.names)]
    st.button(
        f"Predict the next weight, {following}",
        on_click=state.veil,
        args=(following,),
        icon=":material/arrow_forward:",
        type="primary",
    )


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
        help="Training goes on from there with the same settings. The run as trained "
        "stays in the charts for comparison.",
    )
    show_message(key)
