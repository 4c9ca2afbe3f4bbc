"""Code beside formulas: the lines of the NumPy source that is generated from a result, each with what it computes."""

from __future__ import annotations

import re
from functools import lru_cache

from gradproof.derivations.calculus import Derivation, Entry, Partial, Tensor, definitions_in, free_indices
from gradproof.derivations.notation import (
    NoSourceError,
    UnwritableNameError,
    display,
    function_source,
    python_name,
    tree,
)
from gradproof.derivations.notation.derivative_data import derivative_name

from .parts import CodeLine
from .symbols import Letters, letters

_ASSIGNMENT = re.compile(r"    (?P<name>\w+) = ")


@lru_cache(maxsize=1024)
def code_lines(derivation: Derivation) -> tuple[CodeLine, ...]:
    """The lines that compute the result; none where there is no source for it.

    A definition stands beside the line that computes it, the result beside the last one. A line that reads a size has
    no formula.
    """
    result, chosen = derivation.result, letters(derivation)
    if not isinstance(derivation.statement, Partial) or result.is_number:
        return ()
    if free_indices(result) - set(derivation.indices):
        return ()
    try:
        source = function_source("result", result, derivation.indices)
    except (NoSourceError, UnwritableNameError):
        return ()
    body = source.split('"""')[2].splitlines()
    defined = {python_name(tensor.name): tensor for tensor in definitions_in(result)}
    lines = []
    for line in filter(None, map(str.rstrip, body)):
        found = _ASSIGNMENT.match(line)
        text = line.strip()
        if text.startswith("return "):
            last = f"{_name(derivation)} = {text.removeprefix('return ')}"
            lines.append(CodeLine(last, _result(derivation, chosen)))
        elif found:
            tensor = defined.get(found["name"])
            lines.append(CodeLine(text, _definition(tensor, chosen) if tensor is not None else None))
    return tuple(lines)


def _name(derivation: Derivation) -> str:
    """What the derivative is called in code: dL_dz, or a plain word where what is differentiated has no name."""
    statement = derivation.statement
    named = isinstance(statement, Partial) and isinstance(statement.expression, Entry)
    return derivative_name(statement) if named else "result"


def _definition(tensor: Tensor, letters: Letters) -> tree.Tree:
    formal, body = tensor.definition
    return tree.Relation(display(Entry(tensor, *formal)), "=", display(body, letters=letters))


def _result(derivation: Derivation, letters: Letters) -> tree.Tree:
    left, right = (display(side, letters=letters) for side in (derivation.statement, derivation.result))
    return tree.Relation(left, derivation.relation.value, right)
