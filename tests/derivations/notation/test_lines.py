"""Derivations as chains of lines, in both languages, for LaTeX, Markdown and terminals."""

from __future__ import annotations

import unicodedata

import pytest

from gradproof.derivations import find
from gradproof.derivations.calculus import (
    Derivation,
    Different,
    Dim,
    Downstream,
    Equal,
    Negative,
    NonZero,
    Partial,
    Positive,
    Relation,
    Rule,
    Scalar,
    Step,
    Sum,
    Text,
    Vector,
    define,
    delta,
    derive,
    exp,
)
from gradproof.derivations.notation import (
    changed_parts,
    condition_tree,
    derivation_latex,
    derivation_markdown,
    derivation_text,
    text,
    tree_text,
)

n = Dim("n")
i, j, k = n.indices("i j k")
x, y, z = (Vector(name, n) for name in ("x", "y", "z"))
p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))
c, L = Scalar("c"), Scalar("L")


@pytest.fixture(scope="module")
def softmax() -> Derivation:
    return derive(
        p[i],
        z[j],
        name="softmax_jacobian",
        title=Text("The Jacobian of softmax", "softmax 的雅可比矩阵"),
        fold=[p],
        cases={"diagonal": Equal(i, j), "off_diagonal": Different(i, j)},
        textbook=p[i] * delta(i, j) - p[i] * p[j],
    )


def test_text_has_every_step_once_with_its_reason(softmax: Derivation) -> None:
    lines = derivation_text(softmax, "en").splitlines()
    for part in softmax.walk():
        for step in part.steps:
            assert sum(line.startswith(f" {step.id} = ") for line in lines) == 1
            for rule in step.rules:
                assert any(rule.text.en in line for line in lines)
    assert "    ∂p_i/∂z_j" in lines
    assert "Given: i ≠ j" in lines
    assert "        the form in textbooks" in lines


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [50, 80])
def test_text_keeps_to_its_width(softmax: Derivation, language: str, width: int) -> None:
    for line in derivation_text(softmax, language, width).splitlines():
        assert sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line) <= width


def test_breaking_lines_loses_nothing(softmax: Derivation) -> None:
    narrow, wide = (derivation_text(softmax, "zh", width) for width in (40, 400))
    assert narrow != wide
    assert "".join(narrow.split()) == "".join(wide.split())


def test_chinese_comes_out(softmax: Derivation) -> None:
    for printed in (
        derivation_text(softmax, "zh"),
        derivation_latex(softmax, "zh"),
        derivation_markdown(softmax, "zh"),
    ):
        for step in softmax.steps:
            assert all(rule.text.zh in printed for rule in step.rules)
        assert "教科书中的形式" in printed
        assert "insert the definition" not in printed


def test_another_language_is_refused(softmax: Derivation) -> None:
    for printer in (derivation_text, derivation_latex, derivation_markdown):
        with pytest.raises(ValueError, match="'fr'"):
            printer(softmax, "fr")


def test_latex_is_one_align_for_each_branch(softmax: Derivation) -> None:
    printed = derivation_latex(softmax)
    assert printed.count(r"\begin{align*}") == printed.count(r"\end{align*}") == 3
    assert printed.count("{") == printed.count("}")
    beside = 2  # the form in textbooks, and the form with matrices
    assert printed.count("&&") == sum(len(part.steps) for part in softmax.walk()) + beside
    assert r"&= p_i (\gpchanged{\delta_{ij} - p_j}) && \text{take out the common factor}" in printed


def test_the_layout_turns_the_matrix_form_and_is_named() -> None:
    derivation = find("layer_delta")
    printers = (derivation_text, derivation_markdown, derivation_latex)
    for printer in printers:
        numerator, denominator = printer(derivation, layout="numerator"), printer(derivation, layout="denominator")
        assert "numerator layout" in numerator and "denominator layout" in denominator
        assert "分子布局" in printer(derivation, "zh", layout="numerator")
    assert "∂E/∂z = (φ′(z) ⊙ (V δ^(next)))ᵀ" in derivation_text(derivation, layout="numerator")
    assert "∂E/∂z = φ′(z) ⊙ (V δ^(next))\n" in derivation_text(derivation, layout="denominator")


def test_a_case_of_a_jacobian_has_no_matrix_form() -> None:
    for case in ("diagonal", "off_diagonal"):
        assert "layout" not in derivation_text(find(f"softmax_jacobian.{case}"))


def test_markdown_has_a_heading_for_each_branch_and_no_marks(softmax: Derivation) -> None:
    printed = derivation_markdown(softmax)
    assert [line for line in printed.splitlines() if line.startswith("#")] == [
        "## The Jacobian of softmax",
        "### The Jacobian of softmax: the case i = j",
        "### The Jacobian of softmax: the case i ≠ j",
    ]
    assert "Given: $i \\neq j$" in printed
    assert "gpchanged" not in printed
    assert printed.count("$") % 2 == 0


def test_an_inequality_and_a_lemma_are_shown() -> None:
    rule = Rule("bound", Text("a square is never negative", "平方不小于零"))
    steps = (Step("A1", c - c**2, c, (rule,), lemmas=("square",), relation=Relation.AT_MOST),)
    derivation = Derivation("bound", Text("A bound & more", "上界"), c - c**2, (), steps)
    assert " A1 ≤ c" in derivation_text(derivation)
    assert "a square is never negative; by square" in derivation_text(derivation)
    assert "平方不小于零；由 square" in derivation_text(derivation, "zh")
    assert r"&\leq c" in derivation_latex(derivation)


def test_a_statement_without_steps_is_printed_by_itself() -> None:
    derivation = Derivation("fact", Text("A fact", "事实"), Partial(L, c), (), ())
    assert derivation_text(derivation) == "A fact\n    ∂L/∂c\n"
    assert r"\frac{\partial L}{\partial c}" in derivation_latex(derivation)


@pytest.mark.parametrize(
    ("condition", "english", "chinese"),
    [
        (Equal(i, j), "i = j", "i = j"),
        (Different(i, j), "i ≠ j", "i ≠ j"),
        (Positive(x[i]), "x_i > 0", "x_i > 0"),
        (Negative(x[i]), "x_i < 0", "x_i < 0"),
        (NonZero(x[i] - c), "x_i − c ≠ 0", "x_i − c ≠ 0"),
        (
            Downstream(L, (p,)),
            "L depends on everything before only through p",
            "L 仅通过以下各量依赖于此前的一切：p",
        ),
    ],
)
def test_conditions(condition: object, english: str, chinese: str) -> None:
    assert tree_text(condition_tree(condition, "en")) == english  # type: ignore[arg-type]
    assert tree_text(condition_tree(condition, "zh")) == chinese  # type: ignore[arg-type]


def test_changed_parts() -> None:
    before = x[i] * y[i] - c * x[i]
    assert changed_parts(before, before) == ()
    assert changed_parts(before, z[i]) == ()  # all of it is new
    assert changed_parts(before, x[i] * z[i] - c * x[i]) == (z[i],)
    assert changed_parts(before, x[i] * (y[i] - c)) == (y[i] - c,)
    after = x[i] * y[i] - c * z[i]
    assert text(after, changed=changed_parts(before, after)) == "x_i y_i − c ⟦z_i⟧"


def test_a_change_inside_a_sum_is_marked() -> None:
    before, after = c * Sum(x[k] * y[k], k), c * Sum(x[k] * z[k], k)
    assert text(after, changed=changed_parts(before, after)) == "c Σ_{k=1..n} x_k ⟦z_k⟧"
