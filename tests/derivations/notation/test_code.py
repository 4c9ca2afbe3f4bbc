"""NumPy and Torch source: written to a module, imported, run at pairwise distinct sizes, compared with the meaning."""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from sympy import Abs, Expr, oo, sin, sqrt

from gradproof.derivations.calculus import (
    Activation,
    Derivation,
    Dim,
    Index,
    Largest,
    Limit,
    Matrix,
    Partial,
    Rule,
    Scalar,
    Selected,
    Step,
    Sum,
    Tensor,
    Text,
    Vector,
    define,
    delta,
    derive,
    erf,
    exp,
    expm1,
    log,
    log1p,
    relu,
    sigmoid,
    sign,
    softplus,
    step,
    tanh,
    xlogx,
)
from gradproof.derivations.notation import NoSourceError, function_source, numpy_source, python_name, torch_source
from gradproof.derivations.notation.array_source import inputs_of
from gradproof.derivations.notation.source import NUMPY, TORCH

n, m, N = Dim("n"), Dim("m"), Dim("N")
i, j, k, l = n.indices("i j k l")  # noqa: E741
u, v = m.indices("u v")
a, b = N.indices("a b")
x, y, z = (Vector(name, n) for name in ("x", "y", "z"))
d, q = Vector("delta^(2)", m), Vector("q", m)
W, X, A = Matrix("W^(1)", n, m), Matrix("X", N, n), Matrix("A", n, n)
T = Tensor("T", N, n, m)
L, c = Scalar("L"), Scalar("c")
p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))
h = define("h", a, u, tanh(Sum(X[a, k] * W[k, u], k) + q[u]))
phi = Activation("φ")
SIZES = {n: 4, m: 3, N: 5}

CASES: dict[str, tuple[Expr, tuple[Index, ...]]] = {
    "softmax Jacobian": (p[i] * (delta(i, j) - p[j]), (i, j)),
    "the other way round": (p[i] * (delta(i, j) - z[j]), (j, i)),
    "batch": (Sum(X[a, i] * h[a, u] * (h[a, u] - q[u]), a), (i, u)),
    "three axes": (T[a, i, u] * q[u] + X[a, i], (u, a, i)),
    "three factors": (Sum(T[a, i, u] * X[a, i] * q[u], a, i), (u,)),
    "sum of one array": (Sum(T[a, i, u], i), (u, a)),
    "two sums": (Sum(x[k] * Sum(A[k, l] ** 2 * y[l], l), k), ()),
    "diagonal": (A[i, i] * x[i], (i,)),
    "diagonal inside": (Sum(A[k, k] * x[k], k), ()),
    "delta in a sum": (Sum(delta(i, k) * x[k] * A[k, j], k), (i, j)),
    "constant along an axis": (x[i], (i, u)),
    "number everywhere": (c, (i, u)),
    "sizes": (Sum(x[k], k) / n / N * q[u] * sqrt(m), (u,)),
    "functions": (log(1 + exp(x[i])) + sigmoid(-x[i]) * relu(y[i]) + softplus(z[i]) ** 2 + step(x[i]), (i,)),
    "log1p, expm1, erf, sign": (log1p(x[i]) - expm1(y[i]) / erf(z[i]) + sign(x[i] - y[i]), (i,)),
    "symbolic powers": (x[i] ** c - Sum(y[k] ** (c - z[k]), k) ** (1 / c), (i,)),
    "largest": (Largest(x[k] * y[k], k) * z[i], (i,)),
    "largest of each row": (Largest(W[i, u], u) + x[i], (i,)),
    "largest of each column, second largest": (Largest(W[i, u], i, 2) * q[u], (u,)),
    "largest of a difference": (Largest(x[k] - y[i], k) + Largest(X[a, k] * x[k], k, 3), (a, i)),
    "third largest": (Largest(x[k], k, 3), ()),
    "selected": (Selected(x[k], k, i) * y[i], (i,)),
    "selected in each row": (Selected(W[i, u], u, v, 2) * x[i] - q[v], (v, i)),
    "selected entries of a sum": (Sum(Selected(X[a, k], k, i) * d[u], a), (i, u)),
    "x log x": (Sum(xlogx(x[k]), k), ()),
    "absolute": (Abs(x[i] - y[i]) / c, (i,)),
    "powers": (x[i] ** 3 / (y[i] * z[i]) + 1 / sqrt(c) - x[i] * sqrt(y[i]) / 3, (i,)),
    "norm": ((x[i] - y[i]) / sqrt(Sum((x[k] - y[k]) ** 2, k)), (i,)),
    "minus a product": (-(x[i] - c) * (y[j] - x[i]), (i, j)),
    "gradient as data": (Sum(Partial(L, x[k]) * A[k, i], k) - Partial(L, x[i]), (i,)),
    "activation": (phi(x[i], 1) * Sum(W[i, u] * d[u], u) + phi(c), (i,)),
}


def arrays_for(expression: Expr) -> dict[str, Any]:
    """Positive numbers for each tensor that has no definition, by the name in the calculus."""
    random = np.random.default_rng(11)
    found: dict[str, Any] = {}
    pending = list(inputs_of(expression))
    while pending:
        part = pending.pop()
        if isinstance(part, Partial):
            found["dL_dx"] = random.uniform(-1, 1, SIZES[n])
        elif isinstance(part, Tensor) and part.definition is not None:
            pending += inputs_of(part.definition[1])
        elif isinstance(part, Tensor):
            found[part.name] = random.uniform(0.3, 1.7, [SIZES[size] for size in part.dims])
    return found


def imported(source: str, folder: Path) -> Any:
    path = folder / "written.py"
    path.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("written", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def called(
    function: Callable[..., Any], arrays: dict[str, Any], convert: Callable[[Any], Any], activations: Any
) -> Any:
    """The function, given its arguments by name."""
    given = {python_name(name): convert(array) for name, array in arrays.items()} | activations
    given |= {size.name: number for size, number in SIZES.items()}
    return function(**{name: given[name] for name in inspect.signature(function).parameters})


@pytest.mark.parametrize("name", CASES)
def test_numpy_source_computes_the_expression(name: str, tmp_path: Path, assert_same: Any) -> None:
    expression, indices = CASES[name]
    module = imported(
        f"import math\n{NUMPY.import_line}\n\n{function_source('f', expression, indices, NUMPY)}", tmp_path
    )
    arrays = arrays_for(expression)
    result = called(module.f, arrays, lambda array: array, {"phi": np.sin, "phi_prime": np.cos})
    assert_same(result, expression, indices, arrays, SIZES)


@pytest.mark.parametrize("name", CASES)
def test_torch_source_computes_the_expression(name: str, tmp_path: Path, assert_same: Any) -> None:
    expression, indices = CASES[name]
    module = imported(f"{TORCH.import_line}\n\n{function_source('f', expression, indices, TORCH)}", tmp_path)
    arrays = arrays_for(expression)
    result = called(module.f, arrays, torch.as_tensor, {"phi": torch.sin, "phi_prime": torch.cos})
    assert result.dtype == torch.float64
    assert_same(result.numpy(), expression, indices, arrays, SIZES)


def test_the_comparison_notices_a_transposed_result(tmp_path: Path, assert_same: Any) -> None:
    expression, indices = CASES["softmax Jacobian"]
    source = function_source("f", z[j] * expression, indices[::-1], NUMPY)
    module = imported(f"import math\n{NUMPY.import_line}\n\n{source}", tmp_path)
    arrays = arrays_for(expression)
    with pytest.raises(AssertionError):
        assert_same(module.f(**arrays), z[j] * expression, indices, arrays, SIZES)


@pytest.fixture
def softmax() -> Derivation:
    return derive(p[i], z[j], name="softmax_jacobian", title=Text("The Jacobian of softmax", "雅可比矩阵"), fold=[p])


def test_a_module_has_the_value_and_its_derivative(softmax: Derivation, tmp_path: Path) -> None:
    module = imported(torch_source(softmax), tmp_path)
    point = torch.linspace(-1, 1, 4, dtype=torch.float64)
    by_autograd = torch.autograd.functional.jacobian(module.softmax_jacobian_value, point)
    written = module.softmax_jacobian(point)
    assert written.shape == by_autograd.shape == (4, 4)
    # each entry is at most 1/4 and comes from some 20 operations on numbers at most 1
    assert (written - by_autograd).abs().max() <= 64 * torch.finfo(torch.float64).eps
    assert (written * (1 + 1e-9) - by_autograd).abs().max() > 64 * torch.finfo(torch.float64).eps


def test_numpy_module_is_readable(softmax: Derivation) -> None:
    assert numpy_source(softmax) == (
        "import numpy as np\n\n\n"
        "def softmax_jacobian_value(z):\n"
        '    """What is differentiated in: The Jacobian of softmax.\n\n'
        "    z: (n,)\n"
        "    Returns an array of shape (n,), with the axes i.\n"
        '    """\n'
        "    p = np.exp(z) / np.sum(np.exp(z))\n"
        "    return p\n\n\n"
        "def softmax_jacobian(z):\n"
        '    """The Jacobian of softmax.\n\n'
        "    z: (n,)\n"
        "    Returns an array of shape (n, n), with the axes i, j.\n"
        '    """\n'
        "    n = z.shape[0]\n"
        "    p = np.exp(z) / np.sum(np.exp(z))\n"
        "    return p[:, None] * (np.eye(n) - p)\n"
    )


def test_names_that_meet_are_kept_apart(tmp_path: Path) -> None:
    size, tensor, module_name = Vector("n", n), Vector("p_hat", n), Vector("np", n)
    source = function_source("f", size[i] * tensor[i] * module_name[i] / n, (i,), NUMPY)
    module = imported(f"import math\n{NUMPY.import_line}\n\n{source}", tmp_path)
    assert list(inspect.signature(module.f).parameters) == ["n", "np_", "p_hat"]
    assert np.array_equal(module.f(np.full(4, 2.0), np.full(4, 3.0), np.full(4, 5.0)), np.full(4, 7.5))


def test_a_size_that_no_argument_has_becomes_a_parameter(tmp_path: Path) -> None:
    module = imported(f"import math\n{NUMPY.import_line}\n\n{function_source('f', delta(i, j), (i, j))}", tmp_path)
    assert np.array_equal(module.f(3), np.eye(3))


def _of(statement: Expr, result: Expr) -> Derivation:
    return Derivation(
        "d", Text("t", "t"), statement, (), (Step("A1", statement, result, (Rule("r", Text("r", "r")),)),)
    )


def test_a_value_that_is_data_or_not_carried_out_gets_no_function() -> None:
    assert "d_value" not in numpy_source(_of(Partial(L, c), c**2))
    assert "d_value" not in numpy_source(_of(Partial(Partial(c**3, c), c), 6 * c))
    assert "d_value" in numpy_source(_of(Partial(c**3, c), 3 * c**2))


@pytest.mark.parametrize("expression", [Partial(c**2, c), Limit(c, c, oo), sin(c)], ids=str)
def test_what_has_no_source_is_refused(expression: Expr) -> None:
    with pytest.raises(NoSourceError):
        function_source("f", expression, ())
