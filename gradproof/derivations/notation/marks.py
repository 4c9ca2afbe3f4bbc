"""Finding the parts that a step changed, also inside sums, where bound indices have other names."""

from __future__ import annotations

import itertools

from sympy import Expr, Mul, Number, Pow, preorder_traversal

from gradproof.derivations.calculus import Applied, Delta, Entry, Index, Partial, free_indices

_MOST_LOOSE = 4


def _loose(expression: Expr) -> list[Index]:
    """The free indices that are names of bound ones: opened ("~7") or canonical ("_0")."""
    return sorted((index for index in free_indices(expression) if index.name[0] in "~_"), key=lambda i: i.name)


def matches(expression: Expr, part: Expr) -> bool:
    """Whether both are equal up to the names of indices that belong to a sum around them."""
    if expression == part:
        return True
    if type(expression) is not type(part) or len(expression.args) != len(part.args):
        return False
    ours, theirs = _loose(expression), _loose(part)
    if not theirs or len(ours) != len(theirs) or len(theirs) > _MOST_LOOSE:
        return False
    for order in itertools.permutations(ours):
        same_sorts = all(mine.dim == other.dim for mine, other in zip(order, theirs, strict=True))
        if same_sorts and part.xreplace(dict(zip(theirs, order, strict=True))) == expression:
            return True
    return False


def changed_parts(before: Expr, after: Expr) -> tuple[Expr, ...]:
    """The parts of `after` that `before` does not have, as large as they are new throughout; nothing if that is all.

    Signs and numbers do not count: −p_j is not new where p_j stood.
    """
    known = set(preorder_traversal(before))

    def visit(part: Expr) -> list[Expr]:
        if part in known:
            return []
        if isinstance(part, Entry | Delta | Partial):
            return [part]
        if isinstance(part, Pow) and not part.exp.is_Number and visit(part.exp):
            return [part]  # nothing is marked within an exponent
        parts = (part.argument,) if isinstance(part, Applied) else part.args
        inside = [arg for arg in parts if not isinstance(arg, Number | Index)]
        if isinstance(part, Mul) and len(inside) == 1:
            return visit(inside[0])
        found = [visit(arg) for arg in inside]
        if all(new == [arg] for new, arg in zip(found, inside, strict=True)) or not any(found):
            return [part]
        return [new for news in found for new in news]

    return tuple(part for part in dict.fromkeys(visit(after)) if part != after)
