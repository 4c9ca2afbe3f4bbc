"""The page of entries and tiers says what the records say."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from sympy import Integer

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Relation
from gradproof.verify import Claim, Evidence, Report, Verdict
from gradproof.verify.batch import Checked
from gradproof.verify.record import Record

FOLDER = Path(__file__).parents[2] / "benchmarks"
CLAIM = Claim("claim", Integer(1), Relation.EQUAL, Integer(1))


def test_the_page() -> None:
    sys.path.insert(0, str(FOLDER))  # scripts of one folder import each other by their bare names
    try:
        spec = importlib.util.spec_from_file_location("tiers", FOLDER / "tiers.py")
        assert spec and spec.loader
        tiers = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(tiers)
    finally:
        sys.path.remove(str(FOLDER))
    proved, open_ = Evidence("every size", Verdict.PROVED), Evidence("every size", Verdict.UNDECIDED)
    agrees = Evidence("balls", Verdict.AGREES)
    reports = (Report(CLAIM, (proved,)), Report(CLAIM, (proved, agrees)), Report(CLAIM, (open_, agrees)))
    entry = Checked(catalogue.find("softmax_shift"), reports, tuple(map(Record.of, reports)))
    lines = list(tiers.page([entry]))
    assert "| `softmax_shift` | 3 | **undecided** 2/3 |  | agrees 2/2 |  |  |" in lines
    assert "| E1 | exact, every size | 2 | 3 |" in lines
    assert sum(line.startswith("## ") for line in lines) == 2
