"""The mistakes of published errata and of students' notes: each is a slip of the table."""

from __future__ import annotations

import pytest
from sympy import Expr

from gradproof.derivations.calculus import (
    Activation,
    Dim,
    Domain,
    Matrix,
    Partial,
    Scalar,
    Sum,
    Vector,
    define,
    delta,
    exp,
    log,
    sigmoid,
    sqrt,
    tanh,
)
from gradproof.derivations.slips import SLIPS, mutants

n, m = Dim("n"), Dim("m")
i, j, k = n.indices("i j k")
r = m.index("r")
s, t, b, strength = Scalar("s"), Scalar("t"), Scalar("b"), Scalar("lambda")
x, y, z, w = Vector("x", n), Vector("y", n), Vector("z", n), Vector("w", n)
p, q = Vector("p", n, Domain.SIMPLEX), Vector("q", n, Domain.SIMPLEX)
A, B, X = Matrix("A", n, n), Matrix("B", n, n), Matrix("X", m, n)
u = Vector("u", m)
phi = Activation("phi")
o = define("o", i, sigmoid(z[i]))
loss = (sigmoid(Sum(w[k] * x[k], k)) - t) ** 2
total = Sum(w[k] * x[k], k) + b
softmax = exp(z[i]) / Sum(exp(z[k]), k)

#: Mistakes that rewrite an expression: the slips that make them, the most telling one first.
MADE_BY: dict[str, tuple[str, ...]] = {
    "1 the sign of σ′": ("sign of the slope", "sign"),
    "2 σ − (1 − σ)": ("slope as difference",),
    "3 σ′ taken at x instead of σ(x)": ("slope at argument",),
    "4 tanh′ without the 1": ("one dropped", "term dropped"),
    "5 tanh′ without the square": ("square of tanh dropped", "power dropped"),
    "6 exp(−x) for exp(−2x)": ("exponent", "number dropped"),
    "7 numerator and denominator swapped": ("fraction inverted", "upside down"),
    "8 softmax: i ≠ j treated as i = j": ("delta dropped", "equal case only"),
    "9 the sign off the diagonal": ("sign off the diagonal", "sign of a term"),
    "10 the index of the numerator": ("numerator index", "wrong index"),
    "11 the order in the quotient rule": ("quotient order", "sign"),
    "12 1/2 or 2 lost": ("number dropped", "twice", "half"),
    "13 1/n lost": ("size dropped",),
    "14 t − o for o − t": ("difference turned", "sign"),
    "15 the minus of the log-loss lost": ("minus of the log", "sign"),
    "16 log missing": ("log dropped",),
    "17 KL with p/q reversed or the sign lost": ("divergence reversed", "sign"),
    "18 the sign of entropy": ("sign of entropy", "sign"),
    "19 p and q mixed": ("distributions mixed", "wrong vector"),
    "20 the minus inside σ lost": ("minus inside dropped", "argument sign"),
    "21 f′ lost": ("slope dropped", "prime dropped", "factor dropped"),
    "22 Σ lost": ("sum dropped",),
    "23 Σ too many": ("sum added",),
    "24 w_jk for w_kj": ("swapped indices", "transposed"),
    "25 the wrong input vector": ("wrong vector",),
    "26 differentiated by the wrong variable": ("wrong variable",),
    "27 x for x_j": ("index dropped", "wrong index"),
    "28 ∂ missing": ("∂ missing",),
    "29 a square lost": ("power dropped",),
    "30 λ for λW": ("penalty without weight", "factor dropped"),
    "31 the sign of the update": ("sign of the update", "sign of a term"),
    "32 the norm for its square": ("norm for its square", "power dropped"),
    "33 the bias given x_j": ("bias given input",),
    "34 one-hot assumed": ("one-hot assumed",),
    "35 log(a + b) split": ("log split",),
    "36 XW commuted": ("commuted",),
    "37 mean and sum of a batch mixed": ("mean", "size dropped"),
}
#: What is right, and what the mistake makes of it; by the number.
SEEN: dict[int, tuple[Expr, Expr]] = {
    1:  (2 * sigmoid(s) * (1 - sigmoid(s)), -2 * sigmoid(s) * (1 - sigmoid(s))),
    2:  (x[i] * sigmoid(s) * (1 - sigmoid(s)), x[i] * (2 * sigmoid(s) - 1)),
    3:  (x[i] * sigmoid(s) * (1 - sigmoid(s)), x[i] * s * (1 - s)),
    4:  (x[i] * (1 - tanh(s) ** 2), -x[i] * tanh(s) ** 2),
    5:  (x[i] * (1 - tanh(s) ** 2), x[i] * (1 - tanh(s))),
    6:  ((1 - exp(-2 * s)) / (1 + exp(-2 * s)), (1 - exp(-s)) / (1 + exp(-2 * s))),
    7:  (x[i] / t, t / x[i]),
    8:  (p[i] * (delta(i, j) - p[j]), p[i] * (1 - p[j])),
    9:  (p[i] * (delta(i, j) - p[j]), p[i] * (delta(i, j) + p[j])),
    10: (y[j] * softmax, y[j] * softmax.xreplace({z[i]: z[j]})),
    11: ((x[i] * t - s * y[i]) / t**2, (s * y[i] - x[i] * t) / t**2),
    12: (2 / n * (x[i] - y[i]), (x[i] - y[i]) / n),
    13: (2 / n * (x[i] - y[i]), 2 * (x[i] - y[i])),
    14: (o[i] * (1 - o[i]) * (o[i] - y[i]), o[i] * (1 - o[i]) * (y[i] - o[i])),
    15: (-Sum(y[k] * log(q[k]), k), Sum(y[k] * log(q[k]), k)),
    16: (-Sum(y[k] * log(q[k]), k), -Sum(y[k] * q[k], k)),
    17: (Sum(p[k] * log(p[k] / q[k]), k), Sum(q[k] * log(q[k] / p[k]), k)),
    18: (-Sum(p[k] * log(p[k]), k), Sum(p[k] * log(p[k]), k)),
    19: (-Sum(p[k] * log(q[k]), k), -Sum(q[k] * log(p[k]), k)),
    20: (s * sigmoid(-t * x[i]), s * sigmoid(t * x[i])),
    21: ((o[i] - y[i]) * o[i] * (1 - o[i]) * x[j], (o[i] - y[i]) * x[j]),
    22: (phi(z[j], order=1) * Sum(A[j, k] * y[k], k), phi(z[j], order=1) * A[j, j] * y[j]),
    23: ((o[i] - y[i]) * x[i], Sum((o[k] - y[k]) * x[k], k)),
    24: (y[k] * A[j, k], y[j] * A[k, j]),
    25: (y[j] * o[i], y[j] * z[i]),
    26: (Partial(loss, w[j]), Partial(loss, x[j])),
    27: ((s - t) * x[j], (s - t) * Scalar("x")),
    28: (t * Partial(o[i], z[i]), t * o[i] / z[i]),
    29: (Sum((x[k] - y[k]) ** 2, k) / s**2, Sum((x[k] - y[k]) ** 2, k) / s),
    30: (y[j] * x[i] + strength * A[i, j], y[j] * x[i] + strength),
    31: (w[j] - s * Partial(loss, w[j]), w[j] + s * Partial(loss, w[j])),
    32: (Sum((x[k] - y[k]) ** 2, k), sqrt(Sum((x[k] - y[k]) ** 2, k))),
    33: (sigmoid(total) - t, (sigmoid(total) - t) * x[n.index(n.letters[0])]),
    34: (p[i] * Sum(y[k], k) - y[i], p[i] - y[i]),
    35: (z[i] - log(exp(s) + exp(t)), z[i] - log(exp(s)) - log(exp(t))),
    36: (Sum(A[i, k] * B[k, j], k), Sum(B[i, k] * A[k, j], k)),
    37: (Sum(u[r] * X[r, j], r), Sum(u[r] * X[r, j], r) / m),
}  # fmt: skip
#: Slips for tests and benchmarks, or more general than the mistakes above.
GENERAL = {"delta zero", "off by one", "adjoint dropped", "exp dropped", "wrong extremum", "wrong function", "constant"}
GENERAL |= {"slightly off"}


def test_each_of_the_37_is_made_by_a_slip() -> None:
    assert [int(mistake.partition(" ")[0]) for mistake in MADE_BY] == list(range(1, 38))
    assert list(SEEN) == list(range(1, 38))


def test_the_slips_named_here_are_those_of_the_table() -> None:
    named = {name for names in MADE_BY.values() for name in names}
    assert not named & GENERAL
    assert named | GENERAL == {slip.name for slip in SLIPS}


def test_the_most_telling_slip_is_tried_first() -> None:
    order = {slip.name: place for place, slip in enumerate(SLIPS)}
    for mistake, names in MADE_BY.items():
        places = [order[name] for name in names]
        assert places[0] == min(places), mistake


@pytest.mark.parametrize("mistake", MADE_BY)
def test_a_public_mistake_is_named(mistake: str) -> None:
    """Of all that one slip makes of the right side, this is made once, under the name that says most."""
    right, wrong = SEEN[int(mistake.partition(" ")[0])]
    assert [mutant.slip.name for mutant in mutants(right) if mutant.expression == wrong] == [MADE_BY[mistake][0]]
