"""What was written, put right at one place as it stands: ∂ put back, a matrix transposed, an index given back.

A slip of the table makes a wrong expression from a right one. Where shapes do not fit, or names of derivatives cancel
like numbers, there is no such expression; but what was written has a right neighbour, and that one can be proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from gradproof.derivations.meaning import Context, Glossary
from gradproof.derivations.meaning.references import is_name, is_transpose, letters_of
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node

from .aftermath import exchanged
from .indexed import axes_of
from .said import index_letters, key_of

#: Gives what may stand in the place of a part of a formula.
Change = Callable[[Node], Iterator[Node]]
#: The slip that `with_derivatives` puts right.
MISSING = "∂ missing"
_PRODUCTS = ("", "·", "×", "*")


def put_right(node: Node, glossary: Glossary, letters: set[str]) -> Iterator[tuple[str, Node]]:
    """The names of slips of shapes, each with a formula in which it is put right at one place.

    letters   those of the indices that may have been left out
    """
    yield from (("transposed", other) for other in changed(node, partial(transposed, glossary=glossary)))
    yield from (("commuted", other) for other in changed(node, _exchanged))
    for letter in sorted(letters | index_letters(glossary, node)):
        given = partial(_indexed, letter=letter, glossary=glossary)
        yield from (("index dropped", other) for other in changed(node, given))


def with_derivatives(node: Node) -> Iterator[Node]:
    """The formula with ∂ before both parts of a fraction of names: each fraction alone, and all of them."""
    fractions = [part for part in s.walk(node) if isinstance(part, s.Fraction) and _of_names(part)]
    for part in fractions if len(fractions) > 1 else ():
        yield exchanged(node, {part: _derivative(part)})
    if fractions:
        yield exchanged(node, {part: _derivative(part) for part in fractions})


def changed(node: Node, change: Change) -> Iterator[Node]:
    """The formula with a change at one place, each in turn; not in scripts that belong to a name, nor below ∂."""
    yield from change(node)
    if isinstance(node, (s.Derivative, s.Nabla)):
        return
    for name in ("upper",) if is_name(node) else tuple(node.__dataclass_fields__):
        for other in _within(getattr(node, name, None), change):
            yield replace(node, **{name: other})  # type: ignore[arg-type]


def transposed(part: Node, glossary: Glossary) -> Iterator[Node]:
    """Aᵀ for A and A for Aᵀ, A_ji for A_ij; of a vector xᵀ for x."""
    axes = _axes(part, glossary)
    if not axes or not isinstance(part, (s.Name, s.Scripts)):
        return
    indices = Context(glossary).refer(part).indices
    if not indices:
        yield _without_transpose(part) or s.Scripts(part, None, s.Name("⊤"), span=part.span)
    elif len(indices) == axes == 2 and isinstance(part, s.Scripts) and part.lower is not None:
        letters = letters_of(part.lower)
        if len(letters) == 2:
            turned = s.Product(tuple(letters[::-1]), ("",), span=part.lower.span)
            yield replace(part, lower=turned)


def turned_as_whole(node: Node) -> Node:
    """(a b)ᵀ for a b."""
    inner = node if isinstance(node, s.Group) else s.Group("(", node, span=node.span)
    return s.Scripts(inner, None, s.Name("⊤"), span=node.span)


def _without_transpose(part: Node) -> Node | None:
    if isinstance(part, s.Scripts) and is_transpose(part.upper):
        return part.base if part.lower is None else replace(part, upper=None)
    return None


def _exchanged(part: Node) -> Iterator[Node]:
    """B A for A B."""
    if isinstance(part, s.Product):
        for place, sign in enumerate(part.signs):
            if sign in _PRODUCTS:
                factors = list(part.factors)
                factors[place], factors[place + 1] = factors[place + 1], factors[place]
                yield replace(part, factors=tuple(factors))


def _indexed(part: Node, letter: str, glossary: Glossary) -> Iterator[Node]:
    """x_j for x."""
    if _axes(part, glossary) == 1 and isinstance(part, (s.Name, s.Scripts)):
        reference = Context(glossary).refer(part)
        if not reference.indices and not reference.transposed:
            yield s.Scripts(part, s.Name(letter), None, span=part.span)


def _axes(part: Node, glossary: Glossary) -> int:
    """The axes of the array that a name is about; 0 for everything else."""
    if not isinstance(part, (s.Name, s.Scripts)) or not is_name(part):
        return 0
    key = key_of(Context(glossary), part)
    return axes_of(glossary, key) if key is not None else 0


def _of_names(part: s.Fraction) -> bool:
    above = part.numerator
    named = is_name(above) or isinstance(above, (s.Apply, s.Attached))
    return named and is_name(part.denominator)


def _derivative(part: s.Fraction) -> Node:
    return s.Derivative(part.numerator, (part.denominator,), span=part.span)


def _within(value: object, change: Change) -> Iterator[object]:
    if isinstance(value, Node):
        yield from changed(value, change)
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            for other in _within(item, change):
                yield (*value[:place], other, *value[place + 1 :])
