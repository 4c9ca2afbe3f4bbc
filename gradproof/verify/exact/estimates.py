"""What certificates rest on: lemmas in one variable, each proved here, and the domains of defined tensors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from sympy import Expr, Rational, S

from gradproof.derivations.calculus import Domain, Margin, NonZero, Positive, Relation, definitions_in, free_indices
from gradproof.derivations.calculus.rewriting import rewrite

from ..claim import Claim
from ..evaluation import Unsupported
from .algebra import cancelled
from .positivity import Known, nonnegative, positive
from .proof import check_domain


@dataclass(frozen=True, slots=True)
class Ground:
    """What was proved so that a certificate tells something.

    certificate    the larger side minus the smaller one, as a plain expression
    lemmas         what it rests on, in words
    bound          the probability that one of the lemmas is false
    """

    certificate: Expr
    lemmas: tuple[str, ...]
    bound: float


def unsupported(claim: Claim) -> str:
    """Why an inequality has no certificate whose sign may be seen; empty for one that has, and for an equality."""
    if claim.relation is Relation.EQUAL:
        return ""
    certificate, known = _certificate(claim), _given(claim)
    strict = claim.relation.strict and not certificate.atoms(Margin)
    if (positive if strict else nonnegative)(certificate, known):
        return ""
    return "an inequality is proved from a certificate, a sum of squares that the sides differ by"


def difference_of(claim: Claim, seed: int) -> tuple[Expr, Ground]:
    """What is 0 if the claim holds, given the ground. Raises Unsupported with what is not proved of an inequality."""
    if claim.relation is Relation.EQUAL:
        return claim.lhs - claim.rhs, Ground(S.Zero, (), 0.0)
    found = ground(claim, seed)
    larger, smaller = claim.relation.larger(claim.lhs, claim.rhs)
    return larger - smaller - found.certificate, found


def ground(claim: Claim, seed: int) -> Ground:
    """Proves what the certificate of an inequality rests on. Raises Unsupported with what is not proved."""
    certificate = _certificate(claim)
    for tensor in definitions_in(certificate):
        if tensor.domain is not Domain.REAL:
            check_domain(tensor, seed)
    known = _given(claim)
    words: dict[str, None] = {}
    zeros: dict[Margin, tuple[Fraction, ...]] = {}
    bound = 0.0
    for margin in sorted(certificate.atoms(Margin), key=str):
        zeros[margin], text, chance = _lemma(margin, known, seed)
        words[text] = None
        bound += chance
    if not nonnegative(certificate, known):
        raise Unsupported(f"the certificate is not visibly a sum of squares: {certificate}")
    if claim.relation.strict and not positive(certificate, known | _positive_margins(claim, zeros)):
        raise Unsupported(f"the certificate is not visibly positive: {certificate}")
    return Ground(rewrite(certificate, _plain), tuple(words), bound)


def _certificate(claim: Claim) -> Expr:
    if claim.certificate is not None:
        return claim.certificate
    larger, smaller = claim.relation.larger(claim.lhs, claim.rhs)
    return larger - smaller


def _given(claim: Claim) -> Known:
    return frozenset(c.expression for c in claim.given if isinstance(c, Positive))


def _plain(part: Expr) -> Expr:
    return part.value if isinstance(part, Margin) else part


def _lemma(margin: Margin, known: Known, seed: int) -> tuple[tuple[Fraction, ...], str, float]:
    """Where the two sides of a lemma are equal, the lemma in words, and the chance that it is false."""
    from ..onevariable.proof import Violated, cover_of  # it proves zeros with the methods of this folder

    lemma = Claim(margin.name, margin.function, Relation.AT_LEAST, S.Zero)
    try:
        cover = cover_of(lemma, seed)
    except (Unsupported, Violated) as reason:
        raise Unsupported(f"the lemma {margin.name} is not proved: {reason}") from None
    where = cover.where
    inside = (where.low is None or positive(margin.argument - _number(where.low), known)) and (
        where.high is None or positive(_number(where.high) - margin.argument, known)
    )
    if cover.flat or not inside:
        raise Unsupported(f"{margin.argument} is not visibly in {where}, where {margin.name} holds")
    return cover.zeros, f"{margin.name} ({cover.intervals} intervals)", cover.bound


def _number(value: Fraction) -> Rational:
    return Rational(value.numerator, value.denominator)


def _positive_margins(claim: Claim, zeros: dict[Margin, tuple[Fraction, ...]]) -> Known:
    """Margins that are not 0 because it is given that their argument is not where the lemma is an equality."""
    given = [condition.expression for condition in claim.given if isinstance(condition, NonZero)]
    found = set()
    for margin, places in zeros.items():
        for expression in given:
            for at in _placed(margin, expression):
                if all(_proportional(at.argument - _number(zero), expression) for zero in places):
                    found.add(at)
    return frozenset(found)


def _placed(margin: Margin, expression: Expr) -> Iterator[Margin]:
    """The margin itself, and at an index of the expression in the place of one that a sum binds."""
    yield margin
    for index in free_indices(margin):
        for other in free_indices(expression):
            if other.dim == index.dim:
                yield margin.xreplace({index: other})


def _proportional(first: Expr, second: Expr) -> bool:
    """Whether the first is the second times something that is visibly not 0."""
    ratio = cancelled(first / second)
    return positive(ratio) or positive(-ratio)
