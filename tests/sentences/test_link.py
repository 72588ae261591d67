"""What is said about links and edits that can't be used."""

from xorviz.core.config import TrainConfig
from xorviz.core.edit import Edit
from xorviz.core.fields import ConfigError
from xorviz.sentences.link import left_out_texts, problem_text, refusal_text
from xorviz.settings.link import Problem

ERROR = ConfigError("Seed", "a whole number from 0 to 999", "'x'")
SAID = "Seed must be a whole number from 0 to 999, not 'x'"


def test_a_sentence_names_the_setting_what_came_and_what_is_allowed() -> None:
    assert str(ERROR) == refusal_text(Problem(ERROR, "default", "42")) == SAID


def test_the_page_says_what_it_uses_instead() -> None:
    assert problem_text(Problem(ERROR, "default", "42")) == f"{SAID}, so the default, 42, is used."
    assert problem_text(Problem(ERROR, "default", "none")) == f"{SAID}, so it is ignored."
    assert problem_text(Problem(ERROR, "rest")) == f"{SAID}, which is ignored."
    assert problem_text(Problem(ERROR, "others")) == f"{SAID}, so the others are left out."


def test_a_pinned_run_that_can_not_be_used_is_named_by_its_number() -> None:
    pinned = Problem(ERROR, "nothing", pin=2)
    assert problem_text(pinned) == f"Pinned run 2 is left out: {SAID}."
    assert refusal_text(pinned) == f"Pinned run 2 can't be used: {SAID}"


def test_the_first_three_edits_that_do_not_fit_are_listed_and_the_others_counted() -> None:
    late, unknown = Edit(301, "x1 → h1", 2.0), Edit(7, "x1 → h3", 2.0)
    run = TrainConfig(epochs=300)
    assert list(left_out_texts([late, unknown], run)) == [
        "The edit x1 → h1 = 2 at epoch 301 is left out: the run ends at epoch 300.",
        "The edit x1 → h3 = 2 at epoch 7 is left out: the network has no weight x1 → h3.",
    ]
    *listed, last = left_out_texts([late] * 5, run)
    assert (len(listed), last) == (3, "And 2 more edits.")
