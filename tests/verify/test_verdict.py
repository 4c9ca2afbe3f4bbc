"""The table of verdicts, the guard against a proof beside a disagreement, and the JSON form."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import pytest

from gradproof.derivations.calculus import (
    Different,
    Dim,
    Downstream,
    Equal,
    Negative,
    NonZero,
    Positive,
    Relation,
    Scalar,
    Vector,
    delta,
)
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import SCHEMA, STOPPED, Counterexample, Evidence, Report, Sharpness, Verdict, combine

n = Dim("n")
i, j = n.indices("i j")
z = Vector("z", n)
CLAIM = Claim("example:1", z[i], Relation.EQUAL, z[j] * delta(i, j), given=(Different(i, j),), uses=())
POINT = Counterexample({"n": 2}, {"i": 1, "j": 2}, {"z": ["0", "1/2"], "c": "3"}, "-0.1966", "0.1966")


def expected(verdicts: set[Verdict]) -> Verdict:
    """The words of the house, one sentence after the other."""
    proved, refuted = Verdict.PROVED in verdicts, Verdict.REFUTED in verdicts
    if Verdict.ERROR in verdicts or (proved and refuted):
        return Verdict.ERROR
    if refuted:
        return Verdict.REFUTED
    if Verdict.UNAVAILABLE in verdicts:  # what was asked for and is absent is never passed over
        return Verdict.UNAVAILABLE
    if proved:
        return Verdict.PROVED
    if Verdict.AGREES in verdicts:
        return Verdict.AGREES
    return Verdict.VACUOUS if Verdict.VACUOUS in verdicts else Verdict.UNDECIDED


def test_every_combination() -> None:
    subsets = list(itertools.chain.from_iterable(itertools.combinations(Verdict, size) for size in range(8)))
    assert len(subsets) == 2 ** len(Verdict)
    for verdicts in subsets:
        for order in (verdicts, tuple(reversed(verdicts)), verdicts * 2):
            assert combine(list(order)) is expected(set(verdicts)), verdicts


@pytest.mark.parametrize("verdict", list(Verdict))
def test_nothing_weaker_than_a_proof_stands_where_the_clock_stopped_one(verdict: Verdict) -> None:
    late = Evidence("slow", Verdict.UNDECIDED, detail=f"{STOPPED}300 s")
    found = Report(CLAIM, (late, Evidence("other", verdict))).verdict
    weaker = verdict in (Verdict.AGREES, Verdict.VACUOUS)
    assert found is (Verdict.UNDECIDED if weaker else verdict)
    assert Report(CLAIM, (Evidence("slow", Verdict.UNDECIDED, detail="why"), Evidence("b", verdict))).verdict is verdict


def test_only_proved_and_agrees_are_ok() -> None:
    assert {verdict for verdict in Verdict if verdict.ok} == {Verdict.PROVED, Verdict.AGREES}
    assert not combine([]).ok


@pytest.mark.parametrize("worst", [1.5, float("inf"), float("nan")])
def test_a_proof_beside_a_disagreement_is_an_error(worst: float) -> None:
    proof = Evidence("every size", Verdict.PROVED)
    assert Report(CLAIM, (proof, Evidence("NumPy", Verdict.UNDECIDED, worst=worst))).verdict is Verdict.ERROR
    assert Report(CLAIM, (proof, Evidence("NumPy", Verdict.AGREES, worst=1.0))).verdict is Verdict.PROVED
    assert Report(CLAIM, (Evidence("NumPy", Verdict.UNDECIDED, worst=worst),)).verdict is Verdict.UNDECIDED


def test_a_report_survives_json() -> None:
    evidence = (
        Evidence("balls", Verdict.REFUTED, scope="n = 2", seed=4, counterexample=POINT),
        Evidence("NumPy", Verdict.UNDECIDED, "points", "why", 9, 7, float("inf"), 2.0**-90, 1, "cpu", {"numpy": "2"}),
        Evidence("Torch", Verdict.AGREES, "points", drawn=9, effective=7, worst=0.5, sharpness=Sharpness(1e-14, 3e-13)),
    )
    written = Report(CLAIM, evidence).to_json()
    text = json.dumps(written, allow_nan=False)
    read = json.loads(text)
    assert read == written
    assert read["schema"] == SCHEMA == "gradproof/report/1"
    assert read["verdict"] == "REFUTED" and read["ok"] is False
    assert read["sentence"] == "refuted by a counterexample"
    assert tuple(Evidence.from_json(item) for item in read["evidence"]) == evidence
    assert read["evidence"][0]["sharpness"] is None
    assert read["evidence"][2]["sharpness"] == {"half": 1e-14, "nine tenths": 3e-13}
    claim = read["claim"]
    assert (claim["name"], claim["relation"], claim["uses"]) == ("example:1", "=", [])
    assert claim["left"] == "z[i]" and claim["right"] == "delta[i,j]*z[j]" and claim["given"] == ["i ≠ j"]


def test_conditions_in_words() -> None:
    loss, x = Scalar("L"), Scalar("x")
    given = (Equal(i, j), Different(i, j), Positive(x), Negative(x - 1), NonZero(x), Downstream(loss, (z,)))
    written = Report(replace(CLAIM, given=given), ()).to_json()
    assert written["claim"]["given"] == [
        "i = j",
        "i ≠ j",
        "x > 0",
        "x - 1 < 0",
        "x ≠ 0",
        "L depends on everything only through z",
    ]


def test_reading_refuses_what_it_does_not_know() -> None:
    data = Evidence("m", Verdict.PROVED).to_json()
    with pytest.raises(KeyError):
        Evidence.from_json({**data, "verdict": "TRUE"})
    del data["scope"]
    with pytest.raises(KeyError):
        Evidence.from_json(data)


def test_the_sentence_of_a_sharpness() -> None:
    said = str(Sharpness(1.2e-14, 3.4e-13))
    assert said == "sees a relative slip of 1e-14 at half of the places, of 3e-13 at nine tenths"


def test_the_sentence_of_a_counterexample() -> None:
    assert str(POINT) == "n = 2, i = 1, j = 2, z = (0, 1/2), c = 3: left −0.1966, right 0.1966"
