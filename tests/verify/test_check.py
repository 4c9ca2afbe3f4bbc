"""From claims to reports: the order of methods, their guards, and the claims of a derivation."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import (
    Derivation,
    Different,
    Dim,
    Equal,
    Limit,
    Partial,
    Relation,
    Step,
    Sum,
    Text,
    Vector,
    define,
    delta,
    derive,
    exp,
)
from gradproof.derivations.slips import mutants
from gradproof.verify import Budget, Claim, Evidence, Report, Verdict, check, claims_of, verify_derivation
from gradproof.verify.check import default_methods
from gradproof.verify.guard import UNABLE, TimedOut, guarded, time_limit
from gradproof.verify.intervals import BallDecision

n = Dim("n")
i, j, k = n.indices("i j k")
z = Vector("z", n)
p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))
TRUE = Claim("true", Partial(p[i], z[j]), Relation.EQUAL, p[i] * (delta(i, j) - p[j]))
FALSE = replace(TRUE, name="false", rhs=p[i] * (delta(i, j) + p[j]))
TITLE = Text("The Jacobian of softmax", "softmax 的雅可比矩阵")


@dataclass
class Fake:
    """A method that does what it is told, and counts how often it ran."""

    name: str
    does: Callable[[], Verdict]
    reason: str = ""
    runs: int = 0

    def supports(self, claim: Claim) -> str:
        return self.reason

    def run(self, claim: Claim, budget: Budget, seed: int) -> Evidence:
        self.runs += 1
        return Evidence(self.name, self.does(), seed=seed)


def says(verdict: Verdict) -> Fake:
    return Fake(verdict.name, lambda: verdict)


def failing(problem: BaseException) -> Fake:
    def fail() -> Verdict:
        raise problem

    return Fake("failing", fail)


@pytest.mark.parametrize("decisive", [Verdict.PROVED, Verdict.REFUTED])
def test_methods_run_in_order_until_one_decides(decisive: Verdict) -> None:
    methods = [says(Verdict.UNDECIDED), says(decisive), says(Verdict.AGREES)]
    report = check(TRUE, methods=methods)
    assert [method.runs for method in methods] == [1, 1, 0]
    assert [item.verdict for item in report.evidence] == [Verdict.UNDECIDED, decisive]
    assert report.verdict is decisive


def test_all_methods_run_where_none_decides() -> None:
    methods = [says(verdict) for verdict in (Verdict.UNDECIDED, Verdict.VACUOUS, Verdict.AGREES)]
    assert check(TRUE, methods=methods).verdict is Verdict.AGREES
    assert all(method.runs == 1 for method in methods)
    assert check(TRUE, methods=[]).verdict is Verdict.UNDECIDED


def test_a_method_that_cannot_try_is_named_only_where_none_decides() -> None:
    unable = Fake("limits", lambda: Verdict.PROVED, reason="there is no limit in the claim")
    assert [item.method for item in check(TRUE, methods=[unable, says(Verdict.PROVED)]).evidence] == ["PROVED"]
    report = check(TRUE, methods=[unable, says(Verdict.AGREES)])
    assert [item.method for item in report.evidence] == ["limits", "AGREES"]
    assert report.evidence[0].detail == UNABLE + unable.reason and unable.runs == 0
    assert report.verdict is Verdict.AGREES


PROBLEMS = {
    "ValueError: why": ValueError("why"),
    "ValueError": ValueError(),
    "MemoryError: there is not enough memory": MemoryError(),
    "RecursionError: it calls itself without end (why)": RecursionError("why"),
}


@pytest.mark.parametrize("sentence", PROBLEMS)
def test_a_method_that_raises_is_an_error_and_the_others_go_on(sentence: str) -> None:
    problem = PROBLEMS[sentence]
    methods = [failing(problem), says(Verdict.AGREES)]
    report = check(TRUE, methods=methods)
    assert report.evidence[0].verdict is Verdict.ERROR
    assert report.evidence[0].detail == sentence
    assert methods[1].runs == 1
    assert report.verdict is Verdict.ERROR  # never outvoted


def test_a_method_that_raises_when_asked_whether_it_can_is_an_error() -> None:
    method = says(Verdict.PROVED)
    method.supports = failing(ValueError("why")).run  # type: ignore[method-assign, assignment]
    assert guarded(method, TRUE, Budget(), 0).verdict is Verdict.ERROR


def test_an_interruption_by_the_user_is_not_swallowed() -> None:
    with pytest.raises(KeyboardInterrupt):
        check(TRUE, methods=[failing(KeyboardInterrupt())])


def hang() -> Verdict:
    while True:
        try:
            time.sleep(0.01)
        except Exception:  # a method that catches what it can
            continue


def test_a_method_that_hangs_is_undecided() -> None:
    started = time.monotonic()
    report = check(TRUE, methods=[Fake("hanging", hang), says(Verdict.AGREES)], budget=Budget(seconds=0.2))
    assert time.monotonic() - started < 5
    assert report.evidence[0].verdict is Verdict.UNDECIDED
    assert report.evidence[0].detail == "out of time, stopped after 0.2 s"
    assert report.verdict is Verdict.UNDECIDED  # on a faster machine it might be proved


def test_the_time_limit_leaves_nothing_behind() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(60):
        assert signal.getsignal(signal.SIGALRM) is not before
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    with pytest.raises(TimedOut), time_limit(0.01):
        hang()
    assert signal.getsignal(signal.SIGALRM) is before
    with time_limit(50):
        with time_limit(5):
            pass
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 50  # the outer limit goes on


def test_another_thread_runs_unguarded() -> None:
    found: list[Report] = []
    thread = threading.Thread(target=lambda: found.append(check(TRUE, methods=[says(Verdict.PROVED)])))
    thread.start()
    thread.join()
    assert found[0].verdict is Verdict.PROVED


def test_the_real_methods() -> None:
    names = [method.name for method in default_methods()]
    assert [name for name in names if name != "exact limit"] == ["every size", "one variable", "given sizes", "balls"]
    proved = check(TRUE, seed=3)
    assert proved.verdict is Verdict.PROVED and proved.evidence[-1].seed == 3
    refuted = check(FALSE)
    assert refuted.verdict is Verdict.REFUTED and refuted.counterexample is not None
    assert refuted.counterexample.sizes == {"n": 2}
    assert json.dumps(refuted.to_json(), allow_nan=False)
    assert check(FALSE) == refuted
    below = Claim("below", p[i], Relation.AT_MOST, Sum(p[k], k))
    assert check(below).verdict is Verdict.AGREES  # no certificate, so that only points speak for it


def jacobian() -> Derivation:
    cases = {"diagonal": Equal(i, j), "off_diagonal": Different(i, j)}
    return derive(p[i], z[j], name="jacobian", title=TITLE, fold=(p,), cases=cases, textbook=TRUE.rhs)


def test_the_claims_of_a_derivation() -> None:
    derivation = jacobian()
    claims = {claim.name: claim for claim in claims_of(derivation)}
    assert len(claims) == len(claims_of(derivation))
    for part in derivation.walk():
        for step in part.steps:
            claim = claims[f"{part.name}:{step.id}"]
            assert (claim.lhs, claim.rhs, claim.given) == (step.before, step.after, part.given)
            assert claim.uses is not None and set(step.uses) <= set(claim.uses)
        result = claims[f"{part.name}:result"]
        assert (result.lhs, result.rhs, result.uses) == (part.statement, part.result, None)
    assert claims["jacobian:textbook"].rhs == derivation.textbook
    assert Different(i, j) in claims["jacobian.off_diagonal:result"].given
    steps = sum(len(part.steps) for part in derivation.walk())
    assert len(claims) == steps + 3 + 1


def test_a_line_with_a_derivative_uses_what_is_differentiated() -> None:
    """Taken as mere data, p would have the derivative 0, and any line that only moves the derivative would hold."""
    before, after = Partial(p[i], z[j]), 5 * Partial(p[i], z[j])
    wrong = Derivation("wrong", TITLE, before, (i, j), (Step("A1", before, after, (), uses=()),))
    (step, result) = claims_of(wrong)
    assert step.uses == (p,)
    assert [check(claim).verdict for claim in (step, result)] == [Verdict.REFUTED] * 2


def test_an_estimate_makes_the_result_an_estimate() -> None:
    line = Step("A1", p[i], Sum(p[k], k), (), relation=Relation.AT_MOST)
    claims = claims_of(Derivation("estimate", TITLE, p[i], (i,), (line,)))
    assert [claim.relation for claim in claims] == [Relation.AT_MOST, Relation.AT_MOST]


def test_a_derivation_is_proved_and_tried() -> None:
    reports = verify_derivation(jacobian(), torch=True, seed=1)
    assert [report.claim for report in reports] == list(claims_of(jacobian()))
    assert {report.verdict for report in reports} == {Verdict.PROVED}
    for report in reports:
        methods = [item.method for item in report.evidence]
        torch = ["Torch autograd", *(f"Torch autograd, {dtype}" for dtype in ("float32", "float16", "bfloat16"))]
        oracles = ["balls", *torch] if report.claim.name.endswith(":result") else []
        assert methods == ["every size", *oracles]
        assert all(item.verdict.ok and item.seed == 1 for item in report.evidence)


def test_torch_is_asked_only_if_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    methods = {item.method for report in verify_derivation(jacobian()) for item in report.evidence}
    assert methods == {"every size", "balls"}
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    reports = verify_derivation(jacobian(), torch=True, device="cuda")
    verdicts = {report.claim.name: report.verdict for report in reports}
    assert verdicts["jacobian:result"] is Verdict.UNAVAILABLE  # although it is proved: what was asked for is absent
    assert verdicts["jacobian:textbook"] is Verdict.PROVED


def test_a_corrupted_result_is_seen_by_every_oracle() -> None:
    derivation = jacobian()
    last = derivation.steps[-1]
    wrong = replace(derivation, steps=(*derivation.steps[:-1], replace(last, after=-last.after)), branches=())
    reports = {report.claim.name: report for report in verify_derivation(wrong, torch=True)}
    assert reports[f"jacobian:{last.id}"].verdict is Verdict.REFUTED
    result = reports["jacobian:result"]
    assert result.verdict is Verdict.REFUTED
    numeric = [item for item in result.evidence if item.method in ("balls", "Torch autograd")]
    assert len(numeric) == 2
    assert [item.verdict is Verdict.REFUTED or item.disagrees for item in numeric] == [True, True]
    assert {name for name, report in reports.items() if report.verdict is Verdict.PROVED} == {
        f"jacobian:{step.id}" for step in derivation.steps[:-1]
    }


def test_mistakes_in_the_results_of_the_catalogue_are_refuted() -> None:
    """A share of all mistakes that the table of slips makes of all results."""
    wrong = []
    for name in catalogue.names():
        derivation = catalogue.find(name)
        claim = next(claim for claim in claims_of(derivation) if claim.name == f"{name}:result")
        if claim.relation is Relation.EQUAL and not claim.lhs.has(Limit):
            made = enumerate(mutants(claim.rhs, derivation.indices))
            wrong += [
                replace(claim, rhs=mutant.expression, name=f"{claim.name}, {place} {mutant.slip.name}")
                for place, mutant in made
                if (place + len(wrong)) % 8 == 0
            ]
    assert len(wrong) > 60
    harmless = nowhere = 0
    for claim in wrong:
        report = check(claim)
        if report.verdict is Verdict.VACUOUS:  # a slip that leaves a side without a value, such as log(−|x|)
            nowhere += 1
            assert not any(item.effective for item in report.evidence), claim
            continue
        if report.verdict is Verdict.PROVED:  # a slip that changes nothing, such as two indices of a symmetric matrix
            harmless += 1
            assert guarded(BallDecision(), claim, Budget(points=100), 0).verdict is Verdict.AGREES, claim
        else:
            assert report.verdict is Verdict.REFUTED, claim
    assert harmless <= len(wrong) / 50 and nowhere <= len(wrong) / 50


def test_one_entry_of_the_catalogue_from_end_to_end() -> None:
    name = next(name for name in catalogue.names() if "softmax" in name)
    assert all(report.verdict is Verdict.PROVED for report in verify_derivation(catalogue.find(name)))
