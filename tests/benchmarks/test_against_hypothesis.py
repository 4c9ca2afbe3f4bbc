"""The comparison with tests by examples: what docs/peers.md says of gradproof, and that a test by examples objects."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from .loading import load

load("measuring")
comparison = load("against_hypothesis")
PAGE = Path(__file__).parents[2] / "docs" / "peers.md"


@pytest.mark.parametrize("case", comparison.CASES, ids=lambda case: case.what)
def test_every_wrong_gradient_is_refuted_and_every_right_one_proved(case: Any) -> None:
    objects, verdict = comparison.by_gradproof(case)
    assert objects is not case.right
    row = re.search(rf"^\| {re.escape(case.what)} \|.*\| (.+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert row is not None and row[1] == verdict


def test_a_test_by_examples_objects_to_a_lost_square_only() -> None:
    lost, factor, *_ = comparison.CASES
    assert comparison.by_hypothesis(lost) and not comparison.by_hypothesis(factor)
