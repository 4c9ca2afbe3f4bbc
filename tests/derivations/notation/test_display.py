"""The display tree through its printers: order of terms, brackets, letters of sums, marks; and what it means."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Abs, Expr, I, Mul, Rational, S, oo, pi, sqrt

from gradproof.derivations.calculus import (
    Activation,
    Dim,
    Index,
    Largest,
    Limit,
    Matrix,
    Partial,
    Scalar,
    Selected,
    Sum,
    Vector,
    define,
    delta,
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
from gradproof.derivations.notation import (
    NotDisplayableError,
    UnwritableNameError,
    display,
    latex,
    letters_by_size,
    mathml,
    python_name,
    text,
)
from gradproof.derivations.notation import tree as t
from gradproof.derivations.notation.latex import tree_latex
from gradproof.derivations.notation.names import written
from gradproof.derivations.notation.text import tree_text

n, m, N = Dim("n"), Dim("m"), Dim("N")
i, j, k, l = n.indices("i j k l")  # noqa: E741
u, v = m.indices("u v")
(a,) = N.indices("a")
x, y, z = (Vector(name, n) for name in ("x", "y", "z"))
d, b = Vector("delta^(2)", m), Vector("b", m)
W, X = Matrix("W^(1)", n, m), Matrix("X", N, n)
p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))
L, s, mu, eps, c = Scalar("L"), Scalar("sigma"), Scalar("mu"), Scalar("eps"), Scalar("c")
phi = Activation("φ")

#: An expression, its text and its LaTeX.
GOLDEN: list[tuple[Expr, str, str]] = [
    (p[i] * (delta(i, j) - p[j]), "p_i (δ_ij − p_j)", r"p_i (\delta_{ij} - p_j)"),
    (-y[i] * log(p[i]), "−y_i log p_i", r"-y_i \log p_i"),
    (1 - p[i], "1 − p_i", "1 - p_i"),
    (log(p[i]) + 1, "log p_i + 1", r"\log p_i + 1"),
    (log(1 + exp(z[i])), "log(1 + e^(z_i))", r"\log(1 + e^{z_i})"),
    (p.body(i), "e^(z_i)/(Σ_{k=1..n} e^(z_k))", r"\frac{e^{z_i}}{\sum_{k=1}^n e^{z_k}}"),
    (
        Sum((x[k] - y[k]) ** 2, k) / 2,
        "(1/2) Σ_{k=1..n} (x_k − y_k)²",
        r"\frac{1}{2} \sum_{k=1}^n (x_k - y_k)^2",
    ),
    ((x[i] - y[i]) / n, "(x_i − y_i)/n", r"\frac{x_i - y_i}{n}"),
    (Mul(2, 1 / n, x[i] - y[i], evaluate=False), "(2/n) (x_i − y_i)", r"\frac{2}{n} (x_i - y_i)"),
    (Mul(-2, x[i] - y[i], evaluate=False), "−2 (x_i − y_i)", "-2 (x_i - y_i)"),
    (
        Sum(W[k, u] * x[k], k) + b[u],
        "Σ_{k=1..n} W^(1)_ku x_k + b_u",
        r"\sum_{k=1}^n W^{(1)}_{ku} x_k + b_u",
    ),
    (
        phi(z[i], 1) * Sum(W[i, u] * d[u], u),
        "φ′(z_i) Σ_{k=1..m} W^(1)_ik δ^(2)_k",
        r"\varphi'(z_i) \sum_{k=1}^m W^{(1)}_{ik} \delta^{(2)}_k",
    ),
    (
        Partial(L, p[k]) * Partial(p[k], z[i]),
        "∂L/∂p_k ∂p_k/∂z_i",
        r"\frac{\partial L}{\partial p_k} \frac{\partial p_k}{\partial z_i}",
    ),
    (
        Partial(p.body(i), z[j]),
        "∂/∂z_j (e^(z_i)/(Σ_{k=1..n} e^(z_k)))",
        r"\frac{\partial}{\partial z_j} \frac{e^{z_i}}{\sum_{k=1}^n e^{z_k}}",
    ),
    ((x[i] - mu) / sqrt(s**2 + eps), "(x_i − μ)/√(σ² + ε)", r"\frac{x_i - \mu}{\sqrt{\sigma^2 + \varepsilon}}"),
    (s * (x[i] - 1), "σ · (x_i − 1)", r"\sigma \cdot (x_i - 1)"),
    (sigmoid(z[i]) * (1 - sigmoid(z[i])), "σ(z_i) (1 − σ(z_i))", r"\sigma(z_i) (1 - \sigma(z_i))"),
    (step(z[i]) * d[u], "δ^(2)_u 1{z_i > 0}", r"\delta^{(2)}_u \mathbf{1}\{z_i > 0\}"),
    (relu(z[i]), "ReLU(z_i)", r"\operatorname{ReLU}(z_i)"),
    (softplus(-z[i]), "softplus(−z_i)", r"\operatorname{softplus}(-z_i)"),
    (tanh(c), "tanh(c)", r"\tanh(c)"),
    (xlogx(c), "xlogx(c)", r"\operatorname{xlogx}(c)"),
    (log1p(c) - expm1(c), "log1p(c) − expm1(c)", r"\operatorname{log1p}(c) - \operatorname{expm1}(c)"),
    (erf(-c) * sign(c), "sign(c) erf(−c)", r"\operatorname{sign}(c) \operatorname{erf}(-c)"),
    (c * x[i] ** (c - 1), "c x_i^(c − 1)", r"c x_i^{c - 1}"),
    (Largest(z[k], k) - c, "max_k z_k − c", r"\max_k z_k - c"),
    (2 * Largest(x[k] - c, k, 2) ** 2, "2 (max^(2)_k (x_k − c))²", r"2 (\mathop{\max\nolimits^{(2)}}_k (x_k - c))^2"),
    (c * Selected(z[k], k, i), "c 1{z_i = max_k z_k}", r"c \mathbf{1}\{z_i = \max_k z_k\}"),
    (
        Selected(x[k] + z[j], k, i, 3),
        "1{x_i + z_j = max^(3)_k (x_k + z_j)}",
        r"\mathbf{1}\{x_i + z_j = \mathop{\max\nolimits^{(3)}}_k (x_k + z_j)\}",
    ),
    (
        Sum(Selected(X[a, k], k, j), a),
        "Σ_{k=1..N} 1{X_kj = max_l X_kl}",
        r"\sum_{k=1}^N \mathbf{1}\{X_{kj} = \max_l X_{kl}\}",
    ),
    (Abs(x[i] - c), "|c − x_i|", r"\lvert c - x_i \rvert"),
    (
        -exp(z[i]) * exp(z[j]) / Sum(exp(z[k]), k) ** 2,
        "−e^(z_i) e^(z_j)/((Σ_{k=1..n} e^(z_k))²)",
        r"-\frac{e^{z_i} e^{z_j}}{\left(\sum_{k=1}^n e^{z_k}\right)^2}",
    ),
    (exp(Sum(x[k], k)), "exp(Σ_{k=1..n} x_k)", r"\exp\left(\sum_{k=1}^n x_k\right)"),
    (log(p[i]) ** 2, "(log p_i)²", r"(\log p_i)^2"),
    (y[i] * log(p[i]) * log(p[j]), "y_i log(p_i) log p_j", r"y_i \log(p_i) \log p_j"),
    (-x[i] - y[i], "−x_i − y_i", "-x_i - y_i"),
    (W[i, u] ** 2, "(W^(1)_iu)²", r"(W^{(1)}_{iu})^2"),
    (exp(c) ** 2, "(e^c)²", r"(e^c)^2"),
    (c ** Rational(3, 2), "c^(3/2)", r"c^{\frac{3}{2}}"),
    (1 / x[i], "1/x_i", r"\frac{1}{x_i}"),
    (
        Sum(x[k], k) * Sum(y[k], k),
        "(Σ_{k=1..n} x_k) Σ_{k=1..n} y_k",
        r"\left(\sum_{k=1}^n x_k\right) \sum_{k=1}^n y_k",
    ),
    (x[i] * Partial(x[k], x[j]) * (c - 1), "x_i ∂x_k/∂x_j (c − 1)", r"x_i \frac{\partial x_k}{\partial x_j} (c - 1)"),
    (Limit(exp(-c), c, oo), "lim_{c→∞} e^(−c)", r"\lim_{c \to \infty} e^{-c}"),
    (Limit(exp(c), c, -oo), "lim_{c→−∞} e^c", r"\lim_{c \to -\infty} e^c"),
    (pi * c, "π c", r"\pi c"),
    (phi(c, 5), "φ^(5)(c)", r"\varphi^{(5)}(c)"),
    (S.Zero, "0", "0"),
    (Rational(-1, 4), "−1/4", r"-\frac{1}{4}"),
]
PRINTERS: tuple[Callable[[Expr], str], ...] = (text, latex, mathml)


@pytest.mark.parametrize(
    ("expression", "line", "formula"), GOLDEN, ids=lambda value: value if isinstance(value, str) else ""
)
def test_text_and_latex(expression: Expr, line: str, formula: str) -> None:
    assert text(expression) == line
    assert latex(expression) == formula


@pytest.mark.parametrize("printer", PRINTERS)
def test_different_expressions_are_never_printed_alike(printer: Callable[[Expr], str]) -> None:
    assert len({printer(expression) for expression, _, _ in GOLDEN}) == len(GOLDEN)


NEAR_MISSES: list[tuple[Expr, Expr]] = [
    (sigmoid(1 - c), s * (1 - c)),
    (phi(1 - c), Scalar("phi") * (1 - c)),
    (exp(Scalar("e")), Scalar("e") ** Scalar("e")),
    (delta(i, j), Matrix("delta", n, n)[i, j]),
    (Sum(x[k] * y[k], k), Sum(x[k], k) * Sum(y[k], k)),
    (Sum(x[k] + y[k], k), Sum(x[k], k) + y[i]),
    (log(x[i]) * y[i], log(x[i] * y[i])),
    (Partial(x[i] * c, z[j]), Partial(x[i], z[j]) * c),
    (1 / (c * s), s / c),
    ((x[i] + 1) / c, x[i] + 1 / c),
    (-((x[i] - c) ** 2), (x[i] - c) ** 2),
    (exp(-(c**2)), exp(-c) ** 2),
    (Sum(x[k] ** 2, k), Sum(x[k], k) ** 2),
    (W[i, u] ** 2, Matrix("W", n, m)[i, u] ** 2),
    (sqrt(c) * s, sqrt(c * s)),
    (x[i] ** 2, Vector("x^(2)", n)[i]),
    (Vector("a_0", n)[i], Vector("a", n)[i]),
    (Limit(c, c, oo) + 1, Limit(c + 1, c, oo)),
    (Abs(c) * s, Abs(c * s)),
    (relu(c) - s, relu(c - s)),
    (Sum(Sum(X[a, k], k) ** 2, a), Sum(Sum(X[a, k], a) ** 2, k)),
]


@pytest.mark.parametrize("printer", PRINTERS)
@pytest.mark.parametrize("pair", NEAR_MISSES, ids=str)
def test_near_misses_are_told_apart(printer: Callable[[Expr], str], pair: tuple[Expr, Expr]) -> None:
    assert pair[0] != pair[1]
    assert printer(pair[0]) != printer(pair[1])


# -- expressions at random: what is printed is read back by a small reader of its own, and means the same

atoms = st.sampled_from([x[i], y[i], z[i], c, s, S(2), S(3)])


@st.composite
def polynomials(draw: Any, depth: int = 3) -> Expr:
    if depth == 0 or draw(st.booleans()):
        return draw(atoms)
    first, second = draw(polynomials(depth - 1)), draw(polynomials(depth - 1))
    return draw(st.sampled_from([first + second, first - second, first * second, first**2, -first]))


NAMES = {"x_i": 3.0, "y_i": 5.0, "z_i": -7.0, "c": 11.0, "σ": 13.0}


def read_back(line: str) -> float:
    """The value of a line of text: a reader with three levels, sums of products of powers."""
    tokens = re.findall(r"[xyz]_i|[cσ]|\d+|[−+()²³^·/]", line)
    assert "".join(tokens) == line.replace(" ", "")
    place = 0

    def peek() -> str:
        return tokens[place] if place < len(tokens) else ""

    def take() -> str:
        nonlocal place
        place += 1
        return tokens[place - 1]

    def power() -> float:
        token = take()
        if token == "(":
            result = total()
            assert take() == ")"
        else:
            result = NAMES[token] if token in NAMES else float(token)
        if peek() in ("²", "³", "^"):
            token = take()
            result **= {"²": 2, "³": 3}.get(token) or float(take())
        return result

    def product() -> float:
        result = power()
        while peek() and peek() not in "+−)":
            if peek() == "·":
                take()
            result *= power()
        return result

    def total() -> float:
        result = 0.0
        sign = 1.0
        if peek() == "−":
            take()
            sign = -1.0
        while True:
            result += sign * product()
            if peek() not in ("+", "−"):
                return result
            sign = 1.0 if take() == "+" else -1.0

    result = total()
    assert place == len(tokens)
    return result


@given(polynomials())
def test_a_line_of_text_means_the_expression(expression: Expr) -> None:
    values = {x[i]: 3, y[i]: 5, z[i]: -7, c: 11, s: 13}
    assert read_back(text(expression)) == float(expression.xreplace(values))  # integers: both are exact


@given(polynomials())
def test_latex_and_mathml_are_well_formed(expression: Expr) -> None:
    formula = latex(expression)
    assert formula.count("{") == formula.count("}")
    assert formula.count(r"\left") == formula.count(r"\right")
    ElementTree.fromstring(mathml(expression))


@pytest.mark.parametrize("expression", [expression for expression, _, _ in GOLDEN], ids=str)
def test_mathml_is_xml_of_mathml_core(expression: Expr) -> None:
    root = ElementTree.fromstring(mathml(expression, changed=[expression]))
    core = {"math", "mrow", "mi", "mn", "mo", "mtext", "mfrac", "msqrt", "msub", "msup", "msubsup", "munder", "mover"}
    arity = {"mfrac": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
    for element in root.iter():
        assert element.tag in core | {"munderover"}
        assert len(element) == arity.get(element.tag, len(element))
        leaf = element.tag in ("mi", "mn", "mo", "mtext")
        assert (len(element) == 0) == leaf
    assert [element.get("class") for element in root.iter()].count("changed") == 1


# -- letters of sums


def test_a_sum_never_takes_a_letter_in_use() -> None:
    inner = Sum(x[k] * X[a, l], k, l) * Scalar("k") * Vector("l", n)[Index("r", n)]
    bound = _bound(display(inner, avoid=["s"]))
    assert len(bound) == 2
    assert not {"k", "l", "r", "s", "x", "X", "a", "n", "N"} & set(bound)


def test_nested_sums_have_letters_of_their_own() -> None:
    nested = Sum(x[k] * Sum(Matrix("A", n, n)[k, l] * x[l], l) ** 2, k)
    bound = _bound(display(nested))
    assert len(bound) == len(set(bound)) == 2


def test_sizes_keep_their_letters_over_lines() -> None:
    first = Sum(x[k] * Sum(W[k, u] * b[u], u), k)
    second = Sum(b[u], u)
    letters = letters_by_size([first, second])
    assert text(first, letters=letters) == "Σ_{k=1..n} x_k Σ_{l=1..m} W^(1)_kl b_l"
    assert text(second, letters=letters) == "Σ_{l=1..m} b_l"


def test_more_sums_than_letters() -> None:
    busy = Sum(x[k], k)
    assert text(busy, avoid="abcdhijklmopqrstuvw") == "Σ_{k_1=1..n} x_{k_1}"


def _bound(tree: t.Tree) -> list[str]:
    return [tree_text(node.index) for node in t.walk(tree) if isinstance(node, t.Bound)]


@pytest.mark.parametrize("tall", [Sum(x[k], k) ** mu, Abs(Sum(x[k], k)), 1 / x[i], c * Sum(x[k], k) ** 2])
def test_brackets_grow_with_what_is_in_them(tall: Expr) -> None:
    assert tree_latex(t.Brackets(display(tall))).startswith(r"\left(")
    inside = t.Infix("⊙", (display(tall), display(c)))
    assert tree_latex(t.Brackets(t.Transpose(inside))).startswith(r"\left(")
    assert tree_latex(t.Brackets(display(x[i] ** 2 + c))).startswith("(")


# -- marks


def test_changed_parts_are_marked_once() -> None:
    product = p[i] * (delta(i, j) - p[j])
    assert text(product, changed=[delta(i, j) - p[j]]) == "p_i (⟦δ_ij − p_j⟧)"
    assert text(product, changed=[product, p[j]]) == "⟦p_i (δ_ij − p_j)⟧"
    assert latex(product, changed=[p[i]]) == r"\gpchanged{p_i} (\delta_{ij} - p_j)"


def test_a_part_inside_a_sum_is_found_under_another_name() -> None:
    total = Sum(x[k] * exp(y[k]), k)
    _, (opened,) = total.open()
    assert text(total, changed=[exp(y[opened])]) == "Σ_{k=1..n} x_k ⟦e^(y_k)⟧"
    assert "⟦" not in text(total, changed=[exp(y[i])])


def test_factors_of_a_flat_product_are_marked() -> None:
    assert text(x[i] * y[i] * c, changed=[x[i] * y[i]]) == "c ⟦x_i⟧ ⟦y_i⟧"


# -- names


@pytest.mark.parametrize(
    ("name", "line", "code"),
    [
        ("z", "z", "z"),
        ("delta", "δ", "delta"),
        ("δ", "δ", "delta"),
        ("W^(1)", "W^(1)", "W1"),
        ("delta^(next)", "δ^(next)", "delta_next"),
        ("p_hat", "p̂", "p_hat"),
        ("x̂", "x̂", "x_hat"),
        ("y_bar", "ȳ", "y_bar"),
        ("a_0", "a_0", "a_0"),
        ("eps", "ε", "eps"),
        ("lambda", "λ", "lambda_"),
        ("loss", "loss", "loss"),
        ("Delta", "Δ", "Delta"),
        ("p_hatch", "p_{hatch}", "p_hatch"),
    ],
)
def test_names(name: str, line: str, code: str) -> None:
    assert unicodedata.normalize("NFC", tree_text(written(name))) == unicodedata.normalize("NFC", line)
    assert python_name(name) == code
    assert python_name(name).isidentifier()


@pytest.mark.parametrize("name", ["", "1x", "a b", "W^", "a-b", "~p0"])
def test_a_name_that_cannot_be_written_is_refused(name: str) -> None:
    with pytest.raises(UnwritableNameError, match="cannot be written"):
        written(name)


def test_what_is_not_of_the_calculus_is_refused() -> None:
    with pytest.raises(NotDisplayableError, match="ImaginaryUnit"):
        display(I)
