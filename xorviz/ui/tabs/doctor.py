"""The tab Doctor: what became of the run, why, and what would have helped."""

from collections.abc import Sequence

import streamlit as st

from xorviz.core.config import TrainConfig
from xorviz.core.numbers import written
from xorviz.doctor.cures import Cure
from xorviz.doctor.diagnosis import Diagnosis
from xorviz.doctor.evidence import Evidence
from xorviz.stage.scene import pack_view
from xorviz.ui import runs, stage, state


def show(config: TrainConfig) -> None:
    """Diagnose the run, and offer what cures it."""
    with st.container(key="doctor"):
        stage.show_view(pack_view("doctor"))
        diagnosis = runs.diagnosis(config)
        _verdict(diagnosis)
        if diagnosis.verdict.kind != "solved":
            _cures(config)
        st.markdown("**The evidence**, at the last epoch:")
        st.markdown(_table(diagnosis.evidence))


def _verdict(diagnosis: Diagnosis) -> None:
    """The verdict, the proof where there is one, and whatever else holds."""
    first, *others = diagnosis.findings
    st.markdown(f"#### {first.kind[0].upper()}{first.kind[1:]}")
    st.text(first.text)
    if diagnosis.proof:
        with st.container(border=True, gap=None):
            for number, line in enumerate(diagnosis.proof, start=1):
                st.text(f"{number}. {line}")
    for finding in others:
        st.markdown(f"**{finding.kind[0].upper()}{finding.kind[1:]}**")
        st.text(finding.text)


def _cures(config: TrainConfig) -> None:
    """Each change that was tried and works, one click away, as soon as it is found."""
    st.markdown("**What cures it**, tried just now:")
    for place, found in enumerate(runs.cures(config)):
        if isinstance(found, Cure):
            _offer(place, found)
        else:
            st.text(f"None of these solves the table: {'; '.join(found)}.")


def _offer(place: int, cure: Cure) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            f"{cure.change[0].upper()}{cure.change[1:]}",
            key=f"cure {place}",
            on_click=state.open_run,
            args=(cure.config,),
        )
        st.caption(f"all four are right from epoch {cure.solved_at:,} on", width="content")


def _table(evidence: Sequence[Evidence]) -> str:
    rows = [
        (item.name.replace("|", "\\|"), _written(item.value), item.meaning) for item in evidence
    ]
    lines = [("what", "value", "meaning"), ("---", "---:", "---"), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _written(value: float | str) -> str:
    return value if isinstance(value, str) else written(value)
