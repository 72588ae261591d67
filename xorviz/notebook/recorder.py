"""Recorder: watches a training loop that the reader has written, whatever it looks like."""

import warnings
from functools import cached_property
from typing import Any, Final

import numpy as np

from xorviz.core.config import FIELDS, TrainConfig
from xorviz.core.edit import WEIGHT_LIMIT, Edit
from xorviz.core.names import parameter_names
from xorviz.core.network import Array, initial_parameters
from xorviz.core.numbers import ten_digits
from xorviz.core.observed import Observed
from xorviz.core.observed_recording import ObservedRecording, record_observed
from xorviz.notebook.layout import slots_for
from xorviz.notebook.player import Playable
from xorviz.notebook.track import Track

BOUND: Final = 32 * 2**20
"""Bytes that a recorder takes at most: a quarter is for losses, the rest for weights."""
MOST_UPDATES: Final = 1_000_000
"""The most updates that are recorded, as many as a run may have."""
SEEDS: Final = (42, *range(1000))
"""Seeds that the initial weights may be drawn from, the notebook's first."""

NOTHING: Final = "no update was recorded: call the recorder after each update"


class Recorder(Playable):
    """Records the weights of a training loop, to be checked, or played at the end of a cell.

    Make one before the loop, with the initial weights, and call it after each update with the
    same arrays::

        recorder = xorviz.Recorder(weights_input_hidden, weights_hidden_output)
        for epoch in range(10_000):
            ...
            recorder(weights_input_hidden, weights_hidden_output)

    What it is given is copied, so arrays may be updated in place. It takes arrays, lists, and
    tensors. It keeps at most 32 MB: with two hidden units and no biases every state of 524,000
    updates. Beyond that, states between the first and the last are left out evenly; their losses
    stay. It records 1,000,000 updates at most.

    Parameters
    ----------
    weights_input_hidden, weights_hidden_output
        Initial weights: shapes (2, H) and (H, 1), or PyTorch's (H, 2) and (1, H).
    biases_hidden, biases_output
        Initial biases, of H numbers and of one; None for a network without biases.
    learning_rate
        The learning rate that the loop uses.
    targets
        Targets of the inputs 00, 01, 10, 11: four digits, or the name of a gate.

    Raises
    ------
    ValueError
        Where the arrays are no network's weights, or a setting can't be used.
    """

    origin = (
        "The weights are those of your own loop, as it has recorded them. They are played back."
    )

    def __init__(
        self,
        weights_input_hidden: Any,
        weights_hidden_output: Any,
        biases_hidden: Any = None,
        biases_output: Any = None,
        *,
        learning_rate: float = 0.5,
        targets: str = "0110",
    ) -> None:
        given = (weights_input_hidden, weights_hidden_output, biases_hidden, biases_output)
        self._slots = slots_for(*given)
        size = self._slots[1].part.stop // 3
        self._settings = TrainConfig(
            learning_rate=learning_rate,
            hidden_size=size,
            biases=len(self._slots) > 2,
            targets=FIELDS["targets"].parse(targets) if isinstance(targets, str) else targets,
        )
        self._track = Track(self._slots[-1].part.stop, size, self._settings.targets, BOUND * 3 // 4)
        self._record(given)
        self._initial = self._track.states[1][0].copy()
        if not (np.abs(self._initial) <= WEIGHT_LIMIT).all():
            raise ValueError(f"initial weights must be from -{WEIGHT_LIMIT} to {WEIGHT_LIMIT}")

    def __call__(
        self,
        weights_input_hidden: Any,
        weights_hidden_output: Any,
        biases_hidden: Any = None,
        biases_output: Any = None,
    ) -> None:
        """Record the weights after an update: the same arrays as at first.

        Raises
        ------
        ValueError
            Where an array has another shape than at first, or is not real numbers.
        """
        self._record((weights_input_hidden, weights_hidden_output, biases_hidden, biases_output))

    def _record(self, given: tuple[Any, ...]) -> None:
        track = self._track
        if track.count > MOST_UPDATES:
            warnings.warn(f"the recorder keeps the first {MOST_UPDATES:,} updates", stacklevel=3)
            return
        if len(self._slots) == 2 and (given[2] is not None or given[3] is not None):
            raise ValueError("biases must be given to the recorder before the loop, too")
        state = track.next
        for slot, array in zip(self._slots, given, strict=False):
            slot.copy(array, state)
        track.add()

    @property
    def updates(self) -> int:
        """Number of the updates that were recorded."""
        return self._track.count - 1

    @property
    def losses(self) -> Array:
        """Losses ½ Σ error² before the first update and after each; shape (updates + 1,)."""
        return self._track.losses

    @property
    def observed(self) -> Observed:
        """The recorded training, for the player and the check.

        Raises
        ------
        ValueError
            Where no update was recorded.
        """
        if not self.updates:
            raise ValueError(NOTHING)
        seed, edits = self._start
        config = TrainConfig(
            **{**vars(self._settings), "seed": seed, "edits": edits, "epochs": self.updates}
        )
        return Observed(config, *self._track.states)

    @property
    def recording(self) -> ObservedRecording:
        """The recorded training as charts show it; raises as `observed` does."""
        return record_observed(self.observed)

    @property
    def heading(self) -> str:
        """The training in a few words."""
        rate = ten_digits(self._settings.learning_rate)
        return f"Your own weights: {self.updates:,} updates recorded, learning rate {rate}"

    @property
    def about(self) -> str:
        """The settings that the reader gave, a line each."""
        names = ("learning_rate", "hidden_size", "biases", "targets")
        given = vars(self._settings)
        return "\n".join(
            f"{FIELDS[name].label}: {FIELDS[name].write(given[name])}" for name in names
        )

    def _repr_mimebundle_(self, **parts: Any) -> dict[str, Any]:
        if not self.updates:
            return {"text/plain": f"{type(self).__name__}: {NOTHING}"}
        return super()._repr_mimebundle_(**parts)

    @cached_property
    def _start(self) -> tuple[int, tuple[Edit, ...]]:
        """The seed that draws most of the initial weights, and edits of all others."""
        size, biases = self._settings.hidden_size, self._settings.biases
        generator = np.random.RandomState()

        def others(seed: int) -> tuple[Edit, ...]:
            drawn = initial_parameters(seed, size, biases, generator)
            names = parameter_names(size, biases)
            differing = np.flatnonzero(drawn != self._initial)
            return tuple(Edit(0, names[index], float(self._initial[index])) for index in differing)

        return min(((seed, others(seed)) for seed in SEEDS), key=lambda start: len(start[1]))
