"""Functions of one variable near a point or near infinity: exact limits, and signs from some point on."""

from .germs import Germs
from .tails import NotYet, Tail

__all__ = ["Germs", "NotYet", "Tail"]
