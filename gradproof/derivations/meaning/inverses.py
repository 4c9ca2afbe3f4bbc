"""Inverses of matrices: of A^{-1} is known that A A^{-1} is the identity, and else only that it is a matrix.

What is proved of any matrix in its place holds for the inverse. What fails for some matrix may hold for the inverse all
the same, so that nothing about inverses is refuted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sympy import Expr

from gradproof.derivations.calculus import Entry, Index, Tensor, delta, fresh
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node, Scripts

from .dependence import reached, tensors_of
from .problems import NotUnderstood, ShapeClash
from .references import spelled
from .values import Rows, Value

if TYPE_CHECKING:
    from .translate import Translator

#: What stands for the axes of a matrix where matrices are compared.
_FIRST, _SECOND = "first~", "second~"


@dataclass(frozen=True, slots=True)
class Inverse:
    """A tensor that stands for an inverse, and the matrix that it is the inverse of."""

    tensor: Tensor
    of: Expr


def inverse(translator: Translator, value: Value, span: Span) -> Value:
    """The inverse of a square matrix. Raises NotUnderstood for what is not square: it may be meant entry by entry."""
    if value.rank != 2:
        raise NotUnderstood(f"the inverse of an array of shape {value.shape()}; of its entries, write 1/x_i", span)
    context = translator.context
    first, second = value.axes
    try:
        context.arrays.same(first, second, span)
    except ShapeClash as clash:
        raise NotUnderstood(
            f"the inverse of a matrix of shape {value.shape()}; only a square one has an inverse", span
        ) from clash
    entries, turned = _canonical(value), _canonical(value.transposed())
    for known in context.inverses:
        if known.of in (entries, turned):
            found = _entry(known.tensor, span)
            return found if known.of == entries else found.transposed()
    dim = value.axes[0].dim
    number = len(context.inverses) + 1
    tensor = Tensor(f"inverse {number}", dim, dim)
    if entries == turned:
        half = Tensor(f"inverse {number}/2", dim, dim)
        i, j = (Index(letter, dim) for letter in "ij")
        tensor = Tensor(f"inverse {number}", dim, dim, definition=((i, j), Entry(half, i, j) + Entry(half, j, i)))
    context.inverses.append(Inverse(tensor, entries))
    context.assumed["an inverse is taken for any matrix, so that more than was asked is shown"] = ""
    return _entry(tensor, span)


def _canonical(value: Value) -> Expr:
    first, second = value.axes
    found = value.on((Index(_FIRST, first.dim), Index(_SECOND, second.dim))).expression
    if isinstance(found, Entry) and found.tensor.definition is not None:  # a symmetric matrix is seen to be one
        formal, formula = found.tensor.definition
        found = formula.xreplace(dict(zip(formal, found.indices, strict=True)))
    return found


def _entry(tensor: Tensor, span: Span) -> Value:
    axes = tuple(fresh(Index("k", dim)) for dim in tensor.dims)
    return Value(Entry(tensor, *axes), axes, span=span)


def cancelled(translator: Translator, node: s.Product) -> Node | Value | None:
    """The product without a matrix beside its inverse; None if there is no such pair. The matrix has an inverse."""
    node = _flat(translator, node)
    for place, factor in enumerate(node.factors):
        inner = _inverted(factor)
        if inner is None:
            continue
        many = len(inner)
        for begin in (place - many, place + 1):
            low, high = min(begin, place), max(begin + many, place + 1)
            if begin < 0 or node.factors[begin : begin + many] != inner or set(node.signs[low : high - 1]) - {"", "·"}:
                continue
            matrix = translator.meaning(inner[0] if many == 1 else s.Product(inner, ("",) * (many - 1), span=node.span))
            if isinstance(matrix, Rows) or matrix.rank != 2:
                continue
            first, second = matrix.axes
            translator.context.arrays.same(first, second, node.span)
            rest = node.factors[:low] + node.factors[high:]
            if not rest:
                return replace(matrix, expression=delta(*matrix.axes), map=None, span=node.span)
            signs = node.signs[: max(low - 1, 0)] + node.signs[high - 1 if low else high :]
            return rest[0] if len(rest) == 1 else s.Product(rest, signs, span=node.span)
    return None


def _flat(translator: Translator, node: s.Product) -> s.Product:
    """A (B)^{-1}, which is read like a call, as two factors where A is a declared array."""
    factors: list[Node] = []
    signs: list[str] = []
    for place, factor in enumerate(node.factors):
        parts: tuple[Node, ...] = (factor,)
        match factor:
            case Scripts(base=s.Attached(head=s.Name() as head, group=group)) if _is_array(translator, head):
                parts = (head, replace(factor, base=group))
        signs += [*([node.signs[place - 1]] if place else []), *[""] * (len(parts) - 1)]
        factors += parts
    return s.Product(tuple(factors), tuple(signs), span=node.span)


def _is_array(translator: Translator, name: s.Name) -> bool:
    reference = translator.context.refer(name)
    glossary = translator.context.glossary
    key = glossary.key(reference.head, reference.font)
    return key in glossary.heads and glossary.heads[key].axes > 0 and key not in glossary.functions


def _inverted(factor: Node) -> tuple[Node, ...] | None:
    """The factors of what a factor is the inverse of."""
    match factor:
        case Scripts(base=base, lower=None, upper=upper, primes=0) if upper is not None and spelled(upper) == "-1":
            if isinstance(base, s.Group) and isinstance(base.body, s.Product) and not any(base.body.signs):
                return base.body.factors
            return (base.body,) if isinstance(base, s.Group) else (base,)
    return None


def refuse_derivative(translator: Translator, expression: Expr, variable: Tensor, span: Span) -> None:
    """Raises NotUnderstood where an expression rests on an inverse that moves with the variable."""
    tensors = tensors_of(translator, expression) if translator.context.inverses else set()
    for known in translator.context.inverses:
        if known.tensor in tensors and reached(translator, known.of, variable):
            raise NotUnderstood(
                "the derivative of an inverse; write B for it, with A B = I, and differentiate that", span
            )
