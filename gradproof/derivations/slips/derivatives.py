"""Mistakes with derivatives that are not carried out yet: by the wrong variable, without ∂, in a step up the hill."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from sympy import Add, Expr

from gradproof.derivations.calculus import Entry, Partial, Tensor, definitions_in
from gradproof.derivations.calculus.differentiation import depends_on

from .slip import Scope


def wrong_variable(part: Expr, scope: Scope) -> Iterator[Expr]:
    """∂f/∂x_j for ∂f/∂w_j: by another of the quantities that f depends on, with free indices of the line."""
    if not isinstance(part, Partial):
        return
    written = part.expression.atoms(Tensor)
    known = {*written, *definitions_in(part.expression)}
    known |= {used for tensor in definitions_in(part.expression) for used in tensor.definition[1].atoms(Tensor)}
    for tensor in sorted(known, key=lambda each: (str(each.name), str(each.dims))):
        itself = isinstance(part.expression, Entry) and tensor is part.expression.tensor
        if itself or tensor == part.by.tensor or not any(depends_on(other, tensor) for other in written):
            continue
        for indices in permutations(scope.indices, len(tensor.dims)):
            if tuple(index.dim for index in indices) == tensor.dims:
                yield Partial(part.expression, Entry(tensor, *indices))


def sign_of_derivative_dropped(whole: Expr, scope: Scope) -> Iterator[Expr]:
    """E/w for ∂E/∂w: at each place, and at all places at once."""
    partials = [each for each in sorted(whole.atoms(Partial), key=str) if not each.expression.has(Partial)]
    quotients = {partial: partial.expression / partial.by for partial in partials}
    for partial, quotient in quotients.items():
        yield whole.xreplace({partial: quotient})
    yield whole.xreplace(quotients)


def step_turned(part: Expr, scope: Scope) -> Iterator[Expr]:
    """w + η ∂E/∂w for w − η ∂E/∂w: the sign of one term of a step, and of all."""
    old = replaced_by_step(part)
    if old is not None:
        others = [term for term in part.args if term != old]
        yield Add(old, *[-term for term in others])
        for place, term in enumerate(others):
            yield Add(old, *others[:place], -term, *others[place + 1 :])


def replaced_by_step(part: Expr) -> Entry | None:
    """What a step of an iteration replaces: w, for w − η ∂E/∂w; None for what is no such step."""
    slopes = {partial.by for partial in part.atoms(Partial)}
    terms = part.args if isinstance(part, Add) else ()
    return next((term for term in terms if isinstance(term, Entry) and term in slopes), None)
