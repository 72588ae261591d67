"""``python -m tests.bench [WHAT ...]``: measure, and print one table of figures and bars."""

import argparse
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from tests.bench.atlas import measure_second_visitor, measure_sweep_on_page
from tests.bench.batch import measure_batch, measure_exactness
from tests.bench.boundary import measure_boundary
from tests.bench.classroom import measure_classroom, measure_lesson
from tests.bench.cluster import measure_cluster
from tests.bench.doctor import measure_doctor
from tests.bench.exports import measure_exports, measure_pictures
from tests.bench.facts import facts
from tests.bench.film import measure_film
from tests.bench.hands import measure_hands
from tests.bench.jupyter import measure_jupyter
from tests.bench.landscape import measure_landscape
from tests.bench.mistakes import measure_mistakes
from tests.bench.playback import measure_cpu, measure_playback, measure_remounts
from tests.bench.recorder import measure_recorder
from tests.bench.replicas import measure_replicas
from tests.bench.step import measure_step
from tests.bench.stepping import measure_pace, measure_stepping
from tests.bench.sweep import measure_sweep
from tests.bench.table import Row, table
from tests.bench.trainer import measure_trainer
from tests.bench.views import measure_views
from tests.bench.waiting import measure_bytes, measure_opening, measure_rerun
from tests.bench.wire import measure_wire

MEASURES: Final[Mapping[str, Callable[[], Iterable[Row]]]] = {
    "trainer": measure_trainer,
    "batch": measure_batch,
    "exactness": measure_exactness,
    "sweep": measure_sweep,
    "cluster": measure_cluster,
    "boundary": measure_boundary,
    "doctor": measure_doctor,
    "mistakes": measure_mistakes,
    "playback": measure_playback,
    "views": measure_views,
    "pace": measure_pace,
    "stepping": measure_stepping,
    "film": measure_film,
    "remounts": measure_remounts,
    "cpu": measure_cpu,
    "classroom": measure_classroom,
    "lesson": measure_lesson,
    "replicas": measure_replicas,
    "rerun": measure_rerun,
    "step": measure_step,
    "hands": measure_hands,
    "landscape": measure_landscape,
    "atlas": measure_sweep_on_page,
    "visitors": measure_second_visitor,
    "exports": measure_exports,
    "pictures": measure_pictures,
    "opening": measure_opening,
    "bytes": measure_bytes,
    "recorder": measure_recorder,
    "jupyter": measure_jupyter,
    "wire": measure_wire,
}


def main() -> None:
    parser = argparse.ArgumentParser(
        "python -m tests.bench", description="Measure, and print one table of figures and bars."
    )
    parser.add_argument("what", nargs="*", choices=("all", *MEASURES), default="all")
    what = parser.parse_args().what
    chosen = MEASURES if "all" in what else what
    print(*facts(), sep="\n", end="\n\n", flush=True)
    print(table([row for name in chosen for row in _rows(name)]))


def _rows(name: str) -> Iterator[Row]:
    """Measure; what can't be measured is a row as well, and the others go on."""
    print(f"measuring: {name}", file=sys.stderr)
    try:
        yield from MEASURES[name]()
    except Exception as error:
        traceback.print_exc()
        yield Row(name, f"not measured: {type(error).__name__}", met=False)


if __name__ == "__main__":
    main()
