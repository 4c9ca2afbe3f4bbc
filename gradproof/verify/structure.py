"""What stands in an expression."""

from __future__ import annotations

from functools import lru_cache

from sympy import Expr, S

from gradproof.derivations.calculus import Entry, Tensor

#: What stands in an expression that has no value.
UNDEFINED = frozenset(map(type, (S.NaN, S.Infinity, S.NegativeInfinity, S.ComplexInfinity)))


@lru_cache(maxsize=1 << 18)
def kinds(expression: Expr) -> frozenset[type]:
    """The types of all parts of an expression. A part that occurs many times is read once, which `has` does not do: the
    formula of a network that repeats itself has few different parts, and millions of them where it is written out."""
    own = frozenset((type(expression),))
    return own.union(*map(kinds, expression.args)) if expression.args else own


@lru_cache(maxsize=1 << 18)
def entries_in(expression: Expr) -> frozenset[Entry]:
    """The entries of tensors in an expression, definitions not entered; each part is read once."""
    if isinstance(expression, Entry):
        return frozenset((expression,))
    return frozenset().union(*map(entries_in, expression.args))


@lru_cache(maxsize=1 << 16)
def tensors_in(expression: Expr) -> frozenset[Tensor]:
    """The tensors that stand in an expression, definitions not entered."""
    if isinstance(expression, Tensor):
        return frozenset((expression,))
    found: frozenset[Tensor] = frozenset()
    for part in expression.args:
        found |= tensors_in(part)
    return found


def parts(*expressions: Expr) -> int:
    """How many different parts some expressions have."""
    found, left = set(expressions), list(expressions)
    while left:
        new = [part for part in left.pop().args if part not in found]
        found.update(new)
        left += new
    return len(found)


def any_value(tensor: Tensor) -> Tensor:
    """The tensor without its definition: arbitrary data, as far as its domain allows."""
    if tensor.definition is None:
        return tensor
    # The formula stays in the name: two tensors of one name are two.
    return Tensor(f"{tensor.name} (any value, not {tensor.definition[1]})", *tensor.dims, domain=tensor.domain)
