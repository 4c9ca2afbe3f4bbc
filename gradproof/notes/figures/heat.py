"""The Jacobian of softmax as a table of numbers, shaded by their size."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradproof.derivations.calculus import Derivation, Partial

from .drawing import BLUE, INK, RED, Figure, drawn, label
from .values import values_of

_LOGITS = (2.0, 1.0, 0.0, -1.0)


def softmax_heat_map(derivation: Derivation) -> Figure:
    """∂p_i/∂z_j for fixed logits: signs are hatched and written, so that no colour is needed."""
    statement = derivation.statement
    if not isinstance(statement, Partial):
        raise ValueError(f"{derivation.name} is no derivative")
    variable = statement.by.tensor
    (size,) = variable.dims
    logits = np.array([_LOGITS])
    values = values_of(derivation.result, {variable: logits}, {size: len(_LOGITS)}, derivation.indices)[0]

    def draw(canvas: Any) -> None:
        axes = canvas.add_subplot()
        count = len(_LOGITS)
        for row in range(count):
            for column in range(count):
                value = float(values[row, column])
                _cell(axes, column, row, value, float(np.abs(values).max()))
        axes.set_xlim(0, count)
        axes.set_ylim(count, 0)
        axes.set_aspect("equal")
        first, second = (index.name for index in derivation.indices)
        axes.set_xticks(np.arange(count) + 0.5, [f"${second} = {place + 1}$" for place in range(count)])
        axes.set_yticks(np.arange(count) + 0.5, [f"${first} = {place + 1}$" for place in range(count)])
        axes.tick_params(length=0)
        axes.xaxis.tick_top()
        for spine in axes.spines.values():
            spine.set_visible(False)
        axes.set_ylabel(label(statement), rotation=0, ha="right", va="center", fontsize=11)

    rows = [f"({', '.join(f'{value:.3f}' for value in row)})" for row in values]
    logits_shown = [", ".join(f"{logit:g}" for logit in _LOGITS)]
    return drawn(derivation, "heat", draw, (84.0, 62.0), rows=rows, logits=logits_shown)


def _cell(axes: Any, column: int, row: int, value: float, largest: float) -> None:
    from matplotlib.patches import Rectangle

    share = abs(value) / largest
    colour = BLUE if value > 0 else RED
    shade: Any = {"facecolor": colour, "alpha": 0.08 + 0.37 * share, "edgecolor": "none"}
    axes.add_patch(Rectangle((column + 0.03, row + 0.03), 0.94, 0.94, **shade))
    if value < 0:
        hatch: Any = {"fill": False, "hatch": "///", "linewidth": 0, "edgecolor": colour, "alpha": 0.35}
        axes.add_patch(Rectangle((column + 0.03, row + 0.03), 0.94, 0.94, **hatch))
    sign = "−" if value < 0 else ""
    axes.text(column + 0.5, row + 0.5, f"{sign}{abs(value):.3f}", ha="center", va="center", color=INK)
