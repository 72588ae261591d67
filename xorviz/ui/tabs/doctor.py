"""The tab Doctor: how the run ended, why, and the changes that would have helped."""

import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.core.numbers import written
from xorviz.doctor.cures import Cure
from xorviz.doctor.diagnosis import Diagnosis
from xorviz.doctor.evidence import Evidence
from xorviz.sentences.cures import change_text, nothing_cures
from xorviz.sentences.evidence import evidence_rows
from xorviz.sentences.findings import finding_text, finding_title
from xorviz.sentences.proof import proof
from xorviz.stage.scene import pack_view
from xorviz.ui import runs, stage, state


def show(config: TrainConfig) -> None:
    """Diagnose the run, and offer its cures."""
    with st.container(key="doctor"):
        stage.show_view(pack_view("doctor"))
        diagnosis = runs.diagnosis(config)
        _verdict(config, diagnosis)
        if diagnosis.verdict.kind != "solved":
            _cures(config)
        st.markdown("**The evidence**, at the last epoch:")
        st.markdown(_table(diagnosis.evidence))


def _verdict(config: TrainConfig, diagnosis: Diagnosis) -> None:
    """The verdict, the proof where there is one, and the other findings."""
    first, *others = diagnosis.findings
    st.markdown(f"#### {finding_title(first)}")
    st.text(finding_text(first))
    if lines := proof(config):
        with st.container(border=True, gap=None):
            for number, line in enumerate(lines, start=1):
                st.text(f"{number}. {line}")
    for finding in others:
        st.markdown(f"**{finding_title(finding)}**")
        st.text(finding_text(finding))


def _cures(config: TrainConfig) -> None:
    """Each change that cures the run, one click away, as soon as the search has it."""
    st.markdown("**What cures it**, tried just now:")
    for number, result in enumerate(runs.cures(config)):
        if isinstance(result, Cure):
            _offer(number, config, result)
        else:
            st.text(nothing_cures(config, result))


def _offer(number: int, config: TrainConfig, cure: Cure) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _capitalised(change_text(config, cure.config)),
            key=f"cure {number}",
            on_click=state.open_run,
            args=(cure.config,),
        )
        st.caption(
            f"all four predictions are right from epoch {cure.solved_at:,} on", width="content"
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


def _capitalised(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
