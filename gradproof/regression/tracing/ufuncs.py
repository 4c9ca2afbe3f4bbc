"""What the functions of NumPy and SciPy mean, as mathematics on numbers: one rule for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from sympy import Expr, Pow, Rational, S

from gradproof.derivations.calculus import erf, exp, expm1, log, log1p, sigmoid, tanh
from gradproof.verify.autograd.graph.extrema import greater, lesser
from gradproof.verify.autograd.graph.signs import Sign, chosen

from .maximum import Maximum
from .number import by_sign, power, product


def _root(x: Expr) -> Expr:
    return Pow(x, Rational(1, 2))


def _sign(x: Expr) -> Expr:
    return by_sign(x, 1, 0, -1)


#: Functions of numbers, by the names of the ufuncs of NumPy and SciPy.
UFUNCS: dict[str, Callable[..., Expr]] = {
    "add": lambda x, y: x + y,          "subtract": lambda x, y: x - y,      "multiply": product,
    "divide": lambda x, y: x / y,       "power": power,                      "float_power": power,
    "negative": lambda x: -x,           "positive": lambda x: x,             "square": lambda x: x**2,
    "reciprocal": lambda x: 1 / x,      "sqrt": _root,                       "conjugate": lambda x: x,
    "cbrt": lambda x: _sign(x) * Pow(Sign(x, x, S.Zero, -x), Rational(1, 3)),
    "exp": exp,                         "expm1": expm1,                      "log": log,
    "log1p": log1p,                     "tanh": tanh,                        "erf": erf,
    "exp2": lambda x: exp(x * log(S(2))),  "log2": lambda x: log(x) / log(S(2)),
    "log10": lambda x: log(x) / log(S(10)), "expit": sigmoid,
    "sinh": lambda x: (exp(x) - exp(-x)) / 2, "cosh": lambda x: (exp(x) + exp(-x)) / 2,
    "logaddexp": lambda x, y: log(exp(x) + exp(y)), "hypot": lambda x, y: _root(x**2 + y**2),
    "absolute": lambda x: Sign(x, x, S.Zero, -x), "fabs": lambda x: Sign(x, x, S.Zero, -x),
    "sign": _sign,                      "heaviside": lambda x, y: Sign(x, S.One, y, S.Zero),
    "maximum": greater,                 "fmax": greater,                     "minimum": lesser,   "fmin": lesser,
    "clip": lambda x, low, high: lesser(greater(x, low), high),
    "greater": lambda x, y: by_sign(x - y, 1, 0, 0), "greater_equal": lambda x, y: by_sign(x - y, 1, 1, 0),
    "less": lambda x, y: by_sign(x - y, 0, 0, 1),    "less_equal": lambda x, y: by_sign(x - y, 0, 1, 1),
    "equal": lambda x, y: by_sign(x - y, 0, 1, 0),   "not_equal": lambda x, y: by_sign(x - y, 1, 0, 1),
    "logical_not": lambda x: chosen(x, S.Zero, S.One), "invert": lambda x: chosen(x, S.Zero, S.One),
    "logical_and": lambda x, y: chosen(x, y, S.Zero), "bitwise_and": lambda x, y: chosen(x, y, S.Zero),
    "logical_or": lambda x, y: chosen(x, S.One, y),  "bitwise_or": lambda x, y: chosen(x, S.One, y),
    "isfinite": lambda x: S.One,        "isnan": lambda x: S.Zero,           "isinf": lambda x: S.Zero,
}  # fmt: skip
#: What becomes of all numbers along an axis.
REDUCED: dict[str, Callable[..., Expr]] = {
    "add": lambda *row: sum(row, S.Zero),
    "multiply": lambda *row: reduce(lambda x, y: x * y, row, S.One),
    "maximum": Maximum,
    "minimum": lambda *row: -Maximum(*[-entry for entry in row]),
    "logical_and": lambda *row: reduce(lambda x, y: chosen(x, y, S.Zero), row, S.One),
    "logical_or": lambda *row: reduce(lambda x, y: chosen(x, S.One, y), row, S.Zero),
}
