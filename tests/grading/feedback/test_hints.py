"""Hints say more the higher the level, and never what would be right."""

from __future__ import annotations

import json

import pytest

from gradproof.derivations.slips import SLIPS
from gradproof.grading.feedback import LEVELS, hinted
from gradproof.grading.marking import Graded, Line, Mark


def first(graded: Graded) -> Line:
    found = graded.first_wrong
    assert found is not None
    return found


def test_the_slip_of_the_first_wrong_line(submissions: list[Graded]) -> None:
    named = first(submissions[0]).slip
    (slip,) = [each for each in SLIPS if each.name == named]
    for level in LEVELS:
        line = first(hinted(submissions[0], level))
        assert line.hint == slip.hints[level - 1]
        assert (line.slip, line.point, line.reason) == ("", None, "")
        assert line.finding.counterexample is None


def test_without_a_name_a_point_is_said_last(submissions: list[Graded]) -> None:
    from dataclasses import replace

    graded = submissions[0]
    lines = tuple(replace(line, slip="") for line in graded.lines)
    unnamed = replace(graded, lines=lines, awarded=None)
    said = [first(hinted(unnamed, level)).hint for level in LEVELS]
    assert [each.en for each in said[:2] if each] == ["Check this line.", "Does it follow from the line before?"]
    last = said[2]
    assert last is not None
    assert "n = 2" in last.en and "n = 2" in last.zh
    lost = replace(unnamed, lines=tuple(replace(line, point=None) for line in lines))
    found = first(hinted(lost, 3)).hint
    assert found is not None and "does not follow" in found.en


def test_marks_stay_and_later_errors_are_not_explained(submissions: list[Graded]) -> None:
    from dataclasses import replace

    graded = submissions[0]
    twice = replace(graded, lines=(*graded.lines, first(graded)), awarded=None)
    found = hinted(twice, 3)
    assert [line.mark for line in found.lines] == [line.mark for line in twice.lines]
    assert found.lines[-1].mark is Mark.WRONG
    assert first(graded).slip not in json.dumps(found.to_json())


def test_there_are_three_levels(submissions: list[Graded]) -> None:
    with pytest.raises(ValueError, match="is 1, 2 or 3, not 4"):
        hinted(submissions[0], 4)
