"""What is struck out: it stands above and below, and the line with it says what the line before says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation, Step
from gradproof.derivations.meaning import Value
from gradproof.derivations.notation import display, tree_latex, tree_mathml, tree_text
from gradproof.derivations.notation import tree as t
from gradproof.notes import build, html, latex
from gradproof.notes.cancelled import cancelled
from gradproof.notes.changes import unmarked

from ..derivations.meaning.conftest import meaning_in
from ..derivations.meaning.test_round_trip import as_written, glossary_of, same

STRUCK = [
    (part, step)
    for derivation in catalogue.derivations()
    for part in derivation.walk()
    for step in part.steps
    if cancelled(display(step.before)) is not None
]


def test_the_lines_in_which_something_cancels() -> None:
    names = {part.name for part, _ in STRUCK}
    assert {"cross_entropy_gradient", "binary_cross_entropy_gradient", "logistic_regression_logits"} <= names


@pytest.mark.parametrize(("part", "step"), STRUCK, ids=[f"{part.name}:{step.id}" for part, step in STRUCK])
def test_the_line_says_what_the_line_before_says(part: Derivation, step: Step) -> None:
    """It is read back as any reader's LaTeX is, and proved equal."""
    shown = cancelled(display(step.before))
    assert shown is not None
    found = meaning_in(glossary_of(step.before, step.after), tree_latex(unmarked(shown)))
    assert isinstance(found, Value) and not found.axes
    assert same(as_written(found.expression, step.before, step.after), step.before, part.given)


@pytest.mark.parametrize(("part", "step"), STRUCK, ids=[f"{part.name}:{step.id}" for part, step in STRUCK])
def test_what_is_struck_stands_above_and_below(part: Derivation, step: Step) -> None:
    shown = cancelled(display(step.before))
    assert shown is not None
    products = list(struck_in(shown))
    assert all(sorted(above) == sorted(below) for above, below in products)
    marks = sum(isinstance(node, t.Marked) for node in t.walk(shown))
    assert sum(len(above) + len(below) for above, below in products) == marks > 0


Struck = tuple[list[str], list[str]]


def struck_in(node: object) -> Iterator[Struck]:
    """What is struck above and below the bar of each product, seen as one fraction."""
    rest: list[object] = []
    yield sides(node, rest)
    for part in rest:
        for child in t.children(part):
            yield from struck_in(child)


def sides(node: object, rest: list[object]) -> Struck:
    """The same of a product as a whole; what stands in it and is none joins the rest."""
    match node:
        case t.Marked(body=body, struck=True):
            return [tree_text(body).strip("()")], []
        case t.Product(factors=factors):
            found = [sides(factor, rest) for factor in factors]
            return [each for above, _ in found for each in above], [each for _, below in found for each in below]
        case t.Fraction(numerator=numerator, denominator=denominator):
            (up, down), (below, above) = sides(numerator, rest), sides(denominator, rest)
            return [*up, *above], [*down, *below]
    rest.append(node)
    return [], []


def test_cross_entropy_as_on_paper() -> None:
    step = next(step for part, step in STRUCK if part.name == "cross_entropy_gradient")
    shown = cancelled(display(step.before))
    assert shown is not None
    assert tree_latex(shown) == (r"-\sum_{k=1}^n \gpstruck{p_k} (\delta_{jk} - p_j) \frac{y_k}{\gpstruck{p_k}}")
    assert tree_mathml(shown).count('class="struck"') == 2
    assert "⟦" not in tree_text(shown)


def test_where_nothing_cancels_nothing_is_struck() -> None:
    for name in ("softmax_jacobian", "mse_gradient", "layer_weights"):
        derivation = catalogue.find(name)
        assert not any(cancelled(display(step.before)) for step in derivation.steps)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_printers_show_it_without_a_verdict(language: str) -> None:
    document = build([catalogue.find("cross_entropy_gradient")], {}, language)
    page, file = html(document), latex(document)
    why = {"en": "what is struck out cancels", "zh": "划去的因子相消"}[language]
    (row,) = re.findall(rf"<li[^>]*>(?:(?!<li).)*{why}.*?</li>", page, flags=re.DOTALL)
    assert 'class="mark' not in row and '<span class="id"></span>' in row
    assert rf"}}{{}}{{{why}}}" in file and file.count(r"\gpstruck{p_k}") >= 2
