"""A computation graph in TikZ, in millimetres."""

from __future__ import annotations

from collections.abc import Iterator

from gradproof.derivations.notation import tree_latex

from ..graph import RADIUS, Arrow, Graph
from ..wording import words
from .pieces import prose_latex
from .text import plain


def graph_latex(graph: Graph) -> Iterator[str]:
    """The picture, kept in a box that the page sets where there is room."""
    yield r"\begin{gpgraph}"
    for kind, arrows in (("forward", graph.forward), ("backward", graph.backward)):
        for arrow in arrows:
            yield rf"\draw[gp{kind}] {_path(arrow)};"
    for node in graph.nodes:
        kind, (x, y) = "gpgiven" if node.given else "gpcomputed", node.at
        yield rf"\node[{kind}] at {_at(x, y)} {{${tree_latex(node.symbol)}$}};"
        yield rf"\node[gpshape] at {_at(x, y - RADIUS - 2.2)} {{{prose_latex(node.shape)}}};"
    for arrow in graph.backward:
        if arrow.label is not None:
            yield rf"\node[gplabel] at {_at(*arrow.label_at)} {{$\displaystyle {tree_latex(arrow.label)}$}};"
    yield r"\end{gpgraph}"


def graph_note(language: str) -> str:
    """How to read a graph, which is said at the first one of a chapter."""
    return rf"\gpgraphnote{{{plain(words('graph', language))}}}{{{plain(words('graph_note', language))}}}"


def _at(x: float, y: float) -> str:
    return f"({x:.2f}mm,{-y:.2f}mm)"


def _path(arrow: Arrow) -> str:
    start, first, second, end = (_at(*point) for point in arrow.curve)
    return f"{start} .. controls {first} and {second} .. {end}"
