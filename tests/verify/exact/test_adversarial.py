"""Falsehoods that were built to fool a prover, and what is true or false only at the edge."""

from __future__ import annotations

import itertools
import random

import pytest
from sympy import Add, Expr, Integer, LeviCivita, Max, Mul

from gradproof.derivations.calculus import (
    Activation,
    Delta,
    Domain,
    Index,
    Matrix,
    Partial,
    Relation,
    Scalar,
    Sum,
    Vector,
    define,
    exp,
    log,
    relu,
    sqrt,
    step,
)
from gradproof.derivations.calculus.differentiation import gradient
from gradproof.verify.claim import Claim
from gradproof.verify.exact import CANDIDATE, EverySize
from gradproof.verify.verdict import Budget, Evidence, Verdict

from .fuzzing import falsehood, formula, slip
from .mutants import cayley, newton3, newton4, size, size_again
from .oracle import NEGLIGIBLE, Oracle
from .statements import A, X, Z, alpha, i, j, k, l, m, mu, n, r, soft, x, xs, y, z

METHOD = EverySize()
PRIME = 2147483647


def _run(lhs: Expr, rhs: Expr | int, budget: Budget | None = None, **more: object) -> Evidence:
    claim = Claim("claim", Integer(0) + lhs, Relation.EQUAL, Integer(0) + rhs, **more)  # type: ignore[arg-type]
    return METHOD.run(claim, budget or Budget(), seed=0)


def _falling(expression: Expr, low: int, high: int) -> Expr:
    return Mul(*[expression - number for number in range(low, high + 1)])


def _standard_polynomial() -> Expr:
    """Amitsur and Levitzki: 0 for four matrices of size 1 or 2."""
    matrices, (inner, total) = [A, *(Matrix(name, n, n) for name in ("B", "C", "D"))], (Index("inner", n), [])
    for order in itertools.permutations(range(4)):
        first, second, third, fourth = (matrices[place] for place in order)
        product = first[i, k] * second[k, l] * third[l, inner] * fourth[inner, j]
        total.append(LeviCivita(*order) * Sum(product, k, l, inner))
    return Add(*total)


def _antisymmetric() -> Expr:
    """Zero for n ≤ 2: three columns, antisymmetrised."""
    total = Integer(0)
    for order in itertools.permutations((i, j, k)):
        sign = LeviCivita(*[(i, j, k).index(index) for index in order])
        total += sign * x[order[0]] * y[order[1]] * z[order[2]]
    return Sum(x[i] * y[j] * z[k] * total, i, j, k)


columns = (x, y, z)
gram = Add(
    *[
        LeviCivita(*order) * Mul(*[Sum(columns[p][k] * columns[order[p]][k], k) for p in range(3)])
        for order in itertools.permutations(range(3))
    ]
)
hot = Vector("hot", n, Domain.ONE_HOT)
bit = Scalar("bit", Domain.BINARY)
phi = Activation("phi")
hidden = define("hidden", i, exp(x[i]))
discriminant = Sum((x[i] - x[j]) ** 2 * (x[j] - x[k]) ** 2 * (x[k] - x[i]) ** 2, i, j, k)
norm2 = Sum(x[k], k) ** 2 + 2 * alpha * Sum(x[k], k) + alpha**2

FALSE: dict[str, tuple[Expr, Expr | int]] = {
    "n in disguise is 1": (size, 1),
    "n in disguise is 2, 3 or 4": (_falling(size, 2, 4), 0),
    "n in disguise, split": (_falling(size_again, 1, 4), 0),
    "two disguises of n": ((size - 1) * (size_again - 2) * (size - 3), 0),
    "exp((n - 3) x)": (exp((n - 3) * xs), 1),
    "exp(n x) and exp(3 x)": (exp(n * xs), exp(3 * xs)),
    "log of 1 + Newton": (log(1 + newton4), 0),
    "exp of Newton": (exp(newton3), 1),
    "sum of exp of Newton": (Sum(exp(newton3 * x[k]), k), n),
    "log of Newton in a sum": (Sum(x[k] * log(1 + newton3), k), 0),
    "discriminant": (discriminant, 0),
    "standard polynomial": (_standard_polynomial(), 0),
    "Cayley and Hamilton": (cayley, 0),
    "diagonal": (Sum(A[k, k], k) ** 2, Sum(A[k, k] ** 2, k)),
    "antisymmetric": (_antisymmetric(), 0),
    "delta is 0": (Delta(i, j), 0),
    "delta is 1": (Delta(i, j), 1),
    "all entries equal": (x[i], x[j]),
    "i ≠ j lost": (Sum(x[i] * x[j] * (1 - Delta(i, j)), i, j), Sum(x[i] * x[j], i, j)),
    "delta in exp": (Sum(exp(x[k] * Delta(k, j)), k), exp(x[j]) + n),
    "root of a square": (sqrt(xs**2), xs),
    "roots of squares in a sum": (Sum(sqrt(x[k] ** 2 + 2 * x[k] * y[k] + y[k] ** 2), k), Sum(x[k] + y[k], k)),
    "root of a square of a sum": (sqrt(norm2), Sum(x[k], k) + alpha),
    "log of a square": (log(xs**2), 2 * log(-xs)),
    "log of a product": (log(xs * alpha), log(-xs) + log(-alpha)),
    "multiple of a prime": (PRIME * xs, 0),
    "multiple of two primes": (PRIME * 2147483587 * xs, 0),
    "multiple of a large prime": ((2**127 - 1) * xs, 0),
    "Fermat": (xs**PRIME, xs),
    "Fermat again": (xs ** (PRIME - 1), 1),
    "power n": (xs**n, xs**3),
    "exp of a sum": (Sum(exp(x[k]), k), exp(Sum(x[k], k))),
    "mean of exp": (exp(mu), Sum(exp(x[k]), k) / n),
    "maximum": (Sum(Max(x[k], 0), k), Sum(x[k], k)),
    "Sinkhorn": (Sum(A[k, l] / (Sum(A[k, j], j) * Sum(A[i, l], i)), k, l), 1),
    "rows and columns": (
        Sum(exp(A[k, l]) / Sum(exp(A[k, j]), j), k, l),
        Sum(exp(A[k, l]) / Sum(exp(A[i, l]), i), k),
    ),
    "unbiased is biased": (Sum((x[i] - mu) ** 2, i) / (n - 1), Sum((x[i] - mu) ** 2, i) / n),
    "sum of ones is 1": (Sum(x[k] / x[k], k), 1),
    "product of deltas": (Sum(Delta(i, k) * Delta(j, k), k), 1),
    "log n": (log(n), log(Integer(3))),
    "square of a delta": (Sum(Delta(k, l) * A[k, l] + x[k] * x[l] * Delta(k, l), k, l), Sum(x[k], k) ** 2),
    "diagonal and mean": (Sum(A[k, k], k), Sum(A[k, l], k, l) / n),
    # Derivatives, cuts and kinks
    "derivative of a cut": (Partial(hidden[i] * x[i], hidden[i]), x[i] + 1),
    "a cut is passed": (Partial(Sum(hidden[k], k), x[i]), 0),
    "derivative of another entry": (Partial(Sum(x[k] ** 2, k), x[j]), 2 * x[i]),
    "derivative of Newton": (Partial(newton4, x[i]), 0),
    "second derivative of Newton": (Partial(Partial(newton4, x[i]), x[j]), 0),
    "derivative of exp of Newton": (Partial(exp(newton3), x[i]), 0),
    "bound derivative of Newton": (Sum(Partial(newton3, x[i]) * y[i], i), 0),
    "derivative of a Gram determinant": (Partial(gram, y[j]), 0),
    "divergence": (Sum(Partial(soft(k), z[k]), k), 1),
    "activation is linear": (phi(xs + alpha), phi(xs) + phi(alpha)),
    "activation is its derivative": (phi(xs, 1), phi(xs)),
    "one-hot entries are 1": (hot[i], 1),
    "one-hot squares": (hot[i] * hot[j], hot[i]),
    "binary is 1": (bit, 1),
    "relu is linear": (Sum(relu(x[k]), k), Sum(x[k], k)),
    "relu halves": (relu(xs), xs / 2),
    "steps sum to 1": (Sum(step(x[k]), k), 1),
    "Z depends on j only": (Partial(Z, z[j]) * Z, exp(z[j])),
}


@pytest.mark.parametrize("name", FALSE)
def test_falsehoods_are_not_proved(name: str) -> None:
    lhs, rhs = FALSE[name]
    evidence = _run(lhs, rhs, Budget(work=100_000))
    assert evidence.verdict is Verdict.UNDECIDED, evidence.detail
    assert evidence.detail


def test_most_falsehoods_are_seen_as_such() -> None:
    """Not a prover that understands nothing: it says that the sides differ, and only seldom that it cannot tell."""
    details = [_run(lhs, rhs).detail for lhs, rhs in FALSE.values()]
    assert details.count(CANDIDATE) >= 40


#: Too large for the oracle.
_NO_ORACLE = ("maximum", "Fermat", "Fermat again")


@pytest.mark.parametrize("name", [name for name in FALSE if name not in _NO_ORACLE])
def test_falsehoods_are_false(name: str) -> None:
    """The list itself is checked: some point tells the sides apart."""
    lhs, rhs = FALSE[name]
    points = [*((3, seed) for seed in range(8)), (5, 0)]
    oracles = (Oracle({n: number, m: 2}, seed, signed=bool(seed % 2)) for number, seed in points)
    assert any(oracle.largest(lhs, Integer(0) + rhs) > NEGLIGIBLE for oracle in oracles)


def test_two_sizes_at_once() -> None:
    """0 where n ≤ 2 or m ≤ 2, for every value of the other: sizes cannot be tested one after the other."""
    rows, columns = [Index(f"row{p}", m) for p in range(3)], [Index(f"column{p}", n) for p in range(3)]

    def trace(power: int) -> Expr:
        factors = [X[rows[p], columns[p]] * X[rows[(p + 1) % power], columns[p]] for p in range(power)]
        return Sum(Mul(*factors), *rows[:power], *columns[:power])

    minor = trace(1) ** 3 - 3 * trace(1) * trace(2) + 2 * trace(3)
    assert Oracle({m: 2, n: 4}).largest(minor, Integer(0)) < NEGLIGIBLE
    assert Oracle({m: 4, n: 2}).largest(minor, Integer(0)) < NEGLIGIBLE
    assert Oracle({m: 3, n: 3}).largest(minor, Integer(0)) > NEGLIGIBLE
    assert _run(minor, 0).verdict is Verdict.UNDECIDED


def test_true_for_small_sizes_only() -> None:
    """Random statements that hold for every n below 2 to 5, hidden in the formulas of the domain."""
    drawn = random.Random(0)
    kinds: set[str] = set()
    for _ in range(60):
        kind, lhs, rhs = falsehood(drawn)
        kinds.add(kind)
        evidence = _run(lhs, rhs, Budget(work=100_000))
        assert evidence.verdict is Verdict.UNDECIDED, f"{evidence.verdict} {evidence.detail}: {lhs} = {rhs}"
    assert len(kinds) >= 5


def test_random_derivatives() -> None:
    """The derivative of a random formula, by the calculus, is proved; with a slip it is not, unless it is true."""
    drawn = random.Random(0)
    proved = refused = 0
    for _ in range(45):
        function = formula(drawn, (), 3)
        by = drawn.choice([e for e in (x[j], A[i, j], X[r, j]) if function.has(e.tensor)] or [x[j]])
        lhs, rhs = Partial(function, by), gradient(function, by)
        evidence = _run(lhs, rhs)
        assert evidence.detail != CANDIDATE, f"{lhs} = {rhs}"
        proved += evidence.verdict is Verdict.PROVED
        wrong = slip(drawn, rhs)
        if _run(lhs, wrong).verdict is Verdict.PROVED:
            assert Oracle({n: 3, m: 2}).largest(lhs, wrong) < NEGLIGIBLE, f"{lhs} = {wrong}"
        else:
            refused += 1
    assert proved >= 42
    assert refused >= 42
