"""The meaning of expressions of the calculus in exact numbers, by loops; derivatives by dual numbers.

Written for these tests: it shares nothing with the evaluator of the package.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from sympy import Add, Expr, Mul, Pow, Rational

from gradproof.derivations.calculus import Applied, Delta, Dim, Entry, Index, Partial, Sum, Tensor

from .formulas import World


@dataclass(frozen=True)
class Dual:
    """A value and its slope in one direction."""

    value: Fraction
    slope: Fraction = Fraction(0)

    def __add__(self, other: Any) -> Dual:
        other = dual(other)
        return Dual(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other: Any) -> Dual:
        other = dual(other)
        return Dual(self.value * other.value, self.value * other.slope + self.slope * other.value)

    def __pow__(self, exponent: int) -> Dual:
        if exponent == 0:
            return Dual(Fraction(1))
        return Dual(self.value**exponent, exponent * self.value ** (exponent - 1) * self.slope)

    __radd__, __rmul__ = __add__, __mul__


def dual(number: Any) -> Dual:
    return number if isinstance(number, Dual) else Dual(Fraction(number))


def evaluate(expression: Expr, at: dict[Index, int], world: World) -> Any:
    """The value at places of the free indices. Raises ZeroDivisionError."""

    def go(part: Expr) -> Any:
        return evaluate(part, at, world)

    match expression:
        case Rational():
            return Fraction(int(expression.p), int(expression.q))
        case Dim():
            return Fraction(world.sizes[expression])
        case Entry():
            return entry(expression.tensor, tuple(at[index] for index in expression.indices), world)
        case Delta():
            first, second = expression.args
            return Fraction(int(at[first] == at[second]))
        case Add():
            return sum(map(go, expression.args), Fraction(0))
        case Mul():
            return prod(map(go, expression.args), start=Fraction(1))
        case Pow():
            return go(expression.base) ** int(expression.exp)
        case Applied():
            return world.activation(go(expression.argument), expression.order)
        case Sum():
            total = Fraction(0)
            for place in _all_places([index.dim for index in expression.bound], world):
                total = total + evaluate(expression.body, at | dict(zip(expression.bound, place, strict=True)), world)
            return total
        case Partial():
            moved = (expression.by.tensor, tuple(at[index] for index in expression.by.indices))
            return slope(expression.expression, at, world, moved)
    raise TypeError(f"no exact meaning for {expression}")


def entry(tensor: Tensor, place: tuple[int, ...], world: World) -> Any:
    """An entry: given, or by the definition of its tensor."""
    if (tensor, place) in world.entries:
        return world.entries[tensor, place]
    formal, body = tensor.definition
    return evaluate(body, dict(zip(formal, place, strict=True)), world)


def slope(expression: Expr, at: dict[Index, int], world: World, moved: tuple[Tensor, tuple[int, ...]]) -> Fraction:
    """The derivative by one entry. A defined tensor is a cut: its entries become data with their values."""
    tensor, place = moved
    entries = dict(world.entries)
    for other in _all_places(tensor.dims, world):
        entries[tensor, other] = Dual(entry(tensor, other, world), Fraction(int(other == place)))
    return dual(evaluate(expression, at, World(world.sizes, entries))).slope


def _all_places(dims: Any, world: World) -> list[tuple[int, ...]]:
    places: list[tuple[int, ...]] = [()]
    for dim in dims:
        places = [(*place, here) for place in places for here in range(world.sizes[dim])]
    return places
