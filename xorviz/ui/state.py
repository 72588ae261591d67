"""State: the settings of a reader's page, and what is done to them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from xorviz.core.config import TrainConfig
from xorviz.core.edit import MAX_EDITS, Edit, ordered
from xorviz.core.fields import ConfigError, Field
from xorviz.core.names import LEARNING_RATE, parameter_names
from xorviz.settings import link
from xorviz.settings.length import overflow
from xorviz.settings.page import Page
from xorviz.sweeps.config import SweepConfig
from xorviz.ui import session

SETTINGS: Final = tuple(name for name in vars(Page()) if name not in link.VIEW)
"""All that a link says but where the playhead is and how charts are looked at."""
LEARNING_RATES: Final = (
    *(hundredths / 100 for hundredths in range(1, 10)),
    *(hundredths / 100 for hundredths in range(10, 100, 5)),
    *(tenths / 10 for tenths in range(10, 30)),
    *(tenths / 10 for tenths in range(30, 101, 5)),
)
"""Finer where a small change makes a difference; a link may give any in between."""
MAX_TYPED: Final = 40
"""The most characters of a number that is typed on the page."""


def page() -> Page:
    """All settings; but where the playhead is and how charts are looked at, the stage knows."""
    return Page(**{name: session.get(name) for name in SETTINGS})


def config() -> TrainConfig:
    """The run that the page's settings ask for, with those edits that fit it."""
    return page().fitting_run


def learning_rates() -> list[float]:
    """Those that the page's slider has: the usual ones, and the present one."""
    return sorted({*LEARNING_RATES, page().learning_rate})


def neighbours(present: TrainConfig) -> list[TrainConfig]:
    """The runs that are one step of a slider away: of the seed, the rate or the hidden size."""
    rates = learning_rates()
    place = rates.index(present.learning_rate)
    steps: list[tuple[str, Any]] = [
        *(("seed", present.seed + step) for step in (1, -1)),
        *(("hidden_size", present.hidden_size + step) for step in (1, -1)),
        *(("learning_rate", rate) for rate in (*rates[place + 1 :][:1], *rates[:place][-1:])),
    ]
    return [
        replace(page(), **{name: there}).fitting_run
        for name, there in steps
        if link.limits(name).low <= there <= link.limits(name).high
    ]


def is_hidden(part: str) -> bool:
    """Whether the link leaves a part of the page out."""
    return part in page().hide


def left_out() -> list[Edit]:
    """The edits that do not fit the present settings."""
    fitting = config().edits
    return [edit for edit in page().edits if edit not in fitting]


def problems() -> Sequence[link.Problem]:
    """The values of the link that could not be used."""
    problems: Sequence[link.Problem] = session.get("problems")
    return problems


def forget_problems() -> None:
    """The reader has moved on: a widget was used."""
    session.put(problems=[])


def reset() -> None:
    """Go back to the notebook's settings."""
    open_run(TrainConfig())


def epoch() -> int:
    """The state of the run that is looked at closely."""
    latest: int = min(session.get("epoch"), page().epochs)
    return latest


def moves() -> str:
    """How often the page, not the reader, has moved the playhead; see `session.count`."""
    return session.count("moves")


def move_to(epoch: int) -> None:
    """Move the playhead to an epoch of the run."""
    session.put(epoch=min(max(epoch, 0), page().epochs), moves=session.get("moves") + 1)


def adopt_rest() -> None:
    """Take over where the reader brought the playhead to rest."""
    match session.get("stage").rest:
        case [_, int(epoch), _]:
            session.put(epoch=max(epoch, 0))


def adopt_choice() -> None:
    """Take over the weight that the reader chose on the stage, and show where it comes from."""
    match session.get("stage").choice:
        case [str(name), int(epoch), _] if name == "" or name in _names():
            session.put(epoch=max(epoch, 0))
            is_left_out = is_hidden("tabs") or is_hidden("backprop")
            if page().tab == "backprop" or not is_left_out:
                session.put(weight=name, tab="backprop")


def weight() -> str:
    """The weight that is looked at; empty for all."""
    name = session.get("weight", "")
    if name and name not in _names():
        name = ""
        session.put(weight=name)
    return str(name)


def _names() -> list[str]:
    return parameter_names(page().hidden_size, page().biases)


def is_veiled() -> bool:
    """Whether the new value of the weight that is looked at is hidden."""
    return bool(weight() and session.get("veil", False))


def unveil() -> None:
    """Show it again."""
    session.put(veil=False)


def edit(epoch: int, parameter: str, value: float) -> str | None:
    """Type a value over a parameter; return why that can't be done."""
    others = [edit for edit in session.get("edits") if edit[:2] != (epoch, parameter)]
    return _change([*others, Edit(epoch, parameter, value)], epoch)


def _change(changed: Sequence[Edit], epoch: int) -> str | None:
    """Train with these edits and look at that epoch; return why that can't be done."""
    try:
        edits = link.limits("edits").check(ordered(changed))
    except ConfigError:
        return f"A run takes at most {MAX_EDITS} edits."
    if problem := overflow(edits, pins()):
        return problem
    session.put(edits=edits)
    forget_problems()
    move_to(epoch)
    return None


def fork(epoch: int, learning_rate: float) -> str | None:
    """Train on from an epoch to the end with another learning rate; return why it can't be done."""
    kept = [edit for edit in page().edits if edit.parameter != LEARNING_RATE or edit.epoch < epoch]
    return _change([*kept, Edit(epoch, LEARNING_RATE, learning_rate)], epoch)


def pins() -> tuple[TrainConfig, ...]:
    """The runs that the page's is compared with."""
    return page().pins


def pin(config: TrainConfig) -> None:
    """Compare the page's runs with this one, where it can be pinned."""
    if unpinnable(config) is None:
        session.put(pins=(*pins(), config))


def unpinnable(config: TrainConfig) -> str | None:
    """Say why a run can't be pinned; None where it can."""
    if config in pins():
        return "This run is already pinned."
    if len(pins()) == link.MAX_PINS:
        return f"{link.MAX_PINS} runs are pinned: remove one to pin another."
    return overflow(page().edits, (*pins(), config))


def unpin(config: TrainConfig) -> None:
    """Compare with this run no more."""
    session.put(pins=tuple(pinned for pinned in pins() if pinned != config))


def undo_edits() -> None:
    """Go back to the run as trained."""
    session.put(edits=())
    forget_problems()


def enter(field: Field, key: str, act: Callable[[Any], str | None]) -> None:
    """Read what was typed into a text field, and act on it; keep what there is to say of it."""
    try:
        typed = session.get(key).strip().replace("−", "-")  # as the table writes it
        sentence = act(field.parse(typed))
    except ConfigError as error:
        sentence = f"{error}."
    session.put(said=(key, _subject(), sentence) if sentence else None)


def said(key: str) -> str:
    """What there is to say of what was typed into a field, as long as it is about what is shown."""
    match session.get("said"):
        case (_, subject, _) if subject != _subject():
            session.put(said=None)
        case (about, _, sentence) if about == key:
            return str(sentence)
    return ""


def _subject() -> tuple[TrainConfig, int, str]:
    return config(), epoch(), weight()


def open_cell(config: SweepConfig, columns: int) -> None:
    """Take over the run of the cell that the reader chose in a map of so many columns."""
    rows = config.count // columns
    match session.get("figure").choice:
        case [row, column, _] if (
            type(row) is type(column) is int and row in range(rows) and column in range(columns)
        ):
            open_run(config.config(row * columns + column))


def open_run(config: TrainConfig) -> None:
    """Make a run the page's."""
    session.put(**vars(config))
    forget_problems()
