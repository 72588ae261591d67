from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any, cast

import numpy as np
import pytest

from xorviz.core.config import TrainConfig
from xorviz.pool.ticket import Ticket
from xorviz.pool.work import Work
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import SMALL_BLOCK, sweep
from xorviz.sweeps.stream import RowStream
from xorviz.sweeps.table import lines, rows, summary
from xorviz.sweeps.trial import Trial, advance

CONFIG = SweepConfig(TrainConfig(epochs=600), range(5), (0.1, 2.0), (1, 2))
BLOCKS = [slice(0, 7), slice(7, 10), slice(10, 20)]
Row = tuple[object, ...]


def trained(block: slice) -> Trial:
    trial = Trial(CONFIG.configs(block))
    trial.run(CONFIG.base.epochs)
    return trial


def rows_of(results: Results) -> list[Row]:
    count = results.config.count
    return [*rows(results.config, range(count), results.at(np.arange(count)))]


@pytest.fixture(scope="module")
def expected() -> list[Row]:
    results = Results(CONFIG)
    for block in BLOCKS:
        results.take(block, trained(block))
    return rows_of(results)


def test_the_rows_of_a_sweep_are_written_once_and_in_order() -> None:
    config = SweepConfig(TrainConfig(epochs=300), range(300), (0.5, 2.0), (1, 3))
    results, written = Results(config), list[Row]()
    stream = RowStream(config, written.extend)
    for taker in (results, stream):
        *_, last = sweep(taker)
        assert (last, taker.is_whole) == (1.0, True)
    assert written == rows_of(results)
    assert [*lines(config, stream.shares())] == [*summary(results)]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_block_waits_for_those_before_it(order: Sequence[int], expected: list[Row]) -> None:
    written, taken = list[Row](), set[int]()
    stream = RowStream(CONFIG, written.extend)
    for number in order:
        stream.take(BLOCKS[number], trained(BLOCKS[number]))
        taken.add(number)
        first_missing = min({0, 1, 2} - taken, default=None)
        stop = CONFIG.count if first_missing is None else BLOCKS[first_missing].start
        assert written == expected[:stop]
        assert [stream.has(block) for block in BLOCKS] == [n in taken for n in range(3)]
    assert stream.is_whole


def test_what_waits_for_a_block_that_does_not_come_is_written_in_the_end(
    expected: list[Row],
) -> None:
    written = list[Row]()
    stream = RowStream(CONFIG, written.extend)
    for number in (2, 1):
        stream.take(BLOCKS[number], trained(BLOCKS[number]))
    for _ in range(2):
        stream.write_rest()
        assert written == expected[7:]
    assert (stream.trained, stream.is_whole) == (13, False)
    assert [share.total for share in stream.shares()] == [0, 3, 5, 5]


class StuckPool:
    """Computes all works but the first, which waits until it is let go."""

    size, stretch = 100, 1

    def __init__(self) -> None:
        self.asked = list[Work]()
        self.first = Future[Any]()

    def ask(self, work: Work) -> Ticket:
        self.asked.append(work)
        future = self.first if len(self.asked) == 1 else Future[Any]()
        if future is not self.first:
            future.set_result(advance([cast("Any", work.argument)])[0])
        return Ticket(future, lambda: 0, future.cancel)

    def let_go(self) -> None:
        (trial,) = advance([cast("Any", self.asked[0].argument)])
        self.first.set_result(trial)


def test_networks_far_ahead_of_one_that_takes_long_are_not_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("xorviz.sweeps.run.AHEAD", 4 * SMALL_BLOCK)
    config = SweepConfig(TrainConfig(epochs=10), range(10 * SMALL_BLOCK), (0.5,), (2,))
    written, pool = list[Row](), StuckPool()
    shares = sweep(RowStream(config, written.extend), pool)
    assert [next(shares) for _ in range(3)] == [0.3] * 3
    assert (len(pool.asked), written) == (4, [])
    pool.let_go()
    assert [*shares][-1] == 1
    assert [row[0] for row in written] == [*range(config.count)]
