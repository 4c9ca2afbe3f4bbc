"""The measured tables in the notes: in words, on the page, in LaTeX, and in both languages."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from gradproof.derivations.catalogue import derivations, find
from gradproof.notes import build, html, latex
from gradproof.notes.numbers import short, significant
from gradproof.notes.stability import fails, measured, stability_table
from gradproof.verify.stability import Failure, Outcome, Row

STABLE = find("softplus_stable")


def way(outcome: Outcome = Outcome.LOST, **changes: object) -> Failure:
    plain = Failure(outcome, ("x",), 1, "", 709.78271, True, "x = 709.783")
    return replace(plain, **changes)  # type: ignore[arg-type]


def shown(*failures: Failure, language: str = "en") -> list[str]:
    return [text.replace("\u00a0", " ") for text in fails(failures, language)]


def test_numbers_are_written_with_their_significant_digits() -> None:
    numbers = {709.78271: "709.8", 88.0: "88", 11.09375: "11.09", 1.5717e-162: "1.572·10⁻¹⁶²", 0.00195: "0.00195"}
    assert {number: significant(number, 4) for number in numbers} == numbers
    assert [short(number) for number in (0, 0.31, 1966.2, 8.87e15)] == ["0", "0.31", "1966", "8.9·10¹⁵"]


def test_each_way_of_failing_has_its_words() -> None:
    assert shown(way(Outcome.INFINITE)) == ["overflow: x > 709.8"]
    assert shown(way(sign=-1)) == ["no digit is right: x < −709.8"]
    assert shown(way(), way(sign=-1)) == ["no digit is right: |x| > 709.8"]
    assert shown(way(), way(sign=-1, size=36.7)) == ["no digit is right: x < −36.7, x > 709.8"]
    assert shown(way(beyond=False, size=1e-16)) == ["no digit is right: 0 < x < 1.000·10⁻¹⁶"]
    assert shown(way(beyond=False, sign=-1)) == ["no digit is right: −709.8 < x < 0"]
    assert shown(way(beyond=False), way(beyond=False, sign=-1)) == ["no digit is right: 0 < |x| < 709.8"]
    assert shown(way(sign=0, variables=("z",))) == ["no digit is right: max |z| > 709.8"]
    assert shown(way(sign=0, beyond=False, variables=("w", "z"))) == ["no digit is right: max |w, z| < 709.8"]
    assert shown(way(others="y = 1")) == ["no digit is right: x > 709.8 (y = 1)"]
    assert shown(way(size=None)) == ["no digit is right: entries of any size"]
    both = shown(way(), way(Outcome.UNDEFINED, size=88.7), language="zh")
    assert both == ["得到 nan：x > 88.7", "有效数字全部丢失：x > 709.8"]


@pytest.mark.parametrize("language", ("en", "zh"))
def test_the_table_says_what_was_measured_and_how(language: str) -> None:
    table = measured(STABLE)
    told = stability_table(table, language)
    assert [row.dtype for row in told.rows] == ["float64", "float32", "float16", "bfloat16"]
    for row, source in zip(told.rows, table.rows, strict=True):
        assert row.naive == "∞" and math.isinf(source.naive.worst)
        assert row.stable == short(source.stable.worst)
        assert len(row.fails) == 2
    assert "709.8" in "".join(told.rows[0].fails)
    assert "400" in told.note and table.versions["numpy"] in told.note and "Arb" in told.note
    assert all(told.heads) and len(set(told.heads)) == 4
    sized = stability_table(measured(find("log_sum_exp_stable")), language)
    assert "n = 4" in sized.note and "n = 4" not in told.note


def test_what_is_not_available_is_said_in_its_row() -> None:
    table = measured(STABLE)
    without = replace(table, rows=(*table.rows[:3], Row("bfloat16", unavailable="Torch is not installed")))
    reasons = {"en": "not available here: Torch is not installed", "zh": "此处无法测量：未安装 Torch"}
    for language, reason in reasons.items():
        last = stability_table(without, language).rows[-1]
        assert (last.dtype, last.naive, last.stable, last.fails) == ("bfloat16", "–", "–", (reason,))
    nothing = replace(table, rows=tuple(Row(row.dtype, unavailable="Torch is not installed") for row in table.rows))
    assert "at 0 points" in stability_table(nothing, "en").note


@pytest.mark.parametrize("language", ("en", "zh"))
def test_both_printers_show_the_table_of_an_entry_that_has_one(language: str) -> None:
    document = build([STABLE, find("softmax_jacobian")], {}, language)
    first, second = document.sections()
    assert first.stability is not None and second.stability is None
    page, source = html(document), latex(document)
    heading = {"en": "In floating point", "zh": "浮点计算"}[language]
    assert page.count(f"<h4>{heading}</h4>") == 1 and source.count(rf"\gphead{{{heading}}}") == 1
    for row in first.stability.rows:
        assert f"<td>{row.dtype}</td>" in page and rf"\texttt{{{row.dtype}}}" in source
        assert f'<td class="number">{row.stable}</td>' in page and f"& {row.stable} &" in source
    assert "709.8" in page and "709.8" in source
    assert page.count("<tr>") == page.count("</tr>")


def test_a_table_is_measured_once_in_a_process() -> None:
    assert measured(STABLE) is measured(STABLE)


def test_cases_by_region_are_titled_by_their_condition() -> None:
    document = build([STABLE], {}, "en")
    (section,) = document.sections()
    signs = [part.tree.sign for case in section.cases for part in case.condition if not isinstance(part, str)]
    assert signs == [">", "<"]
    assert [case.anchor for case in section.cases] == ["softplus_stable-positive", "softplus_stable-negative"]


def test_every_stable_entry_of_the_catalogue_has_its_table() -> None:
    chosen = [entry for entry in derivations() if entry.stable]
    document = build(chosen, {}, "en")
    assert len(chosen) > 10
    assert all(section.stability is not None and len(section.stability.rows) == 4 for section in document.sections())
    notes = [section.stability.note for section in document.sections() if section.stability]
    shown = [note for note in notes if note]
    assert 0 < len(shown) < len(notes) and len(set(shown)) == len(shown), "how it was measured is said once"
    assert latex(document).count("Measured, not proved") == html(document).count("Measured, not proved") == len(shown)
