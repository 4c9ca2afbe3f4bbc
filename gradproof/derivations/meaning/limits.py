"""Limits in a number: carried out where the function is rational in it, else left to whoever decides the claim."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sympy import Add, Expr, Mul, Pow, Rational, S, Symbol, cancel, fraction, together

from gradproof.derivations.calculus import (
    Entry,
    Limit,
)
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Name, Node, Number, Scripts

from .context import Context
from .dependence import reached
from .problems import NotUnderstood
from .values import Value

if TYPE_CHECKING:
    from .translate import Translator


def limit(translator: Translator, node: s.BigOperator) -> Value:
    match node.lower:
        case s.Chain(members=(variable, target), signs=("→",)) if variable is not None and target is not None:
            entry = translator.scalar(variable)
            if not isinstance(entry, Entry):
                raise NotUnderstood("a limit is taken in a number; write \\lim_{h \\to 0}, with h a number", node.span)
            body = translator.value(node.body)
            if body.rank:
                raise NotUnderstood("the limit of an array; write it for one entry, with its indices", node.span)
            place, side = _target(target)
            found = _carried_out(translator, body.expression, entry, place)
            if found is None:
                found = _inert(body.expression, entry, place, side, node.span)
            return Value(found, span=node.span)
    raise NotUnderstood("a limit says what goes where; write \\lim_{h \\to 0}", node.span)


def widened(context: Context, node: s.Sum) -> s.Sum:
    """lim_{h→0} a + b h as the limit of all of it, where a later term has the h that nothing else declares."""
    for place, term in enumerate(node.terms[:-1]):
        match term:
            case s.BigOperator(kind="lim", lower=s.Chain(members=(Name(text=name) as variable, _), signs=("→",))):
                later = node.terms[place + 1 :]
                if context.glossary.knows(name, "") or not any(
                    part == variable for inner in later for part in s.walk(inner)
                ):
                    return node
                body = s.Sum((term.body, *later), ("+", *node.signs[place + 1 :]), span=node.span)
                whole = replace(term, body=body, span=node.span)
                return s.Sum((*node.terms[:place], whole), node.signs[: place + 1], span=node.span)
    return node


def _target(node: Node) -> tuple[Expr, int]:
    """Where the variable goes, and from which side: 1 from the right, −1 from the left, 0 from both."""
    match node:
        case Scripts(base=base, lower=None, upper=Name(text=("+" | "-") as sign), primes=0):
            return _target(base)[0], 1 if sign == "+" else -1
        case Name(text="∞"):
            return S.Infinity, 0
        case s.Sum(terms=(Name(text="∞"),), signs=(sign,)):
            return (S.NegativeInfinity if sign == "-" else S.Infinity), 0
        case Number(text=text):
            return Rational(text), 0
    raise NotUnderstood("a limit at something that is no number; it goes to a number, to 0^+ or to \\infty", node.span)


def _inert(expression: Expr, variable: Entry, target: Expr, side: int, span: Span) -> Expr:
    try:
        return Limit(expression, variable, target, side)
    except (TypeError, ValueError) as problem:
        raise NotUnderstood(str(problem), span) from problem


def _carried_out(translator: Translator, expression: Expr, variable: Entry, target: Expr) -> Expr | None:
    """The limit at a number of what is rational in the variable: the value there of its lowest terms.

    None for everything else, and where the lowest terms have no value there.
    """
    if not target.is_finite:
        return None
    symbol, kept = Symbol("~h"), dict[Expr, Symbol]()

    def plain(part: Expr) -> Expr | None:
        if part == variable:
            return symbol
        if part.is_Rational:
            return part
        if isinstance(part, Add | Mul) or (isinstance(part, Pow) and part.exp.is_Integer):
            parts = [plain(inner) for inner in part.args]
            return None if any(inner is None for inner in parts) else part.func(*parts)
        if reached(translator, part, variable.tensor):
            return None
        return kept.setdefault(part, Symbol(f"~{len(kept)}"))

    rational = plain(expression)
    if rational is None:
        return None
    top, bottom = fraction(cancel(together(rational)))
    below = bottom.xreplace({symbol: target})
    if below.expand() == 0:
        return None
    return (top.xreplace({symbol: target}) / below).xreplace({name: part for part, name in kept.items()})
