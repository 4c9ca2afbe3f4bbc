"""Where the answer is a question: nothing is refuted, and nothing proved, on what the text does not say."""

from __future__ import annotations

import pytest

from gradproof.derivations.notation.reading import Span, read
from gradproof.grading.judge import Judge
from gradproof.grading.status import LineStatus

from .conftest import Judged

#: A line, its declarations, the place (from 1) that the question concerns, and words of the question.
QUESTIONS = [
    (r"\frac{\partial E}{\partial w} = x", "", 1, "does not depend on w"),
    (r"\frac{\partial E}{\partial w} = x", "E = y^2", 1, "does not depend on w"),
    (r"2x = y", "", None, "declare them, as in x, y : R"),
    (r"\delta_j = y_j - t_j + \theta'", r"\delta : n", 24, "a prime at θ"),
    (r"2x = g'(x)", "x : R", 6, "which function is g"),
    (r"2x = B(x, y)", "x, y : R", 6, "what is B(…)"),
    (r"2 x = B(x, y)", "x, y : R\nB(x) = x", 7, "is defined with 1 arguments and gets 2"),
    (r"2 a b = c", "a, b, c : n", 1, "two columns side by side"),
    (r"2 X + a = X", "X : m x n\na : k", 1, "along which axis"),
    (r"x^y = z", "x, y, z : R", 1, "is x positive"),
    (r"2 a = \sum b_i c_j", "a : R\nb, c : n", 7, "over which index"),
    (r"\nabla f = 2 w", "f = w^T w\nw : n", 1, r"write \nabla_w"),
    (r"2 x = \mathbb{E}[x]", "x : R", 7, "over what is the expectation"),
    (r"\frac{\partial}{\partial x} f \cdot x = 2x", "f = x^2\nx : R", 1, "how far does the operator"),
    (r"\nabla_w f w = 2 w", "f = w^T w\nw : n", 1, "how far does ∇ reach"),
    (r"2 x = \operatorname{softmax}(x)", "x : R", 7, "declare its argument as a vector"),
    (r"\nabla_w f = 2 w_i", "f = w^T w\nw : n", 1, "the other one entry of it; write the indices on both sides"),
    (r"\frac{\partial y}{\partial x} = W_{ij}", "W : m x n\nx : n\ny = W x", 1, "one entry of it"),
]


@pytest.mark.parametrize(("line", "given", "place", "words"), QUESTIONS)
def test_a_question_has_its_place(line: str, given: str, place: int | None, words: str, judged: Judged) -> None:
    (report,) = judged(line, given)
    assert report.status in (LineStatus.NEEDS, LineStatus.UNDECIDED), report
    assert words in report.reason
    assert "~" not in report.reason
    if place is not None:
        assert report.span.start + 1 == place


CLASHES = [
    ("A B = A", "A : m x n\nB : k x m", "m × n times k × m do not fit"),
    ("x^T y = x y^T", "x, y : n", "the left side is a number, the right side of shape n × n"),
    ("A x = x", "A : m x n\nx : n", "the left side is of shape m, the right side of shape n"),
    ("x A = x", "A : n x n\nx : n", "n times n × n do not fit; a transpose may be missing"),
    ("A x^T = x", "A : n x n\nx : n", "a transpose may be missing"),
    ("x + y^T = x", "x, y : n", "meets"),
    (r"\operatorname{tr}(x) = 1", "x : n", "the trace of n"),
    ("x_{ij} = 1", "x : n", "x has 1 axes and 2 indices"),
    ("a_i + b = b", "a : n\nb_i : R\na_i : R", ""),
]


@pytest.mark.parametrize(("line", "given", "words"), CLASHES[:-1])
def test_shapes_that_do_not_fit_are_named(line: str, given: str, words: str, judged: Judged) -> None:
    (report,) = judged(line, given)
    assert report.status is LineStatus.REFUTED
    assert report.clash
    assert words in report.reason


@pytest.mark.parametrize(("line", "given", "words"), CLASHES[:6])
def test_where_a_name_is_not_declared_a_clash_is_a_question(line: str, given: str, words: str, judged: Judged) -> None:
    without = "\n".join(row for row in given.splitlines() if not row.startswith("x"))
    for report in judged(line, without if "x" in line else given.splitlines()[0]):
        assert report.status is not LineStatus.REFUTED, words


#: A line, its declarations, and the one declaration under which it holds.
CONDITIONS = [
    (r"\frac{\partial y_i}{\partial z_j} = -y_i y_j", "z : n\ny = \\softmax(z)", r"i \ne j"),
    (r"\frac{\partial y}{\partial x} = W^T", "W : m x n\nx : n\ny = W x", "layout denominator"),
    (r"\frac{\partial}{\partial x} x^T A x = 2 A x", "A : n x n\nx : n", "A : sym"),
    (r"\sum_i t_i x = x", "t : n\nx : R", "t : onehot"),
    ("f(x+y) = f(x) + f(y)", "x, y : R", "f : R"),
]


@pytest.mark.parametrize(("line", "given", "add"), CONDITIONS)
def test_a_line_that_fails_is_explained_and_not_excused(line: str, given: str, add: str, judged: Judged) -> None:
    (report,) = judged(line, given)
    assert report.status is LineStatus.EQUAL_IF
    assert report.add == (add,)


def test_a_declared_layout_takes_its_excuse_away(judged: Judged) -> None:
    given = "W : m x n\nx : n\ny = W x\nlayout numerator"
    (report,) = judged(r"\frac{\partial y}{\partial x} = W^T", given)
    assert report.status is LineStatus.REFUTED


#: Derivatives of what does not depend on the variable: none of these may be taken for 0 in silence.
UNREACHED = [
    (r"\frac{\partial E}{\partial w} = \frac{\partial E}{\partial w} + 0", "E = y^2\ny : R"),
    (
        r"\frac{\partial L(h_T)}{\partial w} = \sum_t \frac{\partial L}{\partial h_t} \frac{\partial h_t}{\partial w}",
        "",
    ),
    (r"\nabla_w E = \nabla_w E + \nabla_w F", "E = y^2\nF = w^2"),
    (r"\frac{\partial^2 E}{\partial w \partial v} = \frac{\partial^2 E}{\partial v \partial w}", "E = w^2"),
    (r"\frac{\partial E}{\partial w} \cdot 2 = 2 \frac{\partial E}{\partial w}", ""),
]


@pytest.mark.parametrize(("line", "given"), UNREACHED)
def test_every_derivative_is_reached_or_asked_for(line: str, given: str, judged: Judged) -> None:
    (report,) = judged(line, given)
    assert not report.status.ok
    assert report.status is not LineStatus.REFUTED


def test_a_line_that_says_0_need_not_reach(judged: Judged) -> None:
    (report,) = judged(r"\frac{\partial E}{\partial w} = 0", "E = y^2\ny, w : R")
    assert report.status is LineStatus.PROVED


def test_one_derivative_that_is_not_reached_makes_others_a_question(judged: Judged) -> None:
    line = r"\frac{\partial z}{\partial w} = f'(y) f'(x) f'(w) = f'(f(f(w))) f'(f(w)) f'(w)"
    complete = "f : R -> R\nx = f(w)\ny = f(x)\nz = f(y)"
    assert all(report.status.ok for report in judged(line, complete))
    for left_out in range(1, 4):
        rows = complete.splitlines()
        reports = judged(line, "\n".join(rows[:left_out] + rows[left_out + 1 :]))
        assert LineStatus.REFUTED not in {report.status for report in reports}


def test_the_place_of_a_report_is_the_member_behind_its_relation(judged: Judged) -> None:
    text = "2 x = x + x = 3 x"
    first, second = judged(text, "x : R")
    assert (first.status, first.span) == (LineStatus.PROVED, Span(6, 11))
    assert (second.status, second.span) == (LineStatus.REFUTED, Span(14, 17))
    assert second.counterexample is not None


def test_what_was_not_read_is_reported_with_its_place(judged: Judged) -> None:
    (report,) = judged(r"x = \foo")
    assert report.status is LineStatus.UNREADABLE
    assert report.span == Span(4, 8)


def test_a_continuation_without_a_line_before_it(judged: Judged) -> None:
    (report,) = judged("= 2 x")
    assert report.status is LineStatus.UNREADABLE
    assert "a line that is not there" in report.reason


def test_definitions_are_carried_on() -> None:
    from gradproof.derivations.meaning import Glossary

    glossary = Glossary()
    reports = [
        report
        for text in ("y = x^2", r"E = \frac12 (y - t)^2", r"\frac{\partial E}{\partial x} = 2 x (y - t)")
        for part in read(text)
        for report in Judge().statement(part, glossary)
    ]
    assert [report.status for report in reports] == [LineStatus.DEFINITION, LineStatus.DEFINITION, LineStatus.PROVED]


@pytest.mark.parametrize("arrow", [r"\Rightarrow", r"\\", r"\quad\text{hence}\quad"])
def test_what_follows_from_something_set_to_0_is_not_refuted(arrow: str, judged: Judged) -> None:
    given = r"E = \frac12 (w x - t)^2" + "\nw, x, t : R"
    zero, solution = judged(rf"\frac{{\partial E}}{{\partial w}} = 0 {arrow} w = \frac{{t}}{{x}}", given)
    assert zero.status is LineStatus.CONDITION
    assert solution.status is LineStatus.NEEDS
    (alone,) = judged(r"w = \frac{t}{x}", given)
    assert alone.status is LineStatus.REFUTED


@pytest.mark.parametrize("line", [r"(a \cdot b) c = a (b \cdot c)", r"a \times b = b \times a"])
def test_a_product_of_names_of_which_nothing_is_known_is_equal_if_they_are_numbers(line: str, judged: Judged) -> None:
    """Of arrays, a dot is an inner product, and a cross another one."""
    (report,) = judged(line, "")
    assert report.status is LineStatus.EQUAL_IF
    assert "a : R" in report.add
    (declared,) = judged(line, "\n".join(report.add))
    assert declared.status is LineStatus.PROVED


def test_what_is_known_to_be_a_number_needs_no_word(judged: Judged) -> None:
    for line, given in ((r"2 \cdot x = x + x", ""), (r"\sum_k w_k \cdot x_k = \sum_k x_k w_k", "")):
        (report,) = judged(line, given)
        assert report.status is LineStatus.PROVED, line
    (report,) = judged(r"(a \cdot b) c = a (b \cdot c)", "a, b, c : n")
    assert report.status is LineStatus.REFUTED
