"""Pages: whole, readable without colours, scripts and a network, and harmless whatever was handed in."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from gradproof.grading.exercise import Exercise
from gradproof.grading.feedback import hinted
from gradproof.grading.feedback.page import Sheet, class_page, submission_page
from gradproof.grading.feedback.words import WORDS, word
from gradproof.grading.marking import Graded

VOID = {"meta", "mo"}


class Page(HTMLParser):
    """Reads a page strictly: every element that is opened is closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data if "style" not in self.open else ""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_of_a_class(language: str, submissions: list[Graded], softmax: Exercise) -> None:
    page = Page(class_page(submissions, Sheet(softmax, language)))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    targets = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert len(ids) == len(set(ids))
    assert {str(target).removeprefix("#") for target in targets} <= set(ids)
    assert [target for target in targets if target != "#index"] == ["#s1", "#s2", "#s3"]
    slip = {"en": "the sign of the term without δ is wrong", "zh": "不含 δ 的那一项符号错误"}[language]
    assert page.text.count(slip) == 2  # in the index, and at the line
    assert word("carried", language) in page.text
    for key in ("right", "wrong", "open", "counterexample", "RIGHT", "WRONG", "EARNED"):
        assert word(key, language) in page.text
    if language == "zh":
        assert "could not" not in page.text and "expected" not in page.text


def test_nothing_runs_and_nothing_is_loaded(submissions: list[Graded], softmax: Exercise) -> None:
    text = class_page(submissions, Sheet(softmax, "en"))
    page = Page(text)
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "iframe", "object", "link", "b", "form"}
    attributes = [name for _, found in page.tags for name in found]
    assert not [name for name in attributes if name.startswith("on") or name == "src"]
    assert set(re.findall(r"url\((\w+):", text)) == {"data"}
    assert "http" not in text.replace("http-equiv", "")
    assert "\u202e" not in text
    assert "alert(1)" in page.text  # said, not run


def test_where_it_could_not_be_read_is_shown(submissions: list[Graded], softmax: Exercise) -> None:
    text = submission_page(submissions[2], Sheet(softmax, "en"))
    source, *_ = re.findall(r'<pre class="source"><code>(.*?)</code></pre>', text, re.DOTALL)
    line, caret = re.sub("<[^>]+>", "", source).replace("&lt;", "<").replace("&gt;", ">").split("\n")
    assert line[caret.index("^") :].startswith(r"\alpha")
    assert r"<mark>\</mark>alpha" in source


def test_what_departs_from_the_right_form_is_marked(submissions: list[Graded], softmax: Exercise) -> None:
    text = submission_page(submissions[0], Sheet(softmax, "en"))
    (marked,) = re.findall(r'<mrow class="changed">(.*?)</mrow>', text)
    assert re.sub("<[^>]+>", "", marked) == "+pj"
    assert text.count('<li class="first">') == 1
    assert '<mrow class="changed">' not in submission_page(submissions[1], Sheet(softmax, "en"))


def test_hints_give_nothing_away(submissions: list[Graded], softmax: Exercise) -> None:
    text = submission_page(hinted(submissions[0], 1), Sheet(softmax, "en"))
    page = Page(text)
    assert "hint: Check the signs in this line." in page.text
    for said in ("i ≠ j", "Both sides differ", "0.1966"):
        assert said not in page.text
    assert '<mrow class="changed">' not in text
    assert "item 2" in page.text  # not the formula that it asks for


def test_a_file_of_which_nothing_is_read(softmax: Exercise) -> None:
    page = Page(submission_page(Graded("a.pdf", problem="a.pdf is a PDF, <so>"), Sheet(softmax, "en")))
    assert "could not be read" in page.text
    assert "<so>" in page.text
    empty = Page(submission_page(Graded("a.md"), Sheet(softmax, "zh")))
    assert word("nothing", "zh") in empty.text


def test_marks_have_signs_and_words(submissions: list[Graded], softmax: Exercise) -> None:
    text = re.sub("<[^>]+>", "", submission_page(submissions[0], Sheet(softmax, "en")))
    assert all(said in text for said in ("✓ right", "✗ WRONG"))
    plain = replace(submissions[0], awarded=None)
    assert "points 2 of 3, 0 for you to decide" in Page(submission_page(plain, Sheet(softmax, "en"))).text


def test_every_word_has_both_languages() -> None:
    for key, text in WORDS.items():
        assert text.en and text.zh, key
        assert set(re.findall(r"\{\w+\}", text.en)) == set(re.findall(r"\{\w+\}", text.zh)), key
