"""A derivation as a piece of HTML for a notebook: a table of lines with MathML, without styles or scripts of a page."""

from __future__ import annotations

from html import escape

from gradproof.derivations.calculus import Derivation

from .lines import Chain, chains
from .mathml import math_element


def derivation_html(derivation: Derivation, language: str = "en") -> str:
    """The derivation and its branches, each as a captioned table: name of the step, formula, reason."""
    return "\n".join(map(_table, chains(derivation, language)))


def _table(chain: Chain) -> str:
    given = "".join(f" {math_element(tree, display_style=False)}" for tree in chain.given)
    rows = [f"<tr><td></td><td>{math_element(chain.left, display_style=False)}</td><td></td></tr>"]
    for line in chain.lines:
        formula = f"{escape(line.sign)} {math_element(line.right, display_style=False)}"
        rows.append(f"<tr><td>{escape(line.id)}</td><td>{formula}</td><td>{escape(line.reason)}</td></tr>")
    caption = f"<caption><b>{escape(chain.title)}</b>{given}</caption>"
    return f'<table class="gradproof">{caption}<tbody>{"".join(rows)}</tbody></table>'
