"""Survey: the plane that a reader asks for, laid through a run, and the run's states over it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig, has_same_weights
from xorviz.core.edit import WEIGHT_LIMIT
from xorviz.core.frames import Frames
from xorviz.core.names import parameter_names
from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.landscape.grid import finer, grid_around
from xorviz.landscape.loss import loss_grids, losses_at
from xorviz.landscape.plane import (
    ROUNDING,
    Plane,
    plane_of_path,
    plane_of_states,
    plane_of_weights,
)
from xorviz.step.step import steps

FAR: Final = 10 * WEIGHT_LIMIT
"""A state with a larger weight is left out: a plane that held it would show nothing else."""
Kind = Literal["weights", "path", "states"]


class Asked(NamedTuple):
    """The plane that a reader asks for.

    Attributes
    ----------
    kind
        The plane of two weights, of the path's principal directions, or through three states.
    across, up
        The indices of the two weights.
    moves
        Whether the other weights are those at the playhead, and not at the run's end.
    """

    kind: Kind
    across: int = 0
    up: int = 1
    moves: bool = True


@dataclass(frozen=True)
class Ground:
    """A plane laid through a run: all that stays while the playhead moves.

    Attributes
    ----------
    config
        The run.
    asked
        The plane that was asked for.
    plane
        The plane; one that moves, at the run's end.
    rank
        How many of its directions states give; 2 for a plane of two weights.
    shares
        The share of the path's variance that each direction carries, shape (2,).
    x, y
        Coordinates of the grid, both of the same width, shape (CELLS + 1,).
    path
        Coordinates of the run's recorded states, not a number where they are left out; (F, 2).
    others
        The same of each pinned run.
    """

    config: TrainConfig
    asked: Asked
    plane: Plane
    rank: int
    shares: Array
    x: Array
    y: Array
    path: Array
    others: Sequence[Array]

    @property
    def moves(self) -> bool:
        """Whether each frame has a plane of its own."""
        return self.asked.kind == "weights" and self.asked.moves

    def plane_at(self, state: Array) -> Plane:
        """The plane when the playhead is at a state."""
        if not self.moves:
            return self.plane
        return plane_of_weights(state, self.asked.across, self.asked.up)


@dataclass(frozen=True)
class Survey:
    """Frames of a run over a plane.

    Attributes
    ----------
    grids
        The loss over the plane, shape (F, G, G), indexed [frame, y, x], at the points of the
        ground's grid or of the finer one; F is 1 where it stays.
    positions
        Coordinates of the states, shape (F, 2).
    arrows
        The part of each state's next update, -η ∇E, in the plane; shape (F, 2).
    losses, plane_losses
        Each state's loss, and that of the nearest point of the plane; shape (F,).
    distances
        Each state's distance from the plane, shape (F,).
    """

    grids: Array
    positions: Array
    arrows: Array
    losses: Array
    plane_losses: Array
    distances: Array


def lay(
    recording: Recording, asked: Asked, pinned: Sequence[Recording] = (), third: Array | None = None
) -> Ground:
    """Lay a plane through a run.

    Parameters
    ----------
    recording
        The run.
    asked
        The plane that is asked for.
    pinned
        The runs whose paths are drawn, too; see `is_comparable`.
    third
        The third state of a plane through three, shape (P,); that in the middle of the run if none.
    """
    states = recording.parameters
    plane, rank, shares = _plane(asked, shown_states(recording), third)
    path, *others = [
        np.where(usable(one)[:, np.newaxis], plane.coordinates(_bounded(one)), np.nan)
        for one in (states, *(run.parameters for run in pinned))
    ]
    x, y = grid_around(path, others)
    return Ground(recording.config, asked, plane, rank, shares, x, y, path, others)


def is_comparable(one: TrainConfig, other: TrainConfig) -> bool:
    """Whether two runs go through the same landscape: of the same weights and targets."""
    return has_same_weights(one, other) and one.targets == other.targets


def usable(states: Array) -> NDArray[np.bool_]:
    """Whether states, shape (F, P), are finite and not too far away to be shown."""
    with np.errstate(invalid="ignore"):
        return np.asarray((np.abs(states) <= FAR).all(axis=1))


def shown_states(recording: Recording) -> Array:
    """The recorded states that can be shown, shape (F, P); all weights 0 where there is none."""
    shown = recording.parameters[usable(recording.parameters)]
    return shown if len(shown) else np.zeros_like(recording.parameters[:1])


def _plane(asked: Asked, shown: Array, third: Array | None) -> tuple[Plane, int, Array]:
    match asked.kind:
        case "weights":
            return plane_of_weights(shown[-1], asked.across, asked.up), 2, np.zeros(2)
        case "path":
            spanned = plane_of_path(shown)
        case "states":
            given = shown[len(shown) // 2] if third is None else third
            spanned = plane_of_states(shown[0], shown[-1], given)
    return spanned.plane, spanned.rank, spanned.shares


def survey(ground: Ground, frames: Frames, *, is_fine: bool = False) -> Survey:
    """Survey frames of a run over a plane; numbers of states that are left out are not a number.

    Parameters
    ----------
    ground
        The plane.
    frames
        The frames.
    is_fine
        Whether the grids are finer, as that of a plane that stays is in any case.
    """
    config, plane = ground.config, ground.plane
    is_shown = usable(frames.parameters)
    states = np.where(is_shown[:, np.newaxis], frames.parameters, np.nan)
    positions = plane.coordinates(states)
    if ground.moves:
        origins = states - positions @ plane.directions
        points, distances = states, np.where(is_shown, 0.0, np.nan)
    else:
        origins = plane.origin[np.newaxis]
        points, distances = plane.points(positions), _exact(plane.distances(states), states)
    updates = [step.updates for step in steps(replace(frames, parameters=states))]
    x, y = (finer(one) if is_fine or not ground.moves else one for one in (ground.x, ground.y))
    return Survey(
        grids=loss_grids(config, origins, plane.directions, x, y),
        positions=positions,
        arrows=np.array(updates) @ plane.directions.T,
        losses=frames.half_squared_error,
        plane_losses=losses_at(config, points),
        distances=distances,
    )


def _exact(distances: Array, states: Array) -> Array:
    """Distances from a plane, 0 where they may be all rounding."""
    return np.where(distances <= ROUNDING * np.abs(states).max(axis=1), 0.0, distances)


def weight_names(ground: Ground) -> tuple[str, str]:
    """The names of the two weights of a plane."""
    names = parameter_names(ground.config.hidden_size, ground.config.biases)
    return names[ground.asked.across], names[ground.asked.up]


def _bounded(states: Array) -> Array:
    """States without numbers that give a warning."""
    return np.where(usable(states)[:, np.newaxis], states, 0.0)
