"""From a claim to a report, and from a derivation to its claims and their reports.

A proof for every size comes first, then one at given sizes. Without a proof a counterexample is looked for; without
that, agreement in float64. Each method is guarded: an exception becomes ERROR evidence with its text, and a method that
runs longer than the budget allows becomes UNDECIDED. Neither is ever shown as "wrong".
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import FrameType

from sympy import Add, Expr, S

from gradproof.derivations.calculus import Derivation, Partial, Relation, Sum, Tensor, definitions_in

from .claim import Claim
from .verdict import Budget, Evidence, Method, Report, Verdict


def check(
    claim: Claim, *, seed: int = 0, budget: Budget | None = None, methods: Sequence[Method] | None = None
) -> Report:
    """Tries the methods in order until the claim is proved or refuted, and reports all their evidence.

    That a method cannot try the claim is reported only where no method decides it.
    methods    by default: exact limit, every size, given sizes, counterexample, NumPy float64
    """
    allowed = budget or Budget()
    evidence: list[Evidence] = []
    unable: list[Evidence] = []
    for method in default_methods() if methods is None else methods:
        found = guarded(method, claim, allowed, seed)
        (unable if found.detail.startswith(UNABLE) else evidence).append(found)
        if found.verdict in (Verdict.PROVED, Verdict.REFUTED):
            return Report(claim, tuple(evidence))
    return Report(claim, (*unable, *evidence))


def default_methods() -> tuple[Method, ...]:
    """The methods of `check`, in their order."""
    from .exact import EverySize, GivenSizes
    from .exact.limits import LimitValue
    from .intervals import Refutation
    from .numeric import NumPyAgreement

    return LimitValue(), EverySize(), GivenSizes(), Refutation(), NumPyAgreement()


def verify_derivation(
    derivation: Derivation, torch: bool = False, device: str = "cpu", seed: int = 0, budget: Budget | None = None
) -> tuple[Report, ...]:
    """A report for every claim of a derivation and of its branches, in the order of `claims_of`.

    The claim that the statement equals the result is also tried in NumPy and, if asked for, against Torch's autograd on
    the device ("cpu" or "cuda"); both are given the forward expression only.
    """
    from .numeric import NumPyAgreement

    oracles: list[Method] = [NumPyAgreement()]
    if torch:
        from .autograd import TorchAutograd

        oracles.append(TorchAutograd(device))
    reports = []
    for claim in claims_of(derivation):
        report = check(claim, seed=seed, budget=budget)
        if claim.name.endswith(RESULT):
            tried = {item.method for item in report.evidence}
            able = [m for m in oracles if m.name not in tried and not m.supports(claim)]
            more = [guarded(method, claim, budget or Budget(), seed) for method in able]
            report = replace(report, evidence=(*report.evidence, *more))
        reports.append(report)
    return tuple(reports)


#: How the detail of a method begins that does not support a claim.
UNABLE = "not for this method: "
RESULT, TEXTBOOK = ":result", ":textbook"


def claims_of(derivation: Derivation) -> tuple[Claim, ...]:
    """The claims of a derivation and its branches.

    Each step is one (NAME:STEP); then statement and result (NAME:result), and result and textbook (NAME:textbook).
    """
    return tuple(claim for part in derivation.walk() for claim in _claims(part))


def _claims(derivation: Derivation) -> Iterator[Claim]:
    name, given = derivation.name, derivation.given
    margins: list[Expr] = []  # what each estimate gave away: a certificate of the whole
    for step in derivation.steps:
        uses = (*step.uses, *_differentiated(step.before), *_differentiated(step.after))
        margin = step.after - step.before if step.relation is Relation.AT_MOST else None
        margins += [] if margin is None else [margin]
        used = tuple(dict.fromkeys(uses))
        yield Claim(f"{name}:{step.id}", step.before, step.relation, step.after, given, used, margin)
    if derivation.steps:
        relation, certificate = (Relation.AT_MOST, Add(*margins)) if margins else (Relation.EQUAL, None)
        yield Claim(name + RESULT, derivation.statement, relation, derivation.result, given, certificate=certificate)
    if derivation.textbook is not None:
        yield Claim(name + TEXTBOOK, derivation.result, Relation.EQUAL, derivation.textbook, given)
    for tensor in _promised(derivation):
        formal, body = tensor.definition
        yield Claim(f"{name}:sum of {tensor.name}", Sum(body, formal[-1]), Relation.EQUAL, S.One)


def _promised(derivation: Derivation) -> list[Tensor]:
    """The defined tensors that are declared to sum to 1: every line may use it, so it is a claim."""
    sides = [derivation.statement, *(step.after for step in derivation.steps)]
    found = dict.fromkeys(tensor for side in sides for tensor in definitions_in(side))
    return [tensor for tensor in found if tensor.domain.sums_to_one]


def _differentiated(expression: Expr) -> tuple[Tensor, ...]:
    """The defined tensors under a derivative. Taken as mere data their derivative would be 0 on both sides, and the
    claim would say nothing."""
    found = dict.fromkeys(t for part in expression.atoms(Partial) for t in definitions_in(part.expression))
    return tuple(sorted(found, key=lambda tensor: str(tensor.name)))


class TimedOut(BaseException):
    """Raised in a method that runs too long; no Exception, so that no method takes it for one of its own."""


def guarded(method: Method, claim: Claim, budget: Budget, seed: int) -> Evidence:
    """What the method finds, or what became of it."""
    try:
        reason = method.supports(claim)
        if reason:
            return Evidence(method.name, Verdict.UNDECIDED, detail=UNABLE + reason, seed=seed)
        with time_limit(budget.seconds):
            return method.run(claim, budget, seed)
    except TimedOut:
        return Evidence(method.name, Verdict.UNDECIDED, detail=f"stopped after {budget.seconds:g} s", seed=seed)
    except Exception as problem:  # the failure of a check is a verdict of its own
        return Evidence(method.name, Verdict.ERROR, detail=f"{type(problem).__name__}: {problem}", seed=seed)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises TimedOut in the block after so many seconds.

    It is the outer guard only (budgets count work), by the interval timer of the process: it acts on the main thread
    and on systems that have SIGALRM, between two instructions of Python. Elsewhere the block runs unguarded.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimedOut

    before = signal.signal(signal.SIGALRM, stop)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:  # an outer limit goes on
            signal.setitimer(signal.ITIMER_REAL, left)
