"""Cluster: works computed by the workers of a Dask scheduler, asked through its executor.

Dask itself does the works of a worker that dies again, on another one.
"""

import asyncio
import logging
import threading
import warnings
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from typing import Any, Final

from xorviz import __version__
from xorviz.pool.process import Process
from xorviz.pool.task import Task
from xorviz.pool.ticket import Ticket
from xorviz.pool.work import Urgency, Work
from xorviz.pool.worker import LostError, Worker

SECONDS: Final = 5
"""The longest wait for the scheduler, and then for its first worker."""
PACKAGE: Final = f"The package xorviz {__version__}"
NAMED: Final = 2
"""The most workers that an error names."""
_thread: Final = threading.local()


class ClusterError(Exception):
    """A cluster that can't be used; the message is a sentence."""


class Cluster:
    """Computes works on the workers of a Dask cluster.

    Parameters
    ----------
    client
        The connection to the scheduler, a `distributed.Client`.
    """

    stretch = 20
    """A work crosses the network twice, so it should last about two seconds."""

    def __init__(self, client: Any) -> None:
        self._client, self._executor = client, client.get_executor(pure=False)
        self._threads = 1

    @property
    def size(self) -> int:
        """Twice the threads of the workers there are: one work is at hand when another ends."""
        with suppress(Exception):  # a connection that is lost shows in its works
            self._threads = sum(self._client.nthreads().values())
        return 2 * max(1, self._threads)

    def ask(self, work: Work) -> Ticket:
        """Ask for a work; none goes before it that this program can count."""
        future = self._executor.submit(compute, work.function, work.argument)
        return Ticket(future, lambda: 0, future.cancel)

    def ask_each(self, function: Callable[..., Any], *arguments: object) -> dict[str, Any]:
        """Call a function on every worker; return the results by the addresses of the workers.

        Raises
        ------
        ClusterError
            Where a worker or the scheduler lacks this package, has a release without that
            function, or can't use it, as where it lacks NumPy.
        """
        self._look_for(function.__module__)
        answers = self._client.run(function, *arguments, on_error="return")
        if failed := [name for name in answers if isinstance(answers[name], Exception)]:
            raise ClusterError(f"{PACKAGE} does not run on {named(failed)}: {answers[failed[0]]}")
        return dict(answers)

    def _look_for(self, module: str) -> None:
        """Look for a module on the workers, and on the scheduler, which unpacks works itself."""
        modules = self._client.run(find_spec, module, on_error="return")
        if without := [name for name in modules if not isinstance(modules[name], ModuleSpec)]:
            raise ClusterError(f"{PACKAGE} is missing on {named(without)}")
        try:
            self._client.run_on_scheduler(import_module, module)
        except Exception as error:  # whatever its environment lacks
            raise ClusterError(f"{PACKAGE} does not run on the scheduler: {error}") from None


def compute(function: Callable[[Sequence[Any]], Iterable[Any]], argument: Hashable) -> Any:
    """Compute a work in a process of this thread's own, as `Pool` does.

    A worker's threads share Python's lock with one another and with those that talk to the
    scheduler: an epoch, which gives it away at every product, would wait for it each time.
    """
    worker = vars(_thread).setdefault("worker", Worker(Process))
    ((_, result, error),) = worker.compute([Task(Work(function, argument, Urgency.LATER))])
    if error:
        raise error
    return result


def named(workers: Sequence[str]) -> str:
    """Name the workers, or the first of many."""
    more = f" and {len(workers) - NAMED:,} more" if len(workers) > NAMED else ""
    return f"the worker{'s' * bool(workers[1:])} {', '.join(workers[:NAMED])}{more}"


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """Use the cluster of a scheduler, such as ``tcp://10.0.0.5:8786``, until the block ends.

    Raises
    ------
    ClusterError
        Where it can't be used, or the scheduler ends before the block.
    """
    try:
        from distributed import KilledWorker
        from distributed.client import ClosedClientError
    except ImportError:
        wanted = "pip install 'xorviz[cluster]'"
        raise ClusterError(f"A cluster needs the package distributed: {wanted}") from None
    with _client(address) as client:
        try:
            yield Cluster(client)
        except (CancelledError, ClosedClientError):
            raise ClusterError(f"The scheduler at {address} has gone") from None
        except (KilledWorker, LostError):
            raise ClusterError("Several workers died of the same work") from None


def _client(address: str) -> Any:
    """Connect to a scheduler that has a worker."""
    from distributed import Client
    from distributed.versions import VersionMismatchWarning

    for name in ("distributed", "distributed.client"):  # an error here is one sentence
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # Where versions matter, workers can't call a function, or compute other last digits.
    warnings.simplefilter("ignore", VersionMismatchWarning)
    try:
        with ThreadPoolExecutor(1) as thread:  # which runs no loop of its own, as the caller may
            thread.submit(asyncio.run, _knock(address)).result()
    except Exception:  # whatever it is that listens there
        raise ClusterError(f"No Dask scheduler answers at {address}") from None
    client: Any = Client(address, timeout=SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    try:
        client.wait_for_workers(1, SECONDS)
    except TimeoutError:
        client.close()
        raise ClusterError(f"The scheduler at {address} has no workers") from None
    return client


async def _knock(address: str) -> None:
    """Connect for a moment: a client that fails to would take longer to end, and complain."""
    from distributed.comm.core import connect
    from distributed.security import Security

    connection = await connect(address, SECONDS, **Security().get_connection_args("client"))  # type: ignore[no-untyped-call]
    await connection.close()
