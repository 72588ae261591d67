import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import xorviz
from tests.support.command import Capture, printed, refused, strict_json
from tests.support.notebook import (
    HALF_A_PRINTED_DIGIT,
    PRINTED_LOSSES,
    PRINTED_PREDICTIONS,
    PRINTED_WEIGHTS_HIDDEN,
    PRINTED_WEIGHTS_OUTPUT,
    notebook_run,
)
from tests.support.paths import ROOT
from tests.support.runs import OVERFLOWING, start_far_out, trained
from xorviz.cli import main
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE
from xorviz.core.trainer import Trainer

GATES = "four digits 0 or 1, such as 0110, or one of XOR, AND, OR, NAND, NOR, XNOR"
TITLES = [
    "Final weights between input and hidden layers",
    "Final weights between hidden and output layers",
    "Predicted outputs after training",
]


def losses_of(text: str) -> dict[int, float]:
    lines = re.findall(r"^Epoch (\d+), Loss: (\S+)$", text, flags=re.MULTILINE)
    return {int(epoch): float(loss) for epoch, loss in lines}


def array_of(text: str, title: str) -> list[list[float]]:
    """Read one printed array back, by the heading the notebook gives it."""
    match = re.search(rf"^{title}: \n (\[\[.*?\]\])", text, flags=re.MULTILINE | re.DOTALL)
    assert match is not None
    rows = re.findall(r"\[+([^\[\]]+)\]", match[1])
    return [[float(number) for number in row.split()] for row in rows]


def test_the_default_run_prints_the_notebooks_numbers(capsys: Capture) -> None:
    text = printed(capsys)
    assert losses_of(text) == pytest.approx(PRINTED_LOSSES, rel=0, abs=1e-9)
    for title, numbers in zip(
        TITLES, (PRINTED_WEIGHTS_HIDDEN, PRINTED_WEIGHTS_OUTPUT, PRINTED_PREDICTIONS), strict=True
    ):
        ours = array_of(text, title)
        np.testing.assert_allclose(ours, numbers, rtol=0, atol=HALF_A_PRINTED_DIGIT)


def test_the_lines_are_the_notebooks_in_its_order(capsys: Capture) -> None:
    lines = printed(capsys).splitlines()
    assert [line.split(",")[0] for line in lines[:10]] == [f"Epoch {n}000" for n in range(1, 11)]
    headings = [line for line in lines[10:] if not line.startswith(" ")]
    assert headings == [f"{title}: " for title in TITLES]
    assert all(re.match(r" \[\[? *-?\d.*\]$", line) for line in lines[11:] if line[0] == " ")


def test_every_number_is_printed_in_full(capsys: Capture) -> None:
    flags = ["--seed", "5", "--hidden-size", "3", "--epochs", "1000", "--learning-rate", "2"]
    text = printed(capsys, *flags)
    losses, weights_hidden, weights_output, predicted = notebook_run(5, 2.0, 3, 1000)
    assert losses_of(text) == dict(losses)
    for title, array in zip(TITLES, (weights_hidden, weights_output, predicted), strict=True):
        assert array_of(text, title) == array.tolist()


def test_a_comma_reads_as_on_the_page(capsys: Capture) -> None:
    plain = printed(capsys, "--epochs", "1000", "--learning-rate", "0.25")
    assert printed(capsys, "--epochs", "1,000", "--learning-rate", "0,25") == plain


def test_biases_are_printed_where_there_are_some(capsys: Capture) -> None:
    titles = ["Final biases of the hidden layer", "Final bias of the output layer"]
    without, with_biases = (
        printed(capsys, "--epochs", "1"),
        printed(capsys, "--epochs", "1", "--biases"),
    )
    for title in titles:
        assert title not in without
        assert f"\n{title}: \n [" in with_biases


@pytest.mark.parametrize("hidden_size", [1, 2, 16])
@pytest.mark.parametrize("biases", [False, True])
def test_json_has_the_run_and_nothing_else(capsys: Capture, hidden_size: int, biases: bool) -> None:
    flags = ["--json", "--hidden-size", str(hidden_size), "--epochs", "2500", "--seed", "9"]
    came = strict_json(printed(capsys, *flags, *(["--biases"] if biases else [])))
    config = TrainConfig(9, hidden_size=hidden_size, epochs=2500, biases=biases)
    recording = trained(config)
    final = recording.final
    expected = {
        "config": {**vars(config), "edits": []},
        "losses": [
            [1000, recording.mean_abs_error[999]],
            [2000, recording.mean_abs_error[1999]],
        ],
        "weights_hidden": final.weights_hidden.tolist(),
        "weights_output": final.weights_output.tolist(),
        "predictions": [[prediction] for prediction in recording.predictions[-2].tolist()],
    }
    if biases:
        expected["biases_hidden"] = final.biases_hidden.tolist()
        expected["biases_output"] = final.biases_output.tolist()
    assert came == expected
    assert np.shape(came["weights_hidden"]) == (2, hidden_size)
    assert np.shape(came["weights_output"]) == (hidden_size, 1)
    assert np.shape(came["predictions"]) == (4, 1)


def test_the_json_of_an_edited_run_has_its_edits(capsys: Capture) -> None:
    flags = ["--json", "--epochs", "7", "--edits", "5_h2_y_-1~0_x1_h1_2.5"]
    came = strict_json(printed(capsys, *flags))
    edits = (Edit(0, "x1 → h1", 2.5), Edit(5, "h2 → ŷ", -1.0))
    assert came["config"]["edits"] == [list(edit) for edit in edits]
    final = trained(TrainConfig(epochs=7, edits=edits)).final
    assert came["weights_hidden"] == final.weights_hidden.tolist()
    assert came["weights_output"] == final.weights_output.tolist()


def test_a_run_forked_to_another_learning_rate_goes_on_with_it(capsys: Capture) -> None:
    flags = ["--json", "--epochs", "800", "--edits", "500_lr_2"]
    came = strict_json(printed(capsys, *flags))
    assert came["config"]["edits"] == [[500, LEARNING_RATE, 2.0]]
    first, then = Trainer(TrainConfig()), TrainConfig(learning_rate=2)
    first.run(500)
    second = Trainer(then, first.parameters, 500)
    second.run(300)
    layers = second.network.parameters
    assert came["weights_hidden"] == layers.weights_hidden.tolist()
    assert came["weights_output"] == layers.weights_output.tolist()


@pytest.mark.parametrize("text", ["500_lr", "500_lr_0", "500_lr_nan", "500_lr_1e9"])
def test_a_fork_that_can_not_be_used_is_one_line(capsys: Capture, text: str) -> None:
    message = refused(capsys, "train", "--edits", text)
    assert message.startswith("xorviz: Edits must be a list, ")
    assert message.endswith(f"each once an epoch, not '{text}'.\n")


def test_json_is_one_line(capsys: Capture) -> None:
    text = printed(capsys, "--json", "--epochs", "3")
    assert text.count("\n") == 1
    assert text.endswith("}\n")


def test_the_json_of_a_diverged_run_is_still_json(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_far_out(monkeypatch)
    flags = ["--learning-rate", "1e308", "--epochs", "1000", "--targets", OVERFLOWING.targets]
    came = strict_json(printed(capsys, "--json", *flags))
    assert came["weights_hidden"] == [[None, None], [None, None]]
    assert came["predictions"] == [[None]] * 4
    assert came["losses"] == [[1000, None]]


def test_the_json_of_a_huge_learning_rate_is_json(capsys: Capture) -> None:
    came = strict_json(printed(capsys, "--json", "--learning-rate", "1e308", "--epochs", "40"))
    assert came["config"]["learning_rate"] == 1e308


@pytest.mark.parametrize("gate", ["xnor", "XNOR", "1001"])
def test_a_gate_may_be_called_by_its_name(capsys: Capture, gate: str) -> None:
    came = strict_json(printed(capsys, "--json", "--epochs", "1", "--targets", gate))
    assert came["config"]["targets"] == "1001"


@pytest.mark.parametrize(
    ("flag", "text", "label", "allowed"),
    [
        ("--seed", "abc", "Seed", "a whole number from 0 to 4,294,967,295"),
        ("--seed", "-1", "Seed", "a whole number from 0 to 4,294,967,295"),
        ("--seed", "1.0", "Seed", "a whole number from 0 to 4,294,967,295"),
        ("--seed", "", "Seed", "a whole number from 0 to 4,294,967,295"),
        ("--seed", "4294967296", "Seed", "a whole number from 0 to 4,294,967,295"),
        ("--seed", "1_000", "Seed", "a whole number from 0 to 4,294,967,295"),
        ("--learning-rate", "0", "Learning rate", "a number from 1e-06 to 1e+308"),
        ("--learning-rate", "nan", "Learning rate", "a number from 1e-06 to 1e+308"),
        ("--learning-rate", "inf", "Learning rate", "a number from 1e-06 to 1e+308"),
        ("--learning-rate", "1e400", "Learning rate", "a number from 1e-06 to 1e+308"),
        ("--learning-rate", "-0.5", "Learning rate", "a number from 1e-06 to 1e+308"),
        ("--learning-rate", "fast\n", "Learning rate", "a number from 1e-06 to 1e+308"),
        ("--hidden-size", "17", "Hidden size", "a whole number from 1 to 16"),
        ("--hidden-size", "0", "Hidden size", "a whole number from 1 to 16"),
        ("--hidden-size", "two", "Hidden size", "a whole number from 1 to 16"),
        ("--epochs", "0", "Epochs", "a whole number from 1 to 1,000,000"),
        ("--epochs", "1e3", "Epochs", "a whole number from 1 to 1,000,000"),
        ("--epochs", "1000001", "Epochs", "a whole number from 1 to 1,000,000"),
        ("--targets", "01x0", "Targets", GATES),
        ("--targets", "0110\n", "Targets", GATES),
        ("--targets", "%s%d", "Targets", GATES),
        ("--targets", "MAYBE", "Targets", GATES),
    ],
)
def test_a_bad_value_is_one_sentence_that_says_what_is_allowed(
    capsys: Capture, flag: str, text: str, label: str, allowed: str
) -> None:
    message = refused(capsys, "train", flag, text)
    assert message == f"xorviz: {label} must be {allowed}, not {text!r}.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fit"],
        ["train", "fast"],
        ["train", "--speed", "3"],
        ["train", "--seed"],
        ["train", "--epochs", "--json"],
        ["train", "--epo", "5"],
        ["train", "--biases=maybe"],
        ["train", "--json", "yes"],
        ["train", "--seed", "9" * 10_000],
        ["train", "--targets", "\x1b[31m" * 100],
        ["train", "--learning-rate", "-1e-5"],
        ["--seed", "1"],
        ["fit\nnow"],
    ],
    ids=lambda arguments: ascii(" ".join(arguments))[:30],
)
def test_arguments_that_can_not_be_used_are_one_line(capsys: Capture, arguments: list[str]) -> None:
    message = refused(capsys, *arguments)
    assert re.fullmatch(r"xorviz: .+\.\n", message)
    assert len(message) < 250
    assert message.rstrip("\n").isprintable()


@pytest.mark.parametrize("text", ["two\nlines", "\x1b[31mred", "a" * 10_000])
def test_an_unknown_argument_is_one_short_line_whatever_it_holds(
    capsys: Capture, text: str
) -> None:
    message = refused(capsys, "train", text)
    assert re.fullmatch(r"xorviz: .+\.\n", message)
    assert len(message) < 300
    assert message.rstrip("\n").isprintable()


SENTENCES = {
    "COMMAND must be one of app, train, sweep, picture, export, check, not ''.": [],
    "COMMAND must be one of app, train, sweep, picture, export, check, not 'fit'.": ["fit"],
    "No such option '--epo'.": ["train", "--epo", "5"],
    "Option '--seed' requires an argument.": ["train", "--seed"],
    "Epochs must be a whole number from 1 to 1,000,000, not '--json'.": [
        *("train", "--epochs", "--json"),
    ],
    "Epochs must be given once, not 2 times.": ["train", "--epochs", "1", "--epochs", "1"],
    "Missing argument 'FILE'.": ["picture", "seed=1"],
    "Chart must be one of network, surface, loss, weights, activations, not 'axes'.": [
        *("picture", "seed=1", "run.png", "--chart", "axes"),
    ],
    "CSV must be a file that can be written, not '--biases'.": ["sweep", "--csv", "--biases"],
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_names_the_flag_or_argument_that_can_not_be_used(
    capsys: Capture, sentence: str
) -> None:
    assert refused(capsys, *SENTENCES[sentence]) == f"xorviz: {sentence}\n"


def test_a_switch_may_be_given_twice(capsys: Capture) -> None:
    flags = ["--json", "--epochs", "1", "--biases"]
    assert printed(capsys, *flags, "--biases") == printed(capsys, *flags)


def test_help_names_every_flag_with_what_it_allows(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["train", "--help"])
    out, err = capsys.readouterr()
    assert (caught.value.code, err) == (0, "")
    for words in (
        "--seed",
        "--learning-rate",
        "--hidden-size",
        "--epochs",
        "--biases",
        "--targets",
        "--edits",
        "--json",
        "from 1 to 16",
        "[default: 42]",
    ):
        assert words in out


def module(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "xorviz", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_module_runs_as_a_command(capsys: Capture) -> None:
    flags = ["--epochs", "1000"]
    done = module("train", *flags)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == printed(capsys, *flags)


def test_the_command_fails_with_status_2_and_one_line() -> None:
    done = module("train", "--hidden-size", "999")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == ("xorviz: Hidden size must be a whole number from 1 to 16, not '999'.\n")


def test_a_reader_that_leaves_early_gets_no_traceback() -> None:
    command = f"{sys.executable} -m xorviz train --epochs 10 | true"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_interrupt_ends_training_with_one_line(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        signal.default_int_handler(signal.SIGINT, None)  # as at the keyboard, also where it is off

    monkeypatch.setattr(Trainer, "run", interrupt)
    with pytest.raises(SystemExit) as caught:
        main(["train"])
    out, err = capsys.readouterr()
    assert (caught.value.code, out, err) == (130, "", "xorviz: interrupted.\n")


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_lists_the_commands(capsys: Capture, flag: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main([flag])
    out, err = capsys.readouterr()
    assert (caught.value.code, err) == (0, "")
    names = [line.split()[0] for line in out.partition("Commands:\n")[2].splitlines()]
    assert names == ["app", "train", "sweep", "picture", "export", "check"]
    assert "..." not in out.partition("Commands:\n")[2]


def test_the_version_is_that_of_the_package(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert (caught.value.code, capsys.readouterr().out) == (0, f"xorviz {xorviz.__version__}\n")


def test_output_that_can_not_be_written_is_one_sentence() -> None:
    command = [sys.executable, "-m", "xorviz", "train", "--epochs", "10"]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    message = "xorviz: Output can't be written: No space left on device.\n"
    assert (ended.returncode, ended.stderr) == (2, message)
