"""The alternative text of a picture, for readers who don't see it."""

from collections.abc import Collection, Sequence

from xorviz.core.recording import Recording
from xorviz.core.verdict import judge
from xorviz.export.sheet import Sheet
from xorviz.figures.views import CHART_OF, draw_views
from xorviz.sentences.charts import fill, frame_sentences
from xorviz.sentences.verdict import verdict_text
from xorviz.sentences.views import view_sentence
from xorviz.settings.text import describe


def charts_text(
    recording: Recording,
    charts: Sequence[str],
    epochs: Sequence[int],
    views: Collection[str] = (),
) -> list[str]:
    """Describe charts at some epochs, a sentence each: by the stage's names, and in these views."""
    frames = recording.at(epochs)
    sentences = dict(frame_sentences(recording, frames))
    for name, view in draw_views(recording, frames, views).items():
        if sentence := view_sentence(view):
            sentences[CHART_OF[name.partition("=")[0]]] = sentence
    return [
        fill(sentences[name], frame, epoch)
        for frame, epoch in enumerate(epochs)
        for name in charts
        if name in sentences
    ]


def stage_text(
    recording: Recording,
    charts: Sequence[str],
    epoch: int,
    views: Collection[str] = (),
    *,
    ends: bool,
) -> str:
    """Describe a picture of the stage's charts, and how the run ends where the picture tells."""
    ending = [verdict_text(judge(recording), recording.config.mistake)] if ends else []
    lines = [*ending, *charts_text(recording, charts, [epoch], views)]
    return _paragraphs(f"{describe(recording.config)}, epoch {epoch:,}.", lines)


def film_text(
    recording: Recording, chart: str, epochs: Sequence[int], views: Collection[str] = ()
) -> str:
    """Describe a filmstrip of a chart."""
    lines = charts_text(recording, [chart], epochs, views)
    return _paragraphs(f"{describe(recording.config)}.", lines)


def sheet_text(recording: Recording, sheet: Sheet, epoch: int, views: Collection[str] = ()) -> str:
    """Describe the picture of a tab: its charts, lines and table, a row a line."""
    head, *rows = sheet.table or [[]]
    texts = [
        f"{name}: {', '.join(map(' '.join, zip(head[1:], cells, strict=True)))}."
        for name, *cells in rows
    ]
    charts = sheet.described or charts_text(recording, sheet.names, [epoch], views)
    first = f"{describe(recording.config)}, epoch {epoch:,}."
    return _paragraphs(
        first, [_sentence(sheet.title), *charts, *sheet.sentences, *sheet.lines, *texts]
    )


def _sentence(title: str) -> str:
    return title if title.endswith("?") else f"{title}."


def _paragraphs(first: str, lines: Sequence[str]) -> str:
    return "\n".join([f"{first[0].upper()}{first[1:]}", *lines, ""])
