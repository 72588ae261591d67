"""Pool: the queue of works, which worker processes compute, one for each core."""

import atexit
import logging
import os
import threading
from collections import deque
from collections.abc import Hashable, Sequence
from contextlib import suppress
from functools import cache, partial
from time import monotonic
from typing import Final

from xorviz.pool.account import Account
from xorviz.pool.process import Process
from xorviz.pool.task import Task
from xorviz.pool.ticket import Ticket
from xorviz.pool.work import Urgency, Work
from xorviz.pool.worker import Worker

MOST_TOGETHER: Final = 16
"""The most works of one kind that are computed together. A larger batch is hardly cheaper, and
later works would wait longer."""
LATELY: Final = 2.0
"""A work asked for within this many seconds counts as recent."""
LITTLE: Final = 4
"""With this many recent works more than one reader is asking, and the pool is not idle."""
PATIENCE: Final = 60.0
"""Seconds until another process is tried after one could not be started."""
LOG: Final = logging.getLogger(__name__)


class Pool:
    """Computes works in processes of its own, each started when there is work for it.

    A process that dies is replaced, and its work is done again. If no process can be started
    this one computes, in as many threads; if no thread can be started, `ask` computes.
    """

    stretch = 1

    def __init__(self, processes: int) -> None:
        self.size = processes
        self._changed = threading.Condition()
        self._waiting: list[Task] = []
        self._tasks: dict[Hashable, Task] = {}
        self._threads: list[threading.Thread] = []
        self._workers: list[Worker] = []
        self._idle = 0
        self._computing = 0
        self._long = 0
        self._starts_from = 0.0
        self._is_closed = False
        self._account = Account()
        self._asked: deque[float] = deque(maxlen=LITTLE)

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, work: Work) -> Ticket:
        """Ask for a work. Requests for equal works, until it is computed, share its result."""
        key = work.function, work.argument
        with self._changed:
            task = self._tasks.get(key)
            if task is None:
                task = self._tasks[key] = Task(work)
                task.future.add_done_callback(lambda _: self._tasks.pop(key, None))
                self._waiting.append(task)
                if work.urgency < Urgency.IDLE:
                    self._asked.append(task.asked)
            elif work.urgency < task.work.urgency and task in self._waiting:
                task.work, task.asked = work, monotonic()
            if self._is_closed:
                self._waiting.clear()
                task.future.cancel()
            self._changed.notify_all()
            task.watchers += 1
            self._start_thread()
        if not self._threads:
            self._compute_waiting()
        return Ticket(task.future, partial(self._works_before, task), partial(self._give_up, task))

    def _give_up(self, task: Task) -> None:
        """End one request for a task. Drop the task if it was the last, and it still waits."""
        with self._changed:
            task.watchers -= 1
            if not task.watchers and task in self._waiting:
                self._waiting.remove(task)
                task.future.cancel()

    def _works_before(self, task: Task) -> int:
        """Count the works that go before a task; 0 if it is being computed."""
        with self._changed:
            return self._in_order().index(task) if task in self._waiting else 0

    def _in_order(self) -> list[Task]:
        """The works that wait: the most urgent first, then the one that was asked for first."""
        return sorted(self._waiting, key=lambda task: task.work.urgency)

    @property
    def is_idle(self) -> bool:
        """Whether no work waits, none is being computed, and few were asked for lately."""
        with self._changed:
            is_busy = self._waiting or self._computing
            lately = [asked for asked in self._asked if monotonic() - asked < LATELY]
            return not is_busy and len(lately) < LITTLE

    def take_account(self) -> Account:
        """Return the account since the last call, and begin a new one."""
        with self._changed:
            account, self._account = self._account, Account()
        return account

    def close(self) -> None:
        """Cancel the works that wait, and end the processes."""
        with self._changed:
            self._is_closed = True
            for task in self._waiting:
                task.future.cancel()
            self._waiting.clear()
            self._changed.notify_all()
        for worker in self._workers:
            worker.kill()
        for thread in self._threads:
            thread.join()

    def _start_thread(self) -> None:
        """Start a thread that computes, if none is idle and there is room."""
        if self._idle < len(self._waiting) and len(self._threads) < self.size:
            worker = Worker(self._start)
            thread = threading.Thread(target=self._compute_on, args=(worker,), daemon=True)
            with suppress(RuntimeError):  # no threads can be started, as in a browser
                thread.start()
                self._threads.append(thread)
                self._workers.append(worker)

    def _compute_on(self, worker: Worker) -> None:
        """Compute the works that wait, until the pool is closed."""
        while tasks := self._next():
            self._compute(tasks, worker)
        worker.end()

    def _compute_waiting(self) -> None:
        """Compute the works that wait in this process, which can start no threads and no others."""
        while tasks := self._take():
            self._compute(tasks, Worker(lambda: None))

    def _compute(self, tasks: Sequence[Task], worker: Worker) -> None:
        """Compute works together, and hand over each result as it comes."""
        for task, result, error in worker.compute(tasks):
            with self._changed:
                self._computing -= 1
                if task.work.urgency < Urgency.NEXT:
                    self._account.waits.append(monotonic() - task.asked)
            if error:
                task.future.set_exception(error)
            else:
                task.future.set_result(result)
        with self._changed:
            self._long -= tasks[0].work.is_long
            self._changed.notify_all()

    def _start(self) -> Process | None:
        """Start a process that answers; None where none can be started."""
        if monotonic() < self._starts_from:
            return None
        process: Process | None = None
        try:
            process = Process()
            list(process.ask(list, ()))
        except Exception as error:  # whatever the reason, the pool can do without processes
            if process:
                process.end()
            if not self._is_closed:
                self._cannot_start(error)
            return None
        return process

    def _cannot_start(self, error: Exception) -> None:
        """Start no process for a while, and warn the first time."""
        with self._changed:
            has_warned, self._starts_from = self._starts_from > 0, monotonic() + PATIENCE
        if not has_warned:
            why = str(error) or "it ended without an answer"
            LOG.warning(
                "No worker process can be started (%s): this process computes instead.", why
            )

    def _next(self) -> list[Task]:
        """Wait for the next works to compute; none once the pool is closed."""
        with self._changed:
            self._idle += 1
            while True:
                delays = [task.delay for task in self._waiting if task.delay]
                if (tasks := self._take()) or self._is_closed:
                    break
                self._changed.wait(min(delays, default=None))
            self._idle -= 1
            return tasks

    def _take(self) -> list[Task]:
        """Take the first task that may be computed, and those that can be computed with it."""
        with self._changed:
            has_room = self._long < max(1, self.size - 1)
            due = [task for task in self._in_order() if not task.delay]
            able = [task for task in due if has_room or not task.work.is_long]
            if not able:
                return []
            first, *others = able
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
    """The pool of this program, with a process for each core that it may use."""
    is_known = hasattr(os, "sched_getaffinity")
    pool = Pool(len(os.sched_getaffinity(0)) if is_known else os.cpu_count() or 1)
    atexit.register(pool.close)
    return pool
