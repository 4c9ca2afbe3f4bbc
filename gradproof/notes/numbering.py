"""The numbers of chapters and sections: those of the catalogue, so that 3.1 is 3.1 in every selection of the notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gradproof.derivations.calculus import Derivation, Text
from gradproof.derivations.catalogue import chapters


@dataclass(frozen=True, slots=True)
class Group:
    """The chosen derivations of a chapter, each with its number, such as "3.1"."""

    number: str
    name: str
    title: Text
    entries: tuple[tuple[str, Derivation], ...]


def numbered(derivations: Sequence[Derivation]) -> tuple[Group, ...]:
    """The derivations by chapter, in the order in which the chapters are first met.

    An entry is known by its name: one in a lecturer's own symbols stays where it is. What is not of the catalogue has a
    chapter of its own, whose number follows on the largest one in use.
    """
    places = {
        derivation.name: (number, place)
        for number, chapter in enumerate(chapters(), start=1)
        for place, derivation in enumerate(chapter.derivations, start=1)
    }
    own = max((places[each.name][0] for each in derivations if each.name in places), default=0) + 1
    groups: dict[int, list[tuple[str, Derivation]]] = {}
    for derivation in derivations:
        number, place = places.get(derivation.name, (own, 0))
        inside = groups.setdefault(number if place else 0, [])
        inside.append((f"{number}.{place or len(inside) + 1}", derivation))
    return tuple(_group(number, own, entries) for number, entries in groups.items())


def _group(number: int, own: int, entries: list[tuple[str, Derivation]]) -> Group:
    if number == 0:
        return Group(str(own), "own", Text("Derivations", "推导"), tuple(entries))
    chapter = chapters()[number - 1]
    return Group(str(number), chapter.name, chapter.title, tuple(entries))
