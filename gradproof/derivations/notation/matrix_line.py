"""The result of a derivation as one line of matrices, ∂p/∂z = diag(p) − p pᵀ."""

from __future__ import annotations

from sympy import Expr

from gradproof.derivations.calculus import Derivation, Entry, Partial, Tensor

from .matrix import Layout, derivation_form
from .matrix_display import matrix_tree
from .matrix_forms import NoMatrixFormError
from .names import written
from .tree import Brackets, PartialDerivative, Relation, Tree, Variant


def matrix_line(derivation: Derivation, layout: Layout) -> Tree | None:
    """The line; None for a scalar result, where matrix operations do not express it, and where the left side is a
    formula without a name, so that a line of matrices would have nothing to stand for."""
    left = _left(derivation.statement)
    if not derivation.indices or left is None:
        return None
    try:
        form = matrix_tree(derivation_form(derivation, layout))
    except NoMatrixFormError:
        return None
    return Relation(left, "=", form)


def _left(statement: Expr) -> Tree | None:
    """∂p/∂z with whole tensors, also twice; None for the derivative of a formula."""
    if isinstance(statement, Entry):
        return _whole(statement.tensor)
    if not isinstance(statement, Partial):
        return None
    inner, by = _left(statement.expression), _whole(statement.by.tensor)
    if inner is None:
        return None
    return (
        PartialDerivative(by, value=inner)
        if isinstance(statement.expression, Entry)
        else (PartialDerivative(by, operand=Brackets(inner)))
    )


def _whole(tensor: Tensor) -> Tree:
    """A tensor without indices: bold if it has axes."""
    return written(tensor.name, variant=Variant.BOLD if tensor.dims else Variant.ITALIC)
