"""From a claim to a report, and from a derivation to the reports on its claims.

A proof for every size comes first, then one at given sizes; without one a counterexample or agreement within a proved
bound, in balls. Each method is guarded: one that raises becomes ERROR evidence, one that runs too long UNDECIDED.
Neither is ever shown as "wrong". Loading this module loads no SymPy: the command reads kept verdicts without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .guard import UNABLE, Ask, guarded
from .verdict import Budget, Evidence, Method, Report, Verdict

if TYPE_CHECKING:
    from gradproof.derivations.calculus import Derivation

    from .claim import Claim

#: How the names of the claims end that are about the whole of a derivation, the last about what Torch computes.
RESULT, TEXTBOOK, TORCH = ":result", ":textbook", ":torch"


def check(
    claim: Claim,
    *,
    seed: int = 0,
    budget: Budget | None = None,
    methods: Sequence[Method] | None = None,
    ask: Ask = guarded,
) -> Report:
    """Tries the methods in order until the claim is proved or refuted.

    seed       chooses the points and primes: the same seed gives the same verdict
    budget     how much work a method may do
    methods    by default: exact limit, every size, one variable, given sizes, balls; for a claim that names an
               operation of Torch, Torch's graph
    ask        how a method is asked: in this process, or in another one (`gradproof.verify.running`)

    Returns a report with all their evidence; that a method cannot try the claim is in it only where no method decides
    it. Raises nothing: a method that fails is evidence with the verdict ERROR, one that takes too long UNDECIDED.
    """
    allowed = budget or Budget()
    evidence: list[Evidence] = []
    unable: list[Evidence] = []
    if methods is None:
        methods = default_methods() if claim.operation is None else methods_on_torch()
    for method in methods:
        found = ask(method, claim, allowed, seed)
        (unable if found.detail.startswith(UNABLE) else evidence).append(found)
        if found.verdict in (Verdict.PROVED, Verdict.REFUTED):
            return Report(claim, tuple(evidence))
    return Report(claim, (*unable, *evidence))


def default_methods() -> tuple[Method, ...]:
    """The methods of `check`, in their order."""
    from .exact import EverySize, GivenSizes
    from .exact.limits import LimitValue
    from .intervals import BallDecision
    from .onevariable.method import OneVariable

    return LimitValue(), EverySize(), OneVariable(), GivenSizes(), BallDecision()


def methods_on_torch() -> tuple[Method, ...]:
    """The methods that read what Torch runs, for claims that name an operation of Torch; no other may decide them."""
    from .autograd.graph import TorchGraph

    return (TorchGraph(),)


def default_oracles(torch: bool = False, device: str = "cpu") -> tuple[Method, ...]:
    """What is asked about a result even where it is proved: each is given the forward expression only.

    torch, device    whether Torch's autograd is one of them, in every dtype, and where it computes ("cpu" or "cuda")
    """
    from .intervals import BallDecision

    if not torch:
        return (BallDecision(),)
    from .autograd import DTYPES, TorchAutograd

    return BallDecision(), *(TorchAutograd(device, dtype=dtype) for dtype in DTYPES)


@dataclass(frozen=True, slots=True)
class Task:
    """All that is to be found out about one claim: `check`, and then what these oracles say."""

    claim: Claim
    oracles: tuple[Method, ...] = ()


def claims_of(derivation: Derivation) -> tuple[Claim, ...]:
    """Returns the claims of a derivation and its branches. Raises nothing.

    Each step is one (NAME:STEP); then statement and result (NAME:result), and result and textbook (NAME:textbook).
    """
    from .claims import claims

    return tuple(claim for part in derivation.walk() for claim in claims(part))


def torch_claims_of(derivation: Derivation) -> tuple[Claim, ...]:
    """That what Torch computes is the result (NAME:torch), of a derivation and its branches that name an operation."""
    from .claims import torch_claim

    return tuple(torch_claim(part) for part in derivation.walk() if part.operation is not None)


def tasks_of(derivation: Derivation, torch: bool = False, device: str = "cpu") -> tuple[Task, ...]:
    """A task for every claim of a derivation and of its branches, in the order of `claims_of`, then those on Torch."""
    oracles = default_oracles(torch, device)
    tasks = tuple(Task(claim, oracles if claim.name.endswith(RESULT) else ()) for claim in claims_of(derivation))
    return tasks + tuple(map(Task, torch_claims_of(derivation))) if torch else tasks


def gather(task: Task, *, seed: int = 0, budget: Budget | None = None, ask: Ask = guarded) -> Report:
    """The report on the claim of a task. An oracle is asked once, and left out where it cannot try the claim."""
    report = check(task.claim, seed=seed, budget=budget, ask=ask)
    tried = {item.method for item in report.evidence}
    asked = (ask(oracle, task.claim, budget or Budget(), seed) for oracle in task.oracles if oracle.name not in tried)
    more = tuple(found for found in asked if not found.detail.startswith(UNABLE))
    return replace(report, evidence=(*report.evidence, *more))


def verify_derivation(
    derivation: Derivation, torch: bool = False, device: str = "cpu", seed: int = 0, budget: Budget | None = None
) -> tuple[Report, ...]:
    """Proves and checks every line of a derivation, in this process; `verify.verify_derivations` uses several.

    torch    whether Torch's autograd is asked, too
    device   where Torch computes, "cpu" or "cuda"
    seed     chooses the points and primes
    budget   how much work a method may do

    Returns a report for every claim of it and of its branches, in the order of `verify.claims_of`. The claim that
    the statement equals the result is also tried in balls and, if asked for, against Torch's autograd; both are given
    the forward expression only. If Torch is asked for there is one report more for every operation of Torch that is
    named: that what it computes is the result. Raises nothing: where Torch or the device is missing, the verdict is
    UNAVAILABLE.
    """
    return tuple(gather(task, seed=seed, budget=budget) for task in tasks_of(derivation, torch, device))
