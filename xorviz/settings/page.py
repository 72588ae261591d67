"""Page: everything that a link says."""

from dataclasses import dataclass, replace

from xorviz.core.catalogue import mistake_fits
from xorviz.core.config import FIELDS, Settings, TrainConfig
from xorviz.core.edit import fits
from xorviz.core.hand import Move


@dataclass(frozen=True)
class Page(Settings):
    """The settings of the page's run, and those of the page around it.

    Edits and mistake need not fit the run.

    Attributes
    ----------
    tab
        The open tab.
    row, weight
        The input and the weight that Backprop looks at: one input, ``all``, or ``auto`` for the
        one with the largest share; an empty name for all weights.
    hands
        The moves that the reader made by hand from the state at the playhead.
    plane, across, up, others, third
        The plane of the Landscape; its two weights, empty for the first two into the first hidden
        unit; whether the other weights are those at the playhead or at the end; and the third of
        three states: that in the middle of the run, or the end of the pinned run of this number.
    map, seed_range, learning_rate_range, hidden_size_range
        The two settings that the Atlas draws, and the values of each, as the reader typed them.
    hide
        The parts of the page that are left out.
    pins
        The runs that the page's is compared with.
    present
        Whether the page is made for a room: no sidebar, and large type.
    ghosts
        Whether the curves of the run that was shown before stay, as thin lines.
    pace
        Whether playback gives its time to what changes, or to every epoch alike.
    epoch, play
        Where the playhead is, and whether it plays from there. Without an epoch the run plays
        from its start; with one it rests there, unless `play` is true.
    beat
        The beat of the step's film in Backprop; without one the film is not open.
    speed, loss, axis, surface, lines, edges, units, colour, relief
        How fast it plays, and the positions of the charts' switches.
    pair
        The two hidden units whose plane hidden space shows; empty for those with the largest
        output weights.
    """

    tab: str = "watch"
    row: str = "auto"
    weight: str = ""
    hands: tuple[Move, ...] = ()
    plane: str = "path"
    across: str = ""
    up: str = ""
    others: str = "playhead"
    third: str = "middle"
    map: str = "seed-lr"
    seed_range: str = "0:100"
    learning_rate_range: str = "0.05,0.1,0.25,0.5,1,2,5,10"
    hidden_size_range: str = "1:9"
    hide: tuple[str, ...] = ()
    pins: tuple[TrainConfig, ...] = ()
    present: bool = False
    ghosts: bool = False
    pace: str = "change"
    epoch: int | None = None
    play: bool | None = None
    beat: int | None = None
    speed: str = "1"
    loss: str = "mean"
    axis: str = "linear"
    surface: str = "input"
    pair: str = ""
    lines: str = "weights"
    edges: str = "weights"
    units: str = "values"
    colour: str = "verdict"
    relief: str = "contours"

    @property
    def left_out(self) -> tuple[str, ...]:
        """The parts of the page that are left out; a page for a room has no sidebar."""
        return ("controls", *self.hide) if self.present else self.hide

    @property
    def opens_film(self) -> bool:
        """Whether the film of a step can be open: it is drawn on the network of Backprop."""
        return self.tab == "backprop" and "network" not in self.hide

    @property
    def run(self) -> TrainConfig:
        """The page's run; raises `ConfigError` where an edit or the mistake does not fit it."""
        return TrainConfig(**{name: getattr(self, name) for name in FIELDS})

    @property
    def fitting_run(self) -> TrainConfig:
        """The page's run, with those of the edits that fit it, and the mistake if it fits."""
        network = self.hidden_size, self.biases
        edits = tuple(edit for edit in self.edits if fits(edit, *network, self.epochs))
        mistake = self.mistake if mistake_fits(self.mistake, *network) else ""
        return replace(self, edits=edits, mistake=mistake).run
