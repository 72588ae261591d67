"""C: the loop of a sweep as one would write it there, compiled and timed."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def c_program() -> Iterator[Path]:
    """Compile the loop; the program is there until the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        program, source = Path(folder) / "sweep", Path(__file__).with_name("sweep.c")
        subprocess.run(["gcc", "-O2", "-o", program, source, "-lm"], check=True)
        yield program


def in_c(program: Path, networks: int, epochs: int) -> float:
    """Nanoseconds of processor time an epoch of a network."""
    command = [str(program), str(networks), str(epochs)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[0])
