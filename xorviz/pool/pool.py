"""Pool: what waits to be computed by processes, one a core, and in what order."""

import atexit
import logging
import os
import threading
from collections import deque
from collections.abc import Hashable, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from functools import cache
from itertools import count
from time import monotonic
from typing import Any, Final

from xorviz.pool.account import Account
from xorviz.pool.process import DEAD, Process
from xorviz.pool.task import Task
from xorviz.pool.ticket import Ticket
from xorviz.pool.work import Urgency, Work

MOST_TOGETHER: Final = 16
"""Works of one kind that are computed together at most: more would be cheaper by little, and
whoever asks meanwhile would wait longer."""
LATELY: Final = 2.0
"""Seconds back in which what was asked for is recent."""
LITTLE: Final = 4
"""So many recent works are more than one reader asks for."""
ATTEMPTS: Final = 3
"""Processes that may die on the same work before it is given up."""
LOG: Final = logging.getLogger(__name__)


class Pool:
    """Computes works in processes of its own, each started once there is something for it to do.

    A process that dies is replaced, and its work is done again. Where none can be started
    this process computes, in as many threads, or at once where there are no threads either.
    """

    def __init__(self, processes: int) -> None:
        self.size = processes
        self._changed = threading.Condition()
        self._numbers = count()
        self._waiting: list[Task] = []
        self._tasks: dict[Hashable, Task] = {}
        self._threads: list[threading.Thread] = []
        self._processes: set[Process] = set()
        self._idle = 0
        self._computing = 0
        self._long = 0
        self._can_start = True
        self._is_closed = False
        self._account = Account()
        self._asked: deque[float] = deque(maxlen=LITTLE)

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, work: Work) -> Ticket:
        """Ask for a work; whoever asks for an equal one meanwhile gets the same result."""
        key = work.function, work.argument
        with self._changed:
            task = self._tasks.get(key)
            if task is None:
                task = self._tasks[key] = Task(work, next(self._numbers))
                task.future.add_done_callback(lambda _: self._tasks.pop(key, None))
                self._waiting.append(task)
                if work.urgency < Urgency.IDLE:
                    self._asked.append(task.asked)
            elif work.urgency < task.work.urgency and task in self._waiting:
                task.work = work
            self._changed.notify_all()
            task.watchers += 1
            has_thread = self._has_thread()
        if not has_thread:
            self._compute_waiting()
        return Ticket(self, task)

    def give_up(self, task: Task) -> None:
        """Drop a task that nobody waits for any more, unless it is being computed."""
        with self._changed:
            task.watchers -= 1
            if not task.watchers and task in self._waiting:
                self._waiting.remove(task)
                task.future.cancel()

    def before(self, task: Task) -> int:
        """How many works are to be computed before a task."""
        with self._changed:
            return sum(other.order < task.order for other in self._waiting)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits, nothing is computed, and little was asked for lately."""
        with self._changed:
            is_busy = self._waiting or self._computing
            lately = [asked for asked in self._asked if monotonic() - asked < LATELY]
            return not is_busy and len(lately) < LITTLE

    def take_account(self) -> Account:
        """What was computed since this was last asked."""
        with self._changed:
            account, self._account = self._account, Account()
        return account

    def close(self) -> None:
        """Compute nothing more, and end the processes."""
        with self._changed:
            self._is_closed = True
            for task in self._waiting:
                task.future.cancel()
            self._waiting.clear()
            self._changed.notify_all()
            processes = list(self._processes)
        for process in processes:
            process.kill()
        for thread in self._threads:
            thread.join()

    def _has_thread(self) -> bool:
        """Have one more thread, unless one is idle or all are there; tell whether there is any."""
        if not self._idle and len(self._threads) < self.size:
            thread = threading.Thread(target=self._compute_on, name="xorviz-pool", daemon=True)
            with suppress(RuntimeError):  # no threads can be started, as in a browser
                thread.start()
                self._threads.append(thread)
        return bool(self._threads)

    def _compute_on(self) -> None:
        """Compute what waits, in a process of this thread's own, until the pool is closed."""
        process: Process | None = None
        while tasks := self._next():
            process = self._compute(tasks, process)
        self._end(process)

    def _compute_waiting(self) -> None:
        """Compute what waits in this process: where no threads are, there are no others either."""
        self._can_start = False
        while tasks := self._take():
            self._compute(tasks, None)

    def _compute(self, tasks: Sequence[Task], process: Process | None) -> Process | None:
        """Compute works that go together; return the process that did it, None for this one."""
        left, function = list(tasks), tasks[0].work.function
        error: Exception = IndexError(f"{function.__name__} gave too few results")
        for _ in range(ATTEMPTS):
            process = process or self._start()
            if self._is_closed:
                error = CancelledError()
                break
            arguments = [task.work.argument for task in left]
            try:
                for result in process.ask(function, arguments) if process else function(arguments):
                    self._finish(left.pop(0), result)
                break
            except DEAD:
                error = RuntimeError(f"{ATTEMPTS} processes died on {function.__name__}")
                self._end(process)
                process = None
            except Exception as failure:
                error = failure
                break
        for task in left:
            task.future.set_exception(error)
        with self._changed:
            self._computing -= len(left)
            self._long -= tasks[0].work.is_long
            self._changed.notify_all()
        return process

    def _finish(self, task: Task, result: Any) -> None:
        """Hand over the result of a task."""
        with self._changed:
            self._computing -= 1
            self._account.waits.append(monotonic() - task.asked)
        task.future.set_result(result)

    def _start(self) -> Process | None:
        """Start a process that answers; None where none can be started."""
        if not self._can_start:
            return None
        process: Process | None = None
        try:
            process = Process()
            list(process.ask(list, ()))
        except DEAD as error:
            self._end(process)
            if not self._is_closed:
                self._cannot_start(error)
            return None
        with self._changed:
            self._processes.add(process)
        return process

    def _end(self, process: Process | None) -> None:
        """End a process, if there is one."""
        if process:
            with self._changed:
                self._processes.discard(process)
            process.end()

    def _cannot_start(self, error: Exception) -> None:
        """Remember that no process can be started, and tell it once."""
        with self._changed:
            if not self._can_start:
                return
            self._can_start = False
        why = str(error) or "it ended without an answer"
        LOG.warning("No worker process can be started (%s): this process computes instead.", why)

    def _next(self) -> list[Task]:
        """Wait for what is to be computed next; nothing once the pool is closed."""
        with self._changed:
            self._idle += 1
            while not (tasks := self._take()) and not self._is_closed:
                self._changed.wait()
            self._idle -= 1
            return tasks

    def _take(self) -> list[Task]:
        """Take the first task that may go, and those that wait behind it and go with it."""
        with self._changed:
            has_room = self._long < max(1, self.size - 1)
            able = [task for task in self._waiting if has_room or not task.work.is_long]
            if not able:
                return []
            first, *others = sorted(able, key=lambda task: task.order)
            has_company = first.work.kind is not None
            company = [task for task in others if has_company and task.company == first.company]
            tasks = [first, *company[: MOST_TOGETHER - 1]]
            for task in tasks:
                self._waiting.remove(task)
                task.future.set_running_or_notify_cancel()
            self._changed.notify_all()
            self._long += first.work.is_long
            self._computing += len(tasks)
            self._account.batches.append(len(tasks))
            return tasks


@cache
def shared_pool() -> Pool:
    """The pool of this program, with a process a core."""
    pool = Pool(os.cpu_count() or 1)
    atexit.register(pool.close)
    return pool
