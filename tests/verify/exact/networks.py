"""True statements of networks: layers, a batch, attention."""

from __future__ import annotations

from sympy import Expr

from gradproof.derivations.calculus import Matrix, Partial, Sum, Vector, exp, log, sigmoid, sqrt

from .statements import a, b, d, e1, e2, h, j, k, m, n, o, p1, p2, q1, q2, r, r2, s, state, t, u, v, x

W1, b1, W2, b2, W3 = Matrix("W1", n, h), Vector("b1", h), Matrix("W2", h, o), Vector("b2", o), Matrix("W3", o, d)
to, td, yo = Vector("to", o), Vector("td", d), Vector("yo", o)


def a1(unit: Expr) -> Expr:
    return sigmoid(Sum(W1[k, unit] * x[k], k) + b1[unit])


def a2(unit: Expr) -> Expr:
    return sigmoid(Sum(W2[u, unit] * a1(u), u) + b2[unit])


def d2(unit: Expr) -> Expr:
    return (a2(unit) - to[unit]) * a2(unit) * (1 - a2(unit))


def d1(unit: Expr) -> Expr:
    return a1(unit) * (1 - a1(unit)) * Sum(W2[unit, e1] * d2(e1), e1)


E2 = Sum((a2(e1) - to[e1]) ** 2, e1) / 2
state("two layers, W2", Partial(E2, W2[v, e2]), d2(e2) * a1(v))
state("two layers, W1", Partial(E2, W1[j, v]), d1(v) * x[j])
state("two layers, b1", Partial(E2, b1[v]), d1(v))


def a3(unit: Expr) -> Expr:
    return Sum(W3[e1, unit] * a2(e1), e1)


def D2(unit: Expr) -> Expr:
    return a2(unit) * (1 - a2(unit)) * Sum(W3[unit, a] * (a3(a) - td[a]), a)


def D1(unit: Expr) -> Expr:
    return a1(unit) * (1 - a1(unit)) * Sum(W2[unit, e1] * D2(e1), e1)


E3 = Sum((a3(a) - td[a]) ** 2, a) / 2
state("three layers, W3", Partial(E3, W3[e2, b]), (a3(b) - td[b]) * a2(e2))
state("three layers, W2", Partial(E3, W2[v, e2]), D2(e2) * a1(v))
state("three layers, W1", Partial(E3, W1[j, v]), D1(v) * x[j])


def logit(unit: Expr) -> Expr:
    return Sum(W2[u, unit] * a1(u), u)


def po(unit: Expr) -> Expr:
    return exp(logit(unit)) / Sum(exp(logit(e2)), e2)


state(
    "two layers with softmax, W1",
    Partial(-Sum(yo[e1] * log(po(e1)), e1), W1[j, v]),
    Sum((Sum(yo[e2], e2) * po(e1) - yo[e1]) * W2[v, e1], e1) * a1(v) * (1 - a1(v)) * x[j],
)
Zr, Yr = Matrix("Zr", m, n), Matrix("Yr", m, n)


def row_soft(row: Expr, index: Expr) -> Expr:
    return exp(Zr[row, index]) / Sum(exp(Zr[row, k]), k)


state(
    "batch CE softmax",
    Partial(-Sum(Yr[r, k] * log(row_soft(r, k)), r, k) / m, Zr[r2, j]),
    (row_soft(r2, j) * Sum(Yr[r2, k], k) - Yr[r2, j]) / m,
)
Q, K, V, G = Matrix("Q", s, d), Matrix("K", t, d), Matrix("V", t, h), Matrix("G", s, h)


def score(query: Expr, place: Expr) -> Expr:
    return Sum(Q[query, a] * K[place, a], a) / sqrt(d)


def attention(query: Expr, place: Expr) -> Expr:
    return exp(score(query, place)) / Sum(exp(score(query, p2)), p2)


def dP(query: Expr, place: Expr) -> Expr:
    return Sum(G[query, u] * V[place, u], u)


def dS(query: Expr, place: Expr) -> Expr:
    return attention(query, place) * (dP(query, place) - Sum(attention(query, p2) * dP(query, p2), p2))


attended = Sum(G[q1, u] * attention(q1, p1) * V[p1, u], q1, p1, u)
state("attention, V", Partial(attended, V[p1, u]), Sum(attention(q1, p1) * G[q1, u], q1))
state("attention, Q", Partial(attended, Q[q2, b]), Sum(dS(q2, p1) * K[p1, b], p1) / sqrt(d))
state("attention, K", Partial(attended, K[p2, b]), Sum(dS(q1, p2) * Q[q1, b], q1) / sqrt(d))
