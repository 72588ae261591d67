"""Trainer: training with its recording, against the notebook's own loop."""

import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Final

from tests.bench.table import Row
from tests.support.notebook import notebook_run
from xorviz.core.config import TrainConfig
from xorviz.core.recording import record

CONFIG: Final = TrainConfig()
PAIRS: Final = 9
BAR: Final = 1.25


def measure_trainer() -> Iterator[Row]:
    """Alternate the two, so that whatever else the machine does slows both."""
    same = _ours() == _notebook()
    pairs = [(_epoch_time(_notebook), _epoch_time(_ours)) for _ in range(PAIRS)]
    notebook_time, our_time = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(notebook / ours for notebook, ours in pairs)
    yield Row(
        "trainer: notebook's time / ours",
        f"{ratio:.2f} ({notebook_time:.1f} / {our_time:.1f} µs an epoch)",
        f">= {BAR}",
        ratio >= BAR,
    )
    yield Row("trainer: final weights, same bits", "yes" if same else "no", "yes", same)


def _notebook() -> bytes:
    """Run the notebook's loop; return the bits of its final weights, input-to-hidden first."""
    config = CONFIG
    _, weights_hidden, weights_output, _ = notebook_run.__wrapped__(  # run anew each time
        config.seed, config.learning_rate, config.hidden_size, config.epochs
    )
    return weights_hidden.tobytes() + weights_output.tobytes()


def _ours() -> bytes:
    """Record the same run; return the bits of its final weights, which lie in the same order."""
    return record(CONFIG).final.flat.tobytes()


def _epoch_time(run: Callable[[], bytes]) -> float:
    """Microseconds an epoch."""
    start = time.perf_counter()
    run()
    return 1e6 * (time.perf_counter() - start) / CONFIG.epochs
