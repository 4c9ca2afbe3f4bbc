"""Matrix form of an index expression: p_i(δ_ij − p_j) becomes diag(p) − p pᵀ.

A product under sums is a network: every factor joins the indices that it has. Bound indices are taken out one by one
(a sum over k of A_ik B_kj joins two matrices, of A_ik x_k makes a column); what remains joins the free indices only.
An expression that does not fit raises `NoMatrixFormError`, and the index form is shown instead.
"""

from __future__ import annotations

from typing import Literal

from sympy import Abs, Add, Expr, Mul, Pow, S

from gradproof.derivations.calculus import (
    Applied,
    Binder,
    Delta,
    Derivation,
    Different,
    Elementwise,
    Entry,
    Equal,
    Index,
    Partial,
    Sum,
    free_indices,
)

from . import matrix_forms as m
from .matrix_algebra import transposed
from .matrix_forms import Form, NoMatrixFormError
from .matrix_network import contracted
from .order import factor_rank, is_negative, negated

Layout = Literal["numerator", "denominator"]


def matrix_form(expression: Expr, indices: tuple[Index, ...]) -> Form:
    """The form of an expression whose axes are `indices`: none for a scalar, one for a column, two for a matrix.

    Raises NoMatrixFormError for three axes and for what matrix operations do not express.
    """
    if len(indices) > 2 or len(set(indices)) < len(indices):
        raise NoMatrixFormError(f"a matrix has at most two different axes, not ({', '.join(i.name for i in indices)})")
    loose = free_indices(expression) - set(indices)
    if loose:
        raise NoMatrixFormError(f"the index {', '.join(sorted(i.name for i in loose))} is not an axis of the result")
    return _broadcast(expression, indices)


def derivative_form(expression: Expr, value: tuple[Index, ...], by: tuple[Index, ...], layout: Layout) -> Form:
    """The form of a derivative of something with the indices `value` by a tensor with the indices `by`.

    numerator    rows are those of the value: ∂p/∂z has p along the rows, the gradient of a scalar is a row (or has the
                 transposed shape of the matrix by which it is taken), a vector by a scalar is a column
    denominator  the transpose of this: the gradient of a scalar has the shape of the tensor by which it is taken

    Raises NoMatrixFormError if both sides together have more than two axes.
    """
    if value and by:
        return matrix_form(expression, value + by if layout == "numerator" else by + value)
    form = matrix_form(expression, value or by)
    return form if bool(by) == (layout == "denominator") else transposed(form)


def derivation_form(derivation: Derivation, layout: Layout, expression: Expr | None = None) -> Form:
    """The form of the result of a derivation (or of another expression with its axes), see `derivative_form`.

    What is no derivative has its axes in the order of `derivation.indices`. Raises NoMatrixFormError.
    """
    if any(isinstance(condition, Equal | Different) for condition in derivation.given):
        raise NoMatrixFormError("the result is said for a case of the indices only, not for a whole matrix")
    expression = derivation.result if expression is None else expression
    by = derivation.by
    if by is None:
        return matrix_form(expression, derivation.indices)
    value = tuple(index for index in derivation.indices if index not in by.indices)
    if set(value) | set(by.indices) != set(derivation.indices) or free_indices(derivation.statement.args[0]) - set(
        value
    ):
        raise NoMatrixFormError("the value and the variable share an index: only a part of the Jacobian is said")
    return derivative_form(expression, value, by.indices, layout)


def _broadcast(expression: Expr, indices: tuple[Index, ...]) -> Form:
    """The form over these axes, with ones along the axes that the expression lacks."""
    free = free_indices(expression)
    form = _form(expression, tuple(index for index in indices if index in free))
    missing = [index for index in indices if index not in free]
    if not missing:
        return form
    if len(indices) == 1 or not form.shape:
        ones = [m.Ones(index.dim) for index in indices]
        whole: Form = ones[0] if len(ones) == 1 else m.Outer(ones[0], ones[1])
        return whole if form == m.ScalarLeaf(S.One) else m.Scaled(form, whole)
    ones_along = m.Ones(missing[0].dim)
    return m.Outer(ones_along, form) if missing[0] == indices[0] else m.Outer(form, ones_along)


def _form(expression: Expr, indices: tuple[Index, ...]) -> Form:
    """The form of an expression whose free indices are exactly these."""
    if not indices and not expression.atoms(Binder):
        return m.ScalarLeaf(expression)
    match expression:
        case Entry():
            if len(set(expression.indices)) < len(expression.indices):
                raise NoMatrixFormError(f"{expression} is a diagonal")
            leaf = m.Leaf(expression.tensor)
            return leaf if expression.indices == indices else transposed(leaf)
        case Delta():
            return m.Identity(indices[0].dim)
        case Partial():
            return _gradient(expression, indices)
        case Add():
            return m.Plus(tuple(_signed(term, indices) for term in _positive_first(expression)))
        case Elementwise() | Applied():
            return m.Apply(expression, _form(expression.argument, indices))
        case Abs():
            return m.Apply(expression, _form(expression.args[0], indices))
        case Pow():
            return _power(_form(expression.base, indices), expression.exp)
        case Mul() if is_negative(expression.as_coeff_Mul()[0]):
            return m.Plus((_signed(expression, indices),))
        case Mul() | Sum():
            return contracted(expression, indices, _broadcast)
    raise NoMatrixFormError(f"no matrix operation for {type(expression).__name__}")


def _signed(term: Expr, indices: tuple[Index, ...]) -> tuple[bool, Form]:
    if is_negative(term.as_coeff_Mul()[0]):
        return (True, _broadcast(negated(term), indices))
    return (False, _broadcast(term, indices))


def _positive_first(expression: Add) -> list[Expr]:
    terms = sorted(expression.args, key=lambda term: (factor_rank(term), str(term)))
    return sorted(terms, key=lambda term: (is_negative(term.as_coeff_Mul()[0]), -len(free_indices(term))))


def _gradient(expression: Partial, indices: tuple[Index, ...]) -> Form:
    by = expression.by
    if free_indices(expression.expression) or len(set(by.indices)) < len(by.indices):
        raise NoMatrixFormError(f"{expression} is not the gradient of a scalar by a whole tensor")
    leaf = m.GradientLeaf(expression)
    return leaf if by.indices == indices else transposed(leaf)


def _power(base: Form, exponent: Expr) -> Form:
    if free_indices(exponent) or exponent.atoms(Binder):
        raise NoMatrixFormError(f"the exponent {exponent} is no scalar")
    if isinstance(base, m.EntryPower) and isinstance(base.base, m.NormOf):
        exponent = base.exponent * exponent  # the root of ‖x‖² is ‖x‖
        return base.base if exponent == 1 else m.EntryPower(base.base, exponent)
    return base if exponent == 1 else m.EntryPower(base, exponent)
