"""Asked: the plane through weight space that a page's settings ask for."""

from xorviz.core.names import parameter_names
from xorviz.landscape.survey import Asked
from xorviz.settings.page import Page
from xorviz.settings.planes import axes


def asked_by(page: Page) -> Asked:
    """The plane that a page asks for."""
    if page.plane == "weights":
        names = parameter_names(page.hidden_size, page.biases)
        across, up = map(names.index, axes(page))
        return Asked("weights", across, up, page.others == "playhead")
    return Asked("states" if page.plane == "states" else "path")
