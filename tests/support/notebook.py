"""The notebook's own loop, its operations in its order: the reference for the trainer."""

from functools import cache
from typing import Final

import numpy as np

from xorviz.core.network import Array

PRINTED_LOSSES = {
    1000: 0.39557039180027914,
    2000: 0.268978650120054,
    3000: 0.20877501367079165,
    4000: 0.17388635703099511,
    5000: 0.15095324126862225,
    6000: 0.13460178571028433,
    7000: 0.12227213430243797,
    8000: 0.11258998461667526,
    9000: 0.10475002443046719,
    10000: 0.09824792584007563,
}
PRINTED_WEIGHTS_HIDDEN = [[0.90571962, 7.32475086], [0.90572643, 7.32731531]]
PRINTED_WEIGHTS_OUTPUT = [[-27.46354604], [21.74964594]]
PRINTED_PREDICTIONS = [[0.05432736], [0.89823995], [0.89824011], [0.13514441]]
HALF_A_PRINTED_DIGIT = 0.5e-8 + 1e-9
NOTEBOOK: Final = r"""
import numpy as np

# Activation function: Sigmoid
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

# Derivative of the sigmoid function
def sigmoid_derivative(x):
    return x * (1 - x)

# Training data
inputs = np.array([[0, 0],
                   [0, 1],
                   [1, 0],
                   [1, 1]])

outputs = np.array([[0], [1], [1], [0]])

# Set random seed for reproducibility
np.random.seed(42)

# Initialize weights randomly with mean 0
input_layer_neurons = 2
hidden_layer_neurons = 2
output_neurons = 1

weights_input_hidden = np.random.uniform(size=(input_layer_neurons, hidden_layer_neurons))
weights_hidden_output = np.random.uniform(size=(hidden_layer_neurons, output_neurons))

# Learning rate
learning_rate = 0.5

# Number of iterations
epochs = 10000

# Training process
for epoch in range(epochs):
    # Forward propagation
    hidden_layer_activation = np.dot(inputs, weights_input_hidden)
    hidden_layer_output = sigmoid(hidden_layer_activation)

    final_layer_activation = np.dot(hidden_layer_output, weights_hidden_output)
    predicted_output = sigmoid(final_layer_activation)

    # Compute the error
    error = outputs - predicted_output

    # Backpropagation
    d_predicted_output = error * sigmoid_derivative(predicted_output)

    error_hidden_layer = d_predicted_output.dot(weights_hidden_output.T)
    d_hidden_layer = error_hidden_layer * sigmoid_derivative(hidden_layer_output)

    # Updating the weights
    weights_hidden_output += hidden_layer_output.T.dot(d_predicted_output) * learning_rate
    weights_input_hidden += inputs.T.dot(d_hidden_layer) * learning_rate

    if (epoch + 1) % 1000 == 0:
        loss = np.mean(np.abs(error))
        print(f'Epoch {epoch + 1}, Loss: {loss}')

# Testing the trained neural network
print("Final weights between input and hidden layers: \n", weights_input_hidden)
print("Final weights between hidden and output layers: \n", weights_hidden_output)
print("Predicted outputs after training: \n", predicted_output)
"""
"""Its code as it is written."""
OUTPUT = "\n".join(
    [
        *(f"Epoch {epoch}, Loss: {loss}" for epoch, loss in PRINTED_LOSSES.items()),
        "Final weights between input and hidden layers: ",
        f" {np.array(PRINTED_WEIGHTS_HIDDEN)}",
        "Final weights between hidden and output layers: ",
        f" {np.array(PRINTED_WEIGHTS_OUTPUT)}",
        "Predicted outputs after training: ",
        f" {np.array(PRINTED_PREDICTIONS)}",
    ]
)
"""All that it prints."""


@cache
def notebook_run(
    seed: int, learning_rate: float, hidden_size: int, epochs: int
) -> tuple[list[tuple[int, float]], Array, Array, Array]:
    """Return the printed (epoch, loss) pairs, both final weights and the last predictions."""
    inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    outputs = np.array([[0], [1], [1], [0]])
    generator = np.random.RandomState(seed)
    weights_input_hidden = generator.uniform(size=(2, hidden_size))
    weights_hidden_output = generator.uniform(size=(hidden_size, 1))
    printed = []
    with np.errstate(over="ignore"):
        for epoch in range(epochs):
            hidden_layer_output = _sigmoid(np.dot(inputs, weights_input_hidden))
            predicted_output = _sigmoid(np.dot(hidden_layer_output, weights_hidden_output))

            error = outputs - predicted_output
            d_predicted_output = error * _sigmoid_derivative(predicted_output)
            error_hidden_layer = d_predicted_output.dot(weights_hidden_output.T)
            d_hidden_layer = error_hidden_layer * _sigmoid_derivative(hidden_layer_output)

            weights_hidden_output += hidden_layer_output.T.dot(d_predicted_output) * learning_rate
            weights_input_hidden += inputs.T.dot(d_hidden_layer) * learning_rate

            if (epoch + 1) % 1000 == 0:
                printed.append((epoch + 1, float(np.mean(np.abs(error)))))
    return printed, weights_input_hidden, weights_hidden_output, predicted_output


def _sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def _sigmoid_derivative(x: Array) -> Array:
    return x * (1 - x)
