"""The first wrong line: wrong where it is said to be, and not before."""

from __future__ import annotations

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation, Text, Vector
from gradproof.derivations.calculus import Dim as Size
from gradproof.notes.lessons import Lesson, WrongLine, wrong_line
from gradproof.notes.lessons.wrong_line import from_json
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.intervals import BallDecision
from gradproof.verify.verdict import Verdict

NAMES = ("sigmoid_derivative", "softmax_jacobian", "cross_entropy_gradient", "mse_gradient", "layer_weights")


def said(derivation: Derivation, wrong: WrongLine) -> list[Claim]:
    """That each line equals the one before."""
    lines = (derivation.statement, *wrong.lines)
    return [
        Claim(f"line {place}", before, step.relation, after, derivation.given)
        for place, (step, before, after) in enumerate(zip(derivation.steps, lines, lines[1:], strict=False))
    ]


@pytest.mark.parametrize("name", NAMES)
def test_only_the_line_that_is_named_is_wrong(name: str) -> None:
    derivation = catalogue.find(name)
    wrong = wrong_line(derivation)
    assert wrong is not None and wrong.carried, "the lines go on after the wrong one"
    assert wrong.lines[: wrong.place] == tuple(step.after for step in derivation.steps[: wrong.place])
    verdicts = [check(claim, methods=(BallDecision(),)).verdict for claim in said(derivation, wrong)]
    assert verdicts[wrong.place] is Verdict.REFUTED
    others = verdicts[: wrong.place] + verdicts[wrong.place + 1 :]
    assert set(others) <= {Verdict.AGREES}, "the other lines follow from the one before"
    assert wrong.lines[-1] != derivation.result


def test_a_single_line_has_no_first_wrong_one() -> None:
    n = Size("n")
    x, i = Vector("x", n), n.index("i")
    assert wrong_line(Derivation("mine", Text("Mine", "我的"), x[i], (i,), ())) is None


def test_what_is_kept_belongs_to_its_derivation(lessons_taught: dict[str, Lesson]) -> None:
    derivation = catalogue.find("softmax_jacobian")
    wrong = lessons_taught["softmax_jacobian"].wrong_line
    assert wrong is not None
    assert from_json(derivation, wrong.to_json()) == wrong
    with pytest.raises(ValueError):
        from_json(catalogue.find("cross_entropy_gradient"), wrong.to_json())
    with pytest.raises(ValueError):
        from_json(derivation, wrong.to_json() | {"place": 99})
