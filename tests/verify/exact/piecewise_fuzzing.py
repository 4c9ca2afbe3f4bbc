"""Random formulas with kinks, largest values and roots in rows; rewrites of them that are true; and slips."""

from __future__ import annotations

import random

from sympy import Abs, Add, Expr, Integer, Mul, Pow, Rational, preorder_traversal

from gradproof.derivations.calculus import (
    Domain,
    Entry,
    Index,
    Largest,
    Partial,
    Scalar,
    Selected,
    Sum,
    Vector,
    erf,
    exp,
    log,
    log1p,
    relu,
    sigmoid,
    sign,
    softplus,
    sqrt,
    step,
    tanh,
)
from gradproof.derivations.calculus.differentiation import gradient
from gradproof.derivations.calculus.rewriting import rewrite

from .statements import A, beta, i, j, n, x, y, z

pos, bits, hot = Vector("pos", n, Domain.POSITIVE), Vector("bits", n, Domain.BINARY), Vector("hot", n, Domain.ONE_HOT)
unit = Scalar("unit", Domain.UNIT)


def formula(drawn: random.Random, free: tuple[Index, ...], depth: int) -> Expr:
    """A random formula with (at most) these free indices over n."""
    if depth == 0 or drawn.random() < 0.15:
        return _leaf(drawn, free)
    kind = drawn.choice(["kink", "kink", "kink", "function", "sum", "largest", "product", "terms", "terms", "root"])
    if kind in ("sum", "largest"):
        bound = Index(f"b{depth}", n)
        body = formula(drawn, (*free, bound), depth - 1)
        if kind == "sum":
            return Sum(body * drawn.choice([Integer(1), _leaf(drawn, (bound,))]), bound)
        return Largest(body, bound)
    first = formula(drawn, free, depth - 1)
    if kind == "kink":
        return drawn.choice([relu, Abs, relu, Abs, step, sign])(first)
    if kind == "function":
        function = drawn.choice([exp, sigmoid, tanh, softplus, erf, log1p])
        return function(Abs(first)) if function is log1p else function(first)
    if kind == "root":
        return sqrt(first**2 + drawn.choice([pos[free[0]] if free else unit, Integer(1)]))
    second = formula(drawn, free, depth - 1)
    return first * second if kind == "product" else drawn.choice([1, -1, Rational(1, 2)]) * first + second


def _leaf(drawn: random.Random, free: tuple[Index, ...]) -> Expr:
    leaves: list[Expr] = [vector[index] for index in free for vector in (x, y, x, y, pos, bits, hot)]
    leaves += [A[first, second] for first in free for second in free]
    return drawn.choice(leaves or [beta, unit]) if drawn.random() < 0.9 else drawn.choice([beta, unit, Integer(2)])


def rewritten(drawn: random.Random, expression: Expr) -> Expr:
    """The same function, with one part written in another way (away from kinks and ties)."""
    met = 0
    chosen = drawn.randrange(4)

    def rule(part: Expr) -> Expr:
        nonlocal met
        if type(part) not in _REWRITES:
            return part
        met += 1
        return drawn.choice(_REWRITES[type(part)])(part.args[0], part) if met == chosen + 1 else part

    return rewrite(expression, rule)


_REWRITES = {
    relu: [lambda u, _: (u + Abs(u)) / 2, lambda u, _: u + relu(-u), lambda u, _: u * step(u)],
    Abs: [lambda u, _: relu(u) + relu(-u), lambda u, _: u * sign(u)],
    sign: [lambda u, _: step(u) - step(-u)],
    tanh: [lambda u, _: 2 * sigmoid(2 * u) - 1, lambda u, _: -tanh(-u)],
    sigmoid: [lambda u, _: 1 / (1 + exp(-u)), lambda u, _: 1 - sigmoid(-u)],
    softplus: [lambda u, _: relu(u) + log1p(exp(-Abs(u))), lambda u, _: u + softplus(-u), lambda u, _: log(1 + exp(u))],
    erf: [lambda u, _: -erf(-u)],
    Largest: [lambda _, part: _shifted(part), lambda _, part: _weighted(part)],
}  # fmt: skip


def _shifted(part: Largest) -> Expr:
    body, (index,) = part.open()
    return Largest(body + beta, index, part.rank) - beta


def _weighted(part: Largest) -> Expr:
    body, (index,) = part.open()
    return Sum(Selected(body, index, index, part.rank) * body, index)


def slip(drawn: random.Random, expression: Expr) -> Expr:
    """The expression with one small thing changed somewhere."""
    parts = sorted(set(preorder_traversal(expression)), key=str)
    for _ in range(50):
        part = drawn.choice(parts)
        new = _changed(drawn, part)
        if new is not None and new != part:
            return expression.xreplace({part: new})
    return expression + 1


def _changed(drawn: random.Random, part: Expr) -> Expr | None:
    if isinstance(part, Entry) and part.tensor in (x, y, z):
        return drawn.choice([x, y, pos])[part.indices]
    if isinstance(part, Entry) and part.tensor == A:
        return A[part.indices[::-1]]
    if isinstance(part, (relu, Abs, sign, step)):
        return drawn.choice([relu, Abs, sign, step])(drawn.choice([1, 1, -1]) * part.args[0])
    if isinstance(part, (tanh, sigmoid, softplus, erf, exp)):
        return drawn.choice([tanh, sigmoid, softplus, erf])(part.args[0])
    if isinstance(part, Largest):
        return drawn.choice([Largest(-part.body, part.bound[0]), Largest(part.body, part.bound[0], 2)])
    if isinstance(part, Selected):
        return Selected(part.body, part.bound[0], part.at, part.rank + 1)
    if isinstance(part, Pow) and part.exp.is_Integer:
        return part.base ** (part.exp + drawn.choice([-1, 1]))
    if isinstance(part, (Add, Mul)):
        kept = list(part.args)
        kept.pop(drawn.randrange(len(kept)))
        return part.func(*kept)
    return None


def claim(drawn: random.Random, kind: str, depth: int) -> tuple[Expr, Expr]:
    """Left and right: of the kind "true" equal away from kinks and ties, of the kind "slip" mostly not."""
    function = formula(drawn, drawn.choice([(), (i,)]), depth)
    if drawn.random() < 0.5:
        by = drawn.choice([x[j], y[j], x[i]])
        lhs, rhs = Partial(function, by), gradient(function, by)
    else:
        lhs, rhs = function, function
    for _ in range(drawn.choice([1, 2, 3])):
        rhs = rewritten(drawn, rhs)
    return (lhs, slip(drawn, rhs)) if kind == "slip" else (lhs, rhs)
