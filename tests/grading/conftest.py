"""What the tests of lines share: judging a text under declarations, and the corpora."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gradproof.derivations.catalogue import find
from gradproof.derivations.meaning import declared
from gradproof.derivations.notation.reading import read
from gradproof.documents import read_document
from gradproof.grading.checking import Checking
from gradproof.grading.exercise import Exercise, exercise
from gradproof.grading.judge import Judge
from gradproof.grading.marking import Graded, graded_documents
from gradproof.grading.status import LineReport

CORPUS = Path(__file__).parents[1] / "corpus"
Judged = Callable[..., list[LineReport]]


def judge(text: str, given: str = "") -> list[LineReport]:
    glossary, macros = declared(given)
    return [report for part in read(text, macros=macros) for report in Judge().statement(part, glossary)]


@pytest.fixture(scope="session")
def judged() -> Judged:
    return judge


def derivations() -> list[dict[str, Any]]:
    lines = (CORPUS / "derivations.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def statements() -> list[dict[str, Any]]:
    """Our own statements, with their declarations and what they are."""
    found: list[dict[str, Any]] = tomllib.loads((CORPUS / "statements.toml").read_text(encoding="utf-8"))["statement"]
    return found


def declarations() -> tuple[str, dict[str, str]]:
    """The macros of the authors, and the declarations of each derivation by its id."""
    found = tomllib.loads((CORPUS / "declarations.toml").read_text(encoding="utf-8"))
    return found["macros"], found["given"]


Grade = Callable[..., Graded]


@pytest.fixture(scope="session")
def softmax() -> Exercise:
    return exercise(find("softmax_jacobian"))


@pytest.fixture
def graded(tmp_path: Path) -> Grade:
    """Grades a text against an exercise, in this process."""

    def grade(text: str, against: Exercise, name: str = "work.md") -> Graded:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return graded_documents((read_document(file, name),), name, against, Checking())

    return grade


def chain(*members: str, asked: str = r"\frac{\partial p_i}{\partial z_j}") -> str:
    """A display in Markdown: the question, and each member on a line of its own."""
    lines = " \\\\\n".join(f" &= {member}" for member in members)
    return f"$$\\begin{{aligned}}\n{asked}\n{lines}\n\\end{{aligned}}$$\n"


@pytest.fixture(scope="session")
def written() -> Callable[..., str]:
    return chain
