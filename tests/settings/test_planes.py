import pytest

from xorviz.core.config import TrainConfig
from xorviz.core.fields import ConfigError
from xorviz.settings.page import Page
from xorviz.settings.planes import axes, third_run

ALIKE = TrainConfig(seed=8)
OTHER = TrainConfig(seed=9, hidden_size=3)


@pytest.mark.parametrize(
    ("across", "up", "shown"),
    [
        ("", "", ("x1 → h1", "x2 → h1")),
        ("h1 → ŷ", "", ("h1 → ŷ", "x2 → h1")),
        ("x2 → h1", "", ("x2 → h1", "x1 → h1")),
        ("", "x1 → h1", ("x2 → h1", "x1 → h1")),
        ("", "x2 → h2", ("x1 → h1", "x2 → h2")),
        ("x1 → h2", "h2 → ŷ", ("x1 → h2", "h2 → ŷ")),
        ("x1 → h1", "x1 → h1", ("x1 → h1", "x2 → h1")),
        ("x1 → h9", "1 → ŷ", ("x1 → h1", "x2 → h1")),
    ],
)
def test_the_axes_are_two_weights_of_the_network(
    across: str, up: str, shown: tuple[str, str]
) -> None:
    assert axes(Page(across=across, up=up)) == shown


def test_one_hidden_unit_has_two_axes() -> None:
    assert axes(Page(hidden_size=1)) == ("x1 → h1", "x2 → h1")


def test_the_third_state_is_that_of_the_pinned_run_of_this_number() -> None:
    pins = (OTHER, ALIKE)
    assert third_run(Page(pins=pins)) is None
    assert third_run(Page(pins=pins, third="2")) == ALIKE
    for number in ("1", "3"):
        with pytest.raises(ConfigError, match="Third must be middle, or the number"):
            third_run(Page(pins=pins, third=number))
