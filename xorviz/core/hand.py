"""Hand: weights set by hand, one after the other, from a state of a run; nothing is trained."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, NamedTuple

from xorviz.core.config import TrainConfig
from xorviz.core.names import parameter_names
from xorviz.core.network import Array
from xorviz.core.trainer import Trainer

STEP: Final = "step"
"""The parameter of a move that is one update of gradient descent."""
MAX_MOVES: Final = 200


class Move(NamedTuple):
    """A weight or bias set to a value, or one update of gradient descent.

    Attributes
    ----------
    parameter
        Its name, as of `names.parameter_names`, or `STEP`.
    value
        The new value; 0 for an update.
    """

    parameter: str
    value: float = 0.0


def has_move(move: Move, hidden_size: int, biases: bool) -> bool:
    """Whether a network has the move's parameter; each can make an update."""
    return move.parameter in (*parameter_names(hidden_size, biases), STEP)


def descending(config: TrainConfig, epoch: int) -> TrainConfig:
    """The run that goes on from a state by gradient descent alone: at its rate, without edits."""
    return replace(config, edits=(), mistake="", learning_rate=config.learning_rate_at(epoch))


def hold(config: TrainConfig, state: Array, epoch: int, hands: Iterable[Move]) -> Array:
    """Make moves from a state of a run, one after the other.

    Parameters
    ----------
    config
        The run, which has the parameters of all moves.
    state, epoch
        The state's flat parameters, shape (P,), and its number.
    hands
        The moves.

    Returns
    -------
    The flat parameters afterwards, shape (P,).
    """
    names = parameter_names(config.hidden_size, config.biases)
    alone, held = descending(config, epoch), state.copy()
    for parameter, value in hands:
        if parameter == STEP:
            trainer = Trainer(alone, held, epoch)
            trainer.step()
            held = trainer.parameters
        else:
            held[names.index(parameter)] = value
    return held
