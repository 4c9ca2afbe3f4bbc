"""Statements with kinks, largest values, row-wise roots and facts by place."""

from __future__ import annotations

from typing import Any

from sympy import Abs, Expr, Rational

from gradproof.derivations.calculus import (
    Delta,
    Different,
    Domain,
    Index,
    Largest,
    Matrix,
    Negative,
    NonZero,
    Partial,
    Positive,
    Scalar,
    Selected,
    Sum,
    Vector,
    define,
    exp,
    log,
    log1p,
    relu,
    sigmoid,
    sign,
    softplus,
    sqrt,
    step,
    tanh,
)

from .statements import X, alpha, i, j, k, l, m, n, r, r2, ts, x, xs, y, z

ys = Scalar("ys")
width, rate, power = (Scalar(name, Domain.POSITIVE) for name in ("width", "rate", "power"))
bit = Scalar("bit", Domain.BINARY)
hot = Vector("hot", n, Domain.ONE_HOT)
pos = Vector("pos", n, Domain.POSITIVE)
bits = Vector("bits", n, Domain.BINARY)
margin = Matrix("margin", m, n)


def norm(row: Index) -> Expr:
    """The 2-norm of a row."""
    return sqrt(Sum(X[row, l] ** 2, l))


huber = step(width - Abs(xs)) * xs**2 / 2 + (1 - step(width - Abs(xs))) * (width * Abs(xs) - width**2 / 2)
top = Largest(z[k], k)
shifted = Sum(exp(z[k] - top), k)
softmax = exp(z[i]) / Sum(exp(z[k]), k)
second = Largest(x[k], k, 2)
p_norm = Sum(Abs(x[k]) ** power, k) ** (1 / power)
clipped = relu(xs + width) - relu(xs - width) - width
rectified = sqrt(Sum(relu(x[k]) ** 2, k))
residual = define("residual", r, Sum(X[r, k] * x[k], k) - Vector("t", m)[r])

TRUE: dict[str, tuple[Any, ...]] = {
    "relu of x and -x": (relu(xs) + relu(-xs), Abs(xs)),
    "x by its parts": (relu(xs) - relu(-xs), xs),
    "size of a product": (Abs(xs * ys), Abs(xs) * Abs(ys)),
    "sign of a product": (sign(xs * ys), sign(xs) * sign(ys)),
    "size by sign": (Abs(xs), xs * sign(xs)),
    "larger of two": ((xs + ys + Abs(xs - ys)) / 2, relu(xs - ys) + ys),
    "clipping": (clipped, (Abs(xs + width) - Abs(xs - width)) / 2),
    "soft threshold": (relu(xs - width) - relu(-xs - width), sign(xs) * relu(Abs(xs) - width), NonZero(xs)),
    "leaky relu": (
        Partial(relu(xs) - alpha * relu(-xs), xs),
        step(xs) + alpha * (1 - step(xs)),
        NonZero(xs),
    ),
    "pinball loss": (
        Partial(alpha * relu(xs) + (1 - alpha) * relu(-xs), xs),
        alpha - 1 + step(xs),
        NonZero(xs),
    ),
    "1-norm gradient": (Partial(Sum(Abs(x[k]), k), x[i]), sign(x[i])),
    "1-norm gradient by steps": (Partial(Sum(Abs(x[k]), k), x[i]), 1 - 2 * step(-x[i]), NonZero(x[i])),
    "mean absolute error": (Partial(Sum(Abs(x[k] - y[k]), k) / n, x[i]), sign(x[i] - y[i]) / n),
    "Huber loss": (Partial(huber, xs), step(width - Abs(xs)) * xs + (1 - step(width - Abs(xs))) * width * sign(xs)),
    "Huber loss, inside": (Partial(huber, xs), xs, Positive(width - Abs(xs)), NonZero(xs)),
    "Huber loss, outside": (Partial(huber, xs), width * sign(xs), Negative(width - Abs(xs)), NonZero(xs)),
    "Huber loss by clipping": (Partial(huber, xs), clipped, NonZero(width - Abs(xs)), NonZero(xs)),
    "p-norm gradient": (
        Partial(p_norm, x[i]),
        sign(x[i]) * Abs(x[i]) ** (power - 1) * Sum(Abs(x[k]) ** power, k) ** (1 / power - 1),
    ),
    "∞-norm gradient": (Partial(Largest(Abs(x[k]), k), x[i]), Selected(Abs(x[k]), k, i) * sign(x[i])),
    "log of sizes": (log(Abs(xs) * Abs(ys)), log(Abs(xs)) + log(Abs(ys))),
    "hidden square": (sqrt(xs**2 + 2 * xs * ys + ys**2), Abs(xs + ys)),
    "stable softplus": (softplus(xs), relu(xs) + log1p(exp(-Abs(xs)))),
    "stable BCE with logits": (
        -ts * log(sigmoid(xs)) - (1 - ts) * log(1 - sigmoid(xs)),
        relu(xs) - ts * xs + log1p(exp(-Abs(xs))),
    ),
    "stable sigmoid": (sigmoid(xs), (step(xs) + (1 - step(xs)) * exp(-Abs(xs))) / (1 + exp(-Abs(xs))), NonZero(xs)),
    "tanh by |x|": (tanh(xs), sign(xs) * (1 - exp(-2 * Abs(xs))) / (1 + exp(-2 * Abs(xs))), NonZero(xs)),
    "softmax, shifted": (exp(z[i] - top) / shifted, softmax),
    "log-sum-exp, shifted": (log(shifted) + top, log(Sum(exp(z[k]), k))),
    "log-softmax, shifted": (z[i] - top - log(shifted), log(softmax)),
    "log-sum-exp, shifted, gradient": (Partial(log(shifted) + top, z[i]), softmax),
    "softmax, shifted, Jacobian": (
        Partial(exp(z[i] - top) / shifted, z[j]),
        softmax * (Delta(i, j) - exp(z[j]) / Sum(exp(z[k]), k)),
    ),
    "maximum gradient": (Partial(Largest(x[k], k), x[i]), Selected(x[k], k, i)),
    "maximum of a shift": (Largest(x[k] + alpha, k), Largest(x[k], k) + alpha),
    "maximum of a multiple": (Largest(width * x[k], k), width * Largest(x[k], k)),
    "two largest": (Partial(Largest(x[k], k) + second, x[i]), Selected(x[k], k, i) + Selected(x[k], k, i, 2)),
    "one place attains the maximum": (Sum(Selected(x[k], k, i), i), 1),
    "different ranks, different places": (Selected(x[k], k, i) * Selected(x[k], k, i, 2), 0),
    "gap of the two largest": (relu(second - Largest(x[k], k)), 0),
    "range is invariant": (
        Largest(x[k] + alpha, k) + Largest(-x[k] - alpha, k),
        Largest(x[k], k) + Largest(-x[k], k),
    ),
    "max pooling backwards": (
        Partial(Sum(tanh(Largest(X[r, k], k)), r), X[r2, j]),
        (1 - tanh(Largest(X[r2, k], k)) ** 2) * Selected(X[r2, k], k, j),
    ),
    "row maxima": (Largest(X[r, k] - Largest(X[r, l], l), k), 0),
    "normalised rows, Jacobian off the row": (Partial(Abs(X[r, i]) / norm(r), X[r2, j]), 0, Different(r, r2)),
    "normalised rows with sizes": (
        Partial(Sum(Abs(X[r, k]) / norm(r), r, k), X[r2, j]),
        (sign(X[r2, j]) - X[r2, j] * Sum(Abs(X[r2, k]), k) / norm(r2) ** 2) / norm(r2),
    ),
    "gradient of a rectified norm": (Partial(rectified, x[i]), relu(x[i]) / rectified),
    "absolute residuals": (
        Partial(Sum(Abs(residual[r]), r), x[j]),
        Sum(sign(residual[r]) * X[r, j], r),
    ),
    "one-hot size": (Abs(Sum(hot[k] * z[k], k)), Sum(hot[k] * Abs(z[k]), k)),
    "binary sign": (Abs(2 * bit - 1), 1),
    "binary hinge": (
        Partial(relu(1 - (2 * bit - 1) * xs), xs),
        -bit * step(1 - xs) + (1 - bit) * step(1 + xs),
    ),
    "binary mask": (relu(bits[i] * x[i]), bits[i] * relu(x[i])),
    "cube root": (
        Partial(Sum(Abs(x[k]), k) ** Rational(1, 3), x[i]),
        sign(x[i]) * Sum(Abs(x[k]), k) ** Rational(-2, 3) / 3,
    ),
    "parts of a sum": (Sum(relu(x[k]), k) - Sum(relu(-x[k]), k), Sum(x[k], k)),
    "1-norm by signs": (Sum(Abs(x[k]), k), Sum(x[k] * sign(x[k]), k)),
    "parts do not meet": (Sum(relu(x[k]) * relu(-x[k]) * y[k], k), 0),
    "sizes of a product with a sum": (Abs(xs) * Abs(ys + alpha), Abs(xs * ys + xs * alpha)),
    "larger of two sums": (relu(Sum(x[k], k) - ys) + ys, (Sum(x[k], k) + ys + Abs(Sum(x[k], k) - ys)) / 2),
    "hinge loss": (
        Partial(Sum(relu(1 - x[k] * y[k]), k), x[i]),
        -y[i] * (1 + sign(1 - x[i] * y[i])) / 2,
        NonZero(1 - x[i] * y[i]),
    ),
    "elastic net": (Partial(Sum(rate * Abs(x[k]) + x[k] ** 2 / 2, k), x[i]), rate * sign(x[i]) + x[i]),
    "roots of products": (sqrt(xs**2 * pos[i]), Abs(xs) * sqrt(pos[i])),
}  # fmt: skip
