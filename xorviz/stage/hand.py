"""Hand: the state that a reader holds by hand, with its handles, packed for the stage."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from xorviz.core.config import TrainConfig
from xorviz.core.decision_surface import GRID_SIZE, HIGH, LOW, UNIT_GRID_SIZE
from xorviz.core.edit import WEIGHT_LIMIT
from xorviz.core.frames import Frames
from xorviz.core.names import OUTPUT, ends, unit_names
from xorviz.core.network import Array
from xorviz.core.recording import Recording
from xorviz.sentences.charts import Sentence, frame_sentences
from xorviz.sentences.hands import COUNTS, by_hand
from xorviz.stage.frames import draw_moving
from xorviz.stage.payload import pack
from xorviz.stage.scene import run_id
from xorviz.step.step import Step

REACHES: Final = (10, 20, 50, 100, 200, 500, WEIGHT_LIMIT)
"""The largest values that handles may go to: the first that leaves every weight some room."""
ROOM: Final = 1.25
"""How much farther handles go at least than the largest weight."""
STEPS: Final = 3
"""A handle's way has at least twice 10 to the power of this of steps."""
LONGEST: Final = 0.25
"""The longest arrow at most, as a share of a handle's whole way."""
MAGNIFIED: Final = [digit * 10**power for power in range(6) for digit in (1, 2, 5)]
"""How many times as long as updates arrows may be drawn."""


@dataclass(frozen=True)
class Handles:
    """The handles of a state, one for each weight and bias.

    Attributes
    ----------
    names, values
        The parameters' names and values, shape (P,).
    updates
        What gradient descent would add to each by its next update, shape (P,).
    groups
        The name of each unit, and the indices of the handles of its weights.
    reach, decimals
        Handles go from minus this value up to it, and are dragged in steps of so many decimals.
    magnified
        How many times as long as the updates arrows are drawn.
    """

    names: list[str]
    values: Array
    updates: Array
    groups: list[tuple[str, list[int]]]
    reach: int
    decimals: int
    magnified: int


def handles(step: Step) -> Handles:
    """The handles of the state that a step starts from."""
    reach = _reach(step.old)
    magnified = _magnified(step.updates, reach)
    decimals = STEPS - math.floor(math.log10(reach))
    return Handles(step.names, step.old, step.updates, _groups(step), reach, decimals, magnified)


def hand_frames(config: TrainConfig, step: Step) -> Frames:
    """The state that a step starts from, as the only frame of its run."""
    epochs = np.array([step.epoch])
    return Frames(config, epochs, step.old[np.newaxis], step.output[np.newaxis])


def hand_sentences(recording: Recording, frames: Frames, count: int) -> Mapping[str, Sentence]:
    """Describe a state after so many moves by hand, as `charts.frame_sentences` does."""
    sentences = frame_sentences(recording, frames)
    return {name: by_hand(one) if count else one for name, one in sentences.items()}


def pack_hand(
    recording: Recording, step: Step, count: int, answered: int = 0, wanted: Collection[str] = ()
) -> bytes:
    """Pack a state held by hand.

    Parameters
    ----------
    recording
        The run.
    step
        The step of gradient descent from the state that is held. Its number is that of the run's
        state from which the moves were made.
    count
        How many moves these are; with none it is the run's own state.
    answered
        The number of the report that this answers. Streamlit hands on no bytes that it has handed
        on before, and the handles also wait for the answer to a move that can't be made.
    wanted
        Names of the wanted views.
    """
    config = recording.config
    frames = hand_frames(config, step)
    playhead = hand_sentences(recording, frames, count=1)["playhead"]
    return pack(
        {
            **draw_moving(recording, frames, wanted),
            "sentences": hand_sentences(recording, frames, count),
            "id": run_id(config),
            "counts": COUNTS if count else None,
            "count": count,
            "answered": answered,
            "held": {"counts": COUNTS, "playhead": playhead.text},
            "handles": handles(step),
            "network": _network(config.hidden_size, config.targets),
        }
    )


def _network(hidden_size: int, targets: str) -> dict[str, Any]:
    """What the browser's forward pass needs besides the weights."""
    return {
        "size": hidden_size,
        "targets": [int(target) for target in targets],
        "low": LOW,
        "high": HIGH,
        "points": GRID_SIZE,
        "unitPoints": UNIT_GRID_SIZE,
    }


def _groups(step: Step) -> list[tuple[str, list[int]]]:
    """Sort the parameters by the hidden unit at an end of theirs; the output's bias is last."""
    groups: dict[str, list[int]] = {unit: [] for unit in unit_names(step.config.hidden_size)}
    for index, name in enumerate(step.names):
        source, target = ends(name)
        unit = source if target == OUTPUT and source in groups else target
        groups.setdefault(unit, []).append(index)
    return list(groups.items())


def _reach(values: Array) -> int:
    sizes = np.abs(values[np.isfinite(values)])
    needed = ROOM * float(sizes.max(initial=0))
    return next((reach for reach in REACHES if reach >= needed), REACHES[-1])


def _magnified(updates: Array, reach: float) -> int:
    """How many times as long as the updates arrows are drawn, so that the longest is seen."""
    sizes = np.abs(updates[np.isfinite(updates)])
    longest = float(sizes.max(initial=0)) / (2 * reach)
    return max((times for times in MAGNIFIED if times * longest <= LONGEST), default=1)
