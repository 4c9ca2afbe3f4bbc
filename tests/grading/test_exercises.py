"""Which entries of the catalogue are exercises, and how those are graded that hold under conditions, and limits."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradproof.derivations.calculus import Relation
from gradproof.derivations.catalogue import derivations, find
from gradproof.grading.exercise import NoExercise, exercise
from gradproof.grading.marks import Mark, Reached

from .conftest import Grade

PAGE = (Path(__file__).parents[2] / "docs" / "grading.md").read_text(encoding="utf-8")
#: Equations that are no exercises, with the reason.
OTHERS = {
    "matrix_one_norm_gradient": "as it is read, its result is not proved",
    "gradient_normal_to_any_contour": "as it is read, its result is not proved",
}


def test_every_equation_is_an_exercise_but_for_those_that_are_named() -> None:
    """A new entry is an exercise; one that cannot be is named here with the reason, and in docs/grading.md."""
    refused: dict[str, str] = {}
    unequal, equations = 0, 0
    for derivation in derivations():
        if derivation.relation is not Relation.EQUAL:
            unequal += 1
            with pytest.raises(NoExercise, match="is an inequality: it cannot be graded yet"):
                exercise(derivation)
            continue
        equations += 1
        try:
            assert exercise(derivation).name == derivation.name
        except NoExercise as problem:
            refused[derivation.name] = str(problem)
    assert refused.keys() == OTHERS.keys()
    assert all(OTHERS[name] in said for name, said in refused.items())
    assert all(f"`{name}`" in PAGE for name in OTHERS)
    assert equations > 160 and unequal > 15


def test_a_case_of_its_indices_is_none() -> None:
    with pytest.raises(NoExercise, match="is said for a case only: it cannot be graded yet"):
        exercise(find("softmax_jacobian.off_diagonal"))


LIMITS = [
    (
        "square_by_definition",
        r"\lim_{h \to 0} \frac{(x+h)^2 - x^2}{h} = \lim_{h \to 0} \frac{2xh + h^2}{h} = \lim_{h \to 0} (2x + h) = 2x",
        "RRR",
        Reached.RIGHT,
    ),
    (
        "square_by_definition",
        r"\lim_{h \to 0} \frac{(x+h)^2 - x^2}{h} = \lim_{h \to 0} (2x + h)",
        "R",
        Reached.UNFINISHED,
    ),
    (
        "square_by_definition",
        r"\lim_{h \to 0} \frac{(x+h)^2 - x^2}{h} = \lim_{h \to 0} (x + h) = x",
        "WR",
        Reached.WRONG,
    ),
    (
        "square_by_definition",
        r"\lim_{h \to 0} \frac{(x+h)^2 - x^2}{h} = \frac{2xh + h^2}{h} = 2x",
        "WR",
        Reached.RIGHT,
    ),
    ("sigmoid_limit_right", r"\lim_{x \to \infty} \frac{1}{1+e^{-x}} = \frac{1}{1+0} = 1", "RR", Reached.RIGHT),
]


@pytest.mark.parametrize(("name", "text", "marks", "reached"), LIMITS)
def test_limits(name: str, text: str, marks: str, reached: Reached, graded: Grade) -> None:
    found = graded(f"$${text}$$", exercise(find(name)))
    assert "".join(line.mark.name[0] for line in found.lines) == marks
    assert found.reached is reached


CONDITIONS = [
    ("one_norm_gradient", r"\frac{\partial r}{\partial x_j} = \operatorname{sign}(x_j) = \frac{x_j}{|x_j|}", "RR"),
    ("one_norm_gradient", r"\frac{\partial r}{\partial x_j} = -\operatorname{sign}(x_j)", "W"),
    ("max_gradient", r"\frac{\partial m}{\partial z_j} = \mathbf{1}\{z_j = \max_k z_k\}", "R"),
    ("max_gradient", r"\frac{\partial m}{\partial z_j} = 1 - \mathbf{1}\{z_j = \max_k z_k\}", "W"),
    (
        "row_maxima_jacobian",
        r"\frac{\partial m_i}{\partial X_{kj}} = \delta_{ik} \mathbf{1}\{X_{ij} = \max_l X_{il}\}",
        "R",
    ),
    ("max_norm_gradient", r"\frac{\partial r}{\partial x_i} = \operatorname{sign}(x_i)", "W"),
    ("accuracy_gradient", r"\frac{\partial a}{\partial p_r} = \frac{1}{N}", "W"),
]


@pytest.mark.parametrize(("name", "text", "marks"), CONDITIONS)
def test_conditions_on_entries(name: str, text: str, marks: str, graded: Grade) -> None:
    found = graded(f"$${text}$$", exercise(find(name)))
    assert "".join(line.mark.name[0] for line in found.lines) == marks


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("one_norm_gradient", r"\operatorname{sign}(x_i)^2 = 1"),
        ("one_norm_gradient", r"\operatorname{sign}(x_i) = 2 \cdot \mathbf{1}\{x_i > 0\} - 1"),
        ("accuracy_gradient", r"\mathbf{1}\{p_r > \frac12\} + \mathbf{1}\{p_r < \frac12\} = 1"),
    ],
)
def test_what_fails_only_at_a_kink_is_not_wrong(name: str, text: str, graded: Grade) -> None:
    """The exercise leaves x_i = 0 and p_r = ½ out, and no line of ours says so."""
    (line,) = graded(f"$${text}$$", exercise(find(name))).lines
    assert line.mark is Mark.OPEN
