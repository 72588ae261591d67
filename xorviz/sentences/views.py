"""What each view shows at the playhead, as a sentence for readers who don't see it."""

import numpy as np

from xorviz.figures.chart import Chart
from xorviz.figures.flow import Flow
from xorviz.figures.views import View
from xorviz.sentences.charts import Sentence


def view_sentence(view: View) -> Sentence:
    """Describe frames of a view."""
    match view:
        case Flow():
            return _flow(view)
        case Chart():
            return _norms(view)


def _flow(flow: Flow) -> Sentence:
    edges = np.array(flow.edges)
    return Sentence(
        f"At epoch {{epoch}} the largest {flow.symbol} of a connection is {{0}} and the smallest "
        "{1}; the largest |δ| of a unit is {2}.",
        [edges.max(axis=0), edges.min(axis=0), np.abs(flow.nodes.data).max(axis=(1, 2))],
    )


def _norms(chart: Chart) -> Sentence:
    first, second = (trace["y"] for trace in chart.traces)
    return Sentence(
        "At epoch {epoch} the gradient has the size {0} from the inputs to the hidden units, and "
        "{1} from there to the output.",
        [first, second],
    )
