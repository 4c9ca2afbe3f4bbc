"""`gradproof show`."""

from __future__ import annotations

from gradproof.derivations import notation

from .exits import OK
from .selection import select
from .terminal import width


def show_derivation(name: str, form: str, *, language: str) -> int:
    """Print one derivation as text, LaTeX or Markdown, or its result as NumPy or Torch code."""
    (derivation,) = select([name])
    match form:
        case "latex":
            shown = notation.derivation_latex(derivation, language)
        case "markdown":
            shown = notation.derivation_markdown(derivation, language)
        case "numpy":
            shown = notation.numpy_source(derivation)
        case "torch":
            shown = notation.torch_source(derivation)
        case _:
            shown = notation.derivation_text(derivation, language, width=width())
    print(shown.rstrip("\n"))
    return OK
