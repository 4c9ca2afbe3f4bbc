"""Derivations of real notes with nothing declared: what is proposed for them makes most decidable, and none wrong."""

from __future__ import annotations

from collections import Counter

import pytest

from gradproof.derivations.meaning import Glossary
from gradproof.grading.passages import Effort, judge_passage
from gradproof.grading.proposing import propose
from gradproof.grading.status import LineStatus

from .conftest import derivations

_LISTED = (LineStatus.DEFINITION, LineStatus.CONDITION)


def outcome(latex: str) -> str:
    """Whether the derivation is "true" or "false" by itself or with the first lines proposed, "asked", or "open"."""
    statuses = [judged.status for judged in judge_passage(latex, {}, Glossary(), frozenset(), Effort()).found]
    if LineStatus.REFUTED in statuses:
        return "false"
    if all(status.ok or status in _LISTED for status in statuses) and any(status.ok for status in statuses):
        return "true"
    offered = propose(latex, {}, Glossary(), seconds=60.0)
    if not offered:
        return "open"
    return "asked" if offered[0].asked else "false" if offered[0].refuted else "true"


@pytest.mark.slow
def test_proposals_make_most_derivations_decidable_and_none_wrong() -> None:
    counts: dict[str, Counter[str]] = {}
    for derivation in derivations():
        found = outcome(derivation["latex"])
        # A question is to the point: answered with yes it refutes what is wrong.
        assert found in ("open", derivation["truth"]) or (found, derivation["truth"]) == ("asked", "false"), derivation
        counts.setdefault(derivation["source"]["repo"], Counter())[found] += 1
    total = sum(counts.values(), Counter())
    assert total["true"] + total["false"] >= 38, counts
    assert total["true"] + total["false"] + total["asked"] >= 65, counts
    assert all(counter["true"] + counter["false"] >= 5 for counter in counts.values()), counts  # not one author only
