"""Findings as annotations of GitHub Actions: one workflow command a line, which shows the message beside the source.

The form is `::error file=…,line=…,col=…,title=…::message`. What stands in a document may look like such a command, so
that every text is escaped, and nothing else of a document is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gradproof.grading.findings import Checked, Finding

from .messages import checkout, message, relative, title


def workflow_commands(results: Sequence[Checked], strict: bool = False, folder: Path | None = None) -> Iterator[str]:
    """The commands for what is wrong (error) and for what is open (notice; error if `strict`).

    folder  the root of the checkout, from which GitHub names files; by default $GITHUB_WORKSPACE
    """
    root = folder or checkout()
    for checked in results:
        if checked.problem:
            level = "notice" if checked.known else "error"
            where = {"file": relative(checked.file, root), "title": "not read"}
            yield command(level, where, checked.problem)
        for finding in checked.findings:
            if finding.failure or finding.open:
                level = "error" if finding.failure or strict else "notice"
                yield command(level, _where(finding, root), message(finding))


def command(level: str, properties: dict[str, str], text: str) -> str:
    """A workflow command with its properties and its text escaped."""
    inside = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{level} {inside}::{_data(text)}" if inside else f"::{level}::{_data(text)}"


def _where(finding: Finding, root: Path) -> dict[str, str]:
    place, end = finding.place, finding.end
    where = {"file": relative(place.file, root)}
    if not place.cell:  # lines of a cell are no lines of the notebook's file
        where["line"] = str(place.line)
        if end is not None and end.line == place.line and end.column > place.column:  # across lines none is shown
            where |= {"col": str(place.column), "endColumn": str(end.column)}
    return where | {"title": title(finding)}


def _data(text: str) -> str:
    plain = "".join(letter if letter.isprintable() or letter in "\r\n" else "�" for letter in text)
    return plain.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
