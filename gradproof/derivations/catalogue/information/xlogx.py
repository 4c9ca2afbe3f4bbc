"""How small x log x can be: the share of one outcome in an entropy is at most 1/e."""

import numpy as np
from sympy import S

from gradproof.derivations.calculus import Domain, Entry, Relation, Scalar, Text, exp, extremum, log
from gradproof.derivations.calculus.estimates import estimate
from gradproof.derivations.calculus.identities import reciprocal_log, simple_values, split_log
from gradproof.derivations.calculus.passes import log_rules

from ..minima import tangents

t = Scalar("t", Domain.POSITIVE)
lowest = exp(S.NegativeOne)
apart = [split_log(lowest, within=Entry), simple_values, reciprocal_log]


def reference(t):
    return -np.exp(0 * t - 1)


xlogx_bound = extremum(
    t * log(t),
    [*apart, estimate(tangents.log_at_most_tangent, Relation.AT_LEAST, within=Entry)],
    at=t,
    value=lowest,
    reached=[log_rules],
    elsewhere=[*apart, estimate(tangents.log_at_most_tangent, Relation.MORE, within=Entry)],
    name="xlogx_bound",
    title=Text("t log t is at least −1/e", "t log t 不小于 −1/e"),
    textbook=-lowest,
    reference=reference,
    sources=("Cover, Thomas, Elements of Information Theory, 2nd ed., 2006, section 2.1",),
    remarks=(
        Text(
            "So one outcome adds at most 1/e = 0.368 to an entropy, and does so at the probability 1/e. It adds 0 at "
            "both ends: where it never happens, and where it is certain.",
            "因此单个结果对熵的贡献至多为 1/e = 0.368，且恰在概率为 1/e 时取到。在两端贡献为 0：从不发生，或必然发生。",
        ),
    ),
)
