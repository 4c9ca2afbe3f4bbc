"""Matrix forms: what is printed, and that the NumPy source of the form computes the index expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sympy import Expr, Mul, sqrt

from gradproof.derivations.calculus import (
    Activation,
    Derivation,
    Dim,
    Entry,
    Index,
    Matrix,
    Partial,
    Scalar,
    Sum,
    Tensor,
    Text,
    Vector,
    delta,
    exp,
    log,
    step,
)
from gradproof.derivations.notation import (
    NoMatrixFormError,
    derivation_form,
    derivative_form,
    matrix_form,
    matrix_numpy,
    matrix_tree,
    python_name,
    tree_latex,
    tree_mathml,
    tree_text,
)
from gradproof.derivations.notation.matrix_forms import Form

n, m, N = Dim("n"), Dim("m", "j l"), Dim("N", "a b c")
i, j, k, l, r = n.indices("i j k l r")  # noqa: E741
a, b = N.indices("a b")
u, v = m.indices("u v")
p, x, y, z, w, xhat = (Vector(name, n) for name in ("p", "x", "y", "z", "w", "x_hat"))
t = Vector("t", N)
d, q, bias = (Vector(name, m) for name in ("delta", "q", "b"))
W = Matrix("W^(1)", n, m)
X, P, Y, G, Z = (Matrix(name, N, n) for name in ("X", "P", "Y", "G", "Z"))
D, T = Matrix("Delta", N, m), Matrix("T", N, m)
A, B = Matrix("A", n, n), Matrix("B", n, n)
L, s = Scalar("L"), Scalar("s")
phi = Activation("φ")
SIZES = {n: 4, m: 3, N: 5}

CASES: dict[str, tuple[Expr, tuple[Index, ...], str]] = {
    "softmax Jacobian": (p[i] * (delta(i, j) - p[j]), (i, j), "diag(p) − p pᵀ"),
    "prediction minus truth": (p[i] - y[i], (i,), "p − y"),
    "least squares": (Sum(X[a, i] * (Sum(X[a, k] * w[k], k) - t[a]), a), (i,), "Xᵀ (X w − t)"),
    "mean squared error": (Mul(2, 1 / n, x[i] - y[i], evaluate=False), (i,), "(2/n) (x − y)"),
    "distance": ((x[i] - y[i]) / sqrt(Sum((x[k] - y[k]) ** 2, k)), (i,), "(x − y)/‖x − y‖"),
    "perceptron": (
        (q[u] - d[u]) * q[u] * (1 - q[u]) * x[i],
        (u, i),
        "(q ⊙ (q − δ) ⊙ (1 − q)) xᵀ",
    ),
    "perceptron, inputs first": (
        (q[u] - d[u]) * q[u] * (1 - q[u]) * x[i],
        (i, u),
        "x (q ⊙ (q − δ) ⊙ (1 − q))ᵀ",
    ),
    "backpropagation": (phi(z[i], 1) * Sum(W[i, u] * d[u], u), (i,), "φ′(z) ⊙ (W^(1) δ)"),
    "backpropagation, other way": (Sum(W[i, u] * phi(z[i], 1) * x[i], i), (u,), "(W^(1))ᵀ (x ⊙ φ′(z))"),
    "batch weights": (Sum(X[a, i] * D[a, u], a), (i, u), "Xᵀ Δ"),
    "batch bias": (Sum(D[a, u], a), (u,), "Δᵀ 1"),
    "squared length": (Sum(x[k] ** 2, k), (), "‖x‖²"),
    "length": (sqrt(Sum(x[k] ** 2, k)), (), "‖x‖"),
    "cross-entropy": (-Sum(y[k] * log(p[k]), k), (), "−yᵀ log p"),
    "entropy gradient": (log(p[i]) + 1, (i,), "log p + 1"),
    "identity": (delta(i, j), (i, j), "I"),
    "batch gradient": (Mul(1 / N, P[a, i] - Y[a, i]), (a, i), "(P − Y)/N"),
    "softmax backward by rows": (
        P[a, i] * (G[a, i] - Sum(P[a, k] * G[a, k], k)),
        (a, i),
        "G ⊙ P − diag((G ⊙ P) 1) P",
    ),
    "softmax by rows": (
        exp(Z[a, i]) / Sum(exp(Z[a, k]), k),
        (a, i),
        "diag(1 ⊘ (exp(Z) 1)) exp(Z)",
    ),
    "softmax": (exp(z[i]) / Sum(exp(z[k]), k), (i,), "exp(z)/(1ᵀ exp(z))"),
    "layer normalisation": (
        (delta(i, j) - 1 / n - xhat[i] * xhat[j] / n) / s,
        (i, j),
        "(I − (1/n) x̂ x̂ᵀ − (1/n) 1 1ᵀ)/s",
    ),
    "trace": (Sum(A[k, l] * B[l, k], k, l), (), "tr(A B)"),
    "inner product of matrices": (Sum(A[k, l] * B[k, l], k, l), (), "tr(Aᵀ B)"),
    "bilinear": (Sum(A[k, l] * x[k] * y[l], k, l), (), "xᵀ A y"),
    "batch loss": (
        Sum((Sum(X[a, i] * W[i, u], i) + bias[u] - T[a, u]) ** 2, a, u) / 2,
        (),
        "(1/2) ‖X W^(1) + 1 bᵀ − T‖_F²",
    ),
    "weighted chain": (Sum(A[i, k] * x[k] * B[k, j], k), (i, j), "A diag(x) B"),
    "quotient": (y[i] / p[i], (i,), "y ⊘ p"),
    "gradient as data": (Partial(L, p[k]), (k,), "∂L/∂p"),
    "number times vector": (x[i] * Sum(x[k] * y[k], k) / sqrt(Sum(x[k] ** 2, k)) ** 3, (i,), "(xᵀ y/(‖x‖³)) x"),
    "sum of all": (Sum(A[k, l], k, l), (), "1ᵀ A 1"),
    "Frobenius": (Sum(A[k, l] ** 2, k, l), (), "‖A‖_F²"),
    "columns scaled": (W[i, u] * d[u], (i, u), "W^(1) diag(δ)"),
    "gate": (step(z[i]) * (p[i] - 1), (i,), "1{z > 0} ⊙ (p − 1)"),
    "mean": (Sum(x[k], k) / n, (), "(1/n) 1ᵀ x"),
    "symmetric": (A[i, j] + A[j, i], (i, j), "A + Aᵀ"),
    "transposed": (A[j, i], (i, j), "Aᵀ"),
    "difference inside": (Sum(W[i, u] * (bias[u] - d[u]), u), (i,), "W^(1) (b − δ)"),
    "symbolic powers": (s * x[i] ** (s - 1), (i,), "s x^(∘(s − 1))"),
    "reciprocal square": (1 / x[i] ** 2, (i,), "x^(∘−2)"),
    "scores": (Sum(X[a, k] * Z[b, k], k) / sqrt(n), (a, b), "X Zᵀ/√n"),
    "covector along rows": (x[i], (i, j), "x 1ᵀ"),
    "constant": (s, (i,), "s 1"),
    "diagonal": (x[i] * delta(i, j) * y[j], (i, j), "diag(x ⊙ y)"),
}


def arrays_for(expression: Expr) -> dict[str, Any]:
    """Positive numbers for every tensor of an expression, so that logarithms and roots have a value."""
    random = np.random.default_rng(7)
    found: dict[str, Any] = {}
    for tensor in sorted(expression.atoms(Tensor), key=str):
        found[tensor.name] = random.uniform(0.3, 1.7, [SIZES[size] for size in tensor.dims])
    for partial in expression.atoms(Partial):
        found["dL_dp"] = random.uniform(-1, 1, [SIZES[size] for size in partial.by.tensor.dims])
    return found


@pytest.fixture
def run(tmp_path: Any) -> Callable[[str, dict[str, Any]], Any]:
    """Runs a NumPy expression that was written to a module, with arrays under their Python names."""

    def evaluate(source: str, arrays: dict[str, Any]) -> Any:
        import importlib.util

        names = {python_name(name): array for name, array in arrays.items()}
        names |= {size.name: number for size, number in SIZES.items()}
        path = tmp_path / "written.py"
        activation = "def phi_prime(x):\n    return np.cos(x)\n"
        path.write_text(
            f"import numpy as np\n\n{activation}\ndef f({', '.join(names)}):\n    return {source}\n", "utf-8"
        )
        spec = importlib.util.spec_from_file_location("written", path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.f(**names)

    return evaluate


@pytest.mark.parametrize("name", CASES)
def test_form_is_printed_and_means_the_index_expression(name: str, run: Any, assert_same: Any) -> None:
    expression, indices, printed = CASES[name]
    form = matrix_form(expression, indices)
    assert tree_text(matrix_tree(form)) == printed
    assert form.shape == tuple(index.dim for index in indices)
    arrays = arrays_for(expression)
    assert_same(run(matrix_numpy(form), arrays), expression, indices, arrays, SIZES)


def test_sizes_are_distinct_so_that_a_transpose_cannot_hide() -> None:
    assert len(set(SIZES.values())) == len(SIZES)


def test_the_comparison_notices_a_small_change(run: Any, assert_same: Any) -> None:
    expression, indices, _ = CASES["softmax Jacobian"]
    arrays = arrays_for(expression)
    source = matrix_numpy(matrix_form(expression, indices))
    with pytest.raises(AssertionError):
        assert_same(run(f"({source}) * (1 + 1e-12)", arrays), expression, indices, arrays, SIZES)


def test_two_different_forms_are_never_printed_alike() -> None:
    for printer in (tree_text, tree_latex, tree_mathml):
        printed = {printer(matrix_tree(matrix_form(expression, indices))) for expression, indices, _ in CASES.values()}
        assert len(printed) == len(CASES)


def test_latex_has_bold_letters_and_upright_transpose() -> None:
    tree = matrix_tree(matrix_form(CASES["batch weights"][0], (i, u)))
    assert tree_latex(tree) == r"\mathbf{X}^{\mathsf{T}} \boldsymbol{\Delta}"
    assert "𝐗" in tree_mathml(tree)


@pytest.mark.parametrize(
    ("expression", "indices", "reason"),
    [
        (A[i, i], (i,), "diagonal"),
        (x[i], (), "is not an axis"),
        (W[i, u] * t[a], (i, u, a), "at most two"),
        (x[i] * y[i], (i, i), "at most two"),
        (Sum(W[i, u] * D[a, u] * W[j, u], u) * t[a], (i, j), "is not an axis"),
        (Sum(A[i, k] * B[j, k] * W[k, u], k), (i, j), "is not an axis"),
        (
            Sum(A[i, k] * A[j, k] * A[k, l] * A[k, r] * A[l, r] * B[i, l] * B[j, r], k, l, r),
            (i, j),
            r"joins \d matrices",
        ),
        (Sum(exp(A[i, k] + B[j, k]), k), (i, j), "three indices"),
        (x[i] ** y[i], (i,), "is no scalar"),
        (Partial(p[i], z[j]), (i, j), "gradient of a scalar"),
    ],
)
def test_what_has_no_matrix_form_is_refused(expression: Expr, indices: tuple[Index, ...], reason: str) -> None:
    with pytest.raises(NoMatrixFormError, match=reason):
        matrix_form(expression, indices)


@pytest.fixture
def jacobian() -> Expr:
    return x[i] * d[u]  # of a value with index i by a variable with index u


def test_layouts_of_a_jacobian(jacobian: Expr) -> None:
    assert derivative_form(jacobian, (i,), (u,), "numerator").shape == (n, m)
    assert derivative_form(jacobian, (i,), (u,), "denominator").shape == (m, n)


def test_layouts_of_the_gradient_of_a_scalar(run: Any) -> None:
    gradient = p[i] - y[i]
    column = derivative_form(gradient, (), (i,), "denominator")
    row = derivative_form(gradient, (), (i,), "numerator")
    assert (text_of(column), text_of(row)) == ("p − y", "(p − y)ᵀ")
    arrays = arrays_for(gradient)
    assert run(matrix_numpy(row), arrays).shape == (1, SIZES[n])
    assert np.array_equal(run(matrix_numpy(row), arrays)[0], run(matrix_numpy(column), arrays))


def test_a_column_as_a_row_is_written_without_brackets_around_a_product() -> None:
    column = Sum(X[a, i] * (t[a] - 1), a)
    assert text_of(derivative_form(column, (), (i,), "numerator")) == "(t − 1)ᵀ X"
    assert text_of(derivative_form(-log(p[i]), (), (i,), "numerator")) == "−(log p)ᵀ"
    assert derivative_form(column, (), (i,), "numerator").shape == (n,)


def test_layouts_of_the_gradient_by_a_matrix() -> None:
    gradient = Sum(X[a, i] * D[a, u], a)
    assert text_of(derivative_form(gradient, (), (i, u), "denominator")) == "Xᵀ Δ"
    assert text_of(derivative_form(gradient, (), (i, u), "numerator")) == "Δᵀ X"


def test_layouts_of_a_vector_by_a_scalar() -> None:
    assert text_of(derivative_form(x[i], (i,), (), "numerator")) == "x"
    assert text_of(derivative_form(x[i], (i,), (), "denominator")) == "xᵀ"


def _derivation(value: Entry, by: Entry, result: Expr, indices: tuple[Index, ...]) -> Derivation:
    from gradproof.derivations.calculus import Rule, Step

    statement = Partial(value, by)
    rule = Rule("test", Text("by a test", "测试"))
    return Derivation("d", Text("t", "标题"), statement, indices, (Step("A1", statement, result, (rule,)),))


def test_layout_of_a_derivation() -> None:
    derivation = _derivation(p[i], z[j], p[i] * (delta(i, j) - z[j]), (i, j))
    assert text_of(derivation_form(derivation, "numerator")) == "diag(p) − p zᵀ"
    assert text_of(derivation_form(derivation, "denominator")) == "diag(p) − z pᵀ"


def test_a_part_of_a_jacobian_is_no_matrix() -> None:
    with pytest.raises(NoMatrixFormError, match="share an index"):
        derivation_form(_derivation(p[i], z[i], p[i] * (1 - p[i]), (i,)), "numerator")


def text_of(form: Form) -> str:
    return tree_text(matrix_tree(form))
