"""Hand-written derivatives: the right ones are proved, and every wrong one is refuted at an exact point."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gradproof import ShapeError, strategies
from gradproof.regression.assertions import (
    assert_backward,
    assert_gradient,
    assert_hessian,
    assert_identity,
    assert_jacobian,
)
from gradproof.regression.checked import Checked, NotRightError, RefutedError, UndecidedError, WrongShapeError
from gradproof.verify.verdict import Verdict

from . import layers

X, LABELS = strategies.real("N", "k"), strategies.labels("N", classes="k")
LABELS_OF_NETWORK = strategies.labels("N", classes="C")

#: An assertion that waits for the derivative, and the right derivative.
RIGHT: dict[str, tuple[Callable[..., Checked], Callable[..., Any]]] = {
    "cross-entropy, one-hot": (
        partial(assert_gradient, layers.cross_entropy), layers.cross_entropy_gradient),
    "cross-entropy, labels": (partial(assert_gradient, layers.nll), layers.nll_gradient),
    "mean squared error": (partial(assert_gradient, layers.mse), layers.mse_gradient),
    "layer norm": (partial(assert_backward, layers.layernorm), layers.layernorm_backward),
    "linear layer": (partial(assert_backward, layers.linear), layers.linear_backward),
    "relu": (partial(assert_backward, layers.relu), layers.relu_backward),
    "tanh": (partial(assert_backward, layers.tanh), layers.tanh_backward),
    "sigmoid": (partial(assert_backward, layers.sigmoid), layers.sigmoid_backward),
    "softmax, Jacobian": (partial(assert_jacobian, layers.softmax), layers.softmax_jacobian),
    "log Σ exp, Hessian": (partial(assert_hessian, lambda z: np.log(np.sum(np.exp(z)))), layers.softmax_jacobian),
    "the largest": (partial(assert_gradient, np.max), lambda z: (z == z.max()) * 1.0),
    "a norm": (partial(assert_gradient, np.linalg.norm), lambda z: z / np.linalg.norm(z)),
}  # fmt: skip
ARGUMENTS: dict[str, dict[str, Any]] = {
    "cross-entropy, one-hot": {"z": strategies.logits("n"), "y": strategies.one_hot("n")},
    "cross-entropy, labels": {"z": X, "t": LABELS},
    "mean squared error": {"x": X, "t": X},
    "layer norm": {"X": X, "g": strategies.weights("k"), "b": strategies.weights("k")},
    "linear layer": {"X": X, "W": strategies.weights("k", "m"), "b": strategies.weights("m")},
    **{name: {"x": X} for name in ("relu", "tanh", "sigmoid")},
    **{name: {"z": strategies.logits("n")} for name in ("softmax, Jacobian", "log Σ exp, Hessian", "the largest")},
    "a norm": {"z": strategies.real("n")},
}


def mutated(change: Callable[[Any], Any], derivative: Callable[..., Any]) -> Callable[..., Any]:
    """A derivative of which one array, the first, is changed."""

    def wrong(*args: Any, **named: Any) -> Any:
        found = derivative(*args, **named)
        return (change(found[0]), *found[1:]) if isinstance(found, tuple) else change(found)

    return wrong


MUTATIONS: dict[str, Callable[[Any], Any]] = {
    "a sign": lambda g: -g,
    "a factor": lambda g: 2 * g,
    "a millionth": lambda g: g * (1 + 1e-6),
    "a trillionth": lambda g: g * (1 + 2.0**-40),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_derivative_is_proved(name: str) -> None:
    claim, derivative = RIGHT[name]
    found = claim(derivative, **ARGUMENTS[name])
    assert found.verdict is Verdict.PROVED
    proof, *others = found.evidence
    assert all(other.verdict in (Verdict.AGREES, Verdict.VACUOUS) for other in others)  # beyond the sizes of the proof
    assert proof.bound is not None and proof.bound < 1e-30 and proof.drawn >= 6
    assert "2" in found.scope and "3" in found.scope


@pytest.mark.parametrize("slip", MUTATIONS)
@pytest.mark.parametrize("name", RIGHT)
def test_a_wrong_derivative_is_refuted(name: str, slip: str) -> None:
    claim, derivative = RIGHT[name]
    with pytest.raises(RefutedError) as caught:
        claim(mutated(MUTATIONS[slip], derivative), **ARGUMENTS[name])
    difference = caught.value.checked.difference
    assert caught.value.checked.verdict is Verdict.REFUTED and difference is not None
    assert difference.found != difference.expected and set(ARGUMENTS[name]) <= set(difference.arguments)


def centred(X: Any) -> Any:
    return X - X.mean(axis=1, keepdims=True)


#: Mistakes of people: the claim, the wrong derivative, its arguments, and what the message calls the slip.
SLIPS: dict[str, tuple[str, Callable[..., Any], str]] = {
    "the mean forgotten": ("mean squared error", lambda x, t: 2 * (x - t), "the size (as in 1/n) is forgotten"),
    "half the mean": ("mean squared error", lambda x, t: 2 * (x - t) / len(x), "the size (as in 1/n) is forgotten"),
    "the square not differentiated": ("mean squared error", lambda x, t: (x - t) / x.size, "a factor 1/2 too many"),
    "turned round": ("mean squared error", lambda x, t: 2 * (t - x) / x.size, "the sign is wrong"),
    "y − p": ("cross-entropy, one-hot", lambda z, y: y - layers.softmax(z), "the sign is wrong"),
    "p without y": ("cross-entropy, one-hot", lambda z, y: layers.softmax(z), "a term is forgotten"),
    "1 − tanh": ("tanh", lambda dy, x: dy * (1 - np.tanh(x)), "the square of 1 − tanh² is forgotten"),
    "a constant variance": ("layer norm", layers.layernorm_without_variance, ""),
    "a sum for a mean": ("layer norm", lambda dY, X, g, b: (
        centred(layers.layernorm_backward(dY, X, g, b)[0] * 2), *layers.layernorm_backward(dY, X, g, b)[1:]), ""),
    "relu from −1 on": ("relu", lambda dy, x: dy * (x > -1), ""),
    "sigmoid for its slope": ("sigmoid", lambda dy, x: dy / (1 + np.exp(-x)), ""),
}  # fmt: skip


@pytest.mark.parametrize("mistake", SLIPS)
def test_the_mistakes_of_people_are_refuted_and_named(mistake: str) -> None:
    name, wrong, slip = SLIPS[mistake]
    claim, _ = RIGHT[name]
    with pytest.raises(RefutedError) as caught:
        claim(wrong, **ARGUMENTS[name])
    difference = caught.value.checked.difference
    assert difference is not None
    if slip:
        assert difference.slip == slip and f"the slip: {slip}" in str(caught.value)


def test_a_refutation_is_small_exact_and_true() -> None:
    def gradient(x: Any, t: Any) -> Any:
        return 2 * (x - t)

    with pytest.raises(RefutedError, match=r"gradient\[0, 0\] at N = 1, k = 2") as caught:
        assert_gradient(layers.mse, gradient, x=X, t=X)
    difference = caught.value.checked.difference
    assert difference is not None
    exact = {name: [Fraction(str(entry)) for entry in array.flat] for name, array in difference.arguments.items()}
    assert all(entry.denominator <= 4 and abs(entry) <= 10 for entries in exact.values() for entry in entries)
    first = exact["x"][0] - exact["t"][0]
    assert (Fraction(difference.found), Fraction(difference.expected)) == (2 * first, first)


def test_arguments_may_be_examples_whose_sizes_are_variables() -> None:
    found = assert_backward(
        layers.linear, layers.linear_backward, X=np.zeros((2, 3)), W=np.zeros((3, 4)), b=np.zeros(4)
    )
    assert found.verdict is Verdict.PROVED and found.scope.startswith("(n2, n4, n3)")


def test_the_gradient_by_another_argument() -> None:
    def by_target(x: Any, t: Any) -> Any:
        return -layers.mse_gradient(x, t)

    assert assert_gradient(layers.mse, by_target, by="t", x=X, t=X).verdict is Verdict.PROVED
    both = {"x": layers.mse_gradient, "t": by_target}
    found = assert_gradient(
        layers.mse, lambda x, t: {name: one(x, t) for name, one in both.items()}, by=("x", "t"), x=X, t=X
    )
    assert found.verdict is Verdict.PROVED
    with pytest.raises(RefutedError, match=r"\[0, 0\] by t"):
        assert_gradient(
            layers.mse, lambda x, t: (layers.mse_gradient(x, t), layers.mse_gradient(x, t)), by=("x", "t"), x=X, t=X
        )


@pytest.mark.parametrize("kind", [tuple, list, lambda both: dict(zip("xy", both, strict=True))])
def test_gradients_by_numbers(kind: Callable[[Any], Any]) -> None:
    shapes = {"x": strategies.real(), "y": strategies.real()}
    claim = partial(assert_gradient, lambda x, y: x**2 * y, by=("x", "y"), **shapes)
    assert claim(lambda x, y: kind((2 * x * y, x**2))).verdict is Verdict.PROVED
    with pytest.raises(RefutedError, match="by y"):
        claim(lambda x, y: kind((2 * x * y, x)))


def test_a_list_of_numbers_is_an_array() -> None:
    found = assert_gradient(lambda x: x[0] * x[1], lambda x: [x[1], x[0]], x=strategies.real(2))
    assert found.verdict is Verdict.PROVED


def test_probabilities_vary_freely_and_sum_to_one() -> None:
    """The gradient is by free entries; a formula may use Σ p = 1 at the point."""
    p = strategies.probabilities("n")
    assert assert_gradient(
        lambda p: np.sum(p * np.log(p)), lambda p: np.log(p) + p.sum(), p=p
    ).verdict is Verdict.PROVED
    assert assert_identity(lambda p: p * p.sum(), lambda p: p, p=p).verdict is Verdict.PROVED
    with pytest.raises(RefutedError):
        assert_identity(lambda p: p * p.sum(), lambda p: p, p=strategies.positive("n"))


IDENTITIES: list[tuple[Callable[..., Any], Callable[..., Any], Any]] = [
    (lambda x: np.logaddexp(0, x), lambda x: np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))), strategies.real("n")),
    (np.tanh, lambda x: 2 / (1 + np.exp(-2 * x)) - 1, strategies.real()),
    (layers.softmax, lambda z: np.exp(z) / np.exp(z).sum(), strategies.logits("n")),
    (lambda x: x.var(), lambda x: np.mean(x**2) - np.mean(x) ** 2, strategies.real("n")),
    (lambda x: np.log(x.prod()), lambda x: np.log(x).sum(), strategies.positive("n")),
    (lambda x: np.abs(x), lambda x: np.where(x > 0, x, -x), strategies.real("n")),
]


@pytest.mark.parametrize(("left", "right", "argument"), IDENTITIES)
def test_an_identity(left: Callable[..., Any], right: Callable[..., Any], argument: Any) -> None:
    assert assert_identity(left, right, x=argument).verdict is Verdict.PROVED
    with pytest.raises(RefutedError):
        assert_identity(left, lambda x: right(x) * (1 + 1e-6), x=argument)


def test_what_differs_at_a_boundary_only_is_refuted() -> None:
    with pytest.raises(RefutedError) as caught:
        assert_identity(lambda x: (x > 0) * 1.0, lambda x: (x >= 0) * 1.0, x=strategies.real())
    difference = caught.value.checked.difference
    assert difference is not None and difference.arguments["x"].item() == 0


def test_at_a_kink_any_convention_will_do() -> None:
    for convention in (lambda x: (x > 0) * 1.0, lambda x: (x >= 0) * 1.0, lambda x: np.heaviside(x, 0.5)):
        found = assert_jacobian(layers.relu, convention, x=strategies.real())
        assert found.verdict is Verdict.PROVED and "away from the kinks" in found.scope


def test_a_kink_that_is_one_all_around_hides_nothing() -> None:
    """max(max(x, 0), 0): for negative x the inner one is 0, and the outer decision is by the sign of 0."""

    def twice(x: Any) -> Any:
        return np.sum(np.maximum(np.maximum(x, 0), 0))

    x = strategies.real("n")
    assert assert_gradient(twice, lambda x: (x > 0) * 1.0, x=x).verdict is Verdict.PROVED
    with pytest.raises(RefutedError):
        assert_gradient(twice, lambda x: np.where(x > 0, 1.0, 5.0), x=x)
    hessian = partial(assert_hessian, lambda x: np.sum(np.maximum(np.maximum(x, 0) ** 2, 0)), x=x)
    assert hessian(lambda x: np.diag(2 * (x > 0))).verdict is Verdict.PROVED
    with pytest.raises(RefutedError):
        hessian(lambda x: np.diag(np.where(x > 0, 2, 7)))


def test_a_function_that_depends_on_its_maximum_is_not_taken_for_shifted() -> None:
    """With an arbitrary number for the maximum this gradient would be 0."""
    for loss in (np.max, lambda z: z.max() ** 2 + np.exp(z - z.max()).sum()):
        with pytest.raises(RefutedError):
            assert_gradient(loss, lambda z: 0 * z, z=strategies.logits("n"))


@pytest.mark.slow
def test_a_network_of_two_layers() -> None:
    shapes = {"X": strategies.real("N", "D"), "W1": strategies.weights("D", "H"), "b1": strategies.weights("H")}
    shapes |= {"W2": strategies.weights("H", "C"), "b2": strategies.weights("C"), "t": LABELS_OF_NETWORK}
    claim = partial(assert_gradient, layers.network, by=("W1", "b1", "W2", "b2"), **shapes)
    found = claim(layers.network_gradient)
    assert found.verdict is Verdict.PROVED and "(1, 2, 2, 2)" in found.scope
    with pytest.raises(RefutedError, match="by W1"):
        claim(lambda **given: layers.network_gradient(**given, mask=False))


def test_pooling_by_the_largest() -> None:
    def pooled(x: Any, u: Any) -> Any:
        return np.sum(u * x.max(axis=1))

    def backward(x: Any, u: Any) -> Any:
        return (x == x.max(axis=1, keepdims=True)) * u[:, None]

    shapes = {"x": strategies.real("n", 3), "u": strategies.real("n")}
    found = assert_gradient(pooled, backward, **shapes)
    assert found.verdict is Verdict.PROVED and "away from the kinks" in found.scope
    with pytest.raises(RefutedError):
        assert_gradient(pooled, lambda x, u: (x == x.min(axis=1, keepdims=True)) * u[:, None], **shapes)


def test_every_label_has_its_turn() -> None:
    """Wrong for the last class only."""

    def wrong(z: Any, t: Any) -> Any:
        return layers.nll_gradient(z, t) * (1 if t.max() < z.shape[1] - 1 else 2)

    with pytest.raises(RefutedError):
        assert_gradient(layers.nll, wrong, z=strategies.logits(1, 3), t=strategies.labels(1, classes=3))


def test_choices_that_were_not_tried_stand_in_the_scope() -> None:
    found = assert_gradient(
        layers.nll, layers.nll_gradient, z=strategies.logits(3, 3), t=strategies.labels(3, classes=3)
    )
    assert found.verdict is Verdict.PROVED and found.scope == "16 of 27 choices of labels"


SHAPES: list[tuple[Callable[[], Any], str]] = [
    (lambda: assert_gradient(layers.mse, lambda x, t: layers.mse_gradient(x, t).T, x=X, t=X),
     r"has shape \(2, 1\) at N = 1, k = 2; it must be \(1, 2\)"),
    (lambda: assert_gradient(layers.linear, layers.linear, **ARGUMENTS["linear layer"]),
     "linear returns shape .* one number.*assert_jacobian and assert_backward"),
    (lambda: assert_backward(layers.linear, lambda *some: layers.linear_backward(*some)[:2],
                             **ARGUMENTS["linear layer"]), "returns 2 arrays for derivatives by X, W, b"),
    (lambda: assert_gradient(layers.mse, lambda x, t: {"y": x}, x=X, t=X), "gradients by y, and none by x"),
    (lambda: assert_backward(lambda x: x.reshape(-1), lambda dy, x: dy.reshape(x.shape), x=X),
     "describe the gradient from above: upstream="),
]  # fmt: skip


@pytest.mark.parametrize(("assertion", "words"), SHAPES)
def test_a_wrong_shape_says_the_value_the_place_and_the_way_out(assertion: Callable[[], Any], words: str) -> None:
    with pytest.raises(WrongShapeError, match=words):
        assertion()


def test_a_shape_that_cannot_be_told_can_be_described() -> None:
    found = assert_backward(
        lambda x: x.reshape(-1), lambda dy, x: dy.reshape(x.shape), x=strategies.real(2, 3), upstream=strategies.real(6)
    )
    assert found.verdict is Verdict.PROVED


MISUSE: list[tuple[Callable[[], Any], type[Exception], str]] = [
    (lambda: assert_gradient(layers.mse, layers.mse_gradient), TypeError, "nothing is said of the arguments"),
    (lambda: assert_gradient(layers.mse, layers.mse_gradient, x=X), TypeError, "mse takes t, of which nothing"),
    (lambda: assert_gradient(layers.mse, layers.mse_gradient, x=X, t=X, z=X), TypeError, "does not take the arguments"),
    (lambda: assert_gradient(layers.mse, layers.mse_gradient, by="y", x=X, t=X), ValueError, "there are x, t"),
    (lambda: assert_gradient(layers.nll, layers.nll_gradient, by="t", **ARGUMENTS["cross-entropy, labels"]),
     ValueError, "t has no derivatives"),
    (lambda: assert_gradient(layers.mse, layers.mse_gradient, x="n", t=X), TypeError, "x is described by 'n'"),
    (lambda: assert_gradient(layers.mse, layers.mse_gradient, x=np.zeros((2, 0)), t=X), ShapeError, "is empty"),
    (lambda: assert_gradient(layers.mse, layers.mse_gradient, x=np.zeros(2, int), t=X), TypeError, "strategies.labels"),
    (lambda: assert_gradient(3, layers.mse_gradient, x=X), TypeError, "3 is no function"),
    (lambda: assert_backward(layers.relu, x=X), TypeError, "relu is no code of Torch"),
    (lambda: assert_identity(lambda x, x_1: x[0], lambda x, x_1: x_1, x=strategies.real(1), x_1=strategies.real()),
     ValueError, "rename one of them"),
]  # fmt: skip


@pytest.mark.parametrize(("assertion", "kind", "words"), MISUSE)
def test_misuse_says_what_to_do(assertion: Callable[[], Any], kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        assertion()


def test_code_that_raises_is_not_called_wrong() -> None:
    def broken(x: Any) -> Any:
        raise ValueError("no such file")

    with pytest.raises(UndecidedError, match="no such file"):
        assert_gradient(lambda x: x.sum(), broken, x=strategies.real("n"))


def test_every_failure_is_an_assertion_error_with_its_evidence() -> None:
    for kind in (RefutedError, UndecidedError):
        assert issubclass(kind, NotRightError) and issubclass(kind, AssertionError)


def test_the_same_seed_gives_the_same_answer() -> None:
    claim, derivative = RIGHT["layer norm"]
    first, second = (claim(derivative, seed=7, **ARGUMENTS["layer norm"]) for _ in range(2))
    assert first == second


def test_the_manual_shows_what_is_said() -> None:
    def turned(z: Any, y: Any) -> Any:
        return -layers.cross_entropy_gradient(z, y)

    def loss(z: Any, y: Any) -> Any:
        return layers.cross_entropy(z, y)

    page = (Path(__file__).parents[2] / "docs" / "assertions.md").read_text(encoding="utf-8")
    with pytest.raises(RefutedError) as caught:
        assert_gradient(loss, turned, **ARGUMENTS["cross-entropy, one-hot"])
    assert f"```text\n{caught.value}\n```" in page
