"""What the docstring of a module says that it computes, as expressions of the calculus.

The formula is read and understood as any text is: through a glossary, here of the declarations of a `Spec`. What does
not come to a meaning is said with its reason, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sympy import Expr

from gradproof.derivations.calculus import Entry, Index, free_indices
from gradproof.derivations.calculus.rewriting import rewrite
from gradproof.derivations.meaning import Again, Context, Glossary, NotUnderstood, Problem, Translator, declared
from gradproof.derivations.meaning.definitions import add_definition
from gradproof.derivations.meaning.references import letters_of
from gradproof.derivations.notation.reading import Statement, read, read_formula
from gradproof.derivations.notation.reading import syntax as s

from .docstrings import Formula
from .labels import without_labels
from .spec import Spec

#: Translations until sizes come to rest.
_ROUNDS = 20
#: A condition such as \text{if reduction} = \text{`mean';} becomes one between names.
_REDUCTION = re.compile(r"\\text\{if reduction\} = \\text\{`(\w+)'[;.]?\}")


class NoFormula(Exception):  # noqa: N818 - an answer
    """The docstring has no such formula, or it has no meaning; the text says why."""


@dataclass(frozen=True, slots=True)
class Documented:
    """A formula of the docstring as it stands there, and what it means."""

    text: str
    expression: Expr


def documented(spec: Spec, formulas: tuple[Formula, ...]) -> tuple[tuple[Documented, ...], tuple[str, ...]]:
    """All that the docstring says the call computes, and what of it is not understood, with the reasons.

    Raises NoFormula where nothing is left.
    """
    equations = [equation for formula in formulas for equation in _equations(spec, formula)]
    if not equations:
        raise NoFormula(f"no formula that begins with {spec.defines} is read: {_unread(spec, formulas)}")
    if spec.which is not None:
        equations = equations[spec.which : spec.which + 1]
    understood: list[Documented] = []
    reasons: list[str] = []
    for written, left, member in ((text, left, right) for text, left, members in equations for right in members):
        try:
            glossary = _glossary(spec, formulas)
            body: s.Node = without_labels(member, spec.labels)
            if spec.reduction:
                for name in (left, _all_of(left)):
                    add_definition(glossary, name, body)
                body = without_labels(_reduction(spec, formulas), spec.labels)
            understood.append(_meaning(written, left, body, glossary))
        except (Problem, NoFormula, ValueError) as problem:
            reasons.append(f"{written}: {problem}")
    if not understood:
        raise NoFormula("; ".join(reasons))
    return tuple(understood), tuple(reasons)


def _glossary(spec: Spec, formulas: tuple[Formula, ...]) -> Glossary:
    """The declarations, and what the docstring defines elsewhere: α = 1.67…, d(x, y) = …"""
    glossary, _ = declared(spec.declarations)
    for formula in formulas:
        for part in _read(spec, formula):
            match part.formula:
                case s.Chain(members=(s.Node() as left, s.Node() as right), signs=("=",)):
                    if _head(left) in spec.defined:
                        add_definition(glossary, left, right)
    return glossary


def _read(spec: Spec, formula: Formula) -> Iterator[Statement]:
    for part in read(_spelled(spec, formula.text), words=spec.words):
        if isinstance(part, Statement):
            yield part


def _spelled(spec: Spec, text: str) -> str:
    text = _REDUCTION.sub(r"\\text{if } \\text{reduction} = \\text{by_\1}", text)
    for written, meant in spec.spelled.items():
        text = text.replace(written, meant)
    return text


def _equations(spec: Spec, formula: Formula) -> Iterator[tuple[str, s.Node, tuple[s.Node, ...]]]:
    """The equations of a formula that say what the call computes: its text, left side and other members."""
    text = _spelled(spec, formula.text)
    for part in _read(spec, formula):
        written = " ".join(text[part.span.start : part.span.end].split())
        match part.formula:
            case s.Chain(members=(left, *_), signs=signs) if set(signs) == {"="} and left is not None:
                if _is_head(_head(left), spec.defines) and not any(map(_is_reduction, part.formula.members)):
                    yield written, left, tuple(member for member in part.formula.members[1:] if member is not None)
            case expression if written.startswith(spec.defines) and "\\" in spec.defines:
                yield written, s.Name(""), (expression,)


def _unread(spec: Spec, formulas: tuple[Formula, ...]) -> str:
    for formula in formulas:
        for part in read(_spelled(spec, formula.text), words=spec.words) if formula.block else ():
            if not isinstance(part, Statement):
                return part.message
    return "the docstring has none"


def _head(node: s.Node) -> str:
    """The name at the left of an equation: ELU of ELU(x), l of l_n."""
    while not isinstance(node, s.Name):
        match node:
            case s.Attached(head=inner) | s.Scripts(base=inner) | s.Apply(function=inner):
                node = inner
            case _:
                return ""
    return node.text


def _is_head(head: str, wanted: str) -> bool:
    """Whether this is the name; a word may be in capitals, which differ between docstrings, and l is not L."""
    return head == wanted or (len(wanted) > 1 and head.lower() == wanted.lower())


def _is_reduction(node: s.Node | None) -> bool:
    """Whether these are the cases of what `reduction` may be."""
    rows = node.rows if isinstance(node, s.Cases) else ()
    return any(isinstance(row.condition, s.Chain) and row.condition.members[0] == _REDUCED for row in rows)


_REDUCED = read_formula(r"\text{reduction}")


def _reduction(spec: Spec, formulas: tuple[Formula, ...]) -> s.Node:
    """How the docstring writes the reduction of the call."""
    wanted = read_formula(rf"\text{{reduction}} = \text{{by_{spec.reduction}}}")
    found = []
    for formula in formulas:
        for part in _read(spec, formula):
            if isinstance(part.formula, s.Chain):
                cases = [node for node in part.formula.members if isinstance(node, s.Cases)]
                found += [row.value for node in cases for row in node.rows if row.condition == wanted]
    if not found:
        raise NoFormula(f"no formula says what the reduction {spec.reduction} is")
    return found[spec.which or 0]


def _all_of(left: s.Node) -> s.Node:
    """L_n for l_n: all the losses as one array."""
    if not (isinstance(left, s.Scripts) and left.base == s.Name("l")):
        raise NoFormula("what is reduced is not l_n")
    return replace(left, base=s.Name("L"))


def _meaning(text: str, left: s.Node, formula: s.Node, glossary: Glossary) -> Documented:
    """The formula with the axes i, j, …: in the order of the subscripts of the left side, l_{n,c}, or of its arrays."""
    letters = letters_of(left.lower) if isinstance(left, s.Scripts) and left.lower is not None else ()
    order = [part.text for part in letters if isinstance(part, s.Name)]
    for _ in range(_ROUNDS):
        glossary.sorts.start_again()
        context = Context(glossary, borders=True)
        context.observe(formula)
        try:
            value = Translator(context).value(formula)
        except Again:
            continue
        if context.undeclared:
            names = ", ".join(sorted(head for head, _ in context.undeclared))
            raise NoFormula(f"nothing says what {names} is")
        free = sorted(free_indices(value.expression) - set(value.axes), key=lambda index: str(index.name))
        free.sort(key=lambda index: order.index(index.name) if index.name in order else -1)
        axes = {axis: Index(letter, axis.dim) for axis, letter in zip((*free, *value.axes), "ijk", strict=False)}
        return Documented(text, inserted(value.expression.xreplace(axes)))
    raise NotUnderstood("the sizes do not come to rest", formula.span)


def inserted(expression: Expr) -> Expr:
    """The expression with the definitions of all names in it inserted."""

    def insert(part: Expr) -> Expr:
        if isinstance(part, Entry) and part.tensor.definition is not None:
            return inserted(part.tensor.body(*part.indices))
        return part

    return rewrite(expression, insert)
