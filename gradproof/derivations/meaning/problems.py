"""Why a formula has no meaning here: something is not declared, does not fit, or is not understood."""

from __future__ import annotations

from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node
from gradproof.derivations.notation.reading.unreadable import NOWHERE


class Problem(Exception):  # noqa: N818 - answers, not mishaps
    """A reason with the place that it concerns. The text says what is there and, after a semicolon, the way out."""

    def __init__(self, message: str, span: Span = NOWHERE) -> None:
        super().__init__(message)
        self.span = span


class Needs(Problem):
    """A declaration is missing; with it the line could be decided."""


class ShapeClash(Problem):
    """Shapes that do not fit together; the text names both."""


class RankClash(ShapeClash):
    """Sides with different numbers of axes: a matrix against a vector."""


class NotUnderstood(Problem):
    """Notation that was read but has no meaning here."""


def described(node: Node) -> str:
    """What a node is, in words."""
    return {
        s.Listing: "a list",
        s.Chain: "a relation",
        s.Words: "text",
        s.Dots: "an ellipsis",
        s.Factorial: "a factorial",
        s.Evaluated: "a value at a point",
        s.Decorated: "this mark",
        s.Group: "this bracket",
    }.get(type(node), "this")
