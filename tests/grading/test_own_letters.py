"""Submissions in letters of their own: an exercise is read in them, if and only if they are proved to mean the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gradproof.derivations.catalogue import find
from gradproof.grading.exercise import Exercise, exercise
from gradproof.grading.feedback import letters_words
from gradproof.grading.marking import Graded, Mark, Reached
from gradproof.grading.rubric import award, with_rubric
from gradproof.grading.rubric.reading import rubric_of

Grade = Callable[..., Graded]
BCE, MSE, SOFTMAX = "binary_cross_entropy_gradient", "mse_gradient", "softmax_jacobian"
LOGISTIC = r"""Let $a = \sigma(z)$. The loss is $L = -y\ln a - (1-y)\ln(1-a)$.
$$\frac{dL}{dz} = \frac{dL}{da} \frac{da}{dz}$$
$$\frac{dL}{da} = -\frac{y}{a} SIGN \frac{1-y}{1-a} = \frac{a-y}{a(1-a)}$$
$$\frac{dL}{dz} = a - y$$
"""

#: An exercise, a text in letters of its own, and which letter of the exercise is which of the text.
TEXTS = {
    "a loss of a probability": (BCE, LOGISTIC.replace("SIGN", "+"), {"x": "z", "t": "y", "sigma": "a"}),
    "a loss whose parts are explained after it": (
        BCE,
        r"""$J = -[y\log\hat y + (1-y)\log(1-\hat y)]$ with $\hat{y} = \frac{1}{1+e^{-z}}$
$$\frac{\partial J}{\partial z}
= \left(\frac{1-y}{1-\hat y} - \frac{y}{\hat y}\right)\hat y (1-\hat y) = \hat y - y$$""",
        {"L": "J", "x": "z", "t": "y", "sigma": "y_hat"},
    ),
    "another letter for the size": (
        MSE,
        r"""$E = \frac{1}{N}\sum_{k=1}^N (t_k - o_k)^2$
$$\frac{\partial E}{\partial o_j} = -\frac{2}{N}(t_j - o_j)$$""",
        {"L": "E", "x": "o", "y": "t", "n": "N"},
    ),
    "a size that nothing bounds": (
        MSE,
        r"""$E = \frac{1}{m}\sum_i (t_i - o_i)^2$
$$\frac{\partial E}{\partial o_j} = -\frac{2}{m}(t_j - o_j)$$""",
        {"L": "E", "x": "o", "y": "t", "n": "m"},
    ),
    "letters that are exchanged": (
        MSE,
        r"""$L = \frac{1}{n}\sum_{k=1}^n (x_k - 2 y_k)^2$, $E = \frac{1}{n}\sum_{k=1}^n (x_k - y_k)^2$
$$\frac{\partial E}{\partial y_j} = \frac{2}{n} (y_j - x_j)$$""",
        {"L": "E", "x": "y", "y": "x"},
    ),
    "a letter that means something else there": (
        SOFTMAX,
        r"""$p = \sum_k e^{o_k}$, $a_k = \frac{e^{o_k}}{p}$
$$\frac{\partial a_k}{\partial o_l} = a_k (\delta_{kl} - a_l)$$""",
        {"p": "a", "z": "o"},
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_right_text_is_right_in_its_own_letters(name: str, graded: Grade) -> None:
    entry, text, letters = TEXTS[name]
    found = graded(text, exercise(find(entry)))
    assert found.letters == letters
    assert found.reached is Reached.RIGHT
    assert {line.mark for line in found.lines} <= {Mark.RIGHT, Mark.NONE}


def test_the_first_wrong_line_and_its_slip_are_found_in_them(graded: Grade) -> None:
    found = graded(LOGISTIC.replace("SIGN", "-"), exercise(find(BCE)))
    assert found.first_wrong is not None
    assert found.first_wrong.finding.place.line == 3
    assert found.first_wrong.slip
    assert {line.mark for line in found.lines[:3]} == {Mark.RIGHT}


def test_letters_are_known_where_the_whole_derivative_is_not_written(graded: Grade) -> None:
    text = LOGISTIC.replace(r"\frac{dL}{dz} =", "").replace("SIGN", "-")
    found = graded(text, exercise(find(BCE)))
    assert found.letters == {"x": "z", "t": "y", "sigma": "a"}
    assert found.first_wrong is not None
    assert found.first_wrong.finding.place.line == 3


#: Texts that define something else, or the same in the letters of the exercise: these are kept.
KEPT = {
    "another loss": LOGISTIC.replace("-y\\ln a", "-2y\\ln a"),
    "the letters of the exercise": r"$\sigma = \frac{1}{1 + e^{-x}}$, $\frac{\partial L}{\partial x} = \sigma - t$",
    "nothing is defined": r"$\frac{dL}{dz} = a - y$",
}


@pytest.mark.parametrize("name", KEPT)
def test_letters_that_are_not_proved_to_mean_the_same_are_not_taken(name: str, graded: Grade) -> None:
    found = graded(KEPT[name].replace("SIGN", "+"), exercise(find(BCE)))
    assert found.letters == {}
    assert all(line.mark is not Mark.WRONG for line in found.lines)


def test_a_rubric_gives_points_in_them(softmax: Exercise, graded: Grade) -> None:
    items = [{"reach": "result", "points": 2}, {"reach": r"p_i (\delta_{ij} - p_j)", "points": 1, "written": True}]
    rubric = rubric_of({"items": items}, softmax)
    given = r"$a_k = \frac{e^{o_k}}{\sum_m e^{o_m}}$ $$\frac{\partial a_k}{\partial o_l} = "
    for result, points in ((r"a_k (\delta_{kl} - a_l)", 3), (r"a_k (\delta_{kl} - \frac{e^{o_l}}{\sum_m e^{o_m}})", 2)):
        assert award(rubric, graded(f"{given}{result}$$", with_rubric(softmax, rubric))).certain == points


def test_the_reader_is_told_which_letters_were_taken(graded: Grade) -> None:
    found = graded(TEXTS["a letter that means something else there"][1], exercise(find(SOFTMAX)))
    assert letters_words(found, "en") == "in the letters of the submission: a for p, o for z"
    assert letters_words(found, "zh") == "采用提交者的记号：p 记作 a，z 记作 o"
    assert found.to_json()["letters"] == {"p": "a", "z": "o"}
