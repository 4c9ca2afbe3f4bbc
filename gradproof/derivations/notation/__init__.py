"""Notation out: one display tree, printed as LaTeX, MathML or text; matrix form; NumPy and Torch source."""

from .display import NotDisplayableError, display
from .latex import latex, tree_latex
from .mathml import math_element, mathml, tree_mathml
from .matrix import Layout, derivation_form, derivative_form, matrix_form
from .matrix_display import matrix_tree
from .matrix_forms import NoMatrixFormError
from .matrix_numpy import matrix_numpy
from .names import UnwritableNameError, python_name
from .text import text, tree_text

__all__ = [
    "Layout",
    "NoMatrixFormError",
    "NotDisplayableError",
    "UnwritableNameError",
    "derivation_form",
    "derivative_form",
    "display",
    "latex",
    "math_element",
    "mathml",
    "matrix_form",
    "matrix_numpy",
    "matrix_tree",
    "python_name",
    "text",
    "tree_latex",
    "tree_mathml",
    "tree_text",
]
