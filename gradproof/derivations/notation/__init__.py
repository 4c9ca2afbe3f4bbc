"""Notation out: one display tree, printed as LaTeX, MathML or text; matrix form; NumPy and Torch source."""

from .code import function_source, numpy_source, torch_source
from .conditions import condition_tree
from .display import display
from .latex import latex, tree_latex
from .letters import letters_by_size
from .lines import derivation_latex, derivation_markdown, derivation_text, letters_of, reason
from .marks import changed_parts
from .mathml import math_element, mathml, tree_mathml
from .matrix import Layout, derivation_form, derivative_form, matrix_form
from .matrix_display import matrix_tree
from .matrix_forms import NoMatrixFormError
from .matrix_line import matrix_line
from .matrix_numpy import matrix_numpy
from .names import UnwritableNameError, python_name
from .numbers import NotDisplayableError
from .reference import ReferenceUnavailableError, Untranslatable, derivation_reference_latex, reference_latex
from .source import NoSourceError
from .text import text, tree_text

__all__ = [
    "Layout",
    "NoMatrixFormError",
    "NoSourceError",
    "NotDisplayableError",
    "ReferenceUnavailableError",
    "Untranslatable",
    "UnwritableNameError",
    "changed_parts",
    "condition_tree",
    "derivation_form",
    "derivation_latex",
    "derivation_markdown",
    "derivation_reference_latex",
    "derivation_text",
    "derivative_form",
    "display",
    "function_source",
    "latex",
    "letters_by_size",
    "letters_of",
    "math_element",
    "mathml",
    "matrix_form",
    "matrix_line",
    "matrix_numpy",
    "matrix_tree",
    "numpy_source",
    "python_name",
    "reason",
    "reference_latex",
    "text",
    "torch_source",
    "tree_latex",
    "tree_mathml",
    "tree_text",
]
