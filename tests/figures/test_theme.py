"""Colours of the page's two themes."""

import pytest

from xorviz.figures.theme import palettes

GROUNDS = {"light": "#ffffff", "dark": "#0e1117"}


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", GROUNDS)
def test_near_one_half_a_picture_is_as_light_as_the_page_and_the_boundary_stands_out(
    theme: str,
) -> None:
    palette = palettes()[theme]
    colours = dict(palette["coloraxis.colorscale"])
    assert contrast(colours[0.5], GROUNDS[theme]) < 1.4
    assert contrast(colours[0.5], palette["font.color"]) > 7
    for strong in (colours[0.0], colours[1.0]):
        assert contrast(colours[0.5], strong) > 2.5
