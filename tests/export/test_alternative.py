"""What a picture shows, for readers who don't see it."""

import numpy as np
import pytest

from tests.support.runs import trained
from tests.support.shown import number
from xorviz.core.config import TrainConfig
from xorviz.export.picture import plan_picture
from xorviz.settings.page import Page
from xorviz.step.step import open_step

RUN = TrainConfig(epochs=300)


def told_of(chart: str | None, **settings: str) -> list[str]:
    page = Page(epochs=300, epoch=200, **settings)
    return plan_picture(page, chart, None).text.splitlines()


def test_a_picture_of_a_view_is_told_by_the_numbers_of_the_view() -> None:
    step = open_step(RUN, trained(RUN).state(200), 200)
    (_, sentence) = told_of("network", edges="gradients")
    largest = sentence.partition("the largest ∂E/∂w of a connection is ")[2].split(" ")[0]
    assert number(largest) == pytest.approx(step.gradients.max(), rel=1e-3)
    (_, sentence) = told_of("weights", lines="pull")
    hardest = sentence.partition(" has the size ")[2].split(",")[0]
    assert number(hardest) == pytest.approx(np.abs(step.row_gradients).max(), rel=1e-3)
    (_, sentence) = told_of("activations", units="curves")
    assert "the derivative σ′ of a unit" in sentence


def test_each_chart_of_a_whole_picture_is_told_once_in_its_own_view() -> None:
    plain, viewed = told_of(None), told_of(None, lines="gradients")
    assert len(plain) == len(viewed)
    changed = [line for line in viewed if line not in plain]
    assert len(changed) == 1
    assert "the gradient has the size" in changed[0]


def test_a_filmstrip_of_a_view_is_told_epoch_by_epoch() -> None:
    page = Page(epochs=300, edges="updates")
    text = plan_picture(page, "network", [0, 100, 300]).text
    assert [f"At epoch {epoch} the largest update" in text for epoch in (0, 100, 300)] == [True] * 3
