"""The table of symbols of a section: which tensors its lines use, what they are, and their shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from sympy import Expr

from gradproof.derivations.calculus import (
    DEFINITIONS,
    Applied,
    Delta,
    Derivation,
    Dim,
    Downstream,
    Elementwise,
    Entry,
    Index,
    Partial,
    Scalar,
    Tensor,
    definitions_in,
    free_indices,
)
from gradproof.derivations.notation import display, letters_by_size, tree
from gradproof.derivations.notation.names import written
from gradproof.derivations.notation.tree import Variant

from .tree import Formula, Prose, Symbol
from .wording import DOMAINS, words

#: Letters of bound indices by size, for `display`.
Letters = Mapping[Dim, tuple[str, ...]]


def filled(template: str, **parts: tree.Tree | Prose) -> Prose:
    """A template with formulas or prose in the places of its {names}."""
    result: list[str | Formula] = []
    for place, piece in enumerate(re.split(r"\{(\w+)\}", template)):
        if place % 2 == 0:
            result += [piece] if piece else []
            continue
        part = parts[piece]
        result += part if isinstance(part, tuple) else (Formula(part),)
    return tuple(result)


def joined(parts: list[Prose], separator: str) -> Prose:
    """Pieces of prose with a separator between them."""
    result: list[str | Formula] = []
    for place, part in enumerate(parts):
        result += [separator, *part] if place else part
    return tuple(result)


def expressions(derivation: Derivation) -> Iterator[Expr]:
    """Everything that the lines of a derivation and of its branches say."""
    for part in derivation.walk():
        yield part.statement
        for step in part.steps:
            yield from (step.before, step.after)
        if part.textbook is not None:
            yield part.textbook


@lru_cache(maxsize=1024)
def tensors(derivation: Derivation) -> tuple[Tensor, ...]:
    """The tensors in use: those that are given, then those that are defined in the order of their definitions."""
    given: dict[Tensor, None] = {}
    defined: dict[Tensor, None] = {}
    for expression in expressions(derivation):
        inner = definitions_in(expression)
        defined.update(dict.fromkeys(inner))
        for part in (*(tensor.definition[1] for tensor in inner), expression):
            found = sorted(part.atoms(Tensor), key=lambda tensor: str(tensor.name))
            given.update(dict.fromkeys(tensor for tensor in found if tensor.definition is None))
    everything = (*given, *defined)
    if not _is_layer(derivation):
        return everything
    shown = {tensor for expression in expressions(derivation) for tensor in expression.atoms(Tensor)}
    shown |= {inner for tensor in _unfolded(derivation) for inner in tensor.definition[1].atoms(Tensor)}
    return tuple(tensor for tensor in everything if tensor in shown)


def _is_layer(derivation: Derivation) -> bool:
    """Whether the lines speak of one layer of a network: what lies above and below it is arbitrary."""
    return any(isinstance(condition, Downstream) for condition in derivation.given)


def _unfolded(derivation: Derivation) -> frozenset[Tensor]:
    """The tensors whose definitions the lines use."""
    used = {tensor for part in derivation.walk() for step in part.steps for tensor in step.uses}
    if not _is_layer(derivation):
        return frozenset((*used, *tensors(derivation)))
    losses = {condition.value.tensor for condition in derivation.given if isinstance(condition, Downstream)}
    return frozenset(tensor for tensor in used - losses if tensor.definition is not None)


@lru_cache(maxsize=1024)
def letters(derivation: Derivation) -> Letters:
    """The letters of the sums, the same in all lines and definitions of a derivation."""
    bodies = (tensor.definition[1] for tensor in tensors(derivation) if tensor.definition is not None)
    return letters_by_size((*expressions(derivation), *bodies))


def symbol_of(tensor: Tensor) -> tree.Tree:
    """A tensor as a whole: bold if it has axes."""
    return written(tensor.name, variant=Variant.BOLD if tensor.dims else Variant.ITALIC)


def symbol_table(derivation: Derivation, language: str) -> tuple[Symbol, ...]:
    """A row for each tensor and for each opaque activation."""
    rows = [
        Symbol(
            symbol_of(tensor),
            _meaning(tensor, derivation, language),
            "" if _is_adjoint(tensor) else DOMAINS[tensor.domain].in_language(language),
            _shape(tensor.dims, language),
        )
        for tensor in tensors(derivation)
    ]
    everything = _with_definitions(derivation)
    names = sorted({applied.name for expression in everything for applied in expression.atoms(Applied)})
    rows += [Symbol(written(name), (words("any_function", language),), "", ()) for name in names]
    return tuple(rows)


def _with_definitions(derivation: Derivation) -> Iterator[Expr]:
    for expression in expressions(derivation):
        yield expression
        yield from (tensor.definition[1] for tensor in definitions_in(expression))


def _is_adjoint(tensor: Tensor) -> bool:
    return tensor.definition is not None and isinstance(tensor.definition[1], Partial)


def _meaning(tensor: Tensor, derivation: Derivation, language: str) -> Prose:
    if _is_adjoint(tensor):
        return filled(words("adjoint", language), formula=display(tensor.definition[1]))
    for condition in derivation.given:
        if isinstance(condition, Downstream) and condition.value.tensor == tensor:
            through = joined(
                [(Formula(symbol_of(each)),) for each in condition.through], words("list_separator", language)
            )
            return filled(words("any_function_of", language), through=through)
    if tensor.definition is not None:
        return (words("defined" if tensor in _unfolded(derivation) else "computed", language),)
    if derivation.by is not None and derivation.by.tensor == tensor:
        return (words("variable", language),)
    return (words("given", language),)


def _shape(dims: tuple[Dim, ...], language: str) -> Prose:
    if not dims:
        return (words("scalar", language),)
    return joined([(Formula(written(dim.name)),) for dim in dims], " × ")


def ranges(derivation: Derivation, language: str) -> Prose:
    """Which values the free indices take, and what a delta is."""
    groups: dict[Dim, dict[Index, None]] = {}
    for part in derivation.walk():
        for index in (*part.indices, *sorted(free_indices(part.statement), key=lambda index: index.name)):
            groups.setdefault(index.dim, {})[index] = None
    comma = words("list_separator", language)
    sentences = []
    for size, indices in groups.items():
        names = joined([(Formula(written(index.name)),) for index in indices], comma)
        sentences.append(filled(words("range", language), indices=names, size=written(size.name)))
    result = joined(sentences, words("separator", language))
    if result:
        result = (*result, words("stop", language))
    deltas = sorted((delta for part in expressions(derivation) for delta in part.atoms(Delta)), key=str)
    if deltas and len(derivation.indices) > 1 and derivation.indices[0].dim == derivation.indices[1].dim:
        first, second = derivation.indices[:2]
        note = filled(
            words("delta", language),
            delta=display(Delta(first, second)),
            first=written(first.name),
            second=written(second.name),
        )
        result = (*result, "" if language == "zh" else " ", *note)
    return result


def definitions(derivation: Derivation, chosen: Letters) -> tuple[tree.Tree, ...]:
    """The definitions in use, of tensors and of functions, each as an equation.

    What an adjoint is stands in the table of symbols.
    """
    equations = []
    unfolded = _unfolded(derivation)
    for tensor in tensors(derivation):
        if tensor.definition is None or _is_adjoint(tensor) or tensor not in unfolded:
            continue
        formal, body = tensor.definition
        left = display(Entry(tensor, *formal))
        equations.append(tree.Relation(left, "=", display(body, letters=chosen)))
    return (*equations, *_functions(derivation, unfolded))


def _functions(derivation: Derivation, unfolded: frozenset[Tensor]) -> Iterator[tree.Tree]:
    """What the functions in use are, written with exp and log, at a variable that the section does not have."""
    lines = [line for part in derivation.walk() for line in (part.statement, *(step.after for step in part.steps))]
    lines += [tensor.definition[1] for tensor in unfolded if tensor.definition is not None]
    used = {type(function) for line in lines for function in line.atoms(Elementwise)}
    names = {str(tensor.name) for tensor in tensors(derivation)}
    variable = Scalar(next(letter for letter in "uvsxy" if letter not in names))
    for kind, formula in DEFINITIONS.items():
        if kind in used:
            yield tree.Relation(display(kind(variable)), "=", display(formula(variable)))
