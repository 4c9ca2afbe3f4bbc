"""The theorem behind the proofs: its count, its need, and a check for each of its conditions."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from sympy import Add, Expr, Integer, LeviCivita, Mul, Rational

from gradproof.derivations.calculus import (
    Delta,
    Different,
    Dim,
    Equal,
    Index,
    Partial,
    Relation,
    Sum,
    exp,
    log,
    sqrt,
)
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.exact import EverySize, counting, weighted
from gradproof.verify.exact.cases import coincidences
from gradproof.verify.exact.counting import class_counts
from gradproof.verify.verdict import Budget, Evidence, Verdict

from .mutants import newton3
from .statements import A, X, i, j, k, l, m, n, r, soft, target, x, xs, y, z

NONE: frozenset[Index] = frozenset()
WORK = 10**9


def _run(lhs: Expr, rhs: Expr | int) -> Evidence:
    return EverySize().run(Claim("claim", lhs, Relation.EQUAL, Integer(0) + rhs), Budget(), seed=0)


def _gram(vectors: list[Any]) -> Expr:
    """0 if there are fewer elements, or classes of equal elements, than vectors."""
    size = len(vectors)
    return Add(
        *[
            LeviCivita(*order) * Mul(*[Sum(vectors[p][k] * vectors[order[p]][k], k) for p in range(size)])
            for order in itertools.permutations(range(size))
        ]
    )


COUNTS: list[tuple[Expr, frozenset[Index], int]] = [
    # (difference, free indices, classes of n)
    (xs, NONE, 0),
    (Sum(x[k], k), NONE, 2),
    (Sum(x[k], k) ** 3, NONE, 4),
    (Sum(x[k] * y[l] * A[k, l], k, l) * Sum(x[k], k), NONE, 4),
    (Sum(x[k], k) - x[i] * x[j], frozenset((i, j)), 4),
    # N/M with M = S: terms of N mention 2.
    (Sum(x[k], k) + Sum(x[k] * y[k], k) / Sum(y[k], k), NONE, 3),
    (1 / Sum(x[k], k) ** 2, NONE, 1),
    (Sum(x[k] / Sum(y[l], l), k), NONE, 2),
    # The derivative of a cube mentions 2.
    (Partial(Sum(x[k], k) ** 3, x[j]), frozenset((j,)), 4),
    # Functions: two arguments, each with a, are told apart.
    (exp(Sum(x[k], k) ** 3), NONE, 2 * 3 + 2 + 1),
    (Sum(exp(x[k]), k), NONE, 3),
    # y sums to 1: u / Σ u, one more for clearing it.
    (Sum(target[k] * x[k], k) - xs, NONE, 2),
]


def _in_one_order(value: object) -> str:
    """A name of a test that every process gives it; sets have an order of their own in each."""
    return str(sorted(map(str, value)) if isinstance(value, frozenset) else value)[:40]


@pytest.mark.parametrize(("difference", "free", "classes"), COUNTS, ids=_in_one_order)
def test_count(difference: Expr, free: frozenset[Index], classes: int) -> None:
    assert class_counts(difference, free).get(n, 0) == classes


def test_denominators_in_rows_multiply() -> None:
    """Σ_r 1/Σ_k X_rk: clearing the denominators of all classes of rows mentions more columns."""
    counts = class_counts(Sum(y[k], k) * Sum(1 / Sum(X[r, k], k), r), NONE)
    assert counts[m] == 2
    assert counts[n] == 1 + (2 - 1) + 1


@pytest.mark.parametrize("size", [2, 3, 4])
def test_fewer_classes_would_prove_falsehoods(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The count is needed: a Gram determinant vanishes on fewer classes than vectors, whatever the weights."""
    gram = _gram([x, y, z, A.__class__("other", n)][:size])
    assert not weighted.decide(gram, (), 0, "gram", WORK).zero
    monkeypatch.setattr(weighted, "class_counts", lambda *_: {n: size - 1})
    assert weighted.decide(gram, (), 0, "gram", WORK).zero


def test_free_indices_need_places_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """At one place all entries would be equal."""
    same_place = Claim("x_i = x_j", x[i], Relation.EQUAL, x[j])
    assert EverySize().run(same_place, Budget(), 0).verdict is Verdict.UNDECIDED
    monkeypatch.setattr("gradproof.verify.exact.proof.coincidences", lambda *_: iter([{i: i, j: i}]))
    assert EverySize().run(same_place, Budget(), 0).verdict is Verdict.PROVED


# Each condition of the theorem is a check that fires.


def test_deltas_between_bound_indices() -> None:
    left = Sum(exp(x[k] * Delta(k, l)), k, l)
    with pytest.raises(Unsupported, match="was not contracted"):
        class_counts(left, NONE)
    assert "was not contracted" in _run(left, n).detail
    assert _run(Sum(Delta(k, l) * A[k, l], k, l), Sum(A[k, k], k)).verdict is Verdict.PROVED


def test_denominator_of_the_same_size() -> None:
    with pytest.raises(Unsupported, match="stands in a denominator that depends on an index over n"):
        class_counts(Sum(1 / Sum(A[k, l], l), k), NONE)


def test_denominators_in_rows_and_columns() -> None:
    with pytest.raises(Unsupported, match="row and column denominators together"):
        class_counts(Sum(1 / Sum(X[r, k], k), r) * Sum(1 / Sum(X[r, k], r), k), NONE)


def test_roots() -> None:
    with pytest.raises(Unsupported, match="root that depends on a bound index"):
        class_counts(Sum(sqrt(x[k]), k), NONE)
    with pytest.raises(Unsupported, match="a root inside a function"):
        weighted.decide(exp(sqrt(Sum(x[k], k))), (), 0, "root", WORK)
    many = Add(*[sqrt(x[index]) for index in n.indices("a b c d")])
    with pytest.raises(Unsupported, match="4 different roots"):
        weighted.decide(many, n.indices("a b c d"), 0, "roots", WORK)
    with pytest.raises(Unsupported, match="root of order 3"):
        weighted.decide(xs ** Rational(1, 3), (), 0, "root", WORK)


def test_signs_of_roots_at_the_same_points() -> None:
    """√(x²) − x is 0 for half of the points and signs; √x √y is not √(xy) for every choice of signs."""
    assert _run(sqrt(xs**2 + 2 * xs * z[i] + z[i] ** 2), xs + z[i]).verdict is Verdict.UNDECIDED
    assert _run(sqrt(xs) * sqrt(z[i]), sqrt(xs * z[i])).verdict is Verdict.UNDECIDED
    assert _run(1 / sqrt(xs), sqrt(xs) / xs).verdict is Verdict.PROVED


def test_exponents() -> None:
    with pytest.raises(Unsupported, match="exponent n is not a number"):
        class_counts(xs**n, NONE)
    with pytest.raises(Unsupported, match="exponent 65 is too large"):
        weighted.decide(xs**65, (), 0, "power", WORK)


def test_literals() -> None:
    with pytest.raises(Unsupported, match="too large for a proof over finite fields"):
        weighted.decide(xs * (2**24 + 1), (), 0, "literal", WORK)


def test_zero_denominators() -> None:
    zero = Sum(x[i] - Sum(x[k], k) / n, i)
    with pytest.raises(Unsupported, match="too few trials"):
        weighted.decide(1 / zero, (), 0, "zero", WORK)


def test_arguments_of_functions_are_counted() -> None:
    """exp(e3) is 1 for n ≤ 2: the argument needs as many classes as if it stood outside."""
    assert class_counts(exp(newton3), NONE)[n] >= class_counts(newton3, NONE)[n]
    assert class_counts(Sum(log(1 + newton3 * x[k]), k), NONE)[n] >= class_counts(newton3, NONE)[n]


def test_shapes_that_are_not_understood() -> None:
    with pytest.raises(Unsupported, match="is not understood"):
        class_counts(Dim("n") + Index("i", n), NONE)


def test_rows_before_columns() -> None:
    """A denominator over n that depends on a row is counted once the rows are."""
    with pytest.raises(counting.NotYetBounded):
        counting._Counter(n, {}, NONE).count(Sum(1 / Sum(X[r, k], k), r))
    assert counting._Counter(n, {m: 3}, NONE).count(Sum(1 / Sum(X[r, k], k), r)).mentioned == 2


# Cases


def test_coincidences() -> None:
    assert len(list(coincidences((), ()))) == 1
    assert len(list(coincidences((i,), ()))) == 1
    assert len(list(coincidences((i, j), ()))) == 2
    assert len(list(coincidences((i, j, k), ()))) == 5
    assert len(list(coincidences((i, j, k, l), ()))) == 15
    assert len(list(coincidences((i, j, r), ()))) == 2
    assert [same[i] == same[j] for same in coincidences((i, j), (Equal(i, j),))] == [True]
    assert [same[i] == same[j] for same in coincidences((i, j), (Different(i, j),))] == [False]
    assert len(list(coincidences((i, j, k), (Different(i, j), Different(j, k))))) == 2


def test_softmax_needs_both_cases() -> None:
    """Each branch is right in its case and wrong in the other."""
    jacobian = Partial(soft(i), z[j])
    for right, wrong in ((Equal(i, j), Different(i, j)), (Different(i, j), Equal(i, j))):
        branch = soft(i) * (1 - soft(i)) if isinstance(right, Equal) else -soft(i) * soft(j)
        claims = [Claim("branch", jacobian, Relation.EQUAL, branch, (case,)) for case in (right, wrong)]
        verdicts = [EverySize().run(claim, Budget(), 0).verdict for claim in claims]
        assert verdicts == [Verdict.PROVED, Verdict.UNDECIDED]
