"""What a relation says of two enclosed numbers: true, false or open, as brute force says."""

from __future__ import annotations

import itertools
import operator
from fractions import Fraction

import numpy as np
import pytest

from gradproof.derivations.calculus import Relation
from gradproof.verify.relations import gap, holds

PLAIN = {
    Relation.EQUAL: operator.eq,
    Relation.AT_MOST: operator.le,
    Relation.LESS: operator.lt,
    Relation.AT_LEAST: operator.ge,
    Relation.MORE: operator.gt,
}
ENDS = [(Fraction(low), Fraction(high)) for low, high in itertools.combinations_with_replacement(range(3), 2)]


def numbers(ends: tuple[Fraction, Fraction]) -> list[Fraction]:
    return [ends[0] + (ends[1] - ends[0]) * place / 6 for place in range(7)]


@pytest.mark.parametrize("relation", Relation)
def test_a_relation_between_enclosures(relation: Relation) -> None:
    seen = set()
    for left, right in itertools.product(ENDS, repeat=2):
        answers = {PLAIN[relation](one, other) for one in numbers(left) for other in numbers(right)}
        found = holds(relation, left, right)
        assert found is (answers.pop() if len(answers) == 1 else None)
        seen.add(found)
    assert seen == {True, False, None}


@pytest.mark.parametrize("relation", Relation)
def test_a_gap_is_positive_where_the_relation_is_broken(relation: Relation) -> None:
    left, right = np.array([0.0, 1.0, 2.0]), np.array([1.0, 1.0, 1.0])
    broken = [not PLAIN[relation](one, other) for one, other in zip(left, right, strict=True)]
    equal = left == right
    assert list(gap(relation, left, right) > 0) == list(np.array(broken) & ~equal)
    assert list(gap(relation, left, right) == 0) == list(equal)
