"""Sweep: the training of every network, block by block, in worker processes."""

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from os import cpu_count
from typing import Final

from xorviz.core.batch import Batch
from xorviz.pool.pool import Pool, shared_pool
from xorviz.pool.ticket import Ticket
from xorviz.pool.work import Urgency, Work
from xorviz.sweeps.cost import epoch_seconds
from xorviz.sweeps.results import Results
from xorviz.sweeps.trial import Trial, advance

BLOCK: Final = 2048
"""The most networks trained together: with more, NumPy's calls hardly get cheaper."""
SMALL_BLOCK: Final = 64
"""The fewest networks trained together: fewer are hardly trained faster."""
SEEN_BLOCK: Final = 512
"""The most networks trained together in a sweep that a reader watches."""
ROUND: Final = 0.1
"""Seconds, roughly, that a block is trained before it can be stopped."""
WORKERS: Final = cpu_count() or 1


def sweep(results: Results, pool: Pool | None = None, soon: bool = False) -> Iterator[float]:
    """Train all networks that are not trained yet, and fill in each block's results at once.

    Parameters
    ----------
    results
        The results to complete: empty ones, or those of a sweep that was stopped.
    pool
        The pool that trains; the shared one if none is given.
    soon
        Whether a reader watches. Results then come sooner, and the whole takes longer.

    Yields
    ------
    The share of the training that is done, from 0 to 1, about ten times a second. Stop
    iterating to stop the sweep. Every result written so far is complete.
    """
    pool, config = pool or shared_pool(), results.config
    waiting = [block for block in _blocks(config.shape, soon) if (results.verdict[block] < 0).any()]
    missing = sum(block.stop - block.start for block in waiting)
    all_epochs = config.base.epochs
    trained, total = (config.count - missing) * all_epochs, config.count * all_epochs
    running: dict[Ticket, tuple[slice, int]] = {}

    def go_on(trial: Trial, block: slice) -> None:
        epochs = min(_affordable(trial.batch), all_epochs - trial.batch.epoch)
        running[pool.ask(Work(advance, (trial, epochs), Urgency.LATER))] = block, epochs

    try:
        while waiting or running:
            # A page asks only now and then. So once it has results to show, one block more keeps
            # the processes busy in between.
            while waiting and len(running) < pool.size + (soon and results.trained > 0):
                block = waiting.pop(0)
                go_on(Trial(config.configs(block)), block)
            wait([ticket.future for ticket in running], ROUND, FIRST_COMPLETED)
            for ticket in [ticket for ticket in running if ticket.future.done()]:
                (block, epochs), trial = running.pop(ticket), ticket.future.result()
                trained += epochs * (block.stop - block.start)
                if trial.batch.epoch < all_epochs:
                    go_on(trial, block)
                else:
                    results.take(block, trial)
            yield trained / total
    finally:
        for ticket in running:
            ticket.give_up()


def _blocks(shape: tuple[int, int, int], soon: bool) -> Iterator[slice]:
    """Divide the networks into blocks of one hidden size."""
    sizes, of_a_size = shape[0], shape[1] * shape[2]
    most = SEEN_BLOCK if soon else BLOCK
    length = min(most, max(SMALL_BLOCK, -(-sizes * of_a_size // WORKERS)))
    small = WORKERS if soon else 0
    for start in range(0, sizes * of_a_size, of_a_size):
        first, stop = start, start + of_a_size
        while first < stop:
            size = SMALL_BLOCK if small > 0 else length
            yield slice(first, min(first + size, stop))
            first, small = first + size, small - 1


def _affordable(batch: Batch) -> int:
    """The number of epochs that train a batch for about `ROUND`."""
    networks = len(batch.learning_rates)
    return int(ROUND / epoch_seconds(batch.hidden_size, batch.biases, networks))
