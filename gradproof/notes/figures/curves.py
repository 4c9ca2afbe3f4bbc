"""A function of one variable with its derivative; the entropy of two outcomes."""

from __future__ import annotations

from typing import Any

import numpy as np
from sympy import Expr

from gradproof.derivations.calculus import Applied, Derivation, Domain, Entry, Partial, Tensor, definitions_in

from .drawing import LINE, MUTE, STYLES, Figure, drawn, label
from .values import Array, values_of

_WIDE, _HIGH = 92.0, 46.0
#: An even number: 0, where many a function has a kink and no slope, is none of the points.
_POINTS = 400


def function_and_derivative(derivation: Derivation) -> Figure | None:
    """Both curves of a derivative by a scalar; None where it depends on anything else."""
    statement = derivation.statement
    if not isinstance(statement, Partial) or isinstance(statement.expression, Partial) or derivation.indices:
        return None
    variable = statement.by.tensor
    everything = free_tensors(statement.expression) | free_tensors(derivation.result)
    if everything != {variable} or variable.definition is not None or _has_opaque(statement, derivation.result):
        return None
    low, high = _range(variable, statement.expression)
    across = np.linspace(low, high, _POINTS)
    function, slope = (values_of(part, {variable: across}) for part in (statement.expression, derivation.result))
    # a jump of the slope is no line: nothing is drawn between its two sides
    slope[1:][np.abs(np.diff(slope)) > 0.5 * (np.nanmax(slope) - np.nanmin(slope))] = np.nan
    if not (np.isfinite(function).all() and np.isfinite(slope).sum() > _POINTS // 2):
        return None
    named_by = (statement.expression, statement)

    def draw(canvas: Any) -> None:
        axes = canvas.add_subplot()
        _zero_lines(axes)
        height = float(np.nanmax([function, slope]) - np.nanmin([function, slope]))
        together = abs(_last(function) - _last(slope)) < 0.12 * height
        for curve, name, style in zip((function, slope), named_by, STYLES, strict=False):
            axes.plot(across, curve, **style)
            named(axes, across, curve, name, style, first=together and curve is slope)
        axes.set_xlabel(label(statement.by))
        axes.set_xlim(low, high)

    places = np.array([low, (low + high) / 2, high])
    passed = values_of(statement.expression, {variable: places})
    points = (f"({_rounded(place, '.3g')}, {_rounded(value)})" for place, value in zip(places, passed, strict=True))
    ends = {"low": [_rounded(np.nanmin(slope))], "high": [_rounded(np.nanmax(slope))]}
    return drawn(derivation, "curves", draw, (_WIDE, _HIGH), points=points, **ends)


def entropy(derivation: Derivation) -> Figure:
    """The entropy of (p, 1 − p): the loss of a fair coin is the largest."""
    defined = next(t for t in definitions_in(derivation.statement) if not t.dims)
    (vector,) = (tensor for tensor in free_tensors(Entry(defined)) if tensor.dims)
    across = np.linspace(0.0005, 0.9995, _POINTS)
    both = np.stack([across, 1 - across], axis=1)
    curve = values_of(Entry(defined), {vector: both}, {vector.dims[0]: 2})

    def draw(canvas: Any) -> None:
        axes = canvas.add_subplot()
        axes.plot(across, curve, **STYLES[0])
        axes.axhline(np.log(2), color=MUTE, linewidth=0.6, linestyle=(0, (1, 2)))
        axes.text(0.02, np.log(2) + 0.02, r"$\log 2$", color=MUTE, va="bottom")
        axes.text(0.77, 0.56, label(Entry(defined)), color=STYLES[0]["color"])
        axes.set_xlabel(r"$p_1$")
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 0.82)

    return drawn(derivation, "entropy", draw, (_WIDE, _HIGH))


def free_tensors(expression: Expr) -> set[Tensor]:
    """The tensors that an expression is computed from, definitions inserted."""
    bodies = [tensor.definition[1] for tensor in definitions_in(expression)]
    return {t for part in (expression, *bodies) for t in part.atoms(Tensor) if t.definition is None}


def _has_opaque(*expressions: Expr) -> bool:
    """Whether there is an activation in it that may be any: it has no curve."""
    bodies = (t.definition[1] for expression in expressions for t in definitions_in(expression))
    return any(part.has(Applied) for part in (*expressions, *bodies))


def _range(variable: Tensor, function: Expr) -> tuple[float, float]:
    """From where to where: over the reals as far as the function stays of the size of its variable."""
    match variable.domain:
        case Domain.UNIT:
            return 0.1, 0.98
        case Domain.POSITIVE:
            return 0.25, 4.0
    for reach in (5.0, 3.0, 2.0):
        ends = np.array([-reach, reach])
        if np.abs(values_of(function, {variable: ends})).max() <= 8 * reach:
            break
    return -reach, reach


def _zero_lines(axes: Any) -> None:
    axes.axhline(0, color=LINE, linewidth=0.6, zorder=0)
    axes.axvline(0, color=LINE, linewidth=0.6, zorder=0)


def _last(curve: Array) -> float:
    return float(curve[np.isfinite(curve)][-1])


def named(axes: Any, across: Array, curve: Array, name: Expr, style: dict[str, Any], first: bool) -> None:
    """The name of a curve beside its right end, or above its left end."""
    known = np.flatnonzero(np.isfinite(curve))
    at, shift, above = (known[0], (4, 4), "bottom") if first else (known[-1], (4, 0), "center")
    options = {"textcoords": "offset points", "color": style["color"], "va": above, "annotation_clip": False}
    axes.annotate(label(name), (across[at], curve[at]), shift, **options)


def _rounded(value: float, form: str = ".2f") -> str:
    """A number in decimals; what is rounded to 0 has no sign."""
    shown = f"{value:{form}}"
    return shown.removeprefix("-") if not shown.strip("-0.") else shown
