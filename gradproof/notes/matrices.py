"""The result of a derivation with matrices, in the layouts that differ."""

from __future__ import annotations

from collections.abc import Sequence

from gradproof.derivations.calculus import Derivation, Entry, Partial
from gradproof.derivations.notation import Layout, display, matrix_line, tree
from gradproof.derivations.notation.names import written

from .symbols import filled, symbol_of
from .tree import MatrixForm, Prose
from .wording import words

_LAYOUTS: tuple[Layout, ...] = ("numerator", "denominator")


def matrix_forms(derivation: Derivation, language: str, layout: Layout | None = None) -> tuple[MatrixForm, ...]:
    """The result as vectors and matrices; none for a scalar, and none where matrix operations do not express it.

    layout    the one to show; None: both layouts of a derivative
    Each has its name where they differ.
    """
    found: dict[tree.Tree, list[str]] = {}
    for each in _LAYOUTS:
        line = matrix_line(derivation, each)
        if line is not None:
            found.setdefault(line, []).append(each)
    shown = {line: layouts for line, layouts in found.items() if layout is None or layout in layouts}
    return tuple(MatrixForm(_named(layouts, language), line) for line, layouts in shown.items())


def _named(layouts: Sequence[str], language: str) -> str:
    """The name of the only layout; none where both agree."""
    layout, *others = layouts
    return "" if others else words(layout, language)


def layout_note(derivation: Derivation, language: str) -> Prose:
    """What stands where in the derivative as a whole; empty for a scalar and for what is no matrix."""
    statement = derivation.statement
    if not isinstance(statement, Partial) or not isinstance(statement.expression, Entry):
        return ()
    value, by = statement.expression, statement.by
    whole = tree.PartialDerivative(symbol_of(by.tensor), value=symbol_of(value.tensor))
    axes = (len(value.indices), len(by.indices))
    if axes == (1, 1):
        first, second = written(value.indices[0].name), written(by.indices[0].name)
        return filled(
            words("layout_jacobian", language), first=first, second=second, whole=whole, entry=display(statement)
        )
    if axes == (0, 1):
        return filled(words("layout_gradient", language), whole=whole)
    if axes == (0, 2):
        return filled(words("layout_matrix", language), whole=whole, by=symbol_of(by.tensor))
    return ()
