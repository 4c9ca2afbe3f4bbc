"""`gradproof show`."""

from __future__ import annotations

from gradproof.derivations import notation
from gradproof.derivations.calculus import Derivation
from gradproof.derivations.notation import Layout

from .exits import OK, OPEN, CommandError
from .selection import select
from .terminal import width


def show_derivation(name: str, form: str, *, language: str, layout: Layout) -> int:
    """Print one derivation as text, LaTeX or Markdown, or its result as NumPy or Torch code.

    Raises CommandError if there is no such derivation, or it cannot be written in this form.
    """
    (derivation,) = select([name])
    try:
        shown = _written(derivation, form, language, layout)
    except notation.NoSourceError as error:
        raise CommandError(f"{name} has no {form} source: {error}", OPEN) from error
    print(shown.rstrip("\n"))
    return OK


def _written(derivation: Derivation, form: str, language: str, layout: Layout) -> str:
    match form:
        case "latex":
            return notation.derivation_latex(derivation, language, layout=layout)
        case "markdown":
            return notation.derivation_markdown(derivation, language, layout)
        case "numpy":
            return notation.numpy_source(derivation)
        case "torch":
            return notation.torch_source(derivation)
        case _:
            return notation.derivation_text(derivation, language, width(), layout)
