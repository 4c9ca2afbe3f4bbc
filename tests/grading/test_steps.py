"""Steps of gradient descent, derivatives by the wrong variable, and ∂ that is missing: named, and never by chance."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gradproof.derivations.catalogue import find
from gradproof.grading.exercise import Exercise, exercise
from gradproof.grading.marking import Graded, Mark, Reached

Grade = Callable[..., Graded]
DOWN, UP = (rf"x_i {sign} \eta \frac{{\partial E}}{{\partial x_i}}" for sign in "-+")


@pytest.fixture(scope="module")
def descent() -> Exercise:
    return exercise(find("descent_on_quadratic"))


@pytest.mark.parametrize(
    "text",
    [
        rf"$$x_i \leftarrow {UP}$$",
        rf"$$x_i := {UP}$$",
        r"$$x_i^{(t+1)} = x_i^{(t)} + \eta \lambda_i x_i^{(t)}$$",
        r"$$x_i^{new} = (1 + \eta \lambda_i) x_i$$",
        r"$$x_k \gets (1 + \eta \lambda_k) x_k$$",
    ],
)
def test_a_step_up_the_hill_is_wrong(text: str, descent: Exercise, graded: Grade) -> None:
    found = graded(text, descent)
    assert [(line.mark, line.slip) for line in found.lines] == [(Mark.WRONG, "sign of the update")]
    assert found.lines[0].point is not None
    assert found.reached is Reached.WRONG


@pytest.mark.parametrize(
    "text",
    [
        rf"$$x_i \leftarrow {DOWN} = (1 - \eta \lambda_i) x_i$$",
        r"$$x_i^{(t+1)} = x_i^{(t)} - \eta \lambda_i x_i^{(t)} = (1 - \eta \lambda_i) x_i^{(t)}$$",
    ],
)
def test_a_step_down_the_hill_is_right(text: str, descent: Exercise, graded: Grade) -> None:
    found = graded(text, descent)
    assert [line.mark for line in found.lines] == [Mark.RIGHT, Mark.RIGHT]
    assert found.reached is Reached.RIGHT


@pytest.mark.parametrize(
    "text",
    [
        rf"Gradient ascent on $E$ would be $$x_i \leftarrow {UP}$$",
        rf"To maximise $E$ we would climb.{chr(10)}{chr(10)}We write $$x_i \leftarrow {UP}$$",
        r"$$x_i \leftarrow x_i - \eta v_i$$",
        r"$$x_i \leftarrow x_i - 2 \eta \lambda_i x_i$$",
        r"$$x_i \leftarrow x_i - \lambda_i x_i$$",
        r"$$\eta \leftarrow 2 \eta$$",
    ],
    ids=["ascent", "far away", "momentum", "another rate", "no rate", "the rate"],
)
def test_another_step_is_held_against_nobody(text: str, descent: Exercise, graded: Grade) -> None:
    assert all(line.mark is Mark.NONE for line in graded(text, descent).lines)


def test_what_only_names_the_variable_is_no_step(descent: Exercise, graded: Grade) -> None:
    found = graded(r"$$x_i = (1 + \eta \lambda_i) x_i$$", descent)
    assert all(line.slip != "sign of the update" for line in found.lines)


@pytest.mark.parametrize(
    ("name", "text", "slip"),
    [
        ("cross_entropy_gradient", r"$$\frac{\partial L}{\partial z_j} = -\frac{y_j}{p_j}$$", "wrong variable"),
        ("exponential_derivative_of_base", r"$$\frac{\partial g}{\partial x} = x c^{x-1}$$", "wrong variable"),
        ("parabola_slope", r"$$f'(x) = x$$", "wrong variable"),
        ("parabola_slope", r"$$f'(x) = 1$$", ""),
        ("log_sigmoid_derivative", r"$$\frac{d}{dx} \log \sigma(x) = \frac{1}{\sigma(x)}$$", "factor dropped"),
        ("norm_gradient", r"$$\frac{\partial r}{\partial x_i} = \frac{r}{x_i}$$", ""),
        ("layer_output_delta", r"$$\frac{\partial E}{\partial z_j} = \frac{E}{a_j} \varphi'(z_j)$$", "∂ missing"),
        ("perceptron_delta", r"$$\frac{E}{z} = (o - t) o (1 - o)$$", "∂ missing"),
    ],
    ids=["on the way", "power rule", "a coefficient", "by chance", "inner", "two explanations", "∂", "∂ on the left"],
)
def test_derivatives_are_named(name: str, text: str, slip: str, graded: Grade) -> None:
    wrong = graded(text, exercise(find(name))).first_wrong
    assert wrong is not None
    assert wrong.slip == slip


def test_that_targets_sum_to_one_is_wrong_where_nothing_says_so(tmp_path: Path, graded: Grade) -> None:
    from gradproof.grading.own_exercise import own_exercise

    own = own_exercise(Path(__file__).parents[1] / "corpus" / "graded" / "exercises" / "any_targets.toml")
    line = r"$$\frac{\partial L}{\partial z_j} = p_j \sum_k y_k - y_j = p_j - y_j$$"
    wrong = graded(line, own).first_wrong
    assert wrong is not None
    assert wrong.slip == "one-hot assumed"
    for words in (
        "The targets $y$ are one-hot.\n\n",
        "Let $y$ be a distribution.\n\n",
        "$y$ 是概率。\n\n",
        "$$\\sum_k y_k = 1$$\nand so\n",
    ):
        said = graded(words + line, own)
        assert said.lines[-1].mark is Mark.OPEN
        assert "onehot" in said.lines[-1].reason
