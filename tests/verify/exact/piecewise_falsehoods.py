"""Falsehoods about kinks, roots, orders and facts: built to fool a proof that goes through regions at random points."""

from __future__ import annotations

from typing import Any

from sympy import Abs, Add, Expr, Integer, Mul, Rational

from gradproof.derivations.calculus import (
    Domain,
    Largest,
    Negative,
    NonZero,
    Partial,
    Positive,
    Scalar,
    Selected,
    Sum,
    Vector,
    erf,
    exp,
    log,
    relu,
    sigmoid,
    sign,
    softplus,
    sqrt,
    step,
    tanh,
    xlogx,
)

from .mutants import newton3, newton4, size
from .piecewise import (
    bit,
    bits,
    clipped,
    hot,
    huber,
    norm,
    p_norm,
    pos,
    power,
    rate,
    residual,
    shifted,
    softmax,
    top,
    width,
    ys,
)
from .statements import A, X, alpha, i, j, k, l, m, n, r, r2, x, xs, y, z

PRIME = 2147483647
tiny = Rational(1, 10**50)
many = [Scalar(f"v{number}") for number in range(14)]
hot_too = Vector("hot too", n, Domain.ONE_HOT)


def hidden_square(first: int) -> Expr:
    """The square of a sum of five, multiplied out: too long to be factored."""
    part = many[first : first + 5]
    return Add(*[one * other for one in part for other in part])


def of_five(first: int) -> Expr:
    return Add(*many[first : first + 5])


half = (1 + erf(xs / sqrt(Integer(2)))) / 2
rectified = sqrt(relu(xs) ** 2 + relu(ys) ** 2)
neither = (1 - step(xs)) * (1 - step(ys))

FALSE: dict[str, tuple[Any, ...]] = {
    # Signs that must be tried at the same points
    "product of |x| − x": (Mul(*[Abs(v) - v for v in many[:12]]), 0),
    "product of x − |x| at all signs but one": (Mul(*[Abs(v) - v for v in many[:11]]) * (Abs(xs) + xs), 0),
    "hidden square": (sqrt(hidden_square(0)), of_five(0)),
    "product of hidden squares": (
        Mul(*[sqrt(hidden_square(first)) - of_five(first) for first in (0, 3, 6)]),
        0,
    ),
    "root of a square": (sqrt(xs**2), xs),
    "root of two squares": (sqrt(xs**2 * ys**2), xs * ys),
    "root of a square of a sum": (sqrt(xs**2 + 2 * xs * ys + ys**2), xs + ys),
    "roots of positive numbers, product": (Mul(*[sqrt(pos[i] ** 2 * v**2) - pos[i] * v for v in many[:2]]), 0),
    "root of a sum": (sqrt(width**2 + rate**2), width + rate),
    "fourth power": (sqrt(sqrt(xs**4)), xs),
    # Kinks
    "|x| is x": (Abs(xs), xs),
    "relu is x": (relu(xs), xs),
    "relu is odd": (relu(-xs), -relu(xs)),
    "step is 1": (step(xs), 1),
    "steps of x and −x": (step(xs) + step(-xs), 1),
    "square of a sign": (sign(xs) ** 2, 1),
    "sign without 0": (sign(xs), 2 * step(xs) - 1),
    "triangle": (Abs(xs + ys), Abs(xs) + Abs(ys)),
    "size of a difference": (Abs(xs - ys), Abs(xs) - Abs(ys)),
    "relu is additive": (relu(xs + ys), relu(xs) + relu(ys)),
    "step of a product": (step(xs * ys), step(xs) * step(ys)),
    "sign of a sum": (sign(xs + ys), sign(xs) + sign(ys)),
    "clipping forgotten": (clipped, xs),
    "clipping where x > 0": (clipped, xs, Positive(xs)),
    "1-norm gradient": (Partial(Sum(Abs(x[k]), k), x[i]), 1),
    "1-norm gradient where x > 0": (Partial(Sum(Abs(x[k]), k), x[i]), sign(y[i]), Positive(x[i])),
    "1-norm gradient at another place": (Partial(Sum(Abs(x[k]), k), x[i]), sign(x[j])),
    "Huber loss, inside everywhere": (Partial(huber, xs), xs, NonZero(xs), NonZero(width - Abs(xs))),
    "Huber loss, outside without its sign": (Partial(huber, xs), width, Negative(width - Abs(xs)), NonZero(xs)),
    "wrong condition": (Abs(xs), xs, Positive(ys)),
    "condition on one of them": (Abs(xs + ys), xs + ys, Positive(xs)),
    "condition on a sum": (Abs(xs), xs, Positive(xs + ys)),
    "not 0 is not positive": (Abs(xs), xs, NonZero(xs)),
    # Orders
    "the maximum is additive": (Largest(x[k] + y[k], k), Largest(x[k], k) + Largest(y[k], k)),
    "the maximum is the first": (Largest(x[k], k), x[i]),
    "the maximum is odd": (Largest(-x[k], k), -Largest(x[k], k)),
    "the maximum is the second": (Largest(x[k], k), Largest(x[k], k, 2)),
    "maximum of squares": (Largest(x[k] ** 2, k), Largest(x[k], k) ** 2),
    "maximum of sizes": (Largest(Abs(x[k]), k), Abs(Largest(x[k], k))),
    "maximum of a multiple": (Largest(alpha * x[k], k), alpha * Largest(x[k], k)),
    "the place of the second": (Partial(Largest(x[k], k, 2), x[i]), Selected(x[k], k, i)),
    "two places": (Selected(x[k], k, i) * Selected(y[k], k, i), Selected(x[k] + y[k], k, i)),
    "every place attains the maximum": (Selected(x[k], k, i), 1),
    "order of products": (
        relu(x[i] - x[j]) * relu(x[j] - y[i]) * relu(y[i] - x[j]) + relu(x[i] - y[j]),
        0,
    ),
    "log-sum-exp, wrong shift": (log(shifted) - top, log(Sum(exp(z[k]), k))),
    "log-sum-exp is the maximum": (log(Sum(exp(z[k]), k)), top),
    "softmax with a shift left": (exp(z[i] - top) / Sum(exp(z[k]), k), softmax),
    "row maxima are equal": (Largest(X[r, k], k), Largest(X[r2, k], k)),
    # Roots in rows
    "normalised rows": (Partial(Abs(X[r, i]) / norm(r), X[r2, j]), 0),
    "all rows have one norm": (Sum(Abs(X[r, k]), k) / norm(r), Sum(Abs(X[r, k]), k) / norm(r2)),
    "norm of one row": (Sum(norm(r), r), sqrt(Sum(X[r, l] ** 2, r, l))),
    "absolute residuals": (Partial(Sum(Abs(residual[r]), r), x[j]), Sum(sign(residual[r]) * x[j], r)),
    # Powers
    "p-norm gradient": (
        Partial(p_norm, x[i]),
        Abs(x[i]) ** (power - 1) * Sum(Abs(x[k]) ** power, k) ** (1 / power - 1),
    ),
    "power of a product": (width ** (rate * power), width**rate * width**power),
    "power of a power": ((width**rate) ** power, width ** (rate + power)),
    "cube root": (width ** Rational(1, 3) * width ** Rational(1, 3), width),
    "cube roots are additive": ((width + rate) ** Rational(1, 3), width ** Rational(1, 3) + rate ** Rational(1, 3)),
    "cube root of a square": ((xs**2) ** Rational(1, 3) * Abs(xs) ** Rational(1, 3), xs),
    # Functions
    "erf is even": (erf(-xs), erf(xs)),
    "erf is linear": (erf(2 * Abs(xs)), 2 * erf(Abs(xs))),
    "GELU without its second term": (Partial(xs * half, xs), half),
    "tanh of |x|": (tanh(Abs(xs)), tanh(xs)),
    "softplus without |x|": (softplus(xs), relu(xs) + log(1 + exp(xs))),
    "softplus is relu": (softplus(xs), relu(xs)),
    "log of a sum of sizes": (log(Abs(xs) + Abs(ys)), log(Abs(xs)) + log(Abs(ys))),
    "exp of |x|": (exp(Abs(xs)), exp(xs) + exp(-xs)),
    # Facts
    "one-hot is all": (Sum(hot[k] * Abs(z[k]), k), Sum(Abs(z[k]), k)),
    "one-hot takes the maximum": (Sum(hot[k] * z[k], k), top),
    "one-hot vectors are equal": (Abs(Sum(hot[k] * hot_too[k], k)), 1),
    "binary without its sign": (Abs(2 * bit - 1), 2 * bit - 1),
    "binary relu": (relu(bit - Rational(1, 2)), bit),
    "binary mask forgotten": (relu(bits[i] * x[i]), relu(x[i])),
    "x log x at 0": (xlogx(bit), 5 * (1 - bit)),
    # Where a formula is undefined and the function is not
    "derivative of 0": (
        Partial(rectified, xs),
        relu(xs) / (rectified + neither) + 5 * neither,
        NonZero(xs),
        NonZero(ys),
    ),
    # Numbers
    "multiple of a prime": (PRIME * Abs(xs), 0),
    "two primes": (PRIME * 2147483587 * relu(xs), 0),
    "a prime in two parts": ((65536 * 32768 - 1) * Abs(xs), 0),
    "slip of 1e-50": (Abs(xs) * (1 + tiny), Abs(xs)),
    "slip of 1e-50 in a softmax": (exp(z[i] - top) / shifted * (1 + tiny), softmax),
    "slip of 1e-50 at one place": (Largest(x[k], k) + tiny * Selected(x[k], k, i), Largest(x[k], k)),
    "slip of 1e-6": (relu(xs) + relu(-xs), Abs(xs) * (1 + Rational(1, 10**6))),
    "names that share a checksum": (Abs(Scalar("plumless")), Abs(Scalar("buckeroo"))),
    # Small sizes only
    "Newton, n ≤ 3": (Abs(x[i]) + newton4, relu(x[i]) + relu(-x[i])),
    "Newton, n ≤ 2": (Abs(x[i]) * (1 + newton3), Abs(x[i])),
    "n in disguise": (Abs(xs) * (size - 1) * (size - 2) * (size - 3), 0),
    "falling": (relu(xs) * Mul(*[n - number for number in range(1, 6)]), 0),
    "falling in two sizes": (relu(xs) * Mul(*[(n - number) * (m - number) for number in range(1, 5)]), 0),
    "traces": (Abs(A[i, i]) * (Sum(A[k, k], k) ** 2 - Sum(A[k, l] * A[l, k], k, l)), 0),
    "sigmoid of the maximum": (sigmoid(Largest(x[k], k)), Largest(sigmoid(x[k]), k, 2)),
}  # fmt: skip

#: True at some data, undefined at others: not to be proved either, though no point that is defined tells them apart.
HALF_DEFINED: dict[str, tuple[Any, ...]] = {
    "log of a square": (log(xs**2), 2 * log(xs)),
    "log of a product": (log(xs * ys), log(xs) + log(ys)),
    "power of a power": ((xs**alpha) ** power, xs ** (alpha * power)),
    "cube root of a cube": ((xs**3) ** Rational(1, 3), xs),
    "nowhere defined": (
        xs / (sigmoid(xs) + sigmoid(-xs) - 1),
        ys / (sigmoid(xs) + sigmoid(-xs) - 1),
    ),
    "contradicting conditions": (Abs(xs), 17, Positive(xs), Negative(xs)),
    "contradicting conditions of a sum": (Abs(xs), 17, Positive(xs), Positive(ys), Negative(xs + ys)),
}
