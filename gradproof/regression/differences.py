"""Derivatives by finite differences, with an estimate of their error, for code that could not be read.

A difference quotient is extrapolated to step 0 (Richardson), from several first steps. How far the results lie apart
says how large the errors of truncation and rounding are. It is an estimate and no proof, so that what comes of it is
called AGREES, or a disagreement, never PROVED or REFUTED.

Source: C. J. F. Ridders, Accurate computation of F′(x) and F′(x) F″(x), Advances in Engineering Software 4 (1982).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
#: The first steps, as parts of the size of the variable, no two of which are halved into each other; how often a step
#: is halved; and how much larger than what is seen the error is taken to be.
FIRST_STEPS, HALVINGS, SAFETY = (0.37, 0.23, 0.137, 0.083, 0.031), 6, 8.0


def extrapolated(quotient: Callable[[float], Array], scale: float) -> tuple[Array, Array]:
    """The limit of an even function of the step, and an estimate of its error, entry by entry.

    One first step yields one estimate; the median of all is the result. All but one must lie within the error: one may
    be spoilt, by a kink within its step, but two do not agree by accident with the others.
    """
    estimates, errors = map(np.array, zip(*[_tableau(quotient, scale * first) for first in FIRST_STEPS], strict=True))
    middle = np.median(estimates, axis=0)
    apart = np.sort(np.abs(estimates - middle), axis=0)[-2]
    return middle, SAFETY * np.maximum(apart, np.median(errors, axis=0))


def _tableau(quotient: Callable[[float], Array], step: float) -> tuple[Array, Array]:
    """Ridders' scheme: the entry of the tableau whose neighbours are nearest, until they move apart again."""
    row = [quotient(step)]
    best, error = row[0], np.full(row[0].shape, np.inf)
    going = np.ones(row[0].shape, dtype=bool)
    for _ in range(HALVINGS):
        step /= 2
        before, row, factor = row, [quotient(step)], 1.0
        for older in before:
            factor *= 4
            row.append((factor * row[-1] - older) / (factor - 1))
            spread = np.maximum(np.abs(row[-1] - row[-2]), np.abs(row[-1] - older))
            better = going & (spread <= error)
            best, error = np.where(better, row[-1], best), np.where(better, spread, error)
        going = going & (np.abs(row[-1] - before[-1]) < 2 * error)
    return best, error


def first_derivative(function: Callable[[Array], Array], at: Array, place: tuple[int, ...]) -> tuple[Array, Array]:
    """∂function/∂at[place], of the shape of the function's value, and an estimate of its error."""

    def quotient(step: float) -> Array:
        return np.asarray((function(_moved(at, step, place)) - function(_moved(at, -step, place))) / (2 * step))

    return extrapolated(quotient, _scale(at, place))


def second_derivative(
    function: Callable[[Array], Array], at: Array, first: tuple[int, ...], second: tuple[int, ...]
) -> tuple[Array, Array]:
    """∂²function/∂at[first]∂at[second], and an estimate of its error."""

    def quotient(step: float) -> Array:
        corners = [
            one * other * function(_moved(_moved(at, one * step, first), other * step, second))
            for one in (1, -1)
            for other in (1, -1)
        ]
        return np.asarray(sum(corners) / (4 * step * step))

    return extrapolated(quotient, min(_scale(at, first), _scale(at, second)))


def _moved(at: Array, step: float, place: tuple[int, ...]) -> Array:
    moved = at.copy()
    moved[place] += step
    return moved


def _scale(at: Array, place: tuple[int, ...]) -> float:
    """A step that stays within positive numbers and between 0 and 1, if the entry is there."""
    size = abs(float(at[place]))
    inside = abs(1 - size) if 0 < size < 1 else 1.0
    return min(max(size, 1e-3), max(inside, 1e-3), 1.0)


def rounding_of(function: Callable[..., Array], arguments: dict[str, Array]) -> Array:
    """How far rounding may have moved the values of a function: how far they move with the last bits of its arguments.

    A function may be less stable than its problem; what it loses shows when its arguments move, too.
    """
    value = function(**arguments)
    moved = np.zeros(value.shape)
    rng = np.random.default_rng(0)
    for _ in range(8):
        near = {
            name: array * (1 + rng.integers(-4, 5, np.shape(array)) * 2.0**-52) if np.asarray(array).dtype.kind == "f"
            else array
            for name, array in arguments.items()
        }  # fmt: skip
        moved = np.maximum(moved, np.abs(function(**near) - value))
    return np.asarray(SAFETY * (moved + 4 * np.spacing(np.abs(value))))
