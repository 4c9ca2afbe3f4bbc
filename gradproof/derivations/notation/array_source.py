"""Index expressions as array expressions of NumPy or Torch: broadcasting for products, einsum for sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sympy import Abs, Add, Expr, Mul, Number, NumberSymbol, Pow, Rational

from gradproof.derivations.calculus import (
    Applied,
    Delta,
    Dim,
    Elementwise,
    Entry,
    Index,
    Largest,
    Partial,
    Selected,
    Sum,
    Tensor,
    free_indices,
)

from .derivative_data import derivative_axes, derivative_key
from .order import factor_rank, is_negative, negated
from .source import Binding, Library, NoSourceError, Source, number_source, power, product, quotient, signed_sum

Axes = tuple[Index, ...]


@dataclass(slots=True)
class ArrayWriter:
    """Writes expressions over arrays that have names.

    names   tensors, sizes and derivatives that are data, by the Python name given to them
    like    the name of an array whose number type new Torch arrays take; empty if there is none
    sizes   the sizes that were written, to be defined before
    """

    library: Library
    names: dict[Expr, str]
    like: str
    sizes: dict[Dim, None] = field(default_factory=dict)

    def whole(self, expression: Expr, axes: Axes) -> Source:
        """An array whose axes are exactly these, also where the expression does not depend on one."""
        source = self.at(expression, axes)
        if free_indices(expression) == set(axes):
            return source
        shape = "".join(f"{self.size(index.dim)}, " for index in axes)
        return self.library.call("broadcast_to", self._array(source, expression).text, f"({shape.strip()})")

    def at(self, expression: Expr, axes: Axes) -> Source:
        """An array that broadcasts against these axes. Raises NoSourceError."""
        match expression:
            case Number() | NumberSymbol():
                return number_source(expression)
            case Dim():
                return Source(self.size(expression))
            case Entry():
                return self._entry(self.names[expression.tensor], expression.indices, axes)
            case Partial():
                return self._entry(self.names[derivative_key(expression)], derivative_axes(expression), axes)
            case Delta():
                return self._placed(self._identity(expression.args[0].dim), _ordered(expression, axes), axes)
            case Add():
                return self._terms(expression, axes)
            case Mul():
                return self._factors(expression, axes)
            case Pow():
                return self._power(expression, axes)
            case Sum():
                return self._sum(expression, axes)
            case Largest():
                return self._largest(expression, axes)
            case Selected():
                own = _ordered(expression, axes)
                value, largest = self.at(expression.value, own), self.at(expression.largest, own)
                return self._placed(self.library.equal(value, largest, self.like), own, axes)
            case Elementwise() | Applied() | Abs():
                argument = expression.args[0] if isinstance(expression, Abs) else expression.argument
                return self.library.applied(expression, self._array(self.at(argument, axes), argument))
        raise NoSourceError(f"no source for {type(expression).__name__}: {expression}")

    def size(self, dim: Dim) -> str:
        self.sizes[dim] = None
        return self.names[dim]

    def _entry(self, name: str, indices: Axes, axes: Axes) -> Source:
        source = Source(name)
        if len(set(indices)) < len(indices):  # a diagonal
            letters = _letters(indices)
            kept = tuple(dict.fromkeys(indices))
            pattern = f'"{_word(indices, letters)}->{_word(kept, letters)}"'
            source, indices = self.library.call("einsum", pattern, name), kept
        wanted = tuple(axis for axis in axes if axis in indices)
        if wanted != indices:
            order = tuple(indices.index(axis) for axis in wanted)
            source = self.library.transposed(source, order)
        return self._placed(source, wanted, axes)

    def _placed(self, source: Source, have: Axes, axes: Axes) -> Source:
        """An array with the axes `have`, with axes of length one where `axes` has more behind the first of them."""
        behind = axes[axes.index(have[0]) :] if have else ()
        if len(behind) == len(have):
            return source
        places = ", ".join(":" if axis in have else "None" for axis in behind)
        return Source(f"{source.at(Binding.WHOLE)}[{places}]")

    def _identity(self, dim: Dim) -> Source:
        return self.library.identity(self.size(dim), self.like)

    def _array(self, source: Source, expression: Expr) -> Source:
        """Torch's functions refuse plain numbers."""
        return source if expression.atoms(Entry, Delta) else self.library.as_array(source, self.like)

    def _terms(self, expression: Add, axes: Axes) -> Source:
        terms = sorted(expression.args, key=lambda term: (_negative(term), str(term)))
        return signed_sum(
            (_negative(term), self.at(negated(term) if _negative(term) else term, axes)) for term in terms
        )

    def _factors(self, expression: Mul, axes: Axes) -> Source:
        if _negative(expression):
            return signed_sum([(True, self.at(negated(expression), axes))])
        coefficient, _ = expression.as_coeff_Mul()
        above: list[Source] = []
        below: list[Source] = []
        for factor in sorted(Mul.make_args(expression), key=lambda factor: (factor_rank(factor), str(factor))):
            if isinstance(factor, Rational):
                continue
            down = isinstance(factor, Pow) and is_negative(factor.exp)
            (below if down else above).append(self.at(1 / factor if down else factor, axes))
        if coefficient.p != 1 or not above:
            above.insert(0, Source(str(coefficient.p)))
        if coefficient.q != 1:
            below.insert(0, Source(str(coefficient.q)))
        return quotient(product(above), product(below)) if below else product(above)

    def _power(self, expression: Pow, axes: Axes) -> Source:
        if is_negative(expression.exp):
            return quotient(Source("1"), self.at(1 / expression, axes))
        if not isinstance(expression.exp, Rational):
            return power(self.at(expression.base, axes), self.at(expression.exp, axes))
        return power(self.at(expression.base, axes), expression.exp)

    def _sum(self, expression: Sum, axes: Axes) -> Source:
        body, bound = expression.open()
        kept = _ordered(expression, axes)
        factors = [factor for factor in Mul.make_args(body) if free_indices(factor)]
        factors.sort(key=lambda factor: (factor_rank(factor), str(factor)))
        own = [_natural_axes(factor, (*kept, *bound)) for factor in factors]
        if len(own) == 1 and tuple(index for index in own[0] if index in kept) != kept:
            own = [_ordered(factors[0], (*kept, *bound))]
        arrays = [self.at(factor, mine).text for factor, mine in zip(factors, own, strict=True)]
        if len(arrays) == 1:
            places = [str(own[0].index(index)) for index in bound]
            where = () if not kept else (places[0] if len(places) == 1 else f"({', '.join(places)})",)
            source = self.library.call("sum", arrays[0], *(f"{self.library.axis_word}={place}" for place in where))
        else:
            letters = _letters((*kept, *bound))
            pattern = f"{','.join(_word(mine, letters) for mine in own)}->{_word(kept, letters)}"
            source = self.library.call("einsum", f'"{pattern}"', *arrays)
        return self._placed(source, kept, axes)

    def _largest(self, expression: Largest, axes: Axes) -> Source:
        body, bound = expression.open()
        kept = _ordered(expression, axes)
        own = _natural_axes(body, (*kept, *bound))
        if tuple(index for index in own if index in kept) != kept:
            own = (*kept, *bound)
        array = self._array(self.at(body, own), body)
        return self._placed(self.library.largest(array, own.index(bound[0]), len(own), expression.rank), kept, axes)


def inputs_of(expression: Expr) -> Iterable[Expr]:
    """The tensors, derivatives that are data, and opaque functions of an expression, definitions not looked into."""
    if isinstance(expression, Partial):
        yield expression
        return
    if isinstance(expression, Entry):
        yield expression.tensor
        return
    if isinstance(expression, Applied):
        yield expression
    for part in expression.args:
        if not isinstance(part, Tensor | Index):
            yield from inputs_of(part)


def _negative(term: Expr) -> bool:
    return is_negative(term.as_coeff_Mul()[0])


def _ordered(expression: Expr, axes: Axes) -> Axes:
    free = free_indices(expression)
    return tuple(axis for axis in axes if axis in free)


def _natural_axes(factor: Expr, axes: Axes) -> Axes:
    """The axes in which a factor goes into einsum: a tensor as it is, anything else in the order of the result."""
    plain = isinstance(factor, Entry) and len(set(factor.indices)) == len(factor.indices)
    return tuple(factor.indices) if plain else _ordered(factor, axes)


def _letters(indices: Axes) -> dict[Index, str]:
    """A letter for each index, its own name where that is one letter and free."""
    letters: dict[Index, str] = {}
    spare = iter("klmpqrstuvwxyzabcdefgh")
    for index in indices:
        own = index.name if len(index.name) == 1 and index.name.isascii() and index.name.isalpha() else ""
        if own and own not in letters.values():
            letters[index] = own
    for index in indices:
        if index not in letters:
            letters[index] = next(letter for letter in spare if letter not in letters.values())
    return letters


def _word(indices: Axes, letters: dict[Index, str]) -> str:
    return "".join(letters[index] for index in indices)
