"""`derive`: from a function and a variable to a derivation, pass by pass.

Each pass is one named rule of mathematics; a pass that changes nothing leaves no line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from string import ascii_uppercase
from typing import Any

from sympy import Expr, S

from . import rules
from .conditions import Condition, Different, Equal
from .derivation import Derivation, Rule, Text
from .differentiation import carried_out, depends_on
from .indices import Index, free_indices
from .lemmas import insert_lemmas, known_derivative
from .lines import Lines, expand_definitions, finish
from .rewriting import rewrite
from .sums import Partial, Sum
from .tensors import Entry, Tensor, definitions_in


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
    operation: Callable[..., Any] | None = None,
    sources: tuple[str, ...] = (),
    remarks: tuple[Text, ...] = (),
) -> Derivation:
    """Returns the derivation of ∂of/∂by: the statement, a step for each rule, and the result.

    of, by     an expression and an entry; the free indices of both are the axes of the result, in this order
    fold       defined tensors to be written in the result again, such as p_i
    through    defined tensors through which the chain rule goes; the others are inserted
    lemmas     derivations of ∂p_i/∂z_j whose results may be inserted
    at         defined tensors whose definitions are the point at which the derivative is wanted, inserted at the end
    cases      named cases of indices, each a branch: {"diagonal": Equal(i, j), "off_diagonal": Different(i, j)}
    textbook   the form that a person expects; it becomes a claim of its own
    given      conditions under which every line is said, such as NonZero(x)
    reference  a plain NumPy function of the named tensors that computes the result, written by hand
    operation  Torch's own operation for `of`, a function that returns ``torch.softmax(z, 0)``; see `Derivation`
    name, title, sources, remarks   what the notes call it, where a reader finds it, and what they say beside it
    Raises ShapeError where sizes do not fit, TypeError for `by` that is no entry, ValueError for a tensor of `through`
    on which the function does not depend, or not through it alone.
    """
    shared: dict[str, Any] = {"fold": tuple(fold), "through": tuple(through), "lemmas": tuple(lemmas), "at": tuple(at)}
    lines = _carry_out(of, by, None, "A", **shared)
    indices = _in_order(of, by)
    branches = []
    for place, (label, case) in enumerate((cases or {}).items(), start=1):
        letter = ascii_uppercase[place]
        branch = _branch(of, by, case, letter, name=f"{name}.{label}", title=title, given=given, **shared)
        branches.append(replace(branch, operation=operation))
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
        operation=operation,
        sources=sources,
        remarks=remarks,
    )


def _at(line: Expr, tensor: Tensor) -> Expr:
    """The line at the point that the definition of a tensor gives."""

    def insert(part: Expr) -> Expr:
        return tensor.body(*part.indices) if isinstance(part, Entry) and part.tensor == tensor else part

    return rewrite(line, insert)


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
    at: tuple[Tensor, ...],
    fold: tuple[Tensor, ...],
    **how: Any,
) -> Lines:
    lines = Lines(Partial(of, by), letter)
    _differentiate(lines, of, by, **how)
    finish(lines, fold, case)
    for tensor in at:
        lines.add(_at(lines.current, tensor), rules.SUBSTITUTE, uses=definitions_in(lines.current))
    if at:
        finish(lines, fold, case)
    return lines


def _differentiate(
    lines: Lines, of: Expr, by: Entry, *, through: tuple[Tensor, ...], lemmas: tuple[Derivation, ...]
) -> None:
    """The lines from the statement to a derivative that is carried out, with inert ∂z_k/∂z_j."""
    if isinstance(of, Partial):
        first = known_derivative(of, lemmas)
        of = first.result
        lines.add(Partial(of, by), rules.LEMMA, uses=definitions_in(of), lemmas=(first.name,))
    if lemmas and isinstance(of, Entry):
        inserted, names = insert_lemmas(lines.current, lemmas)
        if inserted != lines.current:
            lines.add(inserted, rules.LEMMA, uses=definitions_in(of), lemmas=names)
            return
    expanded = expand_definitions(of, by.tensor, through)
    uses = tuple(dict.fromkeys((*definitions_in(of), *definitions_in(expanded))))
    used: dict[Rule, None] = {}
    if through:
        paths = _chain(of, by, through)
        _require_only_through(expanded, by, through)
        lines.add(paths, rules.CHAIN_SUM, uses=uses)
        outcome = carried_out(_chain(expanded, by, through), used)
    else:
        lines.add(Partial(expanded, by), rules.DEFINITION, uses=uses)
        outcome = carried_out(lines.current, used)
    lines.add(outcome, *(used or {rules.SUM: None}), uses=uses)
    if lemmas:
        inserted, names = insert_lemmas(lines.current, lemmas)
        lines.add(inserted, rules.LEMMA, uses=uses, lemmas=names)


def _require_only_through(expanded: Expr, by: Entry, through: tuple[Tensor, ...]) -> None:
    """The chain rule through some tensors forgets every other path, and counts a path through two of them twice."""
    if any(entry.tensor == by.tensor for entry in expanded.atoms(Entry)):
        names = ", ".join(tensor.name for tensor in through)
        raise ValueError(f"the function depends on {by.tensor.name} not only through {names}; leave `through` out")
    for first in through:
        for second in through:
            if first != second and depends_on(first, second):
                raise ValueError(f"{first.name} depends on {second.name}; the chain rule goes through one of them only")


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


def _in_order(of: Expr, by: Entry) -> tuple[Index, ...]:
    own = of.indices if isinstance(of, Entry) else tuple(sorted(free_indices(of), key=lambda index: index.name))
    return tuple(dict.fromkeys((*own, *by.indices)))
