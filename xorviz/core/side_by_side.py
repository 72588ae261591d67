"""Side by side: several runs trained together and recorded, to the bits of each alone."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from xorviz.core.batch import Batch
from xorviz.core.config import TrainConfig
from xorviz.core.network import Array
from xorviz.core.recording import Recording, candidates, choose_frames, record


def record_many(configs: Sequence[TrainConfig]) -> list[Recording]:
    """Train several runs side by side, each to the last bit as `record` does.

    Runs of one architecture are trained as a batch. A run whose architecture no other has
    is trained by itself, which is faster. So is one with a mistake.
    """
    recordings: dict[TrainConfig, Recording] = {}
    alike: dict[tuple[int, bool, bool], list[TrainConfig]] = defaultdict(list)
    for config in dict.fromkeys(configs):
        alike[config.hidden_size, config.biases, bool(config.mistake)].append(config)
    for (*_, mistaken), group in alike.items():
        by_batch = len(group) > 1 and not mistaken
        recorded = _record_batch(group) if by_batch else map(record, group)
        recordings.update(zip(group, recorded, strict=True))
    return [recordings[config] for config in configs]


def _record_batch(configs: Sequence[TrainConfig]) -> list[Recording]:
    """Train runs of one architecture; those that go on are always the first columns of an array."""
    runs = sorted(configs, key=lambda config: -config.epochs)
    batch, running = Batch(runs), len(runs)
    epochs = np.unique(np.concatenate([candidates(config) for config in runs]))
    states = np.empty((len(epochs), *batch.parameters.shape))
    predictions = np.empty((runs[0].epochs + 1, 4, running))
    overflowed: set[TrainConfig] = set()
    for state, epoch in zip(states, epochs.tolist(), strict=True):
        batch.run(epoch - batch.epoch, predictions[batch.epoch : epoch, :, :running])
        state[:, :running] = batch.parameters
        goes_on = np.array([config.epochs > epoch for config in runs[:running]])
        if not goes_on.all():
            predictions[epoch, :, :running] = batch.predict()
            overflowed.update(compress(runs, batch.overflowed & ~goes_on))
            batch, running = batch.only(goes_on), int(goes_on.sum())
    recordings = {
        run: record(run)
        if run in overflowed
        else _of_network(run, epochs, states[..., network], predictions[..., network])
        for network, run in enumerate(runs)
    }
    return [recordings[config] for config in configs]


def _of_network(
    config: TrainConfig, epochs: NDArray[np.int64], states: Array, predictions: Array
) -> Recording:
    """Build one network's recording from what its batch has seen."""
    own = candidates(config)
    seen = np.ascontiguousarray(predictions[: config.epochs + 1])
    return choose_frames(config, own, states[np.searchsorted(epochs, own)], seen)
