"""How figures look, and how they become SVG and PDF.

There are no words in a figure, so that it serves every language: curves are named by formulas beside them. Lines differ
by their dashes and widths as well as by colours that colour-blind readers tell apart. The same figure gives the same
bytes: no dates, and names of parts that follow from what is drawn.
"""

from __future__ import annotations

import base64
import importlib.util
import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sympy import Expr

from gradproof.derivations.calculus import Derivation
from gradproof.derivations.notation import display, tree_latex, tree_text
from gradproof.derivations.notation.tree import Tree

from .texts import ALTERNATIVES, CAPTIONS, Numbers, said_of

#: The palette of the pages, by what it is there: Okabe and Ito's blue and vermilion, dark enough for thin lines.
INK, MUTE, LINE, BLUE, RED = "#1b2430", "#5a6776", "#d5dbe1", "#0067a3", "#b34700"
#: What the page calls these colours, so that a figure in it follows light and dark.
_VARIABLES = {INK: "--ink", MUTE: "--mute", LINE: "--line", BLUE: "--blue", RED: "--red"}
#: First curve, second curve, third curve.
STYLES: tuple[dict[str, Any], ...] = (
    {"color": BLUE, "linewidth": 1.8, "linestyle": "-"},
    {"color": RED, "linewidth": 1.6, "linestyle": (0, (4, 2))},
    {"color": INK, "linewidth": 1.2, "linestyle": (0, (1, 1.5))},
)
#: Millimetres in inches.
MM = 1 / 25.4


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing, and what is said of it, in any language: a caption, and what it shows for those who do not see it.

    kind        by which its texts are found (see `texts`)
    numbers     what fills their places, a list of numbers each
    """

    name: str
    svg: str
    pdf: bytes
    kind: str
    numbers: Numbers

    def caption(self, language: str) -> str:
        return said_of(CAPTIONS[self.kind], self.numbers, language)

    def alternative(self, language: str) -> str:
        return said_of(ALTERNATIVES[self.kind], self.numbers, language)

    def to_json(self) -> dict[str, Any]:
        pdf = base64.b64encode(self.pdf).decode("ascii")
        return {"name": self.name, "svg": self.svg, "pdf": pdf, "kind": self.kind, "numbers": self.numbers}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Figure:
        """The figure that `to_json` wrote; raises KeyError, TypeError or ValueError for anything else."""
        pdf = base64.b64decode(data["pdf"], validate=True)
        numbers = tuple((str(place), tuple(map(str, given))) for place, given in data["numbers"])
        figure = cls(data["name"], data["svg"], pdf, data["kind"], numbers)
        figure.caption("en"), figure.alternative("en")  # raises KeyError where a number is missing
        return figure


def available() -> bool:
    """Whether matplotlib is installed."""
    return importlib.util.find_spec("matplotlib") is not None


def drawn(
    derivation: Derivation, kind: str, draw: Callable[[Any], None], size: tuple[float, float], **numbers: Iterable[str]
) -> Figure:
    """The figure that `draw` draws into an empty one of this size in millimetres. Needs matplotlib.

    numbers     for the places of its texts
    """
    name = f"{derivation.name}-{kind}"
    with _style():
        from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: F401 - loads the backend with its style
        from matplotlib.figure import Figure as Canvas

        canvas = Canvas(figsize=(size[0] * MM, size[1] * MM), layout="constrained")
        draw(canvas)
        svg, pdf = io.StringIO(), io.BytesIO()
        canvas.savefig(svg, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
        canvas.savefig(pdf, format="pdf", metadata={"CreationDate": None, "Creator": None, "Producer": None})
    given = tuple((place, tuple(each.replace("-", "−") for each in found)) for place, found in numbers.items())
    return Figure(name, inline(svg.getvalue(), name), pdf.getvalue(), kind, given)


def label(written: Expr | Tree) -> str:
    """A formula as matplotlib sets it; in plain letters where its notation is beyond matplotlib."""
    from matplotlib.mathtext import MathTextParser

    shown = display(written) if isinstance(written, Expr) else written
    formula = tree_latex(shown).replace(r"\frac", r"\dfrac")
    for bar, plain in ((r"\lvert", "|"), (r"\rvert", "|"), (r"\lVert", r"\Vert"), (r"\rVert", r"\Vert")):
        formula = formula.replace(bar, plain)
    try:
        MathTextParser("path").parse(f"${formula}$")
    except ValueError:
        return tree_text(shown)
    return f"${formula}$"


@contextmanager
def _style() -> Iterator[None]:
    import matplotlib

    settings: dict[Any, Any] = {
        "svg.hashsalt": "gradproof",
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
        "font.family": "STIXGeneral",
        "mathtext.fontset": "stix",
        "font.size": 9,
        "text.color": INK,
        "hatch.linewidth": 0.4,
        "axes.edgecolor": MUTE,
        "axes.labelcolor": INK,
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": MUTE,
        "ytick.color": MUTE,
        "xtick.major.width": 0.5,
        "ytick.major.width": 0.5,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
        "path.simplify": True,
        "axes.unicode_minus": True,
    }
    with matplotlib.rc_context(settings):
        yield


def inline(svg: str, name: str) -> str:
    """SVG for a page: nothing around the element, names of its own, the colours of the page, and no fixed size."""
    body = svg[svg.index("<svg") :]
    body = re.sub(r"\s*<metadata>.*?</metadata>|\s*<!--.*?-->", "", body, flags=re.DOTALL)
    body = re.sub(r'(id="|xlink:href="#|url\(#)', rf"\g<1>{name}-", body)
    body = body.replace("xlink:href", "href").replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")
    body = body.replace(' xmlns="http://www.w3.org/2000/svg"', "")
    for colour, variable in _VARIABLES.items():
        body = body.replace(colour, f"var({variable})")
    width = re.search(r'<svg[^>]*? width="([\d.]+)pt"', body)
    head, tail = body.split(">", 1)
    head = re.sub(r' (?:width|height|version)="[^"]*"', "", head)
    rounded = re.sub(r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.4g}", tail)
    style = f' style="width:{float(width[1]) / 72 * 25.4:.0f}mm"' if width else ""
    return f"{head}{style}>{rounded}".strip()


def stand_alone(svg: str) -> str:
    """A drawing of a page as a file of its own: with a namespace, and with the colours that a page would give it."""
    for colour, variable in _VARIABLES.items():
        svg = svg.replace(f"var({variable})", colour)
    return svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
