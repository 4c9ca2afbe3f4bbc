"""Bottom-up rewriting that never captures a bound index, and the algebra that derivations use.

Only products and sums at hand are expanded or factored; SymPy's `simplify`, `expand` and `doit` are never called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sympy import Add, Expr, Mul, Pow, S, igcd

from .binding import Binder
from .indices import Index
from .sums import Delta, Partial, Sum
from .tensors import Entry


def rewrite(expression: Expr, rule: Callable[[Expr], Expr]) -> Expr:
    """Apply `rule` to every part, innermost first. Bound indices become fresh ones; derivatives are not entered."""
    if isinstance(expression, Binder):
        body, bound = expression.open()
        new = rewrite(body, rule)
        return rule(expression if new is body else expression.closed(new, bound))
    if isinstance(expression, (Entry, Delta, Partial)) or not expression.args:
        return rule(expression)
    old = expression.args
    new_args = [rewrite(part, rule) for part in old]
    if any(a is not b for a, b in zip(old, new_args, strict=True)):
        expression = expression.func(*new_args)
    return rule(expression)


def contract(expression: Expr) -> Expr:
    """Sift: Σ_k f(k) δ_kj = f(j), wherever a delta touches a bound index."""
    return rewrite(expression, _sift)


def _sift(expression: Expr) -> Expr:
    if not isinstance(expression, Sum) or not expression.has(Delta):
        return expression
    body, bound = expression.open()
    names = set(bound)
    factors = Mul.make_args(body)
    for factor in factors:
        if isinstance(factor, Delta):
            for old, new in (factor.args, factor.args[::-1]):
                if old in names:
                    rest = Mul(*[other for other in factors if other != factor]).xreplace({old: new})
                    return _sift_all(Sum(rest, *[index for index in bound if index != old]))
    for factor in factors:
        if isinstance(factor, Add) and _touches(factor, names):
            rest = Mul(*[other for other in factors if other is not factor])
            return Add(*[_sift_all(Sum(rest * term, *bound)) for term in factor.args])
    return expression


def _sift_all(expression: Expr) -> Expr:
    """A sum that was sifted may have become a product or a sum of sums."""
    return contract(expression) if expression.has(Delta) else expression


def _touches(expression: Expr, names: set[Index]) -> bool:
    return any(names & set(delta.args) for delta in expression.atoms(Delta))


def distribute(expression: Expr) -> Expr:
    """Multiply a product out over its sums of terms, those that hold fractions first, so that denominators cancel."""
    factors = []
    for part in Mul.make_args(expression):
        repeat = int(part.exp) if isinstance(part, Pow) and isinstance(part.base, Add) and part.exp in (2, 3) else 1
        factors += [part.base] * repeat if repeat > 1 else [part]
    sums = [part for part in factors if isinstance(part, Add)]
    if not sums:
        return expression
    first = next((part for part in sums if _has_fraction(part)), sums[0])
    factors.remove(first)
    rest = Mul(*factors)
    return Add(*[distribute(rest * term) for term in first.args])


def _has_fraction(expression: Expr) -> bool:
    return any(part.exp.is_negative for part in expression.atoms(Pow))


def shorter_when_multiplied_out(expression: Expr) -> Expr:
    """Multiply out every product and sum of products that has less to read afterwards."""

    def go(part: Expr) -> Expr:
        if not isinstance(part, (Mul, Add)):
            return part
        spread = Add(*[distribute(term) for term in Add.make_args(part)])
        return spread if _weight(spread) < _weight(part) else part

    return rewrite(expression, go)


def split_sums(expression: Expr, facts: Callable[[Expr], Expr]) -> Expr:
    """Linearity, Σ(f + g) = Σf + Σg, where that lets a fact fire or a constant come out and makes the line shorter."""

    def split(part: Expr) -> Expr:
        if not isinstance(part, Sum):
            return part
        body, bound = part.open()
        spread = Add(*[distribute(term) for term in Add.make_args(body)])
        if not isinstance(spread, Add):
            return part
        pieces = Add(*[Sum(term, *bound) for term in spread.args])
        known = facts(pieces)
        return known if known != pieces or _weight(known) < _weight(part) else part

    return rewrite(expression, split)


def _weight(expression: Expr) -> int:
    """How much there is to read."""
    if isinstance(expression, Binder):
        return 2 + _weight(expression.body)
    if isinstance(expression, Entry) or not expression.args:
        return 0 if expression.is_Number else 1
    return len(expression.args) - 1 + sum(map(_weight, expression.args))


def factor(expression: Expr) -> Expr:
    """Take common factors out of every sum of terms: p_i δ_ij − p_i p_j = p_i (δ_ij − p_j)."""
    return rewrite(expression, _factor_terms)


def _factor_terms(expression: Expr) -> Expr:
    if not isinstance(expression, Add):
        return expression
    powers = [_powers(term) for term in expression.args]
    common = dict(powers[0][1])
    for _, other in powers[1:]:
        common = {
            base: _nearest_zero(exponent, other[base])
            for base, exponent in common.items()
            if base in other and (exponent > 0) == (other[base] > 0)
        }
    if not common:
        return expression  # SymPy spreads 2·(a + b) on sight, so a number alone is left where it is
    number = _common_number([coefficient for coefficient, _ in powers])
    outside = Mul(*[base**exponent for base, exponent in common.items()])
    inside = Add(*[term / outside / number for term in expression.args])  # not by 2u at once: SymPy spreads the half
    return Mul(number, outside, inside)


def _powers(term: Expr) -> tuple[Expr, dict[Expr, Expr]]:
    coefficient, rest = term.as_coeff_Mul()
    found: dict[Expr, Expr] = {}
    for part in Mul.make_args(rest):
        base, exponent = part.as_base_exp()
        if exponent.is_Rational:
            found[base] = exponent
        else:
            found[part] = S.One
    return coefficient, found


def _nearest_zero(first: Expr, second: Expr) -> Expr:
    return first if abs(first) <= abs(second) else second


def _common_number(coefficients: Iterable[Expr]) -> Expr:
    """A rational that divides all coefficients, negative when every one of them is; 1 if there is nothing to gain."""
    numbers = list(coefficients)
    sign = -1 if all(number.is_negative for number in numbers) else 1
    if not all(number.is_Rational for number in numbers) or len({abs(number) for number in numbers}) > 1:
        top = igcd(*[number.p for number in numbers]) if all(number.is_Integer for number in numbers) else 1
        return S(sign * top)
    return sign * abs(numbers[0])


def replace_parts(expression: Expr, table: dict[Expr, Expr]) -> Expr:
    """Replace every part that equals a key, up to the names of bound indices."""
    return rewrite(expression, lambda part: table.get(part, part))
