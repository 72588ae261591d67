import csv
import io
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from resource import RLIMIT_FSIZE, getrlimit, setrlimit
from typing import Any

import pytest

from tests.support.command import Capture, refused
from tests.support.paths import ROOT
from xorviz.cli import main
from xorviz.core.config import TrainConfig
from xorviz.sweeps.config import SweepConfig
from xorviz.sweeps.results import Results
from xorviz.sweeps.run import sweep
from xorviz.sweeps.table import COLUMNS, as_csv, summary

COMMAND = [sys.executable, "-W", "error", "-m", "xorviz", "sweep"]
SMALL = ["--seeds", "0:4", "--learning-rates", "0.1,2", "--hidden-sizes", "1:3", "--epochs", "300"]
INTERRUPTED = ["Not all networks are trained.", "xorviz: interrupted."]


def swept(**changes: Any) -> Results:
    """The results that `SMALL` asks for."""
    base = TrainConfig(epochs=300, **changes)
    results = Results(SweepConfig(base, range(4), (0.1, 2.0), (1, 2)))
    for _ in sweep(results):
        pass
    return results


def module(*flags: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *flags], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


def test_standard_output_has_the_csv_alone_and_standard_error_the_shares() -> None:
    done, results = module(*SMALL, "--csv", "-"), swept()
    assert done.returncode == 0
    assert done.stdout == as_csv(results)
    assert done.stderr.splitlines() == list(summary(results))


def test_a_file_gets_the_same_csv(capsys: Capture, tmp_path: Path) -> None:
    path, results = tmp_path / "sweep.csv", swept(biases=True, targets="0111")
    main(["sweep", *SMALL, "--biases", "--targets", "or", "--csv", str(path)])
    assert path.read_bytes().decode() == as_csv(results)
    assert capsys.readouterr() == ("", "".join(f"{line}\n" for line in summary(results)))


def test_a_range_with_a_hyphen_has_both_its_ends(capsys: Capture) -> None:
    main(["sweep", *SMALL[2:], "--seeds", "0-3", "--csv", "-"])
    assert capsys.readouterr().out == as_csv(swept())


def test_without_a_file_just_the_shares_are_printed(capsys: Capture) -> None:
    main(["sweep", *SMALL])
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 4
    assert all(" of 4 solved (" in line for line in err.splitlines())


class Terminal(io.StringIO):
    """Text that is shown to a person."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_the_sweep_is(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    main(["sweep", *SMALL])
    bar, _, shares = terminal.getvalue().partition("\n")
    assert re.search(r"\[-+\] +0%\r.*\[#+\] +100%", bar)
    assert shares == "".join(f"{line}\n" for line in summary(swept()))


def test_a_hundred_seeds_of_the_notebooks_settings_are_swept_by_default(capsys: Capture) -> None:
    main(["sweep", "--epochs", "50", "--csv", "-"])
    out, err = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["seed"] for row in rows] == [str(seed) for seed in range(100)]
    assert {(row["learning_rate"], row["hidden_size"]) for row in rows} == {("0.5", "2")}
    assert err.startswith("hidden size 2, learning rate 0.5: 0 of 100 solved (0.0%; ")


@pytest.mark.parametrize(
    ("flag", "text", "start"),
    [
        ("--seeds", "9:3", "Seeds must be whole numbers from 0 "),
        ("--seeds", "", "Seeds must be whole numbers from 0 "),
        ("--seeds", "1:2:3", "Seeds must be whole numbers from 0 "),
        ("--seeds", "a\nb", "Seeds must be whole numbers from 0 "),
        ("--seeds", "0:4000000000", "The number of networks must be from 1 to 100,000,000, not "),
        ("--learning-rates", "nan", "Learning rates must be numbers "),
        ("--learning-rates", "1,1", "Learning rates must be numbers "),
        ("--learning-rates", "1e400", "Learning rates must be numbers "),
        ("--hidden-sizes", "0:3", "Hidden sizes must be whole numbers "),
        ("--epochs", "0", "Epochs must be a whole number from 1 to "),
        ("--targets", "xyz", "Targets must be four digits 0 or 1, "),
        ("--seed", "1", "No such option '--seed'."),
        ("--csv", "a", "CSV must be given once, not 3 times."),
        ("--epochs", "5", "Epochs must be given once, not 2 times."),
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_a_bad_flag_is_one_sentence_and_leaves_the_file_as_it_was(
    capsys: Capture, tmp_path: Path, flag: str, text: str, start: str, order: int
) -> None:
    kept, absent = tmp_path / "kept.csv", tmp_path / "absent.csv"
    kept.write_text("mine", "utf-8")
    again = [flag, text] if "once, not" in start else []
    for path in (kept, absent):
        pairs = [["--csv", str(path)], [flag, text], again][::order]
        message = refused(capsys, "sweep", *(word for pair in pairs for word in pair))
        assert message.startswith(f"xorviz: {start}")
        assert re.fullmatch(r".{1,275}\.\n", message)
    assert kept.read_text("utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.csv"]


@pytest.mark.parametrize("name", ["", ".", "absent/sweep.csv"])
def test_a_file_that_can_not_be_written_is_one_sentence(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    message = refused(capsys, "sweep", *SMALL, "--csv", name)
    assert message.startswith(f"xorviz: CSV must be a file that can be written, not {name!r}: ")
    assert message.count("\n") == 1


def test_a_disk_that_is_full_is_one_sentence(capsys: Capture, tmp_path: Path) -> None:
    path, (soft, hard) = tmp_path / "sweep.csv", getrlimit(RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    setrlimit(RLIMIT_FSIZE, (100, hard))  # a file may not grow beyond so many bytes
    try:
        message = refused(capsys, "sweep", *SMALL, "--csv", str(path))
    finally:
        setrlimit(RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert message.startswith(f"xorviz: CSV must be a file that can be written, not '{path}': ")
    assert message.count("\n") == 1


def test_help_names_every_flag(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["sweep", "--help"])
    out, err = capsys.readouterr()
    assert (caught.value.code, err) == (0, "")
    for flag in ("--seeds", "--learning-rates", "--hidden-sizes", "--epochs", "--csv"):
        assert flag in out
    assert "[default: 0:100]" in " ".join(out.split())


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A file that is read as it is written: whoever reads it waits for the next row."""
    path = tmp_path / "sweep.csv"
    os.mkfifo(path)
    return path


def test_an_interrupt_leaves_whole_rows_of_what_was_done(pipe: Path) -> None:
    flags = ["--seeds", "0:20000", "--epochs", "500", "--csv", str(pipe)]
    with subprocess.Popen(
        [*COMMAND, *flags], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        with pipe.open(encoding="utf-8", newline="") as file:
            written = "".join(file.readline() for _ in range(101))
            process.send_signal(signal.SIGINT)
            written += file.read()
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")

    rows = list(csv.DictReader(io.StringIO(written)))
    seeds = [int(row["seed"]) for row in rows]
    assert seeds == sorted(set(seeds))
    assert 100 <= len(seeds) < 20_000
    assert all(list(row) == list(COLUMNS) and None not in row.values() for row in rows)
    shares, *last = err.splitlines()
    assert shares.startswith("hidden size 2, learning rate 0.5: ")
    assert f" of {len(seeds):,} solved (" in shares
    assert last == INTERRUPTED


@pytest.mark.parametrize("lines", [1, 2], ids=["as they start", "as they work"])
def test_an_interrupt_at_the_terminal_reaches_no_worker(pipe: Path, lines: int) -> None:
    # The terminal interrupts the whole group of processes.
    flags = ["--seeds", "0:20000", "--epochs", "500", "--csv", str(pipe)]
    with subprocess.Popen(
        [*COMMAND, *flags], cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        with pipe.open(encoding="utf-8") as file:
            assert all(file.readline() for _ in range(lines))
            os.killpg(process.pid, signal.SIGINT)
            file.read()
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert err.splitlines()[-2:] == INTERRUPTED


@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_a_reader_that_leaves_early_gets_no_traceback(reader: str) -> None:
    command = " ".join([sys.executable, *COMMAND[1:], *SMALL, "--csv", "-", "|", reader])
    done = subprocess.run(
        command, shell=True, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    assert done.stdout in ("", ",".join(COLUMNS) + "\n")
