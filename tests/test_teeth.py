"""What is false is refuted: at least six mistakes in every entry of the catalogue, and one in every line.

A verdict that nobody asserts says nothing. Every slip of the table is made in the result of every entry (and, where the
result offers too few, in the formula that is differentiated); what comes out must be refuted by a counterexample. A
slip that makes no difference, such as the transpose of a symmetric Jacobian, must be proved harmless and is listed.
Every line is made false by a billionth of itself; `tests/benchmarks` counts a share of all slips in all lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import pytest
from sympy import Expr, Rational, S

from gradproof.derivations.calculus import (
    Derivation,
    Dim,
    Entry,
    Limit,
    Matrix,
    Partial,
    Relation,
    Sum,
    Text,
    Vector,
    derive,
    log,
)
from gradproof.derivations.calculus.rewriting import rewrite
from gradproof.derivations.catalogue import derivations
from gradproof.derivations.slips import SLIPS, mutants
from gradproof.verify.autograd import TorchAutograd
from gradproof.verify.check import RESULT, check, claims_of
from gradproof.verify.claim import Claim
from gradproof.verify.intervals import BallDecision
from gradproof.verify.strategies import Mode
from gradproof.verify.verdict import Budget, Evidence, Method, Report, Verdict

AT_LEAST = 6
OFF = Rational(1, 10**6)
#: The smallest slip that must be seen, relative where there is something to be relative to.
LEAST = Rational(1, 10**9)

n = Dim("n")
i, j, k = n.indices("i j k")
A, x = Matrix("A", n, n), Vector("x", n)
#: No entry of the catalogue has a square matrix that could be transposed by mistake.
QUADRATIC_FORM = derive(
    Sum(A[i, k] * x[i] * x[k], i, k), x[j], name="quadratic_form", title=Text("A quadratic form", "二次型")
)

#: Slips that change nothing, and why.
HARMLESS: dict[str, dict[str, str]] = {
    "softmax_jacobian": {"swapped indices": "the Jacobian is symmetric"},
    "log_sum_exp_hessian": {"swapped indices": "a Hessian is symmetric"},
    "sigmoid_derivative_bound": dict.fromkeys(("twice", "constant", "slightly off"), "a looser bound is true as well"),
}
#: Entries that say that something is 0: each line of them is 0, so that a factor makes no difference.
ZERO = ("entropy_of_one_hot", "kl_of_equal", "entropy_stationary_at_uniform")
#: Wrong results of entries whose result is a number, in which few slips can be made.
WRONG: dict[str, tuple[Expr, ...]] = {
    "sigmoid_derivative_bound": (Rational(1, 8), S.Zero, Rational(1, 5), Rational(1, 4) - OFF),
    "sigmoid_derivative_limit_right": (S.One, S.Half, Rational(1, 4), S.NegativeOne, OFF, -OFF),
    "sigmoid_derivative_limit_left": (S.One, S.Half, Rational(1, 4), S.NegativeOne, OFF, -OFF),
    "entropy_of_one_hot": (log(n), n, 1 / n, S.NegativeOne, OFF, -OFF),
    "kl_of_equal": (log(n), n, 1 / n, S.NegativeOne, OFF, -OFF),
    "entropy_stationary_at_uniform": (log(n), n, 1 / n, S.NegativeOne, OFF, -OFF),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with one slip in it. `first`: the slip is made in the result for the first time."""

    slip: str
    claim: Claim
    first: bool = False


@cache
def parts() -> dict[str, Derivation]:
    """Every entry and every branch, by name."""
    return {part.name: part for entry in (*derivations(), QUADRATIC_FORM) for part in entry.walk()}


def result_claim(part: Derivation) -> Claim:
    return next(claim for claim in claims_of(part) if claim.name == part.name + RESULT)


def in_result(part: Derivation) -> list[Case]:
    """The slips in the result, one of each kind first."""
    claim = result_claim(part)
    cases, seen = [], set()
    for number, mutant in enumerate(mutants(claim.rhs, part.indices)):
        certificate = None if claim.certificate is None else claim.certificate + mutant.expression - claim.rhs
        wrong = replace(claim, name=f"{claim.name}:{number}", rhs=mutant.expression, certificate=certificate)
        cases.append(Case(mutant.slip.name, wrong, mutant.slip.name not in seen))
        seen.add(mutant.slip.name)
    own = [replace(claim, name=f"{claim.name}:own{at}", rhs=wrong) for at, wrong in enumerate(WRONG.get(part.name, ()))]
    certain = [Case("own", replace(wrong, certificate=None), True) for wrong in own]
    return [*certain, *sorted(cases, key=lambda case: not case.first)]


def in_statement(part: Derivation) -> Iterator[Case]:
    """The slips in what is differentiated, with the definitions inserted."""
    claim = result_claim(part)
    for number, mutant in enumerate(mutants(inserted(claim.lhs), part.indices)):
        yield Case(mutant.slip.name, replace(claim, name=f"{claim.name}:s{number}", lhs=mutant.expression))


def inserted(statement: Expr) -> Expr:
    """A statement with its definitions, one level of them."""

    def insert(part: Expr) -> Expr:
        if isinstance(part, Entry) and part.tensor.definition is not None:
            return part.tensor.body(*part.indices)
        return part

    if isinstance(statement, Partial):
        return Partial(inserted(statement.expression), statement.by)
    if isinstance(statement, Limit):
        return Limit(inserted(statement.expression), statement.variable, statement.target)
    return rewrite(statement, insert)


def assert_refuted(case: Case, report: Report) -> None:
    what = f"{case.slip}: {case.claim.lhs} {case.claim.relation.value} {case.claim.rhs}"
    details = "; ".join(f"{item.method}: {item.verdict.name} {item.detail}" for item in report.evidence)
    assert report.verdict is Verdict.REFUTED, f"{what} is {report.verdict.name} ({details})"
    point = report.counterexample
    assert point is not None and point.lhs != point.rhs, f"{what}: {point}"


def assert_harmless(case: Case, report: Report) -> None:
    """A proof, and numbers that agree with it: a prover that proves what is false does not pass here."""
    assert any(item.verdict is Verdict.PROVED and item.scope for item in report.evidence)
    if not case.claim.lhs.has(Limit):
        numbers = BallDecision().run(case.claim, Budget(points=50, enclosures=200), 0)
        assert numbers.drawn and not objects(numbers), f"{case.claim.name}: proved, but {numbers.detail}"


def objects(found: Evidence) -> bool:
    return found.verdict is Verdict.REFUTED or found.disagrees


@pytest.mark.parametrize("name", parts())
def test_mistakes_in_an_entry_are_refuted(name: str) -> None:
    """Every kind of slip once in the result, and more until six are refuted; those in the statement count as well."""
    part = parts()[name]
    refuted: Counter[str] = Counter()
    harmless: set[str] = set()
    for case in in_result(part):
        if not case.first and refuted.total() >= AT_LEAST:
            break
        report = check(case.claim)
        if report.verdict is Verdict.PROVED:
            assert_harmless(case, report)
            harmless.add(case.slip)
        else:
            assert_refuted(case, report)
            refuted[case.slip] += 1
    assert harmless == set(HARMLESS.get(name, ())), "list what is harmless, with the reason, once it is clear why"
    for case in in_statement(part):
        if refuted.total() >= AT_LEAST:
            break
        report = check(case.claim)
        if report.verdict is Verdict.PROVED:
            assert_harmless(case, report)
        else:
            assert_refuted(case, report)
            refuted[case.slip] += 1
    assert refuted.total() >= AT_LEAST


def test_every_slip_is_made_somewhere() -> None:
    """Each slip occurs in a result where it is not harmless, so that the test above has seen it refuted."""
    made = Counter(
        case.slip
        for name, part in parts().items()
        for case in in_result(part)
        if case.first and case.slip not in ("own", *HARMLESS.get(name, ()))
    )
    assert set(made) == {slip.name for slip in SLIPS}


#: Lines of limits are decided where both sides are limits of exponentials or numbers.
_LINES = [
    claim
    for part in parts().values()
    for claim in claims_of(replace(part, branches=()))
    if claim.name != part.name + RESULT and not claim.lhs.has(Limit)
]


@pytest.mark.parametrize("claim", _LINES, ids=lambda claim: claim.name)
def test_a_line_that_is_off_is_refuted(claim: Claim) -> None:
    """Off by a millionth of itself and by a billionth, or by that much where both sides are 0 in disguise."""
    for off, methods in ((OFF, None), (LEAST, [BallDecision()])):
        case = Case("off", replace(claim, name=f"{claim.name}:off", rhs=off_by(claim, off), certificate=None))
        assert_refuted(case, check(case.claim, methods=methods))


def off_by(claim: Claim, part: Expr) -> Expr:
    """The right side with a small error; a bound is made smaller."""
    off = -part if claim.relation is Relation.AT_MOST else part
    return claim.rhs + off if claim.name.partition(":")[0] in ZERO or claim.rhs == 0 else claim.rhs * (1 + off)


def _oracles() -> list[Method]:
    return [BallDecision(modes=(Mode.NORMAL,)), TorchAutograd("cpu", (Mode.NORMAL,))]


@pytest.mark.parametrize("oracle", _oracles(), ids=lambda oracle: oracle.name)
@pytest.mark.parametrize("name", [name for name, part in parts().items() if not part.statement.has(Limit)])
def test_each_numeric_oracle_objects_to_a_result_that_is_off(oracle: Method, name: str) -> None:
    """The oracles are given the forward expression; a stored result that is off by a billionth cannot pass."""
    claim = result_claim(parts()[name])
    if claim.relation is Relation.AT_MOST:
        wrong = claim.rhs / 2
    else:
        wrong = claim.rhs * (1 + LEAST) if claim.rhs != 0 else claim.rhs + LEAST
    assert oracle.supports(claim) == ""
    budget = Budget(points=64, enclosures=200)
    right = oracle.run(claim, budget, 0)
    assert right.verdict is not Verdict.ERROR and not objects(right), right.detail
    assert objects(oracle.run(replace(claim, rhs=wrong), budget, 0))
