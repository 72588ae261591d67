"""Lines: the body of the notebook's training loop, line by line, in the notebook's own names.

The lines that are shown are those that are executed: see `loop`. The lines of biases are left
out of a network that has none.
"""

from typing import Final

SUM_HIDDEN: Final = "hidden_layer_activation = np.dot(inputs, weights_input_hidden)"
ADD_BIASES_HIDDEN: Final = "hidden_layer_activation += biases_hidden"
HIDDEN: Final = "hidden_layer_output = sigmoid(hidden_layer_activation)"
SUM_OUTPUT: Final = "final_layer_activation = np.dot(hidden_layer_output, weights_hidden_output)"
ADD_BIASES_OUTPUT: Final = "final_layer_activation += biases_output"
OUTPUT: Final = "predicted_output = sigmoid(final_layer_activation)"
ERROR: Final = "error = outputs - predicted_output"
DELTA_OUTPUT: Final = "d_predicted_output = error * sigmoid_derivative(predicted_output)"
ERROR_HIDDEN: Final = "error_hidden_layer = d_predicted_output.dot(weights_hidden_output.T)"
DELTA_HIDDEN: Final = (
    "d_hidden_layer = error_hidden_layer * sigmoid_derivative(hidden_layer_output)"
)
UPDATE_OUTPUT: Final = (
    "weights_hidden_output += hidden_layer_output.T.dot(d_predicted_output) * learning_rate"
)
UPDATE_HIDDEN: Final = "weights_input_hidden += inputs.T.dot(d_hidden_layer) * learning_rate"
UPDATE_BIASES_OUTPUT: Final = "biases_output += d_predicted_output.sum(axis=0) * learning_rate"
UPDATE_BIASES_HIDDEN: Final = "biases_hidden += d_hidden_layer.sum(axis=0) * learning_rate"

BODY: Final = (
    "# Forward propagation",
    SUM_HIDDEN,
    ADD_BIASES_HIDDEN,
    HIDDEN,
    "",
    SUM_OUTPUT,
    ADD_BIASES_OUTPUT,
    OUTPUT,
    "",
    "# Compute the error",
    ERROR,
    "",
    "# Backpropagation",
    DELTA_OUTPUT,
    "",
    ERROR_HIDDEN,
    DELTA_HIDDEN,
    "",
    "# Updating the weights",
    UPDATE_OUTPUT,
    UPDATE_HIDDEN,
    UPDATE_BIASES_OUTPUT,
    UPDATE_BIASES_HIDDEN,
)
"""The whole body, with the notebook's comments and empty lines."""
LINES: Final = tuple(line for line in BODY if line and not line.startswith("#"))

BIAS_LINES: Final = frozenset(
    {ADD_BIASES_HIDDEN, ADD_BIASES_OUTPUT, UPDATE_BIASES_OUTPUT, UPDATE_BIASES_HIDDEN}
)
