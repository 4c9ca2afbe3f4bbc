"""A report as it is written: what is kept, shown and passed on without SymPy.

A record is the JSON document of a report (`Report.to_json`). It is read back only whole: a document whose verdict does
not follow from its evidence is no record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .counterexample import Counterexample
from .verdict import SCHEMA, Evidence, Report, Verdict, verdict_on

if TYPE_CHECKING:
    from .claim import Claim


@dataclass(frozen=True, slots=True)
class Record:
    """The evidence on a claim, the name of the claim, and the document that says so."""

    name: str
    evidence: tuple[Evidence, ...]
    document: dict[str, Any]

    @classmethod
    def of(cls, report: Report) -> Record:
        return cls(str(report.claim.name), report.evidence, report.to_json())

    @classmethod
    def read(cls, document: Any) -> Record:
        """The record that a document is; raises ValueError if it is none."""
        try:
            record = cls(document["claim"]["name"], tuple(map(Evidence.from_json, document["evidence"])), document)
            written = [item.to_json() for item in record.evidence]
            if document["schema"] != SCHEMA or written != document["evidence"]:
                raise ValueError(f"it is not of the schema {SCHEMA}")
            if document["verdict"] != record.verdict.name:
                raise ValueError(f"its verdict {document['verdict']} does not follow from its evidence")
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"a document is not the report that it should be: {error!r}") from error
        return record

    @property
    def verdict(self) -> Verdict:
        return verdict_on(self.evidence)

    @property
    def counterexample(self) -> Counterexample | None:
        return next((item.counterexample for item in self.evidence if item.counterexample), None)

    def report(self, claim: Claim) -> Report:
        """The report on the claim of which this is the record; raises ValueError if it is of another one."""
        report = Report(claim, self.evidence)
        if report.to_json() != self.document:
            raise ValueError(f"a record of {self.name} is not about the claim {claim.name} as it is now")
        return report
