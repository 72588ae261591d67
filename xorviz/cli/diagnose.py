"""What ``train --diagnose`` says of a run."""

from dataclasses import asdict, dataclass
from typing import Any

from xorviz.core.numbers import significant
from xorviz.core.recording import Recording
from xorviz.core.verdict import judge
from xorviz.doctor.cures import Cure, Search
from xorviz.doctor.diagnosis import Diagnosis, diagnose
from xorviz.settings.text import describe


@dataclass(frozen=True)
class Consultation:
    """A diagnosis, the cures that were tried and work, and all that was tried if none does."""

    diagnosis: Diagnosis
    cures: tuple[Cure, ...]
    tried: tuple[str, ...]

    def as_text(self) -> str:
        """A paragraph a part."""
        findings = [f"{found.kind.capitalize()}: {found.text}" for found in self.diagnosis.findings]
        evidence = [
            f"  {found.name}: {_written(found.value)}. {found.meaning}"
            for found in self.diagnosis.evidence
        ]
        cures = [
            f"  {cure.change}: solved from epoch {cure.solved_at} on ({describe(cure.config)})"
            for cure in self.cures
        ]
        if self.tried:
            cures = [f"  None of these solves the table: {'; '.join(self.tried)}."]
        proof = [f"  {line}" for line in self.diagnosis.proof]
        parts = {"Diagnosis": findings, "Proof": proof, "Evidence": evidence, "Cures": cures}
        lines = [[f"{title}:", *part] for title, part in parts.items() if part]
        return "\n".join(line for part in lines for line in part)

    def as_object(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "findings": [asdict(finding) for finding in self.diagnosis.findings],
            "proof": list(self.diagnosis.proof),
            "evidence": {item.name: item.value for item in self.diagnosis.evidence},
            "cures": [
                {"change": cure.change, "config": vars(cure.config), "solved_at": cure.solved_at}
                for cure in self.cures
            ],
            "tried": list(self.tried),
        }


def _written(value: float | str) -> str:
    return value if isinstance(value, str) else significant(value)


def consult(recording: Recording) -> Consultation:
    """Diagnose a run, and try what cures it."""
    if judge(recording).kind == "solved":
        return Consultation(diagnose(recording), (), ())
    with Search(recording.config) as search:
        diagnosis = diagnose(recording)
        cures = tuple(search.cures(diagnosis))
        return Consultation(diagnosis, cures, () if cures else tuple(search.tried(diagnosis)))
