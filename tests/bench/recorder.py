"""Recorder: how long a call takes, besides what it watches."""

import time
from collections.abc import Iterator
from typing import Final

import numpy as np

from tests.bench.table import Row
from xorviz.notebook.recorder import Recorder

CALLS: Final = 100_000
BAR: Final = 5


def measure_recorder() -> Iterator[Row]:
    for hidden in (2, 16):
        weights = np.ones((2, hidden)), np.ones((hidden, 1))
        recorder = Recorder(*weights)
        start = time.process_time()
        for _ in range(CALLS):
            recorder(*weights)
        each = 1e6 * (time.process_time() - start) / CALLS
        yield Row(
            f"recorder, hidden size {hidden}: µs a call", f"{each:.1f}", f"<= {BAR}", each <= BAR
        )
