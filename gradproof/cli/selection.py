"""From the names on a command line to derivations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .exits import CommandError

if TYPE_CHECKING:
    from gradproof.derivations.calculus import Derivation


def select(names: Sequence[str]) -> tuple[Derivation, ...]:
    """The derivations of these names, each once and in this order; all of them if no name is given.

    Raises CommandError, with the nearest names, if there is no such derivation.
    """
    from gradproof.derivations import catalogue

    try:
        return tuple(map(catalogue.find, dict.fromkeys(names))) if names else tuple(catalogue.derivations())
    except catalogue.UnknownDerivation as error:
        raise CommandError(str(error)) from error
