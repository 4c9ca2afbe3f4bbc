"""The document tree as LaTeX: a whole file, slides, or one derivation to \\input; pdflatex, for Chinese xelatex."""

from .file import latex
from .fragment import PACKAGES, fragment
from .slides import slides
from .text import UnwritableCharacterError

__all__ = ["PACKAGES", "UnwritableCharacterError", "fragment", "latex", "slides"]
