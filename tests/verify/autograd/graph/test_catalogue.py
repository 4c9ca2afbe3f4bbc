"""What Torch computes backward is the result, proved for every entry; and every slip in a result is refuted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from sympy import Rational

from gradproof.derivations.calculus import Derivation
from gradproof.derivations.catalogue import derivations, find
from gradproof.derivations.slips import mutants
from gradproof.verify.autograd.graph import TorchGraph
from gradproof.verify.autograd.graph.method import ANY_SHIFT
from gradproof.verify.check import TORCH, torch_claims_of
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Budget, Evidence, Verdict

#: Entries for which Torch has no operation, and why.
WITHOUT = {
    "sigmoid_derivative_limit_right": "a limit is no computation",
    "sigmoid_derivative_limit_left": "a limit is no computation",
    **dict.fromkeys(
        (
            "sigmoid_limit_right",
            "sigmoid_limit_left",
            "tanh_limit_right",
            "tanh_limit_left",
            "softplus_near_relu",
            "softplus_slope_right",
            "power_times_exponential",
            "xlogx_at_zero",
            "squared_error_saturates",
            "cross_entropy_does_not_saturate",
            "square_by_definition",
            "cube_by_definition",
            "reciprocal_by_definition",
            "exponential_by_definition",
            "taylor_of_reciprocal",
            "momentum_limit",
        ),
        "a limit is no computation",
    ),
    **dict.fromkeys(
        (
            "exp_at_least_tangent",
            "exp_above_tangent",
            "log_at_most_tangent",
            "kl_nonnegative",
            "kl_positive",
            "entropy_at_most_log",
            "entropy_nonnegative",
            "cross_entropy_at_least_entropy",
            "sigmoid_derivative_bound",
            "tanh_derivative_bound",
            "log_sum_exp_convex",
            "mse_convex",
            "logistic_regression_convex",
            "least_squares_convex",
            "square_below_chord",
            "slope_at_most_norm",
            "two_minima_bound",
            "sigmoid_slopes_bound",
            "slopes_explode",
            "xlogx_bound",
            "log_sum_exp_above_each",
            "log_sum_exp_below_max_and_log",
            "learning_rate_right",
            "learning_rate_too_large",
        ),
        "an inequality: Torch computes no bounds",
    ),
    **dict.fromkeys(
        ("product_rule", "quotient_rule", "chain_rule", "slope_of_three_layers"),
        "the functions are arbitrary; Torch has none that is",
    ),
    **dict.fromkeys(
        ("directional_derivative", "derivative_along_curve", "descent_slope"),
        "the function is arbitrary; Torch has none that is",
    ),
    **dict.fromkeys(
        ("taylor_curvature", "gradient_normal_to_any_contour", "across_the_gradient"),
        "the function is arbitrary; Torch has none that is",
    ),
    "sgd_unbiased": "the loss is arbitrary; Torch has none that is",
    **dict.fromkeys(
        ("descent_on_quadratic", "best_step_on_parabola", "gradient_normal_to_contour"),
        "derivatives stand on the left side, and no operation",
    ),
    "argmax_derivative": "Torch refuses to differentiate argmax",
    "layer_output_delta": "the activation is arbitrary; Torch has none that is",
    "layer_delta": "the activation is arbitrary; Torch has none that is",
}
#: Slips that change nothing, and why.
HARMLESS = {
    ("softmax_jacobian", "swapped indices"): "the Jacobian is symmetric",
    ("log_sum_exp_hessian", "swapped indices"): "a Hessian is symmetric",
    ("eigen_hessian", "swapped indices"): "a Hessian is symmetric",
    ("row_maxima_jacobian", "swapped indices"): "beside δ_ri the places r and i are the same",
    ("matrix_one_norm_gradient", "mean"): "the largest sum and the largest mean are of the same column",
    ("variance_stable", "mean"): "the deviations sum to 0, divided by anything",
    ("variance_stable", "size dropped"): "the deviations sum to 0, divided by anything",
}
#: Slips that are not decided, and why.
OPEN = dict.fromkeys(
    (("matrix_one_norm_gradient", "sum dropped"), ("matrix_one_norm_gradient", "wrong index")),
    "no point is found that orders columns and the entries of one row apart",
)
#: What a proof says of where it holds, beyond sizes and shifts.
WHERE = {
    "softplus_derivative": "where x < 20",
    "softplus_stable": "where x < 20",
    "softplus_stable.positive": "where x < 20",
    "softplus_stable.negative": "where x < 20",
    "binary_cross_entropy_gradient": "where log(1 − σ(x)) > -100, log(σ(x)) > -100, σ(x) (1 − σ(x)) > 1e-12",
}
#: The slips that are made here in every result: those of signs, of indices and of sums.
KINDS = ("sign", "swapped indices", "wrong index", "sum dropped", "mean", "size dropped")
TINY = 1 + Rational(1, 10**12)


@cache
def parts() -> dict[str, tuple[Derivation, Claim]]:
    """Every entry and branch that names an operation of Torch, with its claim."""
    found = {}
    for entry in derivations():
        claims = {claim.name.removesuffix(TORCH): claim for claim in torch_claims_of(entry)}
        found |= {part.name: (part, claims[part.name]) for part in entry.walk() if part.name in claims}
    return found


def decided(claim: Claim) -> Evidence:
    return TorchGraph().run(claim, Budget(), 0)


def test_who_has_no_operation_is_listed_with_the_reason() -> None:
    assert {entry.name for entry in derivations() if entry.operation is None} == set(WITHOUT)
    assert all(WITHOUT.values())


def test_branches_have_the_operation_of_their_entry() -> None:
    branches = [(branch, entry) for entry in derivations() for branch in entry.branches]
    assert branches and all(branch.operation is entry.operation for branch, entry in branches)


@pytest.mark.parametrize("name", parts())
def test_what_torch_computes_is_the_result(name: str) -> None:
    _, claim = parts()[name]
    found = decided(claim)
    assert found.verdict is Verdict.PROVED, found.detail
    assert found.bound is not None and found.bound < 1e-60
    assert found.drawn == found.effective > 0 and found.versions["torch"]
    said = [part for part in found.scope.split("; ") if part.startswith("where")]
    assert said == [WHERE[name]] if name in WHERE else not said, found.scope


@pytest.mark.parametrize("name", parts())
def test_a_relative_slip_of_1e_12_is_refuted(name: str) -> None:
    _, claim = parts()[name]
    wrong = Rational(1, 10**12) if claim.rhs == 0 else claim.rhs * TINY
    found = decided(replace(claim, rhs=wrong))
    assert found.verdict is Verdict.REFUTED and found.counterexample is not None, found.detail


def test_slips_of_signs_indices_and_sums_are_refuted_in_every_result() -> None:
    """One of each kind in each result; a script makes all of them."""
    counts: Counter[str] = Counter()
    harmless, left_open = set(), set()
    for name, (part, claim) in parts().items():
        made = reversed([mutant for mutant in mutants(claim.rhs, part.indices) if mutant.slip.name in KINDS])
        for slip, mutant in {mutant.slip.name: mutant for mutant in made}.items():
            found = decided(replace(claim, rhs=mutant.expression))
            if found.verdict is Verdict.PROVED:
                harmless.add((name, slip))
            elif found.verdict is Verdict.UNDECIDED:
                left_open.add((name, slip))
            else:
                assert found.verdict is Verdict.REFUTED, f"{name}, {slip}: {found.detail}"
                counts[slip] += 1
    assert harmless == set(HARMLESS)
    assert left_open == set(OPEN)
    assert counts["sign"] > 50 and counts.total() > 100 and set(counts) == set(KINDS), counts


def test_any_shift_may_take_the_place_of_the_maximum() -> None:
    for name in ("softmax_jacobian.off_diagonal", "log_softmax", "log_sum_exp_gradient", "cross_entropy_gradient"):
        assert ANY_SHIFT in decided(parts()[name][1]).scope
    assert ANY_SHIFT not in decided(parts()["mse_gradient"][1]).scope


def test_short_formulas_are_shown() -> None:
    assert decided(parts()["sigmoid_derivative"][1]).detail == "Torch: σ(x) (1 − σ(x))"
    assert decided(parts()["kl_gradient_by_q"][1]).detail == "Torch: −p_1/q_1 at n = 2, i = 1"
    assert decided(parts()["deep_network_weights_1"][1]).detail == ""


def test_the_claim_is_about_the_statement_and_the_result() -> None:
    entry = find("softmax_jacobian")
    names = [claim.name for claim in torch_claims_of(entry)]
    assert names == [f"softmax_jacobian{case}{TORCH}" for case in ("", ".diagonal", ".off_diagonal")]
    (claim, *_) = torch_claims_of(entry)
    assert (claim.lhs, claim.rhs, claim.given) == (entry.statement, entry.result, entry.given)
    assert claim.operation is entry.operation
