"""Building matrix forms without what does nothing: Aᵀᵀ, I x, a product of one factor."""

from __future__ import annotations

from .matrix_forms import (
    Apply,
    Diag,
    EntryPower,
    Form,
    Hadamard,
    Identity,
    MatrixProduct,
    Outer,
    Plus,
    Scaled,
    Transposed,
)


def transposed(form: Form) -> Form:
    """The transpose, moved inwards as far as it goes."""
    match form:
        case Transposed(body=body):
            return body
        case Identity() | Diag():
            return form
        case Outer(left=left, right=right):
            return Outer(right, left)
        case MatrixProduct(factors=factors) if len(form.shape) == 2:
            return MatrixProduct(tuple(transposed(factor) for factor in reversed(factors)))
        case Hadamard(factors=factors) if len(form.shape) == 2:
            return Hadamard(tuple(transposed(factor) for factor in factors))
        case EntryPower(base=base, exponent=exponent) if len(form.shape) == 2:
            return EntryPower(transposed(base), exponent)
        case Apply(function=function, argument=argument) if len(form.shape) == 2:
            return Apply(function, transposed(argument))
        case Scaled(scalar=scalar, body=body):
            return Scaled(scalar, transposed(body))
        case Plus(terms=terms) if len(form.shape) == 2:
            return Plus(tuple((negative, transposed(term)) for negative, term in terms))
    return form if not form.shape else Transposed(form)


def matrix_product(*factors: Form) -> Form:
    """The product of matrices, the last factor possibly a column."""
    flat: list[Form] = []
    for factor in factors:
        flat += factor.factors if isinstance(factor, MatrixProduct) else (factor,)
    kept = [factor for factor in flat if not isinstance(factor, Identity)] or flat[:1]
    return kept[0] if len(kept) == 1 else MatrixProduct(tuple(kept))


def hadamard(factors: list[Form]) -> Form:
    return factors[0] if len(factors) == 1 else Hadamard(tuple(factors))
