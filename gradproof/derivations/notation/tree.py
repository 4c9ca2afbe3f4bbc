"""The neutral display tree: what is written on paper, before it is LaTeX, MathML or text.

`display` builds it, with every bracket that the two-dimensional notation needs; a printer only walks it. Letters are
unicode ("δ", "∂"), so that each printer spells them its own way. A line of text has no fraction bar, so the text
printer adds brackets of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum


class Variant(Enum):
    """How a letter is set: scalars and indices italic, words upright, vectors and matrices of the matrix form bold."""

    ITALIC = "italic"
    UPRIGHT = "upright"
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class Identifier:
    text: str
    variant: Variant = Variant.ITALIC


@dataclass(frozen=True, slots=True)
class Number:
    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words among symbols, in any language."""

    text: str


@dataclass(frozen=True, slots=True)
class Accent:
    """A mark over a letter: "hat", "bar" or "tilde"."""

    base: Tree
    mark: str


@dataclass(frozen=True, slots=True)
class Scripts:
    """Labels and indices; a superscript here is a label such as the layer (2), never a power."""

    base: Tree
    subscript: Tree | None = None
    superscript: Tree | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """Things one after the other, with "" or "," between them: the indices of an entry."""

    items: tuple[Tree, ...]
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Primes:
    base: Tree
    count: int


@dataclass(frozen=True, slots=True)
class Power:
    base: Tree
    exponent: Tree


@dataclass(frozen=True, slots=True)
class Transpose:
    base: Tree


@dataclass(frozen=True, slots=True)
class Root:
    body: Tree


@dataclass(frozen=True, slots=True)
class Norm:
    """‖body‖, with a label such as F, or between single bars the absolute value."""

    body: Tree
    label: str = ""
    bars: str = "‖"


@dataclass(frozen=True, slots=True)
class Brackets:
    body: Tree


@dataclass(frozen=True, slots=True)
class Indicator:
    """1{left relation right}: one where it holds, else zero."""

    condition: Relation


@dataclass(frozen=True, slots=True)
class Fraction:
    numerator: Tree
    denominator: Tree


@dataclass(frozen=True, slots=True)
class PartialDerivative:
    """∂value/∂by; if `operand` is given, the operator ∂/∂by standing before it."""

    by: Tree
    value: Tree | None = None
    operand: Tree | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its argument, which is in `Brackets` unless it is short."""

    function: Tree
    argument: Tree


@dataclass(frozen=True, slots=True)
class Bound:
    """The index of a sum with the limits 1 and `upper`."""

    index: Tree
    upper: Tree


@dataclass(frozen=True, slots=True)
class BigSum:
    bounds: tuple[Bound, ...]
    body: Tree


@dataclass(frozen=True, slots=True)
class LimitOf:
    """lim of the body as the variable goes to the target."""

    variable: Tree
    target: Tree
    body: Tree


@dataclass(frozen=True, slots=True)
class MaximumOf:
    """max of the body over the index; a rank above 1 is written beside it: the second largest, and so on."""

    index: Tree
    rank: int
    body: Tree


@dataclass(frozen=True, slots=True)
class Product:
    """Factors side by side; those whose place is in `dots` have a dot before them."""

    factors: tuple[Tree, ...]
    dots: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Infix:
    """Operands with a written operator between them: ⊙ or ⊘."""

    operator: str
    operands: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Term:
    body: Tree
    negative: bool = False


@dataclass(frozen=True, slots=True)
class SignedSum:
    """Terms with their signs; a single negative term is a negation."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    left: Tree
    sign: str
    right: Tree


@dataclass(frozen=True, slots=True)
class Marked:
    """A part that a step changed, or, struck out, one that cancels."""

    body: Tree
    struck: bool = False


Tree = (
    Identifier
    | Number
    | Words
    | Accent
    | Scripts
    | Sequence
    | Primes
    | Power
    | Transpose
    | Root
    | Norm
    | Brackets
    | Indicator
    | Fraction
    | PartialDerivative
    | Call
    | BigSum
    | LimitOf
    | MaximumOf
    | Product
    | Infix
    | SignedSum
    | Relation
    | Marked
)


def children(node: object) -> Iterator[object]:
    """The parts of a node that are nodes themselves."""
    for field in fields(node):  # type: ignore[arg-type]
        value = getattr(node, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if is_dataclass(part):
                yield part


def walk(node: object) -> Iterator[object]:
    """A node and all nodes below it, from left to right."""
    yield node
    for part in children(node):
        yield from walk(part)
