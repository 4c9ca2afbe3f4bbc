"""Notes from Python about entries of the catalogue and derivations of one's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gradproof.derivations.calculus import Derivation, Dim, Sum, Text, Vector, define, derive
from gradproof.notes import lecture_notes


@pytest.fixture(scope="module")
def own() -> Derivation:
    n = Dim("n")
    i, k = n.indices("i k")
    x = Vector("x", n)
    energy = define("E", Sum(x[k] ** 2, k) / 2)
    return derive(energy[()], x[i], name="energy_gradient", title=Text("Half a square", "半个平方"), textbook=x[i])


def test_a_derivation_of_ones_own_has_a_chapter_behind_the_catalogue(own: Derivation, tmp_path: Path) -> None:
    written = lecture_notes(["softmax_jacobian", own]).write(tmp_path / "notes", formats=["markdown"])
    assert {path.name for path in written} >= {"softmax.md", "own.md"}
    page = (tmp_path / "notes" / "markdown" / "own.md").read_text(encoding="utf-8")
    assert "## 8.1 Half a square" in page and "✓ all 6 lines proved, every $n$" in page


def test_a_wrong_one_is_shown_as_refuted(own: Derivation, tmp_path: Path) -> None:
    wrong = replace(own, textbook=2 * own.result)
    lecture_notes([wrong]).write(tmp_path / "notes", formats=["markdown"])
    page = (tmp_path / "notes" / "markdown" / "own.md").read_text(encoding="utf-8")
    assert "✗ 1 of 6 lines: refuted" in page and "the left side is 1 and the right side is 2" in page


def test_one_without_a_name_is_refused(own: Derivation) -> None:
    with pytest.raises(ValueError, match='"Half a square" has no name'):
        lecture_notes([replace(own, name="")], check=False)
