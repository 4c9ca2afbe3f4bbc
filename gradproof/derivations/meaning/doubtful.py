"""What stands in products and may be something else than a number, or no factor at all.

Two capital letters side by side may be matrices, names with a dot or a cross between them vectors, and d, δ, Δ and D
before a name a differential, a change or a derivative. A line with them holds only if they are numbers. A bracket
behind a derivative or a quantity may say where it is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node

from .context import Context
from .glossary import Key
from .problems import Needs
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


def without_points(context: Context, product: s.Product) -> Node:
    """A product without the brackets that say where a derivative is taken, as in df/dx (x). Raises Needs.

    Behind a derivative a sum in brackets is a factor, and its own variable says nothing; another name or a number may
    be either.
    """
    for place, sign in enumerate(product.signs):
        before, after = product.factors[place : place + 2]
        if not (isinstance(before, s.Derivative) and not before.before and sign == "" and isinstance(after, s.Group)):
            continue
        if before.by == (after.body,):
            context.assumed["a bracket behind a derivative says where it is taken"] = ""
            factors = (*product.factors[: place + 1], *product.factors[place + 2 :])
            signs = (*product.signs[:place], *product.signs[place + 1 :])
            return s.Product(factors, signs, span=product.span) if signs else factors[0]
        if isinstance(after.body, s.Number) or is_name(after.body):
            words = "is the bracket a factor, or where the derivative is taken? write \\cdot, or |_{x = …}"
            raise Needs(words, after.span)
    return product


def at_number(context: Context, key: Key, call: s.Attached) -> None:
    """y(3) for a quantity y. Raises Needs: it may be y at 3, or a product."""
    if isinstance(call.group.body, s.Number) and key in context.glossary.definitions:
        number = call.group.body.text
        words = f"{key[0]}({number}) may be a product, or {key[0]} at {number}; define {key[0]}(x) = …, or write \\cdot"
        raise Needs(words, call.span)
