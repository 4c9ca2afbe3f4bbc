"""What a slip is: a named mistake that turns an expression into the wrong ones that it leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sympy import Expr, S

from gradproof.derivations.calculus import Binder, Delta, Entry, Index, Limit, Partial, Sum, Tensor, Text, free_indices


@dataclass(frozen=True, slots=True)
class Scope:
    """What can be used at a place: the free indices of the line and those bound by sums around the place.

    tensors   those of the question that the line itself does not name
    """

    indices: tuple[Index, ...] = ()
    tensors: tuple[Tensor, ...] = ()

    def within(self, *bound: Index) -> Scope:
        return Scope((*self.indices, *bound), self.tensors)

    def of_sort(self, index: Index) -> tuple[Index, ...]:
        """The other indices that run over the same size."""
        return tuple(other for other in self.indices if other.dim == index.dim and other != index)


#: Turns an expression, or a part of one, into wrong ones; may give back the right one, which is then left out.
Mistake = Callable[[Expr, Scope], Iterator[Expr]]


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake that people make: its name, what a reader is told, and what becomes of an expression.

    `text` says what is wrong. `hints` are for a person who wants to find it alone, each saying more than the one
    before: a nudge, where to look, and the text. `mistakes` gives the wrong expressions, the same ones in the same
    order each time.
    """

    name: str
    text: Text
    apply: Mistake
    nudge: Text
    where: Text

    @property
    def hints(self) -> tuple[Text, Text, Text]:
        return self.nudge, self.where, self.text

    def mistakes(
        self, expression: Expr, indices: tuple[Index, ...] = (), tensors: tuple[Tensor, ...] = ()
    ) -> Iterator[Expr]:
        """Different wrong expressions, none of them equal (==) to the right one, none a division by 0.

        indices    the free indices of the line, where the expression may lack some of them
        tensors    those that may be taken for the ones of the expression, though it lacks them
        """
        seen = {expression}
        for wrong in self.apply(expression, scope_of(expression, indices, tensors)):
            if wrong not in seen and not wrong.has(S.ComplexInfinity, S.NaN):
                seen.add(wrong)
                yield wrong


def scope_of(expression: Expr, indices: tuple[Index, ...] = (), tensors: tuple[Tensor, ...] = ()) -> Scope:
    """The free indices of a line, by name, and further tensors."""
    free = free_indices(expression) | frozenset(indices)
    return Scope(tuple(sorted(free, key=lambda index: (str(index.name), str(index.dim.name)))), tensors)


def everywhere(mistake: Mistake, *beside: type[Expr]) -> Mistake:
    """The same mistake made at one place of an expression: every place in turn, outermost first.

    beside    kinds of parts that are not entered
    """

    def apply(expression: Expr, scope: Scope) -> Iterator[Expr]:
        yield from mistake(expression, scope)
        if isinstance(expression, (Entry, Delta, *beside)) or not expression.args:
            return
        if isinstance(expression, Binder):
            body, bound = opened(expression, scope)
            for wrong in apply(body, scope.within(*bound)):
                if isinstance(expression, Sum) or set(bound) <= free_indices(wrong):  # a largest of one value is none
                    yield expression.closed(wrong, bound)
        elif isinstance(expression, Partial):
            for wrong in apply(expression.expression, scope):
                yield Partial(wrong, expression.by)
        elif isinstance(expression, Limit):
            for wrong in apply(expression.expression, scope):
                yield expression.of(wrong)
        else:
            for place, part in enumerate(expression.args):
                for wrong in apply(part, scope):
                    yield expression.func(*expression.args[:place], wrong, *expression.args[place + 1 :])

    return apply


def opened(total: Binder, scope: Scope) -> tuple[Expr, list[Index]]:
    """The body of a sum (or maximum), with names that depend on the place alone: `open` counts on, and names sort."""
    bound = [Index(f"?{len(scope.indices) + place}", index.dim) for place, index in enumerate(total.bound)]
    return total.body.xreplace(dict(zip(total.bound, bound, strict=True))), bound
