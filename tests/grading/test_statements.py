"""Our corpus of statements: each relation has the status that stands there, and there are enough of each kind."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gradproof.grading.status import LineStatus

from .conftest import Judged

STATEMENTS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "corpus" / "statements.toml").read_text(encoding="utf-8")
)["statement"]


def said(status: LineStatus) -> str:
    return "HOLDS" if status.ok else status.name


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement["line"])
def test_a_statement_gets_its_status(statement: dict[str, Any], judged: Judged) -> None:
    reports = judged(statement["line"], statement.get("given", ""))
    assert [said(report.status) for report in reports] == statement["status"]


def test_there_are_enough_of_each_kind() -> None:
    counts = Counter(status for statement in STATEMENTS for status in statement["status"])
    print(dict(counts))
    assert len(STATEMENTS) >= 150
    assert counts["HOLDS"] >= 100
    assert counts["REFUTED"] >= 40
    assert len({(statement["line"], statement.get("given", "")) for statement in STATEMENTS}) == len(STATEMENTS)


def test_what_does_not_hold_has_its_reason(judged: Judged) -> None:
    for statement in STATEMENTS:
        if not {"NEEDS", "UNDECIDED", "EQUAL_IF", "CONDITION"} & set(statement["status"]):
            continue
        for report in judged(statement["line"], statement.get("given", "")):
            assert report.status.ok or report.reason or report.counterexample, statement["line"]
