"""The document tree as one HTML file: MathML from the display tree, no script, nothing loaded from elsewhere."""

from .page import html

__all__ = ["html"]
