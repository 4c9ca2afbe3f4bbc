"""The class that hands in for the benchmark: its templates are right, its students differ, most of them slip."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from gradproof.derivations.catalogue import find
from gradproof.documents import read_document
from gradproof.grading.checking import Checking
from gradproof.grading.exercise import exercise
from gradproof.grading.marking import Graded, Mark, Reached, graded_documents

from .loading import load

classroom = load("classroom")


class Careful(random.Random):
    """A student who makes no slip and writes as the template does, but for the letters."""

    def random(self) -> float:
        return 0.999


def graded(text: str, entry: str, folder: Path) -> Graded:
    against = exercise(find(entry))
    file = folder / "work.tex"
    file.write_text(text, encoding="utf-8")
    return graded_documents((read_document(file, file.name),), file.name, against, Checking())


@pytest.mark.parametrize("template", classroom.TEMPLATES, ids=lambda template: template.entry)
def test_each_template_is_a_right_derivation_of_ten_lines(template: classroom.Template, tmp_path: Path) -> None:
    found = graded(classroom.submission(template, Careful(0)), template.entry, tmp_path)
    assert [line.mark for line in found.lines] == [Mark.RIGHT] * 10
    assert found.reached is Reached.RIGHT


def test_a_slip_is_one_line_and_is_found(tmp_path: Path) -> None:
    template = classroom.TEMPLATES[2]
    right = list(classroom.members(template, Careful(0)))
    chance = random.Random(5)
    texts = [classroom.submission(template, chance) for _ in range(12)]
    marks = [graded(text, template.entry, tmp_path) for text in texts]
    assert len(set(texts)) == 12 and len(right) == 11
    assert 5 <= sum(found.first_wrong is not None or found.count_open > 0 for found in marks) <= 11
    assert all(found.count(Mark.WRONG) + found.count_open <= 2 for found in marks)  # a slip, and what rests on it


def test_the_class_of_a_seed_is_always_the_same(tmp_path: Path) -> None:
    first, again, other = (
        classroom.write_class(tmp_path / name, 9, seed) for name, seed in (("first", 1), ("again", 1), ("other", 2))
    )
    assert sum(map(len, first.values())) == 9 and set(first) == {each.entry for each in classroom.TEMPLATES}
    texts = [[file.read_text(encoding="utf-8") for files in each.values() for file in files] for each in (first, again)]
    assert texts[0] == texts[1] != [file.read_text(encoding="utf-8") for files in other.values() for file in files]
