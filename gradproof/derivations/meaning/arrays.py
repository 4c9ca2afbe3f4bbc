"""Sums and products of arrays: what fits, along which axis, and what must be asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sympy import Add, Expr, Mul

from gradproof.derivations.calculus import Index, Sum, fresh
from gradproof.derivations.notation.reading import Span

from .layouts import Layout, as_array, composed
from .problems import Needs, NotUnderstood, ShapeClash
from .sorts import Sorts
from .values import Meaning, Rows, Value

#: Signs of a product that is taken entry by entry.
ELEMENTWISE = frozenset({"⊙", "∘"})


class Arrays:
    """The algebra of values; sizes that are not yet known are found out on the way."""

    def __init__(self, sorts: Sorts, layout: Layout, elementwise: bool = False) -> None:
        self.sorts = sorts
        self.layout = layout
        self.elementwise = elementwise

    def array(self, value: Value) -> Value:
        """A derivative as an ordinary array, in the layout."""
        return as_array(value, self.layout)

    def same(self, first: Index, second: Index, span: Span) -> None:
        """Two indices run over one size."""
        if first.dim != second.dim:
            self.sorts.unify(self.sorts.sort_of(first.dim), self.sorts.sort_of(second.dim), span)

    def fit(self, first: Index, second: Index, otherwise: str, span: Span) -> None:
        """Two axes have one size from here on. Raises ShapeClash with these words where they cannot."""
        try:
            self.same(first, second, span)
        except ShapeClash as clash:
            raise ShapeClash(otherwise, span) from clash

    def aligned(self, first: Value, second: Value, span: Span) -> tuple[Expr, Expr, Value]:
        """Both entries on the axes of the one with more axes, and a value that has these axes. Raises ShapeClash."""
        if first.map and second.map and (first.map.by, first.map.outputs) == (second.map.by, second.map.outputs):
            second = self._onto(second, first, span)
            return first.expression, second.expression, first
        first, second = self.array(first), self.array(second)
        if not first.rank or not second.rank:
            return first.expression, second.expression, first if first.rank else second
        if first.rank == second.rank:
            if first.rank == 1 and first.row != second.row and None not in (first.row, second.row):
                raise ShapeClash(
                    f"a row ({first.shape()}) meets a column ({second.shape()}); a transpose may be missing", span
                )
            model = replace(first, row=second.row) if first.row is None else first
            return first.expression, self._onto(second, first, span).expression, model
        small, large = (first, second) if first.rank < second.rank else (second, first)
        if small.rank != 1:
            raise ShapeClash(f"{first.shape()} meets {second.shape()}; these operations take arrays of one shape", span)
        place = self._place(small, large, span)
        spread = small.on((large.axes[place],))
        parts = (spread.expression, large.expression)
        return (*(parts if small is first else parts[::-1]), large)

    def _onto(self, value: Value, model: Value, span: Span) -> Value:
        for one, other in zip(model.axes, value.axes, strict=True):
            self.fit(
                one, other, f"{model.shape()} meets {value.shape()}; these operations take arrays of one shape", span
            )
        return value.on(model.axes)

    def _place(self, small: Value, large: Value, span: Span) -> int:
        """Which axis of a matrix a vector lies along: a row along the last, else the only one of its size."""
        if small.row:
            self.same(small.axes[0], large.axes[-1], span)
            return large.rank - 1
        fitting = [place for place, axis in enumerate(large.axes) if axis.dim == small.axes[0].dim]
        if len(fitting) == 1:
            return fitting[0]
        raise Needs(f"along which axis of {large.shape()} does {small.shape()} lie? declare the vector as a row", span)

    def combined(self, first: Meaning, second: Meaning, how: Callable[[Expr, Expr], Expr], span: Span) -> Meaning:
        """Entry by entry."""
        if isinstance(first, Rows) or isinstance(second, Rows):
            return self._rows(first, second, how, span)
        one, other, model = self.aligned(first, second, span)
        kept = model.map if first.map == second.map else None
        return replace(model, expression=how(one, other), map=kept, span=span)

    def _rows(self, first: Meaning, second: Meaning, how: Callable[[Expr, Expr], Expr], span: Span) -> Meaning:
        def scalars(one: Value, other: Value) -> Value:
            found = self.combined(one, other, how, span)
            assert isinstance(found, Value)
            return found

        if isinstance(first, Rows) and isinstance(second, Rows):
            if first.size != second.size:
                sizes = [f"{rows} × {columns}" for rows, columns in (first.size, second.size)]
                raise ShapeClash(
                    f"a matrix of {sizes[0]} meets one of {sizes[1]}; these operations take matrices of one size", span
                )
            pairs = zip(first.rows, second.rows, strict=True)
            return Rows(tuple(tuple(map(scalars, one, other)) for one, other in pairs), span)
        if isinstance(first, Rows):
            assert isinstance(second, Value)
            return first.each(lambda entry: scalars(entry, second))
        assert isinstance(second, Rows)
        return second.each(lambda entry: scalars(first, entry))

    def add(self, first: Meaning, second: Meaning, span: Span) -> Meaning:
        return self.combined(first, second, Add, span)

    def subtract(self, first: Meaning, second: Meaning, span: Span) -> Meaning:
        return self.combined(first, second, lambda one, other: one - other, span)

    def negative(self, value: Meaning) -> Meaning:
        if isinstance(value, Rows):
            return value.each(lambda entry: replace(entry, expression=-entry.expression))
        return replace(value, expression=-value.expression)

    def multiply(self, first: Meaning, second: Meaning, sign: str, span: Span) -> Meaning:
        """The product that a sign means between two values: "" side by side, "·", "×", "*", "⊙" or "∘"."""
        if sign in ELEMENTWISE or (sign == "*" and _both_arrays(first, second)):
            return self.combined(first, second, Mul, span)
        if isinstance(first, Rows) or isinstance(second, Rows):
            return self._times_rows(first, second, span)
        if first.map and second.map and (found := composed(first, second)) is not None:
            return found
        if not first.rank or not second.rank:
            model = first if first.rank else second
            return replace(model, expression=first.expression * second.expression, span=span)
        first, second = self.array(first), self.array(second)
        if not self.elementwise:
            return self.contracted(first, second, sign, span)
        try:
            return self.contracted(first, second, sign, span)
        except (ShapeClash, Needs):
            return self.combined(first, second, Mul, span)

    def _times_rows(self, first: Meaning, second: Meaning, span: Span) -> Meaning:
        if isinstance(first, Rows) and isinstance(second, Rows):
            return self._row_by_column(first, second, span)
        scalar = next((part for part in (first, second) if isinstance(part, Value)), None)
        if scalar is None or scalar.rank:
            raise NotUnderstood(
                "a product of a matrix that is written out and an array; give the matrix a name, or write the entries",
                span,
            )
        return self.combined(first, second, Mul, span)

    def _row_by_column(self, first: Rows, second: Rows, span: Span) -> Meaning:
        """The product of two matrices that are written out; a row times a column is a number."""
        if first.size[1] != second.size[0]:
            sizes = [f"{rows} × {columns}" for rows, columns in (first.size, second.size)]
            raise ShapeClash(
                f"a matrix of {sizes[0]} times one of {sizes[1]} do not fit; a transpose may be missing", span
            )

        def entry(row: tuple[Value, ...], column: tuple[Value, ...]) -> Value:
            return Value(Add(*(one.expression * other.expression for one, other in zip(row, column, strict=True))))

        columns = second.transposed().rows
        rows = tuple(tuple(entry(row, column) for column in columns) for row in first.rows)
        return rows[0][0] if first.size[0] == second.size[1] == 1 else Rows(rows, span)

    def contracted(self, first: Value, second: Value, sign: str, span: Span) -> Value:
        """The matrix product. Raises ShapeClash where rows and columns do not fit, Needs where two columns meet."""
        shapes = f"{first.shape()} times {second.shape()}"
        match first.rank, second.rank:
            case 1, 1:
                return self._vectors(first, second, sign, span)
            case 1, 2 if first.row is False:
                raise ShapeClash(f"{shapes} do not fit; a transpose may be missing", span)
            case 2, 1 if second.row:
                raise ShapeClash(f"{shapes} do not fit; a transpose may be missing", span)
            case ((1 | 2), (1 | 2)):
                pass
            case _:
                raise NotUnderstood(
                    f"{shapes}: a product of arrays with more than two axes; write it with indices and a sum", span
                )
        second = second.anew()
        self.fit(first.axes[-1], second.axes[0], f"{shapes} do not fit; a transpose may be missing", span)
        bound = fresh(first.axes[-1])
        one = first.expression.xreplace({first.axes[-1]: bound})
        other = second.expression.xreplace({second.axes[0]: bound})
        axes = (*first.axes[:-1], *second.axes[1:])
        return Value(Sum(one * other, bound), axes, row=first.rank == 1, span=span)

    def _vectors(self, first: Value, second: Value, sign: str, span: Span) -> Value:
        second = second.anew()
        if first.row is None and second.row is False:
            first = replace(first, row=True)
        if first.row is False and second.row:  # x yᵀ
            return Value(first.expression * second.expression, (*first.axes, *second.axes), span=span)
        if first.row and second.row:
            raise ShapeClash(f"{first.shape()} times {second.shape()} do not fit; a transpose may be missing", span)
        if not first.row and sign != "·":
            raise Needs(
                "two columns side by side: is it x^T y, x y^T or the product of entries (\\odot)? write which one", span
            )
        self.fit(first.axes[0], second.axes[0], f"{first.shape()} times {second.shape()}; are both of one size?", span)
        other = second.on(first.axes)
        bound = fresh(first.axes[0])
        product = (first.expression * other.expression).xreplace({first.axes[0]: bound})
        return Value(Sum(product, bound), span=span)

    def inner(self, first: Value, second: Value, span: Span) -> Value:
        """⟨a, b⟩ of two arrays of one shape: the sum of the products of their entries."""
        if not first.rank or first.rank != second.rank:
            raise NotUnderstood(f"⟨…⟩ of {first.shape()} and {second.shape()}; it takes two arrays of one shape", span)
        one, other, model = self.aligned(replace(first, row=False), replace(second, row=False), span)
        return Value(self.total(replace(model, expression=one * other, map=None)), span=span)

    def divide(self, first: Meaning, second: Meaning, span: Span) -> Meaning:
        """By a scalar, or entry by entry where both have one shape."""
        return self.combined(first, second, lambda one, other: one / other, span)

    def total(self, value: Value) -> Expr:
        """The sum of all entries."""
        bound = tuple(fresh(axis) for axis in value.axes)
        return Sum(value.on(bound).expression, *bound) if bound else value.expression


def _both_arrays(first: Meaning, second: Meaning) -> bool:
    return all(isinstance(part, Rows) or part.rank for part in (first, second))
