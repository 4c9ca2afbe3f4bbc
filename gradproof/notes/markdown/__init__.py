"""Chapters as Markdown for MyST and Quarto: plain text, formulas in dollars, quotations where a page has boxes."""

from .page import markdown, picture_file

__all__ = ["markdown", "picture_file"]
