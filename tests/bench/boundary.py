"""Boundary: the line that the stage draws against the real one, and what it costs to send."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from unittest.mock import patch

import numpy as np

from tests.bench.table import Row
from tests.support.boundary import Real, drawn_paths, farthest, is_even, wrong_sides
from tests.support.subject import random_run
from xorviz.core.config import TrainConfig
from xorviz.core.recording import Recording, record
from xorviz.figures import charts
from xorviz.figures.chart import Chart
from xorviz.stage.scene import pack_scene

RUNS: Final = 40
FARTHEST_BAR: Final = 0.005
SENT_BAR: Final = 1.05
NEAR_HALF: Final = 0.1


def measure_boundary() -> Iterator[Row]:
    runs = _with_plateaus(RUNS)
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        checked = list(pool.map(_check, runs))
    frames, distances, wrong, sent = zip(*checked, strict=True)
    what = f"boundary: {RUNS} runs with plateaus, {sum(frames):,} frames"
    farthest_of_all = max(distances)
    yield Row(
        f"{what}, farthest from the real one",
        f"{farthest_of_all:.4f}",
        f"<= {FARTHEST_BAR}",
        farthest_of_all <= FARTHEST_BAR,
    )
    yield Row(f"{what}, wrong side of an input", f"{sum(wrong)}", "0", sum(wrong) == 0)
    yield Row(
        f"boundary: {RUNS} runs, sent with it / without, median and largest",
        f"{np.median(sent):.3f}, {max(sent):.3f}",
        f"<= {SENT_BAR}",
        max(sent) <= SENT_BAR,
    )


def _with_plateaus(count: int) -> list[TrainConfig]:
    """Draw runs of which a tenth of the frames at least is on a plateau."""
    generator = np.random.default_rng(12)
    runs: list[TrainConfig] = []
    while len(runs) < count:
        run = random_run(generator)
        recording = record(run)
        outputs = recording.predictions[recording.epochs]
        if (np.abs(outputs - 0.5) < NEAR_HALF).all(axis=1).mean() >= 0.1:
            runs.append(run)
    return runs


def _check(config: TrainConfig) -> tuple[int, float, int, float]:
    """Count frames, and tell the farthest distance, inputs on the wrong side, and what is sent."""
    recording = record(config)
    with TemporaryDirectory() as folder:
        (paths,) = drawn_paths([recording], Path(folder))
    reals = [Real(recording, frame) for frame in range(len(recording.epochs))]
    uneven = [(real, path) for real, path in zip(reals, paths, strict=True) if not is_even(real)]
    distance = max((farthest(real, path) for real, path in uneven), default=0.0)
    wrong = sum(wrong_sides(real, path) for real, path in uneven)
    return len(uneven), distance, wrong, len(pack_scene(recording)) / _without(recording)


def _without(recording: Recording) -> int:
    """Bytes of a scene that has no boundary."""

    def bare(*runs: Recording | Sequence[Recording]) -> list[Chart]:
        return [
            replace(chart, picture=replace(chart.picture, boundary=None))
            if isinstance(chart, Chart) and chart.picture
            else chart
            for chart in charts(*runs)
        ]

    with patch("xorviz.stage.scene.charts", bare):
        return len(pack_scene(recording))
