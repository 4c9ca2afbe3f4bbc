"""A quick look tells wrong formulas from right ones, and never takes a right one for wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Rational, S

from gradproof.derivations.calculus import (
    Activation,
    Different,
    Dim,
    Equal,
    Limit,
    Matrix,
    Partial,
    Relation,
    Scalar,
    Sum,
    Vector,
    define,
    delta,
    exp,
    sigmoid,
)
from gradproof.derivations.slips import mutants
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.intervals.apart import CLAIMS, Look, Shared, apart
from gradproof.verify.verdict import Verdict

n, m = Dim("n"), Dim("m")
i, j, k = n.indices("i j k")
x = Scalar("x")
z = Vector("z", n)
p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))
JACOBIAN = Claim("jacobian", Partial(p[i], z[j]), Relation.EQUAL, p[i] * (delta(i, j) - p[j]))


def test_nothing_true_is_told_apart(truths: dict[str, Claim]) -> None:
    for seed in range(3):
        assert not [name for name, claim in truths.items() if apart(claim, seed)]


def test_small_slips_are_told_apart(truths: dict[str, Claim]) -> None:
    for name, claim in truths.items():
        assert apart(replace(claim, rhs=claim.rhs * (1 + Rational(1, 10**9)))), name
        assert apart(replace(claim, lhs=claim.lhs + Rational(1, 10**6))), name


def test_wrong_forms_share_what_was_computed() -> None:
    """Each mutant is judged as by itself, and what is not told apart is right: p_j δ_ij for p_i δ_ij."""
    look = Look(JACOBIAN)
    for mutant in mutants(JACOBIAN.rhs, (i, j)):
        claim = replace(JACOBIAN, rhs=mutant.expression)
        seen = look.apart(claim)
        assert seen == apart(claim), mutant
        if not seen:
            assert check(claim).verdict is Verdict.PROVED, mutant
    assert look.apart(replace(JACOBIAN, rhs=-JACOBIAN.rhs))
    assert not look.apart(JACOBIAN)


def test_a_shared_look_does_not_grow() -> None:
    """What many claims share is kept, and begun anew in time."""
    shared = Shared(seed=0)
    first = shared.at(JACOBIAN)
    assert all(shared.at(JACOBIAN) is first for _ in range(CLAIMS - 1))
    assert shared.at(JACOBIAN) is not first


def test_conditions_count() -> None:
    equal = replace(JACOBIAN, rhs=p[i] * (1 - p[j]), given=(Equal(i, j),))
    assert not apart(equal)
    assert apart(replace(equal, given=()))
    assert apart(replace(equal, given=(Different(i, j),)))
    with pytest.raises(ValueError, match="one set of conditions"):
        Look(equal).apart(JACOBIAN)


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_inequalities(shift: int) -> None:
    assert apart(Claim("claim", x, Relation.AT_MOST, x + shift)) == (shift < 0)
    assert apart(Claim("claim", x, Relation.AT_LEAST, x + shift)) == (shift > 0)


def test_functions_of_different_names_are_different() -> None:
    phi, psi = Activation("φ"), Activation("ψ")
    assert apart(Claim("claim", phi(x), Relation.EQUAL, psi(x)))
    assert not apart(Claim("claim", Partial(phi(x), x), Relation.EQUAL, phi(x, 1)))


def test_where_nothing_can_be_seen_nothing_is_told_apart() -> None:
    limit = Claim("limit", Limit(sigmoid(x), x, S.Zero), Relation.EQUAL, S.One)
    other = Matrix("W", m, n)
    a = m.index("a")
    look = Look(Claim("claim", z[i], Relation.EQUAL, z[i]))
    assert not look.apart(Claim("claim", z[i], Relation.EQUAL, other[a, i]))  # of m nothing is known to this look
    assert not apart(limit)
