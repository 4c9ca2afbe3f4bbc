"""What the tests of pages and results share: a class of three, and the rubric that it is graded by."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gradproof.grading.exercise import Exercise
from gradproof.grading.marking import Graded
from gradproof.grading.rubric import Rubric, awarded, with_rubric
from gradproof.grading.rubric.reading import rubric_of

ASKED = r"\frac{\partial p_i}{\partial z_j}"
FORM = r"p_i (\delta_{ij} - p_j)"
HOSTILE = rf"""<script>alert(1)</script> $S = \sum_k e^{{z_k}}$

$${ASKED} = \frac{{\alpha p}}{{\partial z}}$$

$${ASKED} = q \text{{<img src=x onerror=alert(1)>}}$$

$$q = \text{{</math><script>alert(2)</script>}}$$
"""
NAME = "<b onmouseover=alert(3)>\u202ecem.md"


@pytest.fixture(scope="session")
def rubric(softmax: Exercise) -> Rubric:
    items = [
        {"reach": "result", "points": 2, "text": {"en": "all carried out", "zh": "全部求出"}},
        {"reach": FORM, "points": 1, "written": True},
    ]
    return rubric_of({"items": items, "deductions": {"points": 1}}, softmax)


@pytest.fixture
def submissions(
    softmax: Exercise, rubric: Rubric, graded: Callable[..., Graded], written: Callable[..., str]
) -> list[Graded]:
    against = with_rubric(softmax, rubric)
    carried_out = r"\frac{\delta_{ij} e^{z_i} \sum_k e^{z_k} - e^{z_i} e^{z_j}}{(\sum_k e^{z_k})^2}"
    wrong = graded(written(carried_out, r"p_i (\delta_{ij} + p_j)", r"p_i \delta_{ij} + p_i p_j"), against, "ada.md")
    right = graded(written(carried_out, FORM), against, "ben.md")
    hostile = graded(HOSTILE, against, NAME)
    return [awarded(rubric, each) for each in (wrong, right, hostile)]
