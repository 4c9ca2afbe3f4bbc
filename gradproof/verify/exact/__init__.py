"""Proofs for every size, and at given sizes."""

from .every_size import CANDIDATE, NAME, OTHER_CERTIFICATE, EverySize, free_sizes, scope
from .given_sizes import GivenSizes

__all__ = ["CANDIDATE", "NAME", "OTHER_CERTIFICATE", "EverySize", "GivenSizes", "free_sizes", "scope"]
