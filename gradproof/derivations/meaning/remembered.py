"""Definitions that were translated before: most lines of a text, and most texts of a class, speak of the same ones.

What a definition is depends on what is known by name, and on nothing of the line that mentions it, if all that it names
is declared with its sizes. Only then is it kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sympy import Expr

from gradproof.derivations.calculus import Condition, Dim, Tensor, definitions_in
from gradproof.derivations.notation.reading.unreadable import NOWHERE

from .context import Context
from .glossary import Glossary, Key
from .problems import Problem
from .references import Unindexable
from .sorts import Again

#: How many definitions are kept, and how often their sizes may turn out to be others.
_MOST, _ROUNDS = 1024, 20


@dataclass(frozen=True, slots=True)
class Known:
    """What a definition may depend on. `facts` are the parts of the glossary, in a form that can be compared."""

    facts: tuple[Any, ...]
    glossary: Glossary = field(compare=False, repr=False)

    @classmethod
    def of(cls, glossary: Glossary) -> Known:
        named = (glossary.heads, glossary.definitions, glossary.functions, glossary.patterns, glossary.ranges)
        how = (frozenset(glossary.sizes), glossary.layout, glossary.elementwise, glossary.suppressed)
        return cls((*(frozenset(each.items()) for each in named), *how), glossary)


@dataclass(frozen=True, slots=True)
class Made:
    """A definition: its tensor and those that it names, which of the defined ones are rows, and what it rests on."""

    tensors: dict[Key, Tensor]
    lying: dict[Key, bool | None]
    given: tuple[Condition, ...]


def recalled(context: Context, key: Key) -> Tensor | None:
    """The tensor of a definition; None where it depends on more than what is known by name."""
    if context.scope or context.borders or not _sized(context.glossary):
        return None
    if context.undeclared and any(font for _, font in context.glossary.definitions):  # which change how it is called
        return None
    if context.known is None:
        context.known = Known.of(context.glossary)
    made = _made(context.known, key)
    if made is None:
        return None
    context.given.update(dict.fromkeys(made.given))
    context.tensors = made.tensors | context.tensors
    context.lying = made.lying | context.lying
    return made.tensors[key]


def _sized(glossary: Glossary) -> bool:
    """Whether every declared array has declared sizes, so that no line finds them out."""
    return all(all(head.sizes) for head in glossary.heads.values())


@lru_cache(_MOST)
def _made(known: Known, key: Key) -> Made | None:
    from .quantities import tensor_of
    from .translate import Translator

    own = known.glossary.copy()
    own.sorts.begin()
    for _ in range(_ROUNDS):
        own.sorts.start_again()
        context = Context(own, foresees=True, recalls=False)
        for definition in own.definitions.values():
            context.observe(definition.formula)
        try:
            tensor = tensor_of(Translator(context), key, NOWHERE)
        except Again:
            continue
        except (Problem, Unindexable, ValueError, TypeError):  # it is said where the line is translated
            return None
        if not _closed(context, tensor):
            return None
        return Made(context.tensors, context.lying, tuple(context.given))
    return None


def _closed(context: Context, tensor: Tensor) -> bool:
    """Whether nothing is open in a definition that a line may settle."""
    if context.assumed or context.unreached or context.inverses or any(map(context.loose.get, context.loose)):
        return False
    named = tensor.definition is not None and not context.undeclared.keys() & context.tensors
    return named and _declared(context, tensor)


def _declared(context: Context, tensor: Tensor) -> bool:
    """Whether all sizes are declared ones, whatever line they stand in."""
    bodies: list[Expr] = [tensor.definition[1], *(each.definition[1] for each in definitions_in(tensor.definition[1]))]
    dims = {*tensor.dims, *(dim for body in bodies for dim in body.atoms(Dim))}
    return all(context.glossary.sorts.sort_of(dim).declared for dim in dims)
