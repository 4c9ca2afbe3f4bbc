"""The formulas of the lines of a derivation, which are the same in every language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gradproof.derivations.calculus import Derivation
from gradproof.derivations.notation import display
from gradproof.derivations.notation.tree import Tree

from .cancelled import cancelled
from .changes import changed
from .symbols import letters


@dataclass(frozen=True, slots=True)
class ShownLine:
    """The line before with what cancels struck out, if anything does, and the line, with what changed marked."""

    cancelled: Tree | None
    formula: Tree


@dataclass(frozen=True, slots=True)
class Lines:
    """The left side, and a line for each step."""

    statement: Tree
    steps: tuple[ShownLine, ...]


@lru_cache(maxsize=1024)
def lines_of(part: Derivation, whole: Derivation) -> Lines:
    """The lines of a derivation or of a branch of it, with the letters of the whole."""
    chosen = letters(whole)
    steps = []
    for step in part.steps:
        before, after = display(step.before, letters=chosen), display(step.after, letters=chosen)
        steps.append(ShownLine(cancelled(before), changed(before, after)))
    return Lines(display(part.statement, letters=chosen), tuple(steps))
