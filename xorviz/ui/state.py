"""State: the settings of a reader's page, and the ways in which a reader changes them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from secrets import choice
from typing import Final

from xorviz.core.config import TrainConfig
from xorviz.core.edit import MAX_EDITS, Edit, ordered
from xorviz.core.fields import ConfigError
from xorviz.core.names import LEARNING_RATE, parameter_names
from xorviz.settings import link
from xorviz.settings.length import overflow
from xorviz.settings.page import Page
from xorviz.settings.problem import Problem
from xorviz.sweeps.config import SweepConfig
from xorviz.ui import session

PYTHON_SETTINGS: Final = tuple(name for name in vars(Page()) if name not in link.STAGE_PARAMETERS)
"""The settings that Python keeps. The stage keeps the others: playhead, speed and switches."""


def page() -> Page:
    """All settings of the page; those that the stage keeps have their defaults."""
    return Page(**{name: session.get(name) for name in PYTHON_SETTINGS})


def config() -> TrainConfig:
    """The run that the page's settings ask for, with those edits that fit it."""
    return page().fitting_run


def is_hidden(part: str) -> bool:
    """Whether the link leaves a part of the page out."""
    return part in Page(hide=session.get("hide"), present=session.get("present")).left_out


def hides_mistake() -> bool:
    """Whether the page keeps to itself which mistake the run has, and whether it has one."""
    return is_hidden(link.MISTAKE)


def hides_future() -> bool:
    """Whether what happens after the playhead is hidden: until the run's end was reached."""
    return is_hidden(link.FUTURE) and session.get("reached") != config()


def note_reached() -> None:
    """Note that the run's end was reached, once the playhead rests there."""
    if epoch() >= session.get("epochs"):
        session.put(reached=config())


def left_out(config: TrainConfig) -> list[Edit]:
    """The edits that do not fit the settings of the page's run."""
    return [edit for edit in session.get("edits") if edit not in config.edits]


def problems() -> Sequence[Problem]:
    """The values of the link that could not be used."""
    problems: Sequence[Problem] = session.get("problems")
    return problems


def forget_problems() -> None:
    """Forget what could not be used, as the reader has used the page since."""
    session.put(problems=[], refusal=None)


def draw_seed() -> None:
    """Change the seed to any other that the page allows, each as likely."""
    field = link.limits("seed")
    present = page().seed
    session.put(seed=choice([seed for seed in range(field.low, field.high + 1) if seed != present]))
    forget_problems()


def epoch() -> int:
    """The epoch at which the playhead last came to rest."""
    latest: int = min(session.get("epoch"), session.get("epochs"))
    return latest


def jumps() -> str:
    """How often the page, and not the reader, moved the playhead; see `session.count`."""
    return session.count("jumps")


def move_to(epoch: int) -> None:
    """Move the playhead to an epoch of the run."""
    session.put(epoch=min(max(epoch, 0), page().epochs), jumps=session.get("jumps") + 1)


def adopt_rest() -> None:
    """Take over the epoch at which the reader brought the playhead to rest.

    The stage sends a list: an empty name, the epoch, and the number of such lists so far.
    """
    match session.get("stage").rest:
        case [_, int(epoch), _]:
            session.put(epoch=max(epoch, 0))


def adopt_choice() -> None:
    """Take over the weight that the reader chose on the stage, and open the tab that explains it.

    The stage sends a list: the weight's name, empty for none, the playhead's epoch, and the
    number of such lists so far.
    """
    match session.get("stage").choice:
        case [str(name), int(epoch), _] if name == "" or name in _names():
            session.put(epoch=max(epoch, 0))
            is_left_out = is_hidden("tabs") or is_hidden("backprop")
            if page().tab == "backprop" or not is_left_out:
                session.put(weight=name, tab="backprop")


def weight() -> str:
    """The weight that Backprop looks at; empty for all, and where the network has it no more."""
    name = session.get("weight", "")
    if name and name not in _names():
        name = ""
        session.put(weight=name)
    return str(name)


def _names() -> list[str]:
    return parameter_names(page().hidden_size, page().biases)


def is_veiled() -> bool:
    """Whether the new value of the weight that Backprop looks at is hidden."""
    is_asked = not (config().mistake or hides_mistake())
    return bool(is_asked and weight() and session.get("veil", False))


def veil(name: str) -> None:
    """Look at a weight, and hide its new value."""
    session.put(weight=name, veil=True)


def unveil() -> None:
    """Show the new value again."""
    session.put(veil=False)


def edit(epoch: int, parameter: str, value: float) -> str | None:
    """Type a value over a parameter; as `edit_all`."""
    return edit_all(epoch, {parameter: value})


def edit_all(epoch: int, changed: Mapping[str, float]) -> str | None:
    """Set parameters at an epoch, and pin the run as trained, without any such values.

    Returns
    -------
    Why one of these can't be done, if so.
    """
    kept = [e for e in page().edits if e.epoch != epoch or e.parameter not in changed]
    trained = replace(config(), edits=tuple(config().forks))
    edited = [*kept, *(Edit(epoch, name, value) for name, value in changed.items())]
    return _change(edited, epoch) or _keep_beside(trained)


def fork(epoch: int, learning_rate: float) -> str | None:
    """Train from an epoch to the end with another learning rate, and pin the run before.

    Returns
    -------
    Why one of these can't be done, if so.
    """
    kept = [edit for edit in page().edits if edit.parameter != LEARNING_RATE or edit.epoch < epoch]
    present = config()
    forked = [*kept, Edit(epoch, LEARNING_RATE, learning_rate)]
    return _change(forked, epoch) or _keep_beside(present)


def _keep_beside(before: TrainConfig) -> str | None:
    """Pin the run that the page's branches off from; return why that can't be done, if so."""
    problem = None if before in pins() else pin_problem(before)
    pin(before)
    return f"The run before it is not pinned. {problem}" if problem else None


def _change(changed: Sequence[Edit], epoch: int) -> str | None:
    """Train with these edits, and move the playhead there; return why that can't be done, if so."""
    try:
        edits = link.limits("edits").check(ordered(changed))
    except ConfigError:
        return f"A run takes at most {MAX_EDITS} edits."
    if problem := overflow(edits, pins(), page().hands):
        return problem
    session.put(edits=edits)
    forget_problems()
    move_to(epoch)
    return None


def undo_edits() -> None:
    """Go back to the run as trained, which then need not be pinned beside itself."""
    session.put(edits=())
    unpin(config())
    forget_problems()


def pins() -> tuple[TrainConfig, ...]:
    """The runs that the page's is compared with."""
    pinned: tuple[TrainConfig, ...] = session.get("pins")
    return pinned


def pin(config: TrainConfig) -> None:
    """Compare the page's run with this one from now on, where it can be pinned."""
    if pin_problem(config) is None:
        session.put(pins=(*pins(), config))


def pin_problem(config: TrainConfig) -> str | None:
    """Say why a run can't be pinned; None where it can."""
    if config in pins():
        return "This run is already pinned."
    if len(pins()) == link.MAX_PINS:
        return f"{link.MAX_PINS} runs are pinned: remove one to pin another."
    return overflow(page().edits, (*pins(), config), page().hands)


def unpin(config: TrainConfig) -> None:
    """Compare with this run no more."""
    session.put(pins=tuple(pinned for pinned in pins() if pinned != config))


def open_cell(config: SweepConfig, columns: int) -> None:
    """Make the run of a cell of the Atlas the page's, once the reader has clicked it.

    The figure sends a list: row, column, and the number of clicks so far.
    """
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
