"""A relation as claims: both sides translated in one context, with what the claims rest on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from copy import copy
from dataclasses import dataclass

from sympy import Expr

from gradproof.derivations.calculus import (
    Condition,
    Different,
    Entry,
    Index,
    Partial,
    Tensor,
    definitions_in,
    free_indices,
)
from gradproof.derivations.meaning import (
    Again,
    Context,
    Glossary,
    NotUnderstood,
    ShapeClash,
    Translator,
    observe_domains,
    pairs,
)
from gradproof.derivations.meaning.conditions import regions as regions_in
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.meaning.letters import foresee
from gradproof.derivations.meaning.references import Unindexable, is_name
from gradproof.derivations.meaning.values import Meaning
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node


@dataclass(frozen=True, slots=True)
class Said:
    """A relation as expressions.

    free       names of which nothing is known: a counterexample that needs them shows nothing
    taken      names that nothing declares, but that definitions mention or that are differentiated by
    assumed    what signs were taken for though nobody declared them, and the lines that would say so
    unreached  derivatives of what does not depend on the variable, with their places
    inverses   whether an inverse was taken for any matrix
    """

    pairs: tuple[tuple[Expr, Expr], ...]
    given: tuple[Condition, ...]
    free: frozenset[str]
    taken: frozenset[str]
    assumed: tuple[tuple[str, str], ...]
    unreached: tuple[tuple[Span, str], ...]
    inverses: bool = False


def variables_of(formula: Node, glossary: Glossary) -> frozenset[Key]:
    """The names by which a statement differentiates."""
    context = Context(glossary)
    found: set[Key] = set()
    for node in s.walk(formula):
        if isinstance(node, (s.Derivative, s.Nabla)):
            by = node.by if isinstance(node, s.Derivative) else (node.by,) if node.by is not None else ()
            before = set(context.undeclared)
            for variable in by:
                assert isinstance(variable, Node)
                context.observe(variable)
            found |= set(context.undeclared) - before
    return frozenset(found)


#: How often the sizes of a line may turn out to be others than was thought.
_ROUNDS = 60


def translated(
    left: Node,
    right: Node,
    glossary: Glossary,
    variables: frozenset[Key] = frozenset(),
    conditions: tuple[Node, ...] = (),
) -> Said:
    """Both sides in one context, under conditions such as x > 0. Raises Problem.

    Shapes clash only if they do so where nothing was foreseen of the letters.
    """
    letters = index_letters(glossary, left, right)
    conditions = (*conditions, *(each for each in glossary.conditions if concerns(each, letters, glossary)))
    before = copy(glossary.sorts)
    try:
        return _translated(left, right, glossary, variables, conditions, letters)
    except ShapeClash:
        glossary.sorts = before
        return _translated(left, right, glossary, variables, conditions)


def _translated(
    left: Node,
    right: Node,
    glossary: Glossary,
    variables: frozenset[Key],
    conditions: tuple[Node, ...],
    foreseen: Collection[str] = (),
) -> Said:
    glossary.sorts.begin()
    for _ in range(_ROUNDS):
        glossary.sorts.start_again()
        context = Context(glossary, foresees=bool(foreseen))
        for formula in formulas_of(glossary):
            context.observe(formula)
        mentioned = frozenset(context.undeclared) | variables
        for formula in (left, right, *conditions):
            context.observe(formula)
        observe_domains(context, (left, right))
        translator = Translator(context)
        try:
            for formula in (left, right) if foreseen else ():
                foresee(context, {letter: context.sort_of(letter) for letter in foreseen}, formula)
            one, other = _side(translator, left, "left"), _side(translator, right, "right")
            found = pairs(context, one, other, left.span.to(right.span))
            regions = [region for condition in conditions for region in regions_in(translator, condition)]
        except Again:
            continue
        return _said(context, mentioned, [(pair.left, pair.right) for pair in found], regions)
    raise NotUnderstood("the sizes of this line do not come to rest", left.span)


def _side(translator: Translator, side: Node, room: str) -> Meaning:
    """The value of one side, in a room of its own: places are counted anew in each text that a side comes from."""
    with translator.context.arguments({}, room):
        return translator.meaning(side)


def concerns(condition: Node, letters: set[str], glossary: Glossary) -> bool:
    """Whether a condition says something of a line: one on indices only if both stand in it."""
    indices = {node.text for node in s.walk(condition) if isinstance(node, s.Name) and glossary.is_index(node.text)}
    return indices <= letters


def _said(
    context: Context, mentioned: frozenset[Key], found: list[tuple[Expr, Expr]], regions: list[Condition]
) -> Said:
    found = _spoken(found)
    indices = {index.name: index for pair in found for side in pair for index in free_indices(side)}
    given: list[Condition] = [*context.given, *regions]
    for first, second in context.glossary.different:
        if first in indices and second in indices and indices[first].dim == indices[second].dim:
            given.append(Different(indices[first], indices[second]))
    by = {entry.tensor for pair in found for side in pair for entry in _variables(side)}
    left, right = ({tensor for pair in found for tensor in _tensors(pair[place])} for place in (0, 1))
    undeclared = {
        tensor: tensor in by or key in mentioned for key, tensor in context.tensors.items() if key in context.undeclared
    }
    free = {tensor for tensor, taken in undeclared.items() if not taken and tensor in left | right}
    taken = {tensor for tensor, taken in undeclared.items() if taken and tensor in left | right}
    if taken & (left - right) and taken & (right - left):  # each side brings its own: how are they related?
        free |= taken & (left ^ right)
    return Said(
        tuple(found),
        tuple(given),
        _names(free),
        _names(taken - free),
        tuple(context.assumed.items()),
        tuple(context.unreached),
        bool(context.inverses),
    )


def _names(tensors: set[Tensor]) -> frozenset[str]:
    return frozenset(str(tensor.name) for tensor in tensors)


def _spoken(found: list[tuple[Expr, Expr]]) -> list[tuple[Expr, Expr]]:
    """The axes that the arrays brought under letters that the reader of a counterexample can follow."""
    indices = {index for pair in found for side in pair for index in free_indices(side)}
    sizes = {str(index.dim.name) for index in indices}
    used = {str(index.name) for index in indices} | sizes
    letters = (letter for letter in "ijklrs" if letter not in used)
    made = sorted((index for index in indices if str(index.name).startswith("~")), key=lambda index: str(index.name))
    renamed = {index: Index(letter, index.dim) for index, letter in zip(made, letters, strict=False)}
    return [(left.xreplace(renamed), right.xreplace(renamed)) for left, right in found]


def _variables(side: Expr) -> set[Entry]:
    return {partial.by for partial in side.atoms(Partial)}


def _tensors(side: Expr) -> set[Tensor]:
    found = set(side.atoms(Tensor))
    for tensor in definitions_in(side):
        found |= tensor.definition[1].atoms(Tensor)
    return found


def index_letters(glossary: Glossary, *sides: Node) -> set[str]:
    """The letters that stand as indices in subscripts and under sums."""
    found: set[str] = set()
    for side in sides:
        for node in s.walk(side):
            lower = node.lower if isinstance(node, (s.Scripts, s.BigOperator)) else None
            if lower is not None:
                found |= {
                    part.text for part in s.walk(lower) if isinstance(part, s.Name) and glossary.is_index(part.text)
                }
    return found


def formulas_of(glossary: Glossary) -> tuple[Node, ...]:
    """The formulas of all definitions: what they mention counts as declared."""
    return (
        *(definition.formula for definition in glossary.definitions.values()),
        *glossary.patterns.values(),
        *glossary.mentioned,
    )


def names_in(formula: Node) -> Iterator[s.Name | s.Scripts]:
    """The names of a formula with their scripts, those in scripts and arguments among them."""
    for node in s.walk(formula):
        if isinstance(node, (s.Name, s.Scripts)) and is_name(node):
            yield node


def key_of(context: Context, name: s.Name | s.Scripts) -> Key | None:
    """The key of a name; None if its scripts are not understood."""
    try:
        reference = context.refer(name)
    except Unindexable:
        return None
    return context.glossary.key(reference.head, reference.font)


def head_of(member: Node | None) -> s.Name | s.Scripts | None:
    """The name that a member is, or that it is a call of: z_i, and f of f(x); None for anything else."""
    head = member.head if isinstance(member, s.Attached) else member
    return head if isinstance(head, (s.Name, s.Scripts)) and is_name(head) else None
