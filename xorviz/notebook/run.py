"""Run: a trained run in Python, with all that the page shows of it."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.fields import ConfigError, Whole, quoted
from xorviz.core.network import Array, Layers
from xorviz.core.observed_recording import ObservedRecording
from xorviz.core.recording import Recording
from xorviz.core.verdict import Verdict, judge
from xorviz.export.data import table
from xorviz.export.files import FORMATS, write_run
from xorviz.export.foreign import KNOWN, PLAYED_BACK, write_any_card
from xorviz.export.weights import HIDDEN_OUTPUT, INPUT_HIDDEN
from xorviz.notebook.figure import draw_figure
from xorviz.notebook.player import Playable
from xorviz.sentences.report import Report, examine
from xorviz.sentences.verdict import verdict_text
from xorviz.settings.link import run_query
from xorviz.settings.text import describe_recording
from xorviz.step.step import Step, step_at

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

NOTEBOOK_NAMES = {"weights_hidden": INPUT_HIDDEN, "weights_output": HIDDEN_OUTPUT}
"""The notebook's names of the arrays that have others in files."""


class Run(Playable):
    """A trained run; or the known states of a training that another program has done.

    At the end of a cell of Jupyter it is shown as the player. State k is the parameters after k
    updates; state 0 is the initial weights. Where an epoch may be given, the last one is taken
    without.

    Attributes
    ----------
    note
        How exactly a file has the numbers of the run, which was loaded from it; else empty.
    """

    def __init__(self, recording: Recording, note: str = "") -> None:
        self._recording = recording
        self.note = note
        if self.is_foreign:
            self.origin = PLAYED_BACK

    def __repr__(self) -> str:
        return " ".join(filter(None, [f"<Run: {self.heading}.", f"{self._end}>", self.note]))

    @property
    def recording(self) -> Recording:
        """The training."""
        return self._recording

    @property
    def is_foreign(self) -> bool:
        """Whether another program has trained it."""
        return isinstance(self.recording, ObservedRecording)

    @property
    def about(self) -> str:
        """The settings, or what is known of another program's training, a line each."""
        return write_any_card(self.recording).as_text() if self.is_foreign else super().about

    @property
    def heading(self) -> str:
        """The training in a few words."""
        return describe_recording(self.recording)[0]

    @property
    def _end(self) -> str:
        return verdict_text(self.verdict, self.config.mistake)

    @property
    def config(self) -> TrainConfig:
        """The settings that repeat the run; of another program's training they are guesses."""
        return self.recording.config

    @property
    def settings(self) -> dict[str, Any]:
        """The settings by name; of another program's training those that are known."""
        return {
            name: getattr(self.config, name)
            for name in (KNOWN if self.is_foreign else vars(self.config))
        }

    @property
    def epochs(self) -> NDArray[np.int64]:
        """Numbers of the states with losses and predictions: all, unless there are gaps; (K,)."""
        return self.recording.known

    @property
    def losses(self) -> Array:
        """The loss ½ Σ error² of each state, which gradient descent lowers; shape (K,)."""
        return self.recording.half_squared_error

    @property
    def mean_abs_errors(self) -> Array:
        """Mean |error| of each state; the notebook prints that of state 999 as epoch 1000."""
        return self.recording.mean_abs_error

    @property
    def predictions(self) -> Array:
        """Predictions for the inputs 00, 01, 10 and 11 of each state; shape (K, 4)."""
        return self.recording.predictions

    @cached_property
    def verdict(self) -> Verdict:
        """How the run ended."""
        return judge(self.recording)

    def weights(self, epoch: int | None = None) -> dict[str, Array]:
        """Weights and biases of a state, by the notebook's names: shapes (2, H) and (H, 1)."""
        layers = Layers(self._state(epoch), self.config.hidden_size)
        return {NOTEBOOK_NAMES.get(name, name): layer for name, layer in layers.named.items()}

    def step(self, epoch: int) -> Step:
        """The update from this state to the next, laid open: every number of it.

        From a state of another program it is the update of the right loop, by the learning rate in
        `config`, which a file does not tell.
        """
        return step_at(self.recording, self._epoch(epoch))

    def to_pandas(self) -> "pd.DataFrame":
        """The table of the CSV, a row a recorded epoch."""
        import pandas as pd  # slow to load, and only this function needs it

        columns, rows = table(self.recording, write_any_card(self.recording))
        return pd.DataFrame(rows, columns=columns)

    def figure(self, name: str, epoch: int | None = None) -> "Figure":
        """Draw a chart: network, surface, loss, weights or activations."""
        return draw_figure(self.recording, name, self._epoch(epoch))

    def diagnose(self) -> Report:
        """Say why the run ended as it did, and which changes cure it; its text is `as_text()`."""
        self._check_ours("A diagnosis")
        if self.config.mistake:
            came = f"one with the mistake {self.config.mistake}"
            raise ConfigError("A diagnosis", "that of a run of the right loop", came)
        return examine(self.recording)

    def link(self, address: str = "") -> str:
        """The run's link, from the question mark on, or with the address of a page before it."""
        self._check_ours("A link")
        return f"{address}?{run_query(self.config)}"

    def save(self, path: str | Path) -> None:
        """Write the run as CSV, JSON, NPZ, Python script, notebook or animated page.

        Raises
        ------
        ConfigError
            Where the end of the name is none of theirs.
        """
        file = Path(path)
        if file.suffix.lower() not in FORMATS:
            raise ConfigError(
                "FILE", f"a name that ends in {', '.join(FORMATS)}", quoted(str(path))
            )
        file.write_bytes(write_run(self.recording, file.suffix.lower()))

    def _epoch(self, epoch: int | None) -> int:
        """Check an epoch, which must be known; the last known one if none is given."""
        last = int(self.epochs[-1])
        if epoch is None:
            return last
        number = epoch.item() if isinstance(epoch, np.generic) else epoch
        whole: int = Whole("Epoch", 0, last).check(number)
        if self.recording.has_gaps and whole not in self.epochs:
            raise ConfigError(
                "Epoch", f"one of the {len(self.epochs):,} that are known", str(whole)
            )
        return whole

    def _state(self, epoch: int | None) -> Array:
        return self.recording.state(self._epoch(epoch))

    def _check_ours(self, wanted: str) -> None:
        if self.is_foreign:
            raise ConfigError(wanted, "that of a run of xorviz", self.heading)
