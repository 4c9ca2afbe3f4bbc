"""Whether a module of torch.nn computes what its docstring says, and whether its gradient is that of the formula.

Torch runs the module, backward as often as it is differentiated; what ran is read as mathematics and proved equal to
the formula (`gradproof.verify.autograd.graph`). The derivative is taken by the calculus, of the documented formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from sympy import Expr

from gradproof.derivations.calculus import Condition, Entry, Index, Partial, Relation
from gradproof.derivations.calculus.differentiation import gradient
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Budget, Evidence, Verdict

from .activations import ACTIVATIONS
from .docstrings import Formula, formulas_of
from .kinks import away_from_kinks, described, kinks_of
from .losses import LOSSES
from .spec import Spec, Untied
from .understanding import NoFormula, documented

SPECS: tuple[Spec | Untied, ...] = (*ACTIVATIONS, *LOSSES)
_BY = "rsuv"


class Status(Enum):
    """What is said of a call, or of one of its derivatives; the value is the word in the table."""

    PROVED = "proved"
    DIFFERS = "differs"
    UNDECIDED = "undecided"
    UNREAD = "no formula"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of one thing that Torch computes.

    what    "forward", or the name by which is differentiated
    detail  the scope of a proof, the counterexample, or what stood in the way
    """

    what: str
    status: Status
    detail: str


@dataclass(frozen=True, slots=True)
class Row:
    """One call of a module: the formula as its docstring has it, and the findings.

    reading  "as printed", "changed" (parts were spelled otherwise), "in part" (a member has no meaning), or "no"
    reason   why no formula was tied to the call, or what of it was left out
    changes  the parts that were spelled otherwise, and how
    kinks    where no derivative is compared, and what Torch takes there
    """

    module: str
    call: str
    formula: str = ""
    findings: tuple[Finding, ...] = ()
    reading: str = "no"
    reason: str = ""
    changes: tuple[tuple[str, str], ...] = ()
    remark: str = ""
    kinks: str = ""


def rows(modules: frozenset[str] = frozenset(), seed: int = 0) -> Iterator[Row]:
    """The rows of the table, in its order; of some modules only, if any are named. Needs Torch."""
    import torch

    for spec in SPECS:
        if modules and spec.module not in modules:
            continue
        if isinstance(spec, Untied):
            yield Row(spec.module, "", reason=spec.reason)
        else:
            yield from rows_of(spec, formulas_of(getattr(torch.nn, spec.module)), seed)


def rows_of(spec: Spec, formulas: tuple[Formula, ...], seed: int = 0) -> Iterator[Row]:
    """One row for each of the formulas that say what the call computes."""
    call = ", ".join(filter(None, (spec.call, spec.reduction and f"reduction = '{spec.reduction}'")))
    try:
        understood, left_out = documented(spec, formulas)
    except NoFormula as problem:
        unread = Finding("forward", Status.UNREAD, str(problem))
        yield Row(spec.module, call, findings=(unread,), reason=str(problem), remark=spec.remark)
        return
    for number, one in enumerate(understood):
        kinks = away_from_kinks(one.expression)
        findings = tuple(_findings(spec, one.expression, kinks, seed))
        shown = described(kinks_of(one.expression), spec.operation)
        reason = "" if number else "; ".join(left_out)
        reading = "in part" if reason else "changed" if spec.spelled else "as printed"
        changes = tuple(spec.spelled.items())
        yield Row(spec.module, call, one.text, findings, reading, reason, changes, spec.remark, shown)


def _findings(spec: Spec, formula: Expr, kinks: tuple[Condition, ...], seed: int) -> Iterator[Finding]:
    forward = Claim(spec.module, formula, Relation.EQUAL, formula, operation=spec.operation)
    yield _finding("forward", forward, seed)
    tensors = {str(entry.tensor.name): entry.tensor for entry in formula.atoms(Entry)}
    for name in spec.by:
        tensor = tensors[name]
        by = Entry(tensor, *(Index(letter, dim) for letter, dim in zip(_BY, tensor.dims, strict=False)))
        sides = Partial(formula, by), Relation.EQUAL, gradient(formula, by)
        yield _finding(name, Claim(f"{spec.module}:{name}", *sides, kinks, operation=spec.operation), seed)


def _finding(what: str, claim: Claim, seed: int) -> Finding:
    evidence = check(claim, seed=seed, budget=Budget()).evidence[-1]
    return Finding(what, _status(evidence), evidence.scope if evidence.verdict is Verdict.PROVED else evidence.detail)


def _status(evidence: Evidence) -> Status:
    match evidence.verdict:
        case Verdict.PROVED:
            return Status.PROVED
        case Verdict.REFUTED:
            return Status.DIFFERS
        case _:
            return Status.UNDECIDED
