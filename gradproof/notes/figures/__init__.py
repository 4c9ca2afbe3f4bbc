"""Figures, drawn by matplotlib from the expressions of the entries themselves; without matplotlib there are none."""

from .choices import figures_of
from .drawing import Figure, available

__all__ = ["Figure", "available", "figures_of"]
