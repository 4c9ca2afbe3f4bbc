"""`gp.grade`: files, folders and patterns against an entry or an exercise of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import gradproof as gp
from gradproof.derivations.catalogue import UnknownDerivation, find
from gradproof.grading.classroom import NothingHandedIn
from gradproof.grading.exercise import NoExercise
from gradproof.grading.marks import Mark, Reached
from gradproof.grading.rubric import BadRubric

EXAMPLES = Path(__file__).parents[2] / "examples" / "grading"
Written = Callable[..., str]


@pytest.fixture
def hw(tmp_path: Path, written: Written) -> Path:
    """A class of three: one is right, one is wrong and follows from it, one hands in a PDF."""
    (tmp_path / "ada.md").write_text(written(r"p_i (\delta_{ij} - p_j)"), encoding="utf-8")
    wrong = written(r"p_i (\delta_{ij} + p_j)", r"p_i \delta_{ij} + p_i p_j")
    (tmp_path / "ben.md").write_text(wrong, encoding="utf-8")
    (tmp_path / "cem.pdf").write_bytes(b"%PDF")
    return tmp_path


def test_a_file_a_folder_and_a_pattern(hw: Path) -> None:
    (ben,) = gp.grade(hw / "ben.md", against="softmax_jacobian")
    assert [line.mark for line in ben.lines] == [Mark.WRONG, Mark.RIGHT]
    assert (ben.student, ben.points, ben.of, ben.reached) == ("ben", 1, 2, Reached.WRONG)
    assert ben.first_wrong is not None and ben.first_wrong.slip == "sign off the diagonal"
    everybody = gp.grade(str(hw), against=find("softmax_jacobian"))
    assert [each.student for each in everybody] == ["ada", "ben", "cem"]
    assert [each.reached for each in everybody[:2]] == [Reached.RIGHT, Reached.WRONG]
    assert everybody[2].problem == "cem.pdf is a PDF, of which nothing can be read; hand in .tex, .md, .ipynb or .py"
    both = gp.grade([hw / "ben.md", str(hw / "a*.md")], against="softmax_jacobian")
    assert [each.student for each in both] == ["ben", "ada"]


def test_reasons_and_problems_in_chinese(hw: Path, written: Written) -> None:
    (hw / "dee.md").write_text(written("c"), encoding="utf-8")
    _, _, cem, dee = gp.grade(hw, against="softmax_jacobian", lang="zh")
    assert dee.lines[0].reason.startswith("并非对一切 c 成立：") and dee.lines[0].reason.endswith("请声明，例如 c : R")
    assert cem.problem == "cem.pdf 是 PDF，无法读取；请提交 .tex、.md、.ipynb 或 .py"


def test_an_exercise_of_ones_own_with_a_rubric() -> None:
    found = gp.grade(EXAMPLES / "submissions", "softmax_jacobian", rubric=EXAMPLES / "rubric.toml")
    assert found and all(each.awarded is not None and each.of == 5 for each in found)
    assert gp.grade(EXAMPLES / "submissions", EXAMPLES / "own.toml")


def test_what_a_submission_holds_does_not_raise(hw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr("gradproof.grading.classroom.grading.graded_documents", broken)
    (ada,) = gp.grade(hw / "ada.md", against="softmax_jacobian")
    assert "could not be graded" in ada.problem and "no room" in ada.problem


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"submitted": "nowhere.tex"}, NothingHandedIn, "there is no file nowhere.tex"),
        ({"against": "softmax_jacobean"}, UnknownDerivation, "softmax_jacobian"),
        ({"against": "kl_nonnegative"}, NoExercise, "is an inequality"),
        ({"against": "nowhere.toml"}, NoExercise, "there is no file nowhere.toml"),
        ({"rubric": "nowhere.toml"}, BadRubric, "there is no file nowhere.toml"),
        ({"lang": "fr"}, ValueError, "nothing is said in 'fr'; the languages are en and zh"),
    ],
)
def test_errors_are_sentences(arguments: dict[str, str], error: type[Exception], said: str, hw: Path) -> None:
    asked = {"submitted": str(hw), "against": "softmax_jacobian"} | arguments
    with pytest.raises(error, match=said):
        gp.grade(**asked)  # type: ignore[arg-type]
