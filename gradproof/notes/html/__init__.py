"""The document tree as one HTML file: MathML from the display tree, nothing loaded from elsewhere."""

from .page import html

__all__ = ["html"]
