"""The formulas of a submission as MathML, and the part of a wrong one that departs from what would be right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from gradproof.derivations.meaning import Problem
from gradproof.derivations.notation.reading import Macros, Span, Unreadable, read_formula
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.unreadable import NOWHERE
from gradproof.derivations.notation.written import written_mathml

from ..exercise import Exercise
from ..marks import Line
from .safe import clean

#: A part is marked only if it is less than this share of its formula.
_PART = 0.5


def formula_of(text: str, macros: Macros) -> s.Node | None:
    """The formula that a person wrote, as it was read; None if it is not one formula."""
    try:
        return read_formula(clean(text), macros=macros)
    except Unreadable:
        return None


def shown(text: str, macros: Macros, marked: Iterable[Span] = ()) -> str:
    """The formula of a text as a ``<math>`` element; empty if it cannot be read."""
    formula = formula_of(text, macros)
    return "" if formula is None else written_mathml(formula, frozenset(marked))


def departure(line: Line, exercise: Exercise, macros: Macros) -> frozenset[Span]:
    """The places in the right side of a wrong line where it departs from the line before, or from the result.

    The nearest of these right forms counts. Empty if it departs altogether.
    """
    wrong = formula_of(line.finding.right, macros)
    if wrong is None:
        return frozenset()
    found = [differences(wrong, right) for right in _right_forms(line, exercise, macros)]
    best = min(found, key=_weight, default=())
    if not best or _weight(best) > _PART * _size(wrong):
        return frozenset()
    return frozenset(node.span for node in best) - {NOWHERE}


def _right_forms(line: Line, exercise: Exercise, macros: Macros) -> Iterator[s.Node]:
    before = formula_of(line.finding.left, macros)
    if before is not None:
        yield before
    try:
        yield from exercise.answers(tuple(str(index.name) for index in exercise.letters))
    except (Problem, Unreadable, ValueError):
        return


def differences(node: s.Node, other: s.Node) -> tuple[s.Node, ...]:
    """The parts of a formula that another does not have at the same place, as small as they can be."""
    if node == other:
        return ()
    match node, other:
        case s.Sum(), s.Sum():
            return _unpaired(_terms(node), _terms(other)) or (node,)
        case s.Product(), s.Product() if set(node.signs) <= {"", "·"} and set(other.signs) <= {"", "·"}:
            factors = [(factor, "") for factor in node.factors]
            return _unpaired(factors, [(factor, "") for factor in other.factors]) or (node,)
    if type(node) is not type(other) or isinstance(node, (s.Name, s.Number, s.Words)):
        return (node,)
    inside, beside = list(s.children(node)), list(s.children(other))
    if len(inside) != len(beside) or not inside:
        return (node,)
    return tuple(part for one, two in zip(inside, beside, strict=True) for part in differences(one, two)) or (node,)


def _terms(node: s.Sum) -> list[tuple[s.Node, str]]:
    return list(zip(node.terms, node.signs, strict=True))


def _unpaired(mine: list[tuple[s.Node, str]], theirs: list[tuple[s.Node, str]]) -> tuple[s.Node, ...]:
    """The parts that differ once equal ones are set aside; of two with another sign the whole."""
    common = Counter(theirs)
    left: list[tuple[s.Node, str]] = []
    for each in mine:
        if common[each] > 0:
            common[each] -= 1
        else:
            left.append(each)
    rest = list(common.elements())
    found: list[s.Node] = []
    for (one, sign), (two, other) in zip(left, rest, strict=False):
        found += differences(one, two) if sign == other else [one]
    return (*found, *(one for one, _ in left[len(rest) :]))


def _weight(nodes: Iterable[s.Node]) -> int:
    return sum(map(_size, nodes))


def _size(node: s.Node) -> int:
    return sum(1 for _ in s.walk(node))
