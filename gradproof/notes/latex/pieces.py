"""Small pieces of the LaTeX file: prose, verdicts, and formulas that are broken over lines."""

from __future__ import annotations

from importlib.resources import files

from gradproof.derivations.notation import tree as t
from gradproof.derivations.notation import tree_latex
from gradproof.derivations.notation.tree import Tree
from gradproof.verify.verdict import Verdict

from ..tree import Badge, Formula, Mark, Prose
from .text import plain, prose

#: The colours of the preamble; a verdict that is not here is in vermilion.
COLOURS = {Verdict.PROVED: "gpgreen", Verdict.AGREES: "gpblue", Verdict.UNAVAILABLE: "gpmute", None: "gpmute"}

DOT = r" $\cdot$ "


def asset(name: str) -> str:
    """A file of LaTeX that comes with the package."""
    return files("gradproof.notes").joinpath(f"assets/latex/{name}").read_text(encoding="utf-8")


def badge_latex(badge: Badge) -> str:
    return rf"\gpbadge{{{COLOURS.get(badge.verdict, 'gpred')}}}{{{glyph(badge.verdict)}}}{{{prose_latex(badge.text)}}}"


def badge_words(badge: Badge) -> str:
    """A badge without its frame."""
    colour = COLOURS.get(badge.verdict, "gpred")
    return rf"\textcolor{{{colour}}}{{{glyph(badge.verdict)}\ {prose_latex(badge.text)}}}"


def mark_latex(mark: Mark) -> str:
    return rf"{glyph(mark.verdict)}\,\footnotesize\sffamily\color{{gpmute}}{plain(mark.label)}"


def glyph(verdict: Verdict | None) -> str:
    return rf"\gpmark{verdict.name.lower() if verdict else 'none'}{{}}"


def prose_latex(text: Prose, style: str = "") -> str:
    return "".join(f"${style}{tree_latex(part.tree)}$" if isinstance(part, Formula) else prose(part) for part in text)


def relation_latex(sign: str) -> str:
    """A relation without its sides."""
    return tree_latex(t.Relation(t.Words(""), sign, t.Words(""))).replace(r"\text{}", "").strip()


def broken(formula: Tree) -> str:
    """A formula over several lines: at the signs of its outermost sum, else between its factors."""
    match formula:
        case t.SignedSum(terms=terms) if len(terms) > 1:
            lines = []
            for place, term in enumerate(terms):
                sign = "-" if term.negative else ("+" if place else "")
                lines.append(rf"{'{}' if place else ''}{sign}{tree_latex(term.body)}")
            return r"\begin{aligned}[t]&" + r"\\&".join(lines) + r"\end{aligned}"
        case t.Product(factors=factors) if len(factors) > 1:
            middle = (len(factors) + 1) // 2
            first, second = t.Product(factors[:middle]), t.Product(factors[middle:])
            parts = [tree_latex(part if len(part.factors) > 1 else part.factors[0]) for part in (first, second)]
            return rf"\begin{{aligned}}[t]&{parts[0]}\\&\quad{{}}\cdot{parts[1]}\end{{aligned}}"
        case t.Marked(body=body):
            return broken(body)
        case t.Relation(left=t.Words(""), sign=sign, right=right):
            return rf"{relation_latex(sign)} {broken(right)}"
        case t.Relation(left=left, sign=sign, right=right):
            start, rest = tree_latex(left), rf"{relation_latex(sign)} {broken(right)}"
            return rf"\begin{{aligned}}[t]&{start}\\&\quad{{}}{rest}\end{{aligned}}"
    return tree_latex(formula)
