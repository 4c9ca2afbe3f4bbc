"""The lines of a derivation as they are written, and the passes that every derivative goes through at the end."""

from __future__ import annotations

from sympy import Expr, S

from . import rules
from .conditions import Different
from .derivation import Rule, Step
from .differentiation import depends_on, settle
from .folding import fold as fold_back
from .rewriting import contract, factor, replace_parts, rewrite, shorter_when_multiplied_out, split_sums
from .sums import Delta
from .tensors import Entry, Tensor, definitions_in
from .totals import use_facts


class Lines:
    """The lines of a derivation as they are written: each pass adds a step if it changed anything."""

    def __init__(self, statement: Expr, letter: str = "A") -> None:
        self.statement = statement
        self.current = statement
        self.letter = letter
        self.steps: list[Step] = []

    def add(self, after: Expr, *used: Rule, uses: tuple[Tensor, ...] = (), lemmas: tuple[str, ...] = ()) -> None:
        if after == self.current:
            return
        name = f"{self.letter}{len(self.steps) + 1}"
        self.steps.append(Step(name, self.current, after, tuple(used), uses, lemmas))
        self.current = after


def finish(lines: Lines, fold: tuple[Tensor, ...], case: Different | None = None) -> None:
    """The passes after differentiation: deltas, folded definitions, facts, linearity, common factors."""
    uses = definitions_in(lines.current) + tuple(fold)
    lines.add(settle(lines.current), rules.INDEPENDENT)
    if case is not None:
        lines.add(replace_parts(lines.current, {Delta(case.first, case.second): S.Zero}), rules.CASE)
    lines.add(contract(lines.current), rules.SIFT)
    if case is not None:
        lines.add(replace_parts(lines.current, {Delta(case.first, case.second): S.Zero}), rules.CASE)
    lines.add(contract(fold_back(lines.current, fold)), rules.FOLD, uses=uses)
    facts: dict[Rule, None] = {}
    known = use_facts(lines.current, facts, defined=fold)
    lines.add(known, *facts, uses=uses)
    facts = {}
    split = split_sums(lines.current, lambda pieces: use_facts(pieces, facts, defined=fold))
    lines.add(split, rules.LINEAR, *facts, uses=uses)
    lines.add(shorter_when_multiplied_out(lines.current), rules.EXPAND)
    lines.add(fold_back(lines.current, fold), rules.FOLD, uses=uses)
    lines.add(factor(lines.current), rules.FACTOR)


def expand_definitions(expression: Expr, by: Tensor, keep: tuple[Tensor, ...] = ()) -> Expr:
    """Insert the definitions on the way to `by`, except those to keep."""

    def insert(part: Expr) -> Expr:
        if isinstance(part, Entry):
            tensor = part.tensor
            if tensor != by and tensor not in keep and tensor.definition is not None and depends_on(tensor, by):
                return expand_definitions(tensor.body(*part.indices), by, keep)
        return part

    return rewrite(expression, insert)
