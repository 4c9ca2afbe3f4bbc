"""True statements of the domain: left a derivative or an expression, right what a person writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sympy import Expr, Integer, Rational

from gradproof.derivations.calculus import (
    Condition,
    Delta,
    Dim,
    Domain,
    Matrix,
    Partial,
    Scalar,
    Sum,
    Vector,
    exp,
    log,
    sigmoid,
    softplus,
    sqrt,
    tanh,
)

n, m, d, h, o, s, t = (Dim(name) for name in ["n", "m", "d", "h", "o", "s", "t"])
i, j, k, l = n.indices("i j k l")  # noqa: E741 - as in mathematics
r, r2 = m.indices("r r2")
a, b, c = d.indices("a b c")
u, v = h.indices("u v")
e1, e2 = o.indices("e1 e2")
q1, q2 = s.indices("q1 q2")
p1, p2 = t.indices("p1 p2")

x, y, z, g, w = (Vector(name, n) for name in ["x", "y", "z", "g", "w"])
pos, qos = (Vector(name, n, Domain.POSITIVE) for name in ("pos", "qos"))
target, one_hot = Vector("target", n, Domain.SUMS_TO_ONE), Vector("hot", n, Domain.ONE_HOT)
X, A, tt = Matrix("X", m, n), Matrix("A", n, n), Vector("tt", m)
xs, beta, alpha, eps, lam, ts = (Scalar(name) for name in ["xs", "beta", "alpha", "eps", "lam", "ts"])
half = Rational(1, 2)


@dataclass(frozen=True)
class Statement:
    name: str
    lhs: Expr
    rhs: Expr
    given: tuple[Condition, ...] = ()


ALL: list[Statement] = []


def state(name: str, lhs: Expr, rhs: Expr | int, *given: Condition) -> None:
    ALL.append(Statement(name, Integer(0) + lhs, Integer(0) + rhs, given))


def mean(f: Callable[..., Expr]) -> Expr:
    return Sum(f(k), k) / n


# Scalars
sig = sigmoid(xs)
state("sigmoid derivative", Partial(sig, xs), exp(-xs) / (1 + exp(-xs)) ** 2)
state("sigmoid as a fraction of exp(x)", sig, exp(xs) / (1 + exp(xs)))
state("sigmoid of -x", sigmoid(-xs), 1 - sig)
state("tanh by sigmoid", tanh(xs), 2 * sigmoid(2 * xs) - 1)
state("tanh derivative", Partial(tanh(xs), xs), 4 / (exp(xs) + exp(-xs)) ** 2)
state("softplus(x) - softplus(-x)", softplus(xs) - softplus(-xs), xs)
state("softplus twice", Partial(Partial(softplus(xs), xs), xs), sigmoid(xs) * sigmoid(-xs))
swish = xs * sigmoid(beta * xs)
state("swish derivative", Partial(swish, xs), beta * swish + sigmoid(beta * xs) * (1 - beta * swish))
bce = -(ts * log(sig) + (1 - ts) * log(1 - sig))
state("BCE with logits", Partial(bce, xs), sig - ts)
state("BCE stable form", bce, softplus(xs) - ts * xs)
state("half angle", 1 / (exp(xs / 2) + exp(-xs / 2)) ** 2, sig * (1 - sig))
state("tanh of x/2", tanh(xs / 2), 2 * sig - 1)

# Softmax
Z = Sum(exp(z[k]), k)
lse = log(Z)


def soft(index: Expr) -> Expr:
    return exp(z[index]) / Z


state("softmax Jacobian", Partial(soft(i), z[j]), soft(i) * (Delta(i, j) - soft(j)))
state("softmax Jacobian, i = j", Partial(soft(i), z[i]), soft(i) * (1 - soft(i)))
state("softmax sums to 1", Sum(soft(i), i), 1)
state("softmax Jacobian rows sum to 0", Sum(Partial(soft(i), z[j]), j), 0)
state("log-softmax", log(soft(i)), z[i] - lse)
state("log-softmax gradient", Partial(log(soft(i)), z[j]), Delta(i, j) - soft(j))
state("LSE gradient", Partial(lse, z[i]), soft(i))
state("LSE Hessian", Partial(Partial(lse, z[i]), z[j]), soft(i) * Delta(i, j) - soft(i) * soft(j))
state("softmax shift invariance", exp(z[i] + alpha) / Sum(exp(z[k] + alpha), k), soft(i))
ce = -Sum(y[k] * log(soft(k)), k)
state("CE softmax, any y", Partial(ce, z[j]), soft(j) * Sum(y[k], k) - y[j])
state("CE softmax, sum of y is 1", Partial(-Sum(target[k] * log(soft(k)), k), z[j]), soft(j) - target[j])
state("CE softmax, one-hot", Partial(-Sum(one_hot[k] * log(soft(k)), k), z[j]), soft(j) - one_hot[j])
warm = exp(z[i] / beta) / Sum(exp(z[k] / beta), k)
warm_j = exp(z[j] / beta) / Sum(exp(z[k] / beta), k)
state("temperature", Partial(warm, z[j]), warm * (Delta(i, j) - warm_j) / beta)

# Information
state(
    "cross entropy is entropy and KL",
    -Sum(pos[k] * log(qos[k]), k),
    -Sum(pos[k] * log(pos[k]), k) + Sum(pos[k] * log(pos[k] / qos[k]), k),
)
state("entropy gradient", Partial(-Sum(pos[k] * log(pos[k]), k), pos[i]), -log(pos[i]) - 1)
state("KL gradient", Partial(Sum(pos[k] * log(pos[k] / qos[k]), k), qos[i]), -pos[i] / qos[i])
state(
    "KL to softmax",
    Sum(pos[k] * log(pos[k] / soft(k)), k),
    Sum(pos[k] * log(pos[k]), k) - Sum(pos[k] * z[k], k) + lse * Sum(pos[k], k),
)
state("softmax entropy", -Sum(soft(k) * log(soft(k)), k), lse - Sum(soft(k) * z[k], k))
state(
    "softmax entropy gradient",
    Partial(-Sum(soft(k) * log(soft(k)), k), z[j]),
    -soft(j) * (z[j] - Sum(soft(k) * z[k], k)),
)

# Regression, norms, variance
mse, norm = Sum((x[k] - y[k]) ** 2, k) / n, sqrt(Sum((x[k] - y[k]) ** 2, k))
state("MSE gradient", Partial(mse, x[i]), 2 * (x[i] - y[i]) / n)
state("2-norm gradient", Partial(norm, x[i]), (x[i] - y[i]) / norm)
state("MSE and 2-norm", Partial(mse, x[i]), 2 * norm / n * Partial(norm, x[i]))


def predicted(row: Expr) -> Expr:
    return Sum(X[row, k] * w[k], k)


square = Sum((predicted(r) - tt[r]) ** 2, r)
state("least squares", Partial(square / 2, w[j]), Sum(X[r, j] * (predicted(r) - tt[r]), r))
state(
    "least squares, batch mean",
    Partial(square / m, w[j]),
    2 * Sum(X[r, j] * predicted(r), r) / m - 2 * Sum(X[r, j] * tt[r], r) / m,
)
ridge = square / 2 + lam * Sum(w[k] ** 2, k) / 2
state("ridge", Partial(ridge, w[j]), Sum(X[r, j] * (predicted(r) - tt[r]), r) + lam * w[j])
state("Hessian of least squares", Partial(Partial(square / 2, w[j]), w[i]), Sum(X[r, i] * X[r, j], r))
logistic = -Sum(tt[r] * log(sigmoid(predicted(r))) + (1 - tt[r]) * log(1 - sigmoid(predicted(r))), r) / m
state("logistic regression", Partial(logistic, w[j]), Sum((sigmoid(predicted(r)) - tt[r]) * X[r, j], r) / m)
out = sigmoid(Sum(w[k] * x[k], k) + beta)
state("perceptron, one output", Partial((out - ts) ** 2 / 2, w[j]), (out - ts) * out * (1 - out) * x[j])
Wp, tv = Matrix("Wp", n, h), Vector("tv", h)


def outs(unit: Expr) -> Expr:
    return sigmoid(Sum(Wp[k, unit] * x[k], k))


state(
    "perceptron, many outputs",
    Partial(Sum((outs(u) - tv[u]) ** 2, u) / 2, Wp[j, v]),
    (outs(v) - tv[v]) * outs(v) * (1 - outs(v)) * x[j],
)
mu = Sum(x[k], k) / n
variance = Sum((x[k] - mu) ** 2, k) / n
state("centred sums to 0", Sum(x[i] - mu, i), 0)
state("variance", variance, Sum(x[k] ** 2, k) / n - mu**2)
state("variance as pairs", variance, Sum((x[i] - x[j]) ** 2, i, j) / (2 * n**2))
state("variance gradient", Partial(variance, x[j]), 2 * (x[j] - mu) / n)
state(
    "covariance",
    Sum((x[i] - mu) * (y[i] - Sum(y[k], k) / n), i),
    Sum(x[k] * y[k], k) - Sum(x[k], k) * Sum(y[k], k) / n,
)
state(
    "unbiased variance",
    Sum((x[i] - mu) ** 2, i) / (n - 1),
    (Sum(x[k] ** 2, k) - n * mu**2) / (n - 1),
)
state(
    "Lagrange identity",
    Sum(x[k] ** 2, k) * Sum(y[k] ** 2, k) - Sum(x[k] * y[k], k) ** 2,
    Sum((x[i] * y[j] - x[j] * y[i]) ** 2, i, j) / 2,
)
state("Frobenius gradient", Partial(Sum(A[k, l] ** 2, k, l), A[i, j]), 2 * A[i, j])
state("quadratic form", Partial(Sum(x[k] * A[k, l] * x[l], k, l), x[i]), Sum((A[i, k] + A[k, i]) * x[k], k))
state("bilinear form", Partial(Sum(x[k] * A[k, l] * y[l], k, l), A[i, j]), x[i] * y[j])
state("trace of A^T A", Sum(A[k, l] * A[k, l], k, l), Sum(Sum(A[k, l] ** 2, l), k))
state(
    "double centring",
    Sum(A[i, j] - Sum(A[k, j], k) / n - Sum(A[i, k], k) / n + Sum(A[k, l], k, l) / n**2, i),
    0,
)

# Normalisation
deviation = sqrt(variance + eps)


def hat(index: Expr) -> Expr:
    return (x[index] - mu) / deviation


state(
    "LayerNorm backward",
    Partial(Sum(g[k] * hat(k), k), x[j]),
    (g[j] - Sum(g[k], k) / n - hat(j) * Sum(g[k] * hat(k), k) / n) / deviation,
)
state("normalised sums to 0", Sum(hat(i), i), 0)
state("mean square of normalised", Sum(hat(i) ** 2, i) / n, variance / (variance + eps))
rms = sqrt(Sum(x[k] ** 2, k) / n + eps)
state(
    "RMSNorm backward",
    Partial(Sum(g[k] * x[k], k) / rms, x[j]),
    g[j] / rms - x[j] * Sum(g[k] * x[k], k) / (n * rms**3),
)
# Only a linear dependence between the bodies closes these
state("sigmoid and its mirror", Sum(sigmoid(x[k]) + sigmoid(-x[k]), k), n)
state("square by the complement", Sum(sigmoid(x[k]), k) ** 2, (n - Sum(sigmoid(-x[k]), k)) ** 2)
state(
    "sums of tanh and sigmoid",
    Sum(tanh(x[k]), k) ** 2,
    4 * Sum(sigmoid(2 * x[k]), k) ** 2 - 4 * n * Sum(sigmoid(2 * x[k]), k) + n**2,
)
state(
    "rows of a Gaussian kernel",
    Sum(exp(-((x[k] - y[i]) ** 2) / 2), k),
    exp(-(y[i] ** 2) / 2) * Sum(exp(x[k] * y[i]) * exp(-(x[k] ** 2) / 2), k),
)
