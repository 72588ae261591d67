"""Figure: a chart of a run at one epoch as a Plotly figure, as it is without the stage."""

from typing import TYPE_CHECKING, Any, Final

from xorviz.core.fields import Choice
from xorviz.core.recording import Recording
from xorviz.figures import hidden, loss, network, surface, weights
from xorviz.figures.chart import Channel, Chart, Diagram, Edge, Spec
from xorviz.figures.theme import palettes
from xorviz.settings.link import CHARTS

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

NAME: Final = Choice("Chart", CHARTS)
WIDEST: Final = 9.0
"""Width in pixels of the run's largest weight in a network; another is as wide in proportion."""
SMALL: Final = {"height": 420, "margin": {"l": 56, "r": 24, "t": 48, "b": 44}}


def draw_figure(recording: Recording, name: str, epoch: int) -> "Figure":
    """Draw the chart with this name in a link, in the colours of a light page.

    Raises
    ------
    ConfigError
        Where there is no such chart.
    """
    import plotly.graph_objects as go  # slow to load, and only this function needs it

    frame = recording.at([epoch])
    match NAME.check(name):
        case "network":
            drawn = _network(network.chart(frame), network.chart(recording.frames).widest)
        case "surface":
            drawn = _surface(surface.chart(frame))
        case "activations":
            drawn = _activations(hidden.chart(frame))
        case "loss":
            drawn = _at(loss.chart(recording), epoch)
        case _:
            drawn = _at(weights.chart(recording.frames), epoch)
    figure = go.Figure(*drawn)
    for path, value in palettes()["light"].items():
        if not path.startswith("coloraxis") or name in ("surface", "activations"):
            figure.update_layout({path.replace(".", "_"): value})
    figure.update_layout(SMALL, autosize=True, uirevision=None, title_x=0.02)
    return figure


Drawn = tuple[list[Spec], Spec]


def _layout(chart: Chart | Diagram, layout: Spec, epoch: str = "") -> Spec:
    return {**layout, "title": {"text": f"{chart.title}{epoch}", "font": {"size": 16}}}


def _at(chart: Chart, epoch: int) -> Drawn:
    """Draw lines against the epoch, with the cursor at this one."""
    cursor, *marks = chart.layout["shapes"]
    shapes = [{**cursor, "x0": epoch, "x1": epoch}, *marks]
    return [*chart.traces], _layout(chart, {**chart.layout, "shapes": shapes})


def _surface(chart: Chart) -> Drawn:
    """Draw the surface, the line where the output is 0.5, and the four inputs."""
    outputs, marks = chart.channels
    heatmap, points = chart.traces
    z = outputs.data[0]
    line = {
        **{key: heatmap[key] for key in ("x", "y")},
        "type": "contour",
        "z": z,
        "showscale": False,
        "hoverinfo": "skip",
        "contours": {"start": 0.5, "end": 0.5, "size": 1, "coloring": "none"},
        "line": {"width": 2.5},
    }
    traces = [{**heatmap, "z": z, "opacity": 1, "zsmooth": "best"}, line, points]
    layout = {**chart.layout, "shapes": _chosen(marks), "images": []}
    return traces, _layout(chart, layout)


def _activations(chart: Chart) -> Drawn:
    """Draw the cells with their values."""
    (channel,), (heatmap,) = chart.channels, chart.traces
    values = {"z": channel.data[0], "opacity": 1, "texttemplate": "%{z:.2f}"}
    return [{**heatmap, **values}], _layout(chart, chart.layout)


def _chosen(channel: Channel) -> list[Spec]:
    """The shapes of the only frame."""
    choices = channel.choices or ()
    return [dict(choices[index]) for index in channel.data[0].tolist()]


def _network(diagram: Diagram, widest: float) -> Drawn:
    """Draw each weight as a line, and each unit as a disc with its name."""
    nodes = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [node.x for node in diagram.nodes],
        "y": [-node.y for node in diagram.nodes],
        "text": [node.name for node in diagram.nodes],
        "hovertext": [node.hint for node in diagram.nodes],
        "hoverinfo": "text",
        "marker": {"size": 36, "color": "#ffffff", "line": {"width": 2, "color": diagram.muted}},
    }
    bare: dict[str, Any] = {"visible": False, "fixedrange": True}
    layout = {"xaxis": bare, "yaxis": bare, "showlegend": False, "plot_bgcolor": "rgba(0,0,0,0)"}
    return [*(_edge(diagram, edge, widest) for edge in diagram.edges), nodes], _layout(
        diagram, layout
    )


def _edge(diagram: Diagram, edge: Edge, widest: float) -> Spec:
    """Draw a weight; its middle, an invisible point, has its value on hover."""
    value = float(edge.values[0])
    ends = diagram.nodes[edge.source], diagram.nodes[edge.target]
    xs, ys = [node.x for node in ends], [-node.y for node in ends]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [xs[0], sum(xs) / 2, xs[1]],
        "y": [ys[0], sum(ys) / 2, ys[1]],
        "line": {"width": 0.5 + WIDEST * abs(value) / widest, "color": diagram.colours[value > 0]},
        "hovertemplate": f"{edge.name}: {value:.4g}<extra></extra>",
    }
