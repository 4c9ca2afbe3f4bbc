"""Three learning rates on one parabola: too small, right, too large."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradproof.derivations.calculus import Derivation, Partial

from .curves import free_tensors
from .drawing import BLUE, RED, Figure, drawn, label
from .values import Array, values_of

#: On a parabola with the second derivative 2 a step multiplies the distance from the minimum by 1 − 2 η.
_RATES = (0.05, 0.4, 1.04)
_START, _STEPS, _REACH = -1.6, 6, 2.7


def learning_rates(derivation: Derivation) -> Figure:
    """The squared error of one number with the steps x − η ∂L/∂x; loss and gradient are those of the entry."""
    statement = derivation.statement
    if not isinstance(statement, Partial):
        raise ValueError(f"{derivation.name} is no derivative")
    variable = statement.by.tensor
    others = {t: np.zeros((1,) + (1,) * len(t.dims)) for t in free_tensors(statement.expression) if t != variable}
    sizes = {dim: 1 for tensor in (variable, *others) for dim in tensor.dims}

    def at(expression: Any, points: Array) -> Array:
        shaped = points.reshape(-1, *(1,) * len(variable.dims))
        indices = derivation.indices if expression is derivation.result else ()
        return values_of(expression, others | {variable: shaped}, sizes, indices).reshape(-1)

    across = np.linspace(-_REACH, _REACH, 121)
    curve = at(statement.expression, across)
    tracks = []
    for rate in _RATES:
        track = [_START]
        for _ in range(_STEPS):
            track.append(track[-1] - rate * float(at(derivation.result, np.array(track[-1:]))[0]))
        tracks.append(np.array(track))

    def draw(canvas: Any) -> None:
        panels = canvas.subplots(1, len(_RATES), sharey=True)
        for axes, rate, track in zip(panels, _RATES, tracks, strict=True):
            axes.plot(across, curve, color=BLUE, linewidth=1.2)
            heights = at(statement.expression, track)
            axes.plot(track, heights, color=RED, linewidth=0.9, linestyle=(0, (3, 1.5)), marker="o", markersize=2.8)
            axes.set_title(rf"$\eta = {rate}$", fontsize=8.5)
            axes.set_xlabel(label(statement.by))
            axes.set_xlim(-_REACH, _REACH)
            axes.set_ylim(-0.25, _REACH**2)
            axes.set_xticks([0])
        panels[0].set_ylabel(label(statement.expression), rotation=0, labelpad=8)

    ends = [f"{abs(track[-1]):.2f}" for track in tracks]
    told = {"steps": [str(_STEPS)], "start": [str(_START)], "rates": map(str, _RATES), "ends": ends}
    return drawn(derivation, "rates", draw, (140.0, 48.0), **told)
