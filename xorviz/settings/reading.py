"""Reading: a whole link, some values of which can be used only together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from xorviz.core.config import check_mistake
from xorviz.core.fields import ConfigError
from xorviz.settings import link
from xorviz.settings.length import MAX_CHANGES, length_of_changes
from xorviz.settings.page import Page
from xorviz.settings.problem import Problem


def read(given: Mapping[str, Sequence[str]]) -> tuple[Page, list[Problem]]:
    """Read a link as `link.read` does, but leave out what the rest of the link makes impossible.

    Returns
    -------
    The page, and the problem with each value that is not used.
    """
    page, problems = link.read(given)
    errors = {
        "mistake": _mistake_error(page),
        "beat": _film_error(page),
        "hands": _moves_error(page),
    }
    for setting, error in errors.items():
        if error:
            page = replace(page, **{setting: getattr(link.DEFAULT, setting)})
            problems.append(Problem(error, "default", "none"))
    return page, problems


def _mistake_error(page: Page) -> ConfigError | None:
    """The error where the run's network can't have its mistake."""
    try:
        check_mistake(page.mistake, page.hidden_size, page.biases)
    except ConfigError as error:
        return error
    return None


def _film_error(page: Page) -> ConfigError | None:
    """The error where a link has a beat, but no network in Backprop on which its film is drawn."""
    if page.beat is None or page.opens_film:
        return None
    came = "with hide=network" if page.tab == "backprop" else f"with tab={page.tab}"
    return ConfigError("Beat", "given with tab=backprop and the network", came)


def _moves_error(page: Page) -> ConfigError | None:
    """The error where no page's link has room for the moves by hand."""
    length = length_of_changes(page.edits, page.pins, page.hands)
    if length <= MAX_CHANGES or not page.hands:
        return None
    allowed = f"at most {MAX_CHANGES:,} characters long with edits and pinned runs"
    return ConfigError("Hands", allowed, f"{length:,}")
