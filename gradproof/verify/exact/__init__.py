"""Proofs for every size."""

from .every_size import CANDIDATE, NAME, OTHER_CERTIFICATE, EverySize, free_sizes, scope

__all__ = ["CANDIDATE", "NAME", "OTHER_CERTIFICATE", "EverySize", "free_sizes", "scope"]
