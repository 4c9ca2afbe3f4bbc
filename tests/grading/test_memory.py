"""What is kept of documents: it is found again where nothing before it changed, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sympy import Integer

from gradproof.derivations.calculus import Relation, Scalar
from gradproof.derivations.meaning import declared
from gradproof.documents import Document, read_document
from gradproof.grading import checking as checking_module
from gradproof.grading import deciding
from gradproof.grading.checking import Checking, checked_text, outcomes
from gradproof.grading.deciding import decide, remembering
from gradproof.grading.memory import READERS, Memory, keys, memory_in
from gradproof.grading.outcome import Outcome, judge_remembering
from gradproof.grading.passages import NO_TIME, Effort, Judged
from gradproof.grading.status import LineStatus as S
from gradproof.verify import Budget, Claim, Evidence, Report, Verdict
from gradproof.verify.cache import Store, sources
from gradproof.verify.running import TimeLimitExceeded
from gradproof.verify.verdict import STOPPED

TEXT = "<!-- gradproof: x, y : R -->\n$$(x + y)^2 = x^2 + 2xy + y^2$$\n\n$$x + y = x$$\n\n$$x + 0 = x$$\n"


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(Store(tmp_path / "kept"))


@pytest.fixture
def fresh() -> Iterator[None]:
    """No claim is known to this process."""
    deciding._kept.cache_clear()
    yield
    deciding._kept.cache_clear()


def document(folder: Path, text: str = TEXT) -> Document:
    (folder / "a.md").write_text(text, encoding="utf-8")
    return read_document(folder / "a.md", "a.md")


def keys_of(folder: Path, text: str = TEXT, declarations: str = "", effort: Effort | None = None) -> list[str]:
    return list(keys(document(folder, text), declarations, effort or Effort()))


def test_what_was_found_is_found_again_without_judging(
    memory: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checking = Checking(memory=memory)
    first = checked_text(TEXT, "a.md", checking)
    assert [finding.status for finding in first.findings] == [S.PROVED, S.REFUTED, S.PROVED]

    def never(*anything: Any) -> None:
        raise AssertionError("it was judged again")

    monkeypatch.setattr(checking_module, "Walk", never)
    assert checked_text(TEXT, "a.md", checking) == first
    moved = checked_text(f"Prose.\n\n{TEXT}", "a.md", checking)
    assert [finding.place.line for finding in moved.findings] == [each.place.line + 2 for each in first.findings]
    assert moved.findings[1].counterexample == first.findings[1].counterexample
    with pytest.raises(AssertionError, match="judged again"):
        checked_text(TEXT, "a.md", replace(checking, effort=Effort(seed=1)))


def test_a_key_depends_on_everything_before_and_on_nothing_behind(tmp_path: Path) -> None:
    plain = keys_of(tmp_path)
    assert len(set(plain)) == len(plain) == 4
    assert keys_of(tmp_path, f"Prose with $5.\n\n{TEXT}\n$$y = y$$\n")[:4] == plain
    assert keys_of(tmp_path, TEXT.replace("x + 0 = x", "x + 1 = x"))[:3] == plain[:3]
    others = [
        TEXT.replace("x, y : R", "x, y : >0"),
        TEXT.replace("x^2", "x^3"),
        f"$z = x$\n{TEXT}",
        f"\\newcommand{{\\a}}{{x}}\n{TEXT}",
    ]
    for other in others:
        assert not set(keys_of(tmp_path, other)[1:]) & set(plain[1:])
    assert not set(keys_of(tmp_path, declarations="k : R")) & set(plain)
    for effort in (Effort(seed=1), Effort(statement=1.0), Effort(passage=1.0)):
        assert not set(keys_of(tmp_path, effort=effort)) & set(plain)
    assert keys_of(tmp_path, TEXT.replace("$$x + y", "where $$x + y")) == plain  # words of no consequence
    supposed = keys_of(tmp_path, TEXT.replace("$$x + y = x$$", "If $x + y = x$"))
    assert (supposed[:2], len({*supposed, *plain})) == (plain[:2], 6)


def test_a_skipped_formula_has_no_part_in_what_follows(tmp_path: Path) -> None:
    skipped = TEXT.replace("$$x + y = x$$", "<!-- gradproof: skip -->\n$$x + y = x$$")
    assert keys_of(tmp_path, skipped) == keys_of(tmp_path, skipped.replace("+ y = x$$", "+ y = 3$$"))


def test_another_state_of_the_sources_is_another_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = keys_of(tmp_path)
    monkeypatch.setattr(sources, "digest", lambda folders: f"another {folders}")
    assert not set(keys_of(tmp_path)) & set(plain)


def test_all_that_judges_is_read_for_the_key() -> None:
    needed = {"gradproof.verify", "gradproof.derivations", "gradproof.documents", "gradproof.grading"}
    assert {f"gradproof.{folder}" for folder in READERS} == needed


@pytest.mark.parametrize("change", ["unchanged", "complete"])
def test_where_the_sources_change_meanwhile_nothing_is_kept(
    change: str, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, change, lambda folders: False)
    if change == "complete":
        assert memory_in(memory.folder) is None
    else:
        memory.keep("ab" * 32, Outcome())
        assert memory.recall(["ab" * 32]) is None


@pytest.mark.parametrize("status", S)
def test_what_asks_for_another_try_is_not_kept(status: S, memory: Memory) -> None:
    judged = judged_with(status)
    memory.keep("ab" * 32, Outcome((judged,)))
    kept = status not in (S.UNDECIDED, S.VACUOUS, S.UNAVAILABLE, S.ERROR)
    assert memory.recall(["ab" * 32]) == ([Outcome((judged,))] if kept else None)


def judged_with(status: S) -> Judged:
    (found, *_) = checked_answer("$$x = x$$")
    return replace(found, status=status)


def checked_answer(text: str) -> tuple[Judged, ...]:
    glossary, macros = declared("x, y : R")
    return judge_remembering(None, text.strip("$"), macros, glossary, frozenset(), Effort())[0].found


def test_an_outcome_is_written_whole(memory: Memory) -> None:
    for text in ("$$x + y = x$$", "$$x = q$$", "$$\\frac{x}{ = 1$$", "$$q = x$$"):
        outcome = Outcome(checked_answer(text), ((3, "why"),))
        assert Outcome.from_json(outcome.to_json()) == outcome


@pytest.mark.parametrize("value", [None, [], {}, {"judged": [], "faults": 1}, {"judged": [{}], "faults": []}, "text"])
def test_what_somebody_else_wrote_there_is_no_outcome(value: Any, memory: Memory) -> None:
    memory.store.put("ab" * 32, value)
    assert memory.recall(["ab" * 32]) is None


def test_behind_what_the_clock_decided_nothing_is_kept(memory: Memory, tmp_path: Path) -> None:
    """What is known behind it is not what another run would know."""

    def late(function: Callable[..., Any], *arguments: Any) -> Any:
        if "x + y = x" in str(arguments[0]):
            raise TimeLimitExceeded(60)
        return function(*arguments)

    read = document(tmp_path)
    found = outcomes(read, Checking(ask=late, memory=memory))
    assert [found[number].steady for number in range(4)] == [True, True, False, True]
    known = [memory.recall([key]) is not None for key in keys(read, "", Effort())]
    assert known == [True, True, False, False]


def test_only_what_is_wanted_is_gone_through(memory: Memory, tmp_path: Path) -> None:
    read = document(tmp_path)
    assert sorted(outcomes(read, Checking(memory=memory), [1])) == [0, 1]
    assert sorted(outcomes(read, Checking(memory=memory), [1])) == [1]
    assert outcomes(read, Checking(memory=memory), []) == {}


@pytest.mark.parametrize(
    ("verdict", "detail", "steady"),
    [
        (Verdict.UNDECIDED, "no method", True),
        (Verdict.UNDECIDED, f"{STOPPED}10 s", False),
        (Verdict.ERROR, "it failed", False),
    ],
)
def test_a_report_in_which_the_clock_had_a_part_is_noticed(
    verdict: Verdict, detail: str, steady: bool, fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        deciding, "check", lambda claim, **how: Report(claim, (Evidence("method", verdict, detail=detail),))
    )
    glossary, macros = declared("x, y : R")
    for _ in range(2):  # also where the claim was tried before
        answer, found = judge_remembering(None, "x y = y x", macros, glossary, frozenset(), Effort())
        assert found is steady and not answer.found[0].status.ok


def test_a_statement_without_time_is_noticed() -> None:
    glossary, macros = declared("x, y : R")
    answer, steady = judge_remembering(None, "x = x", macros, glossary, frozenset(), Effort(passage=0.0))
    assert answer.found[0].reason == NO_TIME and not steady


def test_a_claim_that_an_earlier_run_decided_is_not_decided_again(
    fresh: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    x = Scalar("x")
    claim, budget = Claim("line:0", x + x, Relation.EQUAL, 2 * x), Budget()
    with remembering(tmp_path):
        first = decide(claim, 0, budget)
    deciding._kept.cache_clear()
    undecided = Evidence("method", Verdict.UNDECIDED)
    monkeypatch.setattr(deciding, "check", lambda claim, **how: Report(claim, (undecided,)))
    with remembering(tmp_path):
        assert decide(claim, 0, budget) == first and first.verdict is Verdict.PROVED
        assert decide(replace(claim, rhs=Integer(2)), 0, budget).verdict is Verdict.UNDECIDED
        assert decide(claim, 1, budget).verdict is Verdict.UNDECIDED
    deciding._kept.cache_clear()
    assert decide(claim, 0, budget).verdict is Verdict.UNDECIDED
