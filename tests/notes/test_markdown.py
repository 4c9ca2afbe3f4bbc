"""Markdown: MyST's own parser finds every line of the derivations, and nothing that only one program knows."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.parsers.mdit import create_md_parser

from gradproof.derivations.notation import tree_latex
from gradproof.derivations.notation.tree import Words
from gradproof.notes import markdown
from gradproof.notes.changes import unmarked
from gradproof.notes.latex.pieces import relation_latex
from gradproof.notes.markdown.text import block, plain, said
from gradproof.notes.tree import Document


def parser() -> MarkdownIt:
    return create_md_parser(MdParserConfig(enable_extensions={"dollarmath"}), DocutilsRenderer)


def tokens(text: str) -> list[Token]:
    return parser().parse(text)


def formulas(text: str) -> list[str]:
    """All formulas on lines of their own."""
    return [token.content for token in tokens(text) if token.type == "math_block"]


@pytest.fixture(scope="module", params=["en", "zh"])
def pages(request: pytest.FixtureRequest, taught: dict[str, Document]) -> tuple[Document, list[str]]:
    document = taught[request.param]
    return document, [markdown(chapter, request.param) for chapter in document.chapters]


#: What is not a letter of a formula: marks of what changed, and what breaks a wide one over lines.
_DRESS = re.compile(r"\\underline|\\cdot|\\quad|\\(?:begin|end)\{aligned\}|\[t\]|[{}&\\\s]")


def test_every_line_is_a_formula_of_its_own(pages: tuple[Document, list[str]]) -> None:
    document, texts = pages
    for chapter, text in zip(document.chapters, texts, strict=True):
        shown = {_DRESS.sub("", each) for each in formulas(text)}
        for section in chapter.sections:
            for row in [
                row for steps in (section.steps, *(case.steps for case in section.cases)) for row in steps.rows
            ]:
                sign = {"<": "lt", ">": "gt"}.get(row.relation) or relation_latex(row.relation)
                assert _DRESS.sub("", f"{sign} {tree_latex(unmarked(row.formula))}") in shown, (section.name, row.id)
                assert f"**{row.id}** " in text


def test_it_holds_no_macro_of_ours_and_no_directive(pages: tuple[Document, list[str]]) -> None:
    for text in pages[1]:
        assert r"\gp" not in text and ":::" not in text and "{.callout" not in text
        assert {token.type for token in tokens(text)} & {"html_block", "colon_fence", "myst_role"} == set()
        assert all(token.info in ("", "python") for token in tokens(text) if token.type == "fence")


def test_headings_descend_by_one(pages: tuple[Document, list[str]]) -> None:
    for text in pages[1]:
        levels = [int(token.tag[1]) for token in tokens(text) if token.type == "heading_open"]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_are_read_as_tables(pages: tuple[Document, list[str]]) -> None:
    document, texts = pages
    found = sum(token.type == "table_open" for text in texts for token in tokens(text))
    sections = list(document.sections())
    assert found == len(sections) + sum(section.example is not None for section in sections) > 5


def test_dollars_come_in_pairs(pages: tuple[Document, list[str]]) -> None:
    """What the parser leaves as text holds no dollar and no backslash: every formula was read as one."""
    for text in pages[1]:
        inline = [child for token in tokens(text) for child in token.children or ()]
        left = [child.content for child in inline if child.type == "text" and re.search(r"[$\\]", child.content)]
        assert left == []


@pytest.mark.parametrize("sign", ["<", ">"])
def test_a_relation_does_not_begin_a_quotation(sign: str) -> None:
    kinds = {token.type for token in tokens(block(Words("x"), sign))}
    assert kinds == {"math_block"}
    assert {token.type for token in tokens("> x")} >= {"blockquote_open"}, "as it would without care"


def test_signs_of_markdown_in_text_stay_text() -> None:
    text = "a*b* [c](d) <e> `f` #g $h$ i|j \\k _l_ ~m~"
    (inline,) = [token for token in tokens(plain(text)) if token.type == "inline"]
    assert {child.type for child in inline.children or ()} <= {"text", "text_special"}
    assert "".join(child.content for child in inline.children or ()) == text


def test_variables_in_prose_are_formulas() -> None:
    assert said("where x_i is λ and `torch.max` is code") == "where $x_{i}$ is $\\lambda$ and `torch.max` is code"
