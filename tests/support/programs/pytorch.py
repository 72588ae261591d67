"""Programs that need PyTorch: its tensors by hand, and its modules, losses and optimisers."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Final

import numpy as np

from tests.support.programs import tensors
from tests.support.programs.protocol import State, Train

try:
    import torch
except ImportError:
    torch = None

MISTAKES: Final = frozenset(
    {
        "no-derivative-output",
        "output-layer-only",
        "hidden-layer-only",
        "gradients-not-reset",
        "last-row-only",
        "shifted-targets",
        "no-sigmoid-output",
        "sign-both",
        "no-rate-output",
        "no-rate-hidden",
        "rate-twice",
        "bias-not-updated",
    }
)
"""The mistakes that can be made with `torch.nn` and `torch.optim`."""


def by_hand() -> Train:
    return partial(tensors.train, xp=torch)


def train(
    seed: int,
    learning_rate: float,
    hidden_size: int,
    epochs: int,
    biases: bool,
    wrong: AbstractSet[str] = frozenset(),
    dtype: str = "float64",
    reduction: str = "half",
) -> Iterator[State]:
    """Train a `torch.nn.Sequential`; `reduction` is that of the loss: half, sum or mean."""
    number = getattr(torch, dtype)
    draw = np.random.RandomState(seed).uniform
    hidden = torch.nn.Linear(2, hidden_size, bias=biases, dtype=number)
    output = torch.nn.Linear(hidden_size, 1, bias=biases, dtype=number)
    with torch.no_grad():
        hidden.weight.copy_(torch.tensor(draw(size=(2, hidden_size)).T.copy()))
        output.weight.copy_(torch.tensor(draw(size=(hidden_size, 1)).T.copy()))
        for layer in (hidden, output):
            _ = layer.bias.zero_() if biases else None
    linear = bool(wrong & {"no-sigmoid-output", "no-derivative-output"})
    ends = [torch.nn.Identity() if linear else torch.nn.Sigmoid()]
    model = torch.nn.Sequential(hidden, torch.nn.Sigmoid(), output, *ends)
    x = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=number)
    y = torch.tensor([[0], [1], [1], [0]], dtype=number)
    y = y.roll(1, 0) if "shifted-targets" in wrong else y
    optimiser = torch.optim.SGD(groups(hidden, output, learning_rate, wrong), lr=learning_rate)

    def state() -> State:
        weights = (hidden.weight.detach().T.numpy().copy(), output.weight.detach().T.numpy().copy())
        if not biases:
            return weights
        return (*weights, hidden.bias.detach().numpy().copy(), output.bias.detach().numpy().copy())

    yield state()
    for _ in range(epochs):
        if "gradients-not-reset" not in wrong:
            optimiser.zero_grad()
        predicted = model(x)
        if "no-derivative-output" in wrong:
            each = torch.nn.functional.binary_cross_entropy_with_logits(
                predicted, y, reduction="none"
            )
        else:
            each = (predicted - y) ** 2 * (0.5 if reduction == "half" else 1)
        each = each[-1:] if "last-row-only" in wrong else each
        loss = each.mean() if reduction == "mean" else each.sum()
        (-loss if "sign-both" in wrong else loss).backward()
        optimiser.step()
        yield state()


def groups(
    hidden: "torch.nn.Linear", output: "torch.nn.Linear", rate: float, wrong: AbstractSet[str]
) -> list[dict[str, object]]:
    """The optimiser's parameters, without those that are never updated."""
    found: list[dict[str, object]] = []
    for layer, name, other in ((hidden, "hidden", "output"), (output, "output", "hidden")):
        if f"{other}-layer-only" not in wrong:
            size = rate * rate if "rate-twice" in wrong else rate
            size = 1.0 if f"no-rate-{name}" in wrong else size
            kept = [layer.weight] if "bias-not-updated" in wrong else list(layer.parameters())
            found.append({"params": kept, "lr": size})
    return found
