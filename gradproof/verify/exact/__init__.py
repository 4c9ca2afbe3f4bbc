"""Proofs for every size, and at given sizes."""

from .every_size import CANDIDATE, NAME, OTHER_CERTIFICATE, EverySize, free_sizes, scope
from .given_sizes import GivenSizes
from .scalars import equal_scalars

__all__ = [
    "CANDIDATE",
    "NAME",
    "OTHER_CERTIFICATE",
    "EverySize",
    "GivenSizes",
    "equal_scalars",
    "free_sizes",
    "scope",
]
