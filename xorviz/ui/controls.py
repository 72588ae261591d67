"""Controls: the settings, in the sidebar. Each widget's key is its setting's name."""

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from xorviz.core.truth_table import GATES, gate_name
from xorviz.settings.link import limits
from xorviz.ui import state

TARGETS: Final = (
    *GATES.values(),
    *(digits for digits in map("{:04b}".format, range(16)) if digits not in GATES.values()),
)
"""All sixteen tables, the gates with a name first."""


def sidebar() -> None:
    """Lay out all settings that the link does not leave out."""
    if state.is_hidden("controls"):
        return
    with st.sidebar:
        st.header("xorviz", anchor=False)
        st.caption("Backpropagation you can watch: a small network learns a truth table.")
        shown = [name for name in CONTROLS if not state.is_hidden(name)]
        for name in shown:
            CONTROLS[name]()
        if len(shown) == len(CONTROLS):  # going back would change what is left out, too
            st.button("Back to the notebook's settings", on_click=state.reset, width="stretch")


def _seed() -> None:
    _whole_number(
        "seed",
        "Decides the random weights that training starts from. The same seed gives "
        "the same run, to the last digit.",
    )


def _hidden_size() -> None:
    _whole_number(
        "hidden_size", "The number of hidden units between the two inputs and the output."
    )


def _epochs() -> None:
    _whole_number("epochs", "The number of updates. Each one looks at all four inputs.", step=100)


def _whole_number(setting: str, help_text: str, step: int = 1) -> None:
    bounds = limits(setting)
    st.slider(
        bounds.label,
        int(bounds.low),
        int(bounds.high),
        step=step,
        key=setting,
        on_change=state.forget_problems,
        help=help_text,
    )


def _learning_rate() -> None:
    st.select_slider(
        limits("learning_rate").label,
        state.learning_rates(),
        format_func=limits("learning_rate").write,
        key="learning_rate",
        on_change=state.forget_problems,
        help="How far each update goes against the gradient. Too small learns slowly, "
        "too large overshoots.",
    )


def _biases() -> None:
    st.toggle(
        limits("biases").label,
        key="biases",
        on_change=state.forget_problems,
        help="Gives every hidden unit and the output a constant to add, starting at 0. "
        "The notebook has none, so there every hidden unit has the activation 0.5 for "
        "the input 00.",
    )


def _targets() -> None:
    st.selectbox(
        limits("targets").label,
        TARGETS,
        format_func=_describe,
        key="targets",
        on_change=state.forget_problems,
        help="What the network should predict for the inputs 00, 01, 10 and 11, in this order.",
    )


CONTROLS: Final[Mapping[str, Callable[[], None]]] = {
    "seed": _seed,
    "lr": _learning_rate,
    "hidden": _hidden_size,
    "epochs": _epochs,
    "biases": _biases,
    "targets": _targets,
}
"""The widgets, by the parameters of their settings."""


def _describe(targets: str) -> str:
    name = gate_name(targets)
    return " ".join(targets) if name == targets else f"{name}: {' '.join(targets)}"
