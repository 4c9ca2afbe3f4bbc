"""Tensors with named sizes, their entries, and definitions.

`Entry` is z_i or W_jk; a scalar variable is an entry without indices. The domain of a tensor (positive, sums to one,
one-hot, …) belongs to its identity. A defined tensor carries its definition, e.g. p_i := exp(z_i) / Σ_k exp(z_k).
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Any
from weakref import WeakValueDictionary

from sympy import Expr, Symbol

from .indices import Dim, Index, ShapeError


class Domain(Enum):
    """Where the entries of a tensor live.

    REAL, POSITIVE, UNIT (strictly between 0 and 1), BINARY (0 or 1) speak of each entry; SUMS_TO_ONE, SIMPLEX (positive
    and sums to 1), ONE_HOT (one 1, else 0) of the entries along the last axis.
    """

    REAL = "real"
    POSITIVE = "positive"
    UNIT = "between 0 and 1"
    SUMS_TO_ONE = "real, sums to 1"
    SIMPLEX = "positive, sums to 1"
    ONE_HOT = "one-hot"
    BINARY = "0 or 1"

    @property
    def positive(self) -> bool:
        return self in (Domain.POSITIVE, Domain.UNIT, Domain.SIMPLEX)

    @property
    def sums_to_one(self) -> bool:
        return self in (Domain.SUMS_TO_ONE, Domain.SIMPLEX, Domain.ONE_HOT)


class Tensor(Symbol):
    """A named array of real numbers; index it to get an `Entry`, as in ``W[i, j]``, or ``E[()]`` without an axis.

    name        how it is written; two tensors are one if name, sizes, domain and definition are the same
    dims        the size of each axis
    domain      where its entries live
    definition  its indices and its formula, which `define` makes
    """

    __slots__ = ("__weakref__", "definition", "dims", "domain")
    _iterable = False  # it has __getitem__, but is no list: SymPy would ask for its entry 0

    def __new__(
        cls,
        name: str,
        *dims: Dim,
        domain: Domain = Domain.REAL,
        definition: tuple[tuple[Index, ...], Expr] | None = None,
    ) -> Tensor:
        key = (name, dims, domain, definition)
        known = _known.get(key)
        if known is not None:
            return known
        tensor = Symbol.__xnew__(cls, name, commutative=True)
        tensor.dims = dims
        tensor.domain = domain
        tensor.definition = definition
        _known[key] = tensor
        return tensor

    def _hashable_content(self) -> tuple[object, ...]:
        return (*super()._hashable_content(), self.dims, self.domain.name, self.definition)

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = Symbol.__hash__

    def __getnewargs_ex__(self) -> tuple[tuple[object, ...], dict[str, object]]:
        return ((self.name, *self.dims), {"domain": self.domain, "definition": self.definition})

    def __getitem__(self, indices: Index | tuple[Index, ...]) -> Entry:
        return Entry(self, *(indices if isinstance(indices, tuple) else (indices,)))

    def _sympystr(self, printer: Any) -> str:
        return str(self.name)

    def body(self, *indices: Index) -> Expr:
        """The definition, at these indices. Raises ValueError if the tensor has none."""
        if self.definition is None:
            raise ValueError(f"{self.name} has no definition; define(...) makes a tensor that has one")
        formal, body = self.definition
        return body.xreplace(dict(zip(formal, indices, strict=True)))


#: One object for equal tensors: a definition nests as deep as a network, and comparing by identity keeps it cheap.
_known: WeakValueDictionary[object, Tensor] = WeakValueDictionary()


class Entry(Expr):
    """One entry of a tensor: z_i, W_jk, or a scalar; ``z[i]`` makes one.

    tensor    the tensor
    indices   an index for each axis, of the size of this axis
    Raises ShapeError for an index of another size, or for too few or too many of them; the message names the shape.
    """

    is_commutative = True
    is_real = True

    def __new__(cls, tensor: Tensor, *indices: Index) -> Entry:
        dims = tensor.dims
        if len(indices) != len(dims):
            raise ShapeError(
                f"{tensor.name} has shape {_shape(dims)}, but it is given {len(indices)} indices {indices}"
            )
        for index, dim in zip(indices, dims, strict=True):
            if not isinstance(index, Index):
                raise ShapeError(f"{index} is not an index; {tensor.name} has shape {_shape(dims)}")
            if index.dim != dim:
                raise ShapeError(
                    f"index {index.name} runs over {index.dim}, but this axis of {tensor.name} has size {dim}"
                )
        return Expr.__new__(cls, tensor, *indices)

    @property
    def tensor(self) -> Tensor:
        return self.args[0]

    @property
    def indices(self) -> tuple[Index, ...]:
        return self.args[1:]

    def _eval_is_positive(self) -> bool | None:
        return True if self.args[0].domain.positive else None

    def _sympystr(self, printer: Any) -> str:
        names = ",".join(index.name for index in self.indices)
        return f"{self.tensor.name}[{names}]" if names else str(self.tensor.name)


def _shape(dims: tuple[Dim, ...]) -> str:
    return "(" + ", ".join(dim.name for dim in dims) + ("," if len(dims) == 1 else "") + ")"


def Scalar(name: str, domain: Domain = Domain.REAL) -> Entry:  # noqa: N802 - reads like a type in the catalogue
    """Returns a real variable of this name and domain, ready to be used in formulas. Raises nothing."""
    return Entry(Tensor(name, domain=domain))


def Vector(name: str, size: Dim, domain: Domain = Domain.REAL) -> Tensor:  # noqa: N802
    """Returns a tensor of this name and domain, of shape (size,), used as ``z[i]``.

    Raises nothing itself; ``z[i]`` raises ShapeError for an index over another size.
    """
    return Tensor(name, size, domain=domain)


def Matrix(name: str, rows: Dim, columns: Dim, domain: Domain = Domain.REAL) -> Tensor:  # noqa: N802
    """Returns a tensor of this name, of shape (rows, columns), used as ``W[i, j]``.

    domain    of the entries; one that sums to 1 does so in each row

    Raises nothing itself; ``W[i, j]`` raises ShapeError for an index over another size.
    """
    return Tensor(name, rows, columns, domain=domain)


@lru_cache(1 << 12)
def _tensors_in(expression: Expr) -> tuple[Tensor, ...]:
    """The tensors of an expression by name; many lines use one definition."""
    return tuple(sorted(expression.atoms(Tensor), key=lambda tensor: str(tensor.name)))


def definitions_in(expression: Expr) -> tuple[Tensor, ...]:
    """The defined tensors that an expression uses, directly or through other definitions, innermost first."""
    found: dict[Tensor, None] = {}

    def visit(current: Expr) -> None:
        for tensor in _tensors_in(current):
            if tensor.definition is not None and tensor not in found:
                visit(tensor.definition[1])
                found[tensor] = None

    visit(expression)
    return tuple(found)
