"""Numbers and formulas as SymPy expressions; text is never taken for a formula."""

from __future__ import annotations

from typing import Any

from sympy import Expr, SympifyError, sympify


def formula(value: Any) -> Expr:
    """The value as an expression. Raises TypeError for text and for whatever else is no number and no formula.

    SymPy's own conversion evaluates text as code; here a formula is built from tensors, numbers and functions only.
    """
    try:
        expression = sympify(value, strict=True)
    except SympifyError:
        expression = None
    if not isinstance(expression, Expr):
        raise TypeError(f"{value!r} is no formula; build one from tensors, numbers and functions such as exp")
    return expression
