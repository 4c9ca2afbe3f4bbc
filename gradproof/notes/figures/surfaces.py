"""Losses over two variables as contour lines: the path of gradient descent on one, and a saddle."""

from __future__ import annotations

from typing import Any

import numpy as np
from sympy import Expr

from gradproof.derivations.calculus import Derivation, Entry, Partial, Tensor
from gradproof.derivations.notation import tree as t
from gradproof.derivations.notation.names import written

from .curves import free_tensors
from .drawing import BLUE, INK, MUTE, RED, Figure, drawn, label
from .values import Array, values_of

#: Two inputs of different spread, so that the valley is narrow; targets near a line.
_INPUTS = np.array([[2.0, 0.5], [-1.0, 0.5], [1.5, -1.0], [-2.0, -0.5]])
_TARGETS = np.array([2.5, -0.5, 0.5, -2.5])
_START, _RATE, _STEPS = np.array([-0.9, 2.4]), 0.155, 14
_GRID = 121


def descent_path(derivation: Derivation) -> Figure:
    """The loss of a linear model with two weights, and where the steps w − η ∂E/∂w lead; both from the entry."""
    statement = derivation.statement
    if not isinstance(statement, Partial):
        raise ValueError(f"{derivation.name} is no derivative")
    weights = statement.by.tensor
    values = _data(statement.expression, weights)
    (count,) = weights.dims
    sizes = {count: 2} | {dim: len(_INPUTS) for tensor in values for dim in tensor.dims if dim != count}

    def gradient(at: Array) -> Array:
        found = values_of(derivation.result, values | {weights: at[None]}, sizes, derivation.indices)
        return np.asarray(found[0])

    path = [_START]
    for _ in range(_STEPS):
        path.append(path[-1] - _RATE * gradient(path[-1]))
    track = np.array(path)
    first, second = np.meshgrid(np.linspace(-1.6, 3.0, _GRID), np.linspace(-1.2, 3.0, _GRID))
    plane = np.stack([first.ravel(), second.ravel()], axis=1)
    height = values_of(statement.expression, values | {weights: plane}, sizes).reshape(first.shape)
    losses = values_of(statement.expression, values | {weights: track}, sizes)
    letter = tuple(label(t.Scripts(written(weights.name), t.Number(place))) for place in "12")

    def draw(canvas: Any) -> None:
        axes = canvas.add_subplot()
        lowest, highest = float(height.min()), float(height.max())
        levels = lowest + (highest - lowest) * np.linspace(0.03, 1, 11) ** 2.2
        axes.contour(first, second, height, levels=levels, colors=MUTE, linewidths=0.6)
        axes.plot(track[:, 0], track[:, 1], color=RED, linewidth=1.2, marker="o", markersize=2.6)
        axes.annotate("$0$", track[0], (-8, 3), textcoords="offset points", color=RED)
        axes.annotate("$1$", track[1], (4, 3), textcoords="offset points", color=RED)
        axes.annotate("$2$", track[2], (-9, -3), textcoords="offset points", color=RED)
        axes.set_xlabel(letter[0])
        axes.set_ylabel(letter[1], rotation=0, labelpad=8)
        axes.set_aspect("equal")

    told = {"steps": str(_STEPS), "rate": str(_RATE), "first": f"{losses[0]:.2f}", "last": f"{losses[-1]:.3f}"}
    return drawn(derivation, "descent", draw, (92.0, 70.0), **{place: [number] for place, number in told.items()})


def _data(loss: Expr, weights: Tensor) -> dict[Tensor, Array]:
    """Inputs for the matrix, targets for the vector, 0 for a number, each with the axis of points before it."""
    by_axes: dict[int, Array] = {0: np.zeros(1), 1: _TARGETS[None], 2: _INPUTS[None]}
    return {tensor: by_axes[len(tensor.dims)] for tensor in free_tensors(loss) if tensor != weights}


def saddle(derivation: Derivation) -> Figure | None:
    """Contour lines and downhill arrows of a function of x and y; None where the entry is about anything else.

    What else the function depends on, such as how far one goes along a line, is 0.
    """
    statement = derivation.statement
    if not isinstance(statement, Partial) or isinstance(statement.expression, Partial):
        return None
    inside = statement.expression
    everything = sorted(free_tensors(inside), key=lambda tensor: str(tensor.name))
    variables = [tensor for tensor in everything if str(tensor.name) in ("x", "y")]
    if len(variables) != 2 or any(tensor.dims for tensor in everything):
        return None
    first, second = np.meshgrid(np.linspace(-2, 2, _GRID), np.linspace(-2, 2, _GRID))
    others = {tensor: np.zeros(1) for tensor in everything if tensor not in variables}
    plane = {variables[0]: first.ravel(), variables[1]: second.ravel()}
    height = values_of(inside, others | plane).reshape(first.shape)

    def draw(canvas: Any) -> None:
        axes = canvas.add_subplot()
        axes.contour(first, second, height, levels=12, colors=BLUE, linewidths=0.7, negative_linestyles="dashed")
        down = [-part for part in np.gradient(height, 4 / (_GRID - 1))]
        some = slice(12, None, 24)
        axes.quiver(
            first[some, some], second[some, some], down[1][some, some], down[0][some, some], color=INK, width=0.006
        )
        axes.set_xlabel(label(Entry(variables[0])))
        axes.set_ylabel(label(Entry(variables[1])), rotation=0, labelpad=8)
        axes.set_aspect("equal")

    low, high = ([f"{end:.2f}"] for end in (height.min(), height.max()))
    return drawn(derivation, "surface", draw, (84.0, 70.0), low=low, high=high)
