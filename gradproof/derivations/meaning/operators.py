"""Sums and products over indices, norms and bars, questions, cases and limits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sympy import Add, Expr, Mul, Pow, S

from gradproof.derivations.calculus import (
    Largest,
    Sum,
    exp,
    log,
    step,
)
from gradproof.derivations.calculus.positivity import positive
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Name, Node, Number, Scripts

from . import conditions, limits
from .letters import foresee
from .problems import Needs, NotUnderstood
from .references import spelled
from .sorts import Sort
from .values import Meaning, Value

if TYPE_CHECKING:
    from .translate import Translator


def operator(translator: Translator, node: s.BigOperator) -> Meaning:
    """Σ, Π and lim with their bodies."""
    if node.kind == "lim":
        return limits.limit(translator, node)
    if node.kind in ("max", "min"):
        return _extremum(translator, node)
    if node.kind not in ("Σ", "Π"):
        raise NotUnderstood(f"{node.kind} is not understood; sums, products, max, min and lim are", node.span)
    letters, condition = _bounds(translator, node)
    if node.kind == "Π" and isinstance(node.body, s.Product):
        parted = _parted(node, node.body, frozenset(letters))
        if parted is not None:
            return translator.meaning(parted)
    foresee(translator.context, letters, node.body)
    with translator.context.bound(letters) as bound:
        value = translator.value(node.body)
        weight = conditions.truth(translator, condition) if condition is not None else S.One
        indices = tuple(bound.values())
        if node.kind == "Σ":
            return Value(Sum(weight * value.expression, *indices), value.axes, value.row, span=node.span)
        if not positive(value.expression):
            raise NotUnderstood("a product of what may be negative; declare it positive, as in p : >0 n", node.span)
        logarithm = Sum(weight * _logarithm(value.expression), *indices)  # Π f = exp Σ log f for what is positive
        return Value(exp(logarithm), value.axes, value.row, span=node.span)


def _logarithm(value: Expr) -> Expr:
    """log of what is positive, in parts where these are positive as well."""
    if isinstance(value, Mul) and all(map(positive, value.args)):
        return Add(*map(_logarithm, value.args))
    if isinstance(value, Pow) and positive(value.base):
        return value.exp * _logarithm(value.base)
    return log(value)


def _parted(node: s.BigOperator, body: s.Product, letters: frozenset[str]) -> Node | None:
    """Π_i a_i Π_i b_i as a product of two; None where all factors are multiplied. Raises Needs where it is open:

    what stands last and does not move with the index is within, as in Π_i (a_i c), or behind, as in (Π_i a_i) c.
    """
    again = next((place for place, factor in enumerate(body.factors) if _repeats(node, factor)), len(body.factors))
    within = body.factors[:again]
    moving = [place for place, factor in enumerate(within) if _names(factor) & letters]
    if moving and moving[-1] < len(within) - 1:
        raise Needs("how far does this product reach? put brackets around what is multiplied", node.span)
    if again in (0, len(body.factors)):
        return None
    first = within[0] if again == 1 else s.Product(within, body.signs[: again - 1], span=body.span)
    factors = (replace(node, body=first), *body.factors[again:])
    return s.Product(factors, body.signs[again - 1 :], span=node.span)


def _repeats(node: s.BigOperator, factor: Node) -> bool:
    return isinstance(factor, s.BigOperator) and (factor.kind, factor.lower) == (node.kind, node.lower)


def _names(node: Node) -> set[str]:
    return {part.text for part in s.walk(node) if isinstance(part, Name)}


def _extremum(translator: Translator, node: s.BigOperator) -> Value:
    """max_j z_j."""
    letters, condition = _bounds(translator, node)
    if condition is not None or len(letters) != 1:
        raise NotUnderstood(f"this {node.kind} is not understood; it reads \\{node.kind}_j z_j", node.span)
    foresee(translator.context, letters, node.body)
    with translator.context.bound(letters) as bound:
        body = translator.scalar(node.body)
        (index,) = bound.values()
        rank = int(node.rank.text) if isinstance(node.rank, Number) else 1
        found = Largest(body, index, rank) if node.kind == "max" else -Largest(-body, index, rank)
    return Value(found, span=node.span)


def _bounds(translator: Translator, node: s.BigOperator) -> tuple[dict[str, Sort], Node | None]:
    """The letters that run, with their sizes, and a condition on them."""
    lower = node.lower
    if lower is None:
        return _bare(translator, node), None
    condition: Node | None = None
    letters: list[Node] = []
    match lower:
        case s.Chain(members=(letter, Number(text="1")), signs=("=",)) if letter is not None:
            letters = [letter]
        case s.Chain(signs=("=",)):
            raise NotUnderstood("a sum that does not begin at 1; how far does it run?", lower.span)
        case s.Chain(members=(letter, _), signs=("∈",)) if letter is not None:
            letters = [letter]
        case s.Chain(members=(letter, _), signs=(("≠" | "<" | ">" | "≤" | "≥"),)) if letter is not None:
            letters, condition = [letter], lower
        case s.Listing(items=items, separators=separators) if set(separators) <= {","}:
            letters, conditions = _listed(items)
            if len(conditions) > 1:
                raise NotUnderstood("a sum under several conditions; write one sum for each letter", lower.span)
            condition = conditions[0] if conditions else None
        case s.Product(factors=factors, signs=signs) if not any(signs):
            letters = list(factors)
        case _:
            letters = [lower]
    found: dict[str, Sort] = {}
    for place, letter in enumerate(letters):
        if not isinstance(letter, Name) or letter.accents:
            raise NotUnderstood("the index of a sum is no letter; write \\sum_i or \\sum_{i=1}^n", lower.span)
        found[letter.text] = _size(translator, node, letter.text, place)
    return found, condition


def _listed(items: tuple[Node, ...]) -> tuple[list[Node], list[Node]]:
    """The letters of i, j = 1, and the conditions of j = 1, j ≠ i."""
    letters: list[Node] = []
    conditions: list[Node] = []
    for item in items:
        match item:
            case s.Chain(members=(letter, Number(text="1")), signs=("=",)) if letter is not None:
                letters.append(letter)
            case s.Chain(members=(letter, _), signs=("≠",)) if letter in letters:
                conditions.append(item)
            case _:
                letters.append(item)
    return letters, conditions


def _size(translator: Translator, node: s.BigOperator, letter: str, place: int) -> Sort:
    """The size over which a letter runs: its upper bound, its declared range, or a size to be found out."""
    sorts = translator.context.glossary.sorts
    upper = spelled(node.upper) if node.upper is not None else ""
    declared = translator.context.glossary.ranges.get(letter)
    if node.upper is not None:
        if not isinstance(node.upper, (Name, Scripts)) or not upper:
            raise NotUnderstood("an upper bound that is no size; it is a name, such as n", node.span)
        return sorts.of_name(upper)
    if declared:
        return sorts.of_name(declared)
    return sorts.of_passing((translator.context.room, node.span.start, node, place))


def _bare(translator: Translator, node: s.BigOperator) -> dict[str, Sort]:
    """Σ without an index: over the one index letter of its body that is not bound."""
    letters = {
        part.text
        for inner in s.walk(node.body)
        if isinstance(inner, Scripts) and inner.lower is not None
        for part in s.walk(inner.lower)
        if isinstance(part, Name) and translator.context.is_index(part.text)
    } - set(translator.context.letters)
    if len(letters) != 1:
        raise Needs("over which index does this sum run? write it below the sum", node.span)
    (letter,) = letters
    return {letter: _size(translator, node, letter, 0)}


def cases(translator: Translator, node: s.Cases) -> Meaning:
    """Each value where its condition holds; "otherwise" where none of the others does."""
    arrays = translator.context.arrays
    found: Meaning | None = None
    rest: Expr = S.One
    before: list[Expr] = []
    for row in node.rows:
        if row.condition is None and row is not node.rows[-1]:
            raise NotUnderstood("a case without a condition stands before others; which holds where?", row.span)
        holds = rest if row.condition is None else conditions.truth(translator, row.condition)
        if row.condition is not None and not _apart(holds, before):
            holds *= rest  # the first of two conditions that hold at once
        before.append(holds)
        rest -= holds
        part = arrays.multiply(Value(holds), translator.meaning(row.value), "", node.span)
        found = part if found is None else arrays.add(found, part, node.span)
    assert found is not None
    return found


def _apart(condition: Expr, before: list[Expr]) -> bool:
    """Whether it is plain that a condition holds nowhere where one of those before it does: i = j and i ≠ j."""

    def opposite(other: Expr) -> bool:
        if condition + other == 1:
            return True
        return isinstance(condition, step) and isinstance(other, step) and condition.args[0] + other.args[0] == 0

    return all(map(opposite, before))
