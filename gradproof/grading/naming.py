"""Naming a slip: which one mistake of the table turns a right form into what was written instead.

A wrong diagnosis hurts more than none. A slip is named only if what it makes is proved equal to what was written, and
no other slip is, or might be. Where two slips make the very same of a form, the table keeps the one that says more.
"""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr

from gradproof.derivations.calculus import Condition, Index, Limit, Partial, Relation, free_indices
from gradproof.derivations.slips import mutants
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Budget, Verdict

from .deciding import decide

#: The most wrong forms that are compared, and the work for one of them.
_MOST = 400
_BUDGET = Budget(work=200_000, points=40, seconds=2.0)


def slip_between(pairs: Iterable[tuple[Expr, Expr]], given: tuple[Condition, ...], seed: int = 0) -> str:
    """The name of the one slip that leads from a right form to what was written; "" if there is none, or not one.

    pairs  right forms, each with what was written instead in the same names
    """
    found: set[str] = set()
    tried = 0
    for right, wrote in pairs:
        if right.has(Partial, Limit):  # a slip is made when a derivative is carried out, not in writing it down
            continue
        indices: tuple[Index, ...] = tuple(free_indices(right) | free_indices(wrote))
        for mutant in mutants(right, indices):
            name = mutant.slip.name
            tried += 1
            if tried > _MOST:
                return ""
            claim = Claim("slip", mutant.expression, Relation.EQUAL, wrote, given)
            verdict = decide(claim, seed, _BUDGET).verdict
            if verdict is Verdict.PROVED:
                found.add(name)
            elif verdict is not Verdict.REFUTED and name not in found:
                found.add(f"perhaps {name}")
            if len(found - {f"perhaps {name}" for name in found}) > 1:
                return ""
    certain = {name for name in found if not name.startswith("perhaps ")}
    doubtful = {name.removeprefix("perhaps ") for name in found - certain} - certain
    return certain.pop() if len(certain) == 1 and not doubtful else ""
