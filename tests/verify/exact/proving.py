"""What the tests of the method share: a claim to a verdict, and some definitions of the domain."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Integer

from gradproof.derivations.calculus import (
    Activation,
    Domain,
    Downstream,
    Matrix,
    Relation,
    Scalar,
    Sum,
    Vector,
    define,
    exp,
)
from gradproof.verify.claim import Claim
from gradproof.verify.exact import EverySize
from gradproof.verify.verdict import Budget, Evidence

from .statements import h, i, k, m, n, u, x, z

METHOD = EverySize()


def prove(lhs: Expr, rhs: Expr | int, *given: Any, **more: Any) -> Evidence:
    claim = Claim("claim", Integer(0) + lhs, Relation.EQUAL, Integer(0) + rhs, given, **more)
    return METHOD.run(claim, Budget(), seed=0)


p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))
mean = define("mean", Sum(x[k], k) / n)
centred = define("centred", i, x[i] - mean[()])
phi, loss = Activation("φ"), Scalar("L")
W, bias = Matrix("W", n, h), Vector("bias", h)
net = define("net", u, Sum(W[k, u] * x[k], k) + bias[u])
act = define("act", u, phi(net[u]))
hot, hot_too = Vector("hot", n, Domain.ONE_HOT), Vector("hot too", n, Domain.ONE_HOT)
labels = Matrix("labels", m, n, Domain.ONE_HOT)
bit, bits = Scalar("bit", Domain.BINARY), Vector("bits", n, Domain.BINARY)
above = Downstream(loss, (act,))
simplex = Vector("simplex", n, Domain.SIMPLEX)
