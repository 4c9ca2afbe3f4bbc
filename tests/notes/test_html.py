"""The page: well formed, whole by itself, every link leads somewhere, and it says what the reports say."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass, field, replace
from html import unescape
from html.parser import HTMLParser

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation, Text
from gradproof.notes import build, html
from gradproof.notes.prose import pieces
from gradproof.notes.tree import Document
from gradproof.verify.verdict import Verdict

from .conftest import Reported

#: Elements of MathML Core; `menclose` and `mfenced` are not among them.
MATHML_CORE = "math mi mn mo mtext mrow mfrac msqrt mroot msub msup msubsup munder mover munderover mspace"
VOID = {"meta", "wbr", "br", "link", "img"}


@dataclass
class Page(HTMLParser):
    """What a page holds; raises where its elements do not nest."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)
    labels: list[str] = field(default_factory=list)
    attributes: dict[str, dict[str, str | None]] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags[tag] += 1
        self.attributes.setdefault(tag, values)
        if values.get("id"):
            self.ids.append(str(values["id"]))
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))
        if values.get("aria-labelledby"):
            self.labels.append(str(values["aria-labelledby"]))
        self.loaded += [str(values[name]) for name in ("src", "srcset", "data", "poster") if name in values]
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()


def read(page: str) -> Page:
    parsed = Page()
    parsed.feed(page)
    parsed.close()
    assert parsed.open == []
    return parsed


@pytest.fixture(scope="module", params=["en", "zh"])
def printed(request: pytest.FixtureRequest, whole: dict[str, Document]) -> tuple[str, str]:
    return request.param, html(whole[request.param])


@pytest.fixture(scope="module", params=["en", "zh"])
def taught_page(request: pytest.FixtureRequest, taught: dict[str, Document]) -> tuple[str, str]:
    return request.param, html(taught[request.param])


def test_what_stands_beside_the_lines_nests_and_is_named(taught_page: tuple[str, str]) -> None:
    _, page = taught_page
    parsed = read(page)
    assert [name for name, count in Counter(parsed.ids).items() if count > 1] == []
    inner = {link[1:] for link in parsed.links if link.startswith("#")}
    assert inner | set(parsed.labels) <= set(parsed.ids)
    assert all(next_ <= level + 1 for level, next_ in zip(parsed.headings, parsed.headings[1:], strict=False))
    assert parsed.loaded == []
    assert parsed.tags["details"] == parsed.tags["summary"] == page.count('class="exercise"') > 15
    drawings = re.findall(r"<svg[^>]*>", page)
    assert len(drawings) >= 8
    assert all('role="img"' in each and re.search(r'aria-label="[^"]{12,}"', each) for each in drawings)
    references = set(re.findall(r'(?:url\(|href=")#([^)"]+)', page))
    assert references <= set(parsed.ids), "what a drawing uses is in it"


def test_formulas_beside_the_lines_are_mathml_core(taught_page: tuple[str, str]) -> None:
    core = set(MATHML_CORE.split())
    for formula in dict.fromkeys(re.findall(r"<math.*?</math>", taught_page[1], flags=re.DOTALL)):
        assert {element.tag for element in ElementTree.fromstring(formula).iter()} <= core, formula


def text_of(page: str) -> str:
    """What a person reads, without the style."""
    return re.sub(r"<[^>]*>", "", re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))


def test_elements_nest_and_anchors_resolve(printed: tuple[str, str]) -> None:
    language, page = printed
    parsed = read(page)
    assert page.startswith("<!doctype html>")
    assert str(parsed.attributes["html"]["lang"]).startswith(language)
    assert [name for name, count in Counter(parsed.ids).items() if count > 1] == []
    assert set(catalogue.names()) <= set(parsed.ids)
    inner = [link[1:] for link in parsed.links if link.startswith("#")]
    assert len(inner) > 2 * len(catalogue.names())
    assert set(inner) | set(parsed.labels) <= set(parsed.ids)


def test_headings_and_landmarks(printed: tuple[str, str]) -> None:
    parsed = read(printed[1])
    assert parsed.headings.count(1) == 1 and parsed.headings[0] == 1
    assert all(next_ <= level + 1 for level, next_ in zip(parsed.headings, parsed.headings[1:], strict=False))
    assert all(parsed.tags[tag] == 1 for tag in ("header", "nav", "main", "footer"))
    assert parsed.tags["article"] == len(catalogue.names())


def test_nothing_is_loaded(printed: tuple[str, str]) -> None:
    page = printed[1]
    parsed = read(page)
    assert parsed.loaded == [] and parsed.tags["link"] == 0
    assert re.search(r"\b(?:fetch|import|XMLHttpRequest|WebSocket|eval|document\.write)\b", page) is None
    assert [link for link in parsed.links if not link.startswith("#")] == []
    assert re.findall(r"(?:https?:)?//[a-z]\S*", re.sub(r"base64,[^)]*", "", page)) == []
    outside = {place for place in re.findall(r"url\((.{10})", page) if not place.startswith("#")}
    assert "@import" not in page and outside == {"data:font/"}


def test_every_formula_is_well_formed_mathml(printed: tuple[str, str]) -> None:
    formulas = re.findall(r"<math.*?</math>", printed[1], flags=re.DOTALL)
    assert len(formulas) > 1000
    core = set(MATHML_CORE.split())
    for formula in dict.fromkeys(formulas):
        names = {element.tag for element in ElementTree.fromstring(formula).iter()}
        assert names <= core, formula


def test_what_is_often_misread_comes_before_the_entries(printed: tuple[str, str], whole: dict[str, Document]) -> None:
    language, page = printed
    for chapter in whole[language].chapters:
        start = page.index(f'id="{chapter.anchor}"')
        before = page[start : page.index("<article", start)]
        shown = [unescape(text_of(item)) for item in re.findall(r"<li>.*?</li>", before)]
        assert shown == ["".join(piece.text for piece in pieces(remark)) for remark in chapter.misread]
        assert before.count("Often misread" if language == "en" else "常见误解") == bool(chapter.misread)


def test_chinese_pages_have_no_english_words_of_the_notes(printed: tuple[str, str]) -> None:
    language, page = printed
    english = ("not checked", "Derivation", "Definitions", "defined below", "from 1 to", "Assumed", "Case ")
    found = [words for words in english if words in text_of(page)]
    assert found == (list(english) if language == "en" else [])


def test_a_changed_result_changes_the_page(jacobian: Derivation) -> None:
    step = jacobian.steps[-1]
    doubled = replace(jacobian, steps=(*jacobian.steps[:-1], replace(step, after=2 * step.after)))
    assert html(build([jacobian], {}, "en")) != html(build([doubled], {}, "en"))


@pytest.mark.parametrize("verdict", [*Verdict, None])
def test_a_verdict_is_said_in_badge_and_row(jacobian: Derivation, reported: Reported, verdict: Verdict | None) -> None:
    reports = reported(jacobian, softmax_jacobian_A3=verdict)
    page = html(build([jacobian], {jacobian.name: reports}, "en"))
    (row,) = re.findall(r'<li id="softmax_jacobian-A3".*?</li>', page, flags=re.DOTALL)
    (badges,) = re.findall(r'<ul class="badges">.*?</ul>', page)
    name = verdict.name.lower() if verdict else "none"
    assert f'class="mark glyph {name}"' in row
    assert f'class="badge {name}"' in badges
    if verdict is not Verdict.PROVED:
        assert "1 of 25 lines" in text_of(badges)
        assert 'class="mark glyph proved"' not in row
        assert "all 25" not in text_of(badges)


def test_texts_cannot_break_the_page(jacobian: Derivation) -> None:
    strange = replace(
        jacobian,
        title=Text('<script>alert(1)</script> & "x"', "<b>"),
        remarks=(Text("a < b & c", "甲"),),
        sources=("<i>",),
    )
    page = html(build([strange], {}, "en"))
    parsed = read(page)
    assert parsed.tags["script"] == 1 and "alert(1)</script>" not in page
    assert "&lt;script&gt;" in page and "&lt;i&gt;" in page


def test_the_font_has_the_letters_of_the_pages(printed: tuple[str, str]) -> None:
    """No letter of a formula falls back on another font, also not as the mathematical italic that browsers show."""
    from importlib.resources import files

    from fontTools.ttLib import TTFont

    path = files("gradproof.notes").joinpath("assets/stix-two-math/stix-two-math-subset.woff2")
    with path.open("rb") as stream:
        font = TTFont(stream)
        known = set(font.getBestCmap())
        assert "MATH" in font
    shown = set()
    for formula in re.findall(r"<math.*?</math>", printed[1], flags=re.DOTALL):
        for element in ElementTree.fromstring(formula).iter():
            text = element.text or ""
            if element.tag == "mi" and len(text) == 1 and element.get("mathvariant") != "normal":
                text = italic(text)
            shown |= set(text) if element.tag != "mtext" else set()
    assert len(shown) > 40
    assert {letter for letter in shown if ord(letter) not in known and not letter.isspace()} == set()


def italic(letter: str) -> str:
    """The letter that a browser shows for a single letter in <mi>."""
    if letter == "h":
        return "ℎ"
    for first, last, start in (("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("Α", "Ω", 0x1D6E2), ("α", "ω", 0x1D6FC)):
        if first <= letter <= last:
            return chr(start + ord(letter) - ord(first))
    return letter
