"""The second proof: a normal form for every size.

Sums are split over their terms, constants pulled out, deltas sifted, bodies cancelled, sums with one coefficient
merged. What is left is a rational function of whole parts (sums, entries, functions, sizes), tested for 0 at random
points of a large prime field. Sound, since every rewrite is an identity for every size and a rational function that is
0 as such is 0 wherever it is defined. It reaches row-wise roots and denominators in rows and columns, which classes do
not.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Add, Expr, Integer, Mul, Pow

from gradproof.derivations.calculus import (
    Applied,
    Delta,
    Dim,
    Elementwise,
    Entry,
    Index,
    Sum,
    free_indices,
)

from ..evaluation import Unsupported
from ..work import SYMBOLIC, spend
from .algebra import cancelled, terms
from .counting import raw_data
from .derivatives import carried_out, opened, rebuilt, summed
from .positivity import Known
from .vocabulary import in_vocabulary
from .zero_test import surface_powers, zero


def decide(difference: Expr, known: Known, seed: int, key: str, work: int) -> float | None:
    """The probability of an error if the prepared difference is 0, None if its normal form is not.

    Raises Unsupported where the form grows beyond the work allowed, or has no zero test (roots of order 3, …).
    """
    whole = rebuilt(carried_out(difference), _normalised, 0)
    former = _NormalForm(known, work)
    form = former.of(whole, 0)
    passes: tuple[Callable[[Expr], Expr], ...] = (
        former.merged,
        lambda found: former.merged(former.of(_cancelled(found), 0)),
        lambda found: former.nested(found, 0),
    )
    bound = zero(form, seed, f"{key}/0")
    for number, improve in enumerate(passes):
        if bound is not None:
            break
        form = improve(form)
        bound = zero(form, seed, f"{key}/{number + 1}")
    return bound


def _normalised(part: Expr) -> Expr:
    """A tensor that sums to 1 along its last axis, as u_k / Σ u."""
    if isinstance(part, Entry) and part.tensor.domain.sums_to_one:
        raw = raw_data(part.tensor)
        *rows, last = part.indices
        bound = Index("~last", last.dim)
        return Entry(raw, *part.indices) / Sum(Entry(raw, *rows, bound), bound)
    return part


class _NormalForm:
    """Normal forms, with a count of the terms written so far."""

    def __init__(self, known: Known, work: int) -> None:
        self.known = known
        self.left = work // 3000

    def of(self, expression: Expr, depth: int) -> Expr:
        """The normal form of an expression inside `depth` sums."""
        spend(SYMBOLIC)
        self.left -= 1
        if self.left < 0:
            raise Unsupported("the normal form takes more work than the budget allows")
        if isinstance(expression, Sum):
            body, bound = opened(expression, depth)
            body = self.of(body, depth + 1)
            if any(power.exp.is_negative for power in body.atoms(Pow)):
                body = _cancelled(body)
            return self._sum(body, bound, depth)
        if isinstance(expression, (Entry, Delta)) or not expression.args:
            return expression
        if isinstance(expression, Applied):
            return Applied(expression.args[0], expression.args[1], self.of(expression.argument, depth))
        parts = [self.of(part, depth) for part in expression.args]
        if isinstance(expression, Elementwise):
            return in_vocabulary(expression.func(*parts), self.known)
        return expression.func(*parts)

    def _sum(self, body: Expr, bound: tuple[Index, ...], depth: int) -> Expr:
        """Split over the terms; a sum that depends on a bound index comes to the front of its product."""
        found = []
        for term in self._terms(body):
            indices, factors = list(bound), []
            for factor in Mul.make_args(term):
                base, exponent = factor.as_base_exp()
                inner = isinstance(base, Sum) and isinstance(exponent, Integer) and 0 < exponent <= 4
                if inner and free_indices(base) & set(bound):
                    for _ in range(int(exponent)):
                        inside, names = opened(base, depth + 1 + len(indices))
                        factors.append(inside)
                        indices += names
                else:
                    factors.append(factor)
            found.append(summed(Mul(*factors), tuple(indices)))
        return Add(*found)

    def _terms(self, expression: Expr) -> list[Expr]:
        found = terms(expression)
        self.left -= len(found)
        if self.left < 0:
            raise Unsupported("the normal form takes more work than the budget allows")
        return found

    def merged(self, expression: Expr) -> Expr:
        """c Σ f + c Σ g = c Σ (f + g), the body cancelled."""
        groups: dict[tuple[tuple[Dim, ...], Expr], list[tuple[Expr, Sum]]] = {}
        rest = []
        for term in self._terms(expression):
            sums = [factor for factor in Mul.make_args(term) if isinstance(factor, Sum)]
            if not sums:
                rest.append(term)
                continue
            others = Mul(*[factor for factor in Mul.make_args(term) if factor is not sums[0]])
            number, coefficient = others.as_coeff_Mul()
            shape = tuple(index.dim for index in sums[0].bound)
            groups.setdefault((shape, coefficient), []).append((number, sums[0]))
        for (shape, coefficient), members in groups.items():
            if len(members) == 1:
                rest.append(coefficient * members[0][0] * members[0][1])
                continue
            names = tuple(Index(f"~0.{place}", dim) for place, dim in enumerate(shape))
            bodies = [
                number * total.body.xreplace(dict(zip(total.bound, names, strict=True))) for number, total in members
            ]
            rest.append(coefficient * self.of(Sum(_cancelled(Add(*bodies)), *names), 0))
        return Add(*rest)

    def nested(self, expression: Expr, depth: int) -> Expr:
        """Σ_kl f(k) g(k, l) = Σ_k f(k) Σ_l g(k, l), where a sum over l may cancel against f(k)."""
        if isinstance(expression, Sum):
            body, bound = opened(expression, depth)
            return Add(*[self._nest(term, bound, depth) for term in self._terms(body)])
        if isinstance(expression, (Entry, Delta)) or not expression.args or isinstance(expression, Applied):
            return expression
        return expression.func(*[self.nested(part, depth) for part in expression.args])

    def _nest(self, term: Expr, bound: tuple[Index, ...], depth: int) -> Expr:
        factors, left = list(Mul.make_args(term)), list(bound)
        for index in bound:
            having = [factor for factor in factors if index in free_indices(factor)]
            others = [factor for factor in factors if index not in free_indices(factor)]
            if others and having and any(set(left) & free_indices(factor) for factor in others):
                factors = [*others, Sum(Mul(*having), index)]
                left.remove(index)
        return Sum(_cancelled(Mul(*factors)), *left)


def _cancelled(expression: Expr) -> Expr:
    """Cancelled as a rational function; with roots in it, only what SymPy cancels on sight."""
    if any(power.exp.is_Rational and not power.exp.is_Integer for power in surface_powers(expression)):
        return expression
    return cancelled(expression)
