"""``xorviz sweep --scheduler``: the rows of this machine, whatever becomes of the cluster."""

import csv
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.command import Capture, refused
from tests.support.dask import cluster_of, scheduler, workers
from tests.support.paths import ROOT
from tests.support.server import free_port
from xorviz import __version__
from xorviz.cli import main
from xorviz.core.config import TrainConfig
from xorviz.pool import cluster as clusters
from xorviz.pool.cluster import cluster
from xorviz.sweeps.bits import fingerprint
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import sweep
from xorviz.sweeps.table import COLUMNS, as_csv, summary

SMALL = ["--seeds", "0:4", "--learning-rates", "0.1,2", "--hidden-sizes", "1:3", "--epochs", "300"]
LONG = SweepConfig(TrainConfig(epochs=20_000), range(256), (0.5, 10.0), (2,))
MANY = ["--seeds", "0:100000", "--epochs", "500"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the scheduler of two workers."""
    with cluster_of(2, tmp_path_factory.mktemp("dask")) as address:
        yield address


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "SECONDS", 0.5)


def swept(config: SweepConfig) -> Results:
    """The results of this machine alone."""
    results = Results(config)
    assert [*sweep(results)][-1] == 1
    return results


def bits(results: Results) -> list[bytes]:
    return [array.tobytes() for array in results.at(np.arange(results.config.count))]


def test_a_cluster_gives_the_rows_and_shares_of_this_machine(capsys: Capture, address: str) -> None:
    main(["sweep", *SMALL, "--csv", "-", "--scheduler", address])
    expected = swept(SweepConfig(TrainConfig(epochs=300), range(4), (0.1, 2.0), (1, 2)))
    shares = "".join(f"{line}\n" for line in summary(expected))
    assert capsys.readouterr() == (as_csv(expected), shares)


def test_a_worker_that_is_killed_costs_no_network(address: str, tmp_path: Path) -> None:
    results, expected = Results(LONG), swept(LONG)
    with cluster(address) as pool, workers(address, 1, tmp_path) as (victim,):
        assert victim in pool.ask_each(os.getpid).values()
        is_killed = False
        for share in sweep(results, pool):
            if 0 < share < 1 and not is_killed:
                os.kill(victim, signal.SIGKILL)
                is_killed = True
        assert is_killed
        assert victim not in pool.ask_each(os.getpid).values()
    assert bits(results) == bits(expected)


def change(module: str, name: str, value: object) -> None:
    """Set a constant of a worker, as if its processor computed other digits."""
    setattr(import_module(module), name, value)


def test_other_versions_with_the_same_last_digits_are_not_worth_a_word(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """Dask itself would warn in a table: of NumPy, and of pandas, which no worker needs."""
    monkeypatch.setattr("distributed.versions.get_package_info", lambda _: {"numpy": "0.1"})
    main(["sweep", *SMALL, "--scheduler", address])
    assert len(capsys.readouterr().err.splitlines()) == 4


def test_workers_with_other_last_digits_are_named(capsys: Capture, address: str) -> None:
    from distributed import Client

    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        other, _ = client.nthreads()
        client.run(change, fingerprint.__module__, "EPOCHS", 99, workers=[other])
        try:
            main(["sweep", *SMALL, "--scheduler", address])
        finally:
            client.run(change, fingerprint.__module__, "EPOCHS", 100, workers=[other])
    first, *shares = capsys.readouterr().err.splitlines()
    assert first == f"xorviz: the worker {other} compute other last digits than this machine."
    assert len(shares) == 4


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A file that is read as it is written: whoever reads it waits for the next row."""
    path = tmp_path / "sweep.csv"
    os.mkfifo(path)
    return path


def rows_until(stop: Any, pipe: Path, address: str) -> tuple[list[dict[str, str]], str, int]:
    """Sweep, and call `stop` with the process on the way; give its rows, errors and status."""
    command = [sys.executable, "-W", "error", "-m", "xorviz", "sweep", *MANY]
    where = ["--scheduler", address, "--csv", str(pipe)]
    with subprocess.Popen(
        [*command, *where], cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as process:
        with pipe.open(encoding="utf-8", newline="") as file:
            written = "".join(file.readline() for _ in range(101))
            stop(process)
            written += file.read()
        _, err = process.communicate(timeout=60)
    rows = list(csv.DictReader(io.StringIO(written)))
    seeds = [int(row["seed"]) for row in rows]
    assert seeds == sorted({*seeds})
    assert 100 <= len(seeds) < 100_000
    assert all([*row] == [*COLUMNS] and None not in row.values() for row in rows)
    return rows, err, process.returncode


def test_an_interrupt_leaves_whole_rows(pipe: Path, address: str) -> None:
    rows, err, status = rows_until(lambda it: it.send_signal(signal.SIGINT), pipe, address)
    assert status == 130
    shares, *last = err.splitlines()
    assert f" of {len(rows):,} solved (" in shares
    assert last == ["Not all networks are trained.", "xorviz: interrupted."]


def test_a_scheduler_that_ends_is_one_sentence_and_leaves_whole_rows(
    pipe: Path, tmp_path: Path
) -> None:
    with scheduler() as (address, process), workers(address, 1, tmp_path):
        _, err, status = rows_until(lambda _: process.kill(), pipe, address)
    assert err == f"xorviz: The scheduler at {address} has gone.\n"
    assert status == 2


def test_workers_that_lack_the_package_are_one_sentence(capsys: Capture, tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("mine", "utf-8")
    with scheduler() as (address, _), workers(address, 2, tmp_path, path=""):
        message = refused(capsys, "sweep", "--scheduler", address, "--csv", str(kept))
    assert message.startswith("xorviz: The package xorviz 1.")
    assert " is missing on the workers tcp://127.0.0.1:" in message
    assert (message.count("tcp"), message.count("\n")) == (2, 1)
    assert kept.read_text("utf-8") == "mine"


def test_a_scheduler_that_lacks_the_package_is_one_sentence(
    capsys: Capture, tmp_path: Path
) -> None:
    with scheduler(path="") as (address, _), workers(address, 1, tmp_path):
        message = refused(capsys, "sweep", "--scheduler", address)
    start = f"xorviz: The package xorviz {__version__} does not run on the scheduler: "
    assert message.startswith(start)
    assert (message.count("xorviz'"), message.count("\n")) == (1, 1)


def test_workers_that_lack_a_package_of_ours_are_one_sentence(
    capsys: Capture, tmp_path: Path
) -> None:
    with scheduler() as (address, _), workers(address, 1, tmp_path, lacks="numpy"):
        message = refused(capsys, "sweep", "--scheduler", address)
    start, _, reason = message.partition(": ")[2].partition(": ")
    assert start.startswith(f"The package xorviz {__version__} does not run on the worker tcp://")
    assert "numpy" in reason
    assert message.count("\n") == 1


@pytest.mark.usefixtures("impatient")
def test_a_scheduler_without_workers_is_one_sentence(capsys: Capture) -> None:
    with scheduler() as (address, _):
        message = refused(capsys, "sweep", "--scheduler", address)
    assert message == f"xorviz: The scheduler at {address} has no workers.\n"


@pytest.mark.usefixtures("impatient")
def test_an_address_at_which_no_scheduler_answers_is_one_sentence(capsys: Capture) -> None:
    with free_port() as port:
        address = f"tcp://127.0.0.1:{port}"
        message = refused(capsys, "sweep", "--scheduler", address)
    assert message == f"xorviz: No Dask scheduler answers at {address}.\n"


@pytest.mark.parametrize("text", ["", "10.0.0.5", "http://10.0.0.5:8786", "tcp://a b:1", "tcp://:"])
def test_what_is_no_address_is_one_sentence(capsys: Capture, text: str) -> None:
    expected = f"Scheduler must be an address such as tcp://10.0.0.5:8786, not {text!r}"
    assert refused(capsys, "sweep", "--scheduler", text) == f"xorviz: {expected}.\n"


def test_without_the_extra_one_sentence_says_how_to_install_it(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    message = refused(capsys, "sweep", "--scheduler", "tcp://10.0.0.5:8786")
    wanted = "pip install 'xorviz[cluster]'"
    assert message == f"xorviz: A cluster needs the package distributed: {wanted}.\n"
