"""Points per second of float64 balls and of enclosures on one core, and what a naive comparison makes of the points.

    python benchmarks/throughput.py

The full gradient is evaluated: σ′, the softmax Jacobian for n = 4, and all nine derivatives of a network with 2 inputs,
3 tanh units and a sigmoid output. `balls` is the gradient with its error bounds in float64, `both sides` is that and
the forward expression by dual numbers, compared; `Arb` is the gradient in enclosures of 64 bits. Seconds are CPU
seconds, and the fastest of several runs counts: other work on the machine only ever slows one down.

The peer is what many people write: SymPy's `diff` and the textbook formula as NumPy functions (`lambdify`), compared by
`numpy.allclose` at the same points. Both formulas are right, so each disagreement is a false alarm; a place where one
of them is not a number, and nothing says so, is a silent nan.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import sympy
from measuring import machine

from gradproof.derivations.calculus import (
    Dim,
    Matrix,
    Partial,
    Relation,
    Scalar,
    Sum,
    Vector,
    define,
    delta,
    exp,
    log,
    sigmoid,
    tanh,
)
from gradproof.verify.claim import Claim
from gradproof.verify.evaluation import Evaluator, Point
from gradproof.verify.intervals.arithmetic import BallArithmetic
from gradproof.verify.intervals.balls import best_balls
from gradproof.verify.intervals.decide import in_floats, parts
from gradproof.verify.numeric import bounded
from gradproof.verify.numeric.floats import BoundedFloats
from gradproof.verify.numeric.points import Sample
from gradproof.verify.strategies import Mode

POINTS, ENCLOSED, RUNS = 200_000, 2_000, 7
MODES = (Mode.BOUNDED, Mode.NORMAL, Mode.TIES, Mode.ZEROS, Mode.WIDE, Mode.POWERS, Mode.SUBNORMAL)


@dataclass(frozen=True, slots=True)
class Task:
    """Claims whose right sides are the gradient, the sizes; and for SymPy the forward values, inputs and gradient."""

    name: str
    claims: tuple[Claim, ...]
    sizes: dict[Dim, int]
    forward: list[sympy.Expr]
    inputs: list[sympy.Symbol]
    gradient: list[sympy.Expr]


def tasks() -> tuple[Task, ...]:
    x, symbol = Scalar("x"), sympy.Symbol("x", real=True)
    s, plain = sigmoid(x), 1 / (1 + sympy.exp(-symbol))
    slope = Claim("sigmoid", Partial(s, x), Relation.EQUAL, s * (1 - s))
    return (
        Task("sigmoid", (slope,), {}, [plain], [symbol], [plain * (1 - plain)]),
        softmax(),
        network(),
    )


def softmax() -> Task:
    n = Dim("n")
    i, j, k = n.indices("i j k")
    z = Vector("z", n)
    p = define("p", i, exp(z[i]) / Sum(exp(z[k]), k))
    claim = Claim("softmax", Partial(p[i], z[j]), Relation.EQUAL, p[i] * (delta(i, j) - p[j]))
    logits = list(sympy.symbols("z1:5", real=True))
    total = sum(map(sympy.exp, logits))
    shares = [sympy.exp(logit) / total for logit in logits]
    gradient = [shares[a] * (int(a == b) - shares[b]) for a in range(4) for b in range(4)]
    return Task("softmax, n = 4", (claim,), {n: 4}, shares, logits, gradient)


def network() -> Task:
    inputs, units = Dim("I", "i"), Dim("J", "j l")
    i, j = inputs.index("i"), units.index("j")
    w, v, a, t = Matrix("W", units, inputs), Vector("v", units), Vector("a", inputs), Scalar("t")
    h = define("h", j, tanh(Sum(w[j, i] * a[i], i)))
    o = sigmoid(Sum(v[j] * h[j], j))
    loss = -t * log(o) - (1 - t) * log(1 - o)
    claims = (
        Claim("hidden", Partial(loss, w[j, i]), Relation.EQUAL, (o - t) * v[j] * (1 - h[j] ** 2) * a[i]),
        Claim("output", Partial(loss, v[j]), Relation.EQUAL, (o - t) * h[j]),
    )
    weights = [list(sympy.symbols(f"w{row}_1:3", real=True)) for row in (1, 2, 3)]
    outer, inner, target = sympy.symbols("v1:4", real=True), sympy.symbols("a1:3", real=True), sympy.Symbol("t")
    hidden = [sympy.tanh(sum(one * x for one, x in zip(row, inner, strict=True))) for row in weights]
    out = 1 / (1 + sympy.exp(-sum(one * x for one, x in zip(outer, hidden, strict=True))))
    gradient = [(out - target) * outer[r] * (1 - hidden[r] ** 2) * inner[c] for r in range(3) for c in range(2)]
    gradient += [(out - target) * unit for unit in hidden]
    forward = -target * sympy.log(out) - (1 - target) * sympy.log(1 - out)
    wanted = [weight for row in weights for weight in row] + list(outer)
    return Task("network 2-3-1", claims, {inputs: 2, units: 3}, [forward], [*wanted, *inner, target], gradient)


def best_rate(points: int, run: Callable[[], object]) -> float:
    """Points per CPU second of the fastest run."""
    run()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return points / min(times)


def gradient_alone(claim: Claim) -> Claim:
    return Claim(claim.name, claim.rhs, claim.relation, claim.rhs)


def gradient_in_balls(task: Task, sample: Sample) -> None:
    for part in parts(gradient_alone(task.claims[0]), sample):
        point = Point(sample.sizes, lambda tensor, part=part: bounded.exact(part.values(tensor)))
        evaluator = Evaluator(BoundedFloats(), point)
        with np.errstate(all="ignore"):
            for claim in task.claims:
                evaluator.value(claim.rhs, claim.indices)


def both_sides(task: Task, sample: Sample) -> None:
    for part in parts(task.claims[0], sample):
        for claim in task.claims:
            in_floats(claim, part)


def gradient_enclosed(task: Task, sample: Sample) -> None:
    balls = best_balls()
    arithmetic = BallArithmetic(balls)
    with balls.precision(64):
        evaluator = Evaluator(arithmetic, Point(sample.sizes, lambda tensor: arithmetic.exact(sample.values(tensor))))
        for claim in task.claims:
            evaluator.value(claim.rhs, claim.indices)


def naive(task: Task, mode: Mode) -> tuple[float, int, int, int]:
    """Points per second, false alarms, silent nans and components of the peer at 2,000 points of a mode."""
    sample = Sample(task.sizes, mode, ENCLOSED, (1,))
    derived = [sympy.diff(value, by) for value in task.forward for by in task.inputs[: wanted(task)]]
    first, second = (sympy.lambdify(task.inputs, side, "numpy", cse=True) for side in (derived, task.gradient))
    values = columns(task, sample)
    with np.errstate(all="ignore"):
        start = time.process_time()
        one, other = (np.broadcast_arrays(*[np.asarray(v, float) for v in side(*values)], values[0])[:-1]
                      for side in (first, second))  # fmt: skip
        same = np.isclose(one, other)
        rate = ENCLOSED / (time.process_time() - start)
    number = np.isfinite(one) & np.isfinite(other)
    return rate, int((number & ~same).sum()), int((~number).sum()), same.size


def wanted(task: Task) -> int:
    """How many of the inputs are differentiated by."""
    return len(task.gradient) // len(task.forward)


def columns(task: Task, sample: Sample) -> list[np.ndarray]:
    """The values of the inputs in the order of SymPy's symbols."""
    asked: dict[str, np.ndarray] = {}

    def data(tensor: object) -> bounded.Bounded:
        asked[str(tensor.name)] = sample.values(tensor)
        return bounded.exact(asked[str(tensor.name)])

    with np.errstate(all="ignore"):
        for claim in task.claims:
            Evaluator(BoundedFloats(), Point(sample.sizes, data)).value(claim.rhs, claim.indices)
    order = [name for name in ("x", "z", "W", "v", "a", "t") if name in asked]
    return [column for name in order for column in asked[name].reshape(sample.points, -1).T]


def main() -> None:
    print(machine("numpy", "sympy", "python-flint"))
    print("points per second, one core: balls, both sides, Arb")
    for task in tasks():
        sample, few = (Sample(task.sizes, Mode.NORMAL, count, (0,)) for count in (POINTS, ENCLOSED))
        rates = [best_rate(POINTS, lambda t=task, s=sample: gradient_in_balls(t, s)),
                 best_rate(POINTS, lambda t=task, s=sample: both_sides(t, s)),
                 best_rate(ENCLOSED, lambda t=task, s=few: gradient_enclosed(t, s))]  # fmt: skip
        print(f"{task.name:16}", *(f"{rate:9.1e}" for rate in rates), flush=True)
    print("lambdify and allclose: components, false alarms, silent nans, points per second")
    for task in tasks():
        found = [naive(task, mode) for mode in MODES]
        alarms, nans, components = (sum(row[place] for row in found) for place in (1, 2, 3))
        print(f"{task.name:16} {components:8} {alarms:6} {nans:6} {max(row[0] for row in found):9.1e}", flush=True)


if __name__ == "__main__":
    main()
