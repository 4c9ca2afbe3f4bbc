"""A directive for Sphinx, in reStructuredText and in MyST: a derivation of the catalogue with what is known about it.

    extensions = ["gradproof.regression.sphinx"]

    .. gradproof:: softmax_jacobian

The derivation is checked while the page is read, and a page with one that is not proved ends the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.errors import SphinxError
from sphinx.util.docutils import SphinxDirective

from gradproof._version import __version__
from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation
from gradproof.derivations.notation import tree_latex
from gradproof.derivations.notation.latex import escaped
from gradproof.derivations.notation.lines import Chain, chains
from gradproof.notes.tree import Badge, Formula
from gradproof.notes.verdicts import badges, findings
from gradproof.verify.batch import verify_derivations
from gradproof.verify.cache import Setting, Store, VerdictCache, default_folder, sources
from gradproof.verify.verdict import Report, Verdict, worst

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_MARKS = {Verdict.PROVED: "✓", Verdict.AGREES: "≈", Verdict.REFUTED: "✗", Verdict.ERROR: "✗"}
_GIVEN = {"en": "Given", "zh": "条件"}


class NotProved(SphinxError):  # noqa: N818 - it is said to the author
    """A page names a derivation that does not exist, or that is not proved."""

    category = "gradproof"


class DerivationDirective(SphinxDirective):
    """`gradproof` with the name of a derivation.

    lang     the language of its texts, en or zh; by default that of the project
    agrees   what only agrees at every point tried is shown as that, and does not end the build
    """

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {
        "lang": lambda text: directives.choice(text, ("en", "zh")),
        "agrees": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        language = self.options.get("lang") or ("zh" if (self.config.language or "").startswith("zh") else "en")
        try:
            derivation = catalogue.find(name)
        except catalogue.UnknownDerivation as problem:
            raise NotProved(f"{self.get_location()}: {problem}") from problem
        reports = checked(derivation)
        verdict = worst(report.verdict for report in reports)
        if verdict is not Verdict.PROVED and not (verdict is Verdict.AGREES and "agrees" in self.options):
            raise NotProved(f"{self.get_location()}: {'; '.join(_failing(name, reports))}")
        box = nodes.container(classes=["gradproof"])
        box += list(_shown(derivation, reports, language))
        self.set_source_info(box)
        return [box]


def checked(derivation: Derivation) -> tuple[Report, ...]:
    """The reports on a derivation, kept from one build to the next."""
    setting = Setting()
    cache = VerdictCache(Store(default_folder()), setting)
    (found,) = verify_derivations([derivation], setting, cache=cache)
    return found.reports


def _failing(name: str, reports: Sequence[Report]) -> Iterator[str]:
    """What is not proved, each with its counterexample if there is one."""
    if not reports:
        yield f"{name} has no lines: {Verdict.VACUOUS.value}"
    for report in reports:
        if report.verdict is not Verdict.PROVED:
            point = f" at {report.counterexample}" if report.counterexample else ""
            yield f"{report.claim.name}: {report.verdict.value}{point}"


def _shown(derivation: Derivation, reports: Sequence[Report], language: str) -> Iterator[nodes.Node]:
    for chain in chains(derivation, language, marked=False):
        yield nodes.paragraph("", "", nodes.strong(text=chain.title), classes=["gradproof-title"])
        if chain.given:
            given = nodes.paragraph("", f"{_GIVEN[language]}: ", classes=["gradproof-given"])
            for place, tree in enumerate(chain.given):
                given += [nodes.Text(", ")] * bool(place) + [_math(tree_latex(tree))]
            yield given
        yield _block(_aligned(chain))
    yield _badges(badges(derivation, findings(derivation, reports), language))


def _aligned(chain: Chain) -> str:
    """The lines of a chain below each other, each with its reason."""
    left = tree_latex(chain.left)
    lines = []
    for place, line in enumerate(chain.lines):
        sign = {"≤": r"\le", "≥": r"\ge", "→": r"\to"}.get(line.sign, line.sign)
        reason = f" && \\text{{{escaped(line.reason)}}}" if line.reason else ""
        lines.append(f"{left if place == 0 else ''} &{sign} {tree_latex(line.right)}{reason}")
    return "\\begin{aligned}\n" + " \\\\\n".join(lines or [left]) + "\n\\end{aligned}"


def _badges(found: Iterable[Badge]) -> nodes.paragraph:
    line = nodes.paragraph(classes=["gradproof-badges"])
    for place, badge in enumerate(found):
        name = badge.verdict.name.lower() if badge.verdict else "none"
        inline = nodes.inline(classes=["gradproof-badge", f"gradproof-{name}"])
        inline += nodes.Text(f"{_MARKS.get(badge.verdict, '?') if badge.verdict else '?'} ")
        inline += [_math(tree_latex(p.tree)) if isinstance(p, Formula) else nodes.Text(str(p)) for p in badge.text]
        line += ([nodes.Text(" ")] if place else []) + [inline]
    return line


def _math(latex: str) -> nodes.math:
    return nodes.math(latex, latex)


def _block(latex: str) -> nodes.math_block:
    block = nodes.math_block(latex, latex)
    block["nowrap"] = block["no-wrap"] = False  # Sphinx reads one or the other, by its version
    block["label"] = block["number"] = None
    return block


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directive. A change of the sources of gradproof makes every page outdated, as its badges may be."""
    app.add_directive("gradproof", DerivationDirective)
    app.add_config_value("gradproof_sources", sources.digest(sources.CATALOGUE), "env", types=[str])
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
