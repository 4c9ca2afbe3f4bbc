"""Derivations of real notes: no wrong verdict, with all declarations, with one left out, and with none."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from gradproof.grading.status import LineReport, LineStatus

from .conftest import Judged, declarations, derivations

MACROS, GIVEN = declarations()
DERIVATIONS = derivations()
#: What says neither yes nor no of a derivation.
OPEN = frozenset({
    LineStatus.NEEDS, LineStatus.UNREADABLE, LineStatus.EQUAL_IF, LineStatus.UNDECIDED, LineStatus.ERROR,
    LineStatus.VACUOUS, LineStatus.UNAVAILABLE,
})  # fmt: skip


def base(derivation: dict[str, Any]) -> str:
    return str(derivation.get("mutant_of", derivation["id"]))


def outcome(derivation: dict[str, Any], reports: list[LineReport]) -> str:
    """ "right", "wrong" or "open"."""
    statuses = {report.status for report in reports}
    refuted = LineStatus.REFUTED in statuses
    if derivation["truth"] == "true":
        return "wrong" if refuted else "open" if statuses & OPEN or not any(s.ok for s in statuses) else "right"
    if refuted:
        return "right"
    return "open" if statuses & OPEN or not any(status.ok for status in statuses) else "wrong"


@pytest.fixture(scope="module")
def reports(judged: Judged) -> dict[str, list[LineReport]]:
    """What is said of each derivation with its declarations."""
    return {
        derivation["id"]: judged(derivation["latex"], MACROS + "\n" + GIVEN[base(derivation)])
        for derivation in DERIVATIONS
    }


@pytest.mark.slow
def test_with_declarations_nothing_is_wrong_and_most_is_decided(reports: dict[str, list[LineReport]]) -> None:
    found = {derivation["id"]: outcome(derivation, reports[derivation["id"]]) for derivation in DERIVATIONS}
    counts = Counter(found.values())
    print(dict(counts), [name for name, result in found.items() if result != "right"])
    assert [name for name, result in found.items() if result == "wrong"] == []
    assert counts["right"] >= 85


@pytest.mark.slow
def test_a_mutant_is_refuted_no_earlier_than_where_it_was_changed(reports: dict[str, list[LineReport]]) -> None:
    for derivation in DERIVATIONS:
        if derivation["truth"] == "true" or not derivation.get("false_steps"):
            continue
        said = reports[derivation["id"]]
        refuted = [place for place, report in enumerate(said) if report.status is LineStatus.REFUTED]
        if refuted:
            assert refuted[0] >= derivation["false_steps"][0], derivation["id"]


@pytest.mark.slow
def test_without_declarations_nothing_is_wrong(judged: Judged) -> None:
    for derivation in DERIVATIONS:
        assert outcome(derivation, judged(derivation["latex"], MACROS)) != "wrong", derivation["id"]


TRUE = [derivation for derivation in DERIVATIONS if derivation["truth"] == "true"]


@pytest.mark.slow
@pytest.mark.parametrize("derivation", TRUE, ids=lambda derivation: derivation["id"])
def test_leaving_out_one_declaration_refutes_no_true_line(derivation: dict[str, Any], judged: Judged) -> None:
    lines = GIVEN[base(derivation)].strip().splitlines()
    for left_out in range(len(lines)):
        given = "\n".join([MACROS, *lines[:left_out], *lines[left_out + 1 :]])
        refuted = [report for report in judged(derivation["latex"], given) if report.status is LineStatus.REFUTED]
        assert not refuted, f"without {lines[left_out]!r}: {refuted[0].reason} {refuted[0].counterexample}"


def test_the_derivations_are_all_there() -> None:
    assert len(DERIVATIONS) == 89
    assert len(TRUE) >= 35
    assert {base(derivation) for derivation in DERIVATIONS} <= set(GIVEN)
