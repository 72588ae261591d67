"""Trainer: gradient descent, one full-batch epoch at a time."""

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.loop import Loop, change_of
from xorviz.core.names import LEARNING_RATE, parameter_names
from xorviz.core.network import Array, Network, initial_parameters
from xorviz.core.truth_table import target_column


class Trainer:
    """Steps a network. State k is the parameters after k updates; state 0 is the initial ones.

    Weights that the config edits at epoch k are part of state k. A learning rate that it sets
    at epoch k is the rate of the updates from state k on.

    Parameters
    ----------
    config
        The settings of the run.
    parameters
        Flat parameters to start from (see `network.Layers`); the notebook's initial ones if none.
    epoch
        Number of the state that these parameters belong to.
    kept
        The gradients that a mistake has kept up to this state (see `loop.Loop`); 0 if none.
    """

    def __init__(
        self,
        config: TrainConfig,
        parameters: Array | None = None,
        epoch: int = 0,
        kept: Array | None = None,
    ) -> None:
        if parameters is None:
            parameters = initial_parameters(config.seed, config.hidden_size, config.biases)
        self.epoch = epoch
        self.network = Network(parameters.copy(), config.hidden_size, config.biases)
        self._targets = target_column(config.targets)
        self._learning_rate = np.array(config.learning_rate_at(epoch))
        self._update = np.empty_like(parameters)
        self._edits = self._edits_by_epoch(config)
        self._loop = self._with_mistake(config, kept) if config.mistake else None
        if self.epoch == 0:
            self._edit()

    @property
    def parameters(self) -> Array:
        """A copy of the flat parameters of the current state."""
        return self.network.parameters.flat.copy()

    @property
    def kept(self) -> Array | None:
        """A copy of the gradients that a mistake has kept up to this state; None without one."""
        return self._loop.kept.copy() if self._loop and self._loop.keeps else None

    def step(self) -> None:
        """Run one epoch: forward, backward, and w ← w - learning_rate · ∂E/∂w.

        Afterwards the network's activations are those of the state before the
        update, as in the notebook.
        """
        self.run(1)

    def _step(self) -> None:
        network = self.network
        if self._loop:
            network.output[...] = self._loop.update(self._learning_rate)
        else:
            network.forward()
            network.backward(self._targets)
            np.multiply(network.gradients.flat, self._learning_rate, self._update)
            np.subtract(network.parameters.flat, self._update, network.parameters.flat)
        self.epoch += 1
        if self.epoch in self._edits:
            self._edit()

    def _edit(self) -> None:
        for target, value in self._edits.get(self.epoch, ()):
            target[...] = value

    def _with_mistake(self, config: TrainConfig, kept: Array | None) -> Loop:
        """The loop that makes the updates of a run with a mistake."""
        shape = config.hidden_size, config.biases, config.targets
        return Loop(change_of(config.mistake), self.network.parameters.flat, *shape, kept)

    def _edits_by_epoch(self, config: TrainConfig) -> dict[int, list[tuple[Array, float]]]:
        """Sort a run's edits by epoch: each is a view of the number to set, and its new value."""
        names = parameter_names(config.hidden_size, config.biases)
        flat = self.network.parameters.flat
        edits: dict[int, list[tuple[Array, float]]] = {}
        for epoch, parameter, value in config.edits:
            is_rate = parameter == LEARNING_RATE
            target = self._learning_rate if is_rate else flat[names.index(parameter), ...]
            edits.setdefault(epoch, []).append((target, value))
        return edits

    def run(self, epochs: int, predictions: Array | None = None) -> None:
        """Run that many epochs, exactly as so many calls of `step`.

        Parameters
        ----------
        epochs
            Number of epochs.
        predictions
            Memory for the predictions of the state before each update, shape
            (epochs, 4, 1); they are not kept if none is given.
        """
        seen = np.empty((epochs, 4, 1)) if predictions is None else predictions
        # Saturated units overflow e⁻ᶻ on the way to a correct 0. A run's verdict tells divergence.
        with np.errstate(over="ignore", invalid="ignore"):
            for row in seen:
                self._step()
                row[...] = self.network.output

    def predict(self) -> Array:
        """Predictions of the current state, shape (4, 1)."""
        with np.errstate(over="ignore", invalid="ignore"):
            if self._loop:
                return self._loop.predict()
            self.network.forward()
        return self.network.output.copy()
