"""True claims and what becomes of them when a person slips: shared by the tests of all oracles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sympy import Expr, Rational

from gradproof.derivations.calculus import (
    Activation,
    Dim,
    Domain,
    Downstream,
    Matrix,
    Partial,
    Relation,
    Scalar,
    Sum,
    Vector,
    define,
    delta,
    exp,
    log,
    relu,
    sigmoid,
    softplus,
    sqrt,
    step,
    tanh,
)
from gradproof.verify.claim import Claim

n, m = Dim("n"), Dim("m", "a b")
i, j, k = n.indices("i j k")
a, b = m.indices("a b")
x = Scalar("x")
z, t = Vector("z", n), Vector("t", n)
y = Vector("y", n, Domain.ONE_HOT)
q = Vector("q", n, Domain.SIMPLEX)
w = Vector("w", n)
W = Matrix("W", m, n)
p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))
v = define("v", a, tanh(Sum(W[a, k] * z[k], k)))
loss = Scalar("L")
phi = Activation("φ")
norm = sqrt(Sum(z[k] ** 2, k))


def true_claims() -> dict[str, Claim]:
    """Equalities, by name: derivatives (first, second, by cuts, of opaque things) and identities."""
    sides = {
        "sigmoid": (Partial(sigmoid(x), x), sigmoid(x) * (1 - sigmoid(x))),
        "tanh": (Partial(tanh(x), x), 1 - tanh(x) ** 2),
        "softplus": (Partial(softplus(x), x), sigmoid(x)),
        "relu": (Partial(relu(x), x), step(x)),
        "softmax": (Partial(p[i], z[j]), p[i] * (delta(i, j) - p[j])),
        "logsumexp": (Partial(log(Sum(exp(z[k]), k)), z[i]), p[i]),
        "cross entropy": (Partial(-Sum(y[k] * log(p[k]), k), z[i]), p[i] - y[i]),
        "divergence": (Partial(Sum(q[k] * log(q[k] / p[k]), k), q[i]), log(q[i] / p[i]) + 1),
        "mean square": (Partial(Sum((z[k] - t[k]) ** 2, k) / n, z[i]), 2 * (z[i] - t[i]) / n),
        "norm": (Partial(norm, z[i]), z[i] / norm),
        "layer": (Partial(Sum(W[a, k] * z[k], k), z[j]), W[a, j]),
        "tanh layer": (Partial(v[a], W[b, j]), delta(a, b) * (1 - v[a] ** 2) * z[j]),
        "cut": (Partial(-Sum(y[k] * log(p[k]), k), p[j]), -y[j] / p[j]),
        "hessian": (Partial(Partial(log(Sum(exp(z[k]), k)), z[i]), z[j]), p[i] * (delta(i, j) - p[j])),
        "activation": (Partial(phi(x**2), x), 2 * x * phi(x**2, 1)),
        "downstream": (Partial(loss, z[j]), Sum(Partial(loss, v[a]) * (1 - v[a] ** 2) * W[a, j], a)),
        "sum to one": (Sum(p[k], k), Rational(1)),
    }
    given = {"downstream": (Downstream(loss, (v,)),)}
    return {
        name: Claim(name, left, Relation.EQUAL, right, given.get(name, ())) for name, (left, right) in sides.items()
    }


def slips(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """The claim with its right side wrong in one way each."""
    right = claim.rhs
    changed: dict[str, Expr] = {
        "sign": -right,
        "factor": 2 * right,
        "a millionth": right * (1 + Rational(1, 10**6)),
        "square": right**2 if right != 1 else 2 * right,
        "size lost": right * n,
        "indices swapped": right.xreplace({i: j, j: i}),
        "case lost": right.xreplace({delta(i, j): Rational(1), delta(a, b): Rational(1)}),
    }
    for slip, wrong in changed.items():
        if wrong != right:
            yield slip, Claim(f"{claim.name}, {slip}", claim.lhs, claim.relation, wrong, claim.given)


#: Slips that change nothing, after all: these matrices are symmetric, 0 and 1 are their own squares.
HARMLESS = {
    ("softmax", "indices swapped"),
    ("hessian", "indices swapped"),
    ("relu", "square"),
}


def false_claims() -> dict[str, Claim]:
    """Every slip in every true claim, without those that are true again."""
    return {
        wrong.name: wrong
        for name, claim in true_claims().items()
        for slip, wrong in slips(claim)
        if (name, slip) not in HARMLESS
    }


@pytest.fixture(scope="session")
def truths() -> dict[str, Claim]:
    return true_claims()


@pytest.fixture(scope="session")
def falsehoods() -> dict[str, Claim]:
    return false_claims()
