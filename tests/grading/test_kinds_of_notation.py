"""The notation of real notes, kind by kind: every kind has right and wrong lines, and each has its status."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gradproof.derivations.meaning import declared
from gradproof.grading.passages import Effort, judge_passage

from .test_statements import STATEMENTS, said

KINDS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "corpus" / "notation.toml").read_text(encoding="utf-8")
)["kind"]
LINES = [(kind["name"], *statement) for kind in KINDS for statement in kind["statements"]]


@pytest.mark.parametrize(("kind", "line", "given", "status"), LINES, ids=[f"{line[0]}: {line[1]}" for line in LINES])
def test_a_line_gets_its_status(kind: str, line: str, given: str, status: str) -> None:
    assert kind
    glossary, macros = declared(given.replace("; ", "\n"))
    found = judge_passage(line, macros, glossary, frozenset(), Effort()).found
    assert " ".join(said(judged.status) for judged in found) == status


def test_every_kind_has_right_and_wrong_lines() -> None:
    print(f"{len(KINDS)} kinds of notation, {len(LINES)} lines; {len(STATEMENTS)} statements beside them")
    assert len(KINDS) >= 40
    assert len({(line, given) for _, line, given, _ in LINES}) == len(LINES) >= 150
    for kind in KINDS:
        statuses = " ".join(status for *_, status in kind["statements"])
        assert len(kind["statements"]) >= 3, kind["name"]
        claims_nothing = not {"HOLDS", "REFUTED"} & set(statuses.split())
        assert claims_nothing or ("HOLDS" in statuses and "REFUTED" in statuses), kind["name"]
