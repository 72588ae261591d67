"""A server that is asked for more than it can do at once."""

import asyncio
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.support.server import Server
from tests.support.stage import OpenStage
from tests.support.student import Student, connect
from xorviz.core.config import TrainConfig
from xorviz.stage.scene import run_id

LONG = [f"hidden={size}&epochs=50000&lr=0.37" for size in range(1, 17)]
"""Runs that can't be trained together: they take two cores for ten seconds."""
RUN = TrainConfig(seed=0, epochs=3_000, learning_rate=0.41)
"""A run that is not one step of a slider away, so that none has trained it ahead."""


@contextmanager
def crowd(url: str, queries: Sequence[str]) -> Iterator[None]:
    """Students who open these links all at once, and go when the block ends."""
    have_asked, may_go = threading.Event(), threading.Event()

    async def come_and_go() -> None:
        sockets = [await connect(url) for _ in queries]
        try:
            for socket, query in zip(sockets, queries, strict=True):
                await Student(socket, query).ask()
            for socket in sockets:
                await socket.recv()  # the page has begun
        finally:
            have_asked.set()
        await asyncio.to_thread(may_go.wait)
        for socket in sockets:
            socket.transport.abort()  # a polite end would wait until all that was sent is read

    students = threading.Thread(target=asyncio.run, args=(come_and_go(),))
    students.start()
    have_asked.wait()
    try:
        yield
    finally:
        may_go.set()
        students.join()


def test_who_waits_is_told_the_place_in_the_queue_while_the_page_plays_on(
    server: Server, open_stage: OpenStage
) -> None:
    stage = open_stage("?seed=6&epochs=3000&lr=0.41&speed=0.1")
    charts = stage.root.locator(".charts")
    with crowd(server.url, LONG):
        box = charts.bounding_box()
        stage.setting("Seed").focus()
        stage.page.keyboard.press("Home")
        stage.page.get_by_text(
            re.compile(r"^Waiting: \d+ other computations come first\.$")
        ).wait_for()
        assert charts.bounding_box() == box  # the line moves nothing
        before = stage.epoch
        stage.wait_for_later_epoch(before)
        assert stage.state == "playing"
        assert stage.run != run_id(RUN)
    stage.wait("data-run", run_id(RUN))
    assert stage.page.get_by_text("Waiting").count() == 0
