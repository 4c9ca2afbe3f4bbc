"""Two lemmas behind most inequalities: e^x ≥ 1 + x, and so log t ≤ t − 1."""

import numpy as np

from gradproof.derivations.calculus import Domain, NonZero, Relation, Scalar, Text, exp, identity, log
from gradproof.derivations.calculus.estimates import above_tangent, estimate
from gradproof.derivations.calculus.identities import as_exponential

x = Scalar("x")
t = Scalar("t", Domain.POSITIVE)


def reference(x):
    return 1 + x


exp_at_least_tangent = identity(
    exp(x),
    [above_tangent(x, 0)],
    name="exp_at_least_tangent",
    title=Text("The exponential lies above its tangent at 0", "指数函数位于其在 0 处的切线上方"),
    textbook=1 + x,
    reference=reference,
    sources=("Boyd, Vandenberghe, Convex Optimization, 2004, section 3.1.3",),
    remarks=(Text("Equality holds at x = 0 only.", "仅当 x = 0 时取等号。"),),
)

exp_above_tangent = identity(
    exp(x),
    [above_tangent(x, 0, strictly=True)],
    name="exp_above_tangent",
    title=Text("Away from 0, the exponential is larger than its tangent", "在 0 以外，指数函数严格大于其切线"),
    textbook=1 + x,
    given=(NonZero(x),),
    reference=reference,
)


def log_reference(t):
    return np.log(t)


log_at_most_tangent = identity(
    t - 1,
    [as_exponential(t), estimate(exp_at_least_tangent, Relation.AT_LEAST)],
    name="log_at_most_tangent",
    title=Text("The logarithm lies below its tangent at 1", "对数函数位于其在 1 处的切线下方"),
    textbook=log(t),
    reference=log_reference,
    remarks=(Text("Equality holds at t = 1 only.", "仅当 t = 1 时取等号。"),),
)
