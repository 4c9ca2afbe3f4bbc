"""Findings to be reported: one of each kind, with texts that every format must escape."""

from __future__ import annotations

from gradproof.documents import Place
from gradproof.grading.findings import Checked, Finding
from gradproof.grading.status import LineStatus
from gradproof.verify.verdict import Counterexample

#: What means something to XML, to GitHub's commands, to a URI or to a terminal.
HOSTILE = "::error file=x::a%0Ab, <![CDATA[ ]]> & \"'\x1b[31m\x00\ud800\ufffe\n::stop-commands::x"
POINT = Counterexample({}, {}, {"a": "1", "b": "1"}, "4", "2")


def finding(status: LineStatus, right: str = "a^2 + b^2", line: int = 3, **more: object) -> Finding:
    place = Place("docs/notes.md", line, 17)
    end = Place("docs/notes.md", line, 17 + len(right))
    parts = {"end": end, "statement": f"(a + b)^2 = {right}", "left": "(a + b)^2", "sign": "=", "right": right}
    return Finding(place, status, **(parts | more))  # type: ignore[arg-type]


def one_of_each() -> list[Checked]:
    """A file with a finding of each status, one in a notebook, one that cannot be read, and hostile texts."""
    each = [finding(status, f"a^2 + {number} b^2", line=number) for number, status in enumerate(LineStatus, start=1)]
    wrong = finding(LineStatus.REFUTED, line=20, label="square", counterexample=POINT)
    notebook = Finding(Place("work/a b#%.ipynb", 2, 5, cell=3), LineStatus.REFUTED, right=HOSTILE, reason=HOSTILE)
    return [
        Checked("docs/notes.md", (*each, wrong, wrong), skipped=(Place("docs/notes.md", 30, 1),)),
        Checked("work/a b#%.ipynb", (notebook,)),
        Checked(HOSTILE, problem=HOSTILE),
        Checked("-", (Finding(Place("-", 1, 1), LineStatus.UNREADABLE, right="\\alfa", reason="no such command"),)),
    ]
