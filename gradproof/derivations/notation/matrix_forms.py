"""Matrix form: operations on whole vectors and matrices, without indices.

Vectors are columns. Every node knows its `shape`: () for a scalar, (n,) for a column, (m, n) for a matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr

from gradproof.derivations.calculus import Dim, Partial, Tensor

Shape = tuple[Dim, ...]


class NoMatrixFormError(ValueError):
    """The expression has no matrix form here; the message says why."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A tensor as a whole: a vector or a matrix."""

    tensor: Tensor

    @property
    def shape(self) -> Shape:
        return tuple(self.tensor.dims)


@dataclass(frozen=True, slots=True)
class GradientLeaf:
    """The derivative of a scalar by a whole tensor, given as data, in the shape of the tensor."""

    partial: Partial

    @property
    def shape(self) -> Shape:
        return tuple(self.partial.by.tensor.dims)


@dataclass(frozen=True, slots=True)
class ScalarLeaf:
    """An expression without indices and without sums: 2/n, ε, σ² + ε."""

    expression: Expr

    @property
    def shape(self) -> Shape:
        return ()


@dataclass(frozen=True, slots=True)
class Ones:
    """The column of ones."""

    size: Dim

    @property
    def shape(self) -> Shape:
        return (self.size,)


@dataclass(frozen=True, slots=True)
class Identity:
    size: Dim

    @property
    def shape(self) -> Shape:
        return (self.size, self.size)


@dataclass(frozen=True, slots=True)
class Transposed:
    """The transpose of a matrix, or a column as a row; the row has the shape (1, n) in code."""

    body: Form

    @property
    def shape(self) -> Shape:
        return self.body.shape[::-1]


@dataclass(frozen=True, slots=True)
class MatrixProduct:
    """Matrices one after the other; the last factor may be a column."""

    factors: tuple[Form, ...]

    @property
    def shape(self) -> Shape:
        return (self.factors[0].shape[0], *self.factors[-1].shape[1:])


@dataclass(frozen=True, slots=True)
class Dot:
    """leftᵀ right of two columns."""

    left: Form
    right: Form

    @property
    def shape(self) -> Shape:
        return ()


@dataclass(frozen=True, slots=True)
class Outer:
    """left rightᵀ of two columns."""

    left: Form
    right: Form

    @property
    def shape(self) -> Shape:
        return (*self.left.shape, *self.right.shape)


@dataclass(frozen=True, slots=True)
class Diag:
    """The diagonal matrix of a column."""

    vector: Form

    @property
    def shape(self) -> Shape:
        return self.vector.shape * 2


@dataclass(frozen=True, slots=True)
class Trace:
    body: Form

    @property
    def shape(self) -> Shape:
        return ()


@dataclass(frozen=True, slots=True)
class NormOf:
    """The Euclidean norm of a column, or the Frobenius norm of a matrix."""

    body: Form

    @property
    def shape(self) -> Shape:
        return ()


@dataclass(frozen=True, slots=True)
class Hadamard:
    """The product entry by entry of factors of one shape; of scalars it is the product."""

    factors: tuple[Form, ...]

    @property
    def shape(self) -> Shape:
        return self.factors[0].shape


@dataclass(frozen=True, slots=True)
class EntryPower:
    """A power entry by entry."""

    base: Form
    exponent: Expr

    @property
    def shape(self) -> Shape:
        return self.base.shape


@dataclass(frozen=True, slots=True)
class Apply:
    """A function entry by entry; `function` is an application of it in the calculus, whose argument does not matter."""

    function: Expr
    argument: Form

    @property
    def shape(self) -> Shape:
        return self.argument.shape


@dataclass(frozen=True, slots=True)
class Scaled:
    """A vector or matrix times a scalar."""

    scalar: Form
    body: Form

    @property
    def shape(self) -> Shape:
        return self.body.shape


@dataclass(frozen=True, slots=True)
class Plus:
    """A sum of forms of one shape; each term is (negative, form)."""

    terms: tuple[tuple[bool, Form], ...]

    @property
    def shape(self) -> Shape:
        return self.terms[0][1].shape


Form = (
    Leaf
    | GradientLeaf
    | ScalarLeaf
    | Ones
    | Identity
    | Transposed
    | MatrixProduct
    | Dot
    | Outer
    | Diag
    | Trace
    | NormOf
    | Hadamard
    | EntryPower
    | Apply
    | Scaled
    | Plus
)
