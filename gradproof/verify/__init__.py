"""Is it true? Claims, the methods that gather evidence, and verdicts."""

from .check import check, claims_of, verify_derivation
from .claim import Claim
from .verdict import Budget, Counterexample, Evidence, Report, Verdict

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
