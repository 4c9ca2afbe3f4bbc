"""A derivation shows itself in a notebook: every line with its reason, well-formed, and nothing that MathJax lacks."""

from html import unescape
from xml.etree import ElementTree

import pytest

from gradproof.derivations import find
from gradproof.derivations.catalogue import derivations
from gradproof.derivations.notation.fragment import derivation_html


def _cells(markup: str) -> list[list[str]]:
    tree = ElementTree.fromstring(f"<div>{unescape_entities(markup)}</div>")
    return [["".join(cell.itertext()) for cell in row] for row in tree.iter("tr")]


def unescape_entities(markup: str) -> str:
    """Named entities as characters, but for the five that XML knows."""
    kept = {"&lt;": "\0l", "&gt;": "\0g", "&amp;": "\0a", "&quot;": "\0q"}
    for name, mark in kept.items():
        markup = markup.replace(name, mark)
    markup = unescape(markup)
    for name, mark in kept.items():
        markup = markup.replace(mark, name)
    return markup


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_line_of_every_entry_is_shown_with_its_reason(language):
    for derivation in derivations():
        rows = _cells(derivation_html(derivation, language))
        steps = [step for part in derivation.walk() for step in part.steps]
        shown = {row[0]: row for row in rows}
        for step in steps:
            assert step.rules[0].text.in_language(language) in shown[step.id][2]


def test_a_notebook_gets_html_and_latex_without_private_macros():
    derivation = find("softmax_jacobian")
    assert "<math" in derivation._repr_html_()
    assert "\\gpchanged" not in derivation._repr_latex_()
    assert "\\gpchanged" in derivation.latex()
    assert "δ" in derivation.text()


def test_another_result_is_another_page():
    assert find("softmax_jacobian.diagonal")._repr_html_() != find("softmax_jacobian.off_diagonal")._repr_html_()
