"""The mistakes that people make, as rewrite rules with a text each."""

from .slip import Scope, Slip
from .table import SLIPS, Mutant, mutants, named_slip

__all__ = ["SLIPS", "Mutant", "Scope", "Slip", "mutants", "named_slip"]
