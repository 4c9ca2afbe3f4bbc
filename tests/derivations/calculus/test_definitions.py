"""The domain of a defined tensor is a promise: what cannot be seen is refused, what is claimed is checked."""

import pytest

from gradproof.derivations.calculus import (
    Dim,
    Domain,
    Scalar,
    ShapeError,
    Sum,
    Text,
    Vector,
    define,
    derive,
    exp,
    sigmoid,
)
from gradproof.verify.check import check, claims_of
from gradproof.verify.verdict import Verdict

n, m = Dim("n"), Dim("m")
i, k = n.indices("i k")
z = Vector("z", n)
x = Scalar("x")


def test_a_free_index_that_is_no_index_of_the_tensor_is_named_with_its_size():
    with pytest.raises(ShapeError, match=r"free index k \(over n\)"):
        define("p", i, z[i] * z[k])


@pytest.mark.parametrize("domain", [Domain.POSITIVE, Domain.SIMPLEX, Domain.UNIT])
def test_a_formula_that_is_not_visibly_positive_is_refused(domain):
    with pytest.raises(ValueError, match="is to be positive"):
        define("p", i, z[i], domain=domain)


def test_a_formula_that_is_not_visibly_below_one_is_refused():
    with pytest.raises(ValueError, match="less than 1"):
        define("s", exp(x), domain=Domain.UNIT)


@pytest.mark.parametrize("formula", [sigmoid(x), 1 / (1 + exp(-x))])
def test_a_sigmoid_is_between_0_and_1(formula):
    assert define("s", formula, domain=Domain.UNIT).domain is Domain.UNIT


@pytest.mark.parametrize("domain", [Domain.ONE_HOT, Domain.BINARY])
def test_a_formula_is_never_one_hot(domain):
    with pytest.raises(ValueError, match="cannot be declared"):
        define("y", i, exp(z[i]), domain=domain)


def _sum_of(p):
    derivation = derive(p[i], z[k], name="d", title=Text("d", "d"), fold=[p])
    (claim,) = [claim for claim in claims_of(derivation) if claim.name == "d:sum of p"]
    return check(claim)


def test_that_softmax_sums_to_one_is_a_claim_and_proved():
    assert _sum_of(define("p", i, exp(z[i]) / Sum(exp(z[k]), k), domain=Domain.SIMPLEX)).verdict is Verdict.PROVED


def test_a_broken_promise_is_refuted():
    report = _sum_of(define("p", i, exp(z[i]) / (1 + Sum(exp(z[k]), k)), domain=Domain.SIMPLEX))
    assert report.verdict is Verdict.REFUTED
    assert report.counterexample is not None
