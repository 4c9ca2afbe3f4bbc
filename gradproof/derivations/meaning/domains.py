"""What logarithms say of undeclared names: y is positive in log y and below 1 in log(1 − y), where both are defined."""

from __future__ import annotations

from gradproof.derivations.calculus import Domain
from gradproof.derivations.notation.reading.syntax import (
    Apply,
    Group,
    Name,
    Node,
    Number,
    Scripts,
    Sum,
    walk,
)

from .context import Context
from .references import Unindexable, is_name


def observe_domains(context: Context, formulas: tuple[Node, ...]) -> None:
    """Gives undeclared names the domain in which the logarithms of the formulas are defined."""
    below: set[tuple[str, str]] = set()
    above: set[tuple[str, str]] = set()
    for formula in formulas:
        for node in walk(formula):
            if isinstance(node, Apply) and _is_log(node.function):
                for part, complement in _positive_parts(node.argument):
                    key = _key(context, part)
                    if key is not None:
                        (below if complement else above).add(key)
    for key in above:
        context.domains[key] = Domain.UNIT if key in below else Domain.POSITIVE


def _is_log(function: Node) -> bool:
    while isinstance(function, Scripts):
        function = function.base
    return isinstance(function, Name) and function.text in ("log", "ln", "lg")


def _positive_parts(argument: Node) -> list[tuple[Node, bool]]:
    """The names that must be positive for the argument to be: itself, or 1 minus itself. Only where it is certain."""
    while isinstance(argument, Group):
        argument = argument.body
    if is_name(argument):
        return [(argument, False)]
    match argument:
        case Sum(terms=(Number(text="1"), other), signs=("+", "-")) if is_name(other):
            return [(other, True)]
    return []


def _key(context: Context, node: Node) -> tuple[str, str] | None:
    assert isinstance(node, (Name, Scripts))
    try:
        reference = context.refer(node)
    except Unindexable:
        return None
    if reference.power is not None:
        return None
    key = context.glossary.key(reference.head, reference.font)
    return None if context.glossary.knows(*key) else key
