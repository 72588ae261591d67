"""The tab Doctor: how the run ended, why, and the changes that would have helped."""

import numpy as np
import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.core.numbers import written
from xorviz.doctor.cures import Cure
from xorviz.doctor.diagnosis import Diagnosis
from xorviz.doctor.evidence import Evidence
from xorviz.doctor.standing import Standing
from xorviz.figures import curves
from xorviz.sentences.charts import curves_sentence
from xorviz.sentences.cures import change_text, nothing_cures
from xorviz.sentences.evidence import TERMS, evidence_rows
from xorviz.sentences.findings import finding_text, finding_title
from xorviz.sentences.headline import headline, plain_text
from xorviz.sentences.proof import proof
from xorviz.stage.scene import pack_figure, pack_view, run_id
from xorviz.ui import runs, stage, state


def show(config: TrainConfig) -> None:
    """Say how the run ended, show why, offer its cures, and give the numbers below."""
    with st.container(key="doctor"):
        stage.show_view(pack_view("doctor"))
        diagnosis = runs.diagnosis(config)
        _headline(config, diagnosis)
        if diagnosis.standing:
            _curves(config, diagnosis.standing)
        if diagnosis.verdict.kind != "solved":
            _cures(config)
        with st.expander("The evidence, in numbers"):
            _evidence(config, diagnosis)


def _headline(config: TrainConfig, diagnosis: Diagnosis) -> None:
    """The headline, the epoch for which it stands, and the proof where there is one."""
    st.markdown(f"#### {headline(diagnosis.findings)}")
    st.markdown(f"This holds for the end of the run, epoch {config.epochs:,}.")
    st.text(plain_text(diagnosis.verdict))
    if lines := proof(config):
        with st.container(border=True, gap=None):
            for number, line in enumerate(lines, start=1):
                st.text(f"{number}. {line}")


def _curves(config: TrainConfig, standing: Standing) -> None:
    """Show on each unit's curve where the inputs stand."""
    sums, activations = np.array(standing.sums), np.array(standing.activations)
    chart = curves.chart(standing.units, standing.hidden_size, sums, activations, config.targets)
    sentence = curves_sentence(standing.units, activations)
    stage.show_figure(pack_figure(chart, run_id(config), {}, sentence), key="curves")


def _evidence(config: TrainConfig, diagnosis: Diagnosis) -> None:
    """All findings, the numbers that they rest on, and what the terms mean."""
    for finding in diagnosis.findings:
        st.markdown(f"**{finding_title(finding)}**")
        st.text(finding_text(finding))
    st.markdown(f"**The numbers at the end of the run**, epoch {config.epochs:,}:")
    st.markdown(_table(diagnosis.evidence))
    st.markdown("\n".join(f"- **{term}**: {meaning}" for term, meaning in TERMS.items()))


def _cures(config: TrainConfig) -> None:
    """Each change that cures the run, one click away, as soon as the search has it."""
    st.markdown("**What solves it?** Each change was tried just now:")
    for number, result in enumerate(runs.cures(config)):
        if isinstance(result, Cure):
            _offer(number, config, result)
        else:
            st.text(nothing_cures(config, result))


def _offer(number: int, config: TrainConfig, cure: Cure) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"Use {change_text(config, cure.config)}",
            key=f"cure {number}",
            on_click=state.open_run,
            args=(cure.config,),
        )
        st.caption(
            f"Then all four predictions are right from epoch {cure.solved_at:,} on.",
            width="content",
        )


def _table(evidence: Evidence) -> str:
    rows = [
        (
            row.name.replace("|", "\\|"),
            row.value if isinstance(row.value, str) else written(row.value),
            row.meaning,
        )
        for row in evidence_rows(evidence)
    ]
    lines = [("number", "value", "meaning"), ("---", "---:", "---"), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
