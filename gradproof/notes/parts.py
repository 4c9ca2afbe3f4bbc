"""The parts of the document tree that stand beside the lines: mistakes, worked example, exercises, code, pictures."""

from __future__ import annotations

from dataclasses import dataclass

from gradproof.derivations.notation.tree import Tree
from gradproof.verify.verdict import Verdict

from .tree import Prose


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong formula: what is wrong with it, and the input that exposes it. It is shown only where it is refuted."""

    text: str
    formula: Tree
    exposed: Prose
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Numbers:
    """A worked example: the input, what is differentiated there, and a table of the result as each way finds it.

    `note` says how far the decimals can be trusted; it is empty where an example before it in the chapter has said so.
    """

    given: Prose
    value: Prose
    heads: tuple[Prose, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an exercise, with the name that its solution cites."""

    id: str
    relation: str
    formula: Tree


@dataclass(frozen=True, slots=True)
class Solution:
    """Sentences, and the formula that should stand there, if there is one."""

    text: Prose
    formula: Tree | None


@dataclass(frozen=True, slots=True)
class Exercise:
    """A task and its solution. `statement` is what it is about; with `lines`, the left side of a derivation."""

    anchor: str
    number: str
    title: str
    task: Prose
    statement: Tree
    lines: tuple[Line, ...]
    solution: Solution


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A line of a program and the formula that it computes; None where it computes none of the section."""

    source: str
    formula: Tree | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing without words, as SVG and as a file for LaTeX, with what a reader and a screen reader are told."""

    name: str
    svg: str
    pdf: bytes
    caption: str
    alternative: str
