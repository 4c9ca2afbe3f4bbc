"""What surrounds a formula while it is translated: the glossary, the letters that are bound, the names met so far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sympy import Expr

from gradproof.derivations.calculus import Condition, Domain, Index, Tensor, fresh
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading.syntax import (
    Apply,
    Attached,
    BigOperator,
    Chain,
    Name,
    Node,
    Scripts,
    children,
)

from .arrays import Arrays
from .functions import is_builtin
from .glossary import Glossary, Head, Key
from .inverses import Inverse
from .references import Reference, Unindexable, is_name, is_transpose, refer
from .sorts import Sort
from .values import Meaning

if TYPE_CHECKING:
    from .remembered import Known


@dataclass(slots=True)
class Context:
    """One translation of one statement.

    scope       what the arguments of a function stand for
    letters     the letters that are bound, and their indices
    undeclared  names that nothing was said about, with the number of their axes
    positive    undeclared names that stand within a logarithm: where both sides are defined they are positive
    unreached   derivatives of something that does not depend on the variable, as far as is known
    given       what the line rests on: that E depends on a only, and the like
    plain       names that stand somewhere without brackets behind them, so that they are quantities
    assumed     what a sign was taken for though nobody declared it, with the declaration that would say so
    lying       for each defined name whether its value is a row
    loose       for each defined name the letters that its formula has besides its indices
    inverses    the tensors that stand for inverses of matrices
    borders     whether a condition with ≤ or ≥ is said at its border as well; nothing is differentiated there then
    foresees    whether letters are given the declared sizes beforehand that they are seen to run over
    recalls     whether definitions may be taken as they were translated before; `known` is what they depend on
    room        whose formula is translated: a side of the line, a definition, a call. In each of them letters run
                over sizes of their own
    """

    glossary: Glossary
    scope: dict[Key, Meaning] = field(default_factory=dict)
    letters: dict[str, Index] = field(default_factory=dict)
    undeclared: dict[Key, int] = field(default_factory=dict)
    domains: dict[Key, Domain] = field(default_factory=dict)
    unreached: list[tuple[Span, str]] = field(default_factory=list)
    given: dict[Condition, None] = field(default_factory=dict)
    plain: set[Key] = field(default_factory=set)
    assumed: dict[str, str] = field(default_factory=dict)
    tensors: dict[Key, Tensor] = field(default_factory=dict)
    lying: dict[Key, bool | None] = field(default_factory=dict)
    loose: dict[Key, tuple[str, ...]] = field(default_factory=dict)
    building: list[Key] = field(default_factory=list)
    inverses: list[Inverse] = field(default_factory=list)
    borders: bool = False
    foresees: bool = False
    recalls: bool = True
    known: Known | None = None
    room: tuple[object, ...] = ()

    def __post_init__(self) -> None:
        self.glossary.sorts.reserved |= self.glossary.sizes  # a size of ours must not bear the name of a declared one

    @property
    def arrays(self) -> Arrays:
        return Arrays(self.glossary.sorts, self.glossary.layout, self.glossary.elementwise)

    def refer(self, node: Name | Scripts) -> Reference:
        """What a name refers to here. Raises Unindexable."""
        return refer(node, self.knows, self.is_index, self.is_number)

    def knows(self, head: str, font: str) -> bool:
        return (head, font) in self.scope or self.glossary.knows(head, font)

    def is_index(self, letter: str) -> bool:
        return letter in self.letters or self.glossary.is_index(letter)

    def is_number(self, name: str) -> bool:
        return name in self.glossary.sizes or (name, "") in self.glossary.heads

    def index(self, letter: str) -> Index:
        """The index of a letter: a bound one, or a free one over its range."""
        if letter in self.letters:
            return self.letters[letter]
        return Index(letter, self.glossary.sorts.dim(self.sort_of(letter)))

    def sort_of(self, letter: str) -> Sort:
        sorts = self.glossary.sorts
        size = self.glossary.ranges.get(letter)
        return sorts.of_name(size) if size else sorts.of_passing(letter)

    def own_sort_of(self, letter: str) -> Sort:
        """The size of an index of the definition whose formula is translated: i may run over others in the line."""
        size = self.glossary.ranges.get(letter)
        return self.glossary.sorts.of_name(size) if size else self.glossary.sorts.of_passing((self.room, letter))

    @contextmanager
    def bound(self, letters: dict[str, Sort]) -> Iterator[dict[str, Index]]:
        """Letters that are bound within the block, each with a fresh index."""
        sorts = self.glossary.sorts
        before = dict(self.letters)
        added = {letter: fresh(Index(letter, sorts.dim(sort))) for letter, sort in letters.items()}
        self.letters.update(added)
        try:
            yield added
        finally:
            self.letters = before

    @contextmanager
    def arguments(self, values: dict[Key, Meaning], *room: object) -> Iterator[None]:
        """Names that stand for values within the block: the arguments of a function. `room` says of which call."""
        before = self.scope, self.room
        self.scope, self.room = {**self.scope, **values}, (*self.room, *room)
        try:
            yield
        finally:
            self.scope, self.room = before

    @contextmanager
    def outcome(self, name: Key, value: Meaning) -> Iterator[None]:
        """A name that has a value within the block, and with it every quantity that is defined by it."""
        before = self.tensors
        self.tensors = {key: tensor for key, tensor in before.items() if tensor.definition is None}
        try:
            with self.arguments({name: value}):
                yield
        finally:
            self.tensors = before | {key: tensor for key, tensor in self.tensors.items() if tensor.definition is None}

    def head(self, key: Key) -> Head:
        """What is known of a name; an undeclared one has as many axes as it was seen with."""
        known = self.glossary.heads.get(key)
        if known is not None:
            return known
        axes = self.undeclared.get(key, 0)
        return Head(axes, ("",) * axes, domain=self.domains.get(key, Domain.REAL))

    def axis(self, key: Key, place: int) -> Sort:
        """The sort of an axis of a name."""
        sorts = self.glossary.sorts
        sizes = self.head(key).sizes
        return sorts.of_name(sizes[place]) if sizes[place] else sorts.of_key((key, place))

    def observe(self, formula: Node, plain: bool = True) -> None:
        """Notes with how many indices each undeclared name stands, and whether without brackets behind it."""
        upper = formula.upper if isinstance(formula, BigOperator) and formula.kind in "ΣΠ" else None
        if isinstance(upper, Name) and not self.glossary.knows(upper.text, ""):
            if upper.text not in self.glossary.sizes:
                self.glossary.met.add(upper.text)
            self.glossary.sizes.add(upper.text)
            self.glossary.sorts.reserved.add(upper.text)
        if not isinstance(formula, (Name, Scripts)) or not is_name(formula):
            for part in _quantities_in(formula):
                self.observe(part, plain=not isinstance(formula, Attached) or part is not formula.head)
            return
        try:
            reference = self.refer(formula)
        except Unindexable:
            return
        if reference.power is not None:
            self.observe(reference.power)
        if self._is_no_quantity(reference):
            return
        key = self.glossary.key(reference.head, reference.font)
        if plain:
            self.plain.add(key)
        if self.glossary.knows(*key) or key in self.scope:
            return
        least = len(reference.indices)
        if reference.font and not least:
            least = 2 if reference.head[:1].isupper() and reference.head[:1].isascii() else 1
        self.undeclared[key] = max(self.undeclared.get(key, 0), least)

    def as_numbers(self, expression: Expr) -> None:
        """Notes that undeclared names are taken for numbers where something is done to them that is done to arrays."""
        tensors = expression.atoms(Tensor)
        for key in self.undeclared:
            tensor = self.tensors.get(key)
            if tensor is not None and tensor in tensors and not tensor.dims:
                self.assumed[f"{tensor.name} is read as a number"] = f"{tensor.name} : R"

    def is_kronecker(self, reference: Reference) -> bool:
        """δ_ij with two indices, where δ is declared with other axes or not at all."""
        if reference.head != "δ" or reference.font or len(reference.indices) != 2:
            return False
        known = self.glossary.heads.get(("δ", ""))
        definition = self.glossary.definitions.get(("δ", ""))
        return (known is None or known.axes != 2) and (definition is None or len(definition.indices) != 2)

    def is_identity(self, reference: Reference) -> bool:
        """I, where nothing else is said of it."""
        return reference.head == "I" and not self.knows("I", reference.font) and not self.knows("I", "")

    def is_ones(self, reference: Reference) -> bool:
        """A bold 1 or 𝟙 that is a vector of ones."""
        return reference.head in ("1", "cal1") and not self.knows(reference.head, reference.font)

    def _is_no_quantity(self, reference: Reference) -> bool:
        """A function, a constant, an index, or nothing at all."""
        head = reference.head
        if self.is_kronecker(reference):
            return True
        if self.is_identity(reference) or self.is_ones(reference):
            return True
        named = head in ("e", "π", "∞", "") or head in self.glossary.sizes
        return named or (not reference.indices and not reference.font and self.is_index(head))


def _quantities_in(node: Node) -> Iterator[Node]:
    """The parts of a node that may name quantities: no names of functions, no labels, no transposes."""
    match node:
        case Scripts(base=base, upper=upper):
            yield base
            if upper is not None and not is_transpose(upper):
                yield upper
        case Attached(head=head, group=group):
            if not (isinstance(head, Name) and is_builtin(head.text)):
                yield head
            yield group
        case Apply(function=function, argument=argument):
            if isinstance(function, Scripts) and function.upper is not None:
                yield function.upper
            yield argument
        case BigOperator(body=body, lower=Chain(members=(letter, _), signs=("∈",))) if letter is not None:
            yield letter
            yield body
        case _:
            yield from children(node)
