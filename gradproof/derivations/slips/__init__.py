"""The mistakes that people make, as rewrite rules with a text each."""

from .slip import Scope, Slip
from .table import SLIPS, Mutant, mutants

__all__ = ["SLIPS", "Mutant", "Scope", "Slip", "mutants"]
