"""Controls: the settings of the run, in the sidebar."""

from typing import Any, Final

import streamlit as st

from xorviz.core.fields import Flag, Number, Targets, Whole
from xorviz.core.truth_table import GATES, gate_name
from xorviz.sentences.files import SETTINGS_WAIT
from xorviz.settings.link import PARAMETERS, RUN_PARAMETERS
from xorviz.settings.text import NOTEBOOK
from xorviz.ui import state, steps, theirs
from xorviz.ui.typed import setting_field, show_refusal

TABLES: Final = (
    *GATES.values(),
    *(digits for digits in map("{:04b}".format, range(16)) if digits not in GATES.values()),
)
"""The targets of all sixteen truth tables, the gates with a name first."""
HELP: Final = {
    "seed": "Decides the random weights that training starts from. The same seed gives "
    "the same run, to the last digit.",
    "learning_rate": "How big a step each update takes to lower the error. With a small rate the "
    "network learns slowly; with a large one it jumps past the goal.",
    "hidden_size": "The number of hidden units between x1, x2 and the output.",
    "epochs": "How often the weights are updated. Each update looks at all four inputs.",
    "biases": "Gives every hidden unit and the output a constant to add, starting at 0. "
    "The notebook has none: for the input 00 every hidden unit's sum is 0, so its "
    "activation is always 0.5, the sigmoid of 0.",
    "targets": "What the network should predict for the inputs 00, 01, 10 and 11, in this order.",
}
DRAW: Final = "Draw another seed: other random weights to start from."
"""What the die does."""
GHOSTS: Final = (
    "After a change the curves of the run before it stay as thin grey lines, until the next change."
)
"""What the switch for ghosts does."""
TYPED: Final = ("seed", "learning_rate", "epochs")
"""The settings with so many values that they can be typed, too."""
STEPS: Final = {"epochs": 100}
"""The steps of those sliders that do not go by one."""
IN_THOUSANDS: Final = "%,d"
"""How a slider writes a whole number: 10,000."""


def sidebar() -> None:
    """Lay out all settings that the link does not leave out."""
    if state.is_hidden("controls"):
        return
    if theirs.shown():
        with st.sidebar:
            st.text(SETTINGS_WAIT)
            if not state.is_hidden("targets"):
                _widget("targets")
        return
    with st.sidebar:
        shown = [name for name in RUN_PARAMETERS if not state.is_hidden(name)]
        for name in shown:
            _widget(name)
        if not state.is_hidden("ghosts"):
            st.toggle("Keep the curves before", key="ghosts", help=GHOSTS)
        is_whole = len(shown) == len(RUN_PARAMETERS) and not state.hides_mistake()
        if is_whole:  # else it would change what is left out, too
            st.button(
                "Back to the notebook's settings",
                on_click=state.open_run,
                args=(NOTEBOOK,),
                width="stretch",
            )


def _widget(parameter: str) -> None:
    """Ask for a setting by the widget that fits its field; its key is the setting's name."""
    setting, field = PARAMETERS[parameter]
    common: dict[str, Any] = {
        "label": field.label,
        "key": setting,
        "on_change": state.forget_problems,
        "help": HELP[setting],
    }
    if setting in TYPED:
        _type(setting, field.label)
        common["label_visibility"] = "collapsed"  # the field has the label
    match field:
        case Flag():
            st.toggle(**common)
        case Targets():
            st.selectbox(options=TABLES, format_func=_table_name, **common)
        case Whole(low=low, high=high):
            step = STEPS.get(setting, 1)
            st.slider(min_value=low, max_value=high, step=step, format=IN_THOUSANDS, **common)
        case Number():
            st.select_slider(options=steps.learning_rates(), format_func=field.write, **common)


def _type(setting: str, label: str) -> None:
    """Let a setting be typed above its slider, and another seed be drawn."""
    if setting == "seed":
        with st.container(horizontal=True, vertical_alignment="bottom"):
            setting_field(setting, label=label, help=HELP[setting])
            st.button("Draw", icon=":material/casino:", on_click=state.draw_seed, help=DRAW)
    else:
        setting_field(setting, label=label, help=HELP[setting])
    show_refusal(setting)


def _table_name(targets: str) -> str:
    name = gate_name(targets)
    return " ".join(targets) if name == targets else f"{name}: {' '.join(targets)}"
