"""Doctor: what it says of drawn runs, held against another loop, and how long it takes."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from statistics import median
from time import perf_counter
from typing import Final

from tests.bench.table import Row
from tests.support.claims import fails, refuted, unoffered
from tests.support.subject import Subject, drawn
from xorviz.core.config import TrainConfig
from xorviz.core.recording import record
from xorviz.doctor.cures import Search
from xorviz.doctor.diagnosis import diagnose
from xorviz.sentences.report import examine

RUNS: Final = 500
REPETITIONS: Final = 9
STUCK: Final = TrainConfig(seed=41)


def measure_doctor() -> Iterator[Row]:
    yield _time()
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        checked = list(pool.map(_check, drawn(RUNS)))
    what = f"doctor: {RUNS} drawn unsolved runs"
    for told, counts in zip(
        ("numbers refuted", "solved by more epochs, unoffered", "cures that fail"),
        zip(*checked, strict=True),
        strict=True,
    ):
        yield Row(f"{what}, {told}", str(sum(counts)), "0", sum(counts) == 0)


def _time() -> Row:
    """Time a diagnosis and its cures, with workers that have started."""
    recording, times = record(STUCK), []
    for _ in range(REPETITIONS + 1):
        start = perf_counter()
        examine(recording)
        times.append(perf_counter() - start)
    return Row("doctor: diagnosis and cures of seed 41", f"{1000 * median(times[1:]):.0f} ms")


def _check(config: TrainConfig) -> tuple[int, bool, int]:
    """Count refuted numbers and cures that fail; tell whether epochs that help are unoffered."""
    subject, diagnosis = Subject(config), diagnose(record(config))
    cures = list(Search(config).cures(diagnosis))
    wrong = refuted(subject, diagnosis.findings)
    failing = [cure for cure in cures if fails(cure)]
    for found in (*wrong, *failing):
        print(config, found, sep=": ", flush=True)
    return len(wrong), unoffered(subject, cures[0] if cures else None), len(failing)
