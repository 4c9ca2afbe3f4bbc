"""A function of one variable near its target, written with t → ∞, e^t, log t and bounded factors.

The variable is t, −t, c + 1/t or c − 1/t. A function whose argument tends to a value is that value and a first-order
remainder, exactly: log(1 + s) = θ s, exp(s) = 1 + θ s and (1 + s)^r = 1 + θ s, where θ is the slope at a point between
0 and s (mean value theorem) and so goes to the slope at 0. With θ as a symbol everything is a quotient of sums of
products of e^(t²), e^t, t and log t, and the strongest products tell the limit. Where they cancel nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sympy import Abs, Add, Expr, Mul, Number, NumberSymbol, Pow, Rational, S, Symbol

from gradproof.derivations.calculus import DEFINITIONS, Elementwise, Entry, exp, log, relu, step
from gradproof.derivations.calculus import sign as side

from ..evaluation import Unsupported
from .constants import sign
from .orders import EXP, EXP_SQUARE, LOG, Order, T, Terms, quotient


@dataclass(frozen=True, slots=True)
class Slope:
    """What θ is: the derivative of u ↦ log(1 + u), exp(u) or (1 + u)^power, somewhere between 0 and `inside`."""

    inside: Expr
    function: type[Expr]
    power: Rational = S.One

    @property
    def limit(self) -> Rational:
        return self.power if self.function is Pow else S.One


class Germs:
    """Expressions in one variable near one target, in the form of `quotient`.

    variable    the scalar
    path        what it is near its target, as an expression in `T`
    slopes      what each bounded symbol is, in the order in which they were made: later ones may hold earlier ones
    constants   symbols for numbers such as log 2
    sides       expressions that are positive near the target, as was used for kinks and logarithms
    """

    def __init__(self, variable: Entry, path: Expr) -> None:
        self.variable = variable
        self.path = path
        self.slopes: dict[Symbol, Slope] = {}
        self.constants: dict[Symbol, Expr] = {}
        self.sides: list[Expr] = []

    @classmethod
    def near(cls, variable: Entry, target: Expr, side: int) -> Germs:
        """Near oo or −oo, or near a rational number from the right (side 1) or from the left (side −1)."""
        if target in (S.Infinity, S.NegativeInfinity):
            return cls(variable, T if target is S.Infinity else -T)
        return cls(variable, target + side / T)

    def limit(self, expression: Expr) -> Expr:
        """The limit: a number, oo or −oo. Raises Unsupported."""
        order, factor = self.leading(self.plain(expression))
        if order < Order():
            return S.Zero
        return factor if order == Order() else S.Infinity * sign(factor)

    def leading(self, plain: Expr) -> tuple[Order, Expr]:
        """The order of the function and what is left of it, divided by this order, in the limit; never 0, but for 0."""
        top, bottom = quotient(plain)
        if not any(top.values()):
            return Order(), S.Zero
        (above, one), (below, other) = self.strongest(top), self.strongest(bottom)
        return above.over(below), one / other

    def strongest(self, terms: Terms) -> tuple[Order, Expr]:
        order = max(terms)
        coefficient = self.in_limit(terms[order])
        if sign(coefficient) == 0:
            raise Unsupported("the strongest terms cancel")
        return order, coefficient

    def in_limit(self, coefficient: Expr) -> Expr:
        limits: dict[Expr, Expr] = {symbol: slope.limit for symbol, slope in self.slopes.items()}
        reached = coefficient.xreplace(limits).expand()  # a polynomial in symbols for numbers
        return reached.xreplace(self.constants)

    # -- from the calculus to symbols

    def plain(self, part: Expr) -> Expr:
        """The expression with t, e^t, log t and bounded symbols. Raises Unsupported."""
        if part == self.variable:
            return self.path
        if isinstance(part, Rational):
            return part
        if isinstance(part, (Number, NumberSymbol)):
            return self.constant(part)
        if isinstance(part, (Add, Mul)):
            return part.func(*map(self.plain, part.args))
        if isinstance(part, Pow) and isinstance(part.exp, Rational):
            return self._power(self.plain(part.base), part.exp)
        if isinstance(part, exp):
            return self._exp(self.plain(part.argument))
        if isinstance(part, log):
            return self._log(self.plain(part.argument))
        if isinstance(part, (relu, step, side, Abs)):
            return self._kink(type(part), self.plain(part.args[0]))
        if isinstance(part, Elementwise) and type(part) in DEFINITIONS:
            return self.plain(DEFINITIONS[type(part)](part.argument))
        raise Unsupported(f"how {part} grows is not known here")

    def constant(self, number: Expr) -> Expr:
        if number.is_Rational:
            return number
        symbol = Symbol(f"constant {number}", positive=sign(number) > 0 or None, real=True)
        self.constants[symbol] = number
        return symbol

    def _bounded(self, inside: Expr, function: type[Expr], power: Rational = S.One) -> Expr:
        """θ times `inside`, which goes to 0."""
        if inside == 0:
            return S.Zero
        order, _ = self.leading(inside)
        if order >= Order():
            raise Unsupported(f"a remainder of order {order.expression} does not vanish")
        symbol = Symbol(f"slope {len(self.slopes)}", real=True)
        self.slopes[symbol] = Slope(inside, function, power)
        return symbol * inside

    def _split(self, plain: Expr) -> tuple[Order, Expr, Expr]:
        """A positive function as order · coefficient · (1 + s), s going to 0."""
        order, coefficient = self.leading(plain)
        if sign(coefficient) <= 0:
            raise Unsupported("a logarithm or a root of what is not positive near the target")
        self.sides.append(plain)
        number = self.constant(coefficient)
        top, bottom = quotient(plain / (number * order.expression) - 1)
        return order, coefficient, _written(top) / _written(bottom)

    def _power(self, base: Expr, exponent: Rational) -> Expr:
        if exponent.is_Integer:
            return base**exponent
        order, coefficient, small = self._split(base)
        number = coefficient**exponent if coefficient.is_Rational else exp(exponent * log(coefficient))
        whole = order.expression**exponent
        return self.constant(number) * whole * (1 + self._bounded(small, Pow, exponent))

    def _log(self, argument: Expr) -> Expr:
        order, coefficient, small = self._split(argument)
        if order.logs:
            raise Unsupported("a logarithm of log t")
        grown = S(order.square) * T**2 + S(order.linear) * T + S(order.power) * LOG
        number = S.Zero if coefficient == 1 else self.constant(log(coefficient))
        return grown + number + self._bounded(small, log)

    def _exp(self, argument: Expr) -> Expr:
        """exp of t, t², log t, numbers, and what vanishes."""
        top, bottom = quotient(argument)
        if len(bottom) != 1:
            order, coefficient = self.leading(argument)
            if order > Order():
                raise Unsupported("the exponential of what is no sum of powers")
            reached = coefficient if order == Order() else S.Zero
            return self._exp_of(reached) * (1 + self._bounded(argument - self.constant(reached), exp))
        ((below, divisor),) = bottom.items()
        product, small = S.One, S.Zero
        for above, coefficient in top.items():
            order, factor = above.over(below), coefficient / divisor
            if order < Order():
                small += factor * order.expression
            elif order == Order() and factor.free_symbols <= set(self.constants):
                product *= self._exp_of(factor.xreplace(self.constants))
            else:
                product *= _exp_of_growing(order, factor)
        return product * (1 + self._bounded(small, exp))

    def _exp_of(self, number: Expr) -> Expr:
        if number == 0:
            return S.One
        return self.plain(number.argument) if isinstance(number, log) else self.constant(exp(number))

    def _kink(self, function: type[Expr], argument: Expr) -> Expr:
        _, coefficient = self.leading(argument)
        if coefficient == 0:
            return S.Zero
        above = sign(coefficient) > 0
        self.sides.append(argument if above else -argument)
        if function in (step, side):
            return S.One if above else S.Zero if function is step else S.NegativeOne
        if function is relu:
            return argument if above else S.Zero
        return argument if above else -argument


def _exp_of_growing(order: Order, factor: Expr) -> Expr:
    bases = {
        Order(power=Fraction(2)): EXP_SQUARE,
        Order(power=Fraction(1)): EXP,
        Order(logs=Fraction(1)): T,
    }
    if order not in bases or not factor.is_Rational:
        raise Unsupported(f"the exponential of {factor * order.expression}")
    return bases[order] ** factor


def _written(terms: Terms) -> Expr:
    return Add(*[coefficient * order.expression for order, coefficient in terms.items()])
