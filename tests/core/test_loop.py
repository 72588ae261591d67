"""A run with a mistake: each by a loop written here, and to the last bit wherever it is read."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from tests.support.runs import runs, trained
from xorviz.core.batch import Batch
from xorviz.core.catalogue import MISTAKE_NAMES, MISTAKES, WAYS
from xorviz.core.config import TrainConfig
from xorviz.core.fields import ConfigError
from xorviz.core.lines import LINES
from xorviz.core.loop import write
from xorviz.core.network import Array, Layers
from xorviz.core.recording import record
from xorviz.core.reference import reference_run
from xorviz.core.side_by_side import record_many
from xorviz.core.trainer import Trainer

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
T = np.array([0.0, 1.0, 1.0, 0.0])


def config_of(name: str, **settings: Any) -> TrainConfig:
    """A run with a mistake, with biases where it needs some."""
    biases = name.startswith("bias-")
    return TrainConfig(**{"biases": biases, "epochs": 300, "mistake": name} | settings)


def step(
    name: str, w: Array, v: Array, b: Array, c: float, rate: float, old: list[Any]
) -> list[Any]:
    """One update with a mistake, unit by unit and row by row: w (2, H), v (H,), b (H,), c."""

    def squash(z: float) -> float:
        return float(1 / (1 + np.exp(-z)))

    def slope(a: float) -> float:
        return a * (1 - a)

    units = range(len(v))
    dw, dv, db, dc = np.zeros_like(w), np.zeros_like(v), np.zeros_like(b), 0.0
    targets = np.roll(T, 1) if name == "shifted-targets" else T
    rows = [(x, t) for x, t in zip(X, targets, strict=True)]
    forward = []
    for x, t in rows:
        z = [x[0] * w[0, j] + x[1] * w[1, j] + b[j] for j in units]
        h = [squash(one) for one in z]
        s = sum(h[j] * v[j] for j in units) + c
        y = s if name == "no-sigmoid-output" else squash(s)
        e = t - y
        d = e * (slope(squash(y)) if name == "double-sigmoid-output" else slope(y))
        if name in ("no-derivative-output", "no-derivatives", "no-sigmoid-output"):
            d = e
        if name == "rounded-deltas":
            d = float(np.round(d, 3))
        forward.append((x, z, h, y, e, d))
    last = len(forward) - 1
    early = v.copy()
    for _, _, h, _, _, d in forward:
        for j in units:
            early[j] += rate * h[j] * d
    for row, (x, z, h, y, e, d) in enumerate(forward):
        if name == "last-row-only" and row != last:
            continue
        for j in units:
            back = d * (early if name == "early-output-update" else v)[j]
            if name == "error-not-delta":
                back = e * v[j]
            if name == "activations-backwards":
                back = y * v[j]
            if name == "no-weights-backwards":
                back = d
            g = back * slope(squash(h[j]) if name == "double-sigmoid-hidden" else h[j])
            if name == "wrong-layer-derivative":
                g = back * slope(y)
            if name in ("no-derivative-hidden", "no-derivatives"):
                g = back
            if name == "rounded-deltas":
                g = float(np.round(g, 3))
            source = h if name == "wrong-layer-activation" else x
            dw[0, j] += source[0] * g
            dw[1, j] += source[1] * g
            dv[j] += (z[j] if name == "preactivation-in-gradient" else h[j]) * d
            db[j] += d if name == "bias-wrong-delta" else g
        dc += d
    if name == "gradients-not-reset":
        dw, dv, db, dc = (one + before for one, before in zip((dw, dv, db, dc), old, strict=True))
    old[:] = dw, dv, db, dc
    out = {"no-rate-output": 1, "rate-twice": rate**2, "hidden-layer-only": 0}.get(name, rate)
    hid = {"no-rate-hidden": 1, "rate-twice": rate**2, "output-layer-only": 0}.get(name, rate)
    out *= -1 if name in ("sign-output", "sign-both") else 1
    hid *= -1 if name in ("sign-hidden", "sign-both") else 1
    bias = {"bias-not-updated": 0, "bias-sign": -1}.get(name, 1)
    return [w + hid * dw, v + out * dv, b + bias * hid * db, c + bias * out * dc]


def by_hand(config: TrainConfig) -> Array:
    """The final parameters of a run by `step`."""
    start = Layers(trained(config).parameters[0], config.hidden_size)
    w, v = start.weights_hidden.copy(), start.weights_output[:, 0].copy()
    b, c = np.zeros(config.hidden_size), 0.0
    old: list[Any] = [np.zeros_like(w), np.zeros_like(v), np.zeros_like(b), 0.0]
    for _ in range(config.epochs):
        w, v, b, c = step(config.mistake, w, v, b, c, config.learning_rate, old)
        if not config.biases:
            b, c = np.zeros(config.hidden_size), 0.0
    return np.concatenate([w.ravel(), v, *([b, [c]] if config.biases else [])])


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("name", MISTAKE_NAMES)
def test_each_mistake_is_what_a_loop_over_rows_and_units_makes_of_it(
    name: str, biases: bool
) -> None:
    if not biases and name.startswith("bias-"):
        biases = True
    config = config_of(name, biases=biases, learning_rate=0.7, epochs=5, seed=3)
    np.testing.assert_allclose(trained(config).final.flat, by_hand(config), rtol=0, atol=1e-12)


@settings(max_examples=60)
@given(config=runs(mistakes=True))
def test_a_recorded_run_with_a_mistake_is_the_references_to_the_last_bit(
    config: TrainConfig,
) -> None:
    recording, outcome = trained(config), reference_run(config)
    assert outcome.parameters.tobytes() == recording.final.flat.tobytes()
    assert outcome.predictions.tobytes() == recording.predictions[-2].tobytes()


@pytest.mark.parametrize("name", MISTAKE_NAMES)
def test_every_state_of_a_run_with_a_mistake_is_restored_to_the_last_bit(name: str) -> None:
    recording, trainer = trained(config_of(name)), Trainer(config_of(name))
    assert len(recording.epochs) < 301
    for epoch in range(301):
        assert recording.state(epoch).tobytes() == trainer.parameters.tobytes()
        assert recording.predictions[epoch].tobytes() == trainer.predict().tobytes()
        trainer.step()


def test_runs_with_mistakes_are_recorded_beside_others_as_alone() -> None:
    configs = [TrainConfig(epochs=50), *(config_of(name, epochs=50) for name in MISTAKE_NAMES)]
    for config, recording in zip(configs, record_many(configs), strict=True):
        assert recording.parameters.tobytes() == record(config).parameters.tobytes()


def test_a_batch_takes_no_mistake() -> None:
    with pytest.raises(ValueError, match="by itself"):
        Batch([TrainConfig(), config_of("sign-output")])


def test_no_two_mistakes_train_alike_and_none_as_the_right_loop() -> None:
    configs = [config_of(name, biases=True, epochs=2) for name in ("", *MISTAKE_NAMES)]
    assert len({trained(config).final.flat.tobytes() for config in configs}) == len(configs)


@pytest.mark.parametrize("entry", [*MISTAKES, *WAYS], ids=lambda entry: entry.name)
def test_an_entry_changes_lines_of_the_loop_and_says_why(entry: Any) -> None:
    for change in (entry.change, *entry.also):
        assert {*change.lines, *(change.first or ())} <= {*LINES}
        assert write(change, biases=True) != write(type(change)(), biases=True)
    assert entry.title
    assert entry.reason.endswith(".")
    assert entry.source.startswith("https://") or not entry.source


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (
            lambda: TrainConfig(mistake="bias-sign"),
            "Mistake must be one that a network with 2 hidden units and no biases can have, "
            "not 'bias-sign'",
        ),
        (
            lambda: TrainConfig(hidden_size=3, biases=True, mistake="wrong-layer-activation"),
            "Mistake must be one that a network with 3 hidden units can have, "
            "not 'wrong-layer-activation'",
        ),
        (
            lambda: replace(TrainConfig(mistake="wrong-layer-activation"), hidden_size=1),
            "Mistake must be one that a network with 1 hidden unit and no biases can have, "
            "not 'wrong-layer-activation'",
        ),
    ],
)
def test_a_mistake_that_the_network_can_not_have_is_refused(
    make: Callable[[], TrainConfig], sentence: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        make()
    assert str(caught.value) == sentence
