"""Spellings of one thing read as one tree, and things that only look alike as different ones."""

from __future__ import annotations

import pytest

from gradproof.derivations.notation.reading import Statement, read, read_formula
from gradproof.derivations.notation.reading.syntax import Node

SAME = [
    # fractions
    (r"\frac{1}{2}", r"\frac12", r"\frac 1 2", r"\dfrac{1}{2}", r"\tfrac12", r"\frac1{2}", r"{1 \over 2}"),
    (r"x^{\frac{a}{b}}", r"x^{a \over b}"),
    (r"\frac{a}{\frac{b}{c}}", r"{a \over {b \over c}}", r"\frac{a}{b \over c}"),
    (r"\frac{\partial}{\partial w} f", r"{\partial \over \partial w} f"),
    ("a = b", r"\boxed{a = b}", r"\underbrace{a = b}_{\text{so}}"),
    (r"\mathbb{1}_{i = j}", r"\mathbb{1}_{\{i = j\}}", r"\mathbf{1}_{\{i = j\}}", r"\mathbb{1}\{i = j\}"),
    (
        r"\frac{\partial E}{\partial w}",
        r"\frac{∂E}{∂w}",
        r"\frac {\partial E} {\partial w}",
        r"\partial E / \partial w",
    ),
    (r"\frac{dE}{dw}", r"\frac{\mathrm{d}E}{\mathrm{d}w}", r"\frac{d E}{d w}", r"\frac{\text{d}E}{\text{d}w}", "dE/dw"),
    (r"\frac{\partial}{\partial w} f", r"\partial_w f", r"\frac{\partial}{\partial w}{f}"),
    # brackets and sizes
    ("(a+b)", r"\left(a+b\right)", r"\big(a+b\big)", r"\Bigl( a + b \Bigr)", "（a＋b）", r"\left ( a+b \right )"),
    ("|x|", r"\left|x\right|", r"\lvert x \rvert", r"\vert x \vert", r"\abs{x}"),
    (
        r"\|x\|",
        r"\lVert x\rVert",
        r"\Vert x \Vert",
        r"\left\|x\right\|",
        r"\norm{x}",
        "||x||",
        r"\left|\left|x\right|\right|",
    ),
    (r"\|x\|_2^2", r"\lVert x \rVert_2^2", r"\Vert x\Vert^2_2", r"\norm{x}_2^2", "||x||_2^2"),
    # letters
    (r"\alpha + \beta", "α + β", r"\alpha+\beta"),
    (r"\mathbf{x}", r"\boldsymbol{x}", r"\bm{x}", r"\textbf{x}", r"{\bf x}", r"\pmb x"),
    (r"\hat{y}", r"\hat y", r"\widehat{y}"),
    (r"\hat{y_i}", r"\hat{y}_i", r"\hat y_i"),
    (r"x^{\prime}", "x'", r"x^\prime", "x′"),
    (r"f''(x)", r"f^{\prime\prime}(x)"),
    # scripts
    ("w_{ij}", "w_{i j}", r"w_{{i}{j}}"),
    ("x_i^2", "x^2_i", "x_{i}^{2}", "x²_i"),
    (r"x^T y", r"x^{T}y"),
    # functions
    (r"\log x", r"log x", r"\mathrm{log} x", r"\operatorname{log} x", r"\text{log} x"),
    (
        r"\operatorname{softmax}(z)_i",
        r"\mathrm{softmax}(z)_i",
        r"softmax(z)_i",
        r"\text{softmax}(z)_i",
        r"\softmax(z)_i",
    ),
    (r"\tanh x", r"\text{tanh} x", "tanh x"),
    (r"\sigma(z)", "σ(z)", r"\sigma \left( z \right)", r"\sigma\big(z\big)"),
    (r"\arg\max_y p", r"\operatorname{argmax}_y p", r"\operatorname*{argmax}_y p", r"\arg \max_{y} p"),
    # products
    (r"a \odot b", r"a ⊙ b"),
    (r"a \cdot b", "a · b", r"a ⋅ b"),
    # sums
    (
        r"\sum_{i=1}^n x_i",
        r"\sum^n_{i=1} x_i",
        r"\sum\limits_{i=1}^{n} x_i",
        r"∑_{i=1}^n x_i",
        r"\displaystyle\sum_{i=1}^n x_i",
    ),
    (r"\sum_j z_j", r"\sum_{j} z_j"),
    # questions
    (
        r"\mathbb{1}[i = j]",
        r"\mathbb{1}\{i=j\}",
        r"\mathbf{1}\{i = j\}",
        r"\mathbb{I}(i = j)",
        r"1\{i=j\}",
        r"[i=j]",
        r"\mathbb{1}_{i=j}",
    ),
    # cases
    (
        r"\begin{cases} a & x > 0 \\ b & \text{otherwise} \end{cases}",
        r"\begin{cases} a & \text{if } x > 0 \\ b & \text{otherwise} \end{cases}",
        r"\begin{cases} a, & \text{if } x > 0, \\ b, & \text{otherwise.} \end{cases}",
        r"\left\{ \begin{array}{ll} a & x > 0 \\ b & \text{otherwise} \end{array} \right.",
        r"\begin{dcases} a & \text{for } x > 0 \\ b & \text{else} \end{dcases}",
    ),
    # relations
    (
        "a := b",
        r"a \coloneqq b",
        r"a \triangleq b",
        r"a \stackrel{def}{=} b",
        r"a \overset{\text{def}}{=} b",
        "a ≜ b",
        "a ≔ b",
    ),
    ("a <= b", r"a \le b", r"a \leq b", r"a \leqslant b", "a ≤ b"),
    (r"a \ne b", r"a \neq b", r"a \not= b", "a ≠ b", "a != b"),
    (r"a \leftarrow b", r"a \gets b", "a ← b"),
    # what says nothing
    (
        "a = b",
        r"a &= b",
        r"a = b.",
        r"a = b,",
        r"a = b \label{eq:1}",
        r"a = b \tag{1}",
        r"a = b \nonumber",
        "a = b % note",
        r"\begin{align} a &= b \end{align}",
        r"\begin{equation*} a = b \end{equation*}",
        r"\begin{split} a & = b \end{split}",
        r"\begin{eqnarray} a &=& b \end{eqnarray}",
        r"a\,=\;b\!",
        r"{\displaystyle a = b}",
        r"a = b \qquad",
        r"\color{red} a = b",
        r"\textcolor{red}{a} = b",
    ),
    (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", r"\begin{pmatrix} a & b \\ c & d \\ \end{pmatrix}"),
    (
        r"D_{KL}(p \| q)",
        r"D_{KL}(p || q)",
        r"D_{KL}(p\Vert q)",
        r"D_{\text{KL}}(p\,\|\,q)",
        r"D_{\mathrm{KL}}(p \parallel q)",
    ),
    (r"P(y|x)", r"P(y \mid x)", r"P(y\vert x)"),
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: spellings[0])
def test_spellings_read_as_one(spellings: tuple[str, ...]) -> None:
    first = read_formula(spellings[0])
    for other in spellings[1:]:
        assert plainly(read_formula(other)) == plainly(first), other


def plainly(node: Node) -> str:
    """The tree as text; what marks a bold letter or an upright one is kept, groups of two kinds of brackets are one."""
    return repr(node).replace("font='roman'", "font=''")


DIFFERENT = [
    (r"\sum_i a_i + b_i", r"\sum_i (a_i + b_i)"),
    (r"-\sum_j a_j + b_j", r"-\sum_j (a_j + b_j)"),
    ("w_{ij}", "w_i j"),
    ("W^{(2)}", "W^2"),
    ("x^{(i)}", "x^i"),
    ("x'", "x"),
    (r"\mathbf{x}", "x"),
    (r"\hat{y}", "y"),
    ("K", "k"),
    (r"\log a b", r"\log(a) b"),
    (r"\log a + b", r"\log (a + b)"),
    ("e^x y", "e^{xy}"),
    (r"\frac{1}{2}x", r"\frac{1}{2x}"),
    ("f(x)^2", "f(x^2)"),
    (r"\frac{\partial E}{\partial w}", r"\frac{E}{w}"),
    (r"\frac{d}{b}", r"\frac{d d}{d b}"),
    (r"\frac{\partial^2 E}{\partial w^2}", r"\frac{\partial E}{\partial w}"),
    (r"\|x\|", "|x|"),
    (r"\|x\|_2^2", r"\|x\|_2"),
    ("x^T", "x"),
    ("a = b", r"a \approx b"),
    ("a = b", "a := b"),
    (r"\sum_{j \ne i} a_j", r"\sum_j a_j"),
    ("|a||b|", "|a|b||"),
    ("a - b - c", "a - (b - c)"),
    ("a / b / c", "a / (b / c)"),
    ("-a^2", "(-a)^2"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_looks_alike_is_told_apart(one: str, other: str) -> None:
    (first, *_), (second, *_) = read(one), read(other)
    assert isinstance(first, Statement)
    assert not isinstance(second, Statement) or first.formula != second.formula
