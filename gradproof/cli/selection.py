"""From the names on a command line to derivations."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from .exits import CommandError

if TYPE_CHECKING:
    from gradproof.derivations.calculus import Derivation


def select(names: Sequence[str]) -> tuple[Derivation, ...]:
    """The derivations of these names, each once and in this order; all of them if no name is given.

    Raises CommandError, with the nearest names, if there is no such derivation.
    """
    from gradproof.derivations import catalogue

    known = catalogue.names()
    for name in names:
        if name not in known and not _is_case(name):
            raise CommandError(unknown(name, known))
    return tuple(catalogue.find(name) for name in dict.fromkeys(names or known))


def unknown(name: str, known: Sequence[str]) -> str:
    """What to say of a name that does not exist."""
    near = get_close_matches(name, known, n=3, cutoff=0.5) or [each for each in known if name and name in each][:3]
    hint = f"did you mean {' or '.join(near)}?" if near else "gradproof list shows all of them"
    return f"there is no derivation {name!r}; {hint}"


def _is_case(name: str) -> bool:
    """Whether the name is that of a case, such as softmax_jacobian.diagonal, which `names()` does not list."""
    from gradproof.derivations import catalogue

    entry, dot, _ = name.partition(".")
    return bool(dot) and entry in catalogue.names() and name in {each.name for each in catalogue.find(entry).walk()}
