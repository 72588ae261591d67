"""Recording of a training that was done elsewhere: the known states, and none between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from xorviz.core.config import TrainConfig
from xorviz.core.frames import Frames
from xorviz.core.network import Array, forward_pass
from xorviz.core.observed import Observed
from xorviz.core.pace import choose, playing_times
from xorviz.core.recording import MAX_FRAMES, Recording


@dataclass(frozen=True, kw_only=True)
class ObservedRecording(Recording):
    """The known states of somebody else's training, to be shown as a run is.

    It never trains: a state that is not known is none. `config` has the settings that the
    training is said to have. Its `epochs` may be later than the last known state.

    Attributes
    ----------
    observed
        What is known.
    name
        What the page, files and players call it.
    """

    observed: Observed
    name: str = "weights of another program"

    @property
    def identity(self) -> tuple[TrainConfig | str, ...]:
        """The settings, and a hash of every known number."""
        digest = sha256(self.observed.epochs.tobytes())
        digest.update(self.observed.parameters.tobytes())
        return self.config, "observed", digest.hexdigest()

    @property
    def known(self) -> NDArray[np.int64]:
        """Numbers of the known states, ascending; shape (K,)."""
        return self.observed.epochs

    @property
    def nbytes(self) -> int:
        """Bytes of its large arrays."""
        return super().nbytes + self.observed.parameters.nbytes

    def around(self, epoch: int, reach: int = 0) -> Frames:
        """The known states from `reach` epochs before an epoch to as many after it.

        Where there is none, they are those that are nearest to the epoch.
        """
        distances = np.abs(self.known - epoch)
        return self._frames(np.flatnonzero(distances <= max(reach, distances.min())))

    def at(self, epochs: Sequence[int]) -> Frames:
        """The states of these epochs, in their order; see `state`."""
        return self._frames(np.array([self._index(epoch) for epoch in epochs], dtype=np.int64))

    def state(self, epoch: int) -> Array:
        """Flat parameters of a known state, as they are known.

        Raises
        ------
        IndexError
            Where the state is not known.
        """
        state: Array = self.observed.parameters[self._index(epoch)].copy()
        return state

    def _index(self, epoch: int) -> int:
        index = int(np.searchsorted(self.known, epoch))
        if index == len(self.known) or self.known[index] != epoch:
            raise IndexError(f"state {epoch} is not known")
        return index

    def _frames(self, indices: NDArray[np.int64]) -> Frames:
        """The known states with these indices."""
        parameters = self.observed.parameters[indices]
        return Frames(self.config, self.known[indices], parameters, self.predictions[indices])


def record_observed(observed: Observed, name: str = ObservedRecording.name) -> ObservedRecording:
    """Make a recording of the known states; of more than 240, frames are chosen as of a run."""
    config, epochs, states = observed.config, observed.epochs, observed.parameters
    predictions = forward_pass(states, config.hidden_size).output[..., 0]
    times = np.zeros(1) if len(epochs) == 1 else playing_times(epochs, states, predictions)
    frames = choose(times, min(MAX_FRAMES, len(times))) if len(epochs) > 1 else np.array([0])
    arrays = (epochs[frames], states[frames], predictions, times[frames])
    for array in arrays:
        array.setflags(write=False)
    return ObservedRecording(config, *arrays, observed=observed, name=name)
