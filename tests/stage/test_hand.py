"""A state held by hand, as Python packs it: its numbers, and its handles."""

import numpy as np
import pytest

from tests.support.payload import unpack
from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.hand import Move, descending, hold
from xorviz.core.network import Array
from xorviz.stage.frames import draw_moving
from xorviz.stage.hand import Handles, handles, pack_hand
from xorviz.stage.payload import pack
from xorviz.stage.scene import run_id
from xorviz.step.step import Step, open_step

RUN = TrainConfig(seed=7, hidden_size=2, epochs=50, biases=True)


def step_from(state: Array, config: TrainConfig = RUN) -> Step:
    return open_step(descending(config, 7), state, 7)


def handles_of(values: list[float]) -> Handles:
    return handles(step_from(np.array(values), TrainConfig()))


def test_without_a_move_the_state_is_the_runs_own() -> None:
    recording = trained(RUN)
    came = unpack(pack_hand(recording, step_from(recording.state(7)), 0))
    drawn = unpack(pack(draw_moving(recording, recording.around(7))))
    assert {name: str(came[name]) for name in drawn} == {n: str(v) for n, v in drawn.items()}
    assert (came["id"], came["count"], came["counts"]) == (run_id(RUN), 0, None)


def test_after_moves_the_numbers_are_those_of_the_weights_and_the_sentences_say_so() -> None:
    recording = trained(RUN)
    held = hold(RUN, recording.state(7), 7, [Move("x1 → h1", 3.0)])
    step = step_from(held)
    came = unpack(pack_hand(recording, step, 1))
    assert came["handles"]["values"].tobytes() == held.tobytes()
    assert came["handles"]["updates"].tobytes() == step.updates.tobytes()
    predictions = [readout["values"][0] for readout in came["readouts"][2:]]
    assert predictions == step.output.astype(np.float32).tolist()
    assert len(came["counts"]) == 5
    texts = {name: sentence["text"] for name, sentence in came["sentences"].items()}
    playhead = texts.pop("playhead")
    assert playhead.startswith("weights set by hand at epoch {epoch}: ")
    assert all(text.startswith("With weights set by hand at epoch ") for text in texts.values())


def test_handles_are_sorted_by_unit_and_the_outputs_bias_is_last() -> None:
    names = step_from(trained(RUN).state(7)).names
    grouped = handles(step_from(trained(RUN).state(7))).groups
    assert [(unit, [names[index] for index in indices]) for unit, indices in grouped] == [
        ("h1", ["x1 → h1", "x2 → h1", "h1 → ŷ", "1 → h1"]),
        ("h2", ["x1 → h2", "x2 → h2", "h2 → ŷ", "1 → h2"]),
        ("ŷ", ["1 → ŷ"]),
    ]


@pytest.mark.parametrize(
    ("largest", "reach", "decimals"),
    [(0.5, 10, 2), (8, 10, 2), (8.1, 20, 2), (-30, 50, 2), (60, 100, 1), (999, 1000, 0)],
)
def test_a_handle_goes_farther_than_the_largest_weight(
    largest: float, reach: int, decimals: int
) -> None:
    made = handles_of([0.1, 0.2, largest, 0.3, 0.4, 0.5])
    assert (made.reach, made.decimals) == (reach, decimals)


def test_the_longest_arrow_is_seen_and_no_longer_than_a_quarter_of_the_way() -> None:
    for state in trained(TrainConfig(epochs=2000)).parameters[::40]:
        made = handles_of(state.tolist())
        share = np.abs(made.updates).max() * made.magnified / (2 * made.reach)
        assert 0.1 < share <= 0.25


def test_numbers_that_are_not_finite_have_handles_too() -> None:
    made = handles_of([np.nan, np.inf, -np.inf, 1.0, 2.0, 3.0])
    assert (made.reach, made.magnified) == (10, 500_000)
    assert not np.isfinite(made.updates).any()
    recording = trained(TrainConfig(epochs=50))
    assert pack_hand(recording, step_from(made.values, recording.config), 1)
