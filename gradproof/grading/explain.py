"""Why a line that fails might hold all the same: a fixed list of what people leave unsaid, tried one after the other.

An explanation is never an excuse: the line is said to hold only if the reader accepts the line of declarations that is
missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from gradproof.derivations.calculus import Domain
from gradproof.derivations.meaning import Glossary, Layout
from gradproof.derivations.meaning.context import Context
from gradproof.derivations.meaning.glossary import Head, Key
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node

from .indexed import entries_only
from .said import index_letters
from .status import LineReport, LineStatus

if TYPE_CHECKING:
    from .judge import Judge, Surroundings

Members = tuple[Node, Node, str]
#: Where entries live that sum to 1 as well.
_SUMMED = {Domain.REAL: Domain.SUMS_TO_ONE, Domain.POSITIVE: Domain.SIMPLEX}


def explained(judge: Judge, found: LineReport, members: Members, known: Surroundings) -> LineReport:
    """The report itself, or EQUAL_IF with the lines under which the relation holds."""
    left, right, sign = members
    trying = replace(judge, shown=False)
    for line, other in alternatives(left, right, known.glossary):
        again = trying.pair(left, right, sign, replace(known, glossary=other))
        if again.status.ok:
            reason = f"it holds if this is said: {line}"
            return replace(found, status=LineStatus.EQUAL_IF, reason=reason, add=(line,), reports=again.reports)
    return found


def alternatives(left: Node, right: Node, glossary: Glossary) -> Iterator[tuple[str, Glossary]]:
    """Each line that might be missing, and the glossary with it. What is said of whole arrays needs such arrays."""
    whole = not entries_only(glossary, left, right)
    if whole and not glossary.layout_declared and any(
        isinstance(node, s.Derivative) for side in (left, right) for node in s.walk(side)
    ):
        for layout in (Layout.NUMERATOR, Layout.DENOMINATOR):
            other = glossary.copy()
            other.layout = layout
            yield f"layout {layout.value}", other
    letters = sorted(index_letters(glossary, left, right))
    for place, first in enumerate(letters):
        for second in letters[place + 1 :] if not glossary.certain else ():
            other = glossary.copy()
            other.different.append((first, second))
            yield rf"{first} \ne {second}", other
    for key, head in heads_of(glossary, left, right).items():
        summed = _SUMMED.get(head.domain)
        if head.axes >= 1 and summed is not None and not glossary.unsummed:
            other = glossary.copy()
            other.heads[key] = replace(head, domain=summed)
            yield f"{spoken(key)} : onehot", other
        if head.axes == 2 and not head.symmetric:
            other = glossary.copy()
            other.heads[key] = replace(head, symmetric=True)
            yield f"{spoken(key)} : sym", other
    if not whole:
        return
    other = glossary.copy()
    other.elementwise = True
    yield r"the product is meant entry by entry (\odot)", other
    for letter in letters:
        other = glossary.copy()
        other.suppressed = letter
        yield f"the index {letter} is left out", other


def heads_of(glossary: Glossary, *sides: Node) -> dict[Key, Head]:
    """The names without definitions that a relation reaches."""
    context = Context(glossary)
    for formula in (*(definition.formula for definition in glossary.definitions.values()), *sides):
        context.observe(formula)
    known = {key: head for key, head in glossary.heads.items() if key not in glossary.definitions}
    return known | {key: context.head(key) for key in context.undeclared}


def spoken(key: Key) -> str:
    """A name as it is written in a declaration."""
    head, font = key
    return rf"\mathbf{{{head}}}" if font else head
