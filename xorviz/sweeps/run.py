"""Sweep: the training of every network, block by block, in a pool."""

from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, wait
from math import inf
from typing import Final

from xorviz.pool.any_pool import AnyPool
from xorviz.pool.pool import shared_pool
from xorviz.pool.ticket import Ticket
from xorviz.pool.work import Urgency, Work
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.cost import epoch_seconds
from xorviz.sweeps.results import Taker
from xorviz.sweeps.trial import Beginning, Trial, advance

BLOCK: Final = 2048
"""The most networks trained together: with more, NumPy's calls hardly get cheaper."""
SMALL_BLOCK: Final = 64
"""The fewest networks trained together: fewer are hardly trained faster."""
SEEN_BLOCK: Final = 512
"""The most networks trained together in a sweep that a reader watches."""
ROUND: Final = 0.1
"""Seconds, roughly, that a block is trained before it can be stopped."""
AHEAD: Final = 1_000_000
"""Networks from the first in training to the last: whoever writes rows in order keeps as many."""


def sweep(taker: Taker, pool: AnyPool | None = None, soon: bool = False) -> Iterator[float]:
    """Train all networks that are not trained yet, and hand over each block's results at once.

    Parameters
    ----------
    taker
        What takes the results: empty ones, or those of a sweep that was stopped.
    pool
        The pool that trains; the shared one if none is given.
    soon
        Whether a reader watches. Results then come sooner, and the whole takes longer.

    Yields
    ------
    The share of the training that is done, from 0 to 1, about ten times a second. Stop
    iterating to stop the sweep. Every result handed over so far is complete.
    """
    pool, config = pool or shared_pool(), taker.config
    blocks = _blocks(config.shape, soon, pool.size)
    waiting = deque(block for block in blocks if not taker.has(block))
    missing = sum(block.stop - block.start for block in waiting)
    all_epochs = config.base.epochs
    trained, total = (config.count - missing) * all_epochs, config.count * all_epochs
    running: dict[Ticket, tuple[slice, int]] = {}

    def go_on(piece: Trial | Beginning, block: slice, epoch: int) -> None:
        epochs = min(pool.stretch * _affordable(config, block), all_epochs - epoch)
        running[pool.ask(Work(advance, (piece, epochs), Urgency.LATER))] = block, epochs

    try:
        while waiting or running:
            # A page asks only now and then. So once it has results to show, one block more keeps
            # the processes busy in between.
            room = pool.size + (soon and taker.trained > 0) - len(running)
            while waiting and room > 0 and waiting[0].start < _first(running) + AHEAD:
                block, room = waiting.popleft(), room - 1
                go_on(Beginning(config, block), block, 0)
            wait([ticket.future for ticket in running], ROUND, FIRST_COMPLETED)
            for ticket in [ticket for ticket in running if ticket.future.done()]:
                (block, epochs), trial = running.pop(ticket), ticket.future.result()
                trained += epochs * (block.stop - block.start)
                if trial.batch.epoch < all_epochs:
                    go_on(trial, block, trial.batch.epoch)
                else:
                    taker.take(block, trial)
            yield trained / total
    finally:
        for ticket in running:
            ticket.give_up()


def _first(running: Mapping[Ticket, tuple[slice, int]]) -> float:
    """The index of the first network that is in training; infinity for none."""
    return min((block.start for block, _ in running.values()), default=inf)


def _blocks(shape: tuple[int, int, int], soon: bool, workers: int) -> Iterator[slice]:
    """Divide the networks into blocks of one hidden size."""
    sizes, of_a_size = shape[0], shape[1] * shape[2]
    most = SEEN_BLOCK if soon else BLOCK
    length = min(most, max(SMALL_BLOCK, -(-sizes * of_a_size // workers)))
    small = workers if soon else 0
    for start in range(0, sizes * of_a_size, of_a_size):
        first, stop = start, start + of_a_size
        while first < stop:
            size = SMALL_BLOCK if small > 0 else length
            yield slice(first, min(first + size, stop))
            first, small = first + size, small - 1


def _affordable(config: SweepConfig, block: slice) -> int:
    """The number of epochs that train a block for about `ROUND`."""
    size, _, _ = config.setting(block.start)
    return int(ROUND / epoch_seconds(size, config.base.biases, block.stop - block.start))
