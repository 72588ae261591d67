"""Files read back: runs to the last bit, weights of other programs, and files that mean harm."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import xorviz
from tests.support.runs import ALL_OTHER, OVERFLOWING, start_far_out, trained
from xorviz.core.config import TrainConfig
from xorviz.core.fields import ConfigError
from xorviz.core.recording import record
from xorviz.export.card import sha256
from xorviz.export.contents import MAX_BYTES
from xorviz.export.files import write_run
from xorviz.export.reading import MAX_STATES, Saved, compare, read_file
from xorviz.export.weights import Weights

HIDDEN = [[0.1, -0.2, 0.3], [0.4, 0.5, -0.6]]
OUTPUT = [[0.7], [-0.8], [0.9]]
DATA = (".csv", ".json", ".npz")
RUNS = [TrainConfig(), ALL_OTHER, TrainConfig(hidden_size=16, epochs=30, targets="0001")]
LAST = "is this run to the last bit."


def npz(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def as_json(**arrays: Any) -> bytes:
    return json.dumps(arrays).encode()


def as_csv(head: str, *rows: str) -> bytes:
    return "\n".join([head, *rows]).encode()


def saved(config: TrainConfig, suffix: str) -> Saved:
    held = read_file(write_run(trained(config), suffix), f"run{suffix}")
    assert isinstance(held, Saved)
    return held


def weights(content: bytes, name: str) -> Weights:
    held = read_file(content, name)
    assert isinstance(held, Weights)
    return held


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read_file(content, name)
    sentence = str(caught.value)
    assert len(sentence) < 250
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("suffix", DATA)
@pytest.mark.parametrize("config", RUNS, ids=repr)
def test_an_exported_run_comes_back_to_the_last_bit(config: TrainConfig, suffix: str) -> None:
    held = saved(config, suffix)
    assert held.config == config
    assert held.weights.parameters.tobytes() == trained(config).parameters.tobytes()
    assert held.versions["NumPy"] == np.__version__
    assert compare(held, record(held.config)) == f"'run{suffix}' {LAST}"


@pytest.mark.parametrize("suffix", DATA)
def test_a_run_that_diverged_comes_back_too(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    start_far_out(monkeypatch)
    held = read_file(write_run(record(OVERFLOWING), suffix), f"run{suffix}")
    assert isinstance(held, Saved)
    assert compare(held, record(OVERFLOWING)) == f"'run{suffix}' {LAST}"


def test_a_file_that_was_changed_is_not_the_run_of_its_card() -> None:
    whole = json.loads(write_run(trained(ALL_OTHER), ".json"))
    whole["arrays"]["weights_hidden"][-1][0][0] += 0.25
    held = read_file(json.dumps(whole).encode(), "a.json")
    assert isinstance(held, Saved)
    expected = "The weights in 'a.json' are not those of its card: they differ"
    assert compare(held, trained(ALL_OTHER)) == f"{expected} from this run's by up to 0.2500."


def test_a_file_from_elsewhere_is_compared_and_the_sentence_names_its_versions() -> None:
    held = saved(ALL_OTHER, ".npz")
    held.weights.parameters[3:, 0] += 2.0**-40
    its_own = sha256(held.weights.parameters[-1])
    elsewhere = Saved(held.name, held.config, held.weights, its_own, {"NumPy": "1.9"})
    expected = "The weights in 'run.npz' were made by NumPy 1.9: they differ"
    assert compare(elsewhere, trained(ALL_OTHER)).startswith(expected)
    here = Saved(held.name, held.config, held.weights, its_own, {"xorviz": xorviz.__version__})
    assert "made by another machine" in compare(here, trained(ALL_OTHER))


def test_a_state_that_was_changed_is_not_laid_to_another_machine() -> None:
    held = saved(ALL_OTHER, ".npz")
    held.weights.parameters[3, 0] += 0.25
    expected = "Some weights in 'run.npz' are not those that its run had: they differ"
    assert compare(held, trained(ALL_OTHER)).startswith(expected)


def test_settings_on_a_card_get_the_sentence_that_flags_get() -> None:
    whole = json.loads(write_run(trained(ALL_OTHER), ".json"))
    whole["card"]["settings"]["seed"] = -1
    sentence = refusal(json.dumps(whole).encode(), "a.json")
    assert sentence == "Seed must be a whole number from 0 to 4,294,967,295, not -1"


@pytest.mark.parametrize("change", ["hidden_size", "biases", "epochs"])
def test_states_that_cannot_be_those_of_the_settings_are_refused(change: str) -> None:
    whole = json.loads(write_run(trained(TrainConfig(epochs=30)), ".json"))
    whole["card"]["settings"][change] = {"hidden_size": 3, "biases": True, "epochs": 31}[change]
    assert "the states of its settings' run" in refusal(json.dumps(whole).encode(), "a.json")


def test_an_exported_run_has_no_more_states_than_any_run() -> None:
    whole = json.loads(write_run(trained(TrainConfig(epochs=30)), ".json"))
    count = MAX_STATES + 1
    arrays = {
        name: np.zeros((count, *shape)).tolist()
        for name, shape in {"weights_hidden": (2, 2), "weights_output": (2, 1)}.items()
    }
    whole["arrays"] = {**arrays, "epochs": list(range(count))}
    whole["card"]["settings"]["epochs"] = count - 1
    assert "the states of its settings' run" in refusal(json.dumps(whole).encode(), "a.json")


@pytest.mark.parametrize("write", [npz, as_json])
def test_weights_of_other_programs_are_read_by_the_notebooks_names(
    write: Callable[..., bytes],
) -> None:
    name = "w.npz" if write is npz else "w.json"
    held = weights(
        write(weights_input_hidden=HIDDEN, weights_hidden_output=OUTPUT, other=[1]), name
    )
    assert held.parameters.tolist() == [[0.1, -0.2, 0.3, 0.4, 0.5, -0.6, 0.7, -0.8, 0.9]]
    assert (held.epochs, held.hidden_size, held.biases) == (None, 3, False)


@pytest.mark.parametrize("biases_output", [[0.5], 0.5, [[0.5]]])
@pytest.mark.parametrize("biases_hidden", [[1, 2, 3], [[1, 2, 3]]])
def test_biases_may_have_a_row_of_their_own(biases_hidden: Any, biases_output: Any) -> None:
    held = weights(
        npz(
            weights_input_hidden=HIDDEN,
            weights_hidden_output=OUTPUT,
            biases_hidden=biases_hidden,
            biases_output=biases_output,
        ),
        "w.npz",
    )
    assert held.parameters[0, 9:].tolist() == [1, 2, 3, 0.5]
    assert held.biases


@pytest.mark.parametrize("epochs", [None, [0, 100, 250]])
def test_a_leading_axis_is_one_of_states(epochs: list[int] | None) -> None:
    numbered = {} if epochs is None else {"epochs": epochs}
    states = np.arange(18.0).reshape(3, 2, 3), np.arange(9.0).reshape(3, 3, 1)
    held = weights(
        npz(weights_input_hidden=states[0], weights_hidden_output=states[1], **numbered), "w.npz"
    )
    assert held.epochs is not None
    assert held.epochs.tolist() == (epochs or [0, 1, 2])
    assert held.parameters[1].tolist() == [*range(6, 12), 3, 4, 5]


@pytest.mark.parametrize(
    "head",
    [
        "epoch,x1_h1,x1_h2,x2_h1,x2_h2,h1_y,h2_y",
        "epoch,"
        + ",".join(f"weights_input_hidden_{i}_{j}" for i in (0, 1) for j in (0, 1))
        + ",weights_hidden_output_0_0,weights_hidden_output_1_0",
        'epoch,"weights_input_hidden[0, 0]","weights_input_hidden[0, 1]",'
        '"weights_input_hidden[1, 0]","weights_input_hidden[1, 1]",'
        '"weights_hidden_output[0, 0]","weights_hidden_output[1, 0]"',
    ],
)
def test_a_csv_has_a_column_for_each_weight(head: str) -> None:
    held = weights(as_csv(head, "0,1,2,3,4,5,6", "10,7,8,9,10,11,12"), "w.csv")
    assert held.epochs is not None
    assert held.epochs.tolist() == [0, 10]
    assert held.parameters.tolist() == [[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]]


def test_a_csv_has_biases_too() -> None:
    held = weights(as_csv("x1_h1,x2_h1,h1_y,1_h1,1_y", "1,2,3,4,5"), "w.csv")
    assert (held.parameters.tolist(), held.biases) == ([[1, 2, 3, 4, 5]], True)


def test_for_the_stage_a_single_state_is_epoch_0_and_others_begin_there() -> None:
    single = weights(npz(weights_input_hidden=HIDDEN, weights_hidden_output=OUTPUT), "w.npz")
    shown = single.shown("0001")
    assert (shown.epochs.tolist(), shown.config.targets) == ([0], "0001")
    late = weights(
        npz(weights_input_hidden=[HIDDEN], weights_hidden_output=[OUTPUT], epochs=[100]), "w.npz"
    )
    with pytest.raises(ConfigError, match="begin with 0, the initial weights, not from 100 on"):
        late.shown("0110")


def test_as_those_of_a_run_the_seed_gives_what_is_missing_and_edits_what_differs() -> None:
    config = TrainConfig(epochs=500, hidden_size=3)
    single = weights(npz(weights_input_hidden=HIDDEN, weights_hidden_output=OUTPUT), "w.npz")
    observed = single.of_run(config)
    assert observed.epochs.tolist() == [0, 500]
    assert observed.parameters[0].tobytes() == trained(config).state(0).tobytes()
    assert observed.config == config
    from_them = weights(
        npz(weights_input_hidden=[HIDDEN], weights_hidden_output=[OUTPUT]), "w.npz"
    ).of_run(config)
    assert record(from_them.config).state(0).tobytes() == from_them.parameters[0].tobytes()


SENTENCES = {
    "nan": (
        npz(weights_input_hidden=[[np.nan], [1]], weights_hidden_output=[[1]]),
        "finite numbers, not nan",
    ),
    "inf": (
        as_json(weights_input_hidden=[[1e999], [1]], weights_hidden_output=[[1]]),
        "finite numbers, not inf",
    ),
    "null": (
        as_json(weights_input_hidden=[[None], [1]], weights_hidden_output=[[1]]),
        "finite numbers",
    ),
    "three inputs": (
        npz(weights_input_hidden=np.ones((3, 2)), weights_hidden_output=np.ones((2, 1))),
        "of shape (2, H)",
    ),
    "seventeen units": (
        npz(weights_input_hidden=np.ones((2, 17)), weights_hidden_output=np.ones((17, 1))),
        "H from 1 to 16",
    ),
    "no units": (
        npz(weights_input_hidden=np.ones((2, 0)), weights_hidden_output=np.ones((0, 1))),
        "H from 1 to 16",
    ),
    "no states": (
        npz(weights_input_hidden=np.ones((0, 2, 1)), weights_hidden_output=np.ones((0, 1, 1))),
        "of shape (2, H)",
    ),
    "two outputs": (
        npz(weights_input_hidden=np.ones((2, 2)), weights_hidden_output=np.ones((2, 2))),
        "2 numbers a state",
    ),
    "one layer": (npz(weights_input_hidden=np.ones((2, 2))), "one without weights_hidden_output"),
    "half of the biases": (
        npz(weights_input_hidden=HIDDEN, weights_hidden_output=OUTPUT, biases_output=[1]),
        "both layers",
    ),
    "epochs backwards": (
        npz(weights_input_hidden=[HIDDEN] * 2, weights_hidden_output=[OUTPUT] * 2, epochs=[1, 0]),
        "ascending whole numbers",
    ),
    "half epochs": (
        npz(weights_input_hidden=[HIDDEN], weights_hidden_output=[OUTPUT], epochs=[0.5]),
        "ascending whole numbers",
    ),
    "epochs nan": (
        npz(weights_input_hidden=[HIDDEN], weights_hidden_output=[OUTPUT], epochs=[np.nan]),
        "ascending whole numbers",
    ),
    "pickles": (
        npz(weights_input_hidden=np.array([object()]), weights_hidden_output=OUTPUT),
        "can't be read",
    ),
    "complex numbers": (
        npz(weights_input_hidden=np.array(HIDDEN) * 1j, weights_hidden_output=OUTPUT),
        "can't be read",
    ),
    "ragged lists": (
        as_json(weights_input_hidden=[[1, 2], [3]], weights_hidden_output=[[1]]),
        "can't be read",
    ),
    "a list": (b"[1, 2]", "can't be read"),
    "brackets": (b"[" * 2**20, "can't be read"),
    "deep JSON": (b'{"a":' * 200_000 + b"1" + b"}" * 200_000, "can't be read"),
    "deep numbers": (
        b'{"weights_input_hidden":' + b"[" * 900 + b"1" + b"]" * 900 + b"}",
        "can't be read",
    ),
    "a long number": (b'{"weights_input_hidden":' + b"9" * 100_000 + b"}", "can't be read"),
    "nothing": (b"", "can't be read"),
    "no UTF-8": (b"\xff\xfe\x00", "can't be read"),
    "too many bytes": (b" " * (MAX_BYTES + 1), "a file of at most 5 MB, not one of 5.0 MB"),
}


@pytest.mark.parametrize("kind", SENTENCES)
def test_what_can_not_be_used_gets_one_sentence(kind: str) -> None:
    content, part = SENTENCES[kind]
    name = "weights.npz" if content[:2] == b"PK" else "weights.json"
    assert part in refusal(content, name)


@pytest.mark.parametrize("suffix", DATA)
def test_noise_of_any_kind_gets_one_sentence(suffix: str) -> None:
    noise = np.random.RandomState(0).bytes(1000)
    whole = write_run(trained(TrainConfig(epochs=30)), suffix)
    for content in (
        noise,
        b"",
        b"[" * 2**20,
        whole[: len(whole) // 2],
        b'"',
        b"PK\x03\x04" + noise,
    ):
        assert refusal(content, f"a{suffix}")


@pytest.mark.parametrize("name", ["a.pkl", "npz", "", "a.npz.exe"])
def test_other_kinds_of_file_are_refused(name: str) -> None:
    assert "one whose name ends in .npz, .json, .csv" in refusal(b"", name)


@pytest.mark.parametrize(
    ("head", "row"),
    [("x1_h1,x1_h1", "1,2"), ("x1_h1,x2_h1,h1_y", "1,2"), ("x1_h1,h1_y", "1,2"), ("x1_h1", "")],
)
def test_a_csv_with_other_columns_gets_one_sentence(head: str, row: str) -> None:
    assert "must be a CSV file with arrays of numbers" in refusal(as_csv(head, row), "a.csv")


def bomb(entry: str = "weights_input_hidden.npy", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(entry, b"0" * (200 * 2**20))
    return file.getvalue()


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    content = bomb()
    assert len(content) < 2**20
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("unpacked"))
    assert "at most 20 MB in 100 arrays, unpacked, not 200.0 MB in 1" in refusal(content, "a.npz")


def test_sizes_in_a_zips_directory_that_are_not_true_bound_what_is_unpacked() -> None:
    content = bytearray(bomb())
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
    assert "can't be read" in refusal(bytes(content), "a.npz")


def test_an_array_whose_header_asks_for_more_than_there_is_is_not_made() -> None:
    file = io.BytesIO()
    header = {"descr": "<f8", "fortran_order": False, "shape": (2, 10**12)}
    np.lib.format.write_array_header_1_0(file, header)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("weights_input_hidden.npy", file.getvalue() + b"0" * 16)
    assert "can't be read" in refusal(whole.getvalue(), "a.npz")


def test_other_ways_to_pack_are_refused() -> None:
    assert "can't be read" in refusal(small(zipfile.ZIP_BZIP2), "a.npz")
    assert "can't be read" in refusal(small(zipfile.ZIP_LZMA), "a.npz")


def small(method: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("weights_input_hidden.npy", b"0")
    return file.getvalue()


def test_a_csv_of_one_long_field_gets_one_sentence() -> None:
    assert len(b"1" * (csv.field_size_limit() + 1)) < MAX_BYTES
    assert "can't be read" in refusal(b"1" * (csv.field_size_limit() + 1), "a.csv")
