"""From expressions of the calculus to the display tree."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from sympy import Abs, Add, Expr, Integer, Mul, Number, NumberSymbol, Pow, Rational, S, Symbol

from gradproof.derivations.calculus import (
    Applied,
    Delta,
    Dim,
    Elementwise,
    Entry,
    Index,
    Largest,
    Limit,
    Partial,
    Selected,
    Sum,
    Tensor,
    exp,
)

from . import tree as t
from .brackets import as_base, as_factor, as_term, dots, is_tall, negate, unmarked
from .functions import approached, called
from .letters import letters_by_size, letters_in_use
from .marks import matches
from .names import letter_of, written
from .numbers import NotDisplayableError, number_tree
from .order import factor_rank, has_exponential, is_negative, negated, stands_before, term_rank
from .tree import Tree


def display(
    expression: Expr,
    changed: Iterable[Expr] = (),
    avoid: Iterable[str] = (),
    letters: Mapping[Dim, tuple[str, ...]] | None = None,
) -> Tree:
    """The display tree of an expression.

    changed  parts that a step changed: the largest parts that are one of them, up to names of bound indices, are marked
    avoid    letters that no sum may take, e.g. those of the statement that a line belongs to
    letters  the letters of bound indices by size (`letters_by_size` of all lines); without it they are chosen for this
             expression alone

    Raises NotDisplayableError for an object that is not of the calculus, UnwritableNameError for a strange name.
    """
    taken = letters_in_use((expression,))
    builder = _Builder(
        changed=tuple(negated(part) if is_negative(part.as_coeff_Mul()[0]) else part for part in changed),
        taken=taken | frozenset(avoid),
        letters=letters_by_size((expression,), avoid) if letters is None else letters,
        euler=all(letter_of(tensor.name) != "e" for tensor in expression.atoms(Tensor)),
        names=MappingProxyType({}),
    )
    return builder.visit(expression)


@dataclass(frozen=True, slots=True)
class _Builder:
    """What is known where a part is written: which letters are in use, and the letters of the bound indices."""

    changed: tuple[Expr, ...]
    taken: frozenset[str]
    letters: Mapping[Dim, tuple[str, ...]]
    euler: bool  # whether the letter e is free for exp
    names: MappingProxyType[Index, str]

    def visit(self, expression: Expr) -> Tree:
        if any(matches(expression, part) for part in self.changed):
            return t.Marked(replace(self, changed=()).plain(expression))
        return self.plain(expression)

    def plain(self, expression: Expr) -> Tree:
        match expression:
            case Number() | NumberSymbol():
                return negate(self.visit(-expression)) if is_negative(expression) else number_tree(expression)
            case Entry():
                return self.entry(expression)
            case Index():
                return self.index(expression)
            case Symbol():
                return written(expression.name)
            case Delta():
                indices = sorted(self.indices(expression.args), key=str)
                return t.Scripts(t.Identifier("δ"), t.Sequence(tuple(indices)))
            case Add():
                return self.terms(expression)
            case Mul():
                return self.product(expression)
            case Pow():
                return self.power(expression)
            case Sum():
                return self.big_sum(expression)
            case Largest():
                return self.maximum(expression)
            case Selected():
                return t.Indicator(t.Relation(self.visit(expression.value), "=", self.maximum(expression)))
            case Abs():
                return called(expression, self.visit(expression.args[0]))
            case Partial():
                return self.partial(expression)
            case Applied() | Elementwise():
                return self.function(expression)
        if isinstance(expression, Limit):
            target = approached(number_tree(expression.target), expression.side)
            return t.LimitOf(self.visit(expression.variable), target, as_term(self.visit(expression.expression)))
        raise NotDisplayableError(f"no display form for {type(expression).__name__}: {expression}")

    # -- names

    def index(self, index: Index) -> Tree:
        return written(self.names.get(index, index.name.replace("~", "k")))

    def indices(self, indices: Iterable[Index]) -> tuple[Tree, ...]:
        return tuple(self.index(index) for index in indices)

    def entry(self, entry: Entry) -> Tree:
        indices = self.indices(entry.indices)
        if letter_of(entry.tensor.name) == "δ" and len(indices) == 2:
            return t.Scripts(t.Identifier("δ"), t.Sequence(indices, ","))  # with a comma: not Kronecker's delta
        return written(entry.tensor.name, indices)

    # -- sums and products

    def terms(self, expression: Add) -> Tree:
        beside = has_exponential(expression.args)
        inside = self.with_parts(expression)
        parts = []
        for term in expression.args:
            coefficient, _ = term.as_coeff_Mul()
            negative = is_negative(coefficient)
            body = as_term(inside.visit(negated(term) if negative else term))
            parts.append((term_rank(term, beside), str(body), t.Term(body, negative)))
        return t.SignedSum(tuple(term for _, _, term in sorted(parts, key=lambda part: part[:2])))

    def with_parts(self, expression: Expr) -> _Builder:
        """Terms or factors that are a changed part together are marked one by one, a changed divisor below the bar."""
        args, found = set(expression.args), list[Expr]()
        for part in self.changed:
            if isinstance(part, Pow) and is_negative(part.exp):
                found.append(1 / part)
            if isinstance(part, type(expression)) and isinstance(part, Add | Mul) and set(part.args) < args:
                found += [arg for arg in part.args if not isinstance(arg, Number)]
        return replace(self, changed=(*self.changed, *found)) if found else self

    def product(self, expression: Mul) -> Tree:
        coefficient, _ = expression.as_coeff_Mul()
        if is_negative(coefficient):
            return negate(self.visit(negated(expression)))
        inside = self.with_parts(expression)
        above: list[Expr] = []
        below: list[Expr] = []
        for factor in Mul.make_args(expression):
            if isinstance(factor, Rational):
                continue
            downward = isinstance(factor, Pow) and is_negative(factor.exp)
            (below if downward else above).append(1 / factor if downward else factor)
        top, bottom = Integer(coefficient.p), Integer(coefficient.q)
        if not below and bottom == 1:
            return inside.row(top, above)
        over = [factor for factor in above if not isinstance(factor, Partial | Delta)] or above
        if not any(part.atoms(Entry) for part in below) and stands_before(top, above):
            over = [factor for factor in above if not factor.atoms(Entry, Delta)]
        beside = [factor for factor in above if factor not in over]  # y_l / p_l ∂p_l/∂z_k: no derivative over a bar
        fraction = t.Fraction(inside.row(top, over), inside.row(bottom, below))
        return t.Product((fraction, *inside.row_factors(beside))) if beside else fraction

    def row(self, coefficient: Expr, factors: Sequence[Expr]) -> Tree:
        parts = self.row_factors(factors)
        if len(factors) == 1:
            parts = [self.visit(factors[0])]
        if coefficient != 1 or not parts:
            parts = [
                t.Number(str(coefficient)),
                *(as_factor(part, last=place == len(parts) - 1) for place, part in enumerate(parts)),
            ]
        return parts[0] if len(parts) == 1 else t.Product(tuple(parts), dots(parts))

    def row_factors(self, factors: Sequence[Expr]) -> list[Tree]:
        ordered = sorted(((factor_rank(f), self.entry_key(f), f) for f in factors), key=lambda part: part[:2])
        last = len(ordered) - 1
        return [as_factor(self.visit(factor), place == last) for place, (_, _, factor) in enumerate(ordered)]

    def entry_key(self, factor: Expr) -> tuple[str, str]:
        base = factor.base if isinstance(factor, Pow) else factor
        if isinstance(base, Entry):
            indices = "".join(self.names.get(index, index.name) for index in base.indices)
            return (indices, f"{letter_of(base.tensor.name)} {base.tensor.name}")
        shown = str(replace(self, changed=()).plain(factor))
        shifted = isinstance(base, Add) and any(isinstance(term, Number) for term in base.args)
        return (f"{not shifted:d}{len(shown):6}", shown)  # 1 − a before a − t, the shorter bracket before the longer

    def power(self, expression: Pow) -> Tree:
        base, exponent = expression.args
        if is_negative(exponent):
            return t.Fraction(t.Number("1"), self.visit(1 / expression))
        if exponent == S.Half:
            return t.Root(self.visit(base))
        return t.Power(as_base(self.visit(base)), replace(self, changed=()).plain(exponent))

    def big_sum(self, expression: Sum) -> Tree:
        inside = self.within(expression.bound)
        bounds = [t.Bound(inside.index(index), written(index.dim.name)) for index in expression.bound]
        return t.BigSum(tuple(bounds), as_term(inside.visit(expression.body)))

    def maximum(self, expression: Largest | Selected) -> Tree:
        inside = self.within(expression.bound)
        body = as_term(inside.visit(expression.body))
        return t.MaximumOf(inside.index(expression.bound[0]), expression.rank, body)

    def within(self, bound: Iterable[Index]) -> _Builder:
        """Where these indices are bound, each with a letter that is not in use."""
        taken, names = set(self.taken), dict(self.names)
        for index in bound:
            names[index] = next(self.spare(index.dim, taken))
            taken.add(names[index])
        return replace(self, taken=frozenset(taken), names=MappingProxyType(names))

    def spare(self, size: Dim, taken: set[str]) -> Iterator[str]:
        """Letters for an index over a size, the best first."""
        numbered = (f"k_{number}" for number in itertools.count(1))
        choices = itertools.chain(self.letters.get(size, ()), size.letters, numbered)
        return (letter for letter in choices if letter not in taken)

    # -- functions and derivatives

    def partial(self, expression: Partial) -> Tree:
        by = replace(self, changed=()).plain(expression.by)
        inner = self.visit(expression.expression)
        if isinstance(expression.expression, Entry):
            return t.PartialDerivative(by, value=inner)
        plain = isinstance(unmarked(inner), t.Fraction)
        return t.PartialDerivative(by, operand=inner if plain else t.Brackets(inner))

    def function(self, expression: Any) -> Tree:
        argument = self.visit(expression.argument)
        if isinstance(expression, exp) and self.euler and not is_tall(argument):
            return t.Power(t.Identifier("e"), argument)
        return called(expression, argument)
