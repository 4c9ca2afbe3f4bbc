"""Documents as a whole: what is declared and defined is carried along, and nothing is dropped or wrongly accused."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from gradproof.derivations.meaning import Glossary
from gradproof.derivations.meaning.references import Unindexable
from gradproof.derivations.notation.reading import Statement
from gradproof.grading.checking import Checking, check_document, checked_text
from gradproof.grading.findings import Checked
from gradproof.grading.judge import Judge
from gradproof.grading.status import LineReport
from gradproof.grading.status import LineStatus as S
from gradproof.verify.running import ChildDied, TimeLimitExceeded


def check(text: str, declarations: str = "") -> Checked:
    return checked_text(text, "-", Checking(declarations))


def statuses(text: str, declarations: str = "") -> list[S]:
    return [finding.status for finding in check(text, declarations).findings]


def test_definitions_and_declarations_count_from_where_they_stand() -> None:
    text = (
        "$$\\frac{\\partial y}{\\partial z} = y (1 - y)$$\n"
        "$$y = \\sigma(z)$$\n"
        "$$\\frac{\\partial y}{\\partial z} = y (1 - y)$$\n"
        "$$(a + b)^2 = a^2 + b^2$$\n"
        "<!-- gradproof: a, b : R -->\n"
        "$$(a + b)^2 = a^2 + b^2$$\n"
    )
    assert statuses(text) == [S.NEEDS, S.DEFINITION, S.PROVED, S.NEEDS, S.REFUTED]


def test_a_letter_may_run_over_something_else_further_down() -> None:
    """i counts the entries of a, then the rows of X: nobody is accused of a clash of shapes."""
    declared = "a, b, w : n\nX : m x n"
    text = "$$a_i b_i = b_i a_i$$\n$$(X w)_i = \\sum_j X_{ij} w_j$$\n$$w_i a_i = a_i w_i$$\n$$(X w)_i = 2 a_i$$"
    assert statuses(text, declared)[:3] == [S.PROVED, S.PROVED, S.PROVED]
    clash = check(text, declared).findings[3]
    assert clash.status is S.REFUTED and "meets one of size" in clash.reason


def test_sums_that_stand_in_the_same_column_are_told_apart() -> None:
    """A sum is found again by its place, which begins anew in each formula: one runs over n, another over m."""
    declared = "z : n\nw : m\na : n x m\nb : m x n\nf(x) = \\sum_k x_k^2\ns = \\sum_k z_k\nq_i = z_i^2"
    one_after_the_other = "$$\\sum_k z_k = \\sum_k z_k + 0$$\n$$\\sum_k w_k = \\sum_k w_k + 0$$"
    in_a_definition = "$$\\sum_k w_k s = s \\sum_k w_k$$"
    in_two_calls = "$$f(z) + f(w) = \\sum_i z_i^2 + \\sum_i w_i^2$$"
    of_an_index = "$$q_j w_i = w_i z_j^2$$"
    on_both_sides = "$$\\sum_k w_k \\sum_i z_i = \\sum_k z_k \\sum_i w_i$$"
    identities = "$$(a I b)_{ij} = (a b)_{ij}$$\n$$(b I a)_{ij} = (b a)_{ij}$$"
    for text in (one_after_the_other, in_a_definition, in_two_calls, of_an_index, on_both_sides, identities):
        assert set(statuses(text, declared)) == {S.PROVED}, text


@pytest.mark.parametrize(
    ("declared", "again", "words"),
    [
        ("z : n\ny = \\softmax(z)", "y : m", "an axis of size m meets one of size n"),
        ("z : n\ny = \\softmax(z)", "y : m x n", "y was declared with 2 axes, its definition has 1"),
        ("x : n\nW : m x n\ny = W x", "x : k", "m × n times k do not fit"),
    ],
)
def test_a_declaration_that_does_not_fit_a_definition_refutes_nothing(declared: str, again: str, words: str) -> None:
    text = f"$$y_i^2 = y_i y_i$$\n<!-- gradproof: {again} -->\n$$y_i^2 = y_i y_i$$\n$$y_i^2 = 2 y_i$$"
    first, *later = check(text, declared).findings
    assert first.status is S.PROVED
    for finding in later:
        assert finding.status is S.NEEDS and words in finding.reason
        assert finding.reason.startswith("the definition of y does not fit what is declared; mend one of them: ")
        assert (finding.place.line, finding.right) in ((3, "y_i y_i"), (4, "2 y_i"))


def test_a_letter_that_an_expectation_binds_says_nothing_of_the_line() -> None:
    """What was foreseen of a letter may be of another one: where shapes then clash, nothing is foreseen."""
    declared = "p : simplex n\nz : n\na : m"
    text = "$$\\mathbb{E}_{i \\sim p}[z_i] a_i = a_i \\sum_k p_k z_k$$\n$$\\mathbb{E}_{i \\sim p}[z_i] a_i = 2 a_i$$"
    assert statuses(text, declared) == [S.PROVED, S.REFUTED]


def rounds_to(exact: Fraction, shown: str) -> bool:
    """Whether a decimal text is the number, to within half a unit of its last digit."""
    decimal = Decimal(shown.replace("−", "-"))
    return abs(Fraction(decimal) - exact) <= Fraction(10) ** int(decimal.as_tuple().exponent) / 2


def test_a_refutation_has_its_place_its_piece_and_both_values() -> None:
    text = "Let\n\n  $$\\begin{aligned}\n  (a + b)^2 &= a^2 + 2 a b + b^2 \\\\\n   &= a^2 + b^2\n  \\end{aligned}$$\n"
    found = check(text, "a, b : R")
    proved, refuted = found.findings
    assert (proved.status, refuted.status) == (S.PROVED, S.REFUTED)
    assert (refuted.place.line, refuted.place.column) == (5, 7)
    assert text.split("\n")[4][6:] == refuted.right == "a^2 + b^2"
    assert (refuted.left, refuted.sign) == ("a^2 + 2 a b + b^2", "=")
    point = refuted.counterexample
    assert point is not None
    a, b = (Fraction(point.values[name]) for name in "ab")
    assert rounds_to((a + b) ** 2, point.lhs)
    assert rounds_to(a**2 + b**2, point.rhs)
    assert refuted.evidence[0]["schema"] == "gradproof/report/1"
    assert found.failed


def test_macros_move_no_column() -> None:
    text = "\\newcommand{\\sq}[1]{#1^2}\n  $0 + \\sq{x} = \\sq{x} + 1$\n"
    (finding,) = check(text, "x : R").findings
    assert finding.status is S.REFUTED
    assert (finding.place.line, finding.place.column) == (2, 17)
    assert (finding.left, finding.right) == ("0 + \\sq{x}", "\\sq{x} + 1")


def test_expect_wrong_turns_the_verdict_round() -> None:
    mark = "<!-- gradproof: expect-wrong -->\n"
    wrong = check(f"{mark}$$x + 1 = x$$", "x : R")
    assert not wrong.failed and wrong.counts[S.REFUTED] == 1
    for text in ("$$x + 1 = 1 + x$$", "$$x + q = x$$", "$$\\frac{x}{ = 1$$"):
        assert check(mark + text, "x : R").failed
    assert check("$$x + 1 = x$$", "x : R").failed


def test_what_is_skipped_is_counted_and_not_checked() -> None:
    found = check("<!-- gradproof: skip -->\n$$x + 1 = x$$\n$$x = x$$", "x : R")
    assert [(place.line, place.column) for place in found.skipped] == [(2, 3)]
    assert not found.failed and found.counts == {S.PROVED: 1}


def test_what_cannot_be_read_is_listed_with_a_column_and_the_rest_is_checked() -> None:
    found = check("$$\\frac{x}{ = 1$$ and $\\alfa + 1$ and $x + x = 2x$ and $x$", "x : R")
    unread, unknown, proved = found.findings
    assert unread.status is unknown.status is S.UNREADABLE
    assert unread.place.column == 11 and ";" in unread.reason
    assert unknown.place.column == 24
    assert proved.status is S.PROVED
    assert found.open and not found.failed


def test_inline_formulas_that_state_nothing_are_listed_when_asked() -> None:
    assert statuses("the number $x$\n$$y$$") == [S.DEFINITION]
    listed = checked_text("the number $x$\n$$y$$", "-", Checking(inline=True))
    assert len(listed.findings) == 2


def test_a_wrong_line_of_declarations_is_said_and_the_others_count() -> None:
    text = "<!-- gradproof:\n x : ???\n a, b : R\n = 3 -->\n$$(a + b)^2 = a^2 + b^2$$"
    found = check(text)
    assert [finding.status for finding in found.findings] == [S.UNREADABLE, S.UNREADABLE, S.REFUTED]
    assert sorted(finding.place.line for finding in found.findings[:2]) == [2, 4]


def test_cases_and_values_define_nothing() -> None:
    """For i = j: i is no other name of j from here on. η = 0.1 is that of one example, and 0.5 that of another."""
    text = (
        "$p = \\softmax(z)$. For $i = j$ with $\\eta = 0.1$, later $\\eta = 0.5$, at $n = 3$:\n"
        "$$\\frac{\\partial p_i}{\\partial z_j} = p_i (\\delta_{ij} - p_j)$$"
    )
    found = statuses(text, "z : n")
    assert found == [S.DEFINITION, S.CONDITION, S.CONDITION, S.CONDITION, S.CONDITION, S.PROVED]


@pytest.mark.parametrize(
    "prose",
    [
        "the unit is on for $z > 0$",
        "If $\\sum_k t_k = 1$ this is short",
        "Suppose that $x = y$.",
        "It vanishes at $x = y$.",
        "with $|x| < z$ and $0 \\le x$",
        "假设 $x + y = 1$",
        "Assume, \\(x + y = 1\\)",
    ],
)
def test_what_the_prose_supposes_is_not_accused(prose: str) -> None:
    """All names are declared, so that as a claim each would be refuted."""
    given = "x, y, z : R\nt : n"
    assert set(statuses(prose, given)) == {S.CONDITION}
    assert S.REFUTED in statuses("so $x + y = 1$ and $\\sum_k t_k = 1$", given)


def test_a_name_that_is_defined_twice_is_asked_about_and_counts_anew() -> None:
    text = "$$E = a^2$$\n$$E = a^3$$\n$$\\frac{\\partial E}{\\partial a} = 3 a^2$$\n$$E = a a a$$"
    found = check(text, "a : R")
    assert [finding.status for finding in found.findings] == [S.DEFINITION, S.NEEDS, S.PROVED, S.PROVED]
    assert "defined otherwise" in found.findings[1].reason
    assert statuses("$$\\begin{aligned} E &= a^2 \\\\ E &= a^3 \\end{aligned}$$", "a : R")[-1] is S.REFUTED
    assert statuses("$$E = a^3$$", "a : R\nE = a^2") == [S.REFUTED]


def test_a_set_of_arrays_declares_a_shape() -> None:
    text = "With $A \\in \\mathbb{R}^{m \\times n}$ and $x \\in \\mathbb{R}^n$:\n$$x^\\top A^\\top A x = \\|A x\\|^2$$"
    assert statuses(text) == [S.DEFINITION, S.DEFINITION, S.PROVED]
    turned = text.replace("x^\\top A^\\top A x", "x^\\top A A^\\top x")
    assert statuses(turned)[-1] in (S.REFUTED, S.NEEDS)


def test_a_file_that_cannot_be_read_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_bytes(b"\xff")
    found = check_document(tmp_path / "a.tex")
    assert "UTF-8" in found.problem and found.failed and found.findings == ()


@pytest.mark.parametrize(
    ("problem", "status"), [(TimeLimitExceeded(1.0), S.UNDECIDED), (ChildDied(-9), S.ERROR)], ids=["late", "dead"]
)
def test_a_passage_whose_task_is_lost_stops_nothing(problem: Exception, status: S) -> None:
    """The second passage hangs, or takes its process down; the third knows what the first has defined."""

    def ask(function, *arguments):  # type: ignore[no-untyped-def]
        if "lost" in str(arguments[0]) and len(arguments) > 2:
            raise problem
        return function(*arguments)

    text = "$$y = \\sigma(z)$$\n$$\\mathrm{lost} = 1$$\n$$\\frac{\\partial y}{\\partial z} = y (1 - y)$$"
    found = checked_text(text, "-", Checking(ask=ask))
    assert [finding.status for finding in found.findings] == [S.DEFINITION, status, S.PROVED]
    assert found.findings[1].place.line == 2


def test_the_json_says_everything() -> None:
    document = check("$$x + 1 = x$$ $$y", "x : R").to_json()
    refuted, unread = document["findings"]
    assert refuted["status"] == "REFUTED" and refuted["failure"] and refuted["counterexample"]["left"]
    assert (refuted["line"], refuted["column"], refuted["left"], refuted["right"]) == (1, 11, "x + 1", "x")
    assert unread["status"] == "UNREADABLE" and not unread["failure"]


@pytest.mark.parametrize(
    ("problem", "status"),
    [(RuntimeError("boom"), S.ERROR), (RecursionError(), S.UNDECIDED), (Unindexable("no index"), S.UNDECIDED)],
    ids=["ours", "depth", "index"],
)
def test_a_statement_that_fails_stops_no_other(problem: Exception, status: S, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Judge.statement

    def failing(self: Judge, part: Statement, glossary: Glossary) -> list[LineReport]:
        if part.span.start > 0:
            raise problem
        return whole(self, part, glossary)

    monkeypatch.setattr(Judge, "statement", failing)
    found = check("$$x + x = 2 x$$\n$$\\begin{aligned} x &= x x \\end{aligned}$$\n$$x x = x^2$$", "x : R")
    assert [finding.status for finding in found.findings] == [S.PROVED, status, S.PROVED]
    assert found.failed == (status is S.ERROR)


KINDS = {
    "a.tex": "\\newcommand{\\sq}[1]{#1^2}\n\\begin{document}\n% gradproof: x : R\n  \\begin{align}\n"
    "   x + x &= 2 x \\\\\n    \\sq{x}\n      &= 7 x \\end{align}",
    "a.md": "<!-- gradproof: x : R -->\n- Ä item\n\n  > $$x^2\n  >  = 7 x$$\n",
    "a.py": "def f(x):\n    # gradproof: x : R\n    # Ä\n    x = 1  # where $x^2 = 7 x$\n",
    "b.py": "# gradproof: x : R\ndef f(x):\n    '''Ä.\n\n    .. math::\n\n        \\\\frac{x}{1} x = 7 x\n    '''\n",
    "a.ipynb": json.dumps(
        {"cells": [{"cell_type": "markdown", "source": ["<!-- gradproof: x : R -->\n", "Ä $x^2 = 7 x$"]}]}
    ),
}


@pytest.mark.parametrize("name", KINDS)
def test_the_column_of_a_refutation_points_at_the_piece_in_every_kind_of_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(KINDS[name], encoding="utf-8")
    found = check_document(path)
    (refuted,) = [finding for finding in found.findings if finding.status is S.REFUTED]
    cells = json.loads(KINDS[name])["cells"] if name.endswith(".ipynb") else []
    text = "".join(cells[refuted.place.cell - 1]["source"]) if cells else KINDS[name]
    assert text.split("\n")[refuted.place.line - 1][refuted.place.column - 1 :].startswith("7 x")
    assert refuted.right == "7 x"
