"""Draw inequalities in one variable, many of them nearly true, and hold every verdict against 60 digits.

    python benchmarks/fuzz_one_variable.py [--count 2000] [--seed 0]

A proof is held against some hundred points of the range, a refutation against its own point. Prints the counts of
verdicts and every verdict that is false; the exit code is 1 if there is one.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from fractions import Fraction
from typing import Any

import mpmath
from sympy import Abs, Add, Expr, Mul, Pow, Rational, S

from gradproof.derivations.calculus import (
    Domain,
    Entry,
    NonZero,
    Positive,
    Relation,
    Scalar,
    exp,
    log,
    relu,
    sigmoid,
    softplus,
    tanh,
)
from gradproof.verify.claim import Claim
from gradproof.verify.onevariable.function import pieces
from gradproof.verify.onevariable.method import OneVariable
from gradproof.verify.verdict import Budget, Evidence, Verdict

DIGITS = 60
#: What is smaller counts as 0: rounding in 60 digits leaves less.
NOTHING = mpmath.mpf(10) ** -45
VARIABLES = (Scalar("x"), Scalar("x"), Scalar("t", Domain.POSITIVE), Scalar("u", Domain.UNIT))
BOUNDS = (Relation.AT_MOST, Relation.LESS, Relation.AT_LEAST, Relation.MORE)
PLAIN: dict[type[Expr], Any] = {
    exp: mpmath.exp,
    log: mpmath.log,
    tanh: mpmath.tanh,
    sigmoid: lambda x: 1 / (1 + mpmath.exp(-x)),
    softplus: lambda x: mpmath.log(1 + mpmath.exp(x)),
    relu: lambda x: max(x, mpmath.mpf(0)),
    Abs: abs,
}


def value(part: Expr, at: Fraction) -> Any:
    """The value of an expression at a number, by mpmath alone."""
    if isinstance(part, Entry):
        return mpmath.mpf(at.numerator) / at.denominator
    if isinstance(part, Rational):
        return mpmath.mpf(int(part.p)) / int(part.q)
    inside = [value(argument, at) for argument in part.args]
    if isinstance(part, (Add, Mul)):
        return mpmath.fsum(inside) if isinstance(part, Add) else mpmath.fprod(inside)
    return mpmath.power(*inside) if isinstance(part, Pow) else PLAIN[type(part)](*inside)


def drawn(chance: random.Random, variable: Entry, depth: int) -> Expr:
    """A random function of the variable."""
    number = Rational(chance.randint(-6, 6), chance.choice((1, 1, 1, 2, 3, 4)))
    if depth == 0:
        return chance.choice((variable, variable, number))
    inner = drawn(chance, variable, depth - 1)
    logarithm = exp(variable / 2) if variable.tensor.domain is Domain.REAL else log(variable)
    return chance.choice(
        (
            inner + drawn(chance, variable, depth - 1),
            inner * drawn(chance, variable, depth - 1),
            inner**2,
            number * inner,
            sigmoid(inner),
            tanh(inner),
            softplus(inner),
            relu(number * variable + 1),
            exp(-chance.randint(1, 4) * variable / 2),
            logarithm,
        )
    )


def claims(count: int, seed: int) -> list[Claim]:
    """Random inequalities; in half of them the smaller side is moved until it nearly touches the larger one."""
    chance = random.Random(seed)
    found: list[Claim] = []
    while len(found) < count:
        variable = chance.choice(VARIABLES)
        one, other = (S.Zero + drawn(chance, variable, chance.randint(least, 3)) for least in (1, 0))
        condition = chance.choice(((), (), (Positive(variable - 1),), (NonZero(variable - Rational(1, 2)),)))
        if chance.random() < 0.5:
            near = [Fraction(chance.randint(1, 63), 64) for _ in range(40)]
            least = min(value(one - other, at) for at in near)
            other += Rational(int(least * 1000) - chance.choice((0, 0, 1, 5)), 1000)
        if one.has(S.NaN, S.ComplexInfinity) or other.has(S.NaN, S.ComplexInfinity):
            continue
        found.append(Claim(f"fuzz {len(found)}", one, chance.choice(BOUNDS), other, condition))
    return found


def margin(claim: Claim, at: Fraction) -> Any:
    larger, smaller = claim.relation.larger(*(value(side, at) for side in (claim.lhs, claim.rhs)))
    return larger - smaller


def fault(claim: Claim, found: Evidence, chance: random.Random) -> str:
    """What is wrong with a verdict; empty if nothing is."""
    strict = claim.relation.strict
    if found.verdict is Verdict.ERROR:
        return found.detail
    if found.verdict is Verdict.PROVED:
        where, _ = pieces(claim)
        places = [Fraction(chance.randint(-6400, 6400), chance.choice((16, 128, 1000))) for _ in range(100)]
        places += [Fraction(place, 8) for place in range(-40, 41)]
        places += [Fraction(1, 2) + Fraction(sign, 10**power) for sign in (1, -1) for power in range(1, 9)]
        for at in (place for place in places if place in where):
            gap = margin(claim, at)
            if gap < -NOTHING * (1 + abs(at) ** 20) or (strict and gap == 0 and abs(at) < 20):
                return f"proved, but false at {at}"
    if found.verdict is Verdict.REFUTED:
        assert found.counterexample is not None
        (at,) = map(Fraction, found.counterexample.values.values())
        if at not in pieces(claim)[0] or margin(claim, at) > (NOTHING if strict else -(mpmath.mpf(10) ** -55)):
            return f"refuted, but true at {at}"
    return ""


def run(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """The verdicts by name, and the false ones in words."""
    verdicts: Counter[str] = Counter()
    faults = []
    method, chance = OneVariable(), random.Random(seed)
    with mpmath.workdps(DIGITS):
        for claim in claims(count, seed):
            if method.supports(claim):
                verdicts["not one variable"] += 1
                continue
            found = method.run(claim, Budget(), seed)
            verdicts[found.verdict.name] += 1
            wrong = fault(claim, found, chance)
            if wrong:
                faults.append(f"{claim.lhs} {claim.relation.value} {claim.rhs}, {claim.given}: {wrong}")
    return verdicts, faults


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    started = time.perf_counter()
    verdicts, faults = run(asked.count, asked.seed)
    print(f"{asked.count} claims in {time.perf_counter() - started:.0f} s: {dict(verdicts.most_common())}")
    print(*faults, sep="\n")
    print(f"{len(faults)} false verdicts")
    raise SystemExit(bool(faults))


if __name__ == "__main__":
    main()
