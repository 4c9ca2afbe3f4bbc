"""The LaTeX file: whole, escaped, and it says what the reports say. That it compiles is tested in test_tex.py."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation, Text
from gradproof.derivations.notation import tree as t
from gradproof.derivations.notation import tree_latex
from gradproof.notes import build, latex
from gradproof.notes.latex import UnwritableCharacterError
from gradproof.notes.latex.pieces import broken
from gradproof.notes.latex.text import bookmark, plain, prose
from gradproof.notes.tree import Document
from gradproof.verify.verdict import Verdict

from .conftest import Reported


@pytest.fixture(scope="module", params=["en", "zh"])
def printed(request: pytest.FixtureRequest, whole: dict[str, Document]) -> tuple[str, str]:
    return request.param, latex(whole[request.param])


def test_every_entry_and_every_step_is_there(printed: tuple[str, str]) -> None:
    language, source = printed
    sections = re.findall(r"\\gpsection\{[\d.]+\}.*\{(\w+)\}\n", source)
    assert tuple(sections) == catalogue.names()
    rows = re.findall(r"^\\gprow\{(\w+)\}", source, flags=re.MULTILINE)
    steps = [step.id for d in catalogue.derivations() for part in d.walk() for step in part.steps]
    assert rows == steps and len(rows) > 200
    for derivation in catalogue.derivations():
        assert prose(derivation.title.in_language(language)) in source


def test_references_and_environments_match(printed: tuple[str, str]) -> None:
    source = printed[1]
    body = source[source.index(r"\begin{document}") :]
    labels = set(re.findall(r"\\gpsection\{[\d.]+\}.*\{(\w+)\}\n", body))
    assert set(re.findall(r"\\hyperref\[(\w+)\]", body)) <= labels
    opened: list[str] = []
    for kind, name in re.findall(r"\\(begin|end)\{(\w+\*?)\}", body):
        if kind == "begin":
            opened.append(name)
        else:
            assert opened.pop() == name
    assert opened == []


def test_what_is_often_misread_is_a_box_of_the_chapter(printed: tuple[str, str], whole: dict[str, Document]) -> None:
    language, source = printed
    boxes = re.findall(r"\\begin\{gpmisread\}\{(.*?)\}\n(.*?)\\end\{gpmisread\}", source, flags=re.DOTALL)
    chapters = [chapter for chapter in whole[language].chapters if chapter.misread]
    assert len(boxes) == len(chapters) > 10
    for (title, box), chapter in zip(boxes, chapters, strict=True):
        assert title == ("Often misread" if language == "en" else "常见误解")
        assert box.splitlines() == [rf"\item {prose(remark)}" for remark in chapter.misread]


def test_english_files_hold_no_letter_that_pdflatex_lacks(whole: dict[str, Document]) -> None:
    source = latex(whole["en"])
    assert {letter for letter in source if ord(letter) > 0x17F} == set()


@pytest.mark.parametrize("verdict", [*Verdict, None])
def test_a_verdict_is_said_in_badge_and_row(jacobian: Derivation, reported: Reported, verdict: Verdict | None) -> None:
    reports = reported(jacobian, softmax_jacobian_A3=verdict)
    source = latex(build([jacobian], {jacobian.name: reports}, "en"))
    (row,) = re.findall(r"\\gprow\{A3\}.*\n.*", source)
    name = verdict.name.lower() if verdict else "none"
    assert rf"{{\gpmark{name}{{}}}}" in row
    assert name in re.findall(r"\\gpbadge\{\w+\}\{\\gpmark(\w+)", source)
    if verdict is Verdict.PROVED:
        assert "all 25 lines proved" in source
    else:
        assert "all 25 lines" not in source and "1 of 25 lines" in source
    if verdict not in (Verdict.PROVED, None):
        assert row.rstrip("}").endswith(plain({
            Verdict.AGREES: "agrees (no proof)", Verdict.REFUTED: "refuted", Verdict.UNDECIDED: "not decided",
            Verdict.VACUOUS: "too few points", Verdict.UNAVAILABLE: "not available here",
            Verdict.ERROR: "the check failed",
        }[verdict]))  # fmt: skip


def test_a_changed_result_changes_the_file(jacobian: Derivation) -> None:
    step = jacobian.steps[-1]
    doubled = replace(jacobian, steps=(*jacobian.steps[:-1], replace(step, after=2 * step.after)))
    assert latex(build([jacobian], {}, "en")) != latex(build([doubled], {}, "en"))


def test_special_characters_are_escaped() -> None:
    assert plain(r"100% of $x_1 & {a}\b#~") == (r"100\% of \$x\_1 \& \{a\}\textbackslash{}b\#\textasciitilde{}")
    assert prose("σ′ ≤ 1/4 at x") == "\\gpvar{\\sigma}\\ensuremath{{}'}~\\ensuremath{\\leq}~1/4 at \\gpvar{x}"
    assert prose("c^(x − 1)") == r"\gpvar{c}\gpvar{^{x-1}}"
    assert plain("熵，KL") == "熵，KL"
    assert bookmark("δ of 1/4") == r"\unichar{948} of 1/4"


def test_a_character_without_a_form_is_refused(jacobian: Derivation) -> None:
    with pytest.raises(UnwritableCharacterError, match=r"U\+1F600"):
        latex(build([replace(jacobian, title=Text("\U0001f600", "甲"))], {}, "en"))


def test_long_formulas_break_at_their_signs(jacobian: Derivation) -> None:
    (section,) = build([jacobian], {}, "en").sections()
    two_terms = section.steps.rows[1].formula
    parts = broken(two_terms)
    assert parts.startswith(r"\begin{aligned}[t]&") and parts.count(r"\\&") == 1
    terms = parts.removeprefix(r"\begin{aligned}[t]&").removesuffix(r"\end{aligned}").split(r"\\&{}")
    assert "".join(terms).replace(" ", "") == tree_latex(two_terms).replace(" ", "")


def body_of(document: Document) -> str:
    """The file without its macros."""
    return latex(document).partition(r"\begin{document}")[2]


def test_a_section_has_one_table_of_symbols_and_at_most_one_box_of_code(taught: dict[str, Document]) -> None:
    sections = body_of(taught["en"]).split(r"\gpsection{")[1:]
    found = list(taught["en"].sections())
    assert len(sections) == len(found)
    for written, section in zip(sections, found, strict=True):
        beside, with_graph = written.count(r"\gpbeside{"), written.count(r"\gpbesidegraph{")
        assert (beside, with_graph) == ((0, 1) if section.graph else (1, 0))
        assert written.count(r"\begin{gpcode}") == bool(section.code or section.listings)
        assert written.count(r"\gpcodehead{") == bool(section.code) + len(section.listings)
        definitions = [tree_latex(each) for each in section.definitions]
        table = written[written.index(r"\gpbeside") :]
        assert all(definition in table.partition(r"\gphead{Derivation}")[0] for definition in definitions)


def test_the_lines_of_an_exercise_and_what_it_asks_are_there(taught: dict[str, Document]) -> None:
    source = body_of(taught["en"])
    exercises = [exercise for section in taught["en"].sections() for exercise in section.exercises]
    assert source.count(r"\gpline{") == sum(len(exercise.lines) for exercise in exercises) > 10
    asked = [exercise for exercise in exercises if not exercise.lines]
    assert source.count(r"\gpasked{") == len(asked) > 5
    assert all(rf"\gpasked{{{tree_latex(exercise.statement)}}}" in source for exercise in asked)


def test_an_empty_left_side_takes_no_line() -> None:
    assert broken(t.Relation(t.Words(""), "=", t.Number("1"))) == "= 1"
