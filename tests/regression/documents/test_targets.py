"""What becomes a test, how it is called, and that every finding is about one of them."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from gradproof.derivations.meaning import declared
from gradproof.documents import Document, Passage, read_document
from gradproof.grading.checking import Checking, outcomes
from gradproof.grading.outcome import Outcome, lost
from gradproof.grading.passages import Effort, judge_passage
from gradproof.grading.status import LineStatus as S
from gradproof.regression.documents.targets import LETTERS, LONGEST, Target, findings_by_target, name_of, targets

TEXT = """<!-- gradproof: x, y : R -->
Text $x + y = y + x$ and the number $x$, and $x = x$.

<!-- gradproof: label square -->
$$(x + y)^2 = x^2 + 2xy + y^2 = x^2 + y^2$$

<!-- gradproof: check -->
$$x = x$$

<!-- gradproof: skip -->
$$x = y$$
"""


def document(folder: Path, text: str, name: str = "a.md") -> Document:
    (folder / name).write_text(text, encoding="utf-8")
    return read_document(folder / name, name)


def names(folder: Path, text: str, every: bool = True) -> list[str]:
    return [target.name for target in targets(document(folder, text), every)]


def test_names_come_from_labels_and_from_what_is_said(tmp_path: Path) -> None:
    assert names(tmp_path, TEXT) == [
        "declared: x, y : R",
        "x + y = y + x",
        "x = x",
        "square[1]",
        "square[2]",
        "x = x#2",
        "x = y",
    ]


def test_without_every_only_what_a_mark_speaks_of(tmp_path: Path) -> None:
    assert names(tmp_path, TEXT, every=False) == ["declared: x, y : R", "square[1]", "square[2]", "x = x", "x = y"]


def test_names_do_not_change_where_text_is_added(tmp_path: Path) -> None:
    assert names(tmp_path, f"More.\n\n$y = y$\n\n{TEXT}")[1:] == names(tmp_path, TEXT)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("a &= b \\\\\n  + c", "a = b + c"),
        ("a::b = c", "a:b = c"),
        ("a = \x1b[31m b", "a = �[31m b"),
        ("x" * LONGEST, "x" * LONGEST),
    ],
)
def test_a_name_is_one_line_that_pytest_and_a_terminal_take_as_it_is(said: str, name: str) -> None:
    assert name_of(said) == name


def test_long_names_differ_where_the_formulas_do() -> None:
    first, second = name_of("x" * LONGEST + "y"), name_of("x" * LONGEST + "z")
    assert first != second
    assert first[: LONGEST + 1] == second[: LONGEST + 1] == "x" * LONGEST + "…"
    assert len(first) == LONGEST + 1 + LETTERS and all(unicodedata.category(letter)[0] in "LNP" for letter in first)


@pytest.mark.parametrize(("name", "wrong"), [("a.md", "$$x = x"), ("a.py", '"""$x = x$"""\ndef f(:')])
def test_a_fault_of_a_file_is_seen(name: str, wrong: str, tmp_path: Path) -> None:
    (target,) = targets(document(tmp_path, wrong, name), every=False)
    assert "no end" in target.name or "ends" in target.name or "no Python" in target.name


def said(folder: Path, text: str) -> dict[str, list[S]]:
    """The statuses that each target of a document gets."""
    read = document(folder, text)
    found: dict[str, list[S]] = {}
    for number, outcome in outcomes(read, Checking()).items():
        own = [target for target in targets(read, True) if target.part == number]
        for target, findings in findings_by_target(read.parts[number], outcome, own).items():
            found[target.name] = [finding.status for finding in findings]
            assert all(finding.place.line == target.place.line for finding in findings)
    return found


def test_each_finding_is_about_its_target(tmp_path: Path) -> None:
    text = TEXT + "\n$$z = x, \\quad \\frac{x}{ = 1$$\n\n$$\\frac{\\partial q}{\\partial x} = 2$$\n"
    assert said(tmp_path, text) == {
        "declared: x, y : R": [S.DEFINITION],
        "x + y = y + x": [S.PROVED],
        "x = x": [S.PROVED],
        "square[1]": [S.PROVED],
        "square[2]": [S.REFUTED],
        "x = x#2": [S.PROVED],
        "x = y": [S.UNDECIDED],  # it is skipped before anybody looks at this
        "z = x, \\quad \\frac{x}{ = 1": [S.UNREADABLE],
        "\\frac{\\partial q}{\\partial x} = 2": [S.NEEDS],
    }


def test_a_line_of_declarations_that_declares_nothing_is_unreadable(tmp_path: Path) -> None:
    assert said(tmp_path, "<!-- gradproof: chekc -->\n$$x = x$$\n")["declared: chekc"] == [S.UNREADABLE]


CHAIN = "$$a = b = c, \\quad 2d = e$$"


def chain(folder: Path) -> tuple[Passage, list[Target]]:
    read = document(folder, CHAIN)
    (passage,) = read.passages
    found = list(targets(read, True))
    assert [target.name for target in found] == ["a = b", "b = c", "2d = e"]
    return passage, found


def test_a_task_that_was_stopped_is_said_of_every_relation(tmp_path: Path) -> None:
    passage, own = chain(tmp_path)
    for status in (S.UNDECIDED, S.ERROR):
        found = findings_by_target(passage, lost(passage.text, status, "out of time, stopped after 60 s"), own)
        assert {target.name: [(f.status, f.reason) for f in findings] for target, findings in found.items()} == {
            target.name: [(status, "out of time, stopped after 60 s")] for target in own
        }


def test_what_is_said_of_a_whole_statement_is_said_of_its_relations_unless_it_is_praise(tmp_path: Path) -> None:
    passage, own = chain(tmp_path)
    glossary, macros = declared("a, b, c, d, e : R")
    judged = judge_passage(passage.text, macros, glossary, frozenset(), Effort()).found
    assert [(each.step, each.status) for each in judged] == [(0, S.REFUTED), (1, S.REFUTED), (0, S.REFUTED)]
    for alone, passed_on in ((S.CONDITION, S.CONDITION), (S.PROVED, S.UNDECIDED)):
        outcome = Outcome((replace(judged[0], status=alone), judged[2]))
        found = findings_by_target(passage, outcome, own)
        assert [[f.status for f in found[target]] for target in own] == [[alone], [passed_on], [S.REFUTED]]


def test_a_finding_without_a_target_goes_to_the_one_before_it(tmp_path: Path) -> None:
    """So nothing is lost where declarations make a text read otherwise than it was collected."""
    passage, own = chain(tmp_path)
    outcome = lost(passage.text, S.REFUTED, "")
    found = findings_by_target(passage, outcome, own[:1])
    assert [f.status for f in found[own[0]]] == [S.REFUTED]
    assert [f.status for f in findings_by_target(passage, Outcome(), own)[own[1]]] == [S.UNDECIDED]
