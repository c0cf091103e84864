"""What the parts of the verifier hand each other: flaws found so far and the names of our fields; judges nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldtool.reports.verdict import Flaw, SignatureFacts

FIELDS = ("HeadOfVisit", "Headquarters", "ArchiveTimestamp")


@dataclass(slots=True)
class Findings:
    """What has been found so far."""

    flaws: list[Flaw] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    signatures: list[SignatureFacts] = field(default_factory=list)
    archivable: bool = False

    def add(self, flaw: Flaw, detail: str) -> None:
        """Note a flaw once, every detail."""
        if flaw not in self.flaws:
            self.flaws.append(flaw)
        self.details.append(detail)
