"""How `gradproof check` hands on what it found: as text while it goes on, or as one report at the end.

The report is what stdout gets, whatever its form; what is to be said besides goes to stderr.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .exits import CommandError
from .telling import told
from .terminal import complain, harmless

if TYPE_CHECKING:
    from gradproof.grading.findings import Checked
    from gradproof.regression.baseline import Baseline

#: The most stale entries that are told.
_MOST = 10


@dataclass(frozen=True, slots=True)
class Reporting:
    """How findings are reported.

    format    text, json, junit, sarif or github
    strict    whether what is open fails
    baseline  the file of what is known
    renew     whether that file is written anew, in which case nothing fails
    language  that of the text, en or zh; the other forms are in English
    """

    format: str = "text"
    strict: bool = False
    baseline: Path | None = None
    renew: bool = False
    language: str = "en"

    def known(self) -> Baseline | None:
        """The baseline that counts. Raises CommandError for one that is not there or cannot be read."""
        if self.baseline is None:
            if self.renew:
                raise CommandError("--write-baseline writes the file that --baseline names; name one")
            return None
        from gradproof.regression.baseline import BadBaseline, Baseline, read_baseline

        if self.renew and not self.baseline.exists():
            return Baseline(self.baseline.parent)
        if not self.baseline.exists():
            raise CommandError(f"there is no baseline {self.baseline}; --write-baseline writes it")
        try:
            return read_baseline(self.baseline)
        except BadBaseline as problem:
            raise CommandError(f"--baseline: {problem}") from problem

    def write(self, known: Baseline) -> None:
        """Write the baseline anew. Raises CommandError."""
        from gradproof.regression.baseline import write_baseline

        assert self.baseline is not None
        entries = list(known.renewed())
        try:
            write_baseline(self.baseline, entries)
        except OSError as problem:
            raise CommandError(f"{self.baseline} cannot be written: {problem.strerror}") from problem
        number = f"{len(entries)} known {'failure' if len(entries) == 1 else 'failures'}"
        complain(self._spoken(f"{self.baseline} has {number}"))

    def stale(self, known: Baseline) -> None:
        """Say which entries of the baseline fit nothing any longer."""
        stale = list(known.stale())
        if not stale:
            return
        for entry in stale[:_MOST]:
            complain(self._spoken(f"the baseline knows what is not found any longer: {harmless(str(entry))}"))
        more = f"{len(stale) - _MOST} more; " if len(stale) > _MOST else ""
        complain(self._spoken(f"{more}write the baseline anew with --write-baseline"))

    def _spoken(self, sentence: str) -> str:
        from gradproof.grading.chinese import spoken

        return spoken(sentence, self.language)

    def lines(self, checked: Checked) -> tuple[str, ...]:
        """What is said of a file as soon as it is known."""
        return tuple(told(checked, self.language)) if self.format == "text" else ()

    def document(self, results: list[Checked], summary: str, as_json: dict[str, Any]) -> str:
        """What is said at the end."""
        match self.format:
            case "json":
                return json.dumps(as_json, indent=1, allow_nan=False, ensure_ascii=False)
            case "sarif":
                from gradproof.regression.sarif import sarif

                return json.dumps(sarif(results, self.strict), indent=1, allow_nan=False, ensure_ascii=False)
            case "junit":
                from gradproof.regression.junit import junit

                return junit(results, self.strict)
            case "github":
                from gradproof.regression.github import workflow_commands

                return "\n".join([*workflow_commands(results, self.strict), summary])
            case _:
                return summary
