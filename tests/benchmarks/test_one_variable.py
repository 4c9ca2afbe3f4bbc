"""A share of the fuzz of covers: no verdict is false, and a false one would be told."""

from __future__ import annotations

import random
from dataclasses import replace

import mpmath
import pytest
from sympy import S

from gradproof.derivations.calculus import Relation, Scalar, exp
from gradproof.verify.claim import Claim
from gradproof.verify.onevariable.method import OneVariable
from gradproof.verify.verdict import Budget, Verdict

from .loading import load

fuzz = load("fuzz_one_variable")
x = Scalar("x")


@pytest.mark.parametrize("seed", [1, 2])
def test_no_verdict_is_false(seed: int) -> None:
    verdicts, faults = fuzz.run(120, seed)
    assert not faults
    assert verdicts["PROVED"] > 10 and verdicts["REFUTED"] > 40 and not verdicts["ERROR"]


def test_a_false_verdict_would_be_told() -> None:
    true = Claim("true", exp(x), Relation.AT_LEAST, 1 + x)
    proof = OneVariable().run(true, Budget(), 0)
    wrong = replace(true, rhs=1 + x + S.One / 1000)
    refutation = OneVariable().run(wrong, Budget(), 0)
    assert (proof.verdict, refutation.verdict) == (Verdict.PROVED, Verdict.REFUTED)
    with mpmath.workdps(fuzz.DIGITS):
        chance = random.Random(0)
        assert not fuzz.fault(true, proof, chance) and not fuzz.fault(wrong, refutation, chance)
        assert "proved, but false" in fuzz.fault(wrong, proof, chance)
        assert "proved, but false" in fuzz.fault(replace(true, relation=Relation.MORE), proof, chance)
        assert "refuted, but true" in fuzz.fault(true, refutation, chance)
        assert fuzz.fault(true, replace(proof, verdict=Verdict.ERROR, detail="broken"), chance) == "broken"
