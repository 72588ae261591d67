import hashlib
import json
import math
import platform
import struct
import subprocess
import sys
from dataclasses import FrozenInstanceError, replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given

import xorviz
from tests.support.paths import ROOT
from tests.support.runs import runs, trained
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.names import LEARNING_RATE
from xorviz.core.numbers import finite
from xorviz.core.recording import Recording, record
from xorviz.export.card import Card, sha256, write_card
from xorviz.settings.link import parse_link, read

EDITS = (Edit(0, "x1 → h1", 2.5), Edit(40, LEARNING_RATE, 0.1 + 0.2), Edit(99, "1 → ŷ", -3.0))
CONFIG = TrainConfig(7, 2.0, 3, 100, biases=True, targets="0001", edits=EDITS)


def recorded() -> Recording:
    return trained(CONFIG)


@cache
def carded() -> Card:
    return write_card(recorded())


@cache
def default_card() -> Card:
    return write_card(trained(TrainConfig()))


def with_final(recording: Recording, change: float) -> Recording:
    """A recording that says of one final weight what no training made of it."""
    parameters = recording.parameters.copy()
    parameters[-1, 2] += change
    return replace(recording, parameters=parameters)


def test_the_card_has_every_setting() -> None:
    assert list(carded().settings) == list(FIELDS)
    edits = FIELDS["edits"].read(carded().settings["edits"])
    config = TrainConfig(**{**carded().settings, "edits": edits})
    assert config == CONFIG


def test_the_link_on_the_card_opens_the_run() -> None:
    page, problems = read(parse_link(carded().link))
    assert not problems
    assert page.run == CONFIG
    assert default_card().link == "?"


def test_the_versions_are_those_that_run() -> None:
    assert carded().versions == {
        "xorviz": xorviz.__version__,
        "Python": platform.python_version(),
        "NumPy": np.__version__,
    }
    assert platform.machine() in carded().machine


def test_the_hash_is_of_the_final_numbers_as_little_endian_doubles() -> None:
    final = recorded().final
    numbers = [
        *final.weights_hidden.ravel().tolist(),
        *final.weights_output.ravel().tolist(),
        *final.biases_hidden.tolist(),
        *final.biases_output.tolist(),
    ]
    packed = struct.pack(f"<{len(numbers)}d", *numbers)
    assert carded().weights_sha256 == hashlib.sha256(packed).hexdigest()


def test_the_last_bit_of_one_weight_makes_another_hash() -> None:
    parameters = recorded().final.flat.copy()
    parameters[3] = np.nextafter(parameters[3], np.inf)
    assert sha256(parameters) != carded().weights_sha256


def test_the_losses_are_those_after_the_last_update() -> None:
    assert carded().mean_abs_error == recorded().mean_abs_error[100]
    assert carded().half_squared_error == recorded().half_squared_error[100]


@given(config=runs(most_epochs=60))
def test_every_run_is_confirmed_by_the_second_implementation(config: TrainConfig) -> None:
    card = write_card(trained(config))
    assert card.is_confirmed
    assert card.reference_difference == 0


def test_a_weight_that_no_training_made_is_found_out() -> None:
    card = write_card(with_final(recorded(), 0.12))
    assert not card.is_confirmed
    assert card.reference_difference == pytest.approx(0.12, rel=1e-12)
    assert "except for differences up to 0.12" in card.as_text()
    assert "within 0.12" in card.checked
    assert "to the last bit" in carded().checked
    assert "final weights to the last bit" in carded().as_text()


def test_the_gradients_are_checked_at_the_first_the_middle_and_the_last_state() -> None:
    assert list(default_card().gradient_differences) == [0, 5000, 10_000]
    assert all(0 < worst < 1e-5 for worst in default_card().gradient_differences.values())
    one_update = write_card(trained(TrainConfig(epochs=1)))
    assert list(one_update.gradient_differences) == [0, 1]


def test_wrong_gradients_would_be_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from xorviz.export import card
    from xorviz.step.gradient_check import central_differences

    monkeypatch.setattr(
        card, "central_differences", lambda config, state: 1.01 * central_differences(config, state)
    )
    assert max(write_card(recorded()).gradient_differences.values()) > 1e-3


def test_the_rows_name_everything_in_one_line_each() -> None:
    rows = dict(carded().rows())
    assert len(rows) == len(carded().rows())
    assert rows["Seed"] == "7"
    assert rows["Learning rate"] == "2"
    assert rows["Edits"] == f"0_x1_h1_2.5~40_lr_{0.1 + 0.2!r}~99_1_y_-3.0"
    assert rows["SHA-256 of the final weights"] == carded().weights_sha256
    assert "little-endian" in rows["What is hashed"]
    assert dict(default_card().rows())["Edits"] == "none"
    lines = carded().as_text().split("\n")
    assert lines == [f"{name}: {value}" for name, value in carded().rows()]
    assert all(line.isprintable() for line in lines)


def test_the_object_is_json_and_holds_the_same_numbers() -> None:
    content = json.loads(json.dumps(carded().as_object(), allow_nan=False))
    assert content == carded().as_object()
    assert content["settings"] == carded().settings
    assert content["weights_sha256"] == carded().weights_sha256
    assert content["mean_abs_error"] == carded().mean_abs_error
    assert content["checks"]["reference_same_bits"] is True
    worst = {
        check["epoch"]: check["relative_difference"]
        for check in content["checks"]["gradient_differences"]
    }
    assert worst == carded().gradient_differences


@pytest.mark.parametrize("change", [math.nan, math.inf, -math.inf])
def test_a_diverged_run_has_a_card_without_warnings(change: float) -> None:
    card = write_card(with_final(recorded(), change))
    assert not card.is_confirmed
    assert json.loads(json.dumps(card.as_object(), allow_nan=False))
    assert card.as_object()["checks"]["reference_difference"] is None
    assert card.as_text()
    assert card.checked


def test_what_is_not_finite_is_none_in_json() -> None:
    assert finite([1.5, [math.nan, -math.inf], 2]) == [1.5, [None, None], 2]


def test_the_same_run_has_the_same_card_in_another_process() -> None:
    code = (
        "from xorviz.core.config import TrainConfig\n"
        "from xorviz.core.recording import record\n"
        "from xorviz.export.card import write_card\n"
        "print(write_card(record(TrainConfig())).as_text())"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == default_card().as_text() + "\n"
    assert write_card(record(CONFIG)) == carded()


def test_a_card_is_not_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        carded().machine = "another"  # type: ignore[misc]


def test_a_mistake_on_purpose_is_on_the_card() -> None:
    card = write_card(trained(TrainConfig(epochs=50, mistake="sign-hidden")))
    assert (
        "Mistake: sign-hidden, on purpose: the program updates the hidden layer with the wrong sign"
    ) in card.as_text()
    assert "the notebook's own loop, with the mistake's lines put in, gives the same" in (
        card.as_text()
    )
    assert card.is_confirmed
    assert card.settings["mistake"] == "sign-hidden"
    assert "mistake=sign-hidden" in card.link
