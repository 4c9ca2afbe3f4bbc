"""Formulas in the place of code: SymPy's expressions with one's own symbols, and those of the calculus.

Symbols of SymPy are real numbers here, positive where they were made so. A claim about formulas is decided like every
other one (`gradproof.check`): for all values, and with symbolic sizes for every size.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sympy
from sympy import Expr, Float, NumberSymbol, Pow, Rational, S, Symbol

from gradproof.derivations.calculus import (
    Domain,
    Entry,
    Index,
    Partial,
    Relation,
    Scalar,
    Tensor,
    erf,
    exp,
    log,
    sign,
    sqrt,
    step,
    tanh,
)
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Report, worst

from .checked import Checked, Difference, WrongShapeError
from .tracing.constants import meaning
from .tracing.number import power

#: Functions of SymPy by those of the calculus.
FUNCTIONS: dict[Any, Callable[..., Expr]] = {
    sympy.exp: exp,
    sympy.log: log,
    sympy.tanh: tanh,
    sympy.erf: erf,
    sympy.Abs: sympy.Abs,
    sympy.sign: sign,
    sympy.sinh: lambda x: (exp(x) - exp(-x)) / 2,
    sympy.cosh: lambda x: (exp(x) + exp(-x)) / 2,
    sympy.Heaviside: lambda x, at_0=None: step(x),
    sympy.Max: lambda *some: _folded(some, 1),
    sympy.Min: lambda *some: _folded(some, -1),
}


def is_formula(thing: Any) -> bool:
    """Whether this is an expression, or a list or matrix of expressions, and no function."""
    if isinstance(thing, (list, tuple)):
        return bool(thing) and all(map(is_formula, thing))
    return isinstance(thing, (Expr, sympy.MatrixBase)) and not isinstance(thing, Tensor)


def identity(lhs: Any, rhs: Any, seed: int) -> Checked:
    """That two formulas are equal wherever they are defined."""
    left, right = _flat(lhs), _flat(rhs)
    _require_as_many("the left side", left, len(right))
    return _decided(f"that {lhs} = {rhs}", [("", *pair) for pair in zip(left, right, strict=True)], seed)


def derivative(what: str, f: Any, claimed: Any, by: Any, order: int, seed: int) -> Checked:
    """That `claimed` is the derivative of `f`, or of each formula of a list, by the symbols `by`.

    Raises WrongShapeError where there are more or fewer formulas than derivatives, ValueError where `by` is missing.
    """
    functions, variables = _flat(f), _variables(f, by)
    values = list(claimed.values()) if isinstance(claimed, Mapping) else _flat(claimed)
    steps = [(x,) for x in variables] if order == 1 else [(x, y) for x in variables for y in variables]
    _require_as_many(what, values, len(functions) * len(steps))
    sides = []
    for place, ((function, by_these), value) in enumerate(
        zip([(function, one) for function in functions for one in steps], values, strict=True)
    ):
        left = in_calculus(function)
        for variable in by_these:
            left = Partial(left, in_calculus(variable))
        sides.append((f"[{place}]" if len(values) > 1 else "", left, value))
    return _decided(f"the {what} of {f} by {', '.join(map(str, variables))}", sides, seed)


def in_calculus(formula: Any) -> Expr:
    """A formula with the functions of the calculus. Raises TypeError for what it does not know."""
    formula = S(formula) if isinstance(formula, (int, float)) else formula
    if isinstance(formula, (Entry, Index)) or (isinstance(formula, Expr) and formula.has(Tensor)):
        return formula
    if isinstance(formula, Float):
        return meaning(float(formula)) if not formula.is_Rational else formula
    if isinstance(formula, (Rational, NumberSymbol)):
        return formula
    if isinstance(formula, Symbol):
        return Scalar(formula.name, Domain.POSITIVE if formula.is_positive else Domain.REAL)
    if isinstance(formula, Pow):
        return sqrt_or_power(*map(in_calculus, formula.args))
    if isinstance(formula, (sympy.Add, sympy.Mul)):
        return formula.func(*map(in_calculus, formula.args))
    function = FUNCTIONS.get(getattr(formula, "func", None))
    if function is None:
        raise TypeError(
            f"{formula}: {type(formula).__name__} is no function that is decided here; there are "
            f"{', '.join(sorted(one.__name__ for one in FUNCTIONS))} and powers"
        )
    return function(*map(in_calculus, formula.args))


def sqrt_or_power(base: Expr, exponent: Expr) -> Expr:
    return sqrt(base) if exponent == S.Half else power(base, exponent)


def _folded(some: Sequence[Expr], side: int) -> Expr:
    """The largest of some numbers for 1, the smallest for −1: max(a, b) = (a + b + |a − b|)/2."""
    found, *others = some
    for other in others:
        found = (found + other + side * sympy.Abs(found - other)) / 2
    return found


def _flat(formulas: Any) -> list[Any]:
    if isinstance(formulas, sympy.MatrixBase):
        return list(formulas)
    if isinstance(formulas, (list, tuple)):
        return [one for part in formulas for one in _flat(part)]
    return [formulas]


def _variables(f: Any, by: Any) -> list[Expr]:
    if by is not None:
        found = _flat(by)
        wrong = [one for one in found if not isinstance(one, (Symbol, Entry))]
        if wrong:
            raise TypeError(f"by={wrong[0]!r}: give a symbol, or an entry such as z[j]")
        return found
    free = sorted({symbol for part in _flat(f) for symbol in part.free_symbols}, key=str)
    if len(free) != 1:
        raise ValueError(f"by what is {f} to be differentiated? Its symbols are {', '.join(map(str, free))}; say by=…")
    return list(free)


def _require_as_many(what: str, found: Sequence[Any], wanted: int) -> None:
    if len(found) != wanted:
        raise WrongShapeError(f"{what} has {len(found)} formulas; it must have {wanted}, row after row")


def _decided(subject: str, sides: Sequence[tuple[str, Any, Any]], seed: int) -> Checked:
    """The worst of what is found out about several equalities."""
    reports: list[tuple[str, Report]] = []
    for place, left, right in sides:
        claim = Claim(subject + place, in_calculus(left), Relation.EQUAL, in_calculus(right))
        reports.append((place, check(claim, seed=seed)))
    verdict = worst(report.verdict for _, report in reports)
    place, report = next(pair for pair in reports if pair[1].verdict is verdict)
    difference = None
    if report.counterexample is not None:
        point = report.counterexample
        values = {**point.indices, **point.values}
        # In a claim on a derivative the left side is what is right.
        given, expected = (point.rhs, point.lhs) if report.claim.lhs.has(Partial) else (point.lhs, point.rhs)
        difference = Difference(f"formula{place}", point.sizes, values, given, expected)
    return Checked(subject, report.evidence, difference=difference).or_raise()
