"""From the names on a command line to derivations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .exits import CommandError

if TYPE_CHECKING:
    from gradproof.derivations.calculus import Derivation


def select(names: Sequence[str], chapters: Sequence[str] = ()) -> tuple[Derivation, ...]:
    """The derivations of these chapters, by number or name, then those of these names, each once and in this order.

    All derivations if neither is given. Raises CommandError, with what there is, for one that there is not.
    """
    from gradproof.derivations import catalogue

    if not names and not chapters:
        return tuple(catalogue.derivations())
    try:
        whole = (entry for each in chapters for entry in catalogue.chapter(each.strip()).derivations)
        found = {entry.name: entry for entry in (*whole, *map(catalogue.find, names))}
    except (catalogue.UnknownDerivation, catalogue.UnknownChapter) as error:
        raise CommandError(str(error)) from error
    return tuple(found.values())
