import random
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xorviz.cli import main
from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import (
    LOWEST_RATE,
    MAX_EDITS,
    WEIGHT_LIMIT,
    Edit,
    fits,
    ordered,
)
from xorviz.core.fields import ConfigError
from xorviz.core.names import LEARNING_RATE, parameter_names
from xorviz.core.network import Array
from xorviz.core.recording import MAX_FRAMES, record
from xorviz.core.trainer import Trainer
from xorviz.figures.lines import edit_marks

Capture = pytest.CaptureFixture[str]

W = "x1 → h1"
EPOCHS = st.integers(0, 9_999_999)
EDITS = st.builds(
    Edit,
    EPOCHS,
    st.sampled_from(parameter_names(16, biases=True)),
    st.floats(-WEIGHT_LIMIT, WEIGHT_LIMIT),
) | st.builds(Edit, EPOCHS, st.just(LEARNING_RATE), st.floats(LOWEST_RATE, WEIGHT_LIMIT))


@st.composite
def edited(draw: st.DrawFn) -> TrainConfig:
    """The settings of a short run with one edit."""
    hidden_size, biases = draw(st.integers(1, 16)), draw(st.booleans())
    epochs = draw(st.integers(1, 400))
    name = draw(st.sampled_from(parameter_names(hidden_size, biases)))
    edit = Edit(draw(st.integers(0, epochs)), name, draw(st.floats(-30, 30)))
    return TrainConfig(
        seed=draw(st.integers(0, 999)),
        learning_rate=draw(st.floats(0.01, 10)),
        hidden_size=hidden_size,
        epochs=epochs,
        biases=biases,
        targets=draw(st.text("01", min_size=4, max_size=4)),
        edits=(edit,),
    )


@st.composite
def forked(draw: st.DrawFn) -> TrainConfig:
    """The settings of a short run with one fork."""
    config = draw(edited())
    fork = Edit(config.edits[0].epoch, LEARNING_RATE, draw(st.floats(0.01, 30)))
    return replace(config, edits=(fork,))


def unedited(config: TrainConfig) -> TrainConfig:
    return replace(config, edits=())


def after(config: TrainConfig, epoch: int) -> Trainer:
    trainer = Trainer(config)
    trainer.run(epoch)
    return trainer


def typed_over(config: TrainConfig) -> Array:
    """The state that the run without its one edit has at the edit's epoch, edited here."""
    (edit,) = config.edits
    parameters = after(unedited(config), edit.epoch).parameters
    parameters[parameter_names(config.hidden_size, config.biases).index(edit.parameter)] = (
        edit.value
    )
    return parameters


def refusal(text: str) -> str:
    """What is said of edits that a run of ten epochs with biases can't have."""
    with pytest.raises(ConfigError) as caught:
        TrainConfig(epochs=10, biases=True, edits=FIELDS["edits"].parse(text))
    return str(caught.value)


def outcome(text: str) -> tuple[tuple[Edit, ...], str]:
    """The edits that a text is, or what is said of it."""
    try:
        return FIELDS["edits"].parse(text), ""
    except ConfigError as error:
        return (), str(error)


@given(edits=st.lists(EDITS, max_size=8).map(tuple))
def test_edits_written_and_read_back_are_the_same_to_the_last_bit(edits: tuple[Edit, ...]) -> None:
    read = FIELDS["edits"].read(FIELDS["edits"].write(edits))
    assert read == ordered(edits)
    assert [edit.value.hex() for edit in read] == [edit.value.hex() for edit in ordered(edits)]


@given(edits=st.lists(EDITS, max_size=8).map(tuple), data=st.data())
def test_equal_edits_have_equal_texts_in_whatever_order(
    edits: tuple[Edit, ...], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(edits))
    assert FIELDS["edits"].write(ordered(shuffled)) == FIELDS["edits"].write(ordered(edits))
    assert FIELDS["edits"].write(ordered([Edit(0, "x1 → h1", -0.0)])) == "0_x1_h1_0.0"


@given(edits=st.lists(EDITS, max_size=8, unique_by=lambda edit: edit[:2]).map(tuple))
def test_the_setting_reads_edits_as_they_are_written(edits: tuple[Edit, ...]) -> None:
    text = FIELDS["edits"].write(edits)
    assert FIELDS["edits"].parse(text) == ordered(edits)
    assert re.fullmatch(r"[a-z0-9_~.+-]*", text)


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("", ()),
        ("0_x1_h1_2.5", (Edit(0, "x1 → h1", 2.5),)),
        ("5000_h2_y_-1", (Edit(5000, "h2 → ŷ", -1.0),)),
        ("7_1_h16_1e-3", (Edit(7, "1 → h16", 0.001),)),
        ("7_1_y_.5", (Edit(7, "1 → ŷ", 0.5),)),
        ("500_lr_2", (Edit(500, LEARNING_RATE, 2.0),)),
        ("00_lr_1e-6", (Edit(0, LEARNING_RATE, 1e-6),)),
        ("9999999_lr_1000", (Edit(9_999_999, LEARNING_RATE, 1000.0),)),
        ("5_lr_.5~0_x1_h1_2.5", (Edit(0, "x1 → h1", 2.5), Edit(5, LEARNING_RATE, 0.5))),
        ("1_x2_h1_1000~0_x2_h1_-1e3", (Edit(0, "x2 → h1", -1e3), Edit(1, "x2 → h1", 1e3))),
    ],
)
def test_text_is_read_as_the_edits_it_means(text: str, edits: tuple[Edit, ...]) -> None:
    assert FIELDS["edits"].parse(text) == edits


NO_EDITS = [
    "abc",
    "0",
    "0_x1_h1",
    "0_x1_h1_",
    "_x1_h1_1",
    "0__h1_1",
    "0_x1__1",
    "0_x1_h1_1_",
    "0_x1_h1_1_2",
    "~",
    "0_x1_h1_1~",
    "~0_x1_h1_1",
    "0_x1_h1_1~~0_x2_h1_1",
    "0_x1_h1_1,0_x2_h1_1",
    "0_x1_h1_one",
    "0_x1_h1_0x10",
    "0_x1_h1_1,5,0",
    "0_x1_h1_1_000",
    "0_x1_h1_1e400",
    "0_x1_h1_-1e400",
    "0_x1_h1_nan",
    "0_x1_h1_-nan",
    "0_x1_h1_inf",
    "0_x1_h1_-Infinity",
    "0_x1_h1_1000001",
    "0_x1_h1_-1000.0000001",
    f"0_x1_h1_{'9' * 400}",
    "0_x1_h1_\u0665",
    "\u0660_x1_h1_1",
    "0_x\u0661_h1_1",
    "0_x1_h\uff11_1",
    "0_x1_h1_1\u00b2",
    "0_x1_h1_\u22121",
    " 0_x1_h1_1",
    "0_x1_h1_1 ",
    "0_x1_h1_ 1",
    "0 _x1_h1_1",
    "0_x1_h1_1\n",
    "0_x1_h1_1\x1c",
    "0_x1_h1_1\x00",
    "\x1b[31m0_x1_h1_1",
    "0_X1_H1_1",
    "0_x1_h1_1~0_x1_h1_2",
    "0_x1_h1_1~00_x1_h1_2",
    "0_x1_h1_1~1_x1_h1_1~0_x1_h1_1",
    "-1_x1_h1_1",
    "+1_x1_h1_1",
    "1.5_x1_h1_1",
    "12345678_x1_h1_1",
    f"{'9' * 5000}_x1_h1_1",
    "0_x1 → h1_1",
    "0_x3_h1_1",
    "0_x_h1_1",
    "0_y_h1_1",
    "0_x1_x2_1",
    "0_h1_1_1",
    "0_1_1_1",
    "0_x1_h_1",
    "0_x1_h100_1",
    "0_x1_h-1_1",
    "500_lr",
    "500_lr_",
    "500_lr_0",
    "500_lr_-0",
    "500_lr_-1",
    "500_lr_nan",
    "500_lr_inf",
    "500_lr_1e9",
    "500_lr_1000.0000001",
    "500_lr_9.9e-7",
    "500_lr_5e-324",
    "500_lr_two",
    "500_lr_1_2",
    "500_lr_y_2",
    "500_x1_lr_2",
    "500_lrr_2",
    "500_l_2",
    "500_LR_2",
    "500_η_2",
    "500_learning_rate_2",
    "lr_2",
    "_lr_2",
    "500_lr_2~500_lr_3",
    "500_lr_2~500_lr_2",
    "500_lr_2~0500_lr_3",
    "a" * 10_000,
    "~" * 10_000,
    "_" * 10_000,
    "9" * 10_000,
    "0_x1_h1_1~" * 1000,
    "\u202e0_x1_h1_1",
    "\ud800",
    "<script>alert(1)</script>",
]


def test_text_that_is_no_edit_is_told_in_one_sentence() -> None:
    for text in NO_EDITS:
        edits, told = outcome(text)
        assert not edits
        assert told.startswith("Edits must be a list, at most 200 long, such as "), text
        assert told.isprintable()
        assert len(told) < 300


@given(text=st.text() | st.text("0159xhy1lr_~.-+einfa \n\x00"))
def test_any_text_is_edits_or_a_config_error(text: str) -> None:
    edits, said = outcome(text)
    assert FIELDS["edits"].read(FIELDS["edits"].write(edits)) == edits
    assert said.isprintable()
    assert len(said) < 300


@pytest.mark.parametrize("count", [MAX_EDITS, MAX_EDITS + 1, 5000])
def test_so_many_edits_are_allowed_and_no_more(count: int) -> None:
    text = "~".join(f"{epoch}_x1_h1_1" for epoch in range(count))
    if count == MAX_EDITS:
        edits = FIELDS["edits"].parse(text)
        assert TrainConfig(edits=edits).edits == edits
    else:
        assert "at most 200" in refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        "0_x1_h0_1",
        "0_x1_h01_1",
        "0_x1_h3_1",
        "0_x1_h99_1",
        "0_h3_y_1",
        "0_x1_y_1",
        "0_h1_h2_1",
        "0_h1_h1_1",
        "11_x1_h1_1",
        "9999999_x1_h1_1",
        "0_x1_h1_1~5_x1_h1_2~11_x1_h1_3",
        "11_lr_2",
        "0_lr_2~5_x1_h1_2~11_lr_2",
    ],
)
def test_an_edit_that_does_not_fit_the_run_is_refused_by_its_name(text: str) -> None:
    edits = FIELDS["edits"].parse(text)
    with pytest.raises(ConfigError) as caught:
        TrainConfig(epochs=10, edits=edits)
    assert caught.value.label == "Edits"
    assert caught.value.came in {str(edit) for edit in edits if not fits(edit, 2, False, 10)}
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("name", ["1 → h1", "1 → ŷ"])
def test_a_bias_can_be_edited_only_where_there_are_biases(name: str) -> None:
    edits = (Edit(0, name, 1.0),)
    assert TrainConfig(biases=True, edits=edits).edits == edits
    with pytest.raises(ConfigError, match=f"not {name} = 1"):
        TrainConfig(edits=edits)


@pytest.mark.parametrize(("hidden_size", "biases"), [(1, False), (2, True), (16, True)])
def test_every_weight_and_the_learning_rate_of_a_network_can_be_edited_at_any_epoch(
    hidden_size: int, biases: bool
) -> None:
    for name in (*parameter_names(hidden_size, biases), LEARNING_RATE):
        for epoch in (0, 1, 10):
            edit = Edit(epoch, name, 1.5)
            assert fits(edit, hidden_size, biases, epochs=10)
            config = TrainConfig(epochs=10, hidden_size=hidden_size, biases=biases, edits=(edit,))
            assert config.edits == (edit,)


@pytest.mark.parametrize(
    "edit",
    [
        Edit(-1, W, 1.0),
        Edit(0, W, float("nan")),
        Edit(0, W, float("inf")),
        Edit(0, W, 1000.0000001),
        Edit(0, W, 10**400),
        Edit(0, W, "1"),  # type: ignore[arg-type]
        Edit(0, W, None),  # type: ignore[arg-type]
        Edit(0, W, 1j),  # type: ignore[arg-type]
        Edit(0, W, True),
        Edit("0", W, 1.0),  # type: ignore[arg-type]
        Edit(1.5, W, 1.0),  # type: ignore[arg-type]
        Edit(True, W, 1.0),
        Edit(float("nan"), W, 1.0),  # type: ignore[arg-type]
        Edit(0, 3, 1.0),  # type: ignore[arg-type]
        Edit(0, [], 1.0),  # type: ignore[arg-type]
        Edit(0, "x1→h1", 1.0),
        Edit(0, "", 1.0),
        Edit(0, "lr", 1.0),
        Edit(-1, LEARNING_RATE, 1.0),
        Edit(0, LEARNING_RATE, 0.0),
        Edit(0, LEARNING_RATE, -0.5),
        Edit(0, LEARNING_RATE, np.nextafter(LOWEST_RATE, 0)),
        Edit(0, LEARNING_RATE, np.nextafter(WEIGHT_LIMIT, np.inf)),
        Edit(0, LEARNING_RATE, float("nan")),
        Edit(0, LEARNING_RATE, float("inf")),
        Edit(0, LEARNING_RATE, 10**400),
        Edit(0, LEARNING_RATE, "2"),  # type: ignore[arg-type]
        Edit(0, LEARNING_RATE, True),
    ],
    ids=lambda edit: ascii(tuple(edit))[:50],
)
def test_an_edit_out_of_bounds_or_of_a_wrong_type_is_a_config_error(edit: Edit) -> None:
    with pytest.raises(ConfigError, match=r"^Edits must "):
        TrainConfig(edits=(edit,))


@pytest.mark.parametrize("name", [W, LEARNING_RATE])
def test_the_same_parameter_twice_an_epoch_is_a_config_error(name: str) -> None:
    with pytest.raises(ConfigError, match="each once an epoch"):
        TrainConfig(edits=(Edit(3, name, 1.0), Edit(3, name, 2.0)))
    assert len(TrainConfig(edits=(Edit(3, name, 1.0), Edit(4, name, 2.0))).edits) == 2


@pytest.mark.parametrize("value", [2, 2.0, np.float64(2)], ids=repr)
def test_equal_values_are_spelled_alike(value: Any) -> None:
    edits = (Edit(0, W, value), Edit(500, LEARNING_RATE, value))
    assert FIELDS["edits"].write(TrainConfig(edits=edits).edits) == "0_x1_h1_2.0~500_lr_2.0"


def test_a_typed_zero_is_the_same_zero_with_either_sign() -> None:
    plus, minus = (TrainConfig(epochs=3, edits=(Edit(0, W, zero),)) for zero in (0.0, -0.0))
    assert plus == minus
    assert FIELDS["edits"].write(plus.edits) == FIELDS["edits"].write(minus.edits)
    assert record(plus).parameters.tobytes() == record(minus).parameters.tobytes()


def test_an_edit_is_told_in_words() -> None:
    assert str(Edit(5000, "h2 → ŷ", -1.25)) == "h2 → ŷ = −1.25 at epoch 5,000"
    assert str(Edit(500, LEARNING_RATE, 2.0)) == "learning rate 2 from epoch 500"
    assert str(Edit(5000, LEARNING_RATE, 0.125)) == "learning rate 0.125 from epoch 5,000"


@given(
    values=st.dictionaries(
        st.tuples(
            st.integers(0, 60), st.sampled_from([LEARNING_RATE, *parameter_names(3, biases=True)])
        ),
        st.floats(0.01, 30),
        max_size=12,
    ),
    seed=st.integers(0, 999),
)
def test_the_order_of_edits_does_not_matter(
    values: dict[tuple[int, str], float], seed: int
) -> None:
    edits = [Edit(epoch, name, value) for (epoch, name), value in values.items()]
    shuffled = random.Random(seed).sample(edits, len(edits))
    one, other = (
        TrainConfig(epochs=60, hidden_size=3, biases=True, edits=tuple(order))
        for order in (edits, shuffled)
    )
    assert one == other
    assert hash(one) == hash(other)
    assert FIELDS["edits"].write(one.edits) == FIELDS["edits"].write(other.edits)
    assert record(one).parameters.tobytes() == record(other).parameters.tobytes()
    assert record(one).predictions.tobytes() == record(other).predictions.tobytes()


@given(config=edited())
def test_before_its_edit_a_run_is_the_unedited_one_to_the_last_bit(config: TrainConfig) -> None:
    ours, plain = record(config), record(unedited(config))
    epoch = config.edits[0].epoch
    assert ours.predictions[:epoch].tobytes() == plain.predictions[:epoch].tobytes()
    for k in {0, epoch // 2, epoch - 1} & set(range(epoch)):
        assert ours.state(k).tobytes() == plain.state(k).tobytes()
        assert after(config, k).parameters.tobytes() == plain.state(k).tobytes()


@given(config=edited())
def test_at_its_edit_a_run_has_the_typed_value_and_every_other_as_it_was(
    config: TrainConfig,
) -> None:
    (edit,) = config.edits
    state, plain = record(config).state(edit.epoch), record(unedited(config)).state(edit.epoch)
    index = parameter_names(config.hidden_size, config.biases).index(edit.parameter)
    assert state[index] == edit.value
    assert np.delete(state, index).tobytes() == np.delete(plain, index).tobytes()
    assert state.tobytes() == typed_over(config).tobytes()
    assert after(config, edit.epoch).parameters.tobytes() == state.tobytes()


@given(config=edited())
def test_after_its_edit_a_run_goes_on_as_one_that_starts_from_the_edited_state(
    config: TrainConfig,
) -> None:
    epoch = config.edits[0].epoch
    ours, restarted = record(config), Trainer(unedited(config), typed_over(config), epoch)
    predictions = np.empty((config.epochs - epoch, 4, 1))
    restarted.run(config.epochs - epoch, predictions)
    assert ours.final.flat.tobytes() == restarted.parameters.tobytes()
    assert ours.predictions[epoch:-1].tobytes() == predictions.tobytes()
    assert ours.predictions[-1].tobytes() == restarted.predict().tobytes()


@given(config=edited())
def test_a_recording_gives_back_the_states_around_an_edit_exactly(config: TrainConfig) -> None:
    epoch = config.edits[0].epoch
    recording = record(config)
    for k in range(max(0, epoch - 2), min(config.epochs, epoch + 2) + 1):
        assert recording.state(k).tobytes() == after(config, k).parameters.tobytes()


@given(config=edited())
def test_the_predictions_at_an_edit_are_those_of_the_edited_network(config: TrainConfig) -> None:
    epoch = config.edits[0].epoch
    network = Trainer(unedited(config), typed_over(config), epoch)
    assert record(config).predictions[epoch].tobytes() == network.predict().tobytes()


@pytest.mark.parametrize("epoch", [0, 1, 399, 400])
def test_the_first_and_the_last_state_can_be_edited(epoch: int) -> None:
    config = TrainConfig(epochs=400, biases=True, edits=(Edit(epoch, "h1 → ŷ", 9.5),))
    recording = record(config)
    assert recording.state(epoch)[4] == 9.5
    assert (recording.parameters[0, 4] == 9.5) == (epoch == 0)
    assert (recording.parameters[-1, 4] == 9.5) == (epoch == 400)
    assert (recording.final.weights_output[0, 0] == 9.5) == (epoch == 400)
    network = Trainer(unedited(config), recording.state(epoch), epoch)
    assert recording.predictions[epoch].tobytes() == network.predict().tobytes()


def test_many_edits_in_one_epoch_and_over_the_run_all_count() -> None:
    edits = (Edit(7, W, 1.0), Edit(7, "h2 → ŷ", -2.0), Edit(8, W, 3.0), Edit(40, "1 → ŷ", 4.0))
    config = TrainConfig(epochs=50, biases=True, edits=edits)
    recording = record(config)
    names = parameter_names(2, biases=True)
    for edit in edits:
        assert recording.state(edit.epoch)[names.index(edit.parameter)] == edit.value
    # The same by hand: train on, type over, train on.
    trainer = Trainer(unedited(config))
    for epoch in range(51):
        parameters = trainer.parameters
        for edit in edits:
            if edit.epoch == epoch:
                parameters[names.index(edit.parameter)] = edit.value
        assert recording.state(epoch).tobytes() == parameters.tobytes()
        trainer = Trainer(unedited(config), parameters, epoch)
        trainer.run(1)


def test_typing_the_value_a_weight_has_changes_nothing() -> None:
    plain = record(TrainConfig(epochs=300))
    edit = Edit(123, "h2 → ŷ", float(plain.state(123)[5]))
    again = record(TrainConfig(epochs=300, edits=(edit,)))
    assert again.predictions.tobytes() == plain.predictions.tobytes()
    assert again.final.flat.tobytes() == plain.final.flat.tobytes()


@given(config=forked())
def test_a_forked_run_is_one_learning_rate_and_then_the_other_to_the_last_bit(
    config: TrainConfig,
) -> None:
    (fork,) = config.edits
    first = after(unedited(config), fork.epoch)
    then = replace(unedited(config), learning_rate=fork.value)
    second = Trainer(then, first.parameters, fork.epoch)
    recording = record(config)
    assert recording.state(fork.epoch).tobytes() == first.parameters.tobytes()
    predictions = np.empty((config.epochs - fork.epoch, 4, 1))
    second.run(config.epochs - fork.epoch, predictions)
    assert recording.predictions[fork.epoch : -1].tobytes() == predictions.tobytes()
    assert recording.predictions[-1].tobytes() == second.predict().tobytes()
    assert recording.final.flat.tobytes() == second.parameters.tobytes()


@given(config=forked())
def test_up_to_its_fork_and_there_too_a_run_is_the_unforked_one(config: TrainConfig) -> None:
    ours, plain = record(config), record(unedited(config))
    epoch = config.edits[0].epoch
    assert ours.predictions[: epoch + 1].tobytes() == plain.predictions[: epoch + 1].tobytes()
    for k in {0, epoch // 2, epoch}:
        assert ours.state(k).tobytes() == plain.state(k).tobytes()


def test_the_update_from_the_forked_state_is_the_first_with_the_other_rate() -> None:
    slow = record(TrainConfig(epochs=9, learning_rate=0.5))
    ours = record(TrainConfig(epochs=9, edits=(Edit(4, LEARNING_RATE, 2.0),)))
    assert ours.state(4).tobytes() == slow.state(4).tobytes()
    forked, unforked = (run.state(5) - run.state(4) for run in (ours, slow))
    np.testing.assert_allclose(forked, 4 * unforked, rtol=1e-9)


@pytest.mark.parametrize("biases", [False, True])
@pytest.mark.parametrize("learning_rate", [LOWEST_RATE, 0.5, 3.7, WEIGHT_LIMIT])
def test_a_fork_at_epoch_0_is_the_run_with_that_learning_rate(
    learning_rate: float, biases: bool
) -> None:
    fork = Edit(0, LEARNING_RATE, learning_rate)
    ours = record(TrainConfig(7, 0.25, epochs=300, biases=biases, edits=(fork,)))
    theirs = record(TrainConfig(7, learning_rate, epochs=300, biases=biases))
    assert ours.parameters.tobytes() == theirs.parameters.tobytes()
    assert ours.predictions.tobytes() == theirs.predictions.tobytes()


@pytest.mark.parametrize("epoch", [0, 1, 123, 299, 300])
def test_a_fork_to_the_same_learning_rate_changes_nothing(epoch: int) -> None:
    plain = record(TrainConfig(epochs=300, learning_rate=0.3))
    fork = Edit(epoch, LEARNING_RATE, 0.3)
    again = record(TrainConfig(epochs=300, learning_rate=0.3, edits=(fork,)))
    assert again.predictions.tobytes() == plain.predictions.tobytes()
    assert again.final.flat.tobytes() == plain.final.flat.tobytes()


def test_a_fork_at_the_last_epoch_changes_nothing_of_the_run() -> None:
    plain = record(TrainConfig(epochs=100))
    again = record(TrainConfig(epochs=100, edits=(Edit(100, LEARNING_RATE, 9.0),)))
    assert again.parameters.tobytes() == plain.parameters.tobytes()
    assert again.predictions.tobytes() == plain.predictions.tobytes()


def test_forks_and_weights_typed_over_all_count_in_one_epoch_too() -> None:
    rates = {7: 4.0, 8: 0.25, 40: 0.5}
    weights = {7: 1.5, 30: -2.0}
    edits = (
        *(Edit(epoch, LEARNING_RATE, rate) for epoch, rate in rates.items()),
        *(Edit(epoch, W, weight) for epoch, weight in weights.items()),
    )
    config = TrainConfig(epochs=50, learning_rate=2.0, edits=edits)
    recording = record(config)
    # The same by hand: type over, change the rate, train on by one epoch.
    plain = unedited(config)
    parameters = Trainer(plain).parameters
    for epoch in range(51):
        plain = replace(plain, learning_rate=rates.get(epoch, plain.learning_rate))
        parameters[0] = weights.get(epoch, parameters[0])
        assert recording.state(epoch).tobytes() == parameters.tobytes()
        trainer = Trainer(plain, parameters, epoch)
        trainer.run(1)
        parameters = trainer.parameters


def test_an_epoch_with_a_fork_is_marked_once_on_the_charts() -> None:
    edits = (Edit(5, LEARNING_RATE, 2.0), Edit(5, W, 1.0), Edit(40, LEARNING_RATE, 1.0))
    marks = edit_marks(TrainConfig(epochs=60, edits=edits))
    assert [(mark["x0"], mark["x1"]) for mark in marks] == [(5, 5), (40, 40)]


@pytest.mark.parametrize("name", [W, LEARNING_RATE])
def test_edited_epochs_are_recorded_besides_as_many_others(name: str) -> None:
    typed = (3, 1234, 2999)
    edits = tuple(Edit(epoch, name, 1.0) for epoch in typed)
    frames = record(TrainConfig(epochs=3000, edits=edits)).epochs
    assert {*typed} <= {*frames.tolist()}
    assert MAX_FRAMES <= len(frames) <= MAX_FRAMES + len(typed)


def test_edits_can_be_given_on_the_command_line(capsys: Capture) -> None:
    main(["train", "--epochs", "9", "--edits", "9_x2_h1_2.5~0_h2_y_-1"])
    out, err = capsys.readouterr()
    assert err == ""
    edits = (Edit(0, "h2 → ŷ", -1.0), Edit(9, "x2 → h1", 2.5))
    final = record(TrainConfig(epochs=9, edits=edits)).final
    assert final.weights_hidden[1, 0] == 2.5
    for number in (*final.weights_hidden.ravel(), *final.weights_output.ravel()):
        assert repr(float(number)).removesuffix("0") in out


def test_no_edits_on_the_command_line_are_the_unedited_run(capsys: Capture) -> None:
    main(["train", "--epochs", "9", "--edits", ""])
    main(["train", "--epochs", "9"])
    first, second = capsys.readouterr().out.split("Final weights between input")[1:]
    assert first == second


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "0_x1_h1_nan",
        "0_x1_h1_1~0_x1_h1_2",
        "0_x1_h1_1\n",
        "\x1b[31m" * 100,
        "~" * 10_000,
        "0_x1_h99_1",
        "0_1_y_1",
        "10_x1_h1_1",
        "5_lr",
        "5_lr_0",
        "5_lr_1e9",
        "5_lr_1~5_lr_2",
        "10_lr_1",
    ],
    ids=lambda text: ascii(text)[:30],
)
def test_edits_that_can_not_be_used_are_one_line_on_the_command_line(
    capsys: Capture, text: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["train", "--epochs", "9", "--edits", text])
    out, err = capsys.readouterr()
    assert (caught.value.code, out) == (2, "")
    assert re.fullmatch(r"xorviz: .*Edits must .+\.\n", err)
    assert len(err) < 300
    assert err.rstrip("\n").isprintable()
