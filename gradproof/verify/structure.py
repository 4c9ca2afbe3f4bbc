"""What stands in an expression."""

from __future__ import annotations

from functools import lru_cache

from sympy import Expr

from gradproof.derivations.calculus import Tensor


@lru_cache(maxsize=1 << 16)
def tensors_in(expression: Expr) -> frozenset[Tensor]:
    """The tensors that stand in an expression, definitions not entered."""
    if isinstance(expression, Tensor):
        return frozenset((expression,))
    found: frozenset[Tensor] = frozenset()
    for part in expression.args:
        found |= tensors_in(part)
    return found


def any_value(tensor: Tensor) -> Tensor:
    """The tensor without its definition: arbitrary data, as far as its domain allows."""
    if tensor.definition is None:
        return tensor
    # The formula stays in the name: two tensors of one name are two.
    return Tensor(f"{tensor.name} (any value, not {tensor.definition[1]})", *tensor.dims, domain=tensor.domain)
