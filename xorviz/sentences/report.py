"""Report: the diagnosis of a run and its cures, as text and as an object."""

from dataclasses import dataclass
from typing import Any

from xorviz.core.config import TrainConfig
from xorviz.core.numbers import significant
from xorviz.core.recording import Recording
from xorviz.core.verdict import judge
from xorviz.doctor.cures import Cure, Runs, Search
from xorviz.doctor.diagnosis import Diagnosis, diagnose
from xorviz.sentences.cures import change_text, nothing_cures, tried_text
from xorviz.sentences.evidence import evidence_rows
from xorviz.sentences.findings import finding_text, finding_title
from xorviz.sentences.proof import proof
from xorviz.settings.text import describe


@dataclass(frozen=True)
class Report:
    """A run's diagnosis, the cures that work, and every change that was tried where none does."""

    config: TrainConfig
    diagnosis: Diagnosis
    cures: tuple[Cure, ...]
    tried: tuple[Runs, ...]

    def as_text(self) -> str:
        """Write it as text, a title above each part."""
        findings, rows = self.diagnosis.findings, evidence_rows(self.diagnosis.evidence)
        cures = [
            f"  {change_text(self.config, cure.config)}: solved from epoch {cure.solved_at:,} on "
            f"({describe(cure.config)})"
            for cure in self.cures
        ]
        parts = {
            "Diagnosis": [f"{finding_title(one)}: {finding_text(one)}" for one in findings],
            "Proof": [f"  {line}" for line in proof(self.config)],
            "Evidence": [f"  {row.name}: {_written(row.value)}. {row.meaning}" for row in rows],
            "Cures": [f"  {nothing_cures(self.config, self.tried)}"] if self.tried else cures,
        }
        titled = [[f"{title}:", *lines] for title, lines in parts.items() if lines]
        return "\n".join(line for part in titled for line in part)

    def as_object(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "findings": [
                {"kind": finding.kind, "text": finding_text(finding)}
                for finding in self.diagnosis.findings
            ],
            "proof": list(proof(self.config)),
            "evidence": {row.name: row.value for row in evidence_rows(self.diagnosis.evidence)},
            "cures": [
                {
                    "change": change_text(self.config, cure.config),
                    "config": vars(cure.config),
                    "solved_at": cure.solved_at,
                }
                for cure in self.cures
            ],
            "tried": tried_text(self.config, self.tried),
        }


def _written(value: float | str) -> str:
    return value if isinstance(value, str) else significant(value)


def examine(recording: Recording) -> Report:
    """Diagnose a run, and search for changes that cure it."""
    config = recording.config
    if judge(recording).kind == "solved":
        return Report(config, diagnose(recording), (), ())
    with Search(config) as search:
        diagnosis = diagnose(recording)
        cures = tuple(search.cures(diagnosis))
        tried = () if cures else tuple(search.tried(diagnosis))
        return Report(config, diagnosis, cures, tried)
