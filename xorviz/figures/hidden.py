"""The hidden activations on the four rows of the truth table."""

from xorviz.core.frames import Frames
from xorviz.core.names import unit_names
from xorviz.core.network import forward_pass
from xorviz.core.truth_table import ROW_NAMES
from xorviz.figures.chart import Channel, Chart, Picture, Spec
from xorviz.figures.layout import OUTPUT_AXIS, layout
from xorviz.figures.switches import view, views_switch


def chart(frames: Frames) -> Chart:
    """Draw a row for each hidden unit and a column for each input, values written in."""
    hidden_size = frames.config.hidden_size
    activations = forward_pass(frames.parameters, hidden_size).hidden.transpose(0, 2, 1)
    units = unit_names(hidden_size)
    return Chart(
        name="hidden",
        title="Hidden activations",
        hint="What each hidden unit puts out, after the sigmoid, for the four inputs x1 x2: the "
        "notebook's hidden_layer_output.",
        traces=[_heatmap(units)],
        layout=layout(
            _labelled(ROW_NAMES),
            {**_labelled(units), "range": [hidden_size - 0.5, -0.5]},
            coloraxis=OUTPUT_AXIS,
            uirevision=hidden_size,
        ),
        channels=[Channel(0, "z", activations, decimals=3)],
        picture=Picture(0, decimals=2),
        switches=[views_switch("Units", "units", "values", view("curves"))],
    )


def _heatmap(units: list[str]) -> Spec:
    return {
        "type": "heatmap",
        "opacity": 0,
        "coloraxis": "coloraxis",
        "text": [[f"input {row}, {unit}" for row in ROW_NAMES] for unit in units],
        "hovertemplate": "%{text}: %{z:.3f}<extra></extra>",
    }


def _labelled(names: list[str] | tuple[str, ...]) -> Spec:
    return {
        "tickvals": list(range(len(names))),
        "ticktext": names,
        "range": [-0.5, len(names) - 0.5],
        "showgrid": False,
        "fixedrange": True,
    }
