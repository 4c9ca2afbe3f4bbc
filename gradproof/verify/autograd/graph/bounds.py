"""Whether a region is empty because it asks for x > 3/4 and x < 0: bounds of one quantity that exclude each other."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Add, Expr, S

from gradproof.verify.exact.positivity import positive


def contradictory(known: Iterable[Expr]) -> bool:
    """Whether not all of these are positive anywhere, as their bounds on the same quantity show.

    What is c + k·q, with numbers c and k, bounds the quantity q: by −c/k from below for positive k, else from above.
    """
    lower: dict[Expr, Expr] = {}
    upper: dict[Expr, Expr] = {}
    for part in known:
        number, rest = part.as_coeff_Add()
        if rest == 0:
            if number <= 0:
                return True
            continue
        factor, quantity = rest.primitive() if isinstance(rest, Add) else rest.as_coeff_Mul()
        if quantity.could_extract_minus_sign():
            factor, quantity = -factor, -quantity
        bound = -number / factor
        if factor > 0:
            lower[quantity] = max(bound, lower.get(quantity, bound))
        else:
            upper[quantity] = min(bound, upper.get(quantity, bound))
    return any(
        lower.get(quantity, S.NegativeInfinity) >= most or (most <= 0 and positive(quantity))
        for quantity, most in upper.items()
    )
