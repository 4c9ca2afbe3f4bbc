"""What is visibly positive, or visibly between 0 and 1, from the domains of tensors and the form of an expression."""

from __future__ import annotations

from sympy import Add, Expr, Mul, Pow

from .extrema import Largest
from .functions import sigmoid
from .sums import Sum
from .tensors import Domain, Entry


def positive(part: Expr) -> bool:
    """Known to be positive: entries of positive tensors, exp, and sums, products and powers of what is positive."""
    if isinstance(part, (Sum, Largest)):
        return positive(part.body)
    if isinstance(part, (Add, Mul)) and all(map(positive, part.args)):
        return True
    if isinstance(part, Add) and part.args[0] == 1 and len(part.args) == 2:  # 1 − p for a p between 0 and 1
        return below_one(-part.args[1])
    if isinstance(part, Pow):
        return positive(part.base)
    return bool(part.is_positive)


def below_one(part: Expr) -> bool:
    """Known to be less than 1: a sigmoid, 1 / (1 + u) with a positive u, and entries between 0 and 1."""
    if isinstance(part, sigmoid) or (isinstance(part, Entry) and part.tensor.domain is Domain.UNIT):
        return True
    if isinstance(part, Pow) and part.exp == -1 and isinstance(part.base, Add):
        return positive(part.base - 1)
    return False
