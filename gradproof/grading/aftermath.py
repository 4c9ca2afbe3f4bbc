"""What follows from something wrong that was said before: an error counts once, and what rests on it is no second one.

A wrong claim is remembered as an equation A = B. A later member that is wrong follows from it if it is what the members
before it become when that equation is inserted, or a product of the claims made so far, as the chain rule makes it, or
what was asked with B in the place of the factor A.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from itertools import combinations
from typing import TypeVar

from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node

#: What is said of a line that rests on a wrong one, and of one that may.
FOLLOWS = "it follows from what was wrong before"
MAY_FOLLOW = "it may follow from what was wrong before"
#: The most claims whose products are tried.
_MOST = 4
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Asserted:
    """That one side is the other, as a submission says; `wrong` if it is not."""

    left: Node
    right: Node
    wrong: bool = False


def rests(
    wrong: list[int], members: list[Node], said: list[Asserted], equal: Callable[[Node, Node], bool]
) -> dict[int, str]:
    """Which of the wrong relations of a chain follow, or may follow, from wrong claims, with the words that say so.

    equal   whether two formulas are proved equal
    """
    found: dict[int, str] = {}
    if any(each.wrong for each in said):
        for step in wrong:
            if _follows(tuple(members[: step + 1]), members[step + 1], said, equal):
                found[step] = FOLLOWS
            elif any(each.wrong and each.left != members[0] for each in said):  # about something else
                found[step] = MAY_FOLLOW
    return found


def _follows(before: tuple[Node, ...], member: Node, said: list[Asserted], equal: Callable[[Node, Node], bool]) -> bool:
    """Whether a wrong member follows from wrong claims, by the members of its chain before it."""
    if any(equal(other, member) for other in _led_to(before, said)):
        return True
    wrong = [each for each in said if each.wrong]
    return any(equal(_times(member, each.left), _times(before[0], each.right)) for each in wrong)


def _led_to(before: tuple[Node, ...], said: list[Asserted]) -> Iterator[Node]:
    wrong: dict[Node, Node] = {each.left: s.Group("(", each.right) for each in said if each.wrong}
    for other in before:
        inserted = exchanged(other, wrong)
        if inserted != other:
            yield inserted
    recent = said[-_MOST:]
    for number in range(1, len(recent) + 1):
        for chosen in combinations(recent, number):
            if any(each.wrong for each in chosen):
                yield _times(*(each.right for each in chosen))


def _times(*factors: Node) -> Node:
    groups = tuple(s.Group("(", factor) for factor in factors)
    return s.Product(groups, ("",) * (len(groups) - 1)) if len(groups) > 1 else groups[0]


def exchanged(value: _T, instead: Mapping[Node, Node]) -> _T:
    """A formula with other formulas in the place of some of its parts."""
    if isinstance(value, Node):
        found = instead.get(value)
        if found is not None:
            return found  # type: ignore[return-value]
        changed = {field.name: exchanged(getattr(value, field.name), instead) for field in fields(value)}
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(exchanged(item, instead) for item in value)  # type: ignore[return-value]
    return value
