"""A computation graph as SVG, with formulas in MathML; one unit is a tenth of a millimetre."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from gradproof.derivations.notation import math_element

from ..graph import RADIUS, Arrow, Graph, Node
from ..wording import words
from .pieces import math, prose

_UNIT = 10.0
#: The box around a label, in units: wide enough for ∂a^(1)/∂z^(1).
_LABEL = (160.0, 120.0)


def graph_html(graph: Graph, anchor: str, language: str) -> Iterator[str]:
    """The figure; what is computed from what is read aloud in words."""
    comma = words("list_separator", language)
    edges = comma.join(f"{start} → {end}" for start, end in graph.edges)
    label = escape(words("graph_alternative", language).format(edges=edges), quote=True)
    width, height = graph.width * _UNIT, graph.height * _UNIT
    yield f'<figure class="picture graph"><div class="scroll"><svg viewBox="0 0 {width:.0f} {height:.0f}" '
    yield f'style="--wide:{graph.width * 1.25:.0f}mm" role="img" aria-label="{label}"><defs>'
    for kind in ("forward", "backward"):
        yield f'<marker id="{anchor}-{kind}" class="{kind}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="20" '
        yield 'markerHeight="20" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1L10 5L0 9z"/></marker>'
    yield "</defs>"
    for kind, arrows in (("forward", graph.forward), ("backward", graph.backward)):
        for arrow in arrows:
            yield f'<path class="{kind}" d="{_path(arrow)}" marker-end="url(#{anchor}-{kind})"/>'
    for node in graph.nodes:
        yield from _node(node)
    for arrow in graph.backward:
        if arrow.label is not None:
            yield _formula(math_element(arrow.label, False), *arrow.label_at, "label")
    yield "</svg></div>"
    yield f"<figcaption><strong>{escape(words('graph', language))}</strong> {escape(words('graph_note', language))}"
    yield "</figcaption></figure>"


def _path(arrow: Arrow) -> str:
    (start, *rest) = [f"{x * _UNIT:.1f} {y * _UNIT:.1f}" for x, y in arrow.curve]
    return f"M{start}C{', '.join(rest)}"


def _node(node: Node) -> Iterator[str]:
    x, y = node.at
    kind = "given" if node.given else "computed"
    yield f'<circle class="{kind}" cx="{x * _UNIT:.1f}" cy="{y * _UNIT:.1f}" r="{RADIUS * _UNIT:.1f}"/>'
    yield _formula(math(node.symbol, block=False), x, y, "symbol")
    yield _formula(prose(node.shape), x, y - RADIUS - 2.2, "shape")


def _formula(content: str, x: float, y: float, kind: str) -> str:
    """Content centred at a place."""
    left, top = x * _UNIT - _LABEL[0] / 2, y * _UNIT - _LABEL[1] / 2
    box = f'x="{left:.1f}" y="{top:.1f}" width="{_LABEL[0]:.0f}" height="{_LABEL[1]:.0f}"'
    return f'<foreignObject {box}><div class="{kind}">{content}</div></foreignObject>'
