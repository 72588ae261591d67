import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import cache
from typing import Any, NoReturn

import numpy as np
import psutil
import pytest

from tests.support.paths import ROOT
from xorviz.core.config import TrainConfig
from xorviz.sweeps import workers
from xorviz.sweeps.run import Results, SweepConfig, sweep
from xorviz.sweeps.trial import Trial, advance

CONFIG = SweepConfig(range(40), (0.5, 10.0), (1, 3), epochs=500)
SLOW = SweepConfig(range(128), (0.5, 10.0), (2,), epochs=3500)


def swept(config: SweepConfig, pool: Executor) -> Results:
    results = Results(config)
    *_, last = sweep(results, pool)
    assert last == 1.0
    return results


def bits(results: Results) -> list[bytes]:
    return [array.tobytes() for array in vars(results).values() if isinstance(array, np.ndarray)]


@cache
def expected(config: SweepConfig) -> list[bytes]:
    """The bits of a sweep that this thread does alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "_own", threading.local())
        forbid_processes(patch)
        return bits(swept(config, workers.Here()))


def running() -> set[psutil.Process]:
    """The workers of this process."""
    return {
        child
        for child in psutil.Process().children()
        if child.status() != psutil.STATUS_ZOMBIE and "xorviz.sweeps.workers" in child.cmdline()
    }


@pytest.fixture(autouse=True)
def _undisturbed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test learns from another that processes can't be started."""
    monkeypatch.setattr(workers, "_unstartable", threading.Event())


def some_trial() -> Trial:
    return Trial([TrainConfig(seed, rate) for seed, rate in ((0, 0.1), (1, 0.5), (2, 10.0))])


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> workers.Here:
    """A pool that has asked no process yet."""
    monkeypatch.setattr(workers, "_own", threading.local())
    return workers.Here()


def forbid_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise OSError("no processes here")

    monkeypatch.setattr(subprocess, "Popen", refuse)


def forbid_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(ThreadPoolExecutor, "submit", refuse)


def test_any_number_of_workers_gives_the_same_bits(here: workers.Here) -> None:
    assert bits(swept(CONFIG, here)) == expected(CONFIG)
    for count in (1, 2):
        with workers.pool(count) as pool:
            assert bits(swept(CONFIG, pool)) == expected(CONFIG)


def test_workers_train_in_processes_of_their_own_and_keep_them() -> None:
    before = running()
    with workers.pool(2) as pool:
        swept(CONFIG, pool)
        first = running() - before
        swept(CONFIG, pool)
        assert running() - before == first
        assert 1 <= len(first) <= 2
    assert running() == before


def test_the_shared_pool_is_one_with_a_worker_a_core() -> None:
    pool = workers.shared_pool()
    assert pool is workers.shared_pool()
    assert isinstance(pool, ThreadPoolExecutor)
    assert pool._max_workers == os.cpu_count()


@pytest.mark.parametrize("count", [1, 2])
def test_the_results_are_right_whichever_worker_is_killed(count: int) -> None:
    before, killed = running(), 0
    results = Results(SLOW)
    with workers.pool(count) as pool:
        for share in sweep(results, pool):
            if killed < 2 and 0 < share < 1:
                for process in running() - before:
                    process.kill()
                    killed += 1
    assert killed >= 2
    assert running() == before
    assert bits(results) == expected(SLOW)


def test_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_processes(monkeypatch)
    before = running()
    with workers.pool(2) as pool:
        assert isinstance(pool, ThreadPoolExecutor)
        assert bits(swept(CONFIG, pool)) == expected(CONFIG)
        assert running() == before


def test_a_worker_that_dies_at_once_is_tried_once_a_thread_and_told_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with workers.pool(2) as pool:
        for _ in range(3):
            assert bits(swept(CONFIG, pool)) == expected(CONFIG)
    assert 1 <= len(started) <= 2
    (told,) = caplog.records
    assert told.levelname == "WARNING"
    assert told.message.startswith("No worker process can be started")


def test_workers_start_where_python_leaves_the_folder_off_its_path() -> None:
    code = f"""{PRINT_WORKERS}
*_, last = sweep(Results(SweepConfig(range(8), (0.5,), (2,), 100)), workers.Here())
print(*pids())
"""
    done = python(code, PYTHONSAFEPATH="1", PYTHONPATH=str(ROOT))
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.split()) == 1


@pytest.mark.usefixtures("here")
def test_no_thread_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_threads(monkeypatch)
    pool = workers.pool(2)
    assert isinstance(pool, workers.Here)
    assert bits(swept(CONFIG, pool)) == expected(CONFIG)


@pytest.mark.usefixtures("here")
def test_neither_thread_nor_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_threads(monkeypatch)
    forbid_processes(monkeypatch)
    assert bits(swept(CONFIG, workers.pool(2))) == expected(CONFIG)


@pytest.mark.usefixtures("here")
def test_what_a_worker_was_asked_before_an_interrupt_is_no_answer_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupt(_: object) -> NoReturn:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pickle, "load", interrupt)
        with pytest.raises(KeyboardInterrupt):
            workers.call(advance, some_trial(), 3)
    answer, expected = workers.call(advance, some_trial(), 50), some_trial()
    expected.run(50)
    assert answer.batch.epoch == 50
    assert answer.batch.parameters.tolist() == expected.batch.parameters.tolist()
    assert answer.wrong_until.tolist() == expected.wrong_until.tolist()


def python(code: str, *flags: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run code; what it prints ends when the last of its processes has ended."""
    command = [sys.executable, *flags, "-c", code]
    environment = {**os.environ, **variables}
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


PRINT_WORKERS = """
import os, psutil, signal
from xorviz.sweeps import workers
from xorviz.sweeps.run import Results, SweepConfig, sweep

def pids():
    return [child.pid for child in psutil.Process().children()]
"""


@pytest.mark.parametrize(
    ("pool", "count"), [("workers.Here()", 1), ("workers.pool(2)", 2), ("None", os.cpu_count())]
)
def test_no_worker_is_left_when_its_parent_ends(pool: str, count: int) -> None:
    code = f"""{PRINT_WORKERS}
for share in sweep(Results(SweepConfig(range(512), (0.5,), (2,), 3000)), {pool}):
    if share > 0 and len(pids()) == {count}:
        break
print(*pids())
"""
    done = python(code, "-W", "error")
    assert (done.returncode, done.stderr) == (0, "")
    pids = [int(pid) for pid in done.stdout.split()]
    assert len(pids) == count
    assert all(has_ended(pid) for pid in pids)


def test_no_worker_is_left_when_its_parent_is_killed() -> None:
    code = f"""{PRINT_WORKERS}
for share in sweep(Results(SweepConfig(range(2000), (0.5,), (2,), 100_000)), workers.pool(2)):
    if share > 0 and len(pids()) == 2:
        print(*pids())
        os.sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)
"""
    done = python(code)
    assert done.stderr == ""
    pids = [int(pid) for pid in done.stdout.split()]
    assert len(pids) == 2
    assert all(has_ended(pid) for pid in pids)


def has_ended(pid: int) -> bool:
    """Wait until a process has ended, for some seconds at most."""
    try:
        process = psutil.Process(pid)
        if process.status() != psutil.STATUS_ZOMBIE:
            process.wait(timeout=5)
    except psutil.TimeoutExpired:
        return False
    except psutil.NoSuchProcess:
        pass
    return True
