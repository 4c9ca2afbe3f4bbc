"""`derive`: from a function and a variable to a derivation, pass by pass.

Each pass is one named rule of mathematics; a pass that changes nothing leaves no line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sympy import Expr, S

from . import rules
from .conditions import Condition, Different, Equal
from .derivation import Derivation, Rule, Step, Text
from .differentiation import carried_out, depends_on, settle
from .folding import fold as fold_back
from .indices import Index, free_indices
from .rewriting import contract, factor, replace_parts, rewrite, shorter_when_multiplied_out, split_sums
from .sums import Delta, Partial, Sum
from .tensors import Entry, Tensor, definitions_in


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


def derive(
    of: Expr,
    by: Entry,
    *,
    name: str = "",
    title: Text,
    fold: tuple[Tensor, ...] | list[Tensor] = (),
    through: tuple[Tensor, ...] | list[Tensor] = (),
    lemmas: tuple[Derivation, ...] | list[Derivation] = (),
    at: tuple[Tensor, ...] | list[Tensor] = (),
    cases: Mapping[str, Equal | Different] | None = None,
    textbook: Expr | None = None,
    given: tuple[Condition, ...] = (),
    reference: Callable[..., Any] | None = None,
    sources: tuple[str, ...] = (),
    remarks: tuple[Text, ...] = (),
) -> Derivation:
    """∂of/∂by with its steps.

    of, by     an expression and an entry; the free indices of both are the axes of the result, in this order
    fold       defined tensors to be written in the result again, such as p_i
    through    defined tensors through which the chain rule goes; the others are inserted
    lemmas     derivations of ∂p_i/∂z_j whose results may be inserted
    at         defined tensors whose definitions are the point at which the derivative is wanted, inserted at the end
    cases      named cases of indices, each a branch: {"diagonal": Equal(i, j), "off_diagonal": Different(i, j)}
    textbook   the form that a person expects; it becomes a claim of its own
    Raises ShapeError where sizes do not fit.
    """
    shared = {"fold": tuple(fold), "through": tuple(through), "lemmas": tuple(lemmas)}
    indices = _in_order(of, by)
    lines = _carry_out(of, by, None, "A", **shared)
    for tensor in at:
        inserted = rewrite(lines.current, lambda part, tensor=tensor: _at(part, tensor))
        lines.add(inserted, rules.SUBSTITUTE, uses=definitions_in(lines.current))
    if at:
        finish(lines, tuple(fold))
    branches = []
    for letter, (label, case) in zip("BCDEFGH", (cases or {}).items(), strict=False):
        branches.append(_branch(of, by, case, letter, name=f"{name}.{label}", title=title, given=given, **shared))
    return Derivation(
        name=name,
        title=title,
        statement=lines.statement,
        indices=indices,
        steps=tuple(lines.steps),
        textbook=textbook,
        branches=tuple(branches),
        given=given,
        reference=reference,
        sources=sources,
        remarks=remarks,
    )


def _at(part: Expr, tensor: Tensor) -> Expr:
    return tensor.body(*part.indices) if isinstance(part, Entry) and part.tensor == tensor else part


def _branch(
    of: Expr, by: Entry, case: Equal | Different, letter: str, *, name: str, title: Text, given: Any, **shared: Any
) -> Derivation:
    if isinstance(case, Equal):
        of, by = (side.xreplace({case.second: case.first}) for side in (of, by))
        lines = _carry_out(of, by, None, letter, **shared)
        given_here = given
    else:
        lines = _carry_out(of, by, case, letter, **shared)
        given_here = (*given, case)
    relation = "=" if isinstance(case, Equal) else "≠"
    label = f"{case.first.name} {relation} {case.second.name}"
    branch_title = Text(f"{title.en}: the case {label}", f"{title.zh}：{label} 的情形")
    return Derivation(name, branch_title, lines.statement, _in_order(of, by), tuple(lines.steps), given=given_here)


def _carry_out(
    of: Expr,
    by: Entry,
    case: Different | None,
    letter: str,
    *,
    fold: tuple[Tensor, ...],
    through: tuple[Tensor, ...],
    lemmas: tuple[Derivation, ...],
) -> Lines:
    lines = Lines(Partial(of, by), letter)
    if isinstance(of, Partial):
        of = _known_derivative(of, lemmas)
        lines.add(Partial(of, by), rules.LEMMA, uses=definitions_in(of), lemmas=tuple(lemma.name for lemma in lemmas))
    if lemmas and isinstance(of, Entry):
        inserted = insert_lemmas(lines.current, lemmas)
        if inserted != lines.current:
            lines.add(inserted, rules.LEMMA, uses=definitions_in(of), lemmas=tuple(lemma.name for lemma in lemmas))
            finish(lines, fold, case)
            return lines
    expanded = expand_definitions(of, by.tensor, through)
    uses = tuple(dict.fromkeys((*definitions_in(of), *definitions_in(expanded))))
    used: dict[Rule, None] = {}
    if through:
        lines.add(_chain(of, by, through), rules.CHAIN_SUM, uses=uses)
        outcome = carried_out(_chain(expanded, by, through), used)
    else:
        lines.add(Partial(expanded, by), rules.DEFINITION, uses=uses)
        outcome = carried_out(lines.current, used)
    lines.add(outcome, *(used or {rules.SUM: None}), uses=uses)
    if lemmas:
        inserted = insert_lemmas(lines.current, lemmas)
        lines.add(inserted, rules.LEMMA, uses=uses, lemmas=tuple(lemma.name for lemma in lemmas))
    finish(lines, fold, case)
    return lines


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
    lines.add(use_facts(lines.current), rules.FACT, uses=uses)
    lines.add(split_sums(lines.current, use_facts), rules.LINEAR, uses=uses)
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


def _chain(expression: Expr, by: Entry, through: tuple[Tensor, ...]) -> Expr:
    """∂f/∂t = Σ_c Σ_k ∂f/∂c_k ∂c_k/∂t over the tensors c on the way."""
    total = S.Zero
    for tensor in through:
        if not any(depends_on(entry.tensor, tensor) for entry in expression.atoms(Entry)):
            raise ValueError(f"the chain rule is to go through {tensor.name}, but the function does not depend on it")
        indices = [Index(f"~c{place}", dim) for place, dim in enumerate(tensor.dims)]
        middle = Entry(tensor, *indices)
        total += Sum(Partial(expression, middle) * Partial(middle, by), *indices)
    return total


def _known_derivative(inner: Partial, lemmas: tuple[Derivation, ...]) -> Expr:
    """The result of the lemma whose statement is this derivative, for a second derivative. Raises ValueError."""
    for lemma in lemmas:
        if lemma.statement == inner:
            return lemma.result
    raise ValueError(f"a second derivative needs the derivation of {inner} among its lemmas")


def insert_lemmas(expression: Expr, lemmas: tuple[Derivation, ...]) -> Expr:
    """Insert the results of derivations of ∂p_i/∂z_j, at whatever indices they occur."""
    known: dict[tuple[Tensor, Tensor], Derivation] = {}
    for lemma in lemmas:
        statement = lemma.statement
        if isinstance(statement, Partial) and isinstance(statement.expression, Entry):
            known[statement.expression.tensor, statement.by.tensor] = lemma

    def insert(part: Expr) -> Expr:
        if isinstance(part, Partial) and isinstance(part.expression, Entry):
            lemma = known.get((part.expression.tensor, part.by.tensor))
            if lemma is not None:
                formal = lemma.statement.expression.indices + lemma.statement.by.indices
                actual = part.expression.indices + part.by.indices
                return lemma.result.xreplace(dict(zip(formal, actual, strict=True)))
        return part

    return rewrite(expression, insert)


def use_facts(expression: Expr) -> Expr:
    """Σ_k y_k = 1 for tensors whose domain says so."""

    def fact(part: Expr) -> Expr:
        if isinstance(part, Sum) and isinstance(part.body, Entry) and part.body.tensor.domain.sums_to_one:
            if part.bound == part.body.indices[-1:]:
                return S.One
        return part

    return rewrite(expression, fact)


def _in_order(of: Expr, by: Entry) -> tuple[Index, ...]:
    own = of.indices if isinstance(of, Entry) else tuple(sorted(free_indices(of), key=lambda index: index.name))
    return tuple(dict.fromkeys((*own, *by.indices)))
