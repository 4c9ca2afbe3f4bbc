"""The document tree of lecture notes: what is said, in one language, before it is LaTeX or HTML.

Mathematics stands in it as display trees and prose as plain text, so that each printer writes both its own way and
neither is converted from the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gradproof.derivations.notation.tree import Tree
from gradproof.verify.verdict import Verdict

if TYPE_CHECKING:
    from .graph import Graph
    from .parts import CodeLine, Exercise, Mistake, Numbers, Picture


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in a line of prose."""

    tree: Tree


#: A line of prose: texts and formulas.
Prose = tuple[str | Formula, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """The verdict on one line; None where no check was run. `label` is the verdict in words."""

    verdict: Verdict | None
    label: str


@dataclass(frozen=True, slots=True)
class Badge:
    """What a method found about a section, with its scope."""

    verdict: Verdict | None
    text: Prose


@dataclass(frozen=True, slots=True)
class Row:
    """One step: `relation` and the new right side, in which the changed part is `Marked`; why; and what is known of it.

    `cancelled` is the line before with what cancels struck out, where something does. A part of the reason is one rule;
    `lemmas` are the entries whose results it used.
    """

    id: str
    relation: str
    cancelled: Tree | None
    formula: Tree
    reasons: tuple[str, ...]
    lemmas: tuple[Reference, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to the section of another entry; `anchor` is empty if it is not in this document."""

    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Steps:
    statement: Tree
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class MatrixForm:
    """The result with matrices; `layout` names the convention in words, or is empty where both agree."""

    layout: str
    formula: Tree


@dataclass(frozen=True, slots=True)
class Symbol:
    """A row of the table of symbols."""

    symbol: Tree
    meaning: Prose
    domain: str
    shape: Prose


@dataclass(frozen=True, slots=True)
class Case:
    """A branch of a derivation, e.g. i = j."""

    anchor: str
    condition: Prose
    steps: Steps


@dataclass(frozen=True, slots=True)
class Textbook:
    """The line in the form that textbooks print, and whether it was shown equal to the result."""

    formula: Tree
    mark: Mark


@dataclass(frozen=True, slots=True)
class StabilityRow:
    """A dtype: the worst errors of both forms, and where the naive one fails, each way by itself."""

    dtype: str
    naive: str
    stable: str
    fails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stability:
    """What was measured of the statement as naive and of the result as stable form; `note` says how, once a chapter."""

    heads: tuple[str, str, str, str]
    rows: tuple[StabilityRow, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A piece of Python with a caption.

    `mathematics` is LaTeX that latexify made of its lines, empty where it cannot; pages without LaTeX leave it out.
    """

    caption: str
    source: str
    mathematics: str


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the catalogue. What nothing is known of is left out: an empty tuple, or None."""

    name: str
    anchor: str
    number: str
    title: str
    badges: tuple[Badge, ...]
    result: Tree
    matrix: tuple[MatrixForm, ...]
    conditions: tuple[Prose, ...]
    symbols: tuple[Symbol, ...]
    ranges: Prose
    definitions: tuple[Tree, ...]
    steps: Steps
    cases: tuple[Case, ...]
    textbook: Textbook | None
    stability: Stability | None
    remarks: tuple[str, ...]
    listings: tuple[Listing, ...]
    sources: tuple[str, ...]
    counterexamples: tuple[str, ...]
    graph: Graph | None
    pictures: tuple[Picture, ...]
    example: Numbers | None
    code: tuple[CodeLine, ...]
    mistakes: tuple[Mistake, ...]
    exercises: tuple[Exercise, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; `misread` says what is often misread in it, a remark each."""

    number: str
    name: str
    anchor: str
    title: str
    misread: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """A row of the table "How this was checked": one method over all the claims that it looked at."""

    name: str
    scope: str
    claims: int
    verdicts: tuple[tuple[Verdict, int], ...]
    drawn: int
    effective: int
    worst: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class Checked:
    """How this was checked: the methods, and what they were run with. No methods: nothing was checked."""

    methods: tuple[Method, ...]
    seeds: tuple[int, ...]
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Notes in one language.

    counts     how many lines have which verdict, None for those that nobody checked
    refuted    how many wrong formulas are shown, in mistakes and exercises
    undrawn    whether there are no figures because they cannot be drawn here
    """

    language: str
    title: str
    subtitle: str
    chapters: tuple[Chapter, ...]
    counts: tuple[tuple[Verdict | None, int], ...]
    checked: Checked
    refuted: int
    undrawn: bool

    def sections(self) -> Iterator[Section]:
        """All sections, in reading order."""
        for chapter in self.chapters:
            yield from chapter.sections
