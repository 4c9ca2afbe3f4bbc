"""False versions of a true statement; some of them only for sizes beyond 1, 2 or 3."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sympy import Add, Expr, Integer, Rational, default_sort_key

from gradproof.derivations.calculus import Delta, Sum, free_indices, fresh, sigmoid, tanh
from gradproof.derivations.calculus.rewriting import rewrite

from .statements import A, Statement, i, j, k, l, m, n, x


def _power(exponent: int) -> Expr:
    return Sum(x[k] ** exponent, k)


#: Newton's identities: 0 for n ≤ 3 and for n ≤ 2.
newton4 = (
    _power(1) ** 4 - 6 * _power(1) ** 2 * _power(2) + 3 * _power(2) ** 2 + 8 * _power(1) * _power(3) - 6 * _power(4)
)
newton3 = _power(1) ** 3 - 3 * _power(1) * _power(2) + 2 * _power(3)
#: n in disguise, twice.
size = Sum(sigmoid(x[k]) + sigmoid(-x[k]), k)
size_again = 2 * Sum(sigmoid(x[k]), k) - Sum(tanh(x[k] / 2), k)
_trace = [Sum(A[k, k], k), Sum(A[k, l] * A[l, k], k, l), Sum(A[i, j] * A[j, k] * A[k, i], i, j, k)]
#: Cayley and Hamilton: 0 for n ≤ 2.
cayley = _trace[0] ** 3 - 3 * _trace[0] * _trace[1] + 2 * _trace[2]


def _replacing(old: Expr, new: Expr) -> Callable[[Expr], Expr]:
    return lambda part: new if part == old else part


def mutants(statement: Statement) -> Iterator[tuple[str, Expr]]:
    """(what was done, the other right side); each is another statement, nearly all are false."""
    rhs, lhs = statement.rhs, statement.lhs
    free = sorted(free_indices(rhs), key=str)
    if rhs != 0:
        yield "sign", -rhs
        yield "factor 2", 2 * rhs
        yield "times 1 + 1e-6", rhs * (1 + Rational(1, 10**6))
    else:
        yield "plus 1", Integer(1)
    for first, second in [(p, q) for p in free for q in free if p.dim == q.dim and str(p) < str(q)][:1]:
        other = fresh(first)
        yield "indices swapped", rhs.xreplace({first: other, second: first}).xreplace({other: second})
    if isinstance(rhs, Add):
        yield "term lost", Add(*rhs.args[1:])
        yield "sign of a term", rhs - 2 * rhs.args[0]
    for dim in (n, m):
        if (rhs.has(dim) or lhs.has(dim)) and rhs != 0:
            yield f"{dim} + 1 for {dim}", rhs * dim / (dim + 1)
            yield f"1/{dim} lost", rhs * dim
    if rhs.has(Delta):
        yield "delta lost", rhs.xreplace({delta: Integer(1) for delta in rhs.atoms(Delta)})
    sums = sorted((total for total in rhs.atoms(Sum) if len(total.bound) == 1), key=default_sort_key)
    if sums:
        total = sums[0]
        for index in [index for index in free if index.dim == total.bound[0].dim][:1]:
            term = total.body.xreplace({total.bound[0]: index})
            yield "sum dropped", rewrite(rhs, _replacing(total, term))
    if any(index.dim == n for index in lhs.atoms(type(i))):
        base = rhs if rhs != 0 else Integer(1)
        yield "only n = 1", rhs + (n - 1) * base
        yield "only n = 3", base * n / 3 if rhs != 0 else n - 3
        yield "only n <= 3, Newton", rhs + newton4
        yield "only n <= 2, Newton", rhs + newton3 * base
        yield "only n <= 2, n in disguise", rhs + (size - 1) * (size - 2)
        yield "only n <= 2, traces", rhs + cayley
