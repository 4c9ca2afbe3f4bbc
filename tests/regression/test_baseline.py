"""The baseline: what it lets pass, what it never lets pass, and that what it says of nothing is said."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gradproof.grading.findings import Checked, Finding
from gradproof.grading.status import LineStatus
from gradproof.regression.baseline import BadBaseline, Baseline, Known, read_baseline, write_baseline

from .reports import HOSTILE, finding, one_of_each


def checked(folder: Path, *findings: Finding, file: str = "notes.md", problem: str = "") -> Checked:
    """A file in a folder with these findings."""
    path = folder / file
    path.touch()
    placed = tuple(replace(each, place=replace(each.place, file=str(path))) for each in findings)
    return Checked(str(path), placed, problem)


def written(folder: Path, *results: Checked, strict: bool = False) -> Baseline:
    """The baseline of these results, written and read again."""
    first = Baseline(folder)
    for result in results:
        first.applied(result, strict)
    write_baseline(folder / "baseline.json", first.renewed())
    return read_baseline(folder / "baseline.json")


def test_what_failed_before_fails_no_more(tmp_path: Path) -> None:
    wrong = finding(LineStatus.REFUTED)
    result = checked(tmp_path, wrong)
    assert result.failed
    again = written(tmp_path, result).applied(result)
    assert not again.failed and again.findings[0].known and again.findings[0].status is LineStatus.REFUTED


def test_it_is_known_on_another_line_and_from_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    baseline = written(tmp_path, checked(tmp_path, finding(LineStatus.REFUTED)))
    moved = finding(LineStatus.REFUTED, line=80, label="square")
    monkeypatch.chdir(tmp_path)
    assert not baseline.applied(checked(Path(), moved)).failed
    assert "80" not in (tmp_path / "baseline.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "new",
    [
        finding(LineStatus.REFUTED, "a^2 - b^2"),
        finding(LineStatus.ERROR),
        replace(finding(LineStatus.REFUTED), step=1),
        replace(finding(LineStatus.REFUTED), statement="(a + b)^2 = a^2 + b^2 = 0"),
    ],
)
def test_what_is_new_fails(tmp_path: Path, new: Finding) -> None:
    assert written(tmp_path, checked(tmp_path, finding(LineStatus.REFUTED))).applied(checked(tmp_path, new)).failed


def test_the_same_in_another_file_is_new(tmp_path: Path) -> None:
    baseline = written(tmp_path, checked(tmp_path, finding(LineStatus.REFUTED)))
    assert baseline.applied(checked(tmp_path, finding(LineStatus.REFUTED), file="other.md")).failed


def test_a_third_copy_is_new(tmp_path: Path) -> None:
    wrong = finding(LineStatus.REFUTED)
    baseline = written(tmp_path, checked(tmp_path, wrong, wrong))
    again = baseline.applied(checked(tmp_path, wrong, wrong, wrong))
    assert [each.known for each in again.findings] == [True, True, False]


def test_a_known_failure_that_is_not_decided_this_time_is_still_known(tmp_path: Path) -> None:
    baseline = written(tmp_path, checked(tmp_path, finding(LineStatus.REFUTED)))
    again = baseline.applied(checked(tmp_path, finding(LineStatus.UNDECIDED)), strict=True)
    assert not again.open and not list(baseline.stale())
    assert [entry.status for entry in baseline.renewed()] == ["REFUTED"]  # and it stays in a new baseline


def test_a_copy_that_is_not_decided_takes_no_entry_from_one_that_fails(tmp_path: Path) -> None:
    baseline = written(tmp_path, checked(tmp_path, finding(LineStatus.REFUTED)))
    both = checked(tmp_path, finding(LineStatus.UNDECIDED), finding(LineStatus.REFUTED))
    assert [each.known for each in baseline.applied(both).findings] == [False, True]


def test_what_was_open_does_not_cover_a_refutation(tmp_path: Path) -> None:
    open_one = checked(tmp_path, finding(LineStatus.UNDECIDED))
    baseline = written(tmp_path, open_one, strict=True)
    assert not baseline.applied(open_one, strict=True).open
    baseline = read_baseline(tmp_path / "baseline.json")
    assert baseline.applied(checked(tmp_path, finding(LineStatus.REFUTED)), strict=True).failed


def test_what_is_open_belongs_to_the_baseline_only_if_it_fails(tmp_path: Path) -> None:
    open_one = checked(tmp_path, finding(LineStatus.UNDECIDED))
    assert written(tmp_path, open_one).entries.total() == 0
    assert written(tmp_path, open_one, strict=True).entries.total() == 1


def test_a_file_that_cannot_be_read_is_known(tmp_path: Path) -> None:
    broken = checked(tmp_path, problem="no text in UTF-8")
    baseline = written(tmp_path, broken)
    assert not baseline.applied(broken).failed
    assert baseline.applied(checked(tmp_path, finding(LineStatus.REFUTED), file="b.md")).failed


def test_what_holds_now_is_stale(tmp_path: Path) -> None:
    baseline = written(tmp_path, checked(tmp_path, finding(LineStatus.REFUTED)))
    assert list(baseline.stale()) == []  # nothing was checked yet
    baseline.applied(checked(tmp_path, finding(LineStatus.PROVED)))
    assert [str(entry) for entry in baseline.stale()] == ["notes.md: (a + b)^2 = a^2 + b^2"]


def test_a_file_that_was_not_checked_is_not_stale_and_one_that_is_gone_is(tmp_path: Path) -> None:
    first, second = (checked(tmp_path, finding(LineStatus.REFUTED), file=name) for name in ("a.md", "b.md"))
    baseline = written(tmp_path, first, second)
    baseline.applied(first)
    assert list(baseline.stale()) == []
    (tmp_path / "b.md").unlink()
    assert [entry.file for entry in baseline.stale()] == ["b.md"]


def test_a_new_baseline_keeps_what_was_not_checked(tmp_path: Path) -> None:
    first, second = (checked(tmp_path, finding(LineStatus.REFUTED), file=name) for name in ("a.md", "b.md"))
    baseline = written(tmp_path, first, second)
    baseline.applied(checked(tmp_path, finding(LineStatus.PROVED), file="a.md"))
    assert [entry.file for entry in baseline.renewed()] == ["b.md"]


def test_every_text_is_read_back(tmp_path: Path) -> None:
    entries = [Known("a.md", HOSTILE, 1, HOSTILE, "=", "ü \ud800", "REFUTED"), Known("b.md")]
    write_baseline(tmp_path / "baseline.json", entries)
    assert sorted(read_baseline(tmp_path / "baseline.json").entries) == entries


def test_what_was_expected_to_be_wrong_is_no_failure(tmp_path: Path) -> None:
    expected = finding(LineStatus.REFUTED).but("as expected", failure=False)
    assert written(tmp_path, checked(tmp_path, expected)).entries.total() == 0


def test_one_of_each_is_known_in_strict_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    baseline = written(tmp_path, *one_of_each(), strict=True)
    again = [baseline.applied(each, strict=True) for each in one_of_each()]
    assert not any(each.failed or each.open for each in again)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "no baseline"),
        ("[", "no baseline"),
        ("[]", "no baseline"),
        ('{"schema": "gradproof/baseline/9"}', "the schema 'gradproof/baseline/9'"),
        ('{"schema": "gradproof/baseline/1", "known": [{"line": 3}]}', "no baseline"),
        ('{"schema": "gradproof/baseline/1", "known": [{"file": 3}]}', "no baseline"),
        ("\udcff", "no text in UTF-8"),
    ],
)
def test_what_is_no_baseline_is_said(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(BadBaseline, match=said):
        read_baseline(path)


def test_a_baseline_is_for_people_to_read(tmp_path: Path) -> None:
    written(tmp_path, checked(tmp_path, finding(LineStatus.REFUTED)))
    document = json.loads((tmp_path / "baseline.json").read_text(encoding="utf-8"))
    assert document["known"][0]["statement"] == "(a + b)^2 = a^2 + b^2"
