"""Links: all that they can hold."""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from tests.support.runs import edits, runs_of_links, values
from xorviz.core.config import Settings, has_same_weights
from xorviz.core.edit_list import EPOCH, VALUE
from xorviz.core.fields import Field
from xorviz.core.hand import STEP, Move
from xorviz.core.names import parameter_names, unit_names
from xorviz.settings.link import LAST_BEAT, MAX_PINS, PARAMETERS
from xorviz.settings.lists import Names, Typed
from xorviz.settings.planes import MIDDLE

FIELDS_OF_LINK = {
    setting: field
    for setting, field in PARAMETERS.values()
    if setting not in ("edits", "weight", "hands", "pair", "across", "up", "third")
}


@st.composite
def pages(draw: st.DrawFn) -> dict[str, Any]:
    """The settings of any page, with edits of its own network and of others."""
    settings = {setting: draw(_values(field)) for setting, field in FIELDS_OF_LINK.items()}
    names = parameter_names(settings["hidden_size"], settings["biases"])
    pins = tuple(draw(st.lists(runs_of_links(), max_size=MAX_PINS, unique=True)))
    across = draw(st.sampled_from(["", *names]))
    shape = Settings(hidden_size=settings["hidden_size"], biases=settings["biases"])
    alike = [str(number) for number, run in enumerate(pins, 1) if has_same_weights(run, shape)]
    return {
        **settings,
        "edits": draw(edits(int(EPOCH.high), parameter_names(16, biases=True))),
        "weight": draw(st.sampled_from(["", *names])),
        "hands": draw(moves(names)),
        "pair": draw(pairs(settings["hidden_size"])),
        "across": across,
        "up": draw(st.sampled_from(["", *(name for name in names if name != across)])),
        "third": draw(st.sampled_from([MIDDLE, *alike])),
        "pins": pins,
        "epoch": draw(st.none() | st.integers(0, settings["epochs"])),
        "play": draw(st.none() | st.booleans()),
        "beat": draw(st.none() | st.integers(0, LAST_BEAT)),
    }


def pairs(hidden_size: int) -> st.SearchStrategy[str]:
    """No pair of hidden units, or one."""
    units = unit_names(hidden_size)
    two = st.lists(st.sampled_from(units), min_size=2, max_size=2, unique=True).map("_".join)
    return st.just("") | two if hidden_size > 1 else st.just("")


def moves(names: Sequence[str]) -> st.SearchStrategy[tuple[Move, ...]]:
    """A few moves of these weights, and updates between them."""
    set_by_hand = st.builds(Move, st.sampled_from(names), values(VALUE))
    return st.lists(set_by_hand | st.just(Move(STEP)), max_size=6).map(tuple)


def _values(field: Field) -> st.SearchStrategy[Any]:
    match field:
        case Names(choices=choices):
            some = st.sets(st.sampled_from(choices))
            return some.map(lambda chosen: tuple(name for name in choices if name in chosen))
        case Typed(values=several):
            each = st.lists(values(several.each), min_size=1, max_size=4, unique=True)
            texts = each.map(several.write)
            return texts | texts.map(lambda text: f" {text.replace(',', ', ')}")
    return values(field)
