"""Tiers: every method has one, and an entry says what each tier found."""

from __future__ import annotations

from sympy import Integer

from gradproof.derivations.calculus import Relation
from gradproof.verify import Claim, Evidence, Report, Verdict
from gradproof.verify.check import default_methods, default_oracles
from gradproof.verify.guard import UNABLE
from gradproof.verify.record import Record
from gradproof.verify.tiers import TIERS, Standing, Tier, standings, tier_of, verdicts_by_tier

CLAIM = Claim("claim", Integer(1), Relation.EQUAL, Integer(1))


def record(**verdicts: Verdict) -> Record:
    """Evidence by the methods of a tier, which stand under its code."""
    names = {tier.name: next(name for name, its in TIERS.items() if its is tier) for tier in Tier}
    return Record.of(Report(CLAIM, tuple(Evidence(names[code], verdict) for code, verdict in verdicts.items())))


def test_every_method_has_a_tier_and_every_tier_a_method() -> None:
    for method in (*default_methods(), *default_oracles(torch=True)):
        assert tier_of(method.name), f"{method.name} has no tier; name it in TIERS"
    assert set(TIERS.values()) == set(Tier)


def test_a_standing_counts_what_was_decided_and_names_the_worst() -> None:
    records = [
        record(E1=Verdict.PROVED, E4=Verdict.AGREES),
        record(E1=Verdict.UNDECIDED, E3=Verdict.REFUTED),
        record(E1=Verdict.PROVED),
    ]
    assert standings(records) == {
        Tier.E1: Standing(Verdict.UNDECIDED, 2, 3),
        Tier.E3: Standing(Verdict.REFUTED, 1, 1),
        Tier.E4: Standing(Verdict.AGREES, 1, 1),
    }
    assert list(standings(records)) == [Tier.E1, Tier.E3, Tier.E4]
    assert standings([]) == {}


def test_the_methods_of_a_tier_speak_together_and_one_that_could_not_try_says_nothing() -> None:
    evidence = (
        Evidence("exact limit", Verdict.UNDECIDED, detail=UNABLE + "there is no limit in the claim"),
        Evidence("balls", Verdict.UNDECIDED, detail="no counterexample among 9 points"),
        Evidence("balls", Verdict.AGREES),
        Evidence("a method that nobody knows", Verdict.PROVED),
        Evidence("Torch autograd", Verdict.AGREES),
        Evidence("Torch autograd, float16", Verdict.UNAVAILABLE),
    )
    found = verdicts_by_tier(Record.of(Report(CLAIM, evidence)))
    assert found == {Tier.E3: Verdict.AGREES, Tier.E4: Verdict.UNAVAILABLE}


def test_the_json_of_a_standing() -> None:
    assert Standing(Verdict.AGREES, 1, 2).to_json() == {"verdict": "AGREES", "decided": 1, "tried": 2}
