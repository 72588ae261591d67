"""Landscape: the chart of the tab Landscape as a reader sees it."""

from typing import Final

from playwright.sync_api import Locator

from tests.support.shown import number
from tests.support.stage import Stage
from xorviz.core.config import TrainConfig

RUN: Final = TrainConfig(seed=7, epochs=1_000)
BETWEEN: Final = 503
"""An epoch between two frames."""
LINK: Final = {"seed": 7, "epochs": 1_000, "tab": "landscape"}
TAB: Final = "?seed=7&epochs=1000&tab=landscape"


def landscape(stage: Stage) -> Locator:
    return stage.page.locator("[data-chart=landscape]")


def wait_for_epoch(stage: Stage, epoch: int, plane: str = "path") -> None:
    """Wait until the landscape is that of an epoch, at rest."""
    stage.wait("data-settled", str(epoch))
    stage.page.wait_for_selector(
        f"[data-chart=landscape][data-plane={plane}][data-epoch='{epoch}']"
    )


def losses_shown(stage: Stage) -> list[list[float]]:
    """What the tips tell at the points of the grid, by row."""
    shown = "[...plot.data[0].z].map(row => [...row])"
    return stage.plot("landscape", shown)  # type: ignore[no-any-return]


def told(stage: Stage) -> list[float]:
    """The numbers below the chart: the loss, that of the plane, and the distance."""
    text = landscape(stage).locator(".reading").inner_text()
    return [number(part.split(" ")[-1]) for part in text.split(". From")[0].split(";")]


def tip(stage: Stage) -> list[str]:
    """The lines of the tip at the chart, if there is one."""
    lines = landscape(stage).locator(".hoverlayer .nums .line, .hoverlayer .nums:not(:has(.line))")
    return lines.all_text_contents()


def click_at(stage: Stage, share: float) -> None:
    """Click on the chart, at this share of its width and height from the corner at the top left."""
    box = landscape(stage).locator(".nsewdrag").bounding_box()
    assert box
    stage.page.mouse.click(box["x"] + box["width"] * share, box["y"] + box["height"] * share)
