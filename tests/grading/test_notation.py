"""Notation that is met seldom: each line holds in one form, and in a form with a slip it does not."""

from __future__ import annotations

import pytest

from gradproof.grading.status import LineStatus

from .conftest import Judged

#: A line with PIECE in it, its declarations, a piece with which it holds, and one with which it is refuted.
LINES = {
    "a sum over two letters": (
        r"\frac{\partial E}{\partial w_{ij}} = PIECE",
        "w : m x n\nx : n\nE = \\sum_{i,j} w_{ij} x_j",
        "x_j",
        "2 x_j",
    ),
    "a product of two products": (
        r"\prod_i a_i b_i = PIECE",
        "a, b : >0 n",
        r"\prod_i a_i \prod_i b_i",
        r"\prod_i a_i",
    ),
    "a sum from 0": (r"\sum_{k=0}^{n-1} x^k = PIECE", "x : R", r"\frac{1 - x^n}{1 - x}", r"\frac{1 - x^n}{1 + x}"),
    "a sum from 2": (r"\sum_{i=2}^n a_i = PIECE", "a : n", r"\sum_{i=1}^n a_i - a_1", r"\sum_{i=1}^n a_i - a_2"),
    "a shifted index": (r"\sum_{k=0}^{n-1} a_{k+1} = PIECE", "a : n", r"\sum_{k=1}^n a_k", r"\sum_{k=1}^{n-1} a_k"),
    "a bound that runs": (
        r"\sum_{i=1}^n \sum_{j=1}^i a_j = PIECE",
        "a : n",
        r"\sum_{j=1}^n (n - j + 1) a_j",
        r"\sum_{j=1}^n (n - j) a_j",
    ),
    "pairs of places": (
        r"\sum_{i<j} a_i a_j = PIECE",
        "a : n",
        r"\frac12 \left( (\sum_i a_i)^2 - \sum_i a_i^2 \right)",
        r"(\sum_i a_i)^2 - \sum_i a_i^2",
    ),
    "places of a matrix": (
        r"\sum_{i=1}^n \sum_{j=i}^n W_{ij} = PIECE",
        "W : n x n",
        r"\sum_{j=1}^n \sum_{i=1}^j W_{ij}",
        r"\sum_{j=1}^n \sum_{i=1}^j W_{ji}",
    ),
    "an index that counts": (r"\sum_{i=1}^n i = PIECE", "", r"\frac{n (n+1)}{2}", r"\frac{n (n-1)}{2}"),
    "an ellipsis": (r"\sum_i a_i = PIECE", "a : n", r"a_1 + a_2 + \dots + a_n", r"a_2 + \dots + a_n"),
    "an ellipsis in a product": (r"\prod_{i=1}^n a_i = PIECE", "a : n", r"a_1 a_2 \cdots a_n", r"a_1 \cdots a_{n-1}"),
    "a range of inequalities": (r"\sum_{1 \le i \le n} a_i = PIECE", "a : n", r"\sum_i a_i", r"\sum_{1 \le i < n} a_i"),
    "a condition beside a bound": (
        r"\sum_{j=1, j \ne i}^n a_j = PIECE",
        "a : n",
        r"\sum_{\substack{j=1 \\ j \ne i}}^n a_j",
        r"\sum_{j=1}^n a_j",
    ),
    "two letters with one bound": (
        r"\sum_{i,j=1}^n a_i b_j = PIECE",
        "a, b : n",
        r"\sum_{i=1}^n a_i \sum_{j=1}^n b_j",
        r"\sum_{i=1}^n a_i b_i",
    ),
    "a derivative by an entry": (
        r"\frac{\partial}{\partial a_1} \sum_{i=2}^n a_{i-1} a_i = PIECE",
        "a : n",
        "a_2",
        "a_1",
    ),
    "a question of places": (
        r"\sum_{k=0}^n k \, 1\{k = 2\} = PIECE",
        "",
        "2",
        "1",
    ),
    "a quadratic form with an inverse": (
        r"x^T A^{-1} A B = PIECE",
        "A, B : n x n\nx : n",
        "x^T B",
        "2 x^T B",
    ),
    "a product of matrices that are written out": (
        r"\begin{pmatrix} x & y \\ y & x \end{pmatrix} \begin{pmatrix} 1 \\ 2 \end{pmatrix} = PIECE",
        "x, y : R",
        r"\begin{pmatrix} x + 2 y \\ y + 2 x \end{pmatrix}",
        r"\begin{pmatrix} x + 2 y \\ 2 y + x \end{pmatrix}",
    ),
    "a row times a column": (
        r"\begin{pmatrix} x & y \end{pmatrix} \begin{pmatrix} x \\ y \end{pmatrix} = PIECE",
        "x, y : R",
        "x^2 + y^2",
        "2 x y",
    ),
    "a hyperbolic secant": (
        r"\frac{d}{dx} \tanh x = PIECE",
        "x : R",
        r"\operatorname{sech}^2 x",
        r"\operatorname{sech} x",
    ),
    "a hyperbolic cotangent": (r"\coth x = PIECE", "x : >0", r"\frac{1}{\tanh x}", r"\tanh x"),
    "a hyperbolic cosecant": (r"\operatorname{csch} x = PIECE", "x : >0", r"\frac{1}{\sinh x}", r"\sinh x"),
    "the inverse of the sigmoid": (r"\sigma(\operatorname{logit}(q)) = PIECE", "q : (0,1)", "q", "1 - q"),
    "a determinant": (
        r"\det \begin{pmatrix} x & y \\ y & x \end{pmatrix} = PIECE",
        "x, y : R",
        "x^2 - y^2",
        "x^2 + y^2",
    ),
    "a determinant between bars": (
        r"\begin{vmatrix} x & y & 0 \\ 0 & x & y \\ y & 0 & x \end{vmatrix} = PIECE",
        "x, y : R",
        "x^3 + y^3",
        "x^3 - y^3",
    ),
    "a geometric sum, beside an array that is defined and not mentioned": (
        r"\sum_{k=0}^{n-1} x^k = PIECE",
        "x : R\nz : n\np = \\softmax(z)",
        r"\frac{1 - x^n}{1 - x}",
        r"\frac{1 - x^{n + 1}}{1 - x}",
    ),
    "the largest entry as a norm": (r"\|a\|_\infty = PIECE", "a : n", r"\max_i |a_i|", r"\max_i a_i"),
    "an inner product": (r"\langle a, b \rangle = PIECE", "a, b : n", "a^T b", r"\sum_i a_i"),
    "an inner product of matrices": (
        r"\langle A, B \rangle = PIECE",
        "A, B : m x n",
        r"\operatorname{tr}(A^T B)",
        r"\sum_{i,j} A_{ij}",
    ),
    "an expectation of a bit": (
        r"\mathbb{E}_{x \sim \text{Bernoulli}(q)}[(x - q)^2] = PIECE",
        "q : (0,1)",
        "q (1 - q)",
        "q^2",
    ),
    "an expectation of what is defined by a bit": (
        r"\mathbb{E}_{x \sim \operatorname{Bernoulli}(q)}[y] = PIECE",
        "q : (0,1)\ny = 3 x^2 + 1",
        "3 q + 1",
        "3 q",
    ),
    "an expectation of a place": (
        r"\mathbb{E}_{y \sim \operatorname{Cat}(p)}[f_y] = PIECE",
        "p : simplex n\nf : n",
        r"\sum_k p_k f_k",
        r"\sum_k f_k",
    ),
    "a divergence of known distributions": (
        r"D_{KL}(p \,\|\, q) = PIECE",
        "p, q : simplex n",
        r"\sum_i p_i \log \frac{p_i}{q_i}",
        r"\sum_i q_i \log \frac{p_i}{q_i}",
    ),
    "a product over a quotient": (
        r"\prod_i a_i / b_i = PIECE",
        "a, b : >0 n",
        r"\frac{\prod_i a_i}{\prod_i b_i}",
        r"\prod_i a_i \prod_i b_i",
    ),
    "a constant in front of what a product multiplies": (
        r"\prod_{i=1}^n c a_i = PIECE",
        "a : >0 n\nc : >0",
        r"c^n \prod_i a_i",
        r"c \prod_i a_i",
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_it_holds_and_with_a_slip_it_does_not(name: str, judged: Judged) -> None:
    line, given, right, wrong = LINES[name]
    for report in judged(line.replace("PIECE", right), given):
        assert report.status.ok, report
    reports = judged(line.replace("PIECE", wrong), given)
    assert LineStatus.REFUTED in {report.status for report in reports}, reports
    assert any(report.counterexample for report in reports)


#: A line, its declarations, and words of the question that it raises: readers would differ.
ASKED = [
    (r"\prod_i a_i c = c \prod_i a_i", "a : >0 n\nc : >0", "how far does this product reach"),
    (r"\prod_i a_i \sum_j b_j = 1", "a, b : >0 n", "how far does this product reach"),
]


@pytest.mark.parametrize(("line", "given", "words"), ASKED)
def test_where_readers_would_differ_the_answer_is_a_question(line: str, given: str, words: str, judged: Judged) -> None:
    (report,) = judged(line, given)
    assert report.status is LineStatus.NEEDS
    assert words in report.reason


#: A line about places, its declarations, the status other than yes and no that it has, and words of the reason.
UNSAID = [
    (r"\sum_{k=0}^{n-1} a_k = \sum_{k=1}^n a_k", "a : n", "VACUOUS", "no size at which it says anything"),
    (r"\sum_{i=2}^n a_i = a^T a", "a : n", "UNDECIDED", "stands as an array"),
    (r"\sum_{i=2}^n a_i = p - a_1", "a, z : n\np = \\softmax(z)", "UNDECIDED", "stands as an array"),
    (r"\sum_{i=2}^n a_i = q - a_1", "a, z : n\np = \\softmax(z)\nq = p", "UNDECIDED", "stands as an array"),
    (r"\sum_{i=2}^n p_i = 1 - p_1", "p : simplex n", "UNDECIDED", "the entries of p together"),
    (r"\sum_{k=0}^{n-1} k = \frac{n (n-1)}{2} + 1\{n = 2\}", "", "NEEDS", "from which size on"),
    (r"\sum_{i=2}^m a_i = \sum_{i=2}^n a_i", "a : n", "NEEDS", "how large is m"),
    (r"\sum_{i=2}^n a_i = a_2 + a_3 + a_4", "a : n", "UNDECIDED", "one size only"),
    (r"\sum_{i=2}^n \sum_{j=2}^m \sum_{k=2}^d a_i = 0", "a : n", "UNDECIDED", "more than two sizes"),
    (r"\sum_{k=1}^n k \, \delta_{ki} \delta_{kj} = 0", "i : 1..n\nj : 1..n", "EQUAL_IF", r"i \ne j"),
    (r"\sum_{k=1}^i a_k = \sum_{k=2}^i a_k + a_i", "a : n", "NEEDS", "for which is it meant"),
    (r"\sum_{i=2}^n a_i = \sum_{i=1}^n a_i - b_1", "a : n", "NEEDS", "b_1"),
]


@pytest.mark.parametrize(("line", "given", "status", "words"), UNSAID)
def test_nothing_is_said_of_places_that_are_not_known(
    line: str, given: str, status: str, words: str, judged: Judged
) -> None:
    (report,) = judged(line, given)
    assert report.status.name == status
    assert words in report.reason


#: A line with an inverse and its declarations: these hold for any matrix in its place, or by A A^{-1} = I.
INVERSES = [
    (r"A A^{-1} = I", "A : n x n"),
    (r"A^{-1} A x = x", "A : n x n\nx : n"),
    (r"X^T X (X^T X)^{-1} X^T y = X^T y", "X : m x n\ny : m"),
    (r"(A^T)^{-1} = (A^{-1})^T = A^{-T}", "A : n x n"),
    (r"x^T A^{-1} y = y^T A^{-1} x", "A : sym n x n\nx, y : n"),
    (r"\nabla_x \frac12 (x - y)^T A^{-1} (x - y) = A^{-1} (x - y)", "A : sym n x n\nx, y : n"),
    (r"\frac{\partial}{\partial x} x^T A^{-1} x = (A^{-1} + A^{-T}) x", "A : n x n\nx : n"),
]
#: What is true or false of the inverse only: neither is said.
OPEN_INVERSES = [
    (r"(A B)^{-1} = B^{-1} A^{-1}", "A, B : n x n"),
    (r"(A B)^{-1} = A^{-1} B^{-1}", "A, B : n x n"),
    (r"x^T A^{-1} y = y^T A^{-1} x", "A : n x n\nx, y : n"),
    (r"\frac{\partial}{\partial A} x^T A^{-1} x = A", "A : n x n\nx : n"),
    (r"\frac{\partial E}{\partial A} = A", "A : n x n\nx : n\nE = x^T A^{-1} x"),
    (r"x^{-1} = \frac{1}{x}", "x : n"),
    (r"X^{-1} = X", "X : m x n"),
    (r"f'(A) = A", "A : n x n\nf(B) = B^{-1}\nB : n x n"),
]


@pytest.mark.parametrize(("line", "given"), INVERSES)
def test_inverses_are_proved_for_any_matrix(line: str, given: str, judged: Judged) -> None:
    assert all(report.status.ok for report in judged(line, given))


@pytest.mark.parametrize(("line", "given"), OPEN_INVERSES)
def test_nothing_is_said_of_inverses_that_more_must_be_known_for(line: str, given: str, judged: Judged) -> None:
    (report,) = judged(line, given)
    assert report.status is LineStatus.UNDECIDED
    assert report.reason


@pytest.mark.parametrize(("right", "ok"), [("A A", True), ("A", False), (r"A \odot A", False)])
def test_a_power_of_a_square_matrix_is_a_product_and_says_so(right: str, ok: bool, judged: Judged) -> None:
    (report,) = judged(f"A^2 = {right}", "A : n x n")
    assert report.status is (LineStatus.PROVED if ok else LineStatus.NEEDS)
    assert "power of a matrix is read as a product" in report.reason


SOFTMAX = "z : n\np_i = \\frac{e^{z_i}}{\\sum_k e^{z_k}}"
#: Lines about single entries of what is defined by its entries, and lines with ∂_j, with a right side and a wrong one.
SHORT = [
    (r"\frac{\partial p_1}{\partial z_1} = PIECE", r"p_1 (1 - p_1)", r"p_1 (1 + p_1)", "are the numbers below places"),
    (r"\frac{\partial p_1}{\partial z_2} = PIECE", r"-p_1 p_2", r"p_1 p_2", "are the numbers below places"),
    (r"\frac{\partial p_2}{\partial z_1} = PIECE", r"-\frac{e^{z_1} p_2}{\sum_k e^{z_k}}", "0", "are the numbers"),
    (r"\partial_j p_i = PIECE", r"p_i (\delta_{ij} - p_j)", r"p_i (\delta_{ij} + p_j)", r"∂_j is read as ∂/∂z_j"),
    (r"\sum_j \partial_j p_i = PIECE", r"p_i - p_i \sum_k p_k", "p_i", r"∂_j is read as ∂/∂z_j"),
]


@pytest.mark.parametrize(("line", "right", "wrong", "words"), SHORT)
def test_single_entries_and_short_derivatives(line: str, right: str, wrong: str, words: str, judged: Judged) -> None:
    *_, report = judged(line.replace("PIECE", right), SOFTMAX)
    assert report.status.ok, report
    *_, report = judged(line.replace("PIECE", wrong), SOFTMAX)
    assert report.status is LineStatus.NEEDS
    assert words in report.reason


def test_a_short_derivative_is_asked_about_where_two_arrays_could_be_meant(judged: Judged) -> None:
    (report,) = judged(r"\partial_j \sum_k a_k b_k = b_j", "a, b : n")
    assert report.status is LineStatus.NEEDS
    assert "does not depend on j" in report.reason


@pytest.mark.parametrize(
    "said",
    [r"1_{i=j}", r"1_{[i=j]}", r"\mathbf{1}_{\{i=j\}}", "𝟙_{i=j}", "𝟙[i=j]", "I(i=j)", r"\mathbb{I}[i=j]", "[i=j]"],
)
def test_an_indicator_is_read_in_every_way_of_writing_it(said: str, judged: Judged) -> None:
    line = r"\frac{\partial x_i}{\partial x_j} = "
    assert [report.status for report in judged(line + said, "x : n")] == [LineStatus.PROVED]
    other = said.replace("=", r"\ne ")
    assert [report.status for report in judged(line + other, "x : n")] == [LineStatus.REFUTED]


def test_the_letter_of_an_indicator_before_a_factor_is_a_letter(judged: Judged) -> None:
    assert [report.status for report in judged("I(a + b) = a I + b I", "I, a, b : R")] == [LineStatus.PROVED]


@pytest.mark.parametrize(
    ("line", "status", "words"),
    [
        (r"(\tanh x)' = 1 - \tanh^2 x", LineStatus.PROVED, "a prime is read as d/dx"),
        (r"(e^{2x})'' = 4 e^{2x}", LineStatus.PROVED, "a prime is read as d/dx"),
        (r"(x^3)' = 3x", LineStatus.NEEDS, "a prime is read as d/dx"),
        (r"(x y)' = y", LineStatus.UNDECIDED, "no function of one number"),
    ],
)
def test_a_prime_behind_brackets_is_the_derivative_by_the_one_number_in_them(
    line: str, status: LineStatus, words: str, judged: Judged
) -> None:
    (report,) = judged(line)
    assert report.status is status
    assert words in report.reason
