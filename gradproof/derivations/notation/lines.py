"""A derivation as a chain of lines with reasons: for LaTeX, Markdown and terminals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gradproof.derivations.calculus import Derivation, Dim, Relation, Step, Text

from .conditions import condition_tree
from .display import display
from .latex import escaped, tree_latex
from .letters import letters_by_size
from .marks import changed_parts
from .matrix import Layout
from .matrix_line import matrix_line
from .text import tree_text
from .tree import Tree
from .wrapping import wrapped

_GIVEN = Text("Given", "条件")
_BY_LEMMA = Text("by {names}", "由 {names}")
_MATRICES = {
    "numerator": Text("with matrices, numerator layout", "矩阵形式，分子布局"),
    "denominator": Text("with matrices, denominator layout", "矩阵形式，分母布局"),
}
_PLAIN_MATRICES = Text("with matrices", "矩阵形式")
_TEXTBOOK = Text("the form in textbooks", "教科书中的形式")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chain: what stands after the sign, with what changed marked, and the reason."""

    id: str
    sign: str
    right: Tree
    reason: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A derivation ready to be printed; all lines share the letters of their sums."""

    title: str
    left: Tree
    lines: tuple[Line, ...]
    given: tuple[Tree, ...]
    matrices: Tree | None
    layout: str


def letters_of(derivation: Derivation) -> Mapping[Dim, tuple[str, ...]]:
    """Letters for the bound indices of all lines of a derivation and of its branches, for `display(letters=...)`."""
    lines = [line for part in derivation.walk() for line in (part.statement, *(step.after for step in part.steps))]
    lines += [part.textbook for part in derivation.walk() if part.textbook is not None]
    return letters_by_size(lines)


def chains(derivation: Derivation, language: str, marked: bool = True, layout: Layout = "numerator") -> Iterator[Chain]:
    """The chain of a derivation, then those of its branches. Raises ValueError for a language without texts."""
    letters = letters_of(derivation)
    for part in derivation.walk():
        lines = [_line(step, language, letters, marked) for step in part.steps]
        if part.textbook is not None and part.textbook != part.result:
            right = display(part.textbook, letters=letters)
            lines.append(Line("", Relation.EQUAL.value, right, _TEXTBOOK.in_language(language)))
        given = tuple(condition_tree(condition, language) for condition in part.given)
        left = display(part.statement, letters=letters)
        called = (_PLAIN_MATRICES if part.by is None else _MATRICES[layout]).in_language(language)
        yield Chain(part.title.in_language(language), left, tuple(lines), given, matrix_line(part, layout), called)


def reason(step: Step, language: str) -> str:
    """Why a step is right: the texts of its rules, and the lemmas that it used."""
    parts = [rule.text.in_language(language) for rule in step.rules]
    if step.lemmas:
        parts.append(_BY_LEMMA.in_language(language).format(names=", ".join(step.lemmas)))
    return ("；" if language == "zh" else "; ").join(parts)


def derivation_latex(
    derivation: Derivation, language: str = "en", marked: bool = True, layout: Layout = "numerator"
) -> str:
    r"""One align* environment for the derivation and for each branch, with the reasons at the right.

    Changed parts are ``\gpchanged{…}`` if `marked`; see `latex.CHANGED_MACRO`. Chinese needs a document with Chinese
    fonts.
    """
    return "\n\n".join(map(_align, chains(derivation, language, marked, layout)))


def derivation_markdown(derivation: Derivation, language: str = "en", layout: Layout = "numerator") -> str:
    """A heading and a list of lines for the derivation and for each branch, formulas as ``$…$``, nothing marked."""
    parts = []
    for level, chain in enumerate(chains(derivation, language, False, layout)):
        lines = [f"{'##' if level == 0 else '###'} {chain.title}", ""]
        if chain.given:
            given = ", ".join(f"${tree_latex(tree)}$" for tree in chain.given)
            lines += [f"{_GIVEN.in_language(language)}: {given}", ""]
        lines.append(f"$${tree_latex(chain.left)}$$\n")
        for line in chain.lines:
            name = f"**{line.id}** " if line.id else ""
            lines.append(f"- {name}${_latex_sign(line.sign)} {tree_latex(line.right)}$ — {line.reason}")
        if chain.matrices is not None:
            lines.append(f"\n{chain.layout}: ${tree_latex(chain.matrices)}$")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def derivation_text(derivation: Derivation, language: str = "en", width: int = 80, layout: Layout = "numerator") -> str:
    """The derivation and its branches as text for a terminal of `width` columns; changed parts stand in ⟦⟧."""
    parts = []
    for chain in chains(derivation, language, layout=layout):
        lines = [chain.title]
        if chain.given:
            given = ", ".join(map(tree_text, chain.given))
            lines += wrapped(f"{_GIVEN.in_language(language)}: {given}", width, "", "    ")
        lines += wrapped(tree_text(chain.left), width, "    ", "      ")
        for line in chain.lines:
            lines += wrapped(f"{line.sign} {tree_text(line.right)}", width, f"{line.id:>3} ", "      ")
            lines += wrapped(line.reason, width, "        ", "        ")
        if chain.matrices is not None:
            lines += wrapped(tree_text(chain.matrices), width, "    ", "      ")
            lines += wrapped(chain.layout, width, "        ", "        ")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _line(step: Step, language: str, letters: Mapping[Dim, tuple[str, ...]], marked: bool) -> Line:
    changed = changed_parts(step.before, step.after) if marked else ()
    right = display(step.after, changed, letters=letters)
    return Line(step.id, step.relation.value, right, reason(step, language))


def _align(chain: Chain) -> str:
    rows = []
    for place, line in enumerate(chain.lines):
        left = tree_latex(chain.left) if place == 0 else ""
        rows.append(f"{left} &{_latex_sign(line.sign)} {tree_latex(line.right)} && \\text{{{escaped(line.reason)}}}")
    if not rows:
        rows = [tree_latex(chain.left)]
    if chain.matrices is not None:
        rows.append(f"&\\phantom{{{{}}={{}}}} {tree_latex(chain.matrices)} && \\text{{{escaped(chain.layout)}}}")
    body = " \\\\\n  ".join(rows)
    return f"\\begin{{align*}}\n  {body}\n\\end{{align*}}"


def _latex_sign(sign: str) -> str:
    return {"≤": r"\leq", "≥": r"\geq"}.get(sign, sign)
