"""Relations that are decided by others: y = f⁻¹(x) says f(y) = x, and F(x) = ∫ f says F′ = f where F begins at 0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from gradproof.derivations.calculus import Domain, Entry, Tensor
from gradproof.derivations.calculus.differentiation import gradient
from gradproof.derivations.calculus.positivity import positive
from gradproof.derivations.meaning import Context, Glossary, Problem, Translator
from gradproof.derivations.meaning.references import spelled
from gradproof.derivations.meaning.values import Value
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Attached, BigOperator, Name, Node

Relation = tuple[Node, Node]

#: Functions that grow everywhere, so that each value is taken once.
_GROWING = frozenset({"σ", "sigmoid", "tanh", "exp", "log", "ln", "softplus", "sinh", "arctan"})


def inverted(left: Node, right: Node, glossary: Glossary) -> Relation | None:
    """f(y) = x for y = f⁻¹(x), where f takes each value once; None for every other relation."""
    for one, other in ((left, right), (right, left)):
        function = _inverse_of(one)
        if function is not None and isinstance(one, Attached) and _grows(function, glossary):
            call = Attached(function, s.Group("(", other, span=other.span), span=one.span)
            return call, one.group.body
    return None


def everywhere(argument: Node, glossary: Glossary) -> bool:
    """Whether an argument runs over all numbers, so that the inverse function may have no value there."""
    if not isinstance(argument, Name):
        return True
    head = glossary.heads.get(glossary.key(argument.text, ""))
    return head is None or head.domain is Domain.REAL


def _inverse_of(node: Node) -> Name | None:
    match node:
        case Attached(head=s.Scripts(base=Name() as function, lower=None, upper=upper, primes=0)) if upper is not None:
            return function if spelled(upper) == "-1" else None
    return None


def _grows(function: Name, glossary: Glossary) -> bool:
    if function.text in _GROWING and not glossary.knows(function.text, ""):
        return True
    definition = glossary.definitions.get((function.text, ""))
    if definition is None or definition.arguments is None or len(definition.arguments) != 1:
        return False
    argument = definition.arguments[0]
    if not isinstance(argument, Name):
        return False
    variable = Entry(Tensor("x~"))
    context = Context(glossary.copy())
    with context.arguments({(argument.text, ""): Value(variable)}):
        try:
            slope = gradient(Translator(context).scalar(definition.formula), variable)
        except (Problem, TypeError, ValueError):
            return False
    return bool(positive(slope))


def differentiated(left: Node, right: Node) -> tuple[Relation, Relation] | None:
    """dF/dx = f(x) and F = 0 at the lower end, for F = ∫ f up to x; None for what is no such relation.

    Only for what is visibly continuous: sums and products of calls and letters.
    """
    for whole, integral in ((left, right), (right, left)):
        if not isinstance(integral, BigOperator) or integral.kind != "∫" or not isinstance(integral.upper, Name):
            continue
        match integral.body:
            case s.Product(factors=(*factors, Name(text="d"), Name() as inner), signs=signs) if factors:
                body = factors[0] if len(factors) == 1 else s.Product(tuple(factors), signs[: len(factors) - 1])
            case _:
                continue
        upper, lower = integral.upper, integral.lower
        if lower is None or not _continuous(body) or _has(body, upper) or _has(lower, upper):
            continue
        slope = s.Derivative(whole, (upper,), before=True, span=whole.span), substituted(body, inner, upper)
        return slope, (_start(whole, upper, lower), s.Number("0", span=lower.span))
    return None


def _start(whole: Node, upper: Name, lower: Node) -> Node:
    if any(part == Name("∞") for part in s.walk(lower)):
        return BigOperator("lim", whole, s.Chain((upper, lower), ("→",)), span=whole.span)
    return substituted(whole, upper, lower)


def _continuous(body: Node) -> bool:
    allowed = (s.Sum, s.Product, s.Group, Attached, Name, s.Number)
    products = (node for node in s.walk(body) if isinstance(node, s.Product))
    return all(isinstance(node, allowed) for node in s.walk(body)) and not any("/" in node.signs for node in products)


def _has(formula: Node, name: Name) -> bool:
    return any(node == name for node in s.walk(formula))


def substituted(node: Node, name: Name, by: Node) -> Node:
    """The formula with another in place of a name."""
    if node == name:
        return by
    changed = {part.name: _inside(getattr(node, part.name), name, by) for part in fields(node) if part.name != "span"}
    return replace(node, **changed) if changed else node  # type: ignore[arg-type]


def _inside(value: object, name: Name, by: Node) -> object:
    if isinstance(value, Node):
        return substituted(value, name, by)
    if isinstance(value, tuple):
        return tuple(_parts(value, name, by))
    return value


def _parts(values: tuple[object, ...], name: Name, by: Node) -> Iterator[object]:
    for value in values:
        yield _inside(value, name, by)
