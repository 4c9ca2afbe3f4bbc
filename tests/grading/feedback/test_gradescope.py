"""Results for Gradescope have the fields of its specification, of the kinds that it names, and no others."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from gradproof.grading.feedback import hinted, results
from gradproof.grading.marking import Graded

#: What gradescope-autograders.readthedocs.io/en/latest/specs says of a result and of a test in it.
VISIBILITY = {"hidden", "after_due_date", "after_published", "visible"}
FORMATS = {"text", "html", "simple_format", "md", "ansi"}
RESULT = {
    "score": (int, float), "execution_time": (int, float), "output": str, "output_format": FORMATS,
    "test_output_format": FORMATS, "test_name_format": FORMATS, "visibility": VISIBILITY,
    "stdout_visibility": VISIBILITY, "extra_data": dict, "tests": list, "leaderboard": list,
}  # fmt: skip
TEST = {
    "score": (int, float), "max_score": (int, float), "status": {"passed", "failed"}, "name": str,
    "name_format": FORMATS, "number": str, "output": str, "output_format": FORMATS, "tags": list,
    "visibility": VISIBILITY, "extra_data": dict,
}  # fmt: skip


def wrong(document: dict[str, Any], fields: dict[str, Any]) -> list[str]:
    """What in a document is not as the specification says."""
    found = []
    for name, value in document.items():
        kind = fields.get(name)
        fits = value in kind if isinstance(kind, set) else kind is not None and isinstance(value, kind)
        if not fits or isinstance(value, bool):
            found.append(f"{name} = {value!r}")
    return found


def all_wrong(document: dict[str, Any]) -> list[str]:
    found = wrong(document, RESULT) + [each for test in document["tests"] for each in wrong(test, TEST)]
    if "score" not in document and not all("score" in test for test in document["tests"]):
        found.append("no score")
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_results_are_as_specified(language: str, submissions: list[Graded]) -> None:
    for graded in (*submissions, *(replace(each, awarded=None) for each in submissions), Graded("a", problem="b")):
        document = json.loads(json.dumps(results(graded, language), allow_nan=False))
        assert all_wrong(document) == []
    assert all_wrong({"score": "1", "tests": [{"score": 1, "visible": True}]}) == ["score = '1'", "visible = True"]


def test_items_are_tests_and_an_error_costs_what_it_costs(submissions: list[Graded]) -> None:
    found = results(submissions[0], "en")
    assert found["score"] == 2  # 3 points carried forward, less one for the error
    assert "wrong line 4: −1" in found["output"]
    assert "the sign of the term without δ is wrong" in found["output"]
    assert [(test["name"], test["score"], test["max_score"], test["status"]) for test in found["tests"]] == [
        ("all carried out", 2, 2, "passed"),
        (r"p_i (\delta_{ij} - p_j)", 1, 1, "passed"),
    ]


def test_what_a_person_decides_is_neither_passed_nor_failed(submissions: list[Graded]) -> None:
    found = results(submissions[2], "en", "hidden")
    assert (found["score"], found["extra_data"]["open"], found["visibility"]) == (0, 3, "hidden")
    assert all("status" not in test and "score" not in test for test in found["tests"])
    plain = results(replace(submissions[0], awarded=None), "en")
    assert [test["status"] for test in plain["tests"]] == ["passed", "failed", "passed"]


def test_hints_give_nothing_away(submissions: list[Graded]) -> None:
    said = json.dumps(results(hinted(submissions[0], 2), "zh"), ensure_ascii=False)
    assert "提示：检查下标不同的情形。" in said
    for each in ("符号错误", r"\delta_{ij} - p_j", "反例", "0.19"):
        assert each not in said.replace(r"\\", "\\")
