"""What stands between bars: |x|, ‖x‖, ‖x‖_2^2, ‖A‖_F."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Abs, Expr

from gradproof.derivations.calculus import Largest, Sum, sqrt
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Scripts

from .problems import NotUnderstood
from .references import spelled
from .values import Meaning, Value

if TYPE_CHECKING:
    from .translate import Translator


def bars(translator: Translator, node: s.Bars) -> Meaning:
    """|x| and ‖x‖, the 2-norm."""
    value = translator.value(node.body)
    if node.bar == "‖":
        return _norm(translator, value, "2", node.span)
    if value.rank:
        raise NotUnderstood("bars around an array; a norm is written \\|x\\|", node.span)
    return value.each(Abs)


def scripted_bars(translator: Translator, node: Scripts, inner: s.Bars) -> Meaning:
    """‖x‖_2^2, |x|^2."""
    value = translator.value(inner.body)
    if inner.bar == "‖":
        label = spelled(node.lower) if node.lower is not None else "2"
        found: Meaning = _norm(translator, value, label, node.span)
    else:
        found = bars(translator, inner)
        if node.lower is not None:
            raise NotUnderstood("a subscript at bars; a norm is written \\|x\\|_2", node.span)
    return found if node.upper is None else translator.raised(found, node.upper, node.span)


def _norm(translator: Translator, value: Value, label: str, span: Span) -> Value:
    value = translator.context.arrays.array(value)
    if label == "2" and value.rank == 2:
        raise NotUnderstood("the 2-norm of a matrix is its largest singular value; the Frobenius norm is ‖A‖_F", span)
    if label not in ("1", "2", "F", "∞"):
        raise NotUnderstood(f"the norm with the label {label or 'here'} is not understood; 1, 2, F and ∞ are", span)
    if not value.rank:
        translator.context.as_numbers(value.expression)
    entries = value.anew()
    if label == "∞" and value.rank == 1:
        return Value(Largest(Abs(entries.expression), *entries.axes), span=span)
    if label == "∞" and value.rank:
        raise NotUnderstood(
            "the ∞-norm of a matrix is the largest sum of a row; write that as \\max_i \\sum_j |A_{ij}|", span
        )
    if label == "1":
        return Value(_over(Abs(entries.expression), entries), span=span)
    return Value(sqrt(_over(entries.expression**2, entries)), span=span)


def _over(expression: Expr, value: Value) -> Expr:
    return Sum(expression, *value.axes) if value.axes else expression
