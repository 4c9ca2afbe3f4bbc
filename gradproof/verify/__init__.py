"""Is it true? Claims, the methods that gather evidence, and verdicts.

`Claim` is loaded when it is first used: it needs SymPy, which verdicts that were kept are read without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .check import check, claims_of, verify_derivation
from .verdict import Budget, Counterexample, Evidence, Report, Verdict

if TYPE_CHECKING:
    from .claim import Claim as Claim

__all__ = [
    "Budget",
    "Claim",
    "Counterexample",
    "Evidence",
    "Report",
    "Verdict",
    "check",
    "claims_of",
    "verify_derivation",
]


def __getattr__(name: str) -> Any:
    if name != "Claim":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .claim import Claim

    return Claim
