"""The whole catalogue becomes PDF in both languages, without a fault; and faults are found where they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation, Text
from gradproof.notes import TexError, fragment, lessons_of, make_pdf, slides, write_notes
from gradproof.notes.build import build
from gradproof.notes.latex import latex
from gradproof.notes.pdf import FIGURES
from gradproof.notes.tree import Document
from gradproof.verify.verdict import Verdict

from .conftest import Reported

pytestmark = pytest.mark.tex


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_catalogue_compiles(language: str, reported: Reported, tmp_path: Path) -> None:
    derivations = tuple(catalogue.derivations())
    odd = {"sigmoid_derivative_A2": Verdict.REFUTED, "softmax_jacobian_A3": Verdict.AGREES, "mse_gradient_A2": None}
    reports = {derivation.name: reported(derivation, **odd) for derivation in derivations}
    written = write_notes(derivations, reports, tmp_path, language, ("pdf",), dict(lessons_of(derivations)))
    pdf = written[-1].read_bytes()
    assert pdf.startswith(b"%PDF-") and len(pdf) > 100_000
    there = sorted(path.name for path in tmp_path.iterdir())
    assert there == ["figures", "notes.pdf", "notes.tex"], "TeX leaves nothing behind"


def test_a_long_line_stays_on_the_page(jacobian: Derivation, tmp_path: Path) -> None:
    """Formulas and words that are far wider than the page are broken or shrunk."""
    long = jacobian
    for _ in range(3):
        step = long.steps[1]
        wide = replace(step, after=step.after * (1 + step.after) + step.before)
        long = replace(long, steps=(long.steps[0], wide, *long.steps[2:]))
    title = Text("A very long title, " * 12, "很长的标题，" * 24)
    source = tmp_path / "long.tex"
    source.write_text(latex(build([replace(long, title=title, branches=())], {}, "en")), encoding="utf-8")
    assert make_pdf(source, "en").exists()


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (r"see \ref{nowhere}", "undefined"),
        (r"\hbox{\hskip 2000pt}x", "Overfull"),
        (r"\undefinedmacro", "undefinedmacro"),
        (r"{\fontencoding{U}\fontfamily{msb}\selectfont\char200}", "Missing character"),
    ],
)
def test_faults_stop_the_pdf(jacobian: Derivation, tmp_path: Path, fault: str, message: str) -> None:
    source = tmp_path / "notes.tex"
    text = latex(build([replace(jacobian, branches=())], {}, "en"))
    source.write_text(text.replace(r"\end{document}", f"{fault}\n\n\\end{{document}}"), encoding="utf-8")
    with pytest.raises(TexError, match=message):
        make_pdf(source, "en")
    assert not (tmp_path / "notes.pdf").exists()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_slides_compile_and_fit(language: str, taught: dict[str, Document], tmp_path: Path) -> None:
    source = tmp_path / "slides.tex"
    source.write_text(slides(taught[language]), encoding="utf-8")
    frames = source.read_text(encoding="utf-8").count(r"\begin{frame}")
    assert len(PdfReader(make_pdf(source, language)).pages) == frames > 50


def test_a_slide_that_is_too_high_is_seen(taught: dict[str, Document], tmp_path: Path) -> None:
    source = tmp_path / "slides.tex"
    text = slides(taught["en"])
    high = r"\begin{frame}\rule{1pt}{2\textheight}\end{frame}\end{document}"
    source.write_text(text[: text.index(r"\begin{frame}")] + high, encoding="utf-8")
    with pytest.raises(TexError, match="Overfull"):
        make_pdf(source, "en")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("host", ["article", "beamer"])
def test_fragments_compile_in_documents_of_others(
    language: str, host: str, taught: dict[str, Document], tmp_path: Path
) -> None:
    """Several in one document, in beamer in a frame each, with the packages that they name and nothing else."""
    pieces = [fragment(section, language) for section in taught[language].sections()]
    (needed,) = {
        line.partition("preamble: ")[2] for text in pieces for line in text.splitlines() if "preamble: " in line
    }
    chinese = r"\usepackage{xeCJK}\setCJKmainfont{Noto Serif CJK SC}" if language == "zh" else ""
    body = []
    for place, text in enumerate(pieces):
        (tmp_path / FIGURES).mkdir(exist_ok=True)
        (tmp_path / FIGURES / f"piece{place}.tex").write_text(text, encoding="utf-8")
        read = f"\\input{{{FIGURES}/piece{place}.tex}}"
        body.append(rf"\begin{{frame}}[allowframebreaks]{read}\end{{frame}}" if host == "beamer" else read)
    source = tmp_path / "host.tex"
    lines = [rf"\documentclass{{{host}}}", needed + chinese, r"\begin{document}", *body, r"\end{document}"]
    source.write_text("\n".join(lines), encoding="utf-8")
    assert make_pdf(source, language).exists()
