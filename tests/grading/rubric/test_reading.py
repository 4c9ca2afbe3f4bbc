"""Rubrics that cannot be used: each is refused in a sentence with the value, the place, and the way out."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from gradproof.grading.exercise import Exercise
from gradproof.grading.numbers import shown
from gradproof.grading.rubric import BadRubric, read_rubric
from gradproof.grading.rubric.reading import rubric_of
from gradproof.grading.rubric.tables import BadTable

RESULT = {"reach": "result", "points": 1}


def test_a_file_is_read(tmp_path: Path, softmax: Exercise) -> None:
    file = tmp_path / "rubric.toml"
    file.write_text(
        'title = { en = "Homework", zh = "作业" }\n'
        "[[items]]\nstep = 'A2'\npoints = 0.5\n"
        "[[items]]\nreach = 'result'\npoints = 2\ntext = 'all of it'\n"
        "[deductions]\npoints = 0.1\ncount = 'each'\nslips = { 'sign of a term' = 0 }\n",
        encoding="utf-8",
    )
    rubric = read_rubric(file, softmax)
    assert (rubric.title.zh, rubric.of) == ("作业", Fraction(5, 2))
    assert "quotient rule" in rubric.items[0].text.en
    assert "商" in rubric.items[0].text.zh
    assert rubric.deductions is not None
    assert (rubric.deductions.each, rubric.deductions.cost("sign of a term")) == (True, 0)
    assert rubric.deductions.cost("") == Fraction(1, 10)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, ["has no items", "[[items]]"]),
        ({"item": [RESULT]}, ["unknown name item", "did you mean items?"]),
        ({"items": "result"}, ["items = 'result' is not a list of tables"]),
        ({"items": [RESULT, {"points": 1}]}, ["item 2 needs either"]),
        ({"items": [{"reach": "result", "step": "A2", "points": 1}]}, ["item 1 needs either"]),
        ({"items": [{"reach": "result"}]}, ["item 1: points is missing"]),
        ({"items": [{"reach": "result", "points": -1}]}, ["item 1: points = -1", "from 0"]),
        ({"items": [{"reach": "result", "points": True}]}, ["points = True"]),
        ({"items": [{"reach": "result", "points": 0}]}, ["points = 0 gives nothing"]),
        ({"items": [{"reach": "result", "points": 1, "written": "yes"}]}, ["written = 'yes' is not true or false"]),
        ({"items": [{"step": "Z9", "points": 1}]}, ['step = "Z9" is no step', "A2 (exp, quotient)"]),
        ({"items": [{"reach": r"p_i \foo", "points": 1}]}, ["item 1: reach", r"column 5: the command \foo"]),
        ({"items": [{"reach": r"p_i", "points": 1}]}, ["does not equal what is asked", "left", "right"]),
        ({"items": [{"reach": r"p_i = 2 p_i", "points": 1}]}, ["does not equal"]),
        ({"items": [{"reach": "p_i < 1", "points": 1}]}, ["is no equation"]),
        ({"items": [{"reach": "a = b = c", "points": 1}]}, ["more than one sign"]),
        ({"items": [RESULT, {"step": "A6", "points": 1}]}, ["item 2 asks for no more than item 1", "written = true"]),
        ({"items": [RESULT], "carried_forward": 1}, ["carried_forward = 1 is not true or false"]),
        ({"items": [RESULT], "deductions": {"points": 1, "count": "all"}}, ['count = "all"', '"first"']),
        (
            {"items": [RESULT], "deductions": {"points": 1, "slips": {"sgn": 1}}},
            ["unknown name sgn", "did you mean sign?"],
        ),
        ({"items": [RESULT], "title": {"de": "Blatt"}}, ["unknown name de"]),
        ({"items": [RESULT], "title": {}}, ["says nothing"]),
    ],
)
def test_what_is_wrong_is_said(data: dict[str, Any], said: list[str], softmax: Exercise) -> None:
    with pytest.raises(BadTable) as problem:
        rubric_of(data, softmax)
    assert all(each in str(problem.value) for each in said), str(problem.value)


@pytest.mark.parametrize(
    ("text", "said"), [("items = [", "rubric.toml"), ("[[items]]\npoints = 1", "rubric.toml: item 1")]
)
def test_the_file_is_named(text: str, said: str, tmp_path: Path, softmax: Exercise) -> None:
    file = tmp_path / "rubric.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadRubric, match=said):
        read_rubric(file, softmax)
    with pytest.raises(BadRubric, match="there is no file"):
        read_rubric(tmp_path / "none.toml", softmax)


@pytest.mark.parametrize(("points", "said"), [(2, "2"), (Fraction(1, 2), "0.5"), (Fraction(1, 3), "1/3")])
def test_points_are_shown_exactly(points: Fraction | int, said: str) -> None:
    assert shown(Fraction(points)) == said
