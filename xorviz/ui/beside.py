"""Beside: what the page shows beside its run: the views that are open, and the run before."""

from xorviz.core.config import TrainConfig
from xorviz.figures.views import known
from xorviz.settings.link import READ
from xorviz.ui import session, state


def wanted() -> tuple[str, ...]:
    """The views whose data the stage shows, by name."""
    names: tuple[str, ...] = session.get("wanted")
    return names


def looks_closely() -> bool:
    """Whether the reader looks at more of the run than its scene holds: at a view, or a step."""
    looks = session.get("tab") in READ or bool(wanted())
    if looks:
        session.put(looked=True)
    return looks


def has_looked_closely() -> bool:
    """Whether the reader looks closely, or has done so at a run before."""
    return bool(session.get("looked", False))


def adopt_wanted() -> None:
    """Take over the views that the reader has opened on the stage.

    The stage sends a list: a list of their names, and the number of such lists so far.
    """
    match session.get("stage").wanted:
        case [[*names], _]:
            session.put(wanted=known([name for name in names if isinstance(name, str)]))


def note_shown(config: TrainConfig) -> None:
    """Note the run that the page shows, and the one that it showed before."""
    shown = session.get("shown")
    if shown != config:
        session.put(shown=config, before=shown)


def pins() -> tuple[TrainConfig, ...]:
    """The pinned runs that are drawn: none where their names would tell of a hidden mistake."""
    return () if state.hides_mistake() else state.pins()


def ghost() -> TrainConfig | None:
    """The run whose curves stay: the one before the page's, unless it is pinned."""
    before: TrainConfig | None = session.get("before")
    return before if _stays(before) else None


def next_ghost() -> TrainConfig | None:
    """The run whose curves will stay once another run is shown."""
    config = state.config()
    return config if _stays(config) else None


def _stays(run: TrainConfig | None) -> bool:
    """Whether a run's curves stay: its name would tell of a hidden mistake."""
    return session.get("ghosts") and not state.hides_mistake() and run not in state.pins()
