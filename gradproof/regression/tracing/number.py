"""One number of a traced run: an expression that behaves like a float, as far as mathematics goes.

What would need its value (a branch, a conversion to float, an index) raises Untraceable, with a sentence that a reader
of a test report understands. A truth value is a number, too: 1, 0, or a decision by sign between the two.
"""

from __future__ import annotations

import numbers
from typing import Any, NoReturn

import numpy as np
from sympy import Expr, S

from gradproof.derivations.calculus import exp, log
from gradproof.verify.autograd.graph.signs import Sign, chosen
from gradproof.verify.structure import UNDEFINED, kinds
from gradproof.verify.work import SYMBOLIC, spend

from .constants import meaning


class Untraceable(Exception):  # noqa: N818 - it is an answer, not a mishap
    """Why a function has no formula that can be read off a run; the message is what a reader sees."""


def expression_of(value: Any) -> Expr:
    """The expression that a number is. Raises Untraceable for what is no real number."""
    if isinstance(value, Number):
        return value.expression
    if isinstance(value, (bool, np.bool_)):
        return S(int(value))
    if isinstance(value, numbers.Integral):
        return S(int(value))
    if isinstance(value, numbers.Real):
        return meaning(float(value))
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return expression_of(value.item())
    raise Untraceable(f"it computes with {value!r}, which is no real number")


class Number:
    """A number of a traced run; `expression` is what it is."""

    __slots__ = ("expression",)
    __hash__ = None  # type: ignore[assignment]
    shape = ()
    ndim = 0
    size = 1

    def __init__(self, expression: Expr) -> None:
        spend(SYMBOLIC)
        self.expression = expression

    def __repr__(self) -> str:
        return f"Number({self.expression})"

    # What needs the value.

    def __bool__(self) -> bool:
        if self.expression.is_Number:
            return bool(self.expression)
        raise Untraceable("a branch, a loop or a sort depends on the value of an argument")

    def _needs_value(self, *_: object) -> NoReturn:
        raise Untraceable("the value of an argument is turned into an ordinary number, as float() and math.exp do")

    __float__ = __int__ = __index__ = __complex__ = __round__ = __floor__ = __ceil__ = __trunc__ = _needs_value

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        from .arrays import applied

        return applied(ufunc, method, inputs, options)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        from .arrays import with_arrays

        return function(*with_arrays(args), **kwargs)

    # What arrays without axes have.

    @property
    def T(self) -> Number:  # noqa: N802 - NumPy's name
        return self

    def item(self) -> Number:
        return self

    def copy(self) -> Number:
        return self

    def astype(self, dtype: Any, **_: Any) -> Number:
        if np.dtype(dtype).kind not in "fO" and not is_whole(self):
            self._needs_value()
        return self

    def sum(self, *_: Any, **__: Any) -> Number:
        return self

    mean = max = min = squeeze = conjugate = sum

    # Arithmetic. Arrays on the other side take over.

    def __add__(self, other: Any) -> Any:
        return _both(other, lambda y: self.expression + y)

    def __sub__(self, other: Any) -> Any:
        return _both(other, lambda y: self.expression - y)

    def __rsub__(self, other: Any) -> Any:
        return _both(other, lambda y: y - self.expression)

    def __mul__(self, other: Any) -> Any:
        return _both(other, lambda y: product(self.expression, y))

    def __truediv__(self, other: Any) -> Any:
        return _both(other, lambda y: self.expression / y)

    def __rtruediv__(self, other: Any) -> Any:
        return _both(other, lambda y: y / self.expression)

    def __pow__(self, other: Any) -> Any:
        return _both(other, lambda y: power(self.expression, y))

    def __rpow__(self, other: Any) -> Any:
        return _both(other, lambda y: power(y, self.expression))

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self) -> Number:
        return Number(-self.expression)

    def __pos__(self) -> Number:
        return self

    def __abs__(self) -> Number:
        x = self.expression
        return Number(Sign(x, x, S.Zero, -x))

    # Truth values.

    def __lt__(self, other: Any) -> Any:
        return _both(other, lambda y: by_sign(self.expression - y, 0, 0, 1))

    def __le__(self, other: Any) -> Any:
        return _both(other, lambda y: by_sign(self.expression - y, 0, 1, 1))

    def __gt__(self, other: Any) -> Any:
        return _both(other, lambda y: by_sign(self.expression - y, 1, 0, 0))

    def __ge__(self, other: Any) -> Any:
        return _both(other, lambda y: by_sign(self.expression - y, 1, 1, 0))

    def __eq__(self, other: object) -> Any:
        return _both(other, lambda y: by_sign(self.expression - y, 0, 1, 0))

    def __ne__(self, other: object) -> Any:
        return _both(other, lambda y: by_sign(self.expression - y, 1, 0, 1))

    def __and__(self, other: Any) -> Any:
        return _both(other, lambda y: chosen(self.expression, y, S.Zero))

    def __or__(self, other: Any) -> Any:
        return _both(other, lambda y: chosen(self.expression, S.One, y))

    def __invert__(self) -> Number:
        return Number(chosen(self.expression, S.Zero, S.One))

    __rand__, __ror__ = __and__, __or__


def _both(other: Any, function: Any) -> Any:
    if isinstance(other, np.ndarray) and other.ndim:
        return NotImplemented
    try:
        return Number(function(expression_of(other)))
    except Untraceable:
        return NotImplemented


def is_whole(number: Number) -> bool:
    """Whether this is surely a whole number, such as a truth value."""
    return _among(number.expression, None)


def is_truth(number: Number) -> bool:
    """Whether this is surely 0 or 1."""
    return _among(number.expression, (0, 1))


def _among(expression: Expr, numbers: tuple[int, ...] | None) -> bool:
    if isinstance(expression, Sign):
        return all(_among(part, numbers) for part in expression.args[1:])
    return bool(expression.is_Integer) and (numbers is None or int(expression) in numbers)


def by_sign(argument: Expr, above: int, at_zero: int, below: int) -> Expr:
    return Sign(argument, S(above), S(at_zero), S(below))


def product(x: Expr, y: Expr) -> Expr:
    """x y. That 0 times a long formula is 0 is seen at once; SymPy would search all of it for infinities."""
    if (x == 0 and not UNDEFINED & kinds(y)) or (y == 0 and not UNDEFINED & kinds(x)):
        return S.Zero
    return x * y


def power(base: Expr, exponent: Expr) -> Expr:
    """base ** exponent; of numbers that are not rational powers by exp and log."""
    if exponent.is_Rational:
        return base**exponent
    return exp(exponent * log(base))
