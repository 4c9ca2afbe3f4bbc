"""The glossary: what a text has declared or defined so far.

Names are tensors, functions or letters of indices; their axes are sorts, which may still be unknown.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, fields, replace

from gradproof.derivations.calculus import Domain
from gradproof.derivations.notation.reading.syntax import Node

from .layouts import Layout
from .references import INDEX_LETTERS
from .sorts import Sorts

Key = tuple[str, str]  # the head and its font


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a name.

    axes      how many axes it has
    sizes     the declared names of their sizes, "" for one that is not declared
    row       a vector that lies
    domain    where its entries live
    symmetric whether it was declared a symmetric matrix
    """

    axes: int = 0
    sizes: tuple[str, ...] = ()
    row: bool = False
    domain: Domain = Domain.REAL
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """A name given by a formula, with its indices: z_i = …, or with its arguments: f(m, b) = …"""

    indices: tuple[str, ...]
    arguments: tuple[Node, ...] | None
    formula: Node


@dataclass(frozen=True, slots=True)
class Function:
    """A function of which only its shapes are known. `of`: what the value is a function of, for E = E(a)."""

    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    of: tuple[Node, ...] = ()


@dataclass(slots=True)
class Glossary:
    """What is known, by key.

    patterns     what calls such as P(t=1|z) stand for
    mentioned    formulas of updates: what they name is as good as declared
    ranges       the declared sizes of index letters
    stationary   names in what was set to 0: what follows about them may rest on that
    met          sizes that nobody declared: they bound a sum
    different    pairs of letters that are said to differ
    conditions   conditions on numbers, such as r ≠ 0, under which everything is said
    unsummed     whether no words outside of the formulas can mean that entries sum to 1
    certain      whether no words outside of the formulas restrict them to a case, such as i ≠ j
    elementwise  whether products that do not fit as matrices are taken entry by entry
    suppressed   an index letter that arrays without an index are understood to have
    The last two are off; a line that fails is tried with them, to say what it would need.
    """

    heads: dict[Key, Head] = field(default_factory=dict)
    definitions: dict[Key, Definition] = field(default_factory=dict)
    functions: dict[Key, Function] = field(default_factory=dict)
    patterns: dict[str, Node] = field(default_factory=dict)
    mentioned: list[Node] = field(default_factory=list)
    ranges: dict[str, str] = field(default_factory=dict)
    sizes: set[str] = field(default_factory=set)
    met: set[str] = field(default_factory=set)
    stationary: set[Key] = field(default_factory=set)
    different: list[tuple[str, str]] = field(default_factory=list)
    conditions: list[Node] = field(default_factory=list)
    certain: bool = False
    unsummed: bool = False
    layout: Layout = Layout.MIXED
    layout_declared: bool = False
    sorts: Sorts = field(default_factory=Sorts)
    elementwise: bool = False
    suppressed: str = ""

    def copy(self) -> Glossary:
        """A glossary that can grow without changing this one; formulas and heads never change, and are shared."""
        return replace(self, **{each.name: copy.copy(getattr(self, each.name)) for each in fields(self)})

    def knows(self, head: str, font: str) -> bool:
        """Whether the name is declared or defined."""
        key = (head, font)
        return key in self.heads or key in self.definitions or key in self.functions

    def is_index(self, letter: str) -> bool:
        """Whether a letter in a subscript is an index."""
        if letter in self.ranges:
            return True
        return letter in INDEX_LETTERS and not self.knows(letter, "") and letter not in self.sizes

    def key(self, head: str, font: str) -> Key:
        """The name itself, or the same letter in the other font where only that one is known: w_i is an entry of w."""
        other = "" if font else "bold"
        return (head, other) if not self.knows(head, font) and self.knows(head, other) else (head, font)
