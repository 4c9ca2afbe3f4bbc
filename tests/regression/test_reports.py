"""Reports for continuous integration: what they must say, that they are well-formed, and that texts stay texts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft4Validator

from gradproof.grading.findings import Checked
from gradproof.grading.status import LineStatus
from gradproof.regression.github import command, workflow_commands
from gradproof.regression.junit import junit
from gradproof.regression.messages import named, relative
from gradproof.regression.sarif import RULES, fingerprint, sarif

from .reports import HOSTILE, POINT, finding, one_of_each

SCHEMA = json.loads((Path(__file__).parent / "schemas/sarif/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
HERE = Path()
OPEN = {status for status in LineStatus if finding(status).open}


def log(results: list[Checked], strict: bool = False) -> dict[str, object]:
    """The SARIF log as a reader gets it."""
    return json.loads(json.dumps(sarif(results, strict, HERE), allow_nan=False))


def results_of(found: list[Checked], strict: bool = False) -> list[dict]:
    (run,) = log(found, strict)["runs"]
    return run["results"]


def test_what_is_open_is_neither_wrong_nor_right() -> None:
    assert {LineStatus.UNDECIDED, LineStatus.NEEDS, LineStatus.UNREADABLE} < OPEN
    assert not OPEN & {LineStatus.PROVED, LineStatus.AGREES, LineStatus.REFUTED, LineStatus.DEFINITION}


# SARIF


@pytest.mark.parametrize("strict", [False, True])
def test_sarif_validates(strict: bool) -> None:
    Draft4Validator.check_schema(SCHEMA)
    assert list(Draft4Validator(SCHEMA).iter_errors(log(one_of_each(), strict))) == []


def test_the_schema_finds_a_mistake() -> None:
    wrong = log(one_of_each())
    wrong["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert len(list(Draft4Validator(SCHEMA).iter_errors(wrong))) == 1


def test_sarif_has_what_is_wrong_and_what_is_open() -> None:
    found = results_of(one_of_each())
    kinds = {(result["ruleId"], result["kind"], result["level"]) for result in found}
    open_ones = {(status.name.lower().replace("_", "-"), "open", "none") for status in OPEN}
    assert kinds == open_ones | {(rule, "fail", "error") for rule in ("refuted", "error", "not-read")}
    assert {result["kind"] for result in results_of(one_of_each(), strict=True)} == {"fail"}
    assert all(list(RULES)[result["ruleIndex"]] == result["ruleId"] for result in found)


def test_sarif_says_where() -> None:
    (result,) = results_of([Checked("docs/notes.md", (finding(LineStatus.REFUTED, counterexample=POINT),))])
    physical = result["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "docs/notes.md", "uriBaseId": "%SRCROOT%"}
    assert physical["region"] == {"startLine": 3, "startColumn": 17, "endLine": 3, "endColumn": 26}
    assert result["message"]["text"].endswith("at a = 1, b = 1: left 4, right 2")
    assert result["properties"]["counterexample"] == POINT.to_json()


def test_in_sarif_a_cell_is_no_line_of_the_file_and_a_name_is_quoted() -> None:
    (result,) = results_of(one_of_each()[1:2])
    (location,) = result["locations"]
    artifact = {"uri": "work/a%20b%23%25.ipynb", "uriBaseId": "%SRCROOT%"}
    assert location["physicalLocation"] == {"artifactLocation": artifact}
    assert location["logicalLocations"][0]["name"] == "cell 3"
    assert "cell 3, line 2" in result["message"]["text"]


def test_a_result_is_known_again_by_its_content() -> None:
    first, moved = finding(LineStatus.REFUTED, line=3), finding(LineStatus.REFUTED, line=90, label="new")
    assert fingerprint(first) == fingerprint(moved)
    assert fingerprint(first) != fingerprint(finding(LineStatus.REFUTED, "a^2 - b^2"))
    twice = results_of([Checked("docs/notes.md", (first, moved))])
    marks = [result["partialFingerprints"]["gradproofContent/v1"] for result in twice]
    assert marks == [f"{fingerprint(first)}:1", f"{fingerprint(first)}:2"]


def test_in_sarif_what_is_known_is_suppressed() -> None:
    known = replace(finding(LineStatus.REFUTED), known=True)
    found = results_of([Checked("docs/notes.md", (known, finding(LineStatus.REFUTED, "0")))])
    assert ["suppressions" in result for result in found] == [True, False]


# JUnit


def cases(results: list[Checked], strict: bool = False) -> dict[str, str]:
    """What became of each case, by name."""
    tree = ElementTree.fromstring(junit(results, strict, HERE).encode("utf-8", "surrogatepass"))
    return {case.get("name"): case[0].tag if len(case) else "passed" for case in tree.iter("testcase")}


def test_junit_has_a_case_for_each_claim() -> None:
    each = one_of_each()[0]
    outcomes = cases([each])
    assert len(outcomes) == sum(one.claims for one in each.findings) + 1
    by_status = {one.status: outcomes[name] for name, one in named(each)}
    expected = {status: "skipped" for status in OPEN} | {LineStatus.REFUTED: "failure", LineStatus.ERROR: "error"}
    assert by_status == expected | dict.fromkeys((LineStatus.PROVED, LineStatus.AGREES), "passed")
    assert outcomes["line 30"] == "skipped"  # a mark says so
    assert {cases([each], strict=True)[name] for name, one in named(each) if one.open} == {"failure"}


def test_junit_counts() -> None:
    tree = ElementTree.fromstring(junit(one_of_each(), folder=HERE))
    tags = ("testcase", "failure", "error", "skipped")
    counted = [str(len(list(tree.iter(tag)))) for tag in tags]
    assert [tree.get(name) for name in ("tests", "failures", "errors", "skipped")] == counted
    assert sum(int(suite.get("failures", "")) for suite in tree) == int(counted[1]) == 4


def test_junit_names_a_claim_by_its_label_or_its_formula() -> None:
    names = list(cases(one_of_each()))
    assert "square" in names and "square (2)" in names and "(a + b)^2 = a^2 + 1 b^2" in names
    moved = [replace(one, place=replace(one.place, line=99)) for one in one_of_each()[0].findings]
    again = cases([Checked("docs/notes.md", tuple(moved))])
    assert set(again) == set(cases([replace(one_of_each()[0], skipped=())]))


def test_junit_says_where_and_why() -> None:
    tree = ElementTree.fromstring(junit(one_of_each(), folder=HERE))
    (case,) = (case for case in tree.iter("testcase") if case.get("name") == "square")
    assert (case.get("file"), case.get("line"), case.get("classname")) == ("docs/notes.md", "20", "docs/notes.md")
    assert case[0].text.startswith("docs/notes.md:20:17: (a + b)^2 = a^2 + b^2: refuted")
    assert "left 4, right 2" in case[0].text


def test_junit_is_xml_whatever_stands_in_a_document() -> None:
    text = junit(one_of_each(), folder=HERE)
    text.encode("utf-8")
    said = [element.text for element in ElementTree.fromstring(text).iter("error") if "CDATA" in (element.text or "")]
    assert len(said) == 1
    legal = HOSTILE.translate(dict.fromkeys(map(ord, "\x1b\x00\ud800\ufffe"), "�"))
    assert said[0] == legal


def test_what_is_expected_to_be_wrong_passes() -> None:
    expected = finding(LineStatus.REFUTED).but("as expected", failure=False)
    missed = finding(LineStatus.DEFINITION, "c").but("nothing in it is refuted", failure=True)
    assert list(cases([Checked("docs/notes.md", (expected, missed))]).values()) == ["passed", "failure"]


# GitHub


def read(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as GitHub's runner reads it."""
    found = re.fullmatch(r"::(\w+) ?([^:]*(?::(?!:)[^:]*)*)::(.*)", line)
    assert found, line

    def plain(text: str, marks: str) -> str:
        for mark, letter in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            text = text.replace(mark, letter) if letter in marks else text
        return text

    pairs = (pair.split("=", 1) for pair in found[2].split(",") if pair)
    return found[1], {name: plain(value, "\r\n:,%") for name, value in pairs}, plain(found[3], "\r\n%")


def test_github_gets_a_command_for_each_finding() -> None:
    lines = list(workflow_commands(one_of_each(), folder=HERE))
    levels = [read(line)[0] for line in lines]
    assert levels.count("notice") == len(OPEN) + 1  # and the unreadable piece of standard input
    assert levels.count("error") == 6
    assert {read(line)[0] for line in workflow_commands(one_of_each(), strict=True, folder=HERE)} == {"error"}


def test_github_gets_file_line_and_columns() -> None:
    wrong = finding(LineStatus.REFUTED, label="a,b:c", counterexample=POINT)
    (line,) = workflow_commands([Checked("docs/notes.md", (wrong,))], folder=HERE)
    level, where, text = read(line)
    assert level == "error"
    assert where == {
        "file": "docs/notes.md", "line": "3", "col": "17", "endColumn": "26", "title": "wrong formula (a,b:c)"
    }  # fmt: skip
    assert text.endswith("at a = 1, b = 1: left 4, right 2")
    several = replace(wrong, end=replace(wrong.place, line=5))
    assert "col" not in read(*workflow_commands([Checked("", (several,))], folder=HERE))[1]


def test_for_github_every_text_stays_a_text() -> None:
    lines = list(workflow_commands(one_of_each(), folder=HERE))
    assert all("\n" not in line and "\r" not in line and line.startswith(("::error ", "::notice ")) for line in lines)
    (problem,) = (read(line) for line in lines if "title=not read" in line)
    assert problem[2] == "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in HOSTILE)
    assert command("error", {"title": "a,b=c::d"}, "50%0A\r\n") == "::error title=a%2Cb=c%3A%3Ad::50%250A%0D%0A"


def test_files_are_named_from_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "course").mkdir()
    monkeypatch.chdir(tmp_path / "course")
    assert relative("a/../notes.md", HERE) == "notes.md"
    assert relative("notes.md", tmp_path) == "course/notes.md"
    assert relative("/elsewhere/notes.md", tmp_path) == "/elsewhere/notes.md"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    (line,) = workflow_commands([Checked("notes.md", problem="no text")])
    assert read(line)[1]["file"] == "course/notes.md"
