"""The result of a derivation with matrices, in the layouts that differ."""

from __future__ import annotations

from gradproof.derivations.calculus import Derivation, Entry, Partial
from gradproof.derivations.notation import Layout, NoMatrixFormError, derivation_form, matrix_tree, tree

from .symbols import symbol_of
from .tree import MatrixForm
from .wording import words

_LAYOUTS: tuple[Layout, ...] = ("numerator", "denominator")


def matrix_forms(derivation: Derivation, language: str) -> tuple[MatrixForm, ...]:
    """The result as vectors and matrices; none for a scalar, and none where matrix operations do not express it."""
    if not derivation.indices:
        return ()
    found: dict[tree.Tree, list[str]] = {}
    for layout in _LAYOUTS:
        try:
            form = matrix_tree(derivation_form(derivation, layout))
        except NoMatrixFormError:
            return ()
        found.setdefault(form, []).append(words(layout, language))
    left = _left(derivation)
    result = []
    for form, layouts in found.items():
        formula = tree.Relation(left, "=", form) if left is not None else form
        result.append(MatrixForm(layouts[0] if len(layouts) == 1 else "", formula))
    return tuple(result)


def _left(derivation: Derivation) -> tree.Tree | None:
    """∂p/∂z with whole tensors, where one tensor is differentiated by another."""
    statement = derivation.statement
    if isinstance(statement, Entry):
        return symbol_of(statement.tensor)
    if isinstance(statement, Partial) and isinstance(statement.expression, Entry):
        value = symbol_of(statement.expression.tensor)
        return tree.PartialDerivative(symbol_of(statement.by.tensor), value=value)
    return None
