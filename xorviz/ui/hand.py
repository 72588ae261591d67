"""Hand: the moves that a reader has made by hand, and the ways in which they change.

They belong to one epoch of one run. Where the reader goes to another, they are put down.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from xorviz.core.config import TrainConfig
from xorviz.core.edit_list import VALUE
from xorviz.core.fields import ConfigError, Number
from xorviz.core.hand import MAX_MOVES, STEP, Move, has_move
from xorviz.core.names import parameter_names
from xorviz.sentences.hands import left_out_text
from xorviz.sentences.words import first_few
from xorviz.settings.length import overflow
from xorviz.ui import session, state
from xorviz.ui.typed import say

MESSAGE: Final = "hands"
"""The key of the message about the last move."""
BEYOND: Final = f"a run takes weights from {VALUE.low} to {VALUE.high}."


class PutDown(NamedTuple):
    """Moves that the reader left behind, and the epoch from which they were made."""

    hands: tuple[Move, ...]
    epoch: int


def hold_here() -> None:
    """Note that the moves belong to the present run and epoch."""
    hold_at(state.config(), state.epoch())


def hold_at(run: TrainConfig, epoch: int) -> None:
    """Note that the moves belong to an epoch of a run."""
    session.put(held=(run, min(epoch, run.epochs)))


def put_down_elsewhere() -> None:
    """Put the moves down, where the reader has gone to another run or epoch since."""
    hands, held = session.get("hands"), session.get("held")
    hold_here()
    if hands and session.get("held") != held:
        session.put(hands=(), put_down=PutDown(hands, held[1]))


def put_down() -> PutDown | None:
    """The moves that were put down last, until others are made."""
    left: PutDown | None = session.get("put_down")
    return left


def take_up() -> None:
    """Make the moves that were put down here; say so where some don't fit the network."""
    page = state.page()
    if left := put_down():
        fits = tuple(one for one in left.hands if has_move(one, page.hidden_size, page.biases))
        if problem := overflow(page.edits, page.pins, fits):
            say(MESSAGE, problem)
        else:
            _take(fits)
            say(MESSAGE, left_out_text(len(left.hands) - len(fits)))


def adopt_move() -> None:
    """Take over a move that the reader made by a handle or a field.

    The stage sends a list: the weight's name, the value as text, the playhead's epoch, and the
    number of such lists so far.
    """
    match session.get("handles").move:
        case [str(name), str(text), int(epoch), int(number)] if name in _names():
            session.put(answered=number)
            if epoch != state.epoch():
                session.put(epoch=max(epoch, 0))
                put_down_elsewhere()
            _set(name, text)


def answered() -> int:
    """The number of the last report of a move."""
    number: int = session.get("answered", 0)
    return number


def _names() -> list[str]:
    page = state.page()
    return parameter_names(page.hidden_size, page.biases)


def _set(name: str, text: str) -> None:
    """Set a weight to what was typed, or say why that can't be done."""
    field = Number(name, VALUE.low, VALUE.high)
    try:
        value = field.parse(text.strip().replace("−", "-"))
    except ConfigError as error:
        say(MESSAGE, f"{error}.")
    else:
        _add(Move(name, value))


def step() -> None:
    """Let gradient descent make one update."""
    _add(Move(STEP))


def undo() -> None:
    """Take the last move back."""
    _take(state.page().hands[:-1])


def undo_all() -> None:
    """Take all moves back."""
    _take(())


def train_on(changed: Mapping[str, float]) -> None:
    """Train the run on from these values of its weights, and watch it; or say why not."""
    if far := [name for name, value in changed.items() if not VALUE.allows(value)]:
        say(MESSAGE, f"{first_few(far)}: {BEYOND}")
        return
    hands, edits = state.page().hands, state.page().edits
    session.put(hands=())  # as edits the link has them once
    problem = state.edit_all(state.epoch(), changed)
    if state.page().edits == edits:
        session.put(hands=hands)
    elif not problem and not state.is_hidden("tabs"):
        session.put(tab="watch")
    say(MESSAGE, problem)


def _add(move: Move) -> None:
    """Make one more move, unless there are too many."""
    hands = (*state.page().hands, move)
    if len(hands) > MAX_MOVES:
        say(MESSAGE, f"The page keeps {MAX_MOVES} moves: undo some, or train on from here.")
    elif problem := overflow(state.page().edits, state.pins(), hands):
        say(MESSAGE, problem)
    else:
        _take(hands)


def _take(hands: tuple[Move, ...]) -> None:
    session.put(hands=hands, put_down=None)
    say(MESSAGE, None)
    state.forget_problems()
