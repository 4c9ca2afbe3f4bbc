"""What was decided is kept, but nothing that the clock or a failure had a part in; equal texts give equal claims."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gradproof.derivations.calculus import Relation, Scalar
from gradproof.derivations.meaning import declared
from gradproof.derivations.notation.reading import read_formula
from gradproof.grading import deciding
from gradproof.grading.said import translated
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import STOPPED, Budget, Evidence, Method, Report, Verdict

x = Scalar("x")
CLAIM = Claim("line:0", (x + 1) ** 2, Relation.EQUAL, x**2 + 2 * x + 1)


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    deciding._kept.cache_clear()
    yield
    deciding._kept.cache_clear()


def counted(monkeypatch: pytest.MonkeyPatch, *evidence: Evidence) -> list[Claim]:
    """The claims that are decided anew, with this evidence."""
    asked: list[Claim] = []

    def check(claim: Claim, *, seed: int, budget: Budget, methods: tuple[Method, ...]) -> Report:
        asked.append(claim)
        return Report(claim, evidence)

    monkeypatch.setattr(deciding, "check", check)
    return asked


@pytest.mark.parametrize(
    ("evidence", "kept"),
    [
        (Evidence("a", Verdict.PROVED), True),
        (Evidence("a", Verdict.REFUTED), True),
        (Evidence("a", Verdict.UNDECIDED, detail="too much work"), True),
        (Evidence("a", Verdict.UNDECIDED, detail=f"{STOPPED}10 s"), False),
        (Evidence("a", Verdict.ERROR, detail="MemoryError: there is not enough memory"), False),
        (Evidence("a", Verdict.UNAVAILABLE), False),
    ],
)
def test_what_another_try_may_change_is_tried_again(
    evidence: Evidence, kept: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = counted(monkeypatch, Evidence("before", Verdict.UNDECIDED), evidence)
    reports = [deciding.decide(CLAIM, 0, Budget()) for _ in range(2)]
    assert len(asked) == (1 if kept else 2)
    assert all(report.evidence[-1] == evidence for report in reports)


def test_another_seed_or_budget_is_another_question(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = counted(monkeypatch, Evidence("a", Verdict.PROVED))
    for seed, budget in ((0, Budget()), (1, Budget()), (0, Budget(work=1)), (0, Budget(seconds=1.0)), (0, Budget())):
        deciding.decide(CLAIM, seed, budget)
    assert len(asked) == 4


WRONG = Claim("line:0", x**2, Relation.EQUAL, x**2 + x)


def test_what_is_seen_to_fail_is_refuted_first_and_shown_at_a_point() -> None:
    """The methods that prove come after the search for a point, which a small slip still needs them for."""
    report = deciding.decide(WRONG, 0, Budget())
    assert [item.method for item in report.evidence] == ["balls"]
    assert report.verdict is Verdict.REFUTED
    assert report.counterexample is not None
    right = deciding.decide(CLAIM, 0, Budget())
    assert [item.method for item in right.evidence] == ["every size"]


def test_what_nobody_is_shown_needs_no_point() -> None:
    report = deciding.tried(WRONG, 0, Budget())
    assert (report.verdict, report.counterexample) == (Verdict.UNDECIDED, None)
    assert report.evidence[0].detail == deciding.APART
    assert deciding.tried(CLAIM, 0, Budget()).verdict is Verdict.PROVED


def test_the_same_text_is_the_same_claim_each_time() -> None:
    """The axes of a definition have names of their own, not the next ones of a counter."""
    lines = "z : n\np_i = \\frac{e^{z_i}}{\\sum_k e^{z_k}}\nq = p + z"
    found = []
    for _ in range(2):
        glossary, _ = declared(lines)
        said = translated(read_formula(r"\sum_i p_i q_i"), read_formula(r"p^\top q"), glossary)
        found.append(said.pairs)
    assert found[0] == found[1]
    (left, right), *_ = found[0]
    assert deciding.decide(Claim("line:0", left, Relation.EQUAL, right), 0, Budget()).verdict is Verdict.PROVED
