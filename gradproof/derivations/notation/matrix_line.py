"""The result of a derivation as one line of matrices, ∂p/∂z = diag(p) − p pᵀ."""

from __future__ import annotations

from gradproof.derivations.calculus import Derivation, Entry, Partial, Tensor

from .matrix import Layout, derivation_form
from .matrix_display import matrix_tree
from .matrix_forms import NoMatrixFormError
from .names import written
from .tree import PartialDerivative, Relation, Tree, Variant


def matrix_line(derivation: Derivation, layout: Layout) -> Tree | None:
    """The line; None for a scalar result, and where matrix operations do not express the result."""
    if not derivation.indices:
        return None
    try:
        form = matrix_tree(derivation_form(derivation, layout))
    except NoMatrixFormError:
        return None
    left = _left(derivation)
    return form if left is None else Relation(left, "=", form)


def _left(derivation: Derivation) -> Tree | None:
    """∂p/∂z with whole tensors, where one tensor is differentiated by another."""
    statement = derivation.statement
    if isinstance(statement, Entry):
        return _whole(statement.tensor)
    if isinstance(statement, Partial) and isinstance(statement.expression, Entry):
        return PartialDerivative(_whole(statement.by.tensor), value=_whole(statement.expression.tensor))
    return None


def _whole(tensor: Tensor) -> Tree:
    """A tensor without indices: bold if it has axes."""
    return written(tensor.name, variant=Variant.BOLD if tensor.dims else Variant.ITALIC)
