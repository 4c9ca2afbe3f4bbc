"""From the neutral tree to values: one method for each kind of node.

The translation raises a `Problem` where something is not declared, does not fit or is not understood; it never guesses
in a way that could make a true line false.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Expr, Rational

from gradproof.derivations.calculus import sqrt
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Node

from . import calls, conditions, derivatives, doubtful, inverses, limits, named, names, norms, operators
from .context import Context
from .powers import power
from .problems import NotUnderstood, described
from .references import Reference, is_name, spelled
from .values import Meaning, Rows, Value


class Translator:
    """Translates the members of one statement in one context."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def meaning(self, node: Node) -> Meaning:
        """The value of a node. Raises Problem."""
        match node:
            case s.Number(text=text):
                return Value(Rational(text), span=node.span)
            case s.Name() | s.Scripts() if is_name(node):
                return names.name(self, node)
            case s.Scripts():
                return self._with_scripts(node)
            case s.Group(bracket=("⌊" | "⌈" | "⟨") as bracket, body=body) if not isinstance(body, s.Listing):
                raise NotUnderstood(f"the bracket {bracket} is not understood; write what it stands for", node.span)
            case s.Group(body=body) if not isinstance(body, (s.Listing, s.Chain)):
                return self.meaning(body)
            case s.Group(bracket="⟨", body=s.Listing(items=(first, second), separators=(",",))):
                return self.context.arrays.inner(self.value(first), self.value(second), node.span)
            case s.Sum():
                return self._sum(node)
            case s.Product():
                return self._product(node)
            case s.Fraction(numerator=numerator, denominator=denominator):
                return self.context.arrays.divide(self.meaning(numerator), self.array(denominator), node.span)
            case s.Root():
                return self._root(node)
            case s.Attached():
                return calls.attached(self, node)
            case s.Apply():
                return named.applied(self, node)
            case s.Derivative():
                return derivatives.derivative(self, node)
            case s.Nabla():
                return derivatives.nabla(self, node)
            case s.BigOperator():
                return operators.operator(self, node)
            case s.Bars():
                return norms.bars(self, node)
            case s.Indicator(condition=condition):
                return Value(conditions.truth(self, condition), span=node.span)
            case s.Cases():
                return operators.cases(self, node)
            case s.Array():
                return self._array(node)
            case s.Decorated(kind=kind, body=body) if kind != "bar":
                return self.meaning(body)
        raise NotUnderstood(f"{described(node)} is not understood here; can it be written as a formula?", node.span)

    def array(self, node: Node) -> Meaning:
        """The value of a node, a derivative as an array in the layout."""
        found = self.meaning(node)
        return self.context.arrays.array(found) if isinstance(found, Value) else found

    def value(self, node: Node) -> Value:
        """The value of a node that is no matrix written out."""
        found = self.array(node)
        if isinstance(found, Rows):
            raise NotUnderstood(
                "a matrix that is written out stands where a quantity is expected; give it a name", node.span
            )
        return found

    def scalar(self, node: Node) -> Expr:
        """The number that a node is."""
        found = self.value(node)
        if found.rank:
            raise NotUnderstood(
                f"an array ({found.shape()}) stands where a number is expected; is an index missing?", node.span
            )
        return found.expression

    def elementwise(self, meaning: Meaning, function: Callable[[Expr], Expr]) -> Meaning:
        if isinstance(meaning, Rows):
            return meaning.each(lambda entry: entry.each(function))
        return self.context.arrays.array(meaning).each(function)

    # Sums and products

    def _sum(self, node: s.Sum) -> Meaning:
        arrays = self.context.arrays
        node = limits.widened(self.context, node)
        found: Meaning | None = None
        for sign, term in zip(node.signs, node.terms, strict=True):
            if sign not in "+-":
                raise NotUnderstood(f"the sign {sign} is not understood; write one line for + and one for -", node.span)
            value = self.meaning(term)
            if found is None:
                found = arrays.negative(value) if sign == "-" else value
            elif sign == "-":
                found = arrays.subtract(found, value, node.span)
            else:
                found = arrays.add(found, value, node.span)
        assert found is not None
        return found

    def _product(self, node: s.Product) -> Meaning:
        """Factors from the left; a slash divides by the one factor behind it."""
        arrays = self.context.arrays
        signs = node.signs
        for place, sign in enumerate(signs[:-1]):
            if sign == "/" and signs[place + 1] == "":
                raise NotUnderstood("what is divided by is not clear here; write \\frac or brackets", node.span)
        for place, factor in enumerate(node.factors):
            wide = isinstance(factor, s.Nabla) and derivatives.widened(self, factor, node, place)
            if wide:
                return self._product(wide) if isinstance(wide, s.Product) else self.meaning(wide)
        plain = doubtful.without_points(self.context, node)
        if plain is not node:
            return self.meaning(plain)
        shorter = inverses.cancelled(self, node)
        if shorter is not None:
            return shorter if isinstance(shorter, Value) else self.meaning(shorter)
        found = self.meaning(node.factors[0])
        doubtful.in_product(self, node)
        for sign, factor in zip(signs, node.factors[1:], strict=True):
            if sign in ("/", "⊘"):
                found = arrays.divide(found, self.array(factor), node.span)
            elif sign == "⊗":
                raise NotUnderstood("the sign ⊗ is not understood; write x y^T, or the entries x_i y_j", node.span)
            else:
                other = self.meaning(factor)
                doubtful.star(self, found, sign, other)
                found = arrays.multiply(found, other, sign, node.span)
        return found

    def _root(self, node: s.Root) -> Meaning:
        if node.degree is None:
            return self.elementwise(self.meaning(node.body), sqrt)
        degree = self.scalar(node.degree)
        return self.elementwise(self.meaning(node.body), lambda entry: power(entry, 1 / degree, node.span))

    def _array(self, node: s.Array) -> Meaning:
        if node.bracket == "‖":
            raise NotUnderstood("a norm of a matrix that is written out; give the matrix a name", node.span)
        rows = []
        for row in node.rows:
            entries = [self.value(entry) for entry in row]
            if any(entry.rank for entry in entries):
                raise NotUnderstood("a matrix of blocks is not understood; write a line for each block", node.span)
            rows.append(tuple(entries))
        if len({len(row) for row in rows}) != 1:
            raise NotUnderstood("the rows of this matrix have different lengths; is an & missing?", node.span)
        found = Rows(tuple(rows), node.span)
        return named.determinant(found, node.span) if node.bracket == "|" else found

    # Scripts at something that is no name

    def _with_scripts(self, node: s.Scripts) -> Meaning:
        if isinstance(node.base, s.Bars):
            return norms.scripted_bars(self, node, node.base)
        if isinstance(node.base, s.Attached):
            return calls.attached(self, node.base, node)
        return self.scripted(self.meaning(node.base), node)

    def scripted(self, value: Meaning, node: s.Scripts) -> Meaning:
        """A value with the scripts of a node."""
        if node.primes:
            value = derivatives.primed(self, value, node.primes, node.span)
        if node.lower is not None:
            value = self._component(value, node.lower, node.span)
        return value if node.upper is None else self.raised(value, node.upper, node.span)

    def _component(self, value: Meaning, lower: Node, span: Span) -> Meaning:
        """[Ax]_i: the entry at indices."""
        from .references import letters_of

        letters = [spelled(part) for part in letters_of(lower)]
        if not all(letter and self.context.is_index(letter) for letter in letters):
            raise NotUnderstood(
                f"the subscript {spelled(lower) or 'here'} is no index; indices are letters such as i, j, k", span
            )
        return names.indexed(self.context, value, Reference("this", indices=tuple(letters), span=span))

    def with_scripts(self, value: Meaning, reference: Reference) -> Meaning:
        """The value with the power and the transpose of its reference."""
        if reference.transposed:
            value = self._transposed(value)
        if reference.inverse:
            value = self._inverse(value, reference.span)
        return value if reference.power is None else self.raised(value, reference.power, reference.span)

    def _multiplied(self, value: Value, times: int, span: Span) -> Meaning:
        """The power of a square matrix."""
        self.context.assumed["a power of a matrix is read as a product of matrices"] = ""
        found: Meaning = value
        for _ in range(times - 1):
            found = self.context.arrays.multiply(found, value, "", span)
        return found

    def _transposed(self, value: Meaning) -> Meaning:
        if isinstance(value, Value) and not value.rank:
            self.context.as_numbers(value.expression)
        return value.transposed() if isinstance(value, Rows) else self.context.arrays.array(value).transposed()

    def _inverse(self, value: Meaning, span: Span) -> Meaning:
        if isinstance(value, Rows):
            raise NotUnderstood(
                "the inverse of a matrix that is written out; give the matrix a name, A, and write A^{-1}", span
            )
        if value.rank:
            return inverses.inverse(self, self.context.arrays.array(value), span)
        return value.each(lambda entry: 1 / entry)

    def raised(self, value: Meaning, upper: Node, span: Span) -> Meaning:
        """A power, a transpose, or both."""
        text = spelled(upper)
        if isinstance(upper, s.Name) and text in ("T", "⊤", "⊺"):
            return self._transposed(value)
        if text == "-1":
            return self._inverse(value, span)
        if text in ("-T", "-⊤", "-⊺"):
            return self._transposed(self._inverse(value, span))
        if isinstance(upper, s.Decorated) and upper.kind == "entrywise":
            exponent = self.scalar(upper.body)
            return self.elementwise(value, lambda entry: power(entry, exponent, span))
        if isinstance(value, Value) and value.rank == 2:
            if text in ("2", "3", "4") and value.axes[0].dim == value.axes[1].dim:
                return self._multiplied(value, int(text), span)
            raise NotUnderstood("a power of a matrix: of the matrix, or of its entries? write the product", span)
        exponent = self.scalar(upper)
        return self.elementwise(value, lambda entry: power(entry, exponent, span))
