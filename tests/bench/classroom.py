"""Classroom: students who move sliders on one server, as long as each waits for its run."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import psutil

from tests.bench.browser import APP
from tests.bench.table import Row
from tests.support.server import serve
from tests.support.student import Student, connect

SECONDS: Final = 60
THINK: Final = 5
SEED: Final = ("Seed",)
SHAPES: Final = ("Seed", "Hidden size", "Learning rate")
LARGEST_SIZE: Final = 8
PINS: Final = "&".join(f"pin=seed%3D{seed}" for seed in (101, 102, 103, 104))
ATLAS: Final = "tab=atlas&seeds=0:200&epochs=5000"
ATLAS_READERS: Final = 20
QUIET: Final = 4
"""Seconds without a message, after which an Atlas is full."""
MEGABYTE: Final = 2**20
SAMPLE: Final = 10
"""Seconds from one look at the memory to the next."""


@dataclass
class Class:
    """What the students of one class have waited, in seconds, and what went wrong."""

    opened: list[float] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def measure_classroom() -> Iterator[Row]:
    yield from _rows("100 students, seeds drawn", _class(100, SEED), 0.6, first=1.2)
    yield from _rows("200 students, seeds drawn", _class(200, SEED), 1.2)
    yield from _rows("100 students, sizes 1-8 and rates, too", _class(100, SHAPES), 1.5)
    compare = _class(100, SEED, (f"tab=compare&{PINS}", ""))
    yield from _rows("100 students, half on Compare with four pins", compare, 2)
    yield from _atlas()


def measure_lesson() -> Iterator[Row]:
    """Ten minutes of sixty students: the memory of all processes."""
    with serve(APP) as server:
        memory = asyncio.run(_with_memory(server.url, server.pid))
    early, late, most = memory
    yield Row(
        "classroom: ten minutes of 60 students, memory at minute 10 / 3",
        f"{late / early:.2f} ({late / MEGABYTE:.0f} / {early / MEGABYTE:.0f} MB)",
        "<= 1.1",
        late / early <= 1.1,
    )
    yield Row(
        "classroom: the same, memory at most",
        f"{most / MEGABYTE:.0f} MB",
        "<= 1000 MB",
        most <= 1000 * MEGABYTE,
    )


def _rows(what: str, seen: Class, bar: float, first: float | None = None) -> Iterator[Row]:
    last = _share(seen.moved, 0.95)
    yield Row(
        f"classroom: {what}: rerun p50 / p95 of {len(seen.moved):,}",
        f"{_share(seen.moved, 0.5):.2f} / {last:.2f} s",
        f"p95 <= {bar} s",
        last <= bar,
    )
    if first is not None:
        slowest = _share(seen.opened, 0.95)
        yield Row(
            f"classroom: {what}: first views at once, p95",
            f"{slowest:.2f} s",
            f"<= {first} s",
            slowest <= first,
        )
    yield Row(
        f"classroom: {what}: errors and lost runs",
        f"{len(seen.failures)} {seen.failures[:1] or ''}",
        "0",
        not seen.failures,
    )


def _share(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def _class(students: int, sliders: Sequence[str], queries: Sequence[str] = ("",)) -> Class:
    """Have so many students use a server of their own, on which a teacher has opened the page."""
    with serve(APP) as server:
        asyncio.run(_open(server.url))
        return asyncio.run(_lesson(server.url, students, sliders, queries, SECONDS))


async def _open(url: str) -> None:
    async with connect(url) as socket:
        await Student(socket).open()


async def _lesson(
    url: str, students: int, sliders: Sequence[str], queries: Sequence[str], seconds: float
) -> Class:
    seen, bell = Class(), asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, bell.set)
    places = [queries[number % len(queries)] for number in range(students)]
    await asyncio.gather(*(_study(url, query, sliders, bell, seen) for query in places))
    return seen


async def _study(
    url: str, query: str, sliders: Sequence[str], bell: asyncio.Event, seen: Class
) -> None:
    """Open the page, then move sliders until the bell rings."""
    generator = random.Random()
    try:
        async with connect(url) as socket:
            student = Student(socket, query)
            seen.opened.append(await student.open())
            while not await _rings(bell, generator.uniform(0.5, 1.5) * THINK):
                label = generator.choice(sliders)
                seen.moved.append(await student.move(label, _position(student, label, generator)))
            seen.failures += student.failures
    except Exception as error:
        seen.failures.append(repr(error)[:100])


async def _rings(bell: asyncio.Event, seconds: float) -> bool:
    """Think for so long, or until the bell rings; return whether it has."""
    with suppress(TimeoutError):
        await asyncio.wait_for(bell.wait(), seconds)
    return bell.is_set()


def _position(student: Student, label: str, generator: random.Random) -> float:
    """Draw a position of a slider that is another than it may be at."""
    slider = student.sliders[label]
    step = slider.step or 1
    highest = LARGEST_SIZE if label == "Hidden size" else slider.max
    return float(slider.min + step * generator.randrange(int((highest - slider.min) / step) + 1))


def _atlas() -> Iterator[Row]:
    """Processor time that readers of one link to an Atlas take, against one reader."""
    (one, _), (many, failures) = (_read_atlas(readers) for readers in (1, ATLAS_READERS))
    what = f"classroom: {ATLAS_READERS} readers of one Atlas link"
    yield Row(
        f"{what} / one: processor time",
        f"{many / one:.2f} ({many:.1f} / {one:.1f} s)",
        "<= 1.3",
        many / one <= 1.3,
    )
    yield Row(f"{what}: errors", f"{len(failures)} {failures[:1] or ''}", "0", not failures)


def _read_atlas(readers: int) -> tuple[float, list[str]]:
    """Processor seconds of a server on which so many open the Atlas, and what went wrong."""
    failures: list[str] = []

    async def read(url: str) -> None:
        async def one() -> None:
            async with connect(url) as socket:
                student = Student(socket, ATLAS)
                await student.watch(QUIET)
                failures.extend(student.failures)

        await asyncio.gather(*(one() for _ in range(readers)))

    with serve(APP) as server:
        before = _processor_seconds(server.pid)
        asyncio.run(read(server.url))
        return _processor_seconds(server.pid) - before, failures


def _family(pid: int) -> list[psutil.Process]:
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def _processor_seconds(pid: int) -> float:
    times = [process.cpu_times() for process in _family(pid)]
    return sum(time.user + time.system for time in times)


async def _with_memory(url: str, pid: int) -> tuple[int, int, int]:
    """Bytes of all processes at minute 3, at minute 10, and at most."""
    lesson = asyncio.create_task(_lesson(url, 60, SEED, ("",), 600))
    sampled: list[int] = []
    while not lesson.done():
        await asyncio.wait({lesson}, timeout=SAMPLE)
        sampled.append(sum(process.memory_info().rss for process in _family(pid)))
    await lesson
    return sampled[180 // SAMPLE - 1], sampled[-1], max(sampled)
