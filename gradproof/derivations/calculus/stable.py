"""Passes that lead from the form in which a function is defined to one in which it can be computed."""

from __future__ import annotations

from sympy import Abs, Add, Expr, Mul, Pow, S

from . import rules
from .conditions import Positive
from .functions import exp, expm1, log, log1p, sigmoid
from .passes import Pass, merge_exp
from .rewriting import rewrite
from .tensors import Entry, Tensor


def take_out_of_log(factor: Expr) -> Pass:
    """log(a + b) = log(c (a/c + b/c))."""

    def go(part: Expr) -> Expr:
        if not (isinstance(part, log) and isinstance(part.argument, Add)):
            return part
        return log(Mul(factor, Add(*[merge_exp(term * _inverse(factor)) for term in part.argument.args])))

    return Pass((rules.TAKE_OUT,), lambda line: rewrite(line, go))


def _inverse(factor: Expr) -> Expr:
    return exp(-factor.argument) if isinstance(factor, exp) else 1 / factor


def shift_exp(by: Expr) -> Pass:
    """exp(a) = exp(c) exp(a − c), for every exp of an entry."""

    def go(part: Expr) -> Expr:
        if isinstance(part, exp) and isinstance(part.argument, Entry):
            return exp(by) * exp(part.argument - by)
        return part

    return Pass((rules.SHIFT_EXP,), lambda line: rewrite(line, go))


def write_with(new: Tensor, old: Tensor, inverse: Expr) -> Pass:
    """Write the entries of a tensor with a new one: x_k = c + d_k, if d_k := x_k − c.

    inverse    what x_k is, at the indices of the definition of the new tensor
    """
    formal = new.definition[0]

    def go(part: Expr) -> Expr:
        if isinstance(part, Entry) and part.tensor == old:
            return inverse.xreplace(dict(zip(formal, part.indices, strict=True)))
        return part

    return Pass((rules.FOLD,), lambda line: rewrite(line, go), uses=(new,))


def where_positive(region: Positive) -> Pass:
    """|u| = u where u is positive."""

    def go(part: Expr) -> Expr:
        return region.expression if part == Abs(region.expression) else part

    return Pass((rules.ABSOLUTE_OF_POSITIVE,), lambda line: rewrite(line, go))


def _to_log1p(part: Expr) -> Expr:
    if isinstance(part, log) and isinstance(part.argument, Add) and S.One in part.argument.args:
        return log1p(part.argument - 1)
    return part


def _to_expm1(part: Expr) -> Expr:
    """exp(u) − 1, and 1 − exp(u) as its negative."""
    if isinstance(part, Add) and len(part.args) == 2:
        for sign in (1, -1):
            if -sign * S.One in part.args and isinstance(sign * (part + sign), exp):
                return sign * expm1((sign * (part + sign)).argument)
    return part


def _merged_powers(part: Expr) -> Expr:
    if isinstance(part, Pow) and isinstance(part.base, exp) and part.exp.is_Integer:
        return exp(part.exp * part.base.argument)
    return part


def _mirrored(part: Expr) -> Expr:
    if isinstance(part, Add) and len(part.args) == 2 and S.One in part.args and isinstance(1 - part, sigmoid):
        return sigmoid(-(1 - part).argument)
    return part


write_log1p = Pass((rules.WRITE_LOG1P,), lambda line: rewrite(line, _to_log1p))
write_expm1 = Pass((rules.WRITE_EXPM1,), lambda line: rewrite(line, _to_expm1))
exp_powers = Pass((rules.EXP_RULES,), lambda line: rewrite(line, _merged_powers))
mirror = Pass((rules.MIRROR,), lambda line: rewrite(line, _mirrored))
