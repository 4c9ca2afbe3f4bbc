"""Decisions by the sign of an expression: what `where`, `abs`, `min` and comparisons of Torch mean.

`Sign(x, a, b, c)` is a for positive x, b for x = 0 and c for negative x. A truth value is 1 or 0 under such decisions.
A claim is decided region by region: `regions` settles all signs in it in every way that is possible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from sympy import Abs, Add, Expr, Mul, S

from gradproof.derivations.calculus import Domain, Entry, exp, relu, sign, step
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.exact.positivity import positive
from gradproof.verify.structure import entries_in, kinds

from .bounds import contradictory

#: Regions of one claim; so many are tried.
_MOST_REGIONS = 81


class TooManyRegions(Unsupported):
    """There are more regions than are tried."""


class Sign(Expr):
    """One of three values, by the sign of the argument; decided at once where the sign is plain to see."""

    is_commutative = True
    is_real = True

    def __new__(cls, argument: Expr, above: Expr, at_zero: Expr, below: Expr) -> Expr:
        if above == at_zero == below:
            return above
        if argument is S.NaN:
            return S.NaN
        if argument == 0:
            return at_zero
        if positive(argument):
            return above
        if positive(-argument):
            return below
        number, argument = argument.primitive() if isinstance(argument, Add) else argument.as_coeff_Mul()
        if argument.could_extract_minus_sign():
            number, argument = -number, -argument
        if number < 0:
            above, below = below, above
        if isinstance(1 + argument, exp):  # e^x − 1 has the sign of x
            return Sign((1 + argument).args[0], above, at_zero, below)
        if isinstance(1 - argument, exp):
            return Sign((1 - argument).args[0], below, at_zero, above)
        first, *rest = Mul.make_args(argument)
        base, exponent = first.as_base_exp()
        if not exponent.is_Integer or (exponent == 1 and not rest):
            return Expr.__new__(cls, argument, above, at_zero, below)
        # of a product: by the sign of its first factor, then of the rest
        same, other = Sign(Mul(*rest), above, at_zero, below), Sign(Mul(*rest), below, at_zero, above)
        return Sign(base, same, at_zero, same if exponent.is_even else other)


#: Functions with a kink, as decisions by sign.
KINKED: dict[type[Expr], Callable[[Expr], Expr]] = {
    Abs:  lambda x: Sign(x, x, S.Zero, -x),
    relu: lambda x: Sign(x, x, S.Zero, S.Zero),
    step: lambda x: Sign(x, S.One, S.Zero, S.Zero),
    sign: lambda x: Sign(x, S.One, S.Zero, S.NegativeOne),
}  # fmt: skip


def chosen(condition: Expr, yes: Expr, no: Expr) -> Expr:
    """`yes` where the condition is 1, `no` where it is 0."""
    if isinstance(condition, Sign):
        argument, *parts = condition.args
        return Sign(argument, *[chosen(part, yes, no) for part in parts])
    if condition == 1 or condition == 0:
        return yes if condition == 1 else no
    raise Unsupported(f"{condition} is no truth value")


@dataclass(frozen=True, slots=True)
class Region:
    """Expressions without signs, and where they have this form.

    known      what is positive there
    excluded   expressions that are not 0 there, since none of their entries can be solved for
    solved     on a boundary: entries that are no longer in the expressions, and their values
    """

    expressions: tuple[Expr, ...]
    known: frozenset[Expr] = frozenset()
    excluded: frozenset[Expr] = frozenset()
    solved: tuple[tuple[Expr, Expr], ...] = ()


def regions(*expressions: Expr, boundaries: bool = True) -> Iterator[Region]:
    """Every region in which the expressions have one form, with the boundaries that can be solved for an entry.

    boundaries    whether these are wanted; else they are excluded like the others

    Raises TooManyRegions beyond some dozens.
    """
    left = [Region(tuple(_with_signs(expression) for expression in expressions))]
    count = 0
    while left:
        region = left.pop()
        if contradictory(region.known):
            continue
        decision = _innermost(region.expressions)
        if decision is not None:
            left += _split(region, decision, boundaries)
            continue
        count += 1
        if count > _MOST_REGIONS:
            raise TooManyRegions(f"more than {_MOST_REGIONS} regions")
        yield region


@lru_cache(maxsize=1 << 14)
def _with_signs(expression: Expr) -> Expr:
    if not expression.args or kinds(expression).isdisjoint(KINKED):
        return expression
    parts = [_with_signs(part) for part in expression.args]
    kind = type(expression)
    return KINKED[kind](*parts) if kind in KINKED else expression.func(*parts)


def _innermost(expressions: tuple[Expr, ...]) -> Expr | None:
    """A sign whose argument has no sign in it; the first by its text, so that every run goes the same way."""
    return min(frozenset().union(*map(decisions, expressions)), key=_text, default=None)


@lru_cache(maxsize=1 << 16)
def decisions(expression: Expr) -> frozenset[Expr]:
    """All signs whose arguments have no sign in them. Parts that occur many times are read once."""
    found = frozenset().union(*map(decisions, expression.args))
    if isinstance(expression, Sign) and not decisions(expression.args[0]):
        return found | {expression}
    return found


@lru_cache(maxsize=1 << 12)
def _text(expression: Expr) -> str:
    return str(expression)


def _split(region: Region, decision: Expr, boundaries: bool) -> list[Region]:
    argument = decision.args[0]

    def settled(place: int) -> tuple[Expr, ...]:
        return tuple(_settled(part, argument, place) for part in region.expressions)

    if positive(argument, region.known):
        return [replace(region, expressions=settled(1))]
    if positive(-argument, region.known):
        return [replace(region, expressions=settled(3))]
    above = replace(region, expressions=settled(1), known=_also(region.known, argument))
    below = replace(region, expressions=settled(3), known=_also(region.known, -argument))
    solution = solved_for(argument) if boundaries else None
    if solution is None:
        return [replace(part, excluded=part.excluded | {argument}) for part in (below, above)]

    def there(parts: Iterable[Expr]) -> Iterator[Expr]:
        return (part.xreplace(solution) for part in parts)

    known, excluded = frozenset(there(region.known)), frozenset(there(region.excluded))
    if any(part == 0 or positive(-part) for part in known) or 0 in excluded:
        return [below, above]  # the boundary is nowhere in this region
    solved = tuple((entry, value.xreplace(solution)) for entry, value in region.solved) + tuple(solution.items())
    return [Region(tuple(there(settled(2))), known, excluded, solved), below, above]


def _also(known: frozenset[Expr], new: Expr) -> frozenset[Expr]:
    """What is positive if `new` is, too: z − x is the sum of z − y and y − x."""
    found, fresh = set(known), {new}
    while fresh:
        found |= fresh
        sums = {first + second for first in fresh for second in found if (first + second) not in found}
        fresh = {total for total in sums if _is_difference(total)}
    return frozenset(found)


def _is_difference(total: Expr) -> bool:
    """Whether this is one part minus another one, or 0, which shows that there is no such region."""
    return total == 0 or sorted(term.as_coeff_Mul()[0] for term in Add.make_args(total)) == [-1, 1]


@lru_cache(maxsize=1 << 16)
def _settled(expression: Expr, argument: Expr, place: int) -> Expr:
    """The expression with the decisions by one argument made; the branches that fall away may be undefined."""
    if isinstance(expression, Sign) and expression.args[0] == argument:
        return _settled(expression.args[place], argument, place)
    if not decisions(expression):
        return expression
    return expression.func(*[_settled(part, argument, place) for part in expression.args])


def solved_for(argument: Expr) -> dict[Expr, Expr] | None:
    """An entry and its value at which the argument is 0: the argument is a number times the entry, and a rest."""
    for term in Add.make_args(argument):
        number, entry = term.as_coeff_Mul()
        rest = argument - term
        if isinstance(entry, Entry) and entry.tensor.domain is Domain.REAL and entry not in entries_in(rest):
            return {entry: -rest / number}
    return None
