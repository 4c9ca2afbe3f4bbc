"""Definitions folded back: exp(z_i) / Σ_k exp(z_k) is written as p_i again.

A definition that is a fraction linear in one generator, p = (a g + b) / (c g + d) with g = exp(…), is solved for g,
so that every g in a line can be written with p, and the total Σ_k exp(z_k) cancels. Others are recognised whole.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache

from sympy import Dummy, Expr, Mul, Pow, S, cancel, fraction, together

from .binding import Binder
from .functions import Elementwise, exp
from .indices import Index, free_indices
from .positivity import positive
from .rewriting import distribute, rewrite
from .scaling import fold_scaled
from .tensors import Entry, Tensor


@dataclass(frozen=True, slots=True)
class _Solved:
    """g(formal) = `solution`, in which `places` stand for the totals of the definition."""

    generator: Expr
    solution: Expr
    totals: dict[Expr, Tensor]


def fold(expression: Expr, tensors: tuple[Tensor, ...]) -> Expr:
    """Write the definitions of these tensors back wherever an expression contains them."""
    for tensor in tensors:
        if tensor.definition is None:
            raise ValueError(f"{tensor.name} has no definition to fold back; make it with define(...)")
        if not _parts(tensor) <= expression.atoms(Tensor):
            continue
        solved = _solve(tensor)
        expression = _fold_whole(expression, tensor)
        if solved is not None:
            expression = _fold_generator(expression, tensor, solved)
        expression = fold_scaled(expression, tensor)
    return expression


@lru_cache(maxsize=1 << 10)
def _parts(tensor: Tensor) -> frozenset[Tensor]:
    """The tensors that stand in a definition; where one of them is missing, there is nothing to fold."""
    return frozenset(tensor.definition[1].atoms(Tensor))


def _instances(pattern: Expr, formal: tuple[Index, ...], part: Expr) -> tuple[Index, ...] | None:
    """The indices at which `part` is the pattern, if it is."""
    if type(part) is not type(pattern):
        return None
    free = _by_name(part)
    if part == pattern:
        return formal
    candidates = [[index for index in free if index.dim == name.dim] for name in formal]
    for choice in itertools.product(*candidates):
        if pattern.xreplace(dict(zip(formal, choice, strict=True))) == part:
            return tuple(choice)
    return None


def _fold_whole(expression: Expr, tensor: Tensor) -> Expr:
    formal, body = tensor.definition
    number, core = body.as_coeff_Mul()
    powers = _powers(core) if not formal and isinstance(core, (Mul, Pow)) else None

    def go(part: Expr) -> Expr:
        indices = _instances(core, formal, part)
        if indices is not None:
            return Entry(tensor, *indices) / number
        return part if powers is None else _fold_power(part, tensor, number, powers)

    return rewrite(expression, go)


def _powers(part: Expr) -> dict[Expr, Expr]:
    return dict(factor.as_base_exp() for factor in Mul.make_args(part))


def _fold_power(part: Expr, tensor: Tensor, number: Expr, pattern: dict[Expr, Expr]) -> Expr:
    """u² / v² for a scalar defined as u / v, and 1 / √S for one defined as √S."""
    if not isinstance(part, (Mul, Pow)):
        return part
    present = _powers(part)
    if not all(base in present for base in pattern):
        return part
    if any(not exponent.is_Rational for exponent in pattern.values()):
        return _fold_symbolic_power(part, tensor, number, pattern)
    ratios = [present[base] / exponent for base, exponent in pattern.items()]
    if not all(ratio.is_Integer and ratio.is_negative == ratios[0].is_negative for ratio in ratios):
        return part
    power = min(ratios, key=abs)
    left = Mul(*[base ** (exponent - power * pattern.get(base, 0)) for base, exponent in present.items()])
    return left * (Entry(tensor) / number) ** power


def _fold_symbolic_power(part: Expr, tensor: Tensor, number: Expr, pattern: dict[Expr, Expr]) -> Expr:
    """u^b for a scalar defined as u^a with a positive u: it is its power b/a."""
    (base, exponent), *more = pattern.items()
    if more or not positive(base):
        return part
    present = _powers(part)
    power = distribute(present.pop(base) / exponent)
    return Mul(*[other**times for other, times in present.items()]) * (Entry(tensor) / number) ** power


def _fold_generator(expression: Expr, tensor: Tensor, solved: _Solved) -> Expr:
    formal = tensor.definition[0]
    found = inverted = False

    def protect(part: Expr) -> Expr:
        for total, place in solved.totals.items():
            indices = _instances(total, _by_name(total), part)
            if indices is not None:
                return Entry(place, *indices)
        return part

    def replace(part: Expr) -> Expr:
        nonlocal found, inverted
        indices = _instances(solved.generator, formal, part)
        if indices is not None:
            found = True
            return solved.solution.xreplace(dict(zip(formal, indices, strict=True)))
        if not formal and isinstance(part, exp) and part.argument == -solved.generator.argument:
            found = inverted = True
            return 1 / solved.solution
        return part

    def restore(part: Expr) -> Expr:
        if isinstance(part, Entry):
            for total, place in solved.totals.items():
                if part.tensor == place:
                    return total.xreplace(dict(zip(_by_name(total), part.indices, strict=True)))
        return part

    folded = rewrite(rewrite(expression, protect), replace)
    if not found:
        return expression
    if inverted:
        folded = _cancelled(folded)
    return rewrite(rewrite(folded, _spread), restore)


def _cancelled(expression: Expr) -> Expr:
    """Cancel common factors of a fraction whose parts are taken as plain unknowns."""
    masks = {part: Dummy() for part in expression.atoms(Entry) | set(_outside_sums(expression, Binder))}
    masks |= {part.xreplace(masks): Dummy() for part in _outside_sums(expression, Elementwise)}
    masked = expression.xreplace(masks).xreplace(masks)
    back = {mask: part for part, mask in masks.items()}
    return cancel(together(masked)).xreplace(back).xreplace(back)


def _spread(part: Expr) -> Expr:
    """Multiply out what the fold brought, so that generators cancel."""
    return distribute(part) if isinstance(part, Mul) else part


@lru_cache(maxsize=1 << 10)
def _solve(tensor: Tensor) -> _Solved | None:
    formal, body = tensor.definition
    names = set(formal)
    generators = [g for g in _outside_sums(body, exp) if names <= free_indices(g)]
    if len(generators) != 1:
        return None
    generator = generators[0]
    totals = {
        total: Tensor(f"~{tensor.name}{number}", *(index.dim for index in _by_name(total)))
        for number, total in enumerate(_outside_sums(body, Binder))
    }
    places = {total: Entry(place, *_by_name(total)) for total, place in totals.items()}
    factors = Mul.make_args(body)
    if generator in factors:  # p = g c, the common case, needs no equation
        others = Mul(*[factor for factor in factors if factor != generator])
        if generator not in _outside_sums(others, exp):
            return _Solved(generator, Entry(tensor, *formal) / others.xreplace(places), totals)
    unknown, value = Dummy("g"), Dummy("p")
    plain = body.xreplace({generator: unknown}).xreplace(places)
    masks = {part: Dummy() for part in plain.atoms(Entry, Elementwise)}
    top, bottom = fraction(together(plain.xreplace(masks)))
    equation = (top - value * bottom).expand()
    slope = equation.coeff(unknown, 1)
    rest = equation - slope * unknown
    if slope == 0 or rest.expand().has(unknown):
        return None
    back = {mask: part for part, mask in masks.items()} | {value: Entry(tensor, *formal)}
    numerator, denominator = fraction(cancel(-rest.expand() / slope))
    solution = sum((term / denominator for term in numerator.as_ordered_terms()), S.Zero)
    return _Solved(generator, solution.xreplace(back), totals)


def _by_name(expression: Expr) -> tuple[Index, ...]:
    """The free indices in a fixed order."""
    return tuple(sorted(free_indices(expression), key=lambda index: index.name))


def _outside_sums(expression: Expr, kind: type) -> list[Expr]:
    """The outermost parts of a kind."""
    if isinstance(expression, kind):
        return [expression]
    if isinstance(expression, Binder) or not expression.args:
        return []
    found: dict[Expr, None] = {}
    for part in expression.args:
        found.update(dict.fromkeys(_outside_sums(part, kind)))
    return list(found)
