"""Many derivations: the reports are the same however and in whatever order they are found."""

from __future__ import annotations

import pickle
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sympy import Integer

from gradproof.derivations import catalogue
from gradproof.verify import Budget, ChildPool, Report, Verdict, claims_of, verify_derivation, verify_derivations
from gradproof.verify.cache import Setting
from gradproof.verify.check import default_methods, default_oracles, tasks_of
from gradproof.verify.guard import guarded
from gradproof.verify.intervals import BallDecision
from gradproof.verify.intervals.mpmath_intervals import MpmathIntervals
from gradproof.verify.record import Record

NAMES = ("softmax_shift", "relu_derivative", "sigmoid_derivative_bound", "cross_entropy_gradient_by_q")
SETTING = Setting(seed=5)


def documents(found: Any) -> list[list[dict[str, Any]]]:
    return [[record.document for record in each.records] for each in found]


def test_the_reports_depend_on_neither_the_children_nor_the_order() -> None:
    derivations = [catalogue.find(name) for name in NAMES]
    here = documents(verify_derivations(derivations, SETTING))
    assert here == [[report.to_json() for report in verify_derivation(each, seed=5)] for each in derivations]
    assert {document["evidence"][0]["seed"] for entry in here for document in entry} == {5}
    with ChildPool(1) as pool:
        assert documents(verify_derivations(derivations, SETTING, executor=pool)) == here
    with ChildPool(2) as pool:
        reversed_order = documents(verify_derivations(derivations[::-1], SETTING, executor=pool))
        assert reversed_order[::-1] == here
        assert documents(verify_derivations(derivations, SETTING, executor=pool, at_once=1)) == here
        other = documents(verify_derivations(derivations, Setting(seed=6), executor=pool))
    assert [document["verdict"] for entry in other for document in entry] == [
        document["verdict"] for entry in here for document in entry
    ]
    assert other != here


def test_each_comes_as_soon_as_all_before_it_are_done() -> None:
    """The last derivation is never asked for, and leaving the loop ends the rest."""
    derivations = [catalogue.find(name) for name in NAMES]
    with ChildPool(2) as pool:
        found = verify_derivations(derivations, executor=pool)
        first = next(found)
        assert first.derivation is derivations[0]
        assert [report.claim for report in first.reports] == list(claims_of(derivations[0]))
        assert [record.name for record in first.records] == [claim.name for claim in claims_of(derivations[0])]
        found.close()  # type: ignore[attr-defined]


class Counting(Executor):
    """An executor that is nothing of ours: a thread pool that counts."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(1)
        self.submitted = 0

    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        self.submitted += 1
        task = pickle.loads(pickle.dumps((function, arguments)))  # as a cluster would send it
        return self.threads.submit(task[0], *task[1])


def test_any_executor_can_take_the_place_of_the_children() -> None:
    derivation = catalogue.find("softmax_shift")
    executor = Counting()
    (found,) = verify_derivations([derivation], executor=executor)
    assert executor.submitted >= len(found.reports) > 1
    assert {report.verdict for report in found.reports} == {Verdict.PROVED}


def test_claims_tasks_and_reports_come_back_equal_from_another_process() -> None:
    for derivation in catalogue.derivations():
        for task in tasks_of(derivation):
            assert pickle.loads(pickle.dumps(task.claim)) == task.claim
    (report, *_) = verify_derivation(catalogue.find("sigmoid_derivative"))
    assert pickle.loads(pickle.dumps(report)) == report
    with ChildPool(1) as pool:
        assert pool.submit(verify_derivation_named, "sigmoid_derivative").result()[0] == report


def test_every_method_can_be_sent() -> None:
    claim = replace(next(iter(claims_of(catalogue.find("sigmoid_derivative")))), rhs=Integer(0))
    for method in (*default_methods(), *default_oracles(torch=True), BallDecision(MpmathIntervals())):
        sent = pickle.loads(pickle.dumps(method))
        assert guarded(sent, claim, Budget(), 0) == guarded(method, claim, Budget(), 0)


def verify_derivation_named(name: str) -> tuple[Report, ...]:
    return verify_derivation(catalogue.find(name))


def test_what_a_record_refuses() -> None:
    (report, other, *_) = verify_derivation(catalogue.find("sigmoid_derivative"))
    record = Record.of(report)
    assert Record.read(record.document) == record
    assert record.report(report.claim) == report
    with pytest.raises(ValueError, match="is not about the claim"):
        record.report(other.claim)
    with pytest.raises(ValueError, match="does not follow from its evidence"):
        Record.read(record.document | {"verdict": "AGREES"})
    with pytest.raises(ValueError, match="not the report that it should be"):
        Record.read({"schema": record.document["schema"]})


def test_a_setting_names_the_budget() -> None:
    drawn = []
    for points in (70, 140):
        (found,) = verify_derivations([catalogue.find("softmax_shift")], Setting(budget=Budget(points=points)))
        drawn.append(sum(item.drawn for report in found.reports for item in report.evidence))
    assert 0 < drawn[0] < drawn[1]
