"""Mistakes with tensors: the wrong vector, a sum too many, a product the wrong way round, a norm for its square."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from sympy import Add, Expr, Mul, Pow, S

from gradproof.derivations.calculus import Delta, Domain, Entry, Index, Scalar, Sum, sqrt

from .activations import argument_of
from .information import tensors_of
from .mistakes import new_letter
from .slip import Scope, everywhere, opened


def case_of_equal_indices(whole: Expr, scope: Scope) -> Iterator[Expr]:
    """p_i (1 − p_i) everywhere, where i ≠ j was to be thought of as well."""
    for case in sorted(whole.atoms(Delta), key=str):
        first, second = case.args
        if isinstance(first, Index) and isinstance(second, Index):
            yield whole.xreplace({case: S.One}).xreplace({second: first})
            yield whole.xreplace({case: S.One}).xreplace({first: second})
    for one, _ in _off_diagonal(whole):
        yield one * (1 - one)


def sign_off_diagonal(part: Expr, scope: Scope) -> Iterator[Expr]:
    """p_i (δ_ij + p_j), and p_i p_j for −p_i p_j."""
    if isinstance(part, Add):
        cases = [term for term in part.args if term.has(Delta)]
        if cases and len(cases) < len(part.args):
            yield Add(*cases) - Add(*[term for term in part.args if term not in cases])
    if any(_off_diagonal(part)):
        yield -part


def _off_diagonal(part: Expr) -> Iterator[tuple[Entry, Entry]]:
    """p_i and p_j, and p_j and p_i, for −p_i p_j."""
    if isinstance(part, Mul) and len(part.args) == 3 and part.args[0] == S.NegativeOne:
        for one, other in permutations(part.args[1:]):
            if isinstance(one, Entry) and isinstance(other, Entry) and one.tensor is other.tensor:
                yield one, other


def sum_added(whole: Expr, scope: Scope) -> Iterator[Expr]:
    """Σ_i f(i) for f(i), where i is free."""
    for index in scope.indices:
        yield Sum(whole, index)


def index_dropped(part: Expr, scope: Scope) -> Iterator[Expr]:
    """x for x_j: a number in the place of an entry."""
    if isinstance(part, Entry) and len(part.indices) == 1 and part.tensor.definition is None:
        positive = Domain.POSITIVE if part.tensor.domain.positive else Domain.REAL
        yield Scalar(str(part.tensor.name), positive)


def wrong_vector(whole: Expr, scope: Scope) -> Iterator[Expr]:
    """z_j for a_j = φ(z_j), or another tensor of the line for the one that is a factor."""
    tensors = [*tensors_of(whole), *scope.tensors]

    def apply(part: Expr, within: Scope) -> Iterator[Expr]:
        if isinstance(part, Mul):
            for place, factor in enumerate(part.args):
                if isinstance(factor, Entry) and factor.indices and 1 - factor not in part.args:
                    for wrong in (*argument_of(factor), *_others(factor)):
                        yield Mul(*part.args[:place], wrong, *part.args[place + 1 :])

    def _others(entry: Entry) -> Iterator[Expr]:
        for tensor in tensors:
            if tensor is not entry.tensor and tensor.dims == entry.tensor.dims:
                yield Entry(tensor, *entry.indices)

    yield from everywhere(apply)(whole, scope)


def penalty_without_weight(part: Expr, scope: Scope) -> Iterator[Expr]:
    """λ for λ W_jk, as a term beside others."""
    if isinstance(part, Add):
        for place, term in enumerate(part.args):
            factors = [factor for factor in Mul.make_args(term) if not factor.is_Number]
            if len(factors) == 2 and all(isinstance(factor, Entry) for factor in factors):
                for strength, weight in permutations(factors):
                    if not strength.indices and weight.indices:
                        yield Add(*part.args[:place], term / weight, *part.args[place + 1 :])


def norm_for_square(part: Expr, scope: Scope) -> Iterator[Expr]:
    """‖x‖ for ‖x‖²."""
    if isinstance(part, Sum) and isinstance(part.body, Pow) and part.body.exp == 2:
        yield sqrt(part)


def bias_given_input(whole: Expr, scope: Scope) -> Iterator[Expr]:
    """δ x_j for the gradient δ by a bias: x_j belongs to the weights, whose product with x is summed over j."""
    written = {factor.tensor for factor in Mul.make_args(whole) if isinstance(factor, Entry)}
    for total in _totals(whole):
        factors = Mul.make_args(total.body)
        if len(factors) == 2 and len(total.bound) == 1 and all(isinstance(factor, Entry) for factor in factors):
            index = total.bound[0]
            for letter in scope.of_sort(index) or (new_letter(index.dim, scope),):
                for factor in factors:
                    if factor.tensor not in written and factor.indices == (index,):
                        yield whole * Entry(factor.tensor, letter)


def _totals(whole: Expr) -> list[Sum]:
    """The sums that are written in an expression, and those in the definitions of its entries."""
    bodies = [whole]
    for entry in whole.atoms(Entry):
        if entry.tensor.definition is not None:
            bodies.append(entry.tensor.body(*entry.indices))
            for inner in argument_of(entry):
                if isinstance(inner, Entry) and inner.tensor.definition is not None:
                    bodies.append(inner.tensor.body(*inner.indices))
    return sorted({total for body in bodies for total in body.atoms(Sum)}, key=str)


def commuted(part: Expr, scope: Scope) -> Iterator[Expr]:
    """W X for X W: Σ_k W_ik X_kj in the place of Σ_k X_ik W_kj, for square matrices."""
    if not isinstance(part, Sum):
        return
    body, bound = opened(part, scope)
    matrices = [factor for factor in Mul.make_args(body) if isinstance(factor, Entry) and len(factor.indices) == 2]
    for index in bound:
        pair = [entry for entry in matrices if entry.indices.count(index) == 1]
        if len(pair) == 2 and len({dim for entry in pair for dim in entry.tensor.dims}) == 1:
            turned = {entry: _exchanged(entry, other, index) for entry, other in permutations(pair)}
            yield Sum(body.xreplace(turned), *bound)


def _exchanged(entry: Entry, other: Entry, index: Index) -> Entry:
    """The summed index moves to the other place; the free one comes from the other factor."""
    free = next(own for own in other.indices if own != index)
    return Entry(entry.tensor, *[free if own == index else index for own in entry.indices])
