"""What is false is refuted: at least six mistakes in every entry of the catalogue, and one in every line.

A verdict that nobody asserts says nothing. Every slip of the table is made in the result of every entry (and, where the
result offers too few, in the formula that is differentiated); what comes out must be refuted by a counterexample. A
slip that makes no difference, such as the transpose of a symmetric Jacobian, must be proved harmless and is listed.
Every line is made false by a billionth of itself; `tests/benchmarks` counts a share of all slips in all lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest
from sympy import Expr, Rational, S

from gradproof.derivations.calculus import (
    Derivation,
    Dim,
    Domain,
    Entry,
    Limit,
    Matrix,
    Partial,
    Relation,
    Scalar,
    Sum,
    Text,
    Vector,
    derive,
    exp,
    log,
)
from gradproof.derivations.calculus.rewriting import rewrite
from gradproof.derivations.catalogue import derivations
from gradproof.derivations.catalogue.information import entropy_bounds
from gradproof.derivations.catalogue.softmax import log_sum_exp_bounds
from gradproof.derivations.slips import SLIPS, mutants
from gradproof.verify.autograd import TorchAutograd
from gradproof.verify.check import RESULT, check, claims_of
from gradproof.verify.claim import Claim
from gradproof.verify.intervals import BallDecision
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget, Evidence, Method, Report, Verdict

AT_LEAST = 6
OFF = Rational(1, 10**6)
#: The smallest slip that must be seen, relative where there is something to be relative to.
LEAST = Rational(1, 10**9)

n = Dim("n")
i, j, k = n.indices("i j k")
A, B, x = Matrix("A", n, n), Matrix("B", n, n), Vector("x", n)
p = Vector("p", n, Domain.SIMPLEX)
u, t = Scalar("x"), Scalar("t", Domain.POSITIVE)
H = entropy_bounds.entropy[()]
#: No entry of the catalogue has a square matrix that could be transposed by mistake.
QUADRATIC_FORM = derive(
    Sum(A[i, k] * x[i] * x[k], i, k), x[j], name="quadratic_form", title=Text("A quadratic form", "二次型")
)

#: Slips that no result of the catalogue offers a place for, each in a formula in which it makes a difference.
ELSEWHERE: dict[str, Expr] = {
    "sign of entropy": -Sum(p[k] * log(p[k]), k),
    "commuted": Sum(A[i, k] * B[k, j], k),
    "numerator index": x[j] * exp(x[i]) / Sum(exp(x[k]), k),
    "sign of the update": x[i] - t * Partial(Sum(x[k] ** 2, k), x[i]),
    "wrong variable": Partial(u**2 * t, u),
}

#: The number of layers in `sigmoid_slopes_bound`.
L = Dim("L", "l")
rho = Scalar("rho", Domain.POSITIVE)
z = log_sum_exp_bounds.z
lse = log(Sum(exp(z[k]), k))
m = log_sum_exp_bounds.largest
#: Slips that change nothing, and why.
HARMLESS: dict[str, dict[str, str]] = {
    "softmax_jacobian": {"swapped indices": "the Jacobian is symmetric"},
    "eigen_hessian": {"swapped indices": "a Hessian is symmetric"},
    "row_maxima_jacobian": {"swapped indices": "beside δ_ri the places r and i are the same"},
    "matrix_one_norm_gradient": {"mean": "the largest sum and the largest mean are of the same column"},
    "taylor_curvature": {"wrong variable": "x = a + tv moves with a as with itself"},
    "log_sum_exp_hessian": {"swapped indices": "a Hessian is symmetric"},
    "variance_stable": dict.fromkeys(
        ("sign of a term", "mean", "size dropped", "off by one", "power dropped", "term dropped"),
        "the deviations from the mean sum to 0, so that the second term can be anything",
    ),
}
#: Slips that leave a side without a value, and why: there is no point at which they could be refuted.
NOWHERE: dict[str, dict[str, str]] = {
    "scaled_feature_mean": {"fraction inverted": "a fraction over 0"},
    "xlogx_bound": {"wrong function": "the logarithm of −1"},
    "xlogx_bound.reached": {"wrong function": "the logarithm of −1"},
    "xlogx_bound.elsewhere": {"wrong function": "the logarithm of −1"},
    "sigmoid_stable": {"wrong function": "the logarithm of −|x|"},
    "tanh_stable": {"wrong function": "the logarithm of −2|x|"},
    "softmax_stable": {"wrong function": "the logarithm of a logit minus the largest"},
    "log_sum_exp_stable": {"exp dropped": "the logarithm of a sum of logits minus the largest"},
    "log_softmax_stable": {"exp dropped": "the logarithm of a sum of logits minus the largest"},
    "cross_entropy_stable": {"exp dropped": "the logarithm of a sum of logits minus the largest"},
}
#: Entries that say that something is 0: each line of them is 0, so that a factor makes no difference.
ZERO = ("entropy_of_one_hot", "kl_of_equal", "entropy_stationary_at_uniform", "kl_nonnegative", "kl_positive")
ZERO += ("argmax_derivative", "accuracy_gradient", "scaled_feature_mean", "gradient_normal_to_contour")
ZERO += ("across_the_gradient",)
#: Estimates on the way to a bound, which could be sharper.
SLACK = {"entropy_nonnegative:A2": "the entropy of two or more entries is above 1 − Σ p²"}
#: Wrong results of entries whose result is a number, in which few slips can be made.
WRONG: dict[str, tuple[Expr, ...]] = {
    **dict.fromkeys(
        ("sigmoid_derivative_bound", "sigmoid_derivative_bound.reached", "sigmoid_derivative_bound.elsewhere"),
        (Rational(1, 8), S.Zero, Rational(1, 5), Rational(1, 4) - OFF, S.NegativeOne, -OFF),
    ),
    **dict.fromkeys(
        ("tanh_derivative_bound", "tanh_derivative_bound.reached", "tanh_derivative_bound.elsewhere"),
        (S.Half, S.Zero, Rational(1, 5), 1 - OFF, S.NegativeOne, -OFF),
    ),
    **dict.fromkeys(
        ("entropy_at_most_log", "entropy_at_most_log.reached"),
        (log(n) - OFF, log(n) * (1 - OFF), log(n) / 2, S.Zero, S.NegativeOne, -log(n)),
    ),
    "entropy_at_most_log.elsewhere": (log(n) * Rational(9, 10), log(n) / 2, S.Zero, S.NegativeOne, -log(n), 1 / n),
    **dict.fromkeys(
        ("kl_nonnegative", "entropy_nonnegative", "log_sum_exp_convex", "mse_convex", "logistic_regression_convex"),
        (OFF, S.Half, S.One, S(2), S(10), Rational(1, 4)),
    ),
    "least_squares_convex": (OFF, S.Half, S.One, S(2), S(10), Rational(1, 4)),
    "sigmoid_slopes_bound": tuple(-L * log(4) - less for less in (OFF, S.Half, S.One, S(10), L, L / 10)),
    **dict.fromkeys(
        ("xlogx_bound", "xlogx_bound.reached", "xlogx_bound.elsewhere"),
        (S.Zero, -Rational(1, 3), -Rational(1, 4), -exp(S.NegativeOne) + OFF, S.One, -exp(S.NegativeOne) / 2),
    ),
    "slopes_explode": tuple(L * log(rho) + more for more in (S.One, S(10), L, L / 10, S.Half, L * log(S(3)))),
    "log_sum_exp_above_each": tuple(lse - less for less in (S.One, S(10), S.Half, Rational(1, 8), log(n), log(2 * n))),
    "log_sum_exp_below_max_and_log": tuple(m[()] + less for less in (S.Zero, log(n) - OFF, log(n) / 2, S.NegativeOne)),
    "two_minima_bound": (Rational(-8, 3) + OFF, Rational(-5, 12), S.Zero, S.One, Rational(-5, 2), S.NegativeOne),
    "learning_rate_right": (Rational(9, 10), S.Half, S.Zero, S.NegativeOne, Rational(1, 4), Rational(1, 8)),
    "learning_rate_too_large": (S(2), S(3), S(10), Rational(11, 10), Rational(3, 2), S(100)),
    "kl_positive": (S.Half, S.One, S(2), S(10), n, log(n)),
    "exp_at_least_tangent": (1 + u + OFF, 1 + u * (1 + OFF), 1 + 2 * u, 2 + u, 1 - u, 1 + u + u**2 / 2),
    "exp_above_tangent": (1 + u + OFF, 1 + u * (1 + OFF), 1 + 2 * u, 2 + u, 1 - u, 1 + u + u**2 / 2),
    "log_at_most_tangent": (log(t) * (1 + OFF), log(t) + OFF, 2 * log(t), log(t) / 2, 1 + log(t), -log(t)),
    "cross_entropy_at_least_entropy": (H + OFF, H * (1 + OFF), 2 * H, H + 1, H + S.Half, H + 1 / n),
    **dict.fromkeys(
        (
            "sigmoid_derivative_limit_right",
            "sigmoid_derivative_limit_left",
            "sigmoid_limit_left",
            "softplus_near_relu",
            "power_times_exponential",
            "xlogx_at_zero",
        ),
        (S.One, S.Half, Rational(1, 4), S.NegativeOne, OFF, -OFF),
    ),
    **dict.fromkeys(
        ("sigmoid_limit_right", "tanh_limit_right", "softplus_slope_right", "tanh_limit_left"),
        (S.Zero, S.Half, Rational(1, 4), S(2), 1 + OFF, 1 - OFF),
    ),
    "entropy_of_one_hot": (log(n), n, 1 / n, S.NegativeOne, OFF, -OFF),
    "kl_of_equal": (log(n), n, 1 / n, S.NegativeOne, OFF, -OFF),
    "entropy_stationary_at_uniform": (log(n), n, 1 / n, S.NegativeOne, OFF, -OFF),
    **dict.fromkeys(
        (
            "argmax_derivative",
            "accuracy_gradient",
            "scaled_feature_mean",
            "gradient_normal_to_contour",
            "across_the_gradient",
        ),
        (S.One, S.Half, Rational(1, 4), S.NegativeOne, OFF, -OFF),
    ),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with one slip in it. `first`: the slip is made in the result for the first time."""

    slip: str
    claim: Claim
    first: bool = False


@cache
def parts() -> dict[str, Derivation]:
    """Every entry and every branch, by name."""
    return {part.name: part for entry in (*derivations(), QUADRATIC_FORM) for part in entry.walk()}


def result_claim(part: Derivation) -> Claim:
    return next(claim for claim in claims_of(part) if claim.name == part.name + RESULT)


def in_result(part: Derivation) -> list[Case]:
    """The slips in the result, one of each kind first."""
    claim = result_claim(part)
    cases, seen = [], set()
    for number, mutant in enumerate(mutants(claim.rhs, part.indices)):
        larger, smaller = claim.relation.larger(S.Zero, mutant.expression - claim.rhs)
        certificate = None if claim.certificate is None else claim.certificate + larger - smaller
        wrong = replace(claim, name=f"{claim.name}:{number}", rhs=mutant.expression, certificate=certificate)
        cases.append(Case(mutant.slip.name, wrong, mutant.slip.name not in seen))
        seen.add(mutant.slip.name)
    own = [replace(claim, name=f"{claim.name}:own{at}", rhs=wrong) for at, wrong in enumerate(WRONG.get(part.name, ()))]
    certain = [Case("own", replace(wrong, certificate=None), True) for wrong in own]
    return [*certain, *sorted(cases, key=lambda case: not case.first)]


def in_statement(part: Derivation) -> Iterator[Case]:
    """The slips in what is differentiated, with the definitions inserted."""
    claim = result_claim(part)
    for number, mutant in enumerate(mutants(inserted(claim.lhs), part.indices)):
        yield Case(mutant.slip.name, replace(claim, name=f"{claim.name}:s{number}", lhs=mutant.expression))


def inserted(statement: Expr) -> Expr:
    """A statement with its definitions, one level of them."""

    def insert(part: Expr) -> Expr:
        if isinstance(part, Entry) and part.tensor.definition is not None:
            return part.tensor.body(*part.indices)
        return part

    if isinstance(statement, Partial):
        return Partial(inserted(statement.expression), statement.by)
    if isinstance(statement, Limit):
        return statement.of(inserted(statement.expression))
    return rewrite(statement, insert)


def assert_refuted(case: Case, report: Report) -> None:
    what = f"{case.slip}: {case.claim.lhs} {case.claim.relation.value} {case.claim.rhs}"
    details = "; ".join(f"{item.method}: {item.verdict.name} {item.detail}" for item in report.evidence)
    assert report.verdict is Verdict.REFUTED, f"{what} is {report.verdict.name} ({details})"
    point = report.counterexample
    equal = point is not None and point.lhs == point.rhs
    assert point is not None and equal <= case.claim.relation.strict, f"{what}: {point}"


def is_true_too(case: Case, report: Report) -> bool:
    """Whether a mistake in a bound made one that is true as well: looser, or one that nothing speaks against."""
    bound = case.claim.relation is not Relation.EQUAL and case.slip != "own"
    return bound and report.verdict in (Verdict.PROVED, Verdict.AGREES)


def assert_harmless(case: Case, report: Report) -> None:
    """A proof, and numbers that agree with it: a prover that proves what is false does not pass here."""
    assert any(item.verdict is Verdict.PROVED and item.scope for item in report.evidence)
    if not case.claim.lhs.has(Limit):
        numbers = BallDecision().run(case.claim, Budget(points=50, enclosures=200), 0)
        assert numbers.drawn and not objects(numbers), f"{case.claim.name}: proved, but {numbers.detail}"


def objects(found: Evidence) -> bool:
    return found.verdict is Verdict.REFUTED or found.disagrees


@pytest.mark.parametrize("name", parts())
def test_mistakes_in_an_entry_are_refuted(name: str) -> None:
    """Every kind of slip once in the result, and more until six are refuted; those in the statement count as well."""
    part = parts()[name]
    refuted: Counter[str] = Counter()
    harmless: set[str] = set()
    nowhere = NOWHERE.get(name.partition(".")[0], {})
    for case in in_result(part):
        if not case.first and refuted.total() >= AT_LEAST:
            break
        report = check(case.claim)
        if is_true_too(case, report):
            continue
        if report.verdict is Verdict.PROVED:
            assert_harmless(case, report)
            harmless.add(case.slip)
        elif case.first and case.slip in nowhere:
            assert report.verdict is Verdict.VACUOUS and not any(item.effective for item in report.evidence)
        else:
            assert_refuted(case, report)
            refuted[case.slip] += 1
    assert harmless == set(HARMLESS.get(name, ())), "list what is harmless, with the reason, once it is clear why"
    for case in in_statement(part):
        if refuted.total() >= AT_LEAST:
            break
        report = check(case.claim)
        if is_true_too(case, report):
            continue
        if report.verdict is Verdict.PROVED:
            assert_harmless(case, report)
        else:
            assert_refuted(case, report)
            refuted[case.slip] += 1
    assert refuted.total() >= AT_LEAST


def test_every_slip_is_made_somewhere() -> None:
    """Each slip occurs in a result where it is not harmless, so that the test above has seen it refuted, or below."""
    made = Counter(
        case.slip
        for name, part in parts().items()
        for case in in_result(part)
        if case.first and case.slip not in ("own", *HARMLESS.get(name, ()))
    )
    assert not set(made) & set(ELSEWHERE), "the catalogue offers a place by now: take it out of the list"
    assert set(made) | set(ELSEWHERE) == {slip.name for slip in SLIPS}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_slip_that_the_catalogue_does_not_offer_is_refuted(name: str) -> None:
    right = ELSEWHERE[name]
    slip = next(slip for slip in SLIPS if slip.name == name)
    assert check(Claim(name, right, Relation.EQUAL, right)).verdict is Verdict.PROVED
    wrong = list(slip.mistakes(right))
    assert wrong
    for number, mistake in enumerate(wrong):
        case = Case(name, Claim(f"{name}:{number}", right, Relation.EQUAL, mistake))
        assert_refuted(case, check(case.claim))


_LINES = [
    claim
    for part in parts().values()
    for claim in claims_of(replace(part, branches=()))
    if claim.name != part.name + RESULT and claim.name not in SLACK
]


@pytest.mark.parametrize("claim", _LINES, ids=lambda claim: claim.name)
def test_a_line_that_is_off_is_refuted(claim: Claim) -> None:
    """Off by a millionth of itself and by a billionth, or by that much where both sides are 0 in disguise.

    A strict bound leaves out the point at which it is reached, so that it is off by a tenth.
    """
    for off, methods in ((OFF, None), (LEAST, [BallDecision()])):
        wrong = off_by(claim, Rational(1, 10) if claim.relation.strict else off)
        case = Case("off", replace(claim, name=f"{claim.name}:off", rhs=wrong, certificate=None))
        one_variable = claim.relation is not Relation.EQUAL or claim.lhs.has(Limit)
        assert_refuted(case, check(case.claim, methods=None if one_variable else methods))


def off_by(claim: Claim, part: Expr) -> Expr:
    """The right side with a small error; a bound, which may be negative, is made sharper."""
    off = -part if claim.relation in (Relation.AT_MOST, Relation.LESS) else part
    bound = claim.relation is not Relation.EQUAL
    zero = claim.name.partition(":")[0] in ZERO or claim.rhs == 0 or claim.lhs.has(Limit)
    return claim.rhs + off if zero or bound else claim.rhs * (1 + off)


def _oracles() -> list[Method]:
    return [BallDecision(modes=(Mode.NORMAL,)), TorchAutograd("cpu", (Mode.NORMAL,))]


@pytest.mark.parametrize("oracle", _oracles(), ids=lambda oracle: oracle.name)
@pytest.mark.parametrize("name", [name for name, part in parts().items() if not part.statement.has(Limit)])
def test_each_numeric_oracle_objects_to_a_result_that_is_off(oracle: Method, name: str) -> None:
    """The oracles are given the forward expression; a stored result that is off by a billionth cannot pass."""
    claim = result_claim(parts()[name])
    if claim.relation is not Relation.EQUAL:
        wrong = claim.rhs + (1 if claim.relation in (Relation.AT_LEAST, Relation.MORE) else -1)
    else:
        wrong = claim.rhs * (1 + LEAST) if claim.rhs != 0 else claim.rhs + LEAST
    assert oracle.supports(claim) == ""
    budget = Budget(points=64, enclosures=200)
    right = oracle.run(claim, budget, 0)
    assert right.verdict is not Verdict.ERROR and not objects(right), right.detail
    assert objects(oracle.run(replace(claim, rhs=wrong), budget, 0))
