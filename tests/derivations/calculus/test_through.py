"""The chain rule through named tensors: every path once, or a clear refusal."""

import pytest

from gradproof.derivations.calculus import Different, Dim, Equal, Scalar, Sum, Text, Vector, define, derive, exp
from gradproof.verify.check import check, claims_of
from gradproof.verify.verdict import Verdict

n = Dim("n")
i, j, k = n.indices("i j k")
x = Vector("x", n)
u = define("u", i, exp(x[i]))
v = define("v", i, u[i] ** 2)
TITLE = Text("chain rule", "链式法则")


def test_a_direct_path_is_not_forgotten():
    with pytest.raises(ValueError, match="depends on x not only through u"):
        derive(Sum(u[k] * x[k], k), x[i], title=TITLE, through=[u])


def test_a_path_through_two_tensors_is_not_counted_twice():
    with pytest.raises(ValueError, match="v depends on u"):
        derive(Sum(u[k] + v[k], k), x[i], title=TITLE, through=[u, v])


def test_a_tensor_that_is_not_on_the_way_is_refused():
    with pytest.raises(ValueError, match="through v, but the function does not depend on it"):
        derive(Sum(u[k], k), x[i], title=TITLE, through=[v])


def test_independent_tensors_share_the_paths():
    w = define("w", i, x[i] ** 3)
    derivation = derive(Sum(u[k] * w[k], k), x[i], name="d", title=TITLE, through=[u, w])
    assert [check(claim).verdict for claim in claims_of(derivation)] == [Verdict.PROVED] * len(claims_of(derivation))


def test_every_case_is_kept_and_taken_at_the_point():
    t = define("t", Scalar("s") * 0)
    cases = {f"case{number}": Different(i, j) if number % 2 else Equal(i, j) for number in range(9)}
    derivation = derive(u[i] + t[()], x[j], name="d", title=TITLE, at=[t], cases=cases)
    assert [branch.name for branch in derivation.branches] == [f"d.case{number}" for number in range(9)]
    assert [branch.steps[0].id[0] for branch in derivation.branches] == list("BCDEFGHIJ")
