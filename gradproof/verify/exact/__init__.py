"""Proofs for every size."""

from .every_size import CANDIDATE, NAME, EverySize, free_sizes, scope

__all__ = ["CANDIDATE", "NAME", "EverySize", "free_sizes", "scope"]
