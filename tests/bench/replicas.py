"""Replicas: students on two of them behind HAProxy, of which one dies, or both are restarted."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.bench.table import Row
from tests.support.balancer import NAMES, Balancer, balancer
from tests.support.student import Student, connect

STUDENTS: Final = 100
THINK: Final = 5
"""Seconds from one change to the next, on average."""
CHANGES: Final = 3
"""Changes that each student makes before something happens, and afterwards: all would notice."""
BAR: Final = 10
PAUSES: Final = (0.5, 1, 2, 4)
"""Seconds that Streamlit's page waits, between half of it and all, after each failed try."""
Happening = Callable[[Balancer, "Lesson"], Awaitable[None]]


@dataclass
class Seen:
    """What a class has seen: seconds without a server, requests with an error, runs lost."""

    away: list[float] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


class Reader:
    """A student's browser: it keeps the cookie and the link, and comes back by itself."""

    def __init__(self, url: str, seen: Seen) -> None:
        self._url, self._seen = url, seen
        self._cookie = ""
        self.changes = 0
        self.has_changed = asyncio.Event()
        self.seed = random.randrange(1000)
        self._student: Student | None = None

    async def study(self, bell: asyncio.Event) -> None:
        """Open the page and change the seed until the bell rings, whatever becomes of servers."""
        since = 0.0
        while not bell.is_set():
            try:
                async with await self._connect(bell) as socket:
                    await self._open(socket)
                    if since:
                        self._seen.away.append(perf_counter() - since)
                    since = 0.0
                    await self._change(bell)
            except (ConnectionClosed, OSError, InvalidHandshake) as error:
                since = since or perf_counter()
                if not isinstance(error, ConnectionClosed):
                    self._seen.errors.append(repr(error))
        if since:
            self._seen.lost.append("no server")

    async def change(self, times: int) -> None:
        """Wait until the student has changed the seed so many times more."""
        last = self.changes + times
        while self.changes < last:
            self.has_changed.clear()
            await self.has_changed.wait()

    async def _connect(self, bell: asyncio.Event) -> Any:
        """Ask for a server as Streamlit's page does, until one answers, and connect to it."""
        for pause in (*PAUSES, *[PAUSES[-1]] * 10):
            if await asyncio.to_thread(self._ask, "/_stcore/health"):
                await asyncio.to_thread(self._ask, "/_stcore/host-config")
                return connect(self._url, self._cookie)
            await rings(bell, random.uniform(pause / 2, pause))
        raise TimeoutError("no server answers")

    def _ask(self, path: str) -> bool:
        """Whether an address answers without an error; note it if not, and the cookie."""
        headers = {"Cookie": self._cookie} if self._cookie else {}
        try:
            with urlopen(Request(self._url + path, headers=headers), timeout=30) as answer:
                for cookie in answer.headers.get_all("Set-Cookie", ()):
                    if cookie.startswith("replica="):
                        self._cookie = cookie.partition(";")[0]
        except (HTTPError, URLError, OSError) as error:
            self._seen.errors.append(f"{path}: {error}")
            return False
        return True

    async def _open(self, socket: Any) -> None:
        """Open the page by its link, and see that it is the link's."""
        self._student = Student(socket, f"seed={self.seed}")
        await self._student.open()
        slider = self._student.sliders["Seed"]
        seed = [*(slider.value if slider.set_value else slider.default)]
        if seed != [self.seed]:
            self._seen.lost.append(f"seed {seed} instead of {self.seed}")

    async def _change(self, bell: asyncio.Event) -> None:
        assert self._student
        while not await rings(bell, random.uniform(0.5, 1.5) * THINK):
            # The page holds the change even where the server dies before it answers.
            self.seed = random.randrange(1000)
            self._seen.moved.append(await self._student.move("Seed", self.seed))
            self.changes += 1
            self.has_changed.set()
        self._seen.lost += self._student.failures


async def rings(bell: asyncio.Event, seconds: float) -> bool:
    """Wait for so long, or until the bell rings; return whether it has."""
    with suppress(TimeoutError):
        await asyncio.wait_for(bell.wait(), seconds)
    return bell.is_set()


def measure_replicas() -> Iterator[Row]:
    yield from _rows("one of two killed", _kill)
    yield from _rows("both restarted one after the other, drained before", _restart)


async def _kill(two: Balancer, _: "Lesson") -> None:
    two.kill(NAMES[0])


async def _restart(two: Balancer, lesson: "Lesson") -> None:
    for name in NAMES:
        two.tell(f"set server replicas/{name} state drain")
        await lesson.goes_on()
        two.tell(f"set server replicas/{name} state maint")
        await asyncio.to_thread(two.stop, name)
        await asyncio.to_thread(two.start, name)
        two.tell(f"set server replicas/{name} state ready")
        await lesson.goes_on()


def _rows(what: str, happen: Happening) -> Iterator[Row]:
    with balancer() as two:
        seen = asyncio.run(_lesson(two, happen))
    what = f"replicas: {STUDENTS} students, {what}"
    slowest = max(seen.away, default=float("nan"))
    yield Row(
        f"{what}: until the last of {len(seen.away)} is back",
        f"{slowest:.1f} s",
        f"<= {BAR} s",
        slowest <= BAR,
    )
    for name, texts in (("requests with an error", seen.errors), ("lost runs", seen.lost)):
        yield Row(f"{what}: {name}", f"{len(texts)} {texts[:1] or ''}", "0", not texts)


class Lesson:
    """Students who change their seeds until the lesson ends."""

    def __init__(self, url: str) -> None:
        self.seen, self._bell = Seen(), asyncio.Event()
        self._readers = [Reader(url, self.seen) for _ in range(STUDENTS)]
        self._studying = asyncio.gather(*(reader.study(self._bell) for reader in self._readers))

    async def goes_on(self) -> None:
        """Wait until every student has made `CHANGES` more, or one of them fails for good."""
        changing = asyncio.gather(*(reader.change(CHANGES) for reader in self._readers))
        await asyncio.wait({self._studying, changing}, return_when=asyncio.FIRST_COMPLETED)
        if not changing.done():
            changing.cancel()
            await self._studying

    async def end(self) -> None:
        """Ring the bell, and wait until all have gone."""
        self._bell.set()
        await self._studying


async def _lesson(two: Balancer, happen: Happening) -> Seen:
    lesson = Lesson(two.url)
    await lesson.goes_on()
    await happen(two, lesson)
    await lesson.goes_on()
    await lesson.end()
    return lesson.seen
