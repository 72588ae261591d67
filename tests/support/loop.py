"""The notebook's loop once more, which keeps the outputs of every state it passes."""

from dataclasses import dataclass

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.network import Array


@dataclass(frozen=True)
class Way:
    """What the loop passes: outputs of every state, shape (epochs + 1, 4), and single states."""

    outputs: Array
    parameters: dict[int, Array]

    def losses(self, targets: str) -> Array:
        """½ Σ error² of every state."""
        errors = self.outputs - [int(target) for target in targets]
        losses: Array = 0.5 * (errors**2).sum(axis=1)
        return losses

    def right(self, targets: str) -> Array:
        """Whether each prediction is on its target's side of 0.5, as the outputs' shape."""
        return np.where(
            [target == "1" for target in targets], self.outputs > 0.5, self.outputs < 0.5
        )


def walk(config: TrainConfig, epochs: int, *kept: int) -> Way:
    """Train a run without edits by the notebook's loop, and keep the parameters of these states."""
    inputs = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    targets = np.array([[float(target)] for target in config.targets])
    rate, size = config.learning_rate, config.hidden_size
    generator = np.random.RandomState(config.seed)
    into, out = generator.uniform(size=(2, size)), generator.uniform(size=(size, 1))
    biases = [np.zeros(size), np.zeros(1)] if config.biases else []
    outputs, parameters = np.empty((epochs + 1, 4, 1)), {}
    with np.errstate(over="ignore"):
        for state in range(epochs + 1):
            if state in kept:
                parameters[state] = np.concatenate([into.ravel(), out.ravel(), *biases])
            z = inputs.dot(into)
            hidden = 1 / (1 + np.exp(-(z + biases[0] if biases else z)))
            z = hidden.dot(out)
            output = 1 / (1 + np.exp(-(z + biases[1] if biases else z)))
            outputs[state] = output
            delta_output = (targets - output) * (output * (1 - output))
            delta_hidden = delta_output.dot(out.T) * (hidden * (1 - hidden))
            out = out + hidden.T.dot(delta_output) * rate
            into = into + inputs.T.dot(delta_hidden) * rate
            if biases:
                deltas = (delta_hidden, delta_output)
                biases = [b + d.sum(axis=0) * rate for b, d in zip(biases, deltas, strict=True)]
    return Way(outputs[..., 0], parameters)
