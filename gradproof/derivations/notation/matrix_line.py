"""The result of a derivation as one line of matrices, ∂p/∂z = diag(p) − p pᵀ."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, get_args

from sympy import Expr

from gradproof.derivations.calculus import Derivation, Entry, Partial, Tensor
from gradproof.derivations.calculus import Relation as Related

from .matrix import Layout, derivation_form
from .matrix_algebra import transposed
from .matrix_display import matrix_tree
from .matrix_forms import Form, GradientLeaf, Hadamard, NoMatrixFormError, Transposed
from .names import written
from .tree import Brackets, PartialDerivative, Relation, Tree, Variant


def matrix_line(derivation: Derivation, layout: Layout) -> Tree | None:
    """The line; None for a scalar result, where matrix operations do not express it, where the left side is a formula
    without a name, so that a line of matrices would have nothing to stand for, and for an inequality."""
    left = _left(derivation.statement)
    if not derivation.indices or left is None or derivation.relation is not Related.EQUAL:
        return None
    try:
        form = derivation_form(derivation, layout)
        if layout == "numerator":
            form = with_lying_gradients(form)
        tree = matrix_tree(form)
    except NoMatrixFormError:
        return None
    return Relation(left, "=", tree)


def with_lying_gradients(form: Form) -> Form:
    """The form with each given gradient ∂E/∂a as numerator layout writes it: the row (∂E/∂a) is a column transposed."""
    if isinstance(form, GradientLeaf):
        return Transposed(form)
    if isinstance(form, Transposed):
        inner = with_lying_gradients(form.body)
        if isinstance(inner, Hadamard) and inner != form.body:  # (a ⊙ b)ᵀ, where one of them lies already
            return Hadamard(tuple(map(transposed, inner.factors)))
        return transposed(inner)
    changes = {part.name: _lying(getattr(form, part.name)) for part in fields(form)}
    whole: Any = form
    return replace(whole, **changes)


def _lying(part: Any) -> Any:
    """The same for what stands within a form: forms, and terms with their signs."""
    if isinstance(part, tuple):
        return tuple(map(_lying, part))
    return with_lying_gradients(part) if isinstance(part, get_args(Form)) else part


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
