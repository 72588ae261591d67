"""What each chart shows, in a sentence."""

import math

import numpy as np
import pytest

from tests.support.runs import trained
from xorviz.core.config import TrainConfig
from xorviz.core.frames import Frames
from xorviz.core.network import forward_pass
from xorviz.core.numbers import written
from xorviz.core.recording import Recording
from xorviz.sentences.charts import frame_sentences


def filled(recording: Recording, frames: Frames, frame: int) -> dict[str, str]:
    """Every sentence, with the numbers of a frame in its gaps as the stage writes them."""
    return {
        name: sentence.text.format(
            *(
                written(float(values[frame])) if values.dtype.kind == "f" else values[frame]
                for values in sentence.values
            ),
            epoch=f"{frames.epochs[frame]:,}",
        )
        for name, sentence in frame_sentences(recording, frames).items()
    }


def test_every_chart_is_described_by_the_numbers_of_its_epoch() -> None:
    recording = trained(TrainConfig())
    epoch = 1234
    frames = recording.around(epoch)
    weights, outputs = recording.state(epoch), recording.predictions[epoch]
    hidden = forward_pass(weights[np.newaxis], 2).hidden[0]
    (h1_low, h2_low), (h1_high, h2_high) = hidden.min(axis=0), hidden.max(axis=0)
    error, loss = recording.mean_abs_error, recording.half_squared_error[epoch]
    start = recording.state(0)
    told = filled(recording, frames, 0)
    assert told == {
        "playhead": f"epoch 1,234: mean absolute error {written(error[epoch])}, "
        f"loss {written(loss)}",
        "network": f"At epoch 1,234, {(weights > 0).sum()} of the 6 connections are positive; "
        f"the largest is {written(weights.max())} and the smallest {written(weights.min())}.",
        "surface": "At epoch 1,234 the output is "
        + ", ".join(
            f"{written(value)} for {row}"
            for value, row in zip(outputs, ("00", "01", "10", "11"), strict=True)
        )
        + "; 4 of the 4 are on their target's side of 0.5.",
        "loss": f"At epoch 1,234 the mean absolute error is {written(error[epoch])} and the loss "
        f"{written(loss)}; the error started at {written(error[0])}, and the lowest so far is "
        f"{written(error[: epoch + 1].min())}.",
        "weights": f"At epoch 1,234 the weights go from {written(weights.min())} to "
        f"{written(weights.max())}; they started between {written(start.min())} and "
        f"{written(start.max())}.",
        "hidden": "At epoch 1,234 the activations go, over the four inputs: "
        f"h1 from {written(h1_low)} to {written(h1_high)}, "
        f"h2 from {written(h2_low)} to {written(h2_high)}.",
    }


def test_a_description_tells_nothing_about_later_epochs() -> None:
    """A run that later goes on with another rate is described alike until then."""
    short, long = (trained(TrainConfig(epochs=epochs)) for epochs in (1000, 2000))
    for epoch in (0, 1, 700, 1000):
        one, other = (filled(run, run.around(epoch), 0) for run in (short, long))
        assert one == other


def test_the_sentences_of_all_frames_are_those_of_each() -> None:
    recording = trained(TrainConfig(seed=7, hidden_size=3, biases=True))
    frames = recording.frames
    for frame in (0, 1, len(frames.epochs) // 2, -1):
        one = recording.around(int(frames.epochs[frame]))
        assert filled(recording, frames, frame) == filled(recording, one, 0)


def test_many_hidden_units_are_described_together() -> None:
    recording = trained(TrainConfig(hidden_size=5))
    hidden = forward_pass(recording.state(70)[np.newaxis], 5).hidden
    assert filled(recording, recording.around(70), 0)["hidden"] == (
        "At epoch 70 the activations of the 5 hidden units go from "
        f"{written(hidden.min())} to {written(hidden.max())} over the four inputs."
    )


@pytest.mark.parametrize("bad", [math.nan, math.inf, 1e300])
def test_a_diverged_run_is_described_without_a_warning(bad: float) -> None:
    recording = trained(TrainConfig())
    frames = Frames(
        recording.config, np.array([3]), np.full((1, 6), bad), np.full((1, 4), math.nan)
    )
    told = filled(recording, frames, 0)
    assert told["weights"].startswith("At epoch 3 the weights go from not finite to not finite;")
    assert told["surface"].endswith("0 of the 4 are on their target's side of 0.5.")
