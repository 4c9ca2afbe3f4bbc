"""Is it true? Claims, the methods that gather evidence, and verdicts.

What needs SymPy, or other processes, is loaded when it is first used: verdicts that were kept are read without.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .check import check, claims_of, verify_derivation
from .verdict import Budget, Counterexample, Evidence, Report, Verdict

if TYPE_CHECKING:
    from .batch import verify_derivations as verify_derivations
    from .claim import Claim as Claim
    from .running import ChildPool as ChildPool

__all__ = [
    "Budget",
    "ChildPool",
    "Claim",
    "Counterexample",
    "Evidence",
    "Report",
    "Verdict",
    "check",
    "claims_of",
    "verify_derivation",
    "verify_derivations",
]

_HOMES = {"ChildPool": "running", "Claim": "claim", "verify_derivations": "batch"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
