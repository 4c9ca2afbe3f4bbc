"""Which relations claim nothing: definitions, updates of an iteration, and what a condition says of names."""

from __future__ import annotations

from dataclasses import replace

from gradproof.derivations.calculus import Domain
from gradproof.derivations.meaning import Context, Glossary, add_definition
from gradproof.derivations.meaning.glossary import Head
from gradproof.derivations.meaning.references import Unindexable, spelled
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node

from .said import head_of

#: Functions with a meaning of their own, which a first equation does not define anew.
_BUILTIN = frozenset({"σ"})
_INFORMATION = frozenset({"H", "KL"})


def defines(left: Node | None, right: Node | None, sign: str, glossary: Glossary) -> str:
    """What the first relation of a chain is if it claims nothing; the glossary knows its left side then."""
    if left is None or right is None or sign not in "=≡≔←":
        return ""
    head = head_of(left)
    if head is None:
        return ""
    if sign == "←" or is_update(left, right) or (sign == "≔" and _mentions(right, left)):
        mention(glossary, left, right)
        return "an update"
    context = Context(glossary)
    try:
        reference = context.refer(head)
    except Unindexable:
        return ""
    known = glossary.knows(*glossary.key(reference.head, reference.font)) or reference.head in glossary.sizes
    builtin = isinstance(left, s.Attached) and (
        reference.head in _BUILTIN or (reference.head in _INFORMATION and _names(right) & _INFORMATION)
    )
    builtin = builtin or (isinstance(left, s.Attached) and reference.head == "D_KL" and _of_known(left, glossary))
    if known or builtin or reference.primes or reference.power is not None or reference.transposed or reference.inverse:
        return ""
    try:
        add_definition(glossary, left, right)
    except ValueError:
        return ""
    return "a definition"


def _of_known(call: s.Attached, glossary: Glossary) -> bool:
    """Whether a divergence is one of distributions that are known, so that its value is known as well."""
    body = call.group.body
    items = body.items if isinstance(body, s.Listing) else (body,)
    names = [item for item in items if isinstance(item, s.Name)]
    return len(names) == 2 == len(items) and all(glossary.knows(item.text, "") for item in names)


def mention(glossary: Glossary, *formulas: Node) -> None:
    """What an update names counts as mentioned afterwards, as what a definition names does."""
    glossary.mentioned.extend(formulas)


def is_update(left: Node, right: Node) -> bool:
    """w = w − …, w^{(t)} = w^{(t−1)} − …, w_{t+1} = w_t − …: a step of an iteration."""
    if isinstance(right, s.Sum) and right.terms[0] == left and len(right.terms) > 1:
        return True
    base, scripts = _stepped(left)
    if not scripts:
        return False
    for node in s.walk(right):
        if isinstance(node, s.Scripts):
            other, earlier = _stepped(node)
            if other == base and any(_shifted(one, two) for one, two in zip(scripts, earlier, strict=False)):
                return True
    return False


def _stepped(node: Node) -> tuple[Node, tuple[str, ...]]:
    """A name without scripts, and its scripts as texts."""
    texts: tuple[str, ...] = ()
    while isinstance(node, s.Scripts):
        for script in (node.lower, node.upper):
            inner = script.body if isinstance(script, s.Group) else script
            texts = (spelled(inner) if inner is not None else "", *texts)
        node = node.base
    return node, texts


def _shifted(one: str, two: str) -> bool:
    return (bool(one) and two in (f"{one}-1", f"{one}+1")) or (bool(two) and one in (f"{two}-1", f"{two}+1"))


def _mentions(formula: Node, name: Node) -> bool:
    return any(node == name for node in s.walk(formula))


def _names(formula: Node) -> frozenset[str]:
    return frozenset(node.text for node in s.walk(formula) if isinstance(node, s.Name))


def under(glossary: Glossary, condition: Node | None) -> tuple[Glossary, tuple[Node, ...]]:
    """The glossary under a condition, in which x is positive if the condition says x > 0; and the conditions."""
    if condition is None:
        return glossary, ()
    items = condition.items if isinstance(condition, s.Listing) else (condition,)
    result = glossary.copy()
    for item in items:
        match item:
            case s.Chain(members=(s.Name() as name, s.Number(text="0")), signs=(">",)):
                _narrow(result, name, Domain.POSITIVE)
            case s.Chain(members=(s.Name() as name, s.Group(bracket="(", body=body)), signs=("∈",)) if isinstance(
                body, s.Listing
            ) and body.items == (s.Number("0"), s.Number("1")):
                _narrow(result, name, Domain.UNIT)
    return result, (condition,) if any(isinstance(node, s.Chain) for node in items) else ()


def _narrow(glossary: Glossary, name: s.Name, domain: Domain) -> None:
    """A number, declared or not, lives in a smaller domain; what is defined is left as it is."""
    reference = Context(glossary).refer(name)
    key = glossary.key(reference.head, reference.font)
    if key in glossary.definitions or key in glossary.functions:
        return
    head = glossary.heads.get(key, Head())
    if head.domain is Domain.REAL and not head.axes:
        glossary.heads[key] = replace(head, domain=domain)
