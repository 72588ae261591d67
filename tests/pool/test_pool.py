"""The pool: what is computed, where, in what order and together with what."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any, NoReturn

import psutil
import pytest

from tests.support.paths import ROOT
from tests.support.pooled import (
    Door,
    die_on,
    die_once,
    fail,
    fail_on,
    process_of,
    sizes,
    wait_for,
)
from xorviz.pool.pool import MOST_TOGETHER, Pool, shared_pool
from xorviz.pool.ticket import Ticket
from xorviz.pool.work import Urgency, Work
from xorviz.pool.worker import LostError

SECONDS = 20


@pytest.fixture
def pool() -> Iterator[Pool]:
    with Pool(1) as one:
        yield one


@pytest.fixture
def two() -> Iterator[Pool]:
    with Pool(2) as pair:
        yield pair


class Gate:
    """A work that goes on computing until it is opened."""

    def __init__(self, pool: Pool, **more: Any) -> None:
        self.door = Door()
        self.work = Work(wait_for, self.door.address, Urgency.NOW, **more)
        self.ticket = pool.ask(self.work)
        with pool._changed:
            assert pool._changed.wait_for(self.ticket.future.running, SECONDS)

    def open(self) -> None:
        self.door.open()


def result(ticket: Ticket) -> Any:
    return ticket.future.result(SECONDS)


def own_children() -> set[int]:
    return {
        child.pid
        for child in psutil.Process().children()
        if child.status() != psutil.STATUS_ZOMBIE and "xorviz.pool.process" in child.cmdline()
    }


def forbid_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise OSError("no processes here")

    monkeypatch.setattr(subprocess, "Popen", refuse)


def forbid_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: threading.Thread) -> NoReturn:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)


def test_works_are_computed_in_processes_of_their_own_which_end_with_the_pool() -> None:
    before = own_children()
    with Pool(2) as pool:
        pids = {result(pool.ask(Work(process_of, number, Urgency.NOW))) for number in range(6)}
        assert os.getpid() not in pids
        assert pids <= own_children() - before
        assert len(own_children() - before) <= 2
    assert own_children() == before


def test_the_more_urgent_goes_first_then_who_asked_first(pool: Pool) -> None:
    gate, done = Gate(pool), list[str]()
    urgencies = (Urgency.LATER, Urgency.SOON, Urgency.IDLE, Urgency.SOON, Urgency.NOW)
    tickets = [
        pool.ask(Work(sizes, name, urgency))
        for name, urgency in zip("abcde", urgencies, strict=True)
    ]
    assert [ticket.works_before() for ticket in tickets] == [3, 1, 4, 2, 0]
    for name, ticket in zip("abcde", tickets, strict=True):
        ticket.future.add_done_callback(lambda _, name=name: done.append(name))
    gate.open()
    for ticket in tickets:
        result(ticket)
    assert "".join(done) == "ebdac"


def test_works_of_one_kind_that_wait_are_computed_together_up_to_a_limit(pool: Pool) -> None:
    gate = Gate(pool)
    alike = [pool.ask(Work(sizes, n, Urgency.NOW, kind="a")) for n in range(MOST_TOGETHER + 3)]
    other = pool.ask(Work(sizes, "other", Urgency.NOW, kind="b"))
    later = pool.ask(Work(sizes, "later", Urgency.SOON, kind="a"))
    alone = [pool.ask(Work(sizes, name, Urgency.NOW)) for name in "xy"]
    gate.open()
    assert [result(ticket) for ticket in alike] == [MOST_TOGETHER] * MOST_TOGETHER + [3] * 3
    assert [result(ticket) for ticket in (other, later, *alone)] == [1, 1, 1, 1]


def test_equal_works_are_computed_once_for_all_who_ask_meanwhile(
    pool: Pool, tmp_path: Path
) -> None:
    gate = Gate(pool)
    work = Work(die_once, str(tmp_path / "pid"), Urgency.LATER)
    tickets = [pool.ask(work) for _ in range(5)]
    assert len({ticket.future for ticket in tickets}) == 1
    sooner = pool.ask(Work(die_once, str(tmp_path / "pid"), Urgency.NOW))
    assert sooner.works_before() == 0
    gate.open()
    assert len({result(ticket) for ticket in (*tickets, sooner)}) == 1


def test_what_nobody_waits_for_any_more_is_dropped(pool: Pool) -> None:
    gate = Gate(pool)
    never, still = Work(sizes, 0, Urgency.NOW), gate.work
    with pool.ask(never) as first, pool.ask(never) as second:
        pass
    assert first.future is second.future
    with pytest.raises(CancelledError):
        result(first)
    with pool.ask(still) as one:
        another = pool.ask(still)
    gate.open()
    assert result(another) == result(one) == "open"


def test_what_is_computed_already_is_computed_to_its_end(pool: Pool) -> None:
    gate = Gate(pool)
    gate.ticket.give_up()
    gate.open()
    assert result(gate.ticket) == "open"


def test_a_process_that_dies_is_replaced_and_its_work_done_again(
    pool: Pool, tmp_path: Path
) -> None:
    died = result(pool.ask(Work(die_once, str(tmp_path / "pid"), Urgency.NOW)))
    assert died != str(result(pool.ask(Work(process_of, 0, Urgency.NOW))))
    assert os.getpid() != result(pool.ask(Work(process_of, 1, Urgency.NOW)))


@pytest.mark.parametrize(("function", "error"), [(die_on, LostError), (fail_on, FileNotFoundError)])
def test_a_work_that_fails_takes_no_other_of_its_batch_with_it(
    pool: Pool, function: Any, error: type[Exception]
) -> None:
    gate = Gate(pool)
    tickets = [pool.ask(Work(function, number, Urgency.NOW, "a")) for number in (1, -1, 2, 3)]
    gate.open()
    bad = tickets.pop(1)
    assert [result(ticket) for ticket in tickets] == [1, 2, 3]
    with pytest.raises(error):
        result(bad)
    assert result(pool.ask(Work(sizes, 0, Urgency.NOW))) == 1


def test_a_pool_that_is_closed_computes_nothing_more() -> None:
    pool = Pool(1)
    pool.close()
    with pytest.raises(CancelledError):
        result(pool.ask(Work(sizes, 0, Urgency.NOW)))


def test_who_gives_up_twice_takes_nobody_elses_place(pool: Pool) -> None:
    gate = Gate(pool)
    one, other = (pool.ask(Work(sizes, 0, Urgency.NOW)) for _ in range(2))
    assert (gate.ticket.works_before(), one.works_before()) == (0, 0)
    one.give_up()
    one.give_up()
    gate.open()
    assert result(other) == 1


def test_what_a_function_raises_is_raised_where_its_result_is_asked_for(pool: Pool) -> None:
    with pytest.raises(ValueError, match="what came"):
        result(pool.ask(Work(fail, "what came", Urgency.NOW)))
    assert result(pool.ask(Work(sizes, 0, Urgency.NOW))) == 1


def test_each_result_is_there_as_soon_as_it_is_computed(pool: Pool) -> None:
    gate = Gate(pool)
    doors = [Door() for _ in range(3)]
    works = [Work(wait_for, door.address, Urgency.NOW, kind="a") for door in doors]
    tickets = [pool.ask(work) for work in works]
    gate.open()
    for number, (door, ticket) in enumerate(zip(doors, tickets, strict=True)):
        assert not ticket.future.done()
        door.open(str(number))
        assert result(ticket) == str(number)


def test_long_works_leave_one_process_free(two: Pool) -> None:
    gate = Gate(two, is_long=True)
    door = Door()
    waits = two.ask(Work(wait_for, door.address, Urgency.NOW, is_long=True))
    assert result(two.ask(Work(sizes, 0, Urgency.LATER))) == 1
    assert not waits.future.running()
    gate.open()
    door.open("done")
    assert result(waits) == "done"


def test_a_long_work_that_somebody_needs_at_once_waits_for_no_other_long_one(two: Pool) -> None:
    for number in range(3):  # the room of long works is given back each time
        gate = Gate(two, is_long=True)
        waits = two.ask(Work(sizes, number, Urgency.IDLE, is_long=True))
        assert result(two.ask(Work(sizes, number, Urgency.NOW))) == result(waits) == 1
        two.ask(Work(wait_for, gate.door.address, Urgency.IDLE))
        gate.open()
        result(gate.ticket)
    assert result(two.ask(Work(sizes, 9, Urgency.IDLE, is_long=True))) == 1


def test_a_work_with_a_delay_lets_others_go_first(pool: Pool) -> None:
    later = pool.ask(Work(sizes, 0, Urgency.NOW, delay=60))
    assert result(pool.ask(Work(sizes, 1, Urgency.IDLE))) == 1
    assert not later.future.running()
    assert not later.future.done()


def test_a_work_with_a_delay_comes_by_itself(pool: Pool) -> None:
    assert result(pool.ask(Work(sizes, 0, Urgency.IDLE, delay=0.05))) == 1


def test_a_work_with_a_delay_goes_at_once_where_a_reader_asks_for_it(pool: Pool) -> None:
    ahead = pool.ask(Work(sizes, 0, Urgency.IDLE, delay=60))
    assert result(pool.ask(Work(sizes, 0, Urgency.NOW))) == result(ahead) == 1


def test_a_single_process_computes_long_works_too(pool: Pool) -> None:
    assert result(pool.ask(Work(sizes, 0, Urgency.NOW, is_long=True))) == 1


def test_a_pool_is_idle_where_nothing_waits_and_nothing_is_computed(pool: Pool) -> None:
    assert pool.is_idle
    gate = Gate(pool)
    assert not pool.is_idle
    gate.open()
    result(gate.ticket)
    result(pool.ask(Work(sizes, 0, Urgency.NOW)))


def test_a_pool_that_many_ask_for_works_is_not_idle_for_a_while(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        result(pool.ask(Work(sizes, number, Urgency.IDLE)))
    assert pool.is_idle
    for number in range(8, 12):
        result(pool.ask(Work(sizes, number, Urgency.NOW)))
    assert not pool.is_idle
    monkeypatch.setattr("xorviz.pool.pool.LATELY", 0.0)
    assert pool.is_idle


def test_no_process_can_be_started_and_it_is_told_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    forbid_processes(monkeypatch)
    with Pool(2) as pool:
        for number in range(4):
            assert result(pool.ask(Work(process_of, number, Urgency.NOW))) == os.getpid()
    (told,) = caplog.records
    assert told.levelname == "WARNING"
    assert told.message.startswith("No worker process can be started (no processes here)")


def test_a_process_that_ends_at_once_counts_as_none(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Pool(1) as pool:
        assert result(pool.ask(Work(process_of, 0, Urgency.NOW))) == os.getpid()
    assert len(caplog.records) == 1


def test_without_threads_works_are_computed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_threads(monkeypatch)
    with Pool(2) as pool:
        ticket = pool.ask(Work(sizes, 0, Urgency.LATER))
        assert ticket.future.done()
        assert result(ticket) == 1


def test_the_shared_pool_is_one_with_a_process_a_core() -> None:
    assert shared_pool() is shared_pool()
    assert shared_pool().size == os.cpu_count()


START = """
import os, signal, socket, sys
from tests.support.pooled import process_of, wait_for
from xorviz.pool.pool import shared_pool
from xorviz.pool.work import Urgency, Work

pool = shared_pool()
print(pool.ask(Work(process_of, 0, Urgency.NOW)).future.result())
for _ in range(5):
    door = socket.create_server(("127.0.0.1", 0))
    pool.ask(Work(wait_for, door.getsockname(), Urgency.NOW))
    door.detach()  # it closes with the program
sys.stdout.flush()
"""


@pytest.mark.parametrize("end", ["", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_no_process_is_left_when_the_program_ends_or_is_killed(end: str) -> None:
    done = python(START + end)
    assert done.stderr == ""
    (pid,) = map(int, done.stdout.split())
    assert has_ended(pid)


def test_processes_start_where_python_leaves_the_folder_off_its_path() -> None:
    done = python(START, PYTHONSAFEPATH="1", PYTHONPATH=str(ROOT))
    assert (done.returncode, done.stderr) == (0, "")


def python(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run code, warnings as errors."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


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
