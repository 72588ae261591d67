import pytest

from tests.support.runs import trained
from xorviz.core.catalogue import BY_NAME, MISTAKE_NAMES, mistake_fits
from xorviz.core.config import TrainConfig
from xorviz.core.departures import departures
from xorviz.core.lines import LINES
from xorviz.core.loop import change_of
from xorviz.sentences.check import mistake_label
from xorviz.sentences.on_purpose import departure_text, left_out_mistake, mistake_text
from xorviz.step.step import step_at

MARKED = "**A mistake on purpose**"
TEXTS = {
    "no-derivative-output": f"{MARKED}: this program leaves out the derivative σ′ at "
    "the output. It has `d_predicted_output = error` instead of `d_predicted_output = error * "
    "sigmoid_derivative(predicted_output)`.",
    "early-output-update": f"{MARKED}: this program updates the output weights before "
    "it computes the hidden deltas. It has `weights_hidden_output += hidden_layer_output.T.dot("
    "d_predicted_output) * learning_rate` before `error_hidden_layer = d_predicted_output.dot("
    "weights_hidden_output.T)`.",
    "output-layer-only": f"{MARKED}: this program updates the output layer alone. It "
    "leaves out `weights_input_hidden += inputs.T.dot(d_hidden_layer) * learning_rate`.",
}
STEPS = {
    "no-derivative-output": "At this step the wrong lines change δ of the output: from the same "
    "numbers before, the right ones would make others. Numbers that follow from them are wrong "
    "with them.",
    "sign-both": "At this step the wrong lines change the updates: from the same numbers before, "
    "the right ones would make others. The gradients are right: what is wrong is the update that "
    "the program makes of them.",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_mistake_is_told_with_its_lines_and_the_right_ones(name: str) -> None:
    assert mistake_text(TrainConfig(mistake=name)) == TEXTS[name]


@pytest.mark.parametrize("name", MISTAKE_NAMES)
def test_the_lines_of_every_mistake_stand_beside_lines_of_the_notebook(name: str) -> None:
    every = departures(change_of(name), biases=True)
    assert every
    for departure in every:
        assert departure.made != departure.right
        assert {*departure.right} <= {*LINES}
    assert BY_NAME[name].title in mistake_label(name)


def test_lines_of_biases_are_told_of_networks_with_biases_alone() -> None:
    assert "biases" not in mistake_text(TrainConfig(mistake="sign-both"))
    assert "biases" in mistake_text(TrainConfig(mistake="sign-both", biases=True))


def test_a_page_says_how_charts_show_an_output_without_a_sigmoid() -> None:
    assert "go below 0 and above 1" in mistake_text(TrainConfig(mistake="no-sigmoid-output"))


@pytest.mark.parametrize("name", STEPS)
def test_a_step_says_which_numbers_its_wrong_lines_change(name: str) -> None:
    step = step_at(trained(TrainConfig(mistake=name, epochs=100)), 57)
    assert departure_text(step) == STEPS[name]


def test_a_step_says_where_a_mistake_makes_no_difference() -> None:
    step = step_at(trained(TrainConfig(mistake="rate-twice", learning_rate=1, epochs=100)), 57)
    assert departure_text(step) == "At this step the mistake makes no difference."


@pytest.mark.parametrize(
    ("name", "needs"),
    [("bias-sign", "needs biases"), ("wrong-layer-activation", "needs two hidden units")],
)
def test_a_mistake_that_the_network_cannot_have_is_told(name: str, needs: str) -> None:
    assert not mistake_fits(name, 3, biases=False)
    (sentence,) = left_out_mistake(name, TrainConfig(hidden_size=3))
    assert sentence == f"The mistake {name} is left out: it {needs}."
    assert not [*left_out_mistake("", TrainConfig())]
