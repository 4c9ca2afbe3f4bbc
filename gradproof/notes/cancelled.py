"""What cancels in a step: the line with a sum reduced to its only term, before equal factors above and below go.

The calculus cancels at once, so that no line has p_k above and below the bar. A reader looks for it: between a line and
the next one stands what the first is when its sums over a delta are carried out and its brackets opened, with the equal
factors struck out. It says the same as the line before, and is no step of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from gradproof.derivations.notation import tree as t
from gradproof.derivations.notation.tree import Tree


def cancelled(before: Tree) -> Tree | None:
    """The line with its sums over a delta carried out and what cancels struck out; None if nothing cancels."""
    struck = _struck(_reduced(before))
    if not any(isinstance(part, t.Marked) for part in t.walk(struck)):
        return None
    return struck.body if isinstance(struck, t.Brackets) else struck


def _reduced(node: Any) -> Any:
    """Every sum whose body has a delta with its index as a factor is its only term."""
    if isinstance(node, tuple):
        return tuple(map(_reduced, node))
    if not is_dataclass(node) or isinstance(node, type):
        return node
    node = replace(node, **{field.name: _reduced(getattr(node, field.name)) for field in fields(node)})
    if isinstance(node, t.BigSum) and len(node.bounds) == 1:
        return _only_term(node)
    return node


def _only_term(total: t.BigSum) -> Tree:
    index = total.bounds[0].index
    factors = _factors(total.body)
    for place, factor in enumerate(factors):
        other = _other_index(factor, index)
        if other is not None:
            left = [*factors[:place], *factors[place + 1 :]]
            renamed: list[Tree] = [_renamed(part, index, other) for part in left]
            return t.Product(tuple(renamed)) if len(renamed) > 1 else (renamed or [t.Number("1")])[0]
    return total


def _factors(body: Tree) -> Sequence[Tree]:
    return body.factors if isinstance(body, t.Product) else (body,)


def _other_index(factor: Tree, index: Tree) -> Tree | None:
    """k where the factor is δ_kl and the index is l."""
    match factor:
        case t.Scripts(base=t.Identifier(text="δ"), subscript=t.Sequence(items=(first, second), separator="")):
            if index in (first, second) and first != second:
                return second if first == index else first
    return None


def _renamed(node: Any, index: Tree, other: Tree) -> Any:
    if node == index:
        return other
    if isinstance(node, tuple):
        return tuple(_renamed(part, index, other) for part in node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    return replace(node, **{field.name: _renamed(getattr(node, field.name), index, other) for field in fields(node)})


def _struck(node: Any) -> Any:
    """The same with equal factors of a product above and below struck out."""
    if isinstance(node, tuple):
        return tuple(map(_struck, node))
    if not is_dataclass(node) or isinstance(node, type):
        return node
    if isinstance(node, t.Product):
        factors = _flat(node)
        return _distributed(factors) or _in_product(factors)
    found = replace(node, **{field.name: _struck(getattr(node, field.name)) for field in fields(node)})
    if isinstance(found, t.Fraction) and isinstance(found.numerator, t.Brackets):
        return replace(found, numerator=found.numerator.body)
    return found


def _flat(product: t.Product) -> list[Tree]:
    """The factors, with those of products within it."""
    found: list[Tree] = []
    for factor in product.factors:
        found += _flat(factor) if isinstance(factor, t.Product) else [factor]
    return found


def _distributed(factors: list[Tree]) -> Tree | None:
    """The sum in brackets multiplied out, where a factor beside it cancels in one of its terms; else None."""
    for place, factor in enumerate(factors):
        if isinstance(factor, t.Brackets) and isinstance(factor.body, t.SignedSum):
            others = [*factors[:place], *factors[place + 1 :]]
            beside = {_open(other) for other in others}
            if any(beside.intersection(map(_open, _divisors(term.body))) for term in factor.body.terms):
                terms = (replace(term, body=_multiplied(term.body, others)) for term in factor.body.terms)
                return t.Brackets(t.SignedSum(tuple(terms)))
    return None


def _multiplied(term: Tree, others: list[Tree]) -> Tree:
    """A term times the factors beside it; a factor 1 is not written."""
    return _in_product(others if term == t.Number("1") else [*others, term])


def _divisors(term: Tree) -> Sequence[Tree]:
    return _factors(term.denominator) if isinstance(term, t.Fraction) else ()


def _open(factor: Tree) -> Tree:
    """A factor without its brackets, which it needs in a product but not below a bar."""
    return factor.body if isinstance(factor, t.Brackets) else factor


def _in_product(factors: list[Tree]) -> Tree:
    result = [_struck(factor) for factor in factors]
    for place, fraction in enumerate(factors):
        if not isinstance(fraction, t.Fraction):
            continue
        below = list(_factors(fraction.denominator))
        for at, divisor in enumerate(below):
            alike = (k for k, other in enumerate(result) if k != place and _open(other) == _open(divisor))
            partner = next(alike, None)
            if partner is not None:
                below[at] = t.Marked(divisor, struck=True)
                result[partner] = t.Marked(result[partner], struck=True)
                denominator = below[0] if len(below) == 1 else t.Product(tuple(below))
                result[place] = t.Fraction(_struck(fraction.numerator), denominator)
    return t.Product(tuple(result)) if len(result) > 1 else result[0]
