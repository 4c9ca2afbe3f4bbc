"""Reverse mode against direct derivation, on programs with every kind of sharing; exact numbers decide."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from sympy import Expr

from gradproof.derivations.calculus import (
    Activation,
    Derivation,
    Dim,
    Downstream,
    Entry,
    Matrix,
    Partial,
    Program,
    Sum,
    Tensor,
    Text,
    Vector,
    define,
    derive,
    rules,
)

from .exact import evaluate, slope
from .formulas import World

n, m = Dim("n"), Dim("m")
i, j, k = n.indices("i j k")
a, b = m.index("a"), m.index("b")
x, W, V = Vector("x", n), Matrix("W", n, m), Matrix("V", m, m)
phi = Activation("phi")
TITLE = Text("A title", "标题")
SIZES = {n: 2, m: 3}


def _loss(output: Tensor) -> Tensor:
    return define("E", Sum(phi(output[a]) ** 2, a))


def straight() -> tuple[Tensor, tuple[Tensor, ...]]:
    z = define("z", a, Sum(W[i, a] * x[i], i))
    h = define("h", a, phi(z[a]))
    u = define("u", a, Sum(V[b, a] * h[b], b))
    return _loss(u), (z, u)


def residual() -> tuple[Tensor, tuple[Tensor, ...]]:
    """u = h + V h: u and v use h, and u uses v."""
    z = define("z", a, Sum(W[i, a] * x[i], i))
    h = define("h", a, phi(z[a]))
    v = define("v", a, Sum(V[b, a] * h[b], b))
    u = define("u", a, h[a] + v[a])
    return _loss(u), (z, h)


def shared() -> tuple[Tensor, tuple[Tensor, ...]]:
    """h is used three times, once squared; x is used by two layers."""
    h = define("h", a, phi(Sum(W[i, a] * x[i], i)))
    u = define("u", a, Sum(V[b, a] * h[b], b) * h[a] + h[a] ** 2)
    v = define("v", a, u[a] + Sum(W[i, a] * x[i] ** 2, i))
    return _loss(v), (h, u)


def two_losses() -> tuple[Tensor, tuple[Tensor, ...]]:
    h = define("h", a, phi(Sum(W[i, a] * x[i], i)))
    first = define("L", Sum(h[a] ** 2, a))
    second = define("R", Sum(h[a] * Sum(V[b, a] * h[b], b), a))
    return define("E", Entry(first) * 3 + Entry(first) * Entry(second)), (h,)


def nested_residuals() -> tuple[Tensor, tuple[Tensor, ...]]:
    h = define("h", a, phi(Sum(W[i, a] * x[i], i)))
    v = define("v", a, h[a] + phi(h[a]))
    u = define("u", a, v[a] + phi(Sum(V[b, a] * v[b], b)) + h[a])
    return _loss(u), (v,)


PROGRAMS = [straight, residual, shared, two_losses, nested_residuals]


def world(seed: int) -> World:
    random = Random(seed)
    entries: dict[Any, Any] = {}
    for tensor in (x, W, V):
        for place in _places(tensor):
            entries[tensor, place] = Fraction(random.randint(-5, 5), random.randint(1, 4))
    return World(SIZES, entries)


def _places(tensor: Tensor) -> list[tuple[int, ...]]:
    places: list[tuple[int, ...]] = [()]
    for dim in tensor.dims:
        places = [(*place, at) for place in places for at in range(SIZES[dim])]
    return places


def values(expression: Expr, by: Entry, at: World) -> list[Any]:
    indices = by.indices
    return [evaluate(expression, dict(zip(indices, place, strict=True)), at) for place in _places(by.tensor)]


@pytest.mark.parametrize("named", [False, True], ids=["inlined", "named"])
@pytest.mark.parametrize("build", PROGRAMS, ids=lambda build: build.__name__)
@pytest.mark.parametrize("by", [x[i], W[i, a], V[a, b]], ids=str)
def test_reverse_mode_is_the_derivative(build: Any, named: bool, by: Entry) -> None:
    """Every line, in exact numbers, is the derivative by dual numbers; so is the direct derivation."""
    loss, interior = build()
    adjoints = {tensor: f"delta_{tensor.name}" for tensor in interior} if named else {}
    found = Program(loss, adjoints=adjoints, fold=interior).derive(by, title=TITLE)
    direct = derive(Entry(loss), by, title=TITLE)
    for seed in (1, 2):
        at = world(seed)
        expected = [slope(Entry(loss), {}, at, (by.tensor, place)) for place in _places(by.tensor)]
        assert any(expected)
        assert values(direct.result, by, at) == expected
        assert values(found.result, by, at) == expected
        if not found.given:
            for step in found.steps:
                assert values(step.after, by, at) == expected, step.id


def test_a_named_adjoint_is_written_by_its_name_and_defined_as_the_derivative() -> None:
    loss, (z, u) = straight()
    program = Program(loss, adjoints={u: "delta^(2)", z: "delta^(1)"})
    delta2 = program.adjoint(u)
    assert delta2.name == "delta^(2)"
    assert delta2.body(b) == Partial(Entry(loss), u[b])
    weights = program.derive(V[a, b], title=TITLE)
    assert str(weights.result) == "delta^(2)[b]*h[a]"
    assert weights.given == (Downstream(Entry(loss), (u,)),)
    first = program.derive(W[i, a], title=TITLE)
    assert first.result == program.adjoint(z)[a] * x[i]
    assert first.given == (Downstream(Entry(loss), (z,)),)
    assert not first.result.has(delta2)


def test_a_loss_without_a_definition_stands_for_any_loss() -> None:
    z = define("z", a, Sum(W[i, a] * x[i], i))
    program = Program(Tensor("E"), outputs=(z,))
    found = program.derive(W[i, a], title=TITLE)
    assert found.result == x[i] * Partial(Entry(Tensor("E")), z[a])
    assert found.given == (Downstream(Entry(Tensor("E")), (z,)),)


def test_paths_are_added_up_only_where_no_path_holds_another() -> None:
    """With a residual connection, ∂E/∂v · ∂v/∂h over all users v of h would count paths twice."""
    loss, _ = residual()
    h = next(tensor for tensor in Program(loss).definitions if tensor.name == "h")
    found = Program(loss).derive(h[a], title=TITLE)
    assert all(rules.CHAIN_SUM not in step.rules for step in found.steps)
    at = world(3)
    assert values(found.result, h[a], at) == [slope(Entry(loss), {}, at, (h, place)) for place in _places(h)]
    apart, _ = straight()
    z = next(tensor for tensor in Program(apart).definitions if tensor.name == "z")
    assert any(rules.CHAIN_SUM in step.rules for step in Program(apart).derive(z[a], title=TITLE).steps)


def _nodes(derivation: Derivation) -> int:
    """How much the steps hold, counted as trees."""
    return sum(_size(step.after) for step in derivation.steps)


def _size(expression: Expr) -> int:
    return 1 + sum(_size(part) for part in expression.args if isinstance(part, Expr) and not isinstance(part, Tensor))


def _deep(depth: int, name_adjoints: bool) -> int:
    """The size of all steps of all weight gradients of a network of this depth."""
    sizes = [Dim(f"n_{layer}") for layer in range(depth + 1)]
    weights = [Matrix(f"W^({layer})", sizes[layer], sizes[layer + 1]) for layer in range(depth)]
    signal, layers = Vector("x", sizes[0]), []
    for layer, W_ in enumerate(weights):
        here, there = sizes[layer].index("j"), sizes[layer + 1].index("k")
        layers.append(define(f"z^({layer})", there, Sum(W_[here, there] * signal[here], here)))
        signal = define(f"a^({layer})", there, phi(layers[-1][there]))
    top = sizes[-1].index("k")
    loss = define("E", Sum(signal[top] ** 2, top))
    adjoints = {z: f"delta^({layer})" for layer, z in enumerate(layers)} if name_adjoints else {}
    program = Program(loss, adjoints=adjoints, fold=())
    total = 0
    for layer, W_ in enumerate(weights):
        total += _nodes(program.derive(layers[layer][sizes[layer + 1].index("k")], title=TITLE))
        total += _nodes(program.derive(W_[sizes[layer].index("j"), sizes[layer + 1].index("k")], title=TITLE))
    return total


def test_with_named_adjoints_the_steps_grow_linearly_with_depth() -> None:
    """Each further layer costs the same number of nodes; without names each costs more than the one before."""
    named = [_deep(depth, True) for depth in (2, 3, 4, 5, 6)]
    costs = [after - before for before, after in pairwise(named)]
    assert len(set(costs)) == 1, costs
    unnamed = [_deep(depth, False) for depth in (2, 3, 4)]
    assert unnamed[2] - unnamed[1] > unnamed[1] - unnamed[0]


def test_a_program_is_deterministic() -> None:
    loss, interior = shared()
    results = {str(Program(loss, fold=interior).derive(W[i, a], title=TITLE).result) for _ in range(3)}
    assert len(results) == 1
