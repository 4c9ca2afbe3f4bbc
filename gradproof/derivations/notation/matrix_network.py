"""Products under sums as networks of vectors and matrices, contracted index by index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sympy import Add, Expr, Integer, Mul

from gradproof.derivations.calculus import Binder, Delta, Entry, Index, Sum, free_indices

from . import matrix_forms as m
from .matrix_algebra import hadamard, matrix_product, transposed
from .matrix_forms import Form, NoMatrixFormError
from .order import factor_rank

FormOf = Callable[[Expr, tuple[Index, ...]], Form]


@dataclass(slots=True)
class _Network:
    """Factors by the indices that they join. A matrix stands under (row, column), whichever order came first."""

    scalars: list[Form] = field(default_factory=list)
    vectors: dict[Index, list[Form]] = field(default_factory=dict)
    matrices: dict[tuple[Index, Index], list[Form]] = field(default_factory=dict)

    def add(self, form: Form, indices: tuple[Index, ...]) -> None:
        if not indices:
            self.scalars.append(form)
        elif len(indices) == 1:
            self.vectors.setdefault(indices[0], []).append(form)
        elif indices[::-1] in self.matrices:
            self.matrices[indices[1], indices[0]].append(transposed(form))
        else:
            self.matrices.setdefault((indices[0], indices[1]), []).append(form)

    def edges(self, index: Index) -> list[tuple[Index, Index]]:
        return [pair for pair in self.matrices if index in pair]

    def take(self, pair: tuple[Index, Index], row: Index) -> Form:
        """Remove the matrix that joins a pair, with `row` along its rows."""
        form = hadamard(self.matrices.pop(pair))
        return form if pair[0] == row else transposed(form)


def contracted(expression: Expr, indices: tuple[Index, ...], form_of: FormOf) -> Form:
    """The form of a product, or of a sum of products, over the axes `indices`. Raises NoMatrixFormError."""
    body, bound = expression.open() if isinstance(expression, Sum) else (expression, [])
    factors = [factor for factor in Mul.make_args(body) if free_indices(factor) or factor.atoms(Binder)]
    scalar = Mul(*[factor for factor in Mul.make_args(body) if not (free_indices(factor) or factor.atoms(Binder))])
    mixed = next((factor for factor in factors if _must_be_multiplied_out(factor, factors, bound)), None)
    if mixed is not None:
        rest = [factor for factor in Mul.make_args(body) if factor is not mixed]
        terms = [Mul(*rest, term) for term in mixed.args]
        return form_of(Add(*[Sum(term, *bound) if bound else term for term in terms]), indices)
    network = _Network()
    if scalar != 1:
        network.scalars.append(m.ScalarLeaf(scalar))
    for factor in sorted(factors, key=lambda factor: (factor_rank(factor), str(factor))):
        axes = _natural_axes(factor, indices)
        network.add(form_of(factor, axes), axes)
    remaining = set(bound)
    while remaining:
        index = min(remaining, key=lambda index: _priority(network, index))
        remaining -= _take_out(network, index, remaining)
    return _finished(network, indices)


def _must_be_multiplied_out(factor: Expr, factors: list[Expr], bound: list[Index]) -> bool:
    """p_i(δ_ij − p_j) has no matrix form before it is p_i δ_ij − p_i p_j."""
    free = free_indices(factor)
    if not isinstance(factor, Add) or len(free) < 2:
        return False
    if not bound and not any(free_indices(other) for other in factors if other is not factor):
        return False
    deltas = any(isinstance(part, Delta) for term in factor.args for part in Mul.make_args(term))
    return len(free) > 2 or deltas or any(free_indices(term) != free for term in factor.args)


def _natural_axes(factor: Expr, indices: tuple[Index, ...]) -> tuple[Index, ...]:
    """The free indices of a factor in the order that its first matrix has, so that few transposes are written."""
    free = free_indices(factor)
    if len(free) > 2:
        raise NoMatrixFormError(f"{', '.join(sorted(index.name for index in free))}: three indices in one factor")
    for entry in sorted(factor.atoms(Entry), key=str):
        if len(entry.indices) == 2 and set(entry.indices) == free:
            return tuple(entry.indices)
    return tuple(sorted(free, key=lambda index: (index not in indices, index.name)))


def _priority(network: _Network, index: Index) -> tuple[int, bool, str]:
    """Which bound index to take out next: at the end of a chain, rather the columns of a matrix, before others."""
    edges = network.edges(index)
    rank = {1: 0, 0: 1, 2: 2}.get(len(edges), 3)
    return (rank, rank == 0 and edges[0][1] != index, index.name)


def _take_out(network: _Network, index: Index, bound: set[Index]) -> set[Index]:
    """Sum over one bound index, or over a pair that a matrix of its own joins; gives the indices that are gone."""
    edges = network.edges(index)
    weights = network.vectors.pop(index, [])
    if not edges:
        network.scalars.append(_total(weights))
        return {index}
    others = [second if first == index else first for first, second in edges]
    if len(edges) == 1:
        other = others[0]
        alone = not weights and other not in network.vectors and len(network.edges(other)) == 1
        if other in bound and alone:
            network.scalars.append(_matrix_total(network.matrices.pop(edges[0])))
            return {index, other}
        matrix = network.take(edges[0], row=other)
        column = hadamard(weights) if weights else m.Ones(index.dim)
        network.add(matrix_product(matrix, column), (other,))
        return {index}
    if len(edges) > 2:
        raise NoMatrixFormError(f"a bound index over {index.dim} joins {len(edges)} matrices")
    left = network.take(edges[0], row=others[0])
    right = network.take(edges[1], row=index)
    middle = (m.Diag(hadamard(weights)),) if weights else ()
    network.add(matrix_product(left, *middle, right), (others[0], others[1]))
    return {index}


def _total(factors: list[Form]) -> Form:
    """The sum over the entries of a product of columns."""
    first, *rest = factors
    if rest:
        return m.Dot(first, hadamard(rest))
    if isinstance(first, m.EntryPower) and first.exponent == 2:
        return m.EntryPower(m.NormOf(first.base), Integer(2))
    return m.Dot(m.Ones(first.shape[0]), first)


def _matrix_total(factors: list[Form]) -> Form:
    """The sum over the entries of a product of matrices of one shape."""
    first, *rest = factors
    if rest:
        other = hadamard(rest)
        if isinstance(other, m.Transposed):  # tr(A B) rather than tr(Aᵀ Bᵀ), which is the same
            return m.Trace(matrix_product(first, transposed(other)))
        return m.Trace(matrix_product(transposed(first), other))
    if isinstance(first, m.EntryPower) and first.exponent == 2:
        return m.EntryPower(m.NormOf(first.base), Integer(2))
    rows, columns = first.shape
    return m.Dot(m.Ones(rows), matrix_product(first, m.Ones(columns)))


def _finished(network: _Network, indices: tuple[Index, ...]) -> Form:
    """What is left joins the free indices only."""
    columns = [hadamard(network.vectors[index]) if index in network.vectors else None for index in indices]
    if not indices:
        return hadamard(network.scalars)
    body: Form
    if len(indices) == 1:
        body = columns[0] or m.Ones(indices[0].dim)
    else:
        body = _matrix(network, indices, columns[0], columns[1])
    return m.Scaled(hadamard(network.scalars), body) if network.scalars else body


def _matrix(network: _Network, indices: tuple[Index, ...], left: Form | None, right: Form | None) -> Form:
    """A matrix with its rows and columns scaled; without a matrix, the outer product of two columns."""
    rows, columns = indices
    pair = next(iter(network.edges(rows)), None)
    if pair is None:
        return m.Outer(left or m.Ones(rows.dim), right or m.Ones(columns.dim))
    matrix = network.take(pair, row=rows)
    if isinstance(matrix, m.Identity) and (left or right):
        return m.Diag(hadamard([column for column in (left, right) if column is not None]))
    before = (m.Diag(left),) if left else ()
    after = (m.Diag(right),) if right else ()
    return matrix_product(*before, matrix, *after)
