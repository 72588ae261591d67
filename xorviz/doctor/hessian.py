"""Hessian: how the loss curves around a state, and what kind of terrain that makes."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.truth_table import INPUTS
from xorviz.step.step import open_step

ROUNDING: Final = 1e-12
"""Eigenvalues this small against the largest, or against 1, may be all rounding."""

SMALL: Final = 0.01
"""A change of the loss by less than this part of it is small."""
DISTANCE: Final = 5000.0
"""Learning rate × epochs of the notebook's run: a shorter one is judged as if it were as long."""

Terrain = Literal["slope", "valley", "saddle", "flat", "not finite"]


def hessian(config: TrainConfig, parameters: Array) -> Array:
    """Second derivatives of E = ½ Σ (ŷ - t)² by every pair of parameters; shape (P, P).

    On one row the parameters w act through z, the output's pre-activation, alone. So
    the chain rule, used twice, gives with E(z) = ½ (σ(z) - t)²::

        H = Σ_rows E″(z) ∇z ∇zᵀ + E′(z) ∇²z
        E′ = (ŷ - t) ŷ′        E″ = ŷ′² + (ŷ - t) ŷ′ (1 - 2 ŷ)        ŷ′ = ŷ (1 - ŷ)

    Let u be the weight or bias of unit h for the input x, which is 1 for a bias, v the
    weight from h to the output, and c the output's bias. From z = Σ_h v h + c and
    h = σ(Σ u x)::

        ∂z/∂u = v h′ x        ∂z/∂v = h        ∂z/∂c = 1

    and as no two units meet before z, only pairs of the same unit are left in ∇²z::

        ∂²z/∂u_i ∂u_k = v h″ x_i x_k        ∂²z/∂u ∂v = h′ x        h″ = h′ (1 - 2 h)

    Source: Bishop, "Exact calculation of the Hessian matrix for the multilayer
    perceptron", Neural Computation 4 (1992).

    Parameters
    ----------
    config
        The network and its targets.
    parameters
        Flat parameters of the state, shape (P,); see `network.Layers`.

    Returns
    -------
    The matrix, exactly symmetric, in the order of `parameters`; not finite where the
    numbers on the way are not.
    """
    step = open_step(config, parameters, 0)
    units = np.arange(config.hidden_size)
    out_of = 2 * config.hidden_size + units
    into = np.array([units, config.hidden_size + units])
    inputs = INPUTS
    if config.biases:
        into = np.vstack([into, out_of + config.hidden_size])
        inputs = np.hstack([INPUTS, np.ones((4, 1))])
    v = step.layers.weights_output[:, 0]
    derivative, derivative_output = step.derivative_hidden, step.derivative_output
    with np.errstate(over="ignore", invalid="ignore"):
        gradient_z = np.ones((4, parameters.size))
        gradient_z[:, into] = inputs[:, :, np.newaxis] * (v * derivative)[:, np.newaxis, :]
        gradient_z[:, out_of] = step.hidden
        second = derivative_output**2 + step.delta_output * (1 - 2 * step.output)
        bend = step.delta_output[:, np.newaxis] * v * derivative * (1 - 2 * step.hidden)

        # Half of the matrix: with its transpose every entry is whole.
        half = gradient_z.T @ (0.5 * second[:, np.newaxis] * gradient_z)
        half[into, out_of] += inputs.T @ (step.delta_output[:, np.newaxis] * derivative)
        for unit in units:
            half[np.ix_(into[:, unit], into[:, unit])] += (
                0.5 * inputs.T @ (bend[:, unit, np.newaxis] * inputs)
            )
        return half + half.T


@dataclass(frozen=True)
class Curvature:
    """How the loss curves around a state.

    Attributes
    ----------
    eigenvalues
        Those of the Hessian, ascending; empty where it is not finite.
    negative, flat, positive
        How many there are of each.
    least
        Eigenvalues closer to 0 than this are flat.
    sharpness
        Learning rate × largest eigenvalue. Gradient descent along that eigenvector
        multiplies the distance to its minimum by 1 minus this: above 2 it overshoots by
        more than it came from.
    slight
        How many of the flat ones curve down nevertheless.
    terrain
        A slope, where the loss falls on at once. Else a saddle, where the loss curves
        down along some direction, however slightly; a slope again, where the loss is
        known to move on; a valley, where it curves up along some direction and down along
        none; and flat, where it curves along none.
    """

    eigenvalues: tuple[float, ...]
    negative: int
    flat: int
    positive: int
    least: float
    slight: int
    sharpness: float
    terrain: Terrain

    @property
    def down(self) -> int:
        """How many directions curve down, however slightly."""
        return self.negative + self.slight


def curvature(
    config: TrainConfig, parameters: Array, epochs: int | None = None, moves_on: bool = False
) -> Curvature:
    """Tell how the loss curves around a state, as far as so many epochs can notice.

    Along an eigenvector of eigenvalue λ one epoch multiplies the distance to the
    stationary point by 1 - rate · λ, and all epochs by about e^(-rate · λ · epochs). Where
    rate · |λ| · epochs < 1 they hardly notice the curvature: the direction is flat to
    them, as are those which keep the outputs as they are and have λ = 0 but for `ROUNDING`.

    The loss falls by about rate · |gradient|² in an epoch. It falls on at once where that,
    times the epochs of the run, or |gradient|² · `DISTANCE`, is more than `SMALL` of the loss.

    A valley need hold no minimum: wherever tried, its floor leads on to infinite weights.
    For XOR and two hidden units with biases a strictly falling path leads from every
    finite state to a loss of 0 (Sprinkhuizen-Kuyper and Boers, "The local minima of the
    error surface of the 2-2-1 XOR network", Annals of Mathematics and Artificial
    Intelligence 25 (1999)).

    Parameters
    ----------
    config
        The run.
    parameters
        The state, shape (P,).
    epochs
        All that were trained and looked on; those of the run if none.
    moves_on
        Whether training on changed the loss by more than `SMALL` of it.
    """
    step = open_step(config, parameters, config.epochs)
    matrix = hessian(config, parameters)
    if not (np.isfinite(matrix).all() and np.isfinite(step.gradients).all()):
        nan = float("nan")
        return Curvature((), 0, 0, 0, nan, 0, nan, "not finite")
    eigenvalues = np.linalg.eigvalsh(matrix).astype(np.float64)
    rounding = ROUNDING * max(1.0, float(np.abs(eigenvalues).max()))
    least = max(rounding, 1 / (step.learning_rate * (epochs or config.epochs)))
    negative = int((eigenvalues < -least).sum())
    positive = int((eigenvalues > least).sum())
    flat = parameters.size - negative - positive
    with np.errstate(over="ignore"):
        sharpness = float(step.learning_rate * eigenvalues[-1])
        distance = max(step.learning_rate * config.epochs, DISTANCE)
        fall = distance * float(step.gradients @ step.gradients)
    falls = fall > SMALL * 0.5 * float(step.error @ step.error)
    slight = int((eigenvalues < -rounding).sum()) - negative
    terrain = _terrain(falls, negative + slight, positive, moves_on)
    listed = tuple(eigenvalues.tolist())
    return Curvature(listed, negative, flat, positive, least, slight, sharpness, terrain)


def _terrain(falls: bool, negative: int, positive: int, moves_on: bool) -> Terrain:
    if falls:
        return "slope"
    if negative:
        return "saddle"
    if moves_on:
        return "slope"
    return "valley" if positive else "flat"
