"""Every text of a page has an id: in a language in which each text stands in «…», no word of a page stands outside."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation, Text, Translation
from gradproof.notes import build, html, in_own_symbols, latex, markdown, slides
from gradproof.notes.figures import Figure
from gradproof.notes.lessons import Lesson
from gradproof.notes.overlay import all_texts
from gradproof.notes.stability import stability_table
from gradproof.notes.tree import Document
from gradproof.verify.check import TORCH, claims_of, torch_claims_of
from gradproof.verify.exact.every_size import scope
from gradproof.verify.stability import Row, Table
from gradproof.verify.verdict import Evidence, Report, Verdict

from .conftest import TAUGHT

#: Chapters of which the notes are whole: what is often misread, stable forms, layers, orders and ties are in them.
CHAPTERS = ("softmax", "norms", "backpropagation", "stable")
#: Kinds of texts, by which their ids begin.
KINDS = ("notes", "rule", "mistake", "scope", "figure", "entry", "method", "values", "verdict")
#: What is no word of a language: packages, functions and units of formulas, names of dtypes, NumPy and its like.
NAMES = re.compile(
    r"\b(torch\.\w+|float\d+|bfloat16|cpu|cuda|numpy|torch|Arb|Torch|NumPy|matplotlib|log1p|expm1|max|min|exp|log|ReLU|tanh|pdf)\b"
)

#: What TeX reads and nobody sees: code and comments, pictures, names in braces, lengths, names of functions.
UNSEEN = (
    r"(?m)%.*$",
    r"(?m)^\\gpcodeline.*$",
    r"@\{\}[lcr]+",
    r"\\(?:draw|node)\[[^;]*?(?=\{\$|;)",
    r"\\(?:operatorname|mathrm|hspace)\*?\{[^}]*\}",
    r"[\[{][\w.!/=-]*[\]}]",
    r"\\@?[A-Za-z]+",
)


def marked(text: str) -> str:
    """The text with its places filled outside of the marks: what fills them has marks of its own."""
    parts = re.split(r"(\{\w*\})", text)
    return "".join(part if place % 2 or not part.strip() else f"«{part}»" for place, part in enumerate(parts))


def outside(shown: str) -> list[str]:
    """Words of two letters and more that stand outside of all marks."""
    rest, before = shown, ""
    while rest != before:
        before, rest = rest, re.sub(r"«[^«»]*»", " ", rest)
    return re.findall(r"[^\W\d_]{3,}", NAMES.sub(" ", rest))


@pytest.fixture(scope="module")
def language() -> Translation:
    return Translation("qq", {text: marked(text.en) for text in all_texts().values()})


def evidence_of(derivation: Derivation) -> tuple[Report, ...]:
    """Reports with every kind of scope: of proofs, of points that were tried, of what Torch computes."""
    reports = []
    for claim in claims_of(derivation):
        proof = Evidence("every size", Verdict.PROVED, scope=scope(claim), bound=2.0**-60, seed=0)
        balls = Evidence("balls", Verdict.AGREES, scope="8000 points, float64 and Arb", drawn=9, effective=9, worst=0.5)
        torch = Evidence("Torch autograd", Verdict.AGREES, scope="1200 points, float64, cpu", worst=0.25, seed=0)
        reports.append(Report(claim, (proof, balls, torch)))
    on_torch = "the backward pass of torch.softmax; every n; float64 graph on cpu; where x > 0 and 3 more"
    shift = "any shift in the place of the maximum; where x > 0"
    for claim in torch_claims_of(derivation):
        assert claim.name.endswith(TORCH)
        found = tuple(Evidence("Torch's graph", Verdict.PROVED, scope=each) for each in (on_torch, shift))
        reports.append(Report(claim, found))
    return tuple(reports)


@pytest.fixture(scope="module")
def document(language: Translation, lessons_taught: dict[str, Lesson]) -> Document:
    chosen = [
        entry
        for chapter in catalogue.chapters()
        for entry in chapter.derivations
        if chapter.name in CHAPTERS or entry.name in TAUGHT
    ]
    reports = {entry.name: evidence_of(entry) for entry in chosen}
    whole = build(chosen, reports, language, lessons=lessons_taught)
    assert any(chapter.misread for chapter in whole.chapters)
    parts = [section for section in whole.sections() if section.stability and section.stability.note]
    assert parts and any(section.pictures for section in whole.sections()) and whole.refuted
    # of a book, author and title stay as they are; what is written by hand is a program
    bare = [
        replace(chapter, sections=tuple(replace(s, sources=(), listings=(), name="x") for s in chapter.sections))
        for chapter in whole.chapters
    ]
    return replace(whole, chapters=tuple(bare))


def test_the_marks_show_what_stands_outside() -> None:
    assert outside("«Every «n» line» of 3 «lines», float64") == [] and outside("a «b» line") == ["line"]
    assert marked("{count} of {total} lines") == "{count}« of »{total}« lines»" and marked("{a} {b}") == "{a} {b}"


def seen(page: str) -> str:
    """What is read or read aloud of a page, but for formulas and code."""
    said = re.sub(r"<(style|script|math|code|pre|svg|title)\b.*?</\1>", " ", page, flags=re.DOTALL)
    told = re.findall(r'(?:aria-label|alt|title)="([^"]*)"', page)
    assert len(told) > 5 and len(said) > 2_000
    return unescape(" | ".join([re.sub(r"<[^>]*>", " ", said), *told]))


def test_no_word_of_a_page_is_without_an_id(document: Document) -> None:
    assert outside(seen(html(document))) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_without_an_id_would_be_found(kind: str, lessons_taught: dict[str, Lesson]) -> None:
    known = {text: marked(text.en) for name, text in all_texts().items() if not name.startswith(kind + ".")}
    entry = catalogue.find("sigmoid_derivative")
    lacking = build([entry], {entry.name: evidence_of(entry)}, Translation("qq", known), lessons=lessons_taught)
    assert outside(seen(html(lacking))) != []


def test_no_word_of_a_file_for_tex_is_without_an_id(document: Document) -> None:
    for written in (latex(document), slides(document)):
        body = written.partition(r"\begin{document}")[2]
        body = re.sub(r"\\unichar\{(\d+)\}", lambda number: chr(int(number[1])), body)
        for told in UNSEEN:
            body = re.sub(told, " ", body)
        assert "«" in body and len(body) > 10_000
        assert outside(body) == []


def test_no_word_of_markdown_is_without_an_id(document: Document) -> None:
    for chapter in document.chapters:
        page = markdown(chapter, document.language)
        said = re.sub(r"\$\$.*?\$\$|\$[^$\n]*\$|```.*?```|`[^`]*`|\]\([^)]*\)", " ", page, flags=re.DOTALL)
        assert outside(said) == []


def test_remarks_in_own_symbols_are_in_the_further_language(jacobian: Derivation) -> None:
    remark = Text("At z the slope is p.", "在 z 处斜率为 p。")
    own = in_own_symbols([replace(jacobian, remarks=(remark,))], {"z": "o", "p": "y"})
    french = Translation("fr", {remark: "En z la pente est p.", jacobian.title: "La jacobienne de softmax"})
    (section,) = build(own, {}, french).sections()
    assert [said.replace("\u00a0", " ") for said in section.remarks] == ["En o la pente est y."]
    assert section.title == "La jacobienne de softmax"


def test_captions_are_said_in_the_further_language(lessons_taught: dict[str, Lesson], language: Translation) -> None:
    figures: list[Figure] = [figure for lesson in lessons_taught.values() for figure in lesson.figures]
    assert len(figures) == 5
    for figure in figures:
        assert outside(figure.caption(language)) == outside(figure.alternative(language)) == []
        assert outside(figure.caption("en")) != []


def test_why_a_row_is_empty_is_said_in_the_further_language(language: Translation) -> None:
    rows = (Row("bfloat16", unavailable="Torch is not installed"),)
    table = Table(rows, {}, 0, {"enclosures": "Arb"})
    (row,) = stability_table(table, language).rows
    assert outside(" ".join(row.fails)) == []
