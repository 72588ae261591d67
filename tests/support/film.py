"""Film: the film of a step as the page shows it."""

from tests.support.runs import trained
from tests.support.stage import Stage
from xorviz.core.config import TrainConfig
from xorviz.stage.step_film import BeatSpec
from xorviz.step.step import Step, open_step

STEP = "?tab=backprop&epoch=300"
NETWORK = "[data-chart=network]"
SHOWN = """() => {
  const all = (selector, around = document) => [...around.querySelectorAll(selector)];
  const isSeen = (part) => part.checkVisibility({ visibilityProperty: true });
  const text = (part) => part.textContent;
  const numbers = all(".layer [data-edge], .layer [data-unit]").map((box) => [
    box.dataset.edge ?? box.dataset.unit,
    all("span:not(.unseen, .name), b", box).filter(isSeen).map(text),
  ]);
  return [
    Object.fromEntries(numbers),
    text(document.querySelector(".film .sentence")),
    document.querySelector("[data-film]").dataset.film,
    all(".stage thead th.filmed").map(text),
  ];
}"""
"""What is written beside each edge and unit, the sentence, and what is lit: a kind, and columns."""


def step_of(config: TrainConfig) -> Step:
    return open_step(config, trained(config).state(300), 300)


def wait_for_beat(stage: Stage, beat: int) -> None:
    stage.page.wait_for_selector(f'{NETWORK}[data-beat="{beat}"][data-beats="26"]')


def numbers(stage: Stage) -> dict[str, list[str]]:
    """What is written beside each edge and each unit."""
    written: dict[str, list[str]] = stage.page.evaluate(SHOWN)[0]
    return written


def written(beat: BeatSpec) -> dict[str, list[str]]:
    """What is written at the end of a beat: of a sum, its result."""
    edges = {
        name: [result] if beat.kind == "sum" else [terms, result]
        for name, (terms, result, _) in beat.edges.items()
    }
    return {**edges, **{name: [*lines] for name, lines in beat.units.items()}}
