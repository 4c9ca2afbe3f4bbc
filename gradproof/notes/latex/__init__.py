"""The document tree as a complete LaTeX file: English for pdflatex, Chinese for xelatex with Noto CJK."""

from .file import latex
from .text import UnwritableCharacterError

__all__ = ["UnwritableCharacterError", "latex"]
