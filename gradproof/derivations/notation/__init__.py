"""Notation out: one display tree, printed as LaTeX, MathML or text; matrix form; NumPy and Torch source."""

from .display import NotDisplayableError, display
from .latex import latex, tree_latex
from .mathml import math_element, mathml, tree_mathml
from .names import UnwritableNameError, python_name
from .text import text, tree_text

__all__ = [
    "NotDisplayableError",
    "UnwritableNameError",
    "display",
    "latex",
    "math_element",
    "mathml",
    "python_name",
    "text",
    "tree_latex",
    "tree_mathml",
    "tree_text",
]
