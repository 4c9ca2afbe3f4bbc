"""The result of a derivation with matrices, in the layouts that differ."""

from __future__ import annotations

from gradproof.derivations.calculus import Derivation
from gradproof.derivations.notation import Layout, matrix_line, tree

from .tree import MatrixForm
from .wording import words

_LAYOUTS: tuple[Layout, ...] = ("numerator", "denominator")


def matrix_forms(derivation: Derivation, language: str) -> tuple[MatrixForm, ...]:
    """The result as vectors and matrices; none for a scalar, and none where matrix operations do not express it.

    Both layouts of a derivative, each with its name, where they differ.
    """
    found: dict[tree.Tree, list[str]] = {}
    for layout in _LAYOUTS:
        line = matrix_line(derivation, layout)
        if line is not None:
            found.setdefault(line, []).append(words(layout, language))
    return tuple(MatrixForm(names[0] if len(names) == 1 else "", line) for line, names in found.items())
