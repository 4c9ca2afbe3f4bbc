"""What is true is proved; what is false is not, however small or late the difference."""

from __future__ import annotations

import pytest

from gradproof.derivations.calculus import Relation
from gradproof.verify.claim import Claim
from gradproof.verify.exact import EverySize, free_sizes
from gradproof.verify.verdict import Budget, Verdict

from . import networks
from .mutants import mutants
from .oracle import NEGLIGIBLE, Oracle
from .statements import ALL, Statement, n

METHOD = EverySize()


def _claim(statement: Statement, rhs: object = None) -> Claim:
    return Claim(statement.name, statement.lhs, Relation.EQUAL, statement.rhs if rhs is None else rhs, statement.given)


def _oracle(statement: Statement) -> Oracle:
    """Sizes that are pairwise distinct, and n large enough for what is false only beyond 3."""
    others = [dim for dim in free_sizes(_claim(statement)) if dim != n]
    return Oracle({n: 4} | dict(zip(others, (2, 3, 1, 2), strict=False)), given=statement.given)


@pytest.mark.parametrize("statement", ALL, ids=lambda statement: statement.name)
def test_true_is_proved(statement: Statement) -> None:
    evidence = METHOD.run(_claim(statement), Budget(), seed=0)
    assert evidence.verdict is Verdict.PROVED, evidence.detail
    assert evidence.bound is not None and evidence.bound < 1e-30
    assert _oracle(statement).largest(statement.lhs, statement.rhs) < NEGLIGIBLE


def test_enough_statements() -> None:
    assert networks.E3 in [statement.lhs.expression for statement in ALL if statement.name.startswith("three layers")]
    assert len(ALL) >= 72


def test_mutants_are_not_proved() -> None:
    false = 0
    for statement in ALL:
        oracle = _oracle(statement)
        for what, rhs in mutants(statement):
            is_false = oracle.largest(statement.lhs, rhs) > NEGLIGIBLE
            evidence = METHOD.run(_claim(statement, rhs), Budget(), seed=0)
            assert evidence.verdict in (Verdict.PROVED, Verdict.UNDECIDED), evidence.detail
            assert not (is_false and evidence.verdict is Verdict.PROVED), f"{statement.name}, {what}"
            false += is_false
    assert false >= 550
