"""Powers of numbers: real where they have a value, and bounded, so that no text can make them fill the memory."""

from __future__ import annotations

from sympy import Expr, Pow, S

from gradproof.derivations.calculus.positivity import positive
from gradproof.derivations.notation.reading import Span

from .problems import Needs, NotUnderstood

#: The largest exponent, and the most bits of a power of numbers. What is beyond would take hours, or all memory.
_LARGEST_EXPONENT, _MOST_BITS = 1_000, 20_000


def power(base: Expr, exponent: Expr, span: Span) -> Expr:
    """base^exponent; with an exponent that is no number only for a positive base. Raises Needs."""
    if exponent.is_Rational or base is S.One:
        return bounded_power(base, exponent, span)
    if not positive(base):
        top, bottom = _said(exponent), _said(base)
        raise Needs(f"a power with the exponent {top}: is {bottom} positive? declare it, as in x : >0", span)
    return base**exponent


def _said(number: Expr) -> str:
    """A number as the reader knows it: an entry of an array has no letter of theirs."""
    return "an entry" if "~" in str(number) else str(number)


def bounded_power(base: Expr, exponent: Expr, span: Span) -> Expr:
    """base^exponent for a rational exponent. Raises NotUnderstood for one that is meant to harm."""
    bits = (int(base.p).bit_length() + int(base.q).bit_length()) * abs(exponent) if base.is_Rational else 0
    if max(abs(exponent.p), exponent.q) > _LARGEST_EXPONENT or bits > _MOST_BITS:
        raise NotUnderstood(f"a power beyond what is computed; exponents go to {_LARGEST_EXPONENT}", span)
    result = base**exponent
    if any(power.exp.is_Rational and abs(power.exp) > _LARGEST_EXPONENT for power in result.atoms(Pow)):
        raise NotUnderstood(f"a power beyond what is computed; exponents go to {_LARGEST_EXPONENT}", span)
    return result
