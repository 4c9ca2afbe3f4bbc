"""Entropy, cross-entropy, divergence and expectation over finite distributions, where the text defines nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Integer

from gradproof.derivations.calculus import Sum, log, xlogx
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading.syntax import Attached, Chain, Listing, Name, Node, Scripts

from .problems import NotUnderstood, ShapeClash
from .references import font_of, spelled
from .values import Meaning, Value

if TYPE_CHECKING:
    from .translate import Translator


def call(translator: Translator, head: Name | Scripts, body: Node, span: Span) -> Meaning | None:
    """H(p), H(p, q), KL(p‖q), D_KL(p‖q) and E_{x∼p}[…]; None for everything else."""
    base = head.base if isinstance(head, Scripts) else head
    if not isinstance(base, Name) or font_of(base) or translator.context.knows(base.text, ""):
        return None
    lower = head.lower if isinstance(head, Scripts) else None
    label = spelled(lower) if lower is not None else ""
    if base.text == "KL" or (base.text == "D" and label == "KL"):
        return divergence(translator, body, span)
    if base.text == "H" and lower is None and not isinstance(head, Scripts):
        return _entropy(translator, body, span)
    if base.text == "E" and isinstance(lower, Chain) and lower.signs == ("∼",):
        return _expectation(translator, lower, body, span)
    return None


def _vectors(translator: Translator, body: Node, span: Span) -> tuple[Value, Value] | None:
    """Two distributions over the same outcomes, on the same axis; None if they are no vectors."""
    if not isinstance(body, Listing) or len(body.items) != 2:
        return None
    first, second = (translator.value(item) for item in body.items)
    if first.rank != 1 or second.rank != 1:
        return None
    translator.context.arrays.same(first.axes[0], second.axes[0], span)
    return first, second.on(first.axes)


def divergence(translator: Translator, body: Node, span: Span) -> Meaning | None:
    """Σ p log(p/q)."""
    pair = _vectors(translator, body, span)
    if pair is None:
        raise NotUnderstood(
            "a divergence of what is not declared as distributions; declare them, as in p, q : simplex n", span
        )
    first, second = pair
    p, q = first.expression, second.expression
    return Value(Sum(p * log(p / q), *first.axes), span=span)


def _entropy(translator: Translator, body: Node, span: Span) -> Meaning | None:
    """−Σ p log p, or the cross-entropy −Σ p log q."""
    pair = _vectors(translator, body, span)
    if pair is not None:
        first, second = pair
        return Value(-Sum(first.expression * log(second.expression), *first.axes), span=span)
    if isinstance(body, Listing):
        return None
    only = translator.value(body)
    if only.rank != 1:
        return None
    return Value(-Sum(xlogx(only.expression), *only.axes), span=span)


#: Names of the laws of a bit, and of a place.
_BERNOULLI = frozenset({"Bernoulli", "Bern", "Ber"})
_CATEGORICAL = frozenset({"Categorical", "Cat", "Multinomial", "Discrete"})


def _law(distribution: Node) -> tuple[str, Node | None]:
    """The name of a law and its parameter, as in Bernoulli(q); without a name for what is a quantity."""
    match distribution:
        case Attached(head=Name(text=name), group=group) if not isinstance(group.body, Listing):
            return name, group.body
    return "", None


def _expectation(translator: Translator, under: Chain, body: Node, span: Span) -> Meaning:
    """Σ_x p(x) f(x), for a distribution that is a vector over the outcomes x."""
    letter, distribution = under.members
    if not isinstance(letter, Name) or distribution is None:
        raise NotUnderstood(
            "an expectation over something that is no letter; write E_{i \\sim p}[…] with an index i", span
        )
    law, parameter = _law(distribution)
    if law in _BERNOULLI and parameter is not None:
        chance = translator.scalar(parameter)
        at = []
        for bit in (0, 1):
            with translator.context.outcome((letter.text, font_of(letter)), Value(Integer(bit))):
                at.append(translator.scalar(body))
        return Value((1 - chance) * at[0] + chance * at[1], span=span)
    distribution = parameter if law in _CATEGORICAL and parameter is not None else distribution
    weights = translator.value(distribution)
    if weights.rank != 1:
        raise ShapeClash(f"an expectation over {weights.shape()}; declare the distribution, as in p : simplex n", span)
    sorts = translator.context.glossary.sorts
    with translator.context.bound({letter.text: sorts.sort_of(weights.axes[0].dim)}) as bound:
        index = bound[letter.text]
        inner = translator.scalar(body)
        return Value(Sum(weights.expression.xreplace({weights.axes[0]: index}) * inner, index), span=span)
