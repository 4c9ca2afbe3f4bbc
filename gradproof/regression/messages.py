"""What a report says of a finding, in plain text: a title, a message on one line, and the path that tools know.

Reports are read by machines that take any text for their own words, so each format escapes what it writes; nothing here
does.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from gradproof.grading.findings import Checked, Finding
from gradproof.grading.status import LineStatus

#: How standard input is named.
STDIN = "-"
_LONGEST = 400


def title(finding: Finding) -> str:
    """The status in a few words, with the label of the formula."""
    word = "expected to be wrong" if finding.marked else _WORDS.get(finding.status, finding.status.value)
    return f"{word} ({finding.label})" if finding.label else word


def message(finding: Finding) -> str:
    """The formula, what is said of it, where it fails, why, and the lines that would make it decidable."""
    return "; ".join(_message(finding))


def _message(finding: Finding) -> Iterator[str]:
    formula = _short(finding.formula)
    yield f"{formula}: {finding.status.value}" if formula else finding.status.value
    if finding.counterexample and str(finding.counterexample) not in finding.reason:
        yield f"at {finding.counterexample}"
    if finding.reason and finding.reason not in finding.status.value:
        yield finding.reason
    if finding.place.cell:
        yield f"cell {finding.place.cell}, line {finding.place.line}"
    lines = [line for line in finding.add if line not in finding.reason]
    if lines:
        yield f"add {', '.join(lines)}"


_WORDS = {
    LineStatus.REFUTED: "wrong formula",
    LineStatus.ERROR: "the check failed",
    LineStatus.NEEDS: "a declaration is missing",
    LineStatus.EQUAL_IF: "holds under a condition",
    LineStatus.AGREES: "agrees at every point tried",
}


def named(checked: Checked) -> Iterator[tuple[str, Finding]]:
    """Each finding that claims something, with a name that no other in the file has: its label, or its formula.

    A name does not change when lines are moved.
    """
    seen: Counter[str] = Counter()
    for finding in checked.findings:
        if finding.claims:
            name = finding.label or _short(finding.formula) or finding.status.value
            seen[name] += 1
            yield (name if seen[name] == 1 else f"{name} ({seen[name]})"), finding


def relative(file: str, folder: Path) -> str:
    """The path of a file from a folder, with slashes; a file outside of it keeps its whole path."""
    if file == STDIN:
        return file
    path, start = Path(os.path.abspath(file)), Path(os.path.abspath(folder))
    return path.relative_to(start).as_posix() if path.is_relative_to(start) else path.as_posix()


def checkout() -> Path:
    """The folder from which the service that reads a report knows files: where it has laid the repository, or here."""
    return Path(os.environ.get("GITHUB_WORKSPACE") or ".")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
