"""Limits of functions with parameters, such as a difference quotient at x as h goes to 0.

What does not hold the variable comes out of the limit; what holds nothing else is left to `asymptotics`; what holds
both must be a rational function of the variable that is continuous at the target, after common factors are cancelled.
Where a denominator might be 0 all around the target for some values of the parameters, nothing is said. A power u^t of
a parameter between 0 and 1 goes to 0 from the right as t goes to infinity: what holds t only there has a limit at 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sympy import Add, Expr, Integer, Mul, Pow, Rational, S, preorder_traversal

from gradproof.derivations.calculus import Dim, Domain, Entry, Limit, Scalar
from gradproof.derivations.calculus.passes import exp_rules

from ..asymptotics import Germs
from ..asymptotics.constants import sign
from ..claim import Claim
from ..evaluation import Unsupported
from .algebra import cancelled, factors, terms
from .positivity import positive

#: Where a candidate is looked at: values for the parameters, in the order of their names.
_POINTS = ((2, 3, 5, 7), (Rational(1, 2), Rational(1, 3), Rational(1, 5), Rational(1, 7)), (5, 2, 7, 3))


def parameters(side: Expr) -> tuple[Entry, ...]:
    """The entries beside the variables of limits, by name; those that have a definition do not count."""
    variables = {limit.variable for limit in side.atoms(Limit)}
    found = {entry for entry in side.atoms(Entry) - variables if entry.tensor.definition is None}
    return tuple(sorted(found, key=str))


def value(side: Expr, unfold: Callable[[Expr, Entry], Expr]) -> Expr:
    """A side of a claim with its limits taken, as a function of the parameters. Raises Unsupported."""
    if isinstance(side, Limit):
        return _limit(unfold(side.expression, side.variable), side)
    if not side.has(Limit):
        return side
    if isinstance(side, (Add, Mul)):
        return side.func(*[value(part, unfold) for part in side.args])
    raise Unsupported(f"{side} is no sum or product of limits")


def different_at(claim: Claim, left: Expr, right: Expr) -> dict[Entry, Expr] | None:
    """A point of the parameters at which two values are surely different, or None."""
    free = tuple(sorted(left.atoms(Entry) | right.atoms(Entry), key=str))
    plain = all(not e.indices and e.tensor.domain in (Domain.REAL, Domain.POSITIVE, Domain.UNIT) for e in free)
    if claim.given or not plain or (left - right).atoms(Dim) or len(free) > len(_POINTS[0]):
        return None
    for numbers in _POINTS:
        point = dict(zip(free, map(S, numbers), strict=False))
        if any(e.tensor.domain is Domain.UNIT and value >= 1 for e, value in point.items()):
            continue
        try:
            if sign((left - right).xreplace(point)):
                return point
        except Unsupported:
            continue
    return None


def _limit(function: Expr, limit: Limit) -> Expr:
    variable, target = limit.variable, limit.target
    powers = _vanishing(function, limit)
    if powers is not None:
        small = Scalar("~power", Domain.POSITIVE)
        by_power = function.xreplace({powers: small})
        if not _holds(by_power, variable):
            return _limit(by_power, Limit(by_power, small, 0, 1))
    spread = exp_rules.apply(function)
    _require_defined(spread, variable, target)
    number, parts = factors(spread)
    outside, alone = number, S.One
    for base, power in parts:
        part = base**power
        if not _holds(base, variable):
            outside *= part
        elif _others(base, variable):
            outside *= _continuous(part, variable, target)
        else:
            alone *= part
    return outside if alone == 1 else outside * _alone(alone, limit)


def _vanishing(function: Expr, limit: Limit) -> Expr | None:
    """A power u^t that goes to 0, of a parameter u between 0 and 1."""
    far = {S.Infinity: limit.variable, S.NegativeInfinity: -limit.variable}.get(limit.target)
    for power in sorted(function.atoms(Pow), key=str):
        base, exponent = power.args
        if exponent == far and isinstance(base, Entry) and base.tensor.domain is Domain.UNIT:
            return power
    return None


def _holds(part: Expr, variable: Entry) -> bool:
    return variable in part.atoms(Entry)


def _others(part: Expr, variable: Entry) -> bool:
    return bool(part.atoms(Entry, Dim) - {variable})


def _alone(function: Expr, limit: Limit) -> Expr:
    infinite = limit.target in (S.Infinity, S.NegativeInfinity)
    sides = (limit.side,) if limit.side or infinite else (1, -1)
    found = {Germs.near(limit.variable, limit.target, side).limit(function) for side in sides}
    if len(found) > 1 or S.Infinity in found or S.NegativeInfinity in found:
        raise Unsupported(f"{function} has no finite limit")
    return found.pop()


def _continuous(part: Expr, variable: Entry, target: Expr) -> Expr:
    """The value at the target of a power of a polynomial in the variable."""
    base, power = part.as_base_exp()
    there = dict(_coefficients(base, variable, target)).get(0, S.Zero)
    if power.is_negative and not _nonzero(there):
        raise Unsupported(f"{base} may be 0 at {target}")
    return there**power


def _require_defined(function: Expr, variable: Entry, target: Expr) -> None:
    """Raises Unsupported unless every denominator is seen to be other than 0 near the target, the target excepted."""
    for part in preorder_traversal(function):
        if not (isinstance(part, Pow) and part.exp.is_negative):
            continue
        for base, _ in factors(part.base)[1]:
            if positive(base) or not (_holds(base, variable) or _others(base, variable)):
                continue
            lowest = base
            if _holds(base, variable):
                lowest = next((c for _, c in _coefficients(base, variable, target)), S.Zero)
            if not _nonzero(lowest):
                raise Unsupported(f"the denominator {base} may be 0 near {target}")


def _coefficients(base: Expr, variable: Entry, target: Expr) -> Iterator[tuple[int, Expr]]:
    """The coefficients, lowest first, of a polynomial in the distance to the target; those that are 0 are left out."""
    if not target.is_Rational:
        raise Unsupported(f"{base} at {target}, with parameters")
    found: dict[int, Expr] = {}
    for term in terms(base.xreplace({variable: variable + target})):
        power = term.as_powers_dict().get(variable, S.Zero)
        rest = term / variable**power
        if _holds(rest, variable) or not (isinstance(power, Integer) and power >= 0):
            raise Unsupported(f"{base} is no polynomial in {variable}")
        found[int(power)] = found.get(int(power), S.Zero) + rest
    for power, coefficient in sorted(found.items()):
        if cancelled(coefficient) != 0:
            yield power, coefficient


def _nonzero(number: Expr) -> bool:
    """Whether it is seen to be other than 0, whatever the parameters are."""
    return positive(number) or positive(-number)
