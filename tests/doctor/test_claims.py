"""The doctor's sentences about runs drawn at random, each checked by training on."""

import re
from dataclasses import replace
from itertools import islice

import pytest

from tests.support.claims import refuted, unoffered
from tests.support.runs import trained
from tests.support.subject import Subject, drawn
from xorviz.core.config import TrainConfig
from xorviz.doctor.cures import Search
from xorviz.doctor.diagnosis import diagnose


@pytest.mark.parametrize("config", drawn(20), ids=repr)
def test_training_on_refutes_no_sentence_and_the_epochs_that_solve_a_run_are_offered(
    config: TrainConfig,
) -> None:
    subject, diagnosis = Subject(config), diagnose(trained(config))
    assert refuted(subject, diagnosis.findings) == []
    look = diagnosis.look
    first = None
    if look is not None and look.solved_at is not None:
        (first,) = islice(Search(config).cures(diagnosis), 1)
    assert not unoffered(subject, first)


@pytest.mark.parametrize(
    "config", [TrainConfig(464, 5.8, 2, 200), TrainConfig(656, 1.0, 2, 1000)], ids=repr
)
def test_a_sentence_with_any_other_number_is_refuted(config: TrainConfig) -> None:
    subject = Subject(config)
    for finding in diagnose(trained(config)).findings:
        for number in re.finditer(r"(?<![\d.])\d", finding.text):
            start = number.start()
            other = replace(finding, text=f"{finding.text[:start]}7{finding.text[start:]}")
            assert refuted(subject, [other]), other
