"""A program in plain Python: lists, and loops over rows and units; it draws weights of its own."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from math import exp
from random import Random

from tests.support.programs.protocol import State

INPUTS = [[0, 0], [0, 1], [1, 0], [1, 1]]


def train(
    seed: int,
    learning_rate: float,
    hidden_size: int,
    epochs: int,
    biases: bool,
    wrong: AbstractSet[str] = frozenset(),
    online: bool = False,
) -> Iterator[State]:
    """Train; `online` updates after each row."""
    program = Program(seed, learning_rate, hidden_size, biases, wrong)
    yield program.state()
    for _ in range(epochs):
        try:
            for rows in [[0], [1], [2], [3]] if online else [range(4)]:
                program.update(rows)
        except OverflowError:
            return
        yield program.state()


def sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x)) if x > -700 else 0.0


def derivative(y: float) -> float:
    return y * (1 - y)


class Program:
    def __init__(
        self, seed: int, rate: float, size: int, biases: bool, wrong: AbstractSet[str]
    ) -> None:
        random = Random(seed)
        self.w_in = [[random.uniform(-1, 1) for _ in range(size)] for _ in range(2)]
        self.w_out = [random.uniform(-1, 1) for _ in range(size)]
        self.b_in, self.b_out = [0.0] * size, 0.0
        self.rate, self.units, self.biases, self.wrong = rate, range(size), biases, wrong
        self.targets = [0, 0, 1, 1] if "shifted-targets" in wrong else [0, 1, 1, 0]
        self.reset()

    def state(self) -> State:
        weights = ([row[:] for row in self.w_in], [[w] for w in self.w_out])
        return (*weights, self.b_in[:], [self.b_out]) if self.biases else weights

    def reset(self) -> None:
        self.sum_in = [[0.0 for _ in self.units] for _ in range(2)]
        self.sum_out = [0.0 for _ in self.units]
        self.sum_b_in, self.sum_b_out = [0.0 for _ in self.units], 0.0

    def update(self, rows: Sequence[int]) -> None:
        self.rows = rows
        self.forward()
        if "gradients-not-reset" not in self.wrong:
            self.reset()
        self.output_layer()
        if "early-output-update" in self.wrong:
            self.update_output()
        self.hidden_layer()
        if "early-output-update" not in self.wrong:
            self.update_output()
        self.update_hidden()

    def forward(self) -> None:
        self.z = [
            [x1 * self.w_in[0][j] + x2 * self.w_in[1][j] + self.b_in[j] for j in self.units]
            for x1, x2 in INPUTS
        ]
        self.h = [[sigmoid(z) for z in row] for row in self.z]
        self.y = []
        for row in self.h:
            z = self.b_out
            for j in self.units:
                z += row[j] * self.w_out[j]
            self.y.append(z if "no-sigmoid-output" in self.wrong else sigmoid(z))

    def output_layer(self) -> None:
        self.errors = [t - y for t, y in zip(self.targets, self.y, strict=True)]
        if "sign-both" in self.wrong:
            self.errors = [-error for error in self.errors]
        self.deltas = [
            self.rounded(error * self.output_derivative(y))
            for error, y in zip(self.errors, self.y, strict=True)
        ]
        for r in self.rows:
            if "last-row-only" in self.wrong:
                self.sum_out, self.sum_b_out = [0.0 for _ in self.units], 0.0
            source = self.z[r] if "preactivation-in-gradient" in self.wrong else self.h[r]
            for j in self.units:
                self.sum_out[j] += source[j] * self.deltas[r]
            self.sum_b_out += self.deltas[r]

    def output_derivative(self, y: float) -> float:
        if self.wrong & {"no-derivative-output", "no-derivatives", "no-sigmoid-output"}:
            return 1
        return derivative(sigmoid(y) if "double-sigmoid-output" in self.wrong else y)

    def hidden_layer(self) -> None:
        for r in self.rows:
            if "last-row-only" in self.wrong:
                self.sum_in = [[0.0 for _ in self.units] for _ in range(2)]
                self.sum_b_in = [0.0 for _ in self.units]
            source = self.h[r] if "wrong-layer-activation" in self.wrong else INPUTS[r]
            for j in self.units:
                delta = self.rounded(self.sent_back(r, j) * self.hidden_derivative(r, j))
                for i in range(2):
                    self.sum_in[i][j] += source[i] * delta
                wrong_delta = "bias-wrong-delta" in self.wrong
                self.sum_b_in[j] += self.deltas[r] if wrong_delta else delta

    def sent_back(self, r: int, j: int) -> float:
        sent = self.deltas[r]
        if "error-not-delta" in self.wrong:
            sent = self.errors[r]
        if "activations-backwards" in self.wrong:
            sent = self.y[r]
        return sent if "no-weights-backwards" in self.wrong else sent * self.w_out[j]

    def hidden_derivative(self, r: int, j: int) -> float:
        if self.wrong & {"no-derivative-hidden", "no-derivatives"}:
            return 1
        if "wrong-layer-derivative" in self.wrong:
            return derivative(self.y[r])
        h = self.h[r][j]
        return derivative(sigmoid(h) if "double-sigmoid-hidden" in self.wrong else h)

    def rounded(self, delta: float) -> float:
        return round(delta, 3) if "rounded-deltas" in self.wrong else delta

    def update_output(self) -> None:
        if "hidden-layer-only" in self.wrong:
            return
        rate = self.layer_rate("output")
        for j in self.units:
            self.w_out[j] += rate * self.sum_out[j]
        self.b_out += self.bias_rate() * self.sum_b_out

    def update_hidden(self) -> None:
        if "output-layer-only" in self.wrong:
            return
        rate = self.layer_rate("hidden")
        for j in self.units:
            for i in range(2):
                self.w_in[i][j] += rate * self.sum_in[i][j]
            self.b_in[j] += self.bias_rate() * self.sum_b_in[j]

    def layer_rate(self, layer: str) -> float:
        rate = 1 if f"no-rate-{layer}" in self.wrong else self.rate
        rate = rate * self.rate if "rate-twice" in self.wrong else rate
        return -rate if f"sign-{layer}" in self.wrong else rate

    def bias_rate(self) -> float:
        if not self.biases or "bias-not-updated" in self.wrong:
            return 0
        return -self.rate if "bias-sign" in self.wrong else self.rate
