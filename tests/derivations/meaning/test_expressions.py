"""Formulas mean what the calculus says when it is built by hand, whatever the letters of the axes."""

from __future__ import annotations

import pytest
from sympy import Abs, Expr, Integer, Rational, pi

from gradproof.derivations.calculus import (
    Activation,
    Dim,
    Domain,
    Entry,
    Index,
    Largest,
    Partial,
    Sum,
    Tensor,
    delta,
    exp,
    log,
    relu,
    sigmoid,
    sqrt,
    step,
    tanh,
)
from gradproof.derivations.meaning import Context, Translator, declared
from gradproof.derivations.notation.reading import read_formula

from .conftest import value

n, m = Dim("n"), Dim("m")
i, j, k = (Index(letter, n) for letter in "ijk")
r, s = (Index(letter, m) for letter in "rs")
a, b = (Tensor(name, n) for name in "ab")
x, y, z = (Entry(Tensor(name)) for name in "xyz")
p, q = (Tensor(name, n, domain=Domain.SIMPLEX) for name in "pq")
A = Tensor("A", m, n)
W = Tensor("W", n, n)
f = Activation("f")


def at(tensor: Tensor, *indices: Index) -> Entry:
    return Entry(tensor, *indices)


VECTORS = "a, b : n"
NUMBERS = "x, y, z : R"
MATRIX = "A : m x n\na, b : n"
SQUARE = "W : n x n\na, b : n"
SIMPLEX = "p, q : simplex n"

#: A formula, its declarations, the axes of its value, and the expression on these axes.
EXPRESSIONS: list[tuple[str, str, tuple[Index, ...], Expr]] = [
    # numbers, constants, powers
    ("x + 2 y - 0.5", NUMBERS, (), x + 2 * y - Rational(1, 2)),
    (r"\frac{x}{2} \cdot 3", NUMBERS, (), 3 * x / 2),
    ("x^2 y^{-1}", NUMBERS, (), x**2 / y),
    (r"\sqrt{x^2 + 1}", NUMBERS, (), sqrt(x**2 + 1)),
    (r"\pi x", NUMBERS, (), pi * x),
    ("e^{-x}", NUMBERS, (), exp(-x)),
    (r"\log(1 + e^x)", NUMBERS, (), log(1 + exp(x))),
    (r"\ln x", NUMBERS, (), log(x)),
    (r"\log_2 x", NUMBERS, (), log(x) / log(Integer(2))),
    (r"|x|", NUMBERS, (), Abs(x)),
    ("-x^2", NUMBERS, (), -(x**2)),
    ("x / y / z", NUMBERS, (), x / (y * z)),
    # functions
    (r"\sigma(x)", NUMBERS, (), sigmoid(x)),
    (r"\tanh^2 x", NUMBERS, (), tanh(x) ** 2),
    (r"\max(0, x)", NUMBERS, (), relu(x)),
    (r"\mathrm{ReLU}(x)", NUMBERS, (), relu(x)),
    ("f(x)", NUMBERS + "\nf : R -> R", (), f(x)),
    ("f'(x)", NUMBERS + "\nf : R -> R", (), f(x, 1)),
    ("f(x)^2", NUMBERS + "\nf : R -> R", (), f(x) ** 2),
    ("f^2(x)", NUMBERS + "\nf : R -> R", (), f(x) ** 2),
    ("x(y + z)^2", NUMBERS, (), x * (y + z) ** 2),
    ("g(y)", NUMBERS + "\ng(x) = x^2 + z", (), y**2 + z),
    ("g(x, y)", NUMBERS + "\ng(y, x) = y - x", (), x - y),
    # indices and sums
    (r"a_i", VECTORS, (), at(a, i)),
    (r"\sum_i a_i b_i", VECTORS, (), Sum(at(a, i) * at(b, i), i)),
    (r"\sum_{i=1}^n a_i + x", VECTORS + "\nx : R", (), Sum(at(a, i), i) + x),
    (r"\sum_i a_i \sum_j b_j", VECTORS, (), Sum(at(a, i), i) * Sum(at(b, i), i)),
    (r"\sum_i \sum_i a_i", VECTORS + "\ni : 1..n", (), n * Sum(at(a, i), i)),
    (r"\sum_{i,j} W_{ij}", SQUARE, (), Sum(at(W, i, j), i, j)),
    (r"\sum_{i \ne j} a_i", VECTORS, (), Sum((1 - delta(i, j)) * at(a, i), i)),
    (r"\sum a_i", VECTORS, (), Sum(at(a, i), i)),
    (r"\prod_i e^{a_i}", VECTORS, (), exp(Sum(at(a, i), i))),
    (r"\delta_{ij} a_j", VECTORS, (), delta(i, j) * at(a, j)),
    (r"\mathbb{1}[i = j]", VECTORS + "\ni, j : 1..n", (), delta(i, j)),
    (r"1\{x > 0\}", NUMBERS, (), step(x)),
    (r"1\{x < 0\}", NUMBERS, (), step(-x)),
    (r"\max_i a_i", VECTORS, (), Largest(at(a, i), i)),
    (r"\min_i a_i", VECTORS, (), -Largest(-at(a, i), i)),
    (r"\frac{1}{n} \sum_{i=1}^n a_i", VECTORS, (), Sum(at(a, i), i) / n),
    # vectors and matrices
    ("a + b", VECTORS, (i,), at(a, i) + at(b, i)),
    ("x a", VECTORS + "\nx : R", (i,), x * at(a, i)),
    ("a + x", VECTORS + "\nx : R", (i,), at(a, i) + x),
    (r"a \odot b", VECTORS, (i,), at(a, i) * at(b, i)),
    ("a^T b", VECTORS, (), Sum(at(a, i) * at(b, i), i)),
    (r"a \cdot b", VECTORS, (), Sum(at(a, i) * at(b, i), i)),
    ("a b^T", VECTORS, (i, j), at(a, i) * at(b, j)),
    ("A a", MATRIX, (r,), Sum(at(A, r, i) * at(a, i), i)),
    ("(A a)_r", MATRIX, (), Sum(at(A, r, i) * at(a, i), i)),
    ("[A a]_r", MATRIX, (), Sum(at(A, r, i) * at(a, i), i)),
    ("A^T", MATRIX, (i, r), at(A, r, i)),
    (r"A^\top A", MATRIX, (i, j), Sum(at(A, r, i) * at(A, r, j), r)),
    ("A^{\\intercal} A", MATRIX, (i, j), Sum(at(A, r, i) * at(A, r, j), r)),
    ("A_r", MATRIX, (i,), at(A, r, i)),
    ("a^T W b", SQUARE, (), Sum(at(a, i) * at(W, i, j) * at(b, j), i, j)),
    (r"\operatorname{tr}(W)", SQUARE, (), Sum(at(W, i, i), i)),
    (r"\operatorname{diag}(a)", VECTORS, (i, j), at(a, i) * delta(i, j)),
    ("I a", VECTORS, (i,), at(a, i)),
    (r"\mathbf{1}^T a", VECTORS, (), Sum(at(a, i), i)),
    (r"\|a\|_2^2", VECTORS, (), Sum(at(a, i) ** 2, i)),
    (r"\|a\|", VECTORS, (), sqrt(Sum(at(a, i) ** 2, i))),
    (r"\|a\|_1", VECTORS, (), Sum(Abs(at(a, i)), i)),
    (r"\|A\|_F^2", MATRIX, (), Sum(at(A, r, i) ** 2, r, i)),
    (r"\exp(a)", VECTORS, (i,), exp(at(a, i))),
    (r"\log a", VECTORS, (i,), log(at(a, i))),
    ("a^2", VECTORS, (i,), at(a, i) ** 2),
    (r"\operatorname{softmax}(a)_i", VECTORS, (), exp(at(a, i)) / Sum(exp(at(a, j)), j)),
    (r"\operatorname{softmax}(a)", VECTORS, (i,), exp(at(a, i)) / Sum(exp(at(a, j)), j)),
    # cases
    (r"\begin{cases} x & x > 0 \\ y & \text{otherwise} \end{cases}", NUMBERS, (), step(x) * x + (1 - step(x)) * y),
    (
        r"\begin{cases} x & i = j \\ y & i \ne j \end{cases}",
        NUMBERS + "\ni, j : 1..n",
        (),
        delta(i, j) * x + (1 - delta(i, j)) * y,
    ),
    # information
    ("H(p)", SIMPLEX, (), -Sum(at(p, i) * log(at(p, i)), i)),
    ("H(p, q)", SIMPLEX, (), -Sum(at(p, i) * log(at(q, i)), i)),
    (r"D_{KL}(p \| q)", SIMPLEX, (), Sum(at(p, i) * log(at(p, i) / at(q, i)), i)),
    (r"\mathrm{KL}(p \| q)", SIMPLEX, (), Sum(at(p, i) * log(at(p, i) / at(q, i)), i)),
    (r"\mathbb{E}_{i \sim p}[\log q(i)]", SIMPLEX, (), Sum(at(p, i) * log(at(q, i)), i)),
    # derivatives
    (r"\frac{\partial x^2}{\partial x}", NUMBERS, (), Partial(x**2, x)),
    (r"\frac{\partial}{\partial x} x^2 y", NUMBERS, (), Partial(x**2 * y, x)),
    (r"\frac{\partial}{\partial x} x^2 + y", NUMBERS, (), Partial(x**2, x) + y),
    (r"\frac{d x^3}{d x}", NUMBERS, (), Partial(x**3, x)),
    (r"\frac{\partial^2 (x^3 y)}{\partial x \partial y}", NUMBERS, (), 3 * x**2),
    (r"\nabla_a \frac12 \|a\|^2", VECTORS, (i,), at(a, i)),
    (r"\nabla_a a^T W a", SQUARE, (i,), Sum((at(W, i, j) + at(W, j, i)) * at(a, j), j)),
    (r"\frac{\partial (A a)}{\partial a}", MATRIX, (r, i), at(A, r, i)),
    (r"\frac{\partial a^T b}{\partial a_i}", VECTORS, (), at(b, i)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "given", "axes", "expected"), EXPRESSIONS, ids=[row[0] for row in EXPRESSIONS])
def test_a_formula_means_this(text: str, given: str, axes: tuple[Index, ...], expected: Expr) -> None:
    found = value(text, given)
    assert [axis.dim for axis in found.axes] == [axis.dim for axis in axes]
    assert proved(found.on(axes).expression, expected)


WRONG = EXPRESSIONS[::5]


@pytest.mark.parametrize(("text", "given", "axes", "expected"), WRONG, ids=[row[0] for row in WRONG])
def test_the_comparison_can_fail(text: str, given: str, axes: tuple[Index, ...], expected: Expr) -> None:
    assert not proved(value(text, given).on(axes).expression, expected + 1)


def proved(left: Expr, right: Expr) -> bool:
    from gradproof.derivations.calculus import Relation
    from gradproof.verify.check import check
    from gradproof.verify.claim import Claim
    from gradproof.verify.verdict import Verdict

    return check(Claim("meaning", left, Relation.EQUAL, right)).verdict in (Verdict.PROVED, Verdict.AGREES)


def test_a_word_may_have_digits_and_underscores_and_a_sum_may_be_named() -> None:
    plain = value(r"\text{max\_val} + \text{ReLU6}", "\\text{max_val} : R\n\\text{ReLU6} : R").expression
    assert plain == Entry(Tensor("max_val")) + Entry(Tensor("ReLU6"))
    assert value(r"\operatorname{sum}(a)", "a : n").expression == Sum(a[i], i)


def test_a_condition_between_numbers_is_decided() -> None:
    given = "x : R\ny = -1"
    assert value(r"\begin{cases} x & y = 1 \\ 2x & y = -1 \end{cases}", given).expression == 2 * x
    assert value(r"\begin{cases} x & y \ne 1 \\ 2x & \text{otherwise} \end{cases}", given).expression == x


def test_borders_of_cases_are_said_only_where_they_are_asked_for() -> None:
    node = read_formula(r"\begin{cases} 1 & x \ge 0 \\ 0 & \text{otherwise} \end{cases}")
    for borders in (False, True):
        context = Context(declared("x : R")[0], borders=borders)
        found = Translator(context).value(node).expression
        assert found == (1 - step(-x) if borders else step(x))
        assert bool(context.given) is not borders
