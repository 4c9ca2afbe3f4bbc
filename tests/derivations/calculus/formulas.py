"""Formulas as plain trees with a meaning of their own, against which the nodes of the calculus are tested.

The meaning is read off the tree by loops over exact numbers; bound names are scoped as in a programming language, so
that an inner `i` hides an outer one. Nothing here asks the calculus what anything means.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from sympy import Expr, Rational, sympify

from gradproof.derivations.calculus import Activation, Dim, Entry, Index, Matrix, Scalar, Sum, Tensor, Vector, delta

n, m = Dim("n"), Dim("m")
i, j, k = n.indices("i j k")
a, b = m.indices("a b")
INDICES = (i, j, k, a, b)
x, w, A, B, C = Vector("x", n), Vector("w", n), Matrix("A", n, m), Matrix("B", n, n), Matrix("C", m, m)
s = Scalar("s").tensor
TENSORS = (x, w, A, B, C, s)
phi = Activation("phi")
SIZES = ({n: 2, m: 3}, {n: 1, m: 2}, {n: 3, m: 1})


@dataclass(frozen=True)
class Node:
    """A formula: what it is, and its parts (nodes, indices, tensors, numbers)."""

    kind: str
    parts: tuple[Any, ...]


@dataclass(frozen=True)
class World:
    """Sizes, entries of tensors, and φ with its derivatives, all exact."""

    sizes: dict[Dim, int]
    entries: dict[tuple[Tensor, tuple[int, ...]], Any]

    def activation(self, argument: Any, order: int) -> Any:
        """A cubic: all of its derivatives are known, and none of the first three is another one."""
        coefficients = (Fraction(3), Fraction(-1, 2), Fraction(5), Fraction(2))
        for _ in range(order):
            coefficients = tuple(power * c for power, c in enumerate(coefficients))[1:]
        return sum((c * argument**power for power, c in enumerate(coefficients)), Fraction(0))


def build(node: Node) -> Expr:
    """The expression of the calculus."""
    parts = node.parts
    match node.kind:
        case "entry":
            return Entry(parts[0], *parts[1])
        case "number":
            return Rational(parts[0].numerator, parts[0].denominator)
        case "size":
            return parts[0]
        case "delta":
            return delta(*parts)
        case "add":
            return build(parts[0]) + build(parts[1])
        case "multiply":
            return build(parts[0]) * build(parts[1])
        case "power":
            return sympify(build(parts[0])) ** parts[1]
        case "phi":
            return phi(build(parts[0]))
        case "sum":
            return Sum(build(parts[1]), parts[0])
    raise ValueError(node.kind)


def value(node: Node, at: dict[Index, int], world: World) -> Any:
    """The meaning of a formula at places of its free indices. Raises ZeroDivisionError."""

    def go(part: Node) -> Any:
        return value(part, at, world)

    parts = node.parts
    match node.kind:
        case "entry":
            return world.entries[parts[0], tuple(at[index] for index in parts[1])]
        case "number":
            return parts[0]
        case "size":
            return Fraction(world.sizes[parts[0]])
        case "delta":
            return Fraction(int(at[parts[0]] == at[parts[1]]))
        case "add":
            return go(parts[0]) + go(parts[1])
        case "multiply":
            return go(parts[0]) * go(parts[1])
        case "power":
            return go(parts[0]) ** parts[1]
        case "phi":
            return world.activation(go(parts[0]), 0)
        case "sum":
            places = range(world.sizes[parts[0].dim])
            return sum((value(parts[1], at | {parts[0]: place}, world) for place in places), Fraction(0))
    raise ValueError(node.kind)


def rename_bound(node: Node, name: Callable[[], str], names: dict[Index, Index] | None = None) -> Node:
    """The same formula with other names for its bound indices."""
    names = names or {}
    match node.kind:
        case "sum":
            index = Index(name(), node.parts[0].dim)
            return Node("sum", (index, rename_bound(node.parts[1], name, names | {node.parts[0]: index})))
        case "entry":
            return Node("entry", (node.parts[0], tuple(names.get(index, index) for index in node.parts[1])))
        case "delta":
            return Node("delta", tuple(names.get(index, index) for index in node.parts))
        case _:
            parts = (rename_bound(part, name, names) if isinstance(part, Node) else part for part in node.parts)
            return Node(node.kind, tuple(parts))


def _entries() -> st.SearchStrategy[Node]:
    def of(tensor: Tensor) -> st.SearchStrategy[Node]:
        names = st.tuples(*[st.sampled_from([index for index in INDICES if index.dim == dim]) for dim in tensor.dims])
        return st.builds(lambda chosen: Node("entry", (tensor, chosen)), names)

    return st.sampled_from(TENSORS).flatmap(of)


_numbers = st.sampled_from([Fraction(q) for q in ("1", "-1", "2", "3", "-2/3", "1/2")])
_deltas = st.sampled_from([(i, j), (j, k), (i, k), (a, b), (k, k)])
_leaves = (
    _entries()
    | _entries()
    | st.builds(lambda q: Node("number", (q,)), _numbers)
    | st.builds(lambda dim: Node("size", (dim,)), st.sampled_from([n, m]))
    | st.builds(lambda pair: Node("delta", pair), _deltas)
)


def _extend(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pairs = st.tuples(inner, inner)
    return (
        pairs.map(lambda parts: Node("add", parts))
        | pairs.map(lambda parts: Node("multiply", parts))
        | st.tuples(inner, st.sampled_from([2, 3, -1, -2])).map(lambda parts: Node("power", parts))
        | inner.map(lambda part: Node("phi", (part,)))
        | st.tuples(st.sampled_from(INDICES), inner).map(lambda parts: Node("sum", parts))
        | st.tuples(st.sampled_from(INDICES), pairs.map(lambda parts: Node("multiply", parts))).map(
            lambda parts: Node("sum", parts)
        )
    )


formulas = st.recursive(_leaves, _extend, max_leaves=7)
#: Sums of products: what derivatives are made of, and what sifting and factoring work on.
sums_of_products = st.recursive(
    _leaves | st.builds(lambda pair: Node("delta", pair), _deltas),
    lambda inner: (
        st.tuples(inner, inner).map(lambda parts: Node("add", parts))
        | st.tuples(inner, inner).map(lambda parts: Node("multiply", parts))
        | st.tuples(st.sampled_from(INDICES), inner).map(lambda parts: Node("sum", parts))
    ),
    max_leaves=9,
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Random small fractions; entries are drawn by one seed, as their number depends on the sizes."""
    sizes = draw(st.sampled_from(SIZES))
    random = draw(st.randoms(use_true_random=False))
    return World(sizes, {key: Fraction(random.randint(-9, 9), random.randint(1, 5)) for key in keys(sizes)})


def keys(sizes: dict[Dim, int]) -> list[tuple[Tensor, tuple[int, ...]]]:
    """Every entry of every tensor."""
    found: list[tuple[Tensor, tuple[int, ...]]] = []
    for tensor in TENSORS:
        places: list[tuple[int, ...]] = [()]
        for dim in tensor.dims:
            places = [(*place, at) for place in places for at in range(sizes[dim])]
        found += [(tensor, place) for place in places]
    return found


def places(sizes: dict[Dim, int]) -> list[dict[Index, int]]:
    """Some places of all free indices: equal ones, different ones, the last ones."""
    return [{index: number * step % sizes[index.dim] for number, index in enumerate(INDICES)} for step in (0, 1, 2)]
