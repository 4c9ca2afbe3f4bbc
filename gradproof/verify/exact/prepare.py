"""From a claim to the form that proofs work on.

Definitions are unfolded, functions are brought to one vocabulary, deltas are sifted, and derivatives by entries with a
bound index are carried out. Derivatives by free entries stay `Partial`s, to be evaluated in dual numbers. Every rewrite
is an identity for every size.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from sympy import Abs, Add, Expr, Mul, Pow, S

from gradproof.derivations.calculus import (
    Applied,
    Delta,
    Domain,
    Elementwise,
    Entry,
    Index,
    Largest,
    Partial,
    Selected,
    Sum,
    Tensor,
    erf,
    exp,
    free_indices,
    relu,
    sign,
    step,
)

from ..evaluation import Unsupported
from ..structure import any_value, tensors_in
from . import laws
from .context import Context, NeedRegion
from .derivatives import derivative_of, opened, reaches, rebuilt, summed
from .downstream import StandIns
from .extrema import extremum
from .positivity import Known, positive
from .roots import common_roots, raised_by_factors
from .vocabulary import applied, in_vocabulary, raised, with_steps


def prepared(expression: Expr, context: Context) -> Expr:
    """The expression in the form that proofs work on. Raises Unsupported, or NeedRegion if regions are asked for."""
    ready = _prepare(expression, context, 0)
    if context.regions:  # a kink at x_k may have become one at x_i, which a region decides
        ready = rebuilt(ready, lambda part: _function(step, part.args[0], context) if part.func is step else part, 0)
    return common_roots(ready)


@lru_cache(maxsize=1 << 15)
def _prepare(expression: Expr, context: Context, depth: int) -> Expr:
    if isinstance(expression, Entry):
        return _entry(expression, context, depth)
    if isinstance(expression, Sum):
        body, bound = opened(expression, depth)
        return summed(_prepare(body, context, depth + 1), bound)
    if isinstance(expression, Delta):
        return S.Zero if set(expression.args) <= context.free else expression
    if isinstance(expression, Partial):
        return _partial(expression, context, depth)
    if not expression.args:
        return expression
    if isinstance(expression, Applied):
        return Applied(expression.args[0], expression.args[1], _prepare(expression.argument, context, depth))
    if isinstance(expression, (Elementwise, Abs)):
        return _function(expression.func, _prepare(expression.args[0], context, depth), context)
    if isinstance(expression, Add):
        return Add(*[_prepare(part, context, depth) for part in expression.args])
    if isinstance(expression, Mul):
        return with_steps(Mul(*[_prepare(part, context, depth) for part in expression.args]))
    if isinstance(expression, Pow):
        return _power(_prepare(expression.base, context, depth), _prepare(expression.exp, context, depth), context)
    if isinstance(expression, (Largest, Selected)):
        body, (index,) = opened(expression, depth)
        values = _prepare(body, context, depth + 1)
        return expression.closed(values, [index]) if context.signs else extremum(expression, values, index)
    raise Unsupported(f"{type(expression).__name__} is not understood by the proof: {expression}")


def _entry(entry: Entry, context: Context, depth: int) -> Expr:
    tensor = entry.tensor
    for cut, data in context.cuts:
        if tensor == cut:
            return Entry(data, *entry.indices)
    for one_hot, place in context.places:
        if tensor == one_hot:
            delta = Delta(entry.indices[0], place)
            return S.Zero if isinstance(delta, Delta) and set(delta.args) <= context.free else delta
    for binary, value in context.fixed:
        if entry == binary:
            return value
    if context.unfolds(tensor):
        return _prepare(tensor.body(*entry.indices), context, depth)
    return Entry(any_value(tensor), *entry.indices)


def _power(base: Expr, exponent: Expr, context: Context) -> Expr:
    """A power, x^a as exp(a log x); 0 and 1 are their own powers, unless they are varied."""
    if not exponent.is_Rational:
        return raised(base, exponent, _positive_if_defined(base, context))
    binary = isinstance(base, Entry) and base.tensor.domain is Domain.BINARY
    if binary and exponent.is_Integer and exponent > 0 and all(base.tensor != data for _, data in context.cuts):
        return base
    if context.signs and exponent.q > 1 and not isinstance(base, exp):
        return laws.root(base, exponent, context.known)
    return with_steps(raised_by_factors(base, exponent, context.known))


def _function(kind: type[Expr], argument: Expr, context: Context) -> Expr:
    if context.signs and kind in (relu, step, sign, Abs):
        return laws.piecewise(kind, argument, context.known)
    if context.regions and kind in (relu, step, sign, Abs) and free_indices(argument) <= context.free:
        settled = positive(argument, context.known) or positive(-argument, context.known) or argument == 0
        if not settled:
            raise NeedRegion(argument)
    return applied(kind, argument, _positive_if_defined(argument, context))


def _positive_if_defined(argument: Expr, context: Context) -> Known:
    """What is positive wherever the logarithm of a product with it is defined: also every |u|."""
    return context.known | argument.atoms(Abs) if context.signs else context.known


def _partial(partial: Partial, context: Context, depth: int) -> Expr:
    """A derivative: its expression prepared down to the tensor, which is data from there on (a cut)."""
    by = partial.by
    if context.downstream and context.cuts:  # what is left to dual numbers would hide the value downstream
        context = replace(context, carried_out=True)
    if any(by.tensor == one_hot for one_hot, _ in context.places):
        raise Unsupported(f"{by.tensor.name} is one-hot and a variable: its place cannot be fixed")
    cut = dict(context.cuts).get(by.tensor)
    inside = context
    if cut is None:
        cut = _with_prepared_definition(by.tensor, context) if context.unfolds(by.tensor) else any_value(by.tensor)
        inside = replace(context, cuts=(*context.cuts, (by.tensor, cut)))
    function = _prepare(partial.expression, inside, depth)
    _require_definitions(partial.expression, by.tensor, inside)
    result = _whole_derivative(function, Entry(cut, *by.indices), by.tensor, inside, depth)
    if inside is not context and cut.definition is not None and not isinstance(result, Partial):
        result = _unfolded(result, cut, context, depth)
    return result


def _whole_derivative(function: Expr, entry: Entry, variable: Tensor, context: Context, depth: int) -> Expr:
    """∂function/∂entry, also through what lies downstream. `variable` is what the entry stands for."""

    def entry_of(middle: Entry) -> Expr:
        _require_definitions(middle, variable, context)
        return _prepare(middle, context, 1)

    standins = StandIns(context.downstream, entry_of, (data for _, data in context.cuts))
    if not standins.inside(function):
        return _derivative(function, entry, context, depth)
    linear = standins.value(function) if isinstance(function, Entry) else None
    if linear is not None:
        return _derivative(linear, entry, context, depth)
    return standins.derivative(function, entry, depth)


def _derivative(function: Expr, entry: Entry, context: Context, depth: int) -> Expr:
    """∂function/∂entry: to be evaluated in dual numbers if the entry is at free indices, else carried out."""
    if not reaches(function, entry.tensor):
        return S.Zero
    if function == entry:
        return S.One
    if set(entry.indices) <= context.free and not context.carried_out and not function.has(erf):
        return Partial(function, entry)
    return derivative_of(function, entry, depth)


def _require_definitions(expression: Expr, variable: Tensor, context: Context) -> None:
    """A tensor that is defined with the help of the variable is no arbitrary data under a derivative."""
    opaque = {condition.value.tensor for condition in context.downstream} | {cut for cut, _ in context.cuts}
    for tensor in sorted(tensors_in(expression) - opaque, key=str):
        if context.unfolds(tensor):
            _require_definitions(tensor.definition[1], variable, context)
        elif _raw_reaches(tensor, variable):
            raise Unsupported(f"the derivative needs the definition of {tensor.name}, which is not used here")


def _raw_reaches(tensor: Tensor, variable: Tensor) -> bool:
    return reaches(Entry(tensor, *(Index(f"~{place}", dim) for place, dim in enumerate(tensor.dims))), variable)


def _with_prepared_definition(tensor: Tensor, context: Context) -> Tensor:
    formal, _ = tensor.definition
    names = tuple(Index(f"~{tensor.name}:{place}", index.dim) for place, index in enumerate(formal))
    body = _prepare(tensor.body(*names), context, 0)
    return Tensor(tensor.name, *tensor.dims, domain=tensor.domain, definition=(names, body))


def _unfolded(expression: Expr, tensor: Tensor, context: Context, depth: int) -> Expr:
    """The cut undone, once the derivative is carried out."""

    def leaf(part: Expr) -> Expr:
        if isinstance(part, Entry) and part.tensor == tensor:
            return tensor.body(*part.indices)
        return in_vocabulary(part, context.known) if isinstance(part, Elementwise) else part

    return rebuilt(expression, leaf, depth)
