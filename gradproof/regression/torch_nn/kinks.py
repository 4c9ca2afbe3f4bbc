"""Where a formula has kinks, and what Torch takes for the slope there."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from sympy import Abs, Expr, Pow, Rational, S

from gradproof.derivations.calculus import Condition, Entry, Index, NonZero, free_indices, relu, sign, step
from gradproof.derivations.notation import text
from gradproof.verify.autograd.graph.signs import Sign, solved_for

_KINKED = (relu, step, sign, Abs)
#: Longer expressions are not written out.
_SHORT = 60


def away_from_kinks(expression: Expr) -> tuple[Condition, ...]:
    """The conditions under which the expression is differentiable: what is 0 at a kink is not 0."""
    return tuple(NonZero(argument) for argument in kinks_of(expression))


def kinks_of(expression: Expr) -> tuple[Expr, ...]:
    """What is 0 at the kinks, each once: x for relu(x), relu(−x) and relu(e^x − 1). Indices of sums in it are free."""
    found = {one.args[0] for argument in _arguments(expression) if isinstance(one := _decision(argument), Sign)}
    return tuple(sorted(found, key=str))


def _decision(argument: Expr) -> Expr:
    return Sign(argument, S.One, S.Zero, S.NegativeOne)


def _arguments(expression: Expr) -> Iterator[Expr]:
    yield from (part.args[0] for part in expression.atoms(*_KINKED))
    yield from (part.base for part in expression.atoms(Pow) if part.exp == Rational(1, 2) and part.base.has(Entry))


def described(kinks: tuple[Expr, ...], operation: Callable[..., Any]) -> str:
    """Where no derivative is compared, and what Torch takes at kinks of a function of one number."""
    return ", ".join(_described(kink, operation) for kink in kinks)


def _described(kink: Expr, operation: Callable[..., Any]) -> str:
    solution = solved_for(kink) or {}
    for entry, value in solution.items():
        if value.is_Number and not entry.tensor.dims:
            where = f"{entry.tensor.name} = {text(value)}"
            slope = _slope(operation, str(entry.tensor.name), float(value))
            return where if slope is None else f"{where} (Torch takes {slope:g})"
    bound = sorted((index for index in free_indices(kink) if str(index.name).startswith("_")), key=str)
    written = text(kink.xreplace({index: Index(letter, index.dim) for index, letter in zip(bound, "nm", strict=False)}))
    return f"{written} = 0" if len(written) <= _SHORT else "the border of the maximum"


def _slope(operation: Callable[..., Any], name: str, at: float) -> float | None:
    """The derivative that autograd gives of a function of one number; None for other functions."""
    import torch

    _, *names = inspect.signature(operation).parameters
    if names != [name]:
        return None
    x = torch.tensor(at, dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(operation(torch, x), x)
    return float(slope)
