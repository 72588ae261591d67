"""What each view shows at the playhead, as a sentence for readers who don't see it."""

import numpy as np

from xorviz.figures.chart import Chart
from xorviz.figures.flow import Flow
from xorviz.figures.multiples import Multiples
from xorviz.figures.solid import Solid
from xorviz.figures.views import View
from xorviz.sentences.charts import Sentence
from xorviz.sentences.hidden_space import hidden_space_sentence


def view_sentence(view: View) -> Sentence | None:
    """Describe frames of a view; None where the chart's own sentence tells as much."""
    match view:
        case Flow():
            return _flow(view)
        case Solid():
            return None
        case Chart():
            return _norms(view)
        case Multiples(kind="pulls"):
            return _pulls(view)
        case Multiples(kind="hidden_space"):
            return hidden_space_sentence(view)
        case Multiples():
            return _sigmoids(view)


def _flow(flow: Flow) -> Sentence:
    edges = np.array(flow.edges)
    return Sentence(
        f"At epoch {{epoch}} the largest {flow.symbol} of a connection is {{0}} and the smallest "
        "{1}; the largest |δ| of a unit is {2}.",
        [edges.max(axis=0), edges.min(axis=0), np.abs(flow.nodes.data).max(axis=(1, 2))],
    )


def _norms(chart: Chart) -> Sentence:
    first, second = (trace["y"] for trace in chart.traces[chart.values :])
    return Sentence(
        "At epoch {epoch} the gradient has the size {0} from the inputs to the hidden units, and "
        "{1} from there to the output.",
        [first, second],
    )


def _pulls(multiples: Multiples) -> Sentence:
    pulls, sums = multiples.values["pulls"], multiples.values["sums"]
    return Sentence(
        "At epoch {epoch} the hardest pull of one input at a weight has the size {0}, and the "
        "largest sum of a weight's four pulls {1}.",
        [np.abs(pulls).max(axis=(1, 2)), np.abs(sums).max(axis=1)],
    )


def _sigmoids(multiples: Multiples) -> Sentence:
    derivatives = multiples.values["derivatives"]
    return Sentence(
        "At epoch {epoch} the derivative σ′ of a unit at an input is at least {0} and at most {1}; "
        "none is larger than 0.25.",
        [derivatives.min(axis=(1, 2)), derivatives.max(axis=(1, 2))],
    )
