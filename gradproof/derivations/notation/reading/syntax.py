"""The neutral tree of a formula that was read: what is written, before anybody knows what it means.

Superscripts, subscripts and things side by side stay undecided: whether `a(b)` is a call, `W^{(1)}` a layer and `x^T` a
transpose depends on what the text has declared. Letters are unicode ("δ", "∂"). Every node knows its place in the text;
the place does not count in comparisons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .unreadable import NOWHERE, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Anything that stands in a formula."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number as it is written, such as 2 or 0.5."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A letter or a word.

    font     "" (italic), "bold", "arrow", "roman", "calligraphic", "blackboard" or "fraktur"
    accents  marks over it, the innermost first, such as ("hat",)
    """

    text: str
    font: str = ""
    accents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scripts(Node):
    """A base with a subscript, primes and a superscript; what they mean is not decided."""

    base: Node
    lower: Node | None = None
    upper: Node | None = None
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Listing(Node):
    """Things with separators between them: "," ";" or "|"; `separators[k]` stands after item k."""

    items: tuple[Node, ...]
    separators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group(Node):
    """Something in visible brackets: "(", "[", "{" or "⟨"."""

    bracket: str
    body: Node


@dataclass(frozen=True, slots=True)
class Attached(Node):
    """A name with a bracket right behind it: a call, or a product."""

    head: Node
    group: Group


@dataclass(frozen=True, slots=True)
class Apply(Node):
    """A named function such as log or softmax with its argument; `bracketed` if the argument stood in brackets."""

    function: Node
    argument: Node
    bracketed: bool


@dataclass(frozen=True, slots=True)
class Product(Node):
    """Factors; `signs[k]` stands before factor k + 1: "" (side by side), "·", "×", "*", "⊙", "∘", "⊗", "/" or "⊘"."""

    factors: tuple[Node, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum(Node):
    """Terms, each with the sign before it: "+", "-", "±" or "∓"."""

    terms: tuple[Node, ...]
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fraction(Node):
    numerator: Node
    denominator: Node


@dataclass(frozen=True, slots=True)
class Root(Node):
    body: Node
    degree: Node | None = None


@dataclass(frozen=True, slots=True)
class Derivative(Node):
    """∂operand/∂by…, or the same with d.

    by       the variables, each as often as it is differentiated by
    operand  what is differentiated; None where an operator stands alone
    before   whether the operator stands before the operand, as in ∂/∂x (…)
    kind     "∂" or "d"
    """

    operand: Node | None
    by: tuple[Node, ...]
    before: bool = False
    kind: str = "∂"


@dataclass(frozen=True, slots=True)
class Nabla(Node):
    """∇operand, ∇_by operand, or ∇² operand for `order` 2."""

    operand: Node | None
    by: Node | None = None
    order: int = 1


@dataclass(frozen=True, slots=True)
class Bars(Node):
    """Something between bars: "|" or "‖"."""

    bar: str
    body: Node


@dataclass(frozen=True, slots=True)
class BigOperator(Node):
    """Σ, Π, ∫, max, min, argmax, argmin, lim, ∪ or ∩ with what stands below and above. `rank` is the 2 of max^{(2)}."""

    kind: str
    body: Node
    lower: Node | None = None
    upper: Node | None = None
    rank: Node | None = None


@dataclass(frozen=True, slots=True)
class Indicator(Node):
    """1{condition}."""

    condition: Node


@dataclass(frozen=True, slots=True)
class Case(Node):
    """A row of cases; the condition is None for "otherwise"."""

    value: Node
    condition: Node | None


@dataclass(frozen=True, slots=True)
class Cases(Node):
    rows: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Array(Node):
    """Rows of entries, as in a bmatrix. `bracket` is "[", "(", "|", "‖", "{" or ""."""

    rows: tuple[tuple[Node, ...], ...]
    bracket: str = ""


@dataclass(frozen=True, slots=True)
class Words(Node):
    """Words among symbols."""

    text: str


@dataclass(frozen=True, slots=True)
class Dots(Node):
    """An ellipsis."""


@dataclass(frozen=True, slots=True)
class Decorated(Node):
    """What a decoration stands at: "underbrace", "overbrace", "boxed", "cancel" or "entrywise", with its label."""

    kind: str
    body: Node
    label: Node | None = None


@dataclass(frozen=True, slots=True)
class Factorial(Node):
    body: Node


@dataclass(frozen=True, slots=True)
class Evaluated(Node):
    """A body at a point: body|_{point}."""

    body: Node
    point: Node


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Members with relations between them: a = b ≤ c. `signs[k]` stands before member k + 1.

    A chain that begins with a relation has the empty first member None: it goes on from what was said before.
    """

    members: tuple[Node | None, ...]
    signs: tuple[str, ...]


def children(node: Node) -> list[Node]:
    """The nodes right below a node, from left to right."""
    return list(_among(getattr(node, name) for name in node.__dataclass_fields__))


def _among(values: Iterable[object]) -> Iterator[Node]:
    for value in values:
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from _among(value)


def walk(node: Node) -> Iterator[Node]:
    """A node and all nodes below it, each before those below it, from left to right."""
    waiting = [node]
    while waiting:
        first = waiting.pop()
        yield first
        waiting.extend(reversed(children(first)))
