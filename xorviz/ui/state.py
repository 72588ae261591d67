"""State: the settings of a reader's page, and what is done to them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from xorviz.core.config import ConfigError, Field, TrainConfig
from xorviz.core.edit import MAX_EDITS, Edit, misfit, ordered
from xorviz.core.names import LEARNING_RATE, parameter_names
from xorviz.settings import link
from xorviz.settings.length import overflow
from xorviz.sweeps.run import SweepConfig
from xorviz.ui import session

SETTINGS: Final = tuple(name for name in link.DEFAULTS if name not in link.VIEW)
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


def config() -> TrainConfig:
    """The run that the page's settings ask for, with those edits that fit it."""
    return _with_fitting_edits({name: value(name) for name in SETTINGS})


def _with_fitting_edits(settings: Mapping[str, Any]) -> TrainConfig:
    """The run of these settings, with those of the page's edits that fit it."""
    shape = [settings[name] for name in ("hidden_size", "biases", "epochs")]
    fitting = tuple(edit for edit in value("edits") if misfit(edit, *shape) is None)
    return link.config_of({**settings, "edits": fitting})


def learning_rates() -> list[float]:
    """Those that the page's slider has: the usual ones, and the present one."""
    return sorted({*LEARNING_RATES, value("learning_rate")})


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
        _with_fitting_edits({**vars(present), name: there})
        for name, there in steps
        if link.limits(name).low <= there <= link.limits(name).high
    ]


def is_hidden(part: str) -> bool:
    """Whether the link leaves a part of the page out."""
    return part in value("hide")


def misfits() -> list[str]:
    """A sentence for every edit that the present settings leave out."""
    reasons = [(edit, _misfit(edit)) for edit in value("edits")]
    return [f"The edit {edit} is left out: {why}." for edit, why in reasons if why]


def _misfit(edit: Edit) -> str | None:
    return misfit(edit, value("hidden_size"), value("biases"), value("epochs"))


def value(setting: str) -> Any:
    """The present value of a setting."""
    return session.get(setting)


def problems() -> Sequence[str]:
    """What could not be used of the link, a sentence each."""
    problems: Sequence[str] = session.get("problems")
    return problems


def forget_problems() -> None:
    """The reader has moved on: a widget was used."""
    session.put(problems=[])


def reset() -> None:
    """Go back to the notebook's settings."""
    open_run(TrainConfig())


def epoch() -> int:
    """The state of the run that is looked at closely."""
    latest: int = min(session.get("epoch"), value("epochs"))
    return latest


def moves() -> str:
    """How often the page, not the reader, has moved the playhead; see `session.count`."""
    return session.count("moves")


def move_to(epoch: int) -> None:
    """Move the playhead to an epoch of the run."""
    session.put(epoch=min(max(epoch, 0), value("epochs")), moves=session.get("moves") + 1)


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
            if value("tab") == "backprop" or not is_left_out:
                session.put(weight=name, tab="backprop")


def weight() -> str:
    """The weight that is looked at; empty for all."""
    name = session.get("weight", "")
    if name and name not in _names():
        name = ""
        session.put(weight=name)
    return str(name)


def _names() -> list[str]:
    return parameter_names(value("hidden_size"), value("biases"))


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
    is_later = [edit.parameter == LEARNING_RATE and edit.epoch >= epoch for edit in value("edits")]
    kept = [edit for edit, later in zip(value("edits"), is_later, strict=True) if not later]
    return _change([*kept, Edit(epoch, LEARNING_RATE, learning_rate)], epoch)


def pins() -> tuple[TrainConfig, ...]:
    """The runs that the page's is compared with."""
    pinned: tuple[TrainConfig, ...] = session.get("pins")
    return pinned


def pin(config: TrainConfig) -> None:
    """Compare the page's runs with this one, where it can be pinned."""
    if unpinnable(config) is None:
        session.put(pins=(*pins(), config))


def unpinnable(config: TrainConfig) -> str | None:
    """Say why a run can't be pinned; None where it can."""
    if config in pins():
        return "This run is pinned."
    if len(pins()) == link.MAX_PINS:
        return f"{link.MAX_PINS} runs are pinned: remove one to pin another."
    return overflow(value("edits"), (*pins(), config))


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
