"""A method that fails in a child process costs one piece of evidence; the other claims are decided."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sympy import Integer

from gradproof.derivations.calculus import Relation
from gradproof.verify import Budget, Claim, Report, Verdict, check
from gradproof.verify.running import ChildPool, Limits, TaskFailed, supervised
from gradproof.verify.running.limits import MIB

sys.path.insert(0, str(Path(__file__).parent))  # the children look for modules where this process does
import faults

SHORT = Budget(seconds=0.5)
BAD, CLAIMS = "c3", tuple(Claim(f"c{n}", Integer(n), Relation.EQUAL, Integer(n)) for n in range(8))

#: Each fault with the verdict on its claim, and how the sentence about it begins.
OUTCOMES = {
    faults.Raises: (Verdict.ERROR, "ValueError: why"),
    faults.Exits: (Verdict.ERROR, "SystemExit: enough"),
    faults.Recurses: (Verdict.ERROR, "RecursionError: it calls itself without end"),
    faults.HangsInPython: (Verdict.UNDECIDED, "out of time, stopped after 0.5 s"),
    faults.HangsInC: (Verdict.UNDECIDED, "out of time, stopped after 2 s, together with its process"),
    faults.IsKilled: (Verdict.ERROR, "its process ended while it ran: signal 9 (SIGKILL), which the system sends"),
    faults.Crashes: (Verdict.ERROR, "its process ended while it ran: signal 11 (SIGSEGV)"),
    faults.Leaves: (Verdict.ERROR, "its process ended while it ran: exit code 0"),
    faults.HangsAgainstSignals: (Verdict.UNDECIDED, "out of time, stopped after 2 s, together with its process"),
}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and memory limits of POSIX")


@pytest.fixture(scope="module")
def pool() -> Iterator[ChildPool]:
    with ChildPool(2, Limits(seconds=2.0)) as children:
        yield children


def reports(pool: ChildPool, method: faults.Faulty, budget: Budget | None = None) -> dict[str, Report]:
    ask = supervised(pool)
    with ThreadPoolExecutor(4) as threads:
        found = threads.map(lambda claim: check(claim, methods=[method], budget=budget, ask=ask), CLAIMS)
        return {report.claim.name: report for report in found}


def proved(found: dict[str, Report]) -> set[str]:
    return {name for name, report in found.items() if report.verdict is Verdict.PROVED}


@pytest.mark.parametrize("fault", OUTCOMES, ids=lambda fault: fault.__name__)
def test_a_fault_costs_one_claim_and_says_what_it_was(fault: type[faults.Faulty], pool: ChildPool) -> None:
    verdict, sentence = OUTCOMES[fault]
    started = time.monotonic()
    found = reports(pool, fault(BAD), SHORT)
    assert time.monotonic() - started < 20  # not the minutes that it would have taken
    assert found[BAD].verdict is verdict
    assert found[BAD].evidence[0].detail.startswith(sentence)
    assert proved(found) == set(found) - {BAD}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
@pytest.mark.parametrize("fault", [faults.Allocates, faults.Leaks])
def test_memory_without_end_is_an_error_and_the_child_is_replaced(fault: type[faults.Faulty]) -> None:
    with ChildPool(1, Limits(memory=512 * MIB)) as pool:
        found = reports(pool, fault(BAD))
    assert found[BAD].verdict is Verdict.ERROR
    assert found[BAD].evidence[0].detail == "MemoryError: there is not enough memory"
    assert proved(found) == set(found) - {BAD}
    others = {report.evidence[0].detail for name, report in found.items() if name != BAD}  # numbers of processes
    assert len(others) == (2 if fault is faults.Leaks else 1)


def test_a_child_is_used_again_and_a_dead_one_is_replaced() -> None:
    with ChildPool(1) as pool:
        before = pool.submit(os.getpid).result()
        assert pool.submit(os.getpid).result() == before != os.getpid()
        os.kill(before, signal.SIGKILL)  # while it has nothing to do, as when the system is out of memory
        time.sleep(0.2)
        after = pool.submit(os.getpid).result()
    assert after != before
    with pytest.raises(ProcessLookupError):
        os.kill(after, 0)  # it ended with the block


def test_leaving_by_an_exception_ends_what_runs_at_once() -> None:
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), ChildPool(2, Limits(seconds=300)) as pool:
        waiting = [pool.submit(time.sleep, 200) for _ in range(6)]
        pool.submit(os.getpid)
        while not waiting[1].running():
            time.sleep(0.01)
        raise KeyboardInterrupt
    assert time.monotonic() - started < 60
    assert all(future.done() for future in waiting)


def test_what_cannot_be_sent_is_a_failure_of_the_task(pool: ChildPool) -> None:
    with pytest.raises(TaskFailed, match="it cannot be sent to another process"):
        pool.submit(lambda: 1).result()
    with pytest.raises(TaskFailed, match="TypeError: cannot pickle"):
        pool.submit(threading.Lock).result()
    with pytest.raises(TaskFailed, match="ZeroDivisionError"):
        pool.submit(divmod, 1, 0).result()


def test_a_method_that_cannot_be_sent_is_an_error(pool: ChildPool) -> None:
    class Local(faults.Faulty):
        pass

    report = check(CLAIMS[0], methods=[Local(BAD)], ask=supervised(pool))
    assert report.verdict is Verdict.ERROR
    assert "it cannot be sent to another process" in report.evidence[0].detail


def test_stdout_is_for_the_results_of_the_command(pool: ChildPool, capfd: pytest.CaptureFixture[str]) -> None:
    assert proved(reports(pool, faults.Prints(BAD))) == {claim.name for claim in CLAIMS}
    assert capfd.readouterr().out == ""


def test_children_compute_on_one_thread(pool: ChildPool) -> None:
    assert pool.submit(os.getenv, "OMP_NUM_THREADS").result() == "1"


@pytest.mark.parametrize("job", [0, -1])
def test_a_number_of_children_that_makes_no_sense(job: int) -> None:
    with pytest.raises(ValueError, match=f"{job} child processes"):
        ChildPool(job)


def test_any_executor_will_do() -> None:
    """Threads stand for a cluster: only `submit` is used."""
    with ThreadPoolExecutor(2) as threads:
        report = check(CLAIMS[0], methods=[faults.Raises("c0")], ask=supervised(threads))
        assert report.evidence[0].detail == "ValueError: why"
        assert check(CLAIMS[1], methods=[faults.Raises("c0")], ask=supervised(threads)).verdict is Verdict.PROVED
