"""Names in products that readers may take for something else than numbers, where nothing is said of them.

Two capital letters side by side may be matrices, names with a dot or a cross between them vectors, and d, δ, Δ and D
before a name a differential, a change or a derivative. A line with them holds only if they are numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node

from .references import is_name
from .values import Meaning, Rows, Value

if TYPE_CHECKING:
    from .translate import Translator

#: Letters that stand before a name for a change of it, or for a derivative.
_CHANGES = frozenset({"d", "δ", "Δ", "D"})


def in_product(translator: Translator, product: s.Product) -> None:
    """Notes which names of a product are read as numbers though nothing is known of them."""
    capitals = (factor for factor in product.factors if isinstance(factor, s.Name) and factor.text.isupper())
    names = dict.fromkeys(capitals)
    doubted: list[Node] = list(names) if len(names) > 1 else []
    for before, sign, factor in zip(product.factors, product.signs, product.factors[1:], strict=False):
        if sign in ("·", "×") and is_name(before) and is_name(factor):
            doubted += [before, factor]
        elif sign == "" and isinstance(before, s.Name) and before.text in _CHANGES:
            doubted += [before] if is_name(factor) or isinstance(factor, s.Attached) else []
    for value in map(translator.meaning, doubted):
        if isinstance(value, Value) and not value.rank:
            translator.context.as_numbers(value.expression)


def star(translator: Translator, first: Meaning, sign: str, second: Meaning) -> None:
    """Notes that a star between arrays is read entry by entry, and no product of matrices or convolution."""
    if sign == "*" and all(isinstance(part, Rows) or part.rank for part in (first, second)):
        translator.context.assumed["* between arrays is read entry by entry"] = ""


def exponential(translator: Translator, argument: Meaning) -> None:
    """Notes that the exponential of a square matrix is read entry by entry."""
    if isinstance(argument, Value) and argument.rank == 2 and argument.axes[0].dim == argument.axes[1].dim:
        translator.context.assumed["the exponential of a matrix is read entry by entry"] = ""
