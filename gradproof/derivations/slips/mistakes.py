"""How each mistake changes an expression. The table says what they are called.

Each function is given one part of an expression and yields what the mistake makes of it, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from sympy import Add, Expr, Mul, Pow, Rational, S

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
    erf,
    exp,
    expm1,
    log,
    log1p,
    relu,
    sigmoid,
    sign,
    softplus,
    step,
    tanh,
    xlogx,
)

from .slip import Mistake, Scope, opened

#: A relative error that a loose tolerance would let pass.
TINY = Rational(1, 10**6)


def times(number: Expr) -> Mistake:
    """The whole multiplied by a number."""

    def apply(whole: Expr, scope: Scope) -> Iterator[Expr]:
        yield number * whole

    return apply


def plus(number: Expr) -> Mistake:
    """The whole with a number added; the only one that tells when the whole is 0."""

    def apply(whole: Expr, scope: Scope) -> Iterator[Expr]:
        yield whole + number

    return apply


def sign_of_term(part: Expr, scope: Scope) -> Iterator[Expr]:
    """a + b becomes −a + b and a − b."""
    if isinstance(part, Add):
        for place, term in enumerate(part.args):
            yield Add(*part.args[:place], -term, *part.args[place + 1 :])


def term_dropped(part: Expr, scope: Scope) -> Iterator[Expr]:
    if isinstance(part, Add):
        for place in range(len(part.args)):
            yield Add(*part.args[:place], *part.args[place + 1 :])


def factor_dropped(part: Expr, scope: Scope) -> Iterator[Expr]:
    """A factor that is no number and no size: for those there are slips of their own."""
    if isinstance(part, Mul):
        for place, factor in enumerate(part.args):
            if not factor.is_Number and not isinstance(factor.as_base_exp()[0], Dim):
                yield Mul(*part.args[:place], *part.args[place + 1 :])


def number_dropped(part: Expr, scope: Scope) -> Iterator[Expr]:
    """2x becomes x: the exponent does not come down. x/2 becomes x."""
    coefficient, rest = part.as_coeff_Mul()
    if isinstance(part, Mul) and coefficient not in (S.One, S.NegativeOne):
        yield rest if coefficient.is_positive else -rest


def power_dropped(part: Expr, scope: Scope) -> Iterator[Expr]:
    """x² becomes x, 1/x² becomes 1/x, and the square root is forgotten."""
    if isinstance(part, Pow) and abs(part.exp) != 1:
        yield part.base if part.exp.is_positive else 1 / part.base


def upside_down(part: Expr, scope: Scope) -> Iterator[Expr]:
    """a/b becomes a b."""
    if isinstance(part, Pow) and part.exp.is_negative and not isinstance(part.base, Dim):
        yield 1 / part


def function_dropped(*kinds: type[Elementwise]) -> Mistake:
    """f(x) becomes x."""

    def apply(part: Expr, scope: Scope) -> Iterator[Expr]:
        if isinstance(part, kinds):
            yield part.argument

    return apply


#: What is taken for what.
_CONFUSED: dict[type[Elementwise], Callable[[Expr], Expr]] = {
    sigmoid:  tanh,
    tanh:     sigmoid,
    softplus: relu,
    relu:     softplus,
    step:     relu,
    log:      exp,
    exp:      log,
    log1p:    log,
    expm1:    exp,
    erf:      tanh,
    sign:     step,
}  # fmt: skip


def function_confused(part: Expr, scope: Scope) -> Iterator[Expr]:
    wrong = _CONFUSED.get(type(part))
    if wrong is not None:
        yield wrong(part.argument)


def prime_dropped(part: Expr, scope: Scope) -> Iterator[Expr]:
    """φ′ becomes φ."""
    if isinstance(part, Applied) and part.order > 0:
        yield Applied(part.args[0], part.args[1] - 1, part.argument)


def argument_negated(part: Expr, scope: Scope) -> Iterator[Expr]:
    """Not that of a logarithm, which would have no value."""
    if isinstance(part, (Elementwise, Applied)) and not isinstance(part, (log, log1p, xlogx)):
        yield part.func(*part.args[:-1], -part.args[-1])


def indices_swapped(whole: Expr, scope: Scope) -> Iterator[Expr]:
    """Two free indices of one size are exchanged: the transposed result."""
    for first, second in combinations(scope.indices, 2):
        if first.dim == second.dim:
            yield whole.xreplace({first: second, second: first})


def wrong_index(part: Expr, scope: Scope) -> Iterator[Expr]:
    """An entry with one index taken for another one of the same size: p_i for p_j."""
    if isinstance(part, Entry):
        for place, index in enumerate(part.indices):
            for other in scope.of_sort(index):
                yield Entry(part.tensor, *part.indices[:place], other, *part.indices[place + 1 :])
    if isinstance(part, Selected):
        for other in scope.of_sort(part.at):
            yield part.largest.selected(other)


def wrong_extremum(part: Expr, scope: Scope) -> Iterator[Expr]:
    """The second largest for the largest, and so on; the smallest for the largest."""
    if isinstance(part, Largest):
        yield Largest(part.body, part.bound[0], part.rank + 1)
        yield -Largest(-part.body, part.bound[0], part.rank)
    if isinstance(part, Selected):
        yield Selected(part.body, part.bound[0], part.at, part.rank + 1)
        yield Selected(-part.body, part.bound[0], part.at, part.rank)


def transposed(part: Expr, scope: Scope) -> Iterator[Expr]:
    """A_ij becomes A_ji."""
    if isinstance(part, Entry):
        for first, second in combinations(range(len(part.indices)), 2):
            if part.tensor.dims[first] == part.tensor.dims[second]:
                indices = list(part.indices)
                indices[first], indices[second] = indices[second], indices[first]
                yield Entry(part.tensor, *indices)


def sum_dropped(part: Expr, scope: Scope) -> Iterator[Expr]:
    """Σ_k f(k) becomes f(i) with a free index of the same size; where there is none, with a new one."""
    if isinstance(part, Sum):
        body, bound = opened(part, scope)
        for index in bound:
            for instead in scope.of_sort(index) or (new_letter(index.dim, scope),):
                yield Sum(body.xreplace({index: instead}), *[other for other in bound if other != index])


def new_letter(dim: Dim, scope: Scope) -> Index:
    taken = {str(index.name) for index in scope.indices}
    return Index(next((letter for letter in dim.letters if letter not in taken), f"{dim.letters[0]}0"), dim)


def mean_for_sum(part: Expr, scope: Scope) -> Iterator[Expr]:
    """Σ_k becomes (1/n) Σ_k."""
    if isinstance(part, Sum):
        for index in part.bound:
            yield part / index.dim


def size_dropped(part: Expr, scope: Scope) -> Iterator[Expr]:
    """1/n is forgotten, or n."""
    if isinstance(part, Dim) or (isinstance(part, Pow) and isinstance(part.base, Dim)):
        yield S.One


def size_off_by_one(part: Expr, scope: Scope) -> Iterator[Expr]:
    """n + 1 for n."""
    if isinstance(part, Dim):
        yield part + 1


def delta_replaced(value: Expr) -> Mistake:
    """δ_ij is 1: it is forgotten; δ_ij is 0: only i ≠ j is thought of."""

    def apply(part: Expr, scope: Scope) -> Iterator[Expr]:
        if isinstance(part, Delta):
            yield value

    return apply


def adjoint_dropped(part: Expr, scope: Scope) -> Iterator[Expr]:
    """An adjoint that is left out: ∂E/∂a or δ taken for 1."""
    adjoint = isinstance(part, Entry) and part.tensor.definition is not None
    if isinstance(part, Partial) or (adjoint and isinstance(part.tensor.definition[1], Partial)):
        yield S.One
