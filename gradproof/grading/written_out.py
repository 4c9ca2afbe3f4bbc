"""What is said of a relation that is written out at small sizes: it agrees, is refuted, or raises a question."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gradproof.derivations.meaning import Glossary
from gradproof.derivations.notation.reading.syntax import Node
from gradproof.derivations.notation.reading.unreadable import NOWHERE

from . import recursions, small_sizes
from .about_places import entries, placed
from .places import Instance, NotExpanded
from .status import LineReport, LineStatus

if TYPE_CHECKING:
    from .judge import Judge, Surroundings


@dataclass(frozen=True, slots=True)
class Way:
    """How relations are written out: at which sizes, and the relation at each of them.

    ordered   whether places have an order
    doubtful  whether a_1 may be another name, so that nothing is refuted
    """

    sizes: tuple[int, ...]
    instances: Callable[[Node, Node, Glossary], Iterator[Instance]]
    ordered: bool = False
    doubtful: bool = False


_RECURSION = Way(recursions.SIZES, recursions.instances, ordered=True)
_PLACES = Way(small_sizes.SIZES, small_sizes.instances)
_ENTRIES = Way(small_sizes.SIZES, small_sizes.instances, doubtful=True)


def way_of(left: Node, right: Node, glossary: Glossary) -> Way | None:
    """How a relation is written out; None for one that has a meaning at symbolic sizes."""
    if recursions.recursive(left, right, glossary):
        return _RECURSION
    if placed(left, right, glossary):
        return _PLACES
    return _ENTRIES if entries(left, right, glossary) else None


def written_out(judge: Judge, left: Node, right: Node, known: Surroundings, way: Way) -> LineReport:
    """What is said of the relation. It is refuted only if it fails at the largest size as well."""
    if known.conditions or known.glossary.different:
        return LineReport(LineStatus.UNDECIDED, 0, NOWHERE, "places under a condition are not written out")
    last = 0
    sizes: set[int] = set()
    failing: tuple[LineReport, str] | None = None
    try:
        for at in way.instances(left, right, known.glossary):
            found = judge.pair(at.left, at.right, "=", replace(known, glossary=at.glossary))
            sizes.add(at.size)
            if found.status is LineStatus.REFUTED:
                failing, last = failing or (found, at.words), at.size
            elif not found.status.ok:
                return replace(found, reason=f"at {at.words}: {found.reason}".rstrip(": "))
    except NotExpanded as problem:
        return LineReport(LineStatus.UNDECIDED, 0, NOWHERE, f"not written out: {problem}")
    if failing is None:
        if not sizes:
            return LineReport(LineStatus.VACUOUS, 0, NOWHERE, "there is no size at which it says anything")
        if len(sizes) == 1:
            return LineReport(LineStatus.UNDECIDED, 0, NOWHERE, "it says something at one size only, and holds there")
        reason = f"written out for sizes up to {way.sizes[-1]}, which is no proof for all"
        return LineReport(LineStatus.AGREES, 0, NOWHERE, reason)
    report, words = failing
    if way.ordered and recursions.unordered(left, right, known.glossary):
        return replace(report, status=LineStatus.NEEDS, reason=f"it fails at {words}; which place is first?")
    if way.doubtful:
        reason = (
            f"it fails at {words} if the numbers below are places of an array; if they are labels, declare the names"
        )
        return replace(report, status=LineStatus.NEEDS, reason=reason)
    if unknown := small_sizes.undeclared(left, right, known.glossary):
        reason = f"it fails at {words}; how large is {', '.join(unknown)}?"
        return replace(report, status=LineStatus.NEEDS, reason=reason)
    if last < way.sizes[-1]:
        reason = f"it fails at {words}, but holds at larger sizes; from which size on is it meant?"
        return replace(report, status=LineStatus.NEEDS, reason=reason)
    return replace(report, reason=f"at {words}")
