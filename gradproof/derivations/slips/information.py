"""Mistakes with logarithms, entropies and divergences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from sympy import Add, Expr, Mul, Pow, S

from gradproof.derivations.calculus import Domain, Entry, Sum, Tensor, log, xlogx

from .slip import Mistake, Scope, everywhere, opened

#: Where the entries of a distribution live, or of what is used like one.
_SHARES = {Domain.POSITIVE, Domain.UNIT, Domain.SUMS_TO_ONE, Domain.SIMPLEX, Domain.ONE_HOT, Domain.BINARY}


def log_minus_lost(part: Expr, scope: Scope) -> Iterator[Expr]:
    """Σ y log p for −Σ y log p, and both terms of the binary loss."""
    if _negative_logs(part) and not _entropy(part):
        yield -part


def entropy_sign(part: Expr, scope: Scope) -> Iterator[Expr]:
    """Σ p log p for −Σ p log p."""
    if _negative_logs(part) and _entropy(part):
        yield -part


def divergence_reversed(part: Expr, scope: Scope) -> Iterator[Expr]:
    """log(q/p) for log(p/q), and KL(q‖p) for KL(p‖q)."""
    if _log_of_quotient(part):
        yield log(1 / part.argument)
    if isinstance(part, Sum) and _has_log_of_quotient(part.body):
        body, bound = opened(part, scope)
        for wrong in _exchanged(body):
            yield Sum(wrong, *bound)


def distributions_mixed(whole: Expr, scope: Scope) -> Iterator[Expr]:
    """q_i for p_i at one place, and at all places p_i for q_i and q_i for p_i."""
    for right, wrong in permutations([*tensors_of(whole), *scope.tensors], 2):
        if right.dims == wrong.dims and {right.domain, wrong.domain} <= _SHARES and _as_positive(wrong, right):
            yield from everywhere(_one(right, wrong))(whole, scope)
    yield from _exchanged(whole)


def _as_positive(wrong: Tensor, right: Tensor) -> bool:
    """Whether the wrong tensor may stand in a logarithm where the right one does."""
    return wrong.domain.positive or not right.domain.positive


def _one(right: Tensor, wrong: Tensor) -> Mistake:
    """An entry of the right tensor becomes that of the wrong one."""

    def apply(part: Expr, scope: Scope) -> Iterator[Expr]:
        if isinstance(part, Entry) and part.tensor is right:
            yield Entry(wrong, *part.indices)

    return apply


def tensors_of(expression: Expr) -> list[Tensor]:
    """The tensors with indices that are written in an expression, by name."""
    found = {entry.tensor for entry in expression.atoms(Entry) if entry.indices}
    return sorted(found, key=lambda tensor: (str(tensor.name), tensor.domain.name, str(tensor.dims)))


def one_hot_assumed(part: Expr, scope: Scope) -> Iterator[Expr]:
    """1 for Σ_k y_k, and for Σ_k y_rk, though nobody said that y sums to 1."""
    entry = part.body if isinstance(part, Sum) else None
    if not isinstance(entry, Entry) or entry.tensor.domain.sums_to_one or len(part.bound) != 1:
        return
    *others, last = entry.indices
    if last == part.bound[0] and last not in others:
        yield S.One


def log_split(part: Expr, scope: Scope) -> Iterator[Expr]:
    """log a + log b for log(a + b), log a − log b for log(a − b), Σ log for log Σ."""
    if isinstance(part, log) and isinstance(part.argument, Add):
        terms = []
        for term in part.argument.args:
            number, rest = term.as_coeff_Mul()
            size = abs(number) * rest
            terms.append(S.Zero if size == 1 else -log(size) if number.is_negative else log(size))
        yield Add(*terms)
    elif isinstance(part, log) and isinstance(part.argument, Sum):
        body, bound = opened(part.argument, scope)
        yield Sum(log(body), *bound)


def _exchanged(expression: Expr) -> Iterator[Expr]:
    """p for q and q for p, where these are the only tensors and a logarithm is taken."""
    tensors = tensors_of(expression)
    if len(tensors) == 2 and tensors[0].dims == tensors[1].dims and expression.has(log):
        first, second = tensors
        if _as_positive(first, second) and _as_positive(second, first):
            other = {first: second, second: first}
            entries = [entry for entry in expression.atoms(Entry) if entry.indices]
            yield expression.xreplace({entry: Entry(other[entry.tensor], *entry.indices) for entry in entries})


def _log_of_quotient(part: Expr) -> bool:
    if not (isinstance(part, log) and isinstance(part.argument, Mul)):
        return False
    below = [isinstance(factor, Pow) and bool(factor.exp.is_negative) for factor in part.argument.args]
    return any(below) and not all(below)


def _has_log_of_quotient(body: Expr) -> bool:
    return any(_log_of_quotient(part) for part in body.atoms(log))


def _negative_logs(part: Expr) -> bool:
    """Whether every term is minus a product with a logarithm, or minus a sum of those."""
    terms = Add.make_args(part)
    return all(term.as_coeff_Mul()[0].is_negative and _has_log_factor(term) for term in terms)


def _has_log_factor(term: Expr) -> bool:
    factors = Mul.make_args(term)
    inner = [factor.body for factor in factors if isinstance(factor, Sum)]
    return any(isinstance(factor, (log, xlogx)) for factor in factors) or any(map(_has_log_factor, inner))


def _entropy(part: Expr) -> bool:
    """Whether there is p log p in it."""
    products = [set(product.args) for product in part.atoms(Mul)]
    logs = part.atoms(log)
    return bool(part.atoms(xlogx)) or any({each, each.argument} <= product for product in products for each in logs)
