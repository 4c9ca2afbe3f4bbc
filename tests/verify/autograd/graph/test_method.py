"""The method on own operations: a wrong backward pass is caught, and every reason why there is no proof is said."""

from __future__ import annotations

import importlib.util
import json
import pickle
from decimal import Decimal
from typing import Any

import pytest
import torch
from sympy import Expr, Rational, S

from gradproof.derivations.calculus import (
    Condition,
    Dim,
    Domain,
    Entry,
    Largest,
    NonZero,
    Partial,
    Relation,
    Scalar,
    Selected,
    Sum,
    Tensor,
    Vector,
    define,
    delta,
    erf,
    exp,
    log,
    relu,
    sigmoid,
    sign,
    softplus,
    sqrt,
    step,
)
from gradproof.derivations.catalogue import find
from gradproof.verify import check
from gradproof.verify.autograd.graph import TorchGraph, operations
from gradproof.verify.autograd.graph.method import ANY_SHIFT
from gradproof.verify.autograd.graph.reading import read
from gradproof.verify.autograd.graph.scalars import entries
from gradproof.verify.autograd.trace import trace
from gradproof.verify.check import TORCH, torch_claims_of, verify_derivation
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Budget, Evidence, Report, Verdict

n = Dim("n")
i, j, k = n.indices("i j k")
x, t = Scalar("x"), Scalar("t")
z, y = Vector("z", n), Vector("y", n, Domain.ONE_HOT)
p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))


def decided(lhs: Expr, rhs: Expr, operation: Any, *given: Condition) -> Evidence:
    return TorchGraph().run(Claim("own", lhs, Relation.EQUAL, S(rhs), given, operation=operation), Budget(), 0)


class SigmoidOffBackward(torch.autograd.Function):
    """A sigmoid with a slip in its backward pass: s (1 − s) (1 + 1e-9)."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
        result = torch.sigmoid(x)
        ctx.save_for_backward(result)
        return result

    @staticmethod
    def backward(ctx: Any, gradient: torch.Tensor) -> torch.Tensor:
        (result,) = ctx.saved_tensors
        return gradient * result * (1 - result) * (1 + 1e-9)


class SoftmaxTransposed(torch.autograd.Function):
    """A softmax whose backward pass forgets the sum: g p (1 − p)."""

    @staticmethod
    def forward(ctx: Any, z: torch.Tensor) -> torch.Tensor:
        result = torch.softmax(z, 0)
        ctx.save_for_backward(result)
        return result

    @staticmethod
    def backward(ctx: Any, gradient: torch.Tensor) -> torch.Tensor:
        (result,) = ctx.saved_tensors
        return gradient * result * (1 - result)


def off_sigmoid(torch: Any, x: Any) -> Any:
    return SigmoidOffBackward.apply(x)


def off_softmax(torch: Any, z: Any) -> Any:
    return SoftmaxTransposed.apply(z)


def test_a_wrong_backward_pass_is_refuted_though_the_forward_pass_is_right() -> None:
    forward = decided(sigmoid(x), sigmoid(x), off_sigmoid)
    assert forward.verdict is Verdict.PROVED
    found = decided(Partial(sigmoid(x), x), sigmoid(x) * (1 - sigmoid(x)), off_sigmoid)
    assert found.verdict is Verdict.REFUTED and found.counterexample is not None
    assert found.counterexample.lhs != found.counterexample.rhs
    found = decided(Partial(p[i], z[j]), p[i] * (delta(i, j) - p[j]), off_softmax)
    assert found.verdict is Verdict.REFUTED and found.scope == "n = 2"
    assert found.counterexample is not None and found.counterexample.indices == {"i": 1, "j": 2}


def test_a_counterexample_is_a_point_at_which_torch_gives_something_else() -> None:
    found = decided(Partial(p[i], z[j]), p[i] * p[j], lambda torch, z: torch.softmax(z, 0))
    point = found.counterexample
    assert found.verdict is Verdict.REFUTED and point is not None
    numbers = torch.tensor([float(Rational(entry)) for entry in point.values["z"]], dtype=torch.float64)
    jacobian = torch.autograd.functional.jacobian(lambda z: torch.softmax(z, 0), numbers)
    row, column = (point.indices[name] - 1 for name in "ij")
    assert point.sizes == {"n": len(numbers)}
    shown = Decimal(point.lhs)
    unit = Decimal(1).scaleb(int(shown.as_tuple().exponent))  # every digit that is shown is certain
    assert abs(Decimal(float(jacobian[row, column])) - shown) < unit
    assert float(point.lhs) != float(point.rhs)


def test_another_function_of_torch_is_refuted() -> None:
    assert decided(Partial(sigmoid(x), x), sigmoid(x) * (1 - sigmoid(x)), lambda torch, x: torch.tanh(x)).verdict is (
        Verdict.REFUTED
    )


# Shifts


def maximum_entry(torch: Any, z: Any) -> Any:
    return torch.amax(z, 0)


def test_the_shift_is_an_arbitrary_number_and_drops_out_only_where_it_may() -> None:
    """Each maximum is a scalar of its own; the formula is right for whatever stands in its place."""
    recorded = trace(lambda inputs: torch.softmax(inputs["z"], 0), {"z": torch.rand(2, dtype=torch.float64)})
    scalars = entries(z, {n: 2})
    reading = read(recorded, {"z": scalars}, frozenset(scalars))
    (shift,) = reading.shifts
    assert shift not in set(scalars) and all(entry.has(shift) for entry in reading.output)
    found = decided(p[i], p[i], lambda torch, z: torch.softmax(z, 0))
    assert found.verdict is Verdict.PROVED and ANY_SHIFT in found.scope
    largest = Largest(z[k], k)
    found = decided(Sum(exp(z[k] - largest), k), Sum(exp(z[k] - largest), k), unstable_sum)
    assert found.verdict is Verdict.PROVED and ANY_SHIFT not in found.scope
    assert decided(Sum(exp(z[k]), k), Sum(exp(z[k]), k), unstable_sum).verdict is Verdict.REFUTED


def unstable_sum(torch: Any, z: Any) -> Any:
    return torch.exp(z - torch.amax(z, 0)).sum()


def test_a_shift_takes_no_name_that_is_taken() -> None:
    c = Vector("c", n)
    softmax_of_c = exp(c[i]) / Sum(exp(c[k]), k)
    found = decided(softmax_of_c, softmax_of_c, lambda torch, c: torch.softmax(c, 0))
    assert found.verdict is Verdict.PROVED and "c_3" in found.detail, found.detail


def test_a_maximum_itself_is_proved_with_its_gradient_away_from_ties() -> None:
    largest = Largest(z[k], k)
    assert decided(largest, largest, maximum_entry).verdict is Verdict.PROVED
    found = decided(Partial(largest, z[i]), Selected(z[k], k, i), maximum_entry)
    assert found.verdict is Verdict.PROVED and ANY_SHIFT not in found.scope
    assert decided(Partial(largest, z[i]), 1 / n, maximum_entry).verdict is Verdict.REFUTED
    assert decided(largest, largest, lambda torch, z: torch.max(z)).verdict is Verdict.PROVED


# Kinks and guards


def test_conventions_at_a_kink_are_proved_or_refuted() -> None:
    slope = Partial(relu(x), x)
    assert decided(slope, step(x), lambda torch, x: torch.relu(x)).verdict is Verdict.PROVED
    found = decided(slope, 1 - step(-x), lambda torch, x: torch.relu(x))
    assert found.verdict is Verdict.REFUTED and found.counterexample is not None
    assert found.counterexample.values == {"x": "0"} and found.counterexample.lhs == "0"
    assert decided(slope, 1 - step(-x), lambda torch, x: torch.relu(x), NonZero(x)).verdict is Verdict.PROVED
    both = decided(Partial(relu(x) - relu(-x), x), sign(x) ** 2, lambda torch, x: torch.relu(x) - torch.relu(-x))
    assert both.verdict is Verdict.PROVED, "Torch's slope of x, written so, is 0 at 0"


def test_what_holds_below_a_threshold_is_said_to_hold_there_only() -> None:
    slope = Partial(softplus(x), x)
    found = decided(slope, sigmoid(x), lambda torch, x: torch.nn.functional.softplus(x))
    assert found.verdict is Verdict.PROVED and found.scope.endswith("; where x < 20")
    above = decided(slope, S.One, lambda torch, x: torch.nn.functional.softplus(x))
    assert above.verdict is Verdict.REFUTED, "1 is right above the threshold only"
    assert found.scope.startswith("the backward pass of torch.nn.functional.softplus; ")


def test_the_exclusion_of_an_unsolved_boundary_is_said() -> None:
    length = sqrt(Sum(z[k] ** 2, k))
    found = decided(Partial(length, z[i]), z[i] / length, lambda torch, z: torch.linalg.vector_norm(z))
    assert found.verdict is Verdict.PROVED and "where √(z_1² + z_2²) ≠ 0" in found.scope, found.scope
    found = decided(Partial(length, z[i]), z[i] / length, lambda torch, z: torch.linalg.vector_norm(z), NonZero(length))
    assert found.verdict is Verdict.PROVED and "≠ 0" not in found.scope, "it was given"


def test_numbers_of_torch_s_source_stand_for_irrational_ones() -> None:
    def gelu(torch: Any, x: Any) -> Any:
        return torch.nn.functional.gelu(x)

    normal = (1 + erf(x / sqrt(S(2)))) / 2
    found = decided(x * normal, x * normal, gelu)
    assert found.verdict is Verdict.PROVED, found.detail
    assert decided(x * normal, x * normal * (1 + Rational(1, 10**12)), gelu).verdict is Verdict.REFUTED


# Reasons


def test_an_operation_without_a_rule_is_named() -> None:
    found = decided(Sum(z[k], k), Sum(z[k], k), lambda torch, z: torch.cumsum(z, 0)[-1])
    assert found.verdict is Verdict.UNDECIDED and "aten.cumsum.default" in found.detail


def test_sizes_at_which_torch_does_not_run_are_undecided_and_others_are_tried() -> None:
    largest = Largest(z[k], k)
    found = decided(largest, largest, lambda torch, z: torch.topk(z, 2).values[0])
    assert found.verdict is Verdict.UNDECIDED and "does not run" in found.detail and found.scope == "n = 1"
    assert decided(largest, largest, lambda torch, z: torch.topk(z, 2).values[1]).verdict is Verdict.REFUTED


def test_a_path_that_depends_on_entries_is_undecided() -> None:
    found = decided(relu(x), relu(x), lambda torch, x: x if x > 0 else 0 * x)
    assert found.verdict is Verdict.UNDECIDED and "depends on the entries" in found.detail


def test_a_question_that_has_one_answer_in_the_whole_domain_is_no_obstacle() -> None:
    """Torch asks whether a variance is negative, and goes on if it is not."""
    def asking(torch: Any, s: Any) -> Any:
        if torch.any(s < 0):
            raise ValueError("negative")
        return s if torch.any(s > -1) else 2 * s

    positive, real = Scalar("s", Domain.POSITIVE), Scalar("s")
    assert decided(positive, positive, asking).verdict is Verdict.PROVED
    assert decided(Partial(positive, positive), S.One, asking).verdict is Verdict.PROVED
    assert decided(positive, 2 * positive, asking).verdict is Verdict.REFUTED
    found = decided(real, real, asking)
    assert found.verdict is Verdict.UNDECIDED and "depends on the entries" in found.detail


def test_an_operation_that_does_not_fit_is_an_error_with_the_reason() -> None:
    for operation, reason in (
        (lambda torch, w: torch.exp(w), "takes w"),
        (lambda torch, t: torch.exp(t), "by which is differentiated"),
        (lambda torch, x, t: torch.stack([x, t]), "gives shape"),
    ):
        found = decided(Partial(exp(x) + t, x), exp(x), operation)
        assert found.verdict is Verdict.ERROR and reason in found.detail, found.detail


def test_a_rule_of_a_wrong_shape_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {**operations.RULES, "aten.exp.default": lambda r, self: entries(Vector("v", n), {n: 7})}
    monkeypatch.setattr("gradproof.verify.autograd.graph.reading.RULES", wrong)
    found = decided(exp(x), exp(x), lambda torch, x: torch.exp(x))
    assert found.verdict is Verdict.ERROR and "in Torch and (7,) here" in found.detail


def test_two_tensors_with_one_name_for_an_entry_are_refused() -> None:
    other = Scalar("z_1")
    found = decided(Sum(z[k], k) + other, Sum(z[k], k) + other, lambda torch, z, z_1: z.sum() + z_1)
    assert found.verdict is Verdict.UNDECIDED and "have the name z_1" in found.detail


def test_too_many_one_hot_rows_are_refused_and_few_are_gone_through() -> None:
    rows = Tensor("y", Dim("m"), n, domain=Domain.ONE_HOT)
    m = rows.dims[0].index("m")
    assert decided(Sum(y[k] ** 3, k), 1, lambda torch, y: (y * y).sum()).verdict is Verdict.PROVED
    three = decided(Sum(rows[m, k], m, k), Sum(rows[m, k], m, k), lambda torch, y: y.sum())
    assert three.verdict is Verdict.PROVED and "(2, 3)" in three.scope
    more = Sum(rows[m, k], m, k) + Sum(Vector("t", n, domain=Domain.ONE_HOT)[k], k)
    found = decided(more, more, lambda torch, y, t: y.sum() + t.sum())
    assert found.verdict is Verdict.UNDECIDED and "one-hot" in found.detail


def test_conditions_that_leave_no_place_prove_nothing() -> None:
    from gradproof.derivations.calculus import Different, Equal

    given = (Equal(i, j), Different(i, j))
    found = decided(Partial(p[i], z[j]), p[i], lambda torch, z: torch.softmax(z, 0), *given)
    assert found.verdict is Verdict.UNDECIDED and "no place" in found.detail


def test_regions_that_are_too_many_leave_the_smaller_sizes() -> None:
    third = Largest(z[k], k, 1) + Sum(relu(z[k]), k) + Sum(relu(z[k] - 1), k)
    found = decided(third, third, lambda torch, z: torch.amax(z, 0) + (torch.relu(z) + torch.relu(z - 1)).sum())
    assert found.verdict is Verdict.PROVED and "n = 1, 2;" in found.scope, found.scope


def test_without_torch_it_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    present = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "torch" else present(name))
    (report,) = [r for r in verify_derivation(find("tanh_derivative"), torch=True) if r.claim.name.endswith(TORCH)]
    assert report.verdict is Verdict.UNAVAILABLE and not report.verdict.ok


def test_what_it_does_not_support() -> None:
    plain = Claim("plain", exp(x), Relation.EQUAL, exp(x))
    assert "no operation" in TorchGraph().supports(plain)
    bound = Claim("bound", x, Relation.AT_MOST, x, operation=lambda torch, x: x)
    assert TorchGraph().supports(bound)


# In the house


def test_a_claim_about_torch_is_decided_by_what_torch_runs_and_by_nothing_else() -> None:
    claim = Claim("own", log(x), Relation.EQUAL, log(x), operation=lambda torch, x: torch.exp(x))
    report = check(claim)
    assert [item.method for item in report.evidence] == [TorchGraph.name]
    assert report.verdict is not Verdict.PROVED


def test_it_is_reported_when_torch_is_asked_for() -> None:
    entry = find("log_sigmoid_derivative")
    without = {report.claim.name for report in verify_derivation(entry)}
    reports = {report.claim.name: report for report in verify_derivation(entry, torch=True)}
    assert set(reports) - without == {"log_sigmoid_derivative:torch"}
    report = reports["log_sigmoid_derivative:torch"]
    assert report.verdict is Verdict.PROVED
    (evidence,) = Report.to_json(report)["evidence"]
    assert Evidence.from_json(json.loads(json.dumps(evidence))) == report.evidence[0]
    assert evidence["scope"] == "the backward pass of torch.nn.functional.logsigmoid; float64 graph on cpu"


def test_claims_of_the_catalogue_travel_to_other_processes() -> None:
    for name in ("softmax_jacobian", "deep_network_weights_1", "batch_weights"):
        for claim in torch_claims_of(find(name)):
            again = pickle.loads(pickle.dumps(claim))
            assert again == claim and again.operation is claim.operation


def test_the_evidence_is_reproducible_from_its_seed() -> None:
    (claim,) = torch_claims_of(find("reverse_kl_gradient_by_logits"))
    assert TorchGraph().run(claim, Budget(), 3) == TorchGraph().run(claim, Budget(), 3)


def test_an_entry_of_a_scalar_is_its_own_name() -> None:
    assert entries(x.tensor, {}).item() == x and isinstance(entries(z, {n: 1})[0], Entry)
