from dataclasses import replace

import pytest

from tests.support.runs import ALL_OTHER
from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.doctor.cures import _changes
from xorviz.sentences.cures import CHANGEABLE, change_text, nothing_cures, tried_text

RUN = TrainConfig(seed=41, learning_rate=10.0, hidden_size=1, epochs=600)
EDITED = replace(RUN, edits=(Edit(500, "η", 100.0),))


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        (replace(RUN, epochs=1234), "1,234 epochs"),
        (replace(RUN, learning_rate=0.25), "learning rate 0.25"),
        (replace(RUN, learning_rate=1 / 3), "learning rate 0.3333333333"),
        (replace(RUN, seed=3), "seed 3"),
        (replace(RUN, biases=True), "biases"),
        (replace(RUN, hidden_size=2), "2 hidden units"),
        (replace(RUN, learning_rate=0.25, epochs=2400), "learning rate 0.25 and 2,400 epochs"),
        (replace(RUN, hidden_size=2, biases=True, seed=3), "2 hidden units, biases and seed 3"),
        (
            TrainConfig(seed=0, hidden_size=2),
            "learning rate 0.5, 10,000 epochs, 2 hidden units and seed 0",
        ),
    ],
    ids=repr,
)
def test_a_change_is_named_by_the_settings_that_differ(changed: TrainConfig, text: str) -> None:
    assert change_text(RUN, changed) == text


@pytest.mark.parametrize("run", [RUN, EDITED, ALL_OTHER])
def test_no_cure_changes_a_setting_that_its_text_does_not_name(run: TrainConfig) -> None:
    tried = [changed for kinds in _changes(run) for runs in kinds for changed in runs]
    assert len(tried) > 50
    for changed in tried:
        named = {name: getattr(changed, name) for name in (*CHANGEABLE, "edits")}
        assert replace(run, **named) == changed


def test_edits_that_are_dropped_are_named() -> None:
    assert change_text(EDITED, RUN) == "the run without its edits"
    changed = change_text(EDITED, replace(RUN, seed=3))
    assert changed == "seed 3, without the edits"
    assert change_text(EDITED, replace(EDITED, epochs=700)) == "700 epochs"


def test_all_that_was_tried_is_listed_a_kind_at_a_time() -> None:
    larger = replace(RUN, hidden_size=2, biases=True)
    tried = [
        [replace(EDITED, epochs=50_000)],
        [RUN],
        [replace(RUN, learning_rate=rate) for rate in (5.0, 0.25)],
        [replace(RUN, seed=seed) for seed in range(40)],
        [replace(RUN, biases=True)],
        [replace(larger, seed=seed) for seed in range(40)],
    ]
    texts = [
        "50,000 epochs",
        "the run without its edits",
        "the learning rates 5, 0.25",
        "the seeds 0 to 39",
        "biases",
        "2 hidden units, biases and the seeds 0 to 39",
    ]
    assert tried_text(EDITED, tried) == texts
    assert nothing_cures(EDITED, [tried[0], tried[2]]) == (
        "None of these changes solves the truth table: 50,000 epochs; the learning rates 5, 0.25."
    )
