"""Agreement in float64: truths agree, every slip is seen, conditions select, and emptiness is no success."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sympy import Rational, sin

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import (
    Different,
    Dim,
    Equal,
    Limit,
    Negative,
    NonZero,
    Partial,
    Positive,
    Relation,
    Scalar,
    Sum,
    Vector,
    define,
    delta,
    exp,
    relu,
    step,
)
from gradproof.verify.check import claims_of
from gradproof.verify.claim import Claim
from gradproof.verify.numeric import NumPyAgreement, agreement
from gradproof.verify.numeric.agreement import VISIBLE, sides
from gradproof.verify.numeric.points import Sample, dims_of, largest_array, samples
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget, Evidence, Verdict

n, m = Dim("n"), Dim("m")
i, j, k = n.indices("i j k")
x = Scalar("x")
z = Vector("z", n)
p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))
JACOBIAN = Claim("jacobian", Partial(p[i], z[j]), Relation.EQUAL, p[i] * (delta(i, j) - p[j]))


def run(claim: Claim, points: int = 400, seed: int = 0) -> Evidence:
    return NumPyAgreement().run(claim, Budget(points=points), seed)


def test_truths_agree(truths: dict[str, Claim]) -> None:
    for name, claim in truths.items():
        found = run(claim)
        assert found.verdict is Verdict.AGREES, (name, found)
        assert found.worst is not None and 0 <= found.worst <= 1
        assert 0.3 * found.drawn < found.effective <= found.drawn, name
        assert found.scope.endswith("points, float64, cpu") and found.device == "cpu"
        assert found.versions == {"numpy": np.__version__} and found.seed == 0


def test_every_slip_is_seen_but_never_called_refuted(falsehoods: dict[str, Claim]) -> None:
    assert len(falsehoods) > 70
    method = NumPyAgreement(modes=(Mode.NORMAL, Mode.SMALL))
    for name, claim in falsehoods.items():
        found = method.run(claim, Budget(points=100), 0)
        assert found.verdict is Verdict.UNDECIDED, name
        assert found.worst is not None and found.worst > 1 and "candidate" in found.detail
        assert found.counterexample is None


def test_a_slip_of_a_millionth_in_any_stored_result_is_seen() -> None:
    claims = [claim for name in catalogue.names() for claim in claims_of(catalogue.find(name))]
    # A relative slip of 0 is 0, and limits have no value in float64.
    results = [c for c in claims if c.name.endswith(":result") and c.rhs != 0 and not c.lhs.has(Limit)]
    assert len(results) > 0.8 * len(catalogue.names())
    method = NumPyAgreement(modes=(Mode.BOUNDED, Mode.SMALL))
    budget = Budget(points=100)
    for claim in results:
        right = method.run(claim, budget, 0)
        assert right.verdict is Verdict.AGREES, (claim.name, right)
        if claim.relation is Relation.EQUAL:
            wrong = method.run(replace(claim, rhs=claim.rhs * (1 + Rational(1, 10**6))), budget, 0)
            assert wrong.disagrees, (claim.name, wrong)


def test_on_every_place_that_counts_a_visible_slip_shows() -> None:
    """What `effective` promises, place by place and not only somewhere."""
    for sample in samples(JACOBIAN, 3, 100, 10**6, tuple(Mode)):
        left, right, _ = sides(JACOBIAN, sample)
        slipped, _, _ = sides(replace(JACOBIAN, lhs=JACOBIAN.rhs * (1 + Rational(1, 10**6))), sample)
        with np.errstate(all="ignore"):
            allowed = left.bound + right.bound
            counts = left.finite & right.finite & (right.value != 0)
            sharp = counts & (allowed <= VISIBLE / 2 * np.minimum(np.abs(left.value), np.abs(right.value)))
            seen = np.abs(slipped.value - right.value) > slipped.bound + right.bound
        assert seen[sharp].all()


def test_the_cases_that_matter_are_drawn() -> None:
    drawn = list(samples(JACOBIAN, 0, 1000, 10**6, tuple(Mode)))
    assert {sample.mode for sample in drawn} == set(Mode)
    assert any(sample.sizes[n] == 1 for sample in drawn)  # only i = j
    assert any(sample.sizes[n] > 1 for sample in drawn)  # i = j and i ≠ j, since all places are compared
    entries = [sample.values(z) for sample in drawn if sample.mode is Mode.TIES and sample.sizes[n] > 1]
    assert any((array == array[:, :1]).all(axis=1).any() for array in entries)
    assert any((sample.values(z) == 0).any() for sample in drawn)  # kinks
    for case, right in ((Equal(i, j), p[i] * (1 - p[i])), (Different(i, j), -p[i] * p[j])):
        found = run(replace(JACOBIAN, rhs=right, given=(case,)))
        assert found.verdict is Verdict.AGREES and found.effective > 1000
        assert run(replace(JACOBIAN, rhs=right)).disagrees


def test_two_sizes_are_never_equal() -> None:
    W = define("W", i, Sum(Vector("t", m)[m.index("a")], m.index("a")) + z[i])
    claim = Claim("two sizes", W[i], Relation.EQUAL, W[i])
    assert dims_of(claim) == (m, n)
    assert all(sample.sizes[n] != sample.sizes[m] for sample in samples(claim, 0, 10, 10**6, tuple(Mode)))


def test_regions_select() -> None:
    slope = Partial(relu(x), x)
    assert run(Claim("right", slope, Relation.EQUAL, x / x, given=(Positive(x),))).verdict is Verdict.AGREES
    assert run(Claim("right", slope, Relation.EQUAL, step(x), given=(Positive(x),))).verdict is Verdict.AGREES
    one = 1 - step(-x)
    assert run(Claim("away from the kink", slope, Relation.EQUAL, one, given=(NonZero(x),))).verdict is Verdict.AGREES
    assert run(Claim("at the kink", slope, Relation.EQUAL, one)).disagrees
    assert run(Claim("left", slope, Relation.EQUAL, 0 * x, given=(Negative(x),))).verdict is Verdict.AGREES
    assert run(Claim("left", slope, Relation.EQUAL, 0 * x, given=(Positive(x),))).disagrees


def test_a_region_on_an_index_that_the_claim_does_not_have_means_all_of_its_places() -> None:
    total = Sum(relu(z[k]), k)
    claim = Claim("all positive", total, Relation.EQUAL, Sum(z[k], k), given=(Positive(z[i]),))
    assert run(claim).verdict is Verdict.AGREES
    assert run(replace(claim, given=())).disagrees


def test_conditions_that_no_point_satisfies_are_vacuous() -> None:
    found = run(Claim("nowhere", x, Relation.EQUAL, x + 1, given=(Positive(x), Negative(x))))
    assert found.verdict is Verdict.VACUOUS and found.effective == 0 and found.drawn > 0


def test_undefined_sides_are_vacuous() -> None:
    from gradproof.derivations.calculus import log

    assert run(Claim("undefined", log(-exp(x)), Relation.EQUAL, x)).verdict is Verdict.VACUOUS


def test_a_value_lost_in_rounding_says_nothing() -> None:
    far = 10**30
    found = run(Claim("drowned", (x + far) - far * exp(0 * x), Relation.EQUAL, x))
    assert found.verdict is Verdict.AGREES  # SymPy cancels exactly
    drowned = run(Claim("drowned", exp(x) * exp(-x) * far + x - far, Relation.EQUAL, x))
    assert drowned.verdict is Verdict.VACUOUS


def test_inequalities() -> None:
    below = Claim("below", p[i], Relation.AT_MOST, Sum(p[k], k))
    assert run(below).verdict is Verdict.AGREES
    assert run(replace(below, lhs=below.rhs, rhs=below.lhs)).disagrees


def test_a_slip_in_the_calculus_does_not_vouch_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    from gradproof.derivations.calculus import DERIVATIVES, Text, derive, sigmoid

    monkeypatch.setitem(DERIVATIVES, sigmoid, lambda f, argument: f * (1 + f))
    wrong = derive(sigmoid(x), x, name="wrong", title=Text("wrong", "错"))
    claims = {claim.name: claim for claim in claims_of(wrong)}
    assert run(claims["wrong:result"]).disagrees


def test_the_same_seed_gives_the_same_evidence() -> None:
    assert run(JACOBIAN, seed=5) == run(JACOBIAN, seed=5)
    assert run(JACOBIAN, seed=5) != run(JACOBIAN, seed=6)


def test_values_do_not_depend_on_the_order_of_asking() -> None:
    t = Vector("t", n)
    first, second = (Sample({n: 3}, Mode.NORMAL, 5, (1, 2)) for _ in range(2))
    pairs = (first.values(z), first.values(t)), tuple(reversed((second.values(t), second.values(z))))
    assert all((one == other).all() for one, other in zip(*pairs, strict=True))
    assert (first.values(z) != first.values(t)).all()


def test_large_arrays_get_fewer_points() -> None:
    cube = Claim("cube", Sum(exp(z[i] * z[j] * z[k]), i, j, k), Relation.EQUAL, x)
    assert largest_array(cube, {n: 8}) == 8**3
    drawn = list(samples(cube, 0, 10**6, 10**5, (Mode.NORMAL,)))
    assert all(sample.points * sample.sizes[n] ** 3 <= 10**5 for sample in drawn)


def test_what_goes_wrong_is_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    unsupported = run(Claim("a function of SymPy's", sin(x), Relation.EQUAL, x))
    assert unsupported.verdict is Verdict.UNDECIDED and "sin has no value here" in unsupported.detail

    def broken(*_: object) -> None:
        raise MemoryError("too much")

    monkeypatch.setattr(agreement, "sides", broken)
    failed = run(JACOBIAN)
    assert failed.verdict is Verdict.ERROR and "MemoryError: too much" in failed.detail


def test_limits_are_not_for_points() -> None:
    (claim, *_) = claims_of(catalogue.find("sigmoid_derivative_limit_right"))
    assert NumPyAgreement().supports(claim) == "a limit has no value at a point"
