"""Computation graphs: which tensor is computed from which, and along which arrows the derivative flows back.

The layout is made here, in millimetres with y downwards, so that TikZ and SVG draw the same picture. What is computed
stands in a row from left to right; what is given stands above its first use.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import hypot

from gradproof.derivations.calculus import Derivation, Downstream, Entry, Partial, Tensor, definitions_in
from gradproof.derivations.notation import tree
from gradproof.derivations.notation.names import written
from gradproof.derivations.notation.tree import Tree

from .symbols import joined, symbol_of
from .tree import Formula, Prose

#: The radius of a node, and the distances of columns and rows.
RADIUS, COLUMN, ROW = 4.6, 23.0, 15.0
#: The margin around everything; below there is room for arrows that go back, and their labels.
MARGIN, BELOW = 6.5, 20.0
#: A single computation shows nothing that its formula does not; larger graphs are hard to read.
_FEWEST_COMPUTED, _MOST_NODES = 2, 18

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Node:
    """A tensor; `given` if it is no result of a computation here."""

    name: str
    symbol: Tree
    shape: Prose
    given: bool
    at: Point


@dataclass(frozen=True, slots=True)
class Arrow:
    """A curve from a point over two control points to a point; an arrow back has a label at `label_at`."""

    curve: tuple[Point, Point, Point, Point]
    label: Tree | None = None
    label_at: Point = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Graph:
    """`edges` names what is computed from what, in words for those who do not see the picture."""

    nodes: tuple[Node, ...]
    forward: tuple[Arrow, ...]
    backward: tuple[Arrow, ...]
    edges: tuple[tuple[str, str], ...]
    width: float
    height: float


@lru_cache(maxsize=1024)
def computation_graph(derivation: Derivation) -> Graph | None:
    """The graph of what a derivative goes through; None where there is but one computation."""
    by, top = derivation.by, _top(derivation)
    if by is None or top is None:
        return None
    inputs = _inputs(top, derivation)
    computed = sum(1 for below in inputs.values() if below)
    if by.tensor not in inputs or computed < _FEWEST_COMPUTED or len(inputs) > _MOST_NODES:
        return None
    on_path = _leading_from(by.tensor, inputs)
    places = _places(inputs, on_path)
    nodes = {tensor: _node(tensor, inputs, places[tensor]) for tensor in inputs}
    edges = [(start, end) for end, starts in inputs.items() for start in starts]
    forward = tuple(_straight(places[start], places[end]) for start, end in edges)
    back = [(end, start) for start, end in edges if start in on_path and end in on_path]
    backward = tuple(_back(end, start, places[end], places[start]) for end, start in back)
    right, low = (max(place[axis] for place in places.values()) for axis in (0, 1))
    names = tuple((str(start.name), str(end.name)) for start, end in edges)
    return Graph(tuple(nodes.values()), forward, backward, names, right + RADIUS + MARGIN, low + BELOW)


def _top(derivation: Derivation) -> Tensor | None:
    """The tensor that is differentiated, at the end of the graph."""
    expression = derivation.statement
    while isinstance(expression, Partial):
        expression = expression.expression
    return expression.tensor if isinstance(expression, Entry) else None


def _inputs(top: Tensor, derivation: Derivation) -> dict[Tensor, tuple[Tensor, ...]]:
    """What each tensor is computed from, in the order of computation; a loss that may be any has what it depends on."""
    through = {c.value.tensor: c.through for c in derivation.given if isinstance(c, Downstream)}
    found: dict[Tensor, tuple[Tensor, ...]] = {}

    def visit(tensor: Tensor) -> None:
        if tensor in found:
            return
        below = _used(tensor) if tensor.definition is not None else through.get(tensor, ())
        for part in below:
            visit(part)
        found[tensor] = below

    visit(top)
    return found


def _used(tensor: Tensor) -> tuple[Tensor, ...]:
    body = tensor.definition[1]
    first = [defined for defined in definitions_in(body) if defined in body.atoms(Tensor)]
    others = sorted(body.atoms(Tensor) - set(first), key=lambda part: str(part.name))
    return tuple(dict.fromkeys((*first, *others)))


def _leading_from(start: Tensor, inputs: dict[Tensor, tuple[Tensor, ...]]) -> set[Tensor]:
    """The tensors that depend on one, and itself; all of them lead to the end."""
    found = {start}
    for tensor, below in inputs.items():  # in the order of computation
        if found.intersection(below):
            found.add(tensor)
    return found


def _places(inputs: dict[Tensor, tuple[Tensor, ...]], on_path: set[Tensor]) -> dict[Tensor, Point]:
    """Columns by depth, rows by what is free: the path of the derivative stands in the lowest row."""
    depth: dict[Tensor, int] = {}
    for tensor, below in inputs.items():
        computed = [depth[part] for part in below if inputs[part]]
        depth[tensor] = 1 + max(computed, default=0) if below else 0
    for tensor, below in inputs.items():
        if not below:
            depth[tensor] = min(depth[user] for user, parts in inputs.items() if tensor in parts) - 1
    rows: dict[int, int] = {}
    row_of: dict[Tensor, int] = {}
    main = [tensor for tensor in inputs if tensor in on_path]
    for tensor in (*main, *_given_last(tensor for tensor in inputs if tensor not in on_path)):
        row_of[tensor] = rows.get(depth[tensor], 0)
        rows[depth[tensor]] = row_of[tensor] + 1
    top = max(row_of.values())
    return {
        tensor: (MARGIN + RADIUS + COLUMN * depth[tensor], MARGIN + RADIUS + ROW * (top - row_of[tensor]))
        for tensor in inputs
    }


def _given_last(tensors: Iterable[Tensor]) -> list[Tensor]:
    return sorted(tensors, key=lambda tensor: tensor.definition is None)


def _node(tensor: Tensor, inputs: dict[Tensor, tuple[Tensor, ...]], at: Point) -> Node:
    sizes: Prose = joined([(Formula(written(dim.name)),) for dim in tensor.dims], " × ") or ("1",)
    return Node(str(tensor.name), symbol_of(tensor), sizes, not inputs[tensor], at)


def _straight(start: Point, end: Point) -> Arrow:
    first, last = _apart(start, end)
    thirds = [tuple(a + (b - a) * part for a, b in zip(first, last, strict=True)) for part in (1 / 3, 2 / 3)]
    return Arrow((first, (thirds[0][0], thirds[0][1]), (thirds[1][0], thirds[1][1]), last))


def _apart(start: Point, end: Point) -> tuple[Point, Point]:
    """The ends of an arrow on the rims of two nodes."""
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    rim = RADIUS + 0.4
    return (
        (start[0] + along[0] * rim, start[1] + along[1] * rim),
        (end[0] - along[0] * rim, end[1] - along[1] * rim),
    )


def _back(value: Tensor, by: Tensor, start: Point, end: Point) -> Arrow:
    """From a result back to what it is computed from, in a bow below, with ∂value/∂by."""
    label = tree.PartialDerivative(symbol_of(by), value=symbol_of(value))
    if start[1] == end[1]:
        sag = 6.5 + 3.0 * max(0.0, (start[0] - end[0]) / COLUMN - 1)
        first, last = (start[0] - 1.5, start[1] + RADIUS), (end[0] + 1.5, end[1] + RADIUS)
        bow = ((first[0] - 3.0, first[1] + sag), (last[0] + 3.0, last[1] + sag))
        return Arrow((first, *bow, last), label, ((first[0] + last[0]) / 2, first[1] + 0.75 * sag + 4.2))
    first, last = _apart(start, end)
    across = (last[1] - first[1], first[0] - last[0])
    length = hypot(*across) or 1.0
    side = 5.0 / length * (1 if across[0] > 0 or across[1] > 0 else -1)
    middle = [(a + b) / 2 + c * side for a, b, c in zip(first, last, across, strict=True)]
    bow = ((middle[0], middle[1]), (middle[0], middle[1]))
    label_at = (middle[0] + across[0] / length * 3.0, middle[1] + across[1] / length * 3.0 + 1.5)
    return Arrow((first, *bow, last), label, label_at)
