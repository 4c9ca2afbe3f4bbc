"""Exercises of the grader's own: proved before anybody is graded against them, or refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gradproof.grading.exercise import NoExercise
from gradproof.grading.marking import Graded, Reached
from gradproof.grading.own_exercise import own_exercise
from gradproof.grading.rubric import award, with_rubric
from gradproof.grading.rubric.reading import rubric_of

GIVEN = "given = '''\nw : R\nx : R\nt : R\ny = \\sigma(w x)\nE = (y - t)^2 / 2\n'''\n"
START = "start = '\\frac{\\partial E}{\\partial w}'\n"
GOAL = "goal = '(y - t) y (1 - y) x'\n"
LATEX = r"""\documentclass{article}
\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}
\begin{document}
% gradproof: w : R
% gradproof: x : R
% gradproof: t : R
% gradproof: y = \sigma(w x)
% gradproof: E = (y - t)^2 / 2
Find the derivative. It is not $1 = 2$.
% gradproof: label exercise
\begin{align}
\pd{E}{w} &= \pd{E}{y} \pd{y}{w} \\
 &= (y - t) y (1 - y) x
\end{align}
\end{document}
"""


def own(folder: Path, text: str, name: str = "mine.toml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(("text", "name"), [(GIVEN + START + GOAL, "mine.toml"), (LATEX, "mine.tex")])
def test_submissions_are_graded_against_it(
    text: str, name: str, tmp_path: Path, graded: Callable[..., Graded], written: Callable[..., str]
) -> None:
    exercise = own_exercise(own(tmp_path, text, name))
    assert exercise.name == "mine"
    asked = r"\frac{dE}{dw}"
    right = graded(written(r"x y (y - t)(1 - y)", asked=asked), exercise)
    assert right.reached is Reached.RIGHT
    wrong = graded(written(r"(y - t) y (1 + y) x", asked=asked), exercise)
    assert wrong.reached is Reached.WRONG
    assert wrong.first_wrong is not None


def test_its_lines_are_steps_of_rubrics(
    tmp_path: Path, graded: Callable[..., Graded], written: Callable[..., str]
) -> None:
    exercise = own_exercise(own(tmp_path, LATEX, "mine.tex"))
    rubric = rubric_of({"items": [{"step": "1", "points": 1}, {"step": "2", "points": 1}]}, exercise)
    text = written(r"\frac{\partial E}{\partial y} y (1 - y) x", asked=r"\frac{\partial E}{\partial w}")
    points = award(rubric, graded(text, with_rubric(exercise, rubric)))
    assert [each.award.name for each in points.items] == ["EARNED", "MISSING"]


def test_matrices(tmp_path: Path, graded: Callable[..., Graded], written: Callable[..., str]) -> None:
    text = (
        "title = { en = 'A layer', zh = '一层' }\n"
        "given = '''\nW : m x n\nx : n\nt : m\nL = \\frac{1}{2} \\lVert W x - t \\rVert^2\n'''\n"
        "start = '\\frac{\\partial L}{\\partial W}'\ngoal = '(W x - t) x^\\top'\n"
    )
    exercise = own_exercise(own(tmp_path, text))
    assert exercise.title.zh == "一层"
    for asked, member in ((r"\frac{\partial L}{\partial W}", r"W x x^\top - t x^\top"),
                          (r"\frac{\partial L}{\partial W_{ij}}", r"x_j (\sum_k W_{ik} x_k - t_i)")):  # fmt: skip
        assert graded(written(member, asked=asked), exercise).reached is Reached.RIGHT
    assert graded(written(r"x (W x - t)^\top", asked=r"\frac{\partial L}{\partial W}"), exercise).count_open == 1


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (GIVEN + START + GOAL.replace("1 - y", "1 + y"), "a.toml", "goal = .* does not equal what is asked: .*left"),
        (GIVEN + START, "a.toml", "goal is missing"),
        (GIVEN + START + GOAL + "stats = []\n", "a.toml", "unknown name stats; did you mean"),
        (GIVEN + START + GOAL + "steps = 'y'\n", "a.toml", "steps are a list"),
        (GIVEN + START + GOAL + "steps = ['y']\n", "a.toml", "step 1 = 'y' does not equal"),
        (GIVEN + START + "goal = 'y = 2'\n", "a.toml", "is an equation"),
        (GIVEN + START + "goal = '\\foo'\n", "a.toml", r"goal = .* could not be read: column 1"),
        ("given = 'w ; R'\n" + START + GOAL, "a.toml", "a.toml: "),
        (GIVEN + "start = \n", "a.toml", "a.toml: "),
        (LATEX.replace("label exercise", "skip"), "a.tex", "no display is marked; write % gradproof: label exercise"),
        (LATEX.replace("1 - y", "1 + y"), "a.tex", "line 13: this does not equal what is asked"),
        (LATEX.replace("\\pd{E}{w} &= \\pd{E}{y} \\pd{y}{w} \\\\\n &=", ""), "a.tex", "has no result"),
        (LATEX, "a.pdf", "a PDF"),
    ],
)
def test_it_is_refused_with_a_sentence(text: str, name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(NoExercise, match=said):
        own_exercise(own(tmp_path, text, name))
