"""Usual definitions of what is called with arguments: functions, sums of squared errors, probabilities, densities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .seen import Seen, Word

Lines = tuple[str, ...]


def functions(seen: Seen) -> Iterator[list[Lines]]:
    """Functions that are called and have a usual meaning: softplus, a Gaussian, squared errors, the Bernoulli law."""
    for word in seen.words.values():
        one = [argument for argument in word.calls if len(argument) == 1]
        two = [argument for argument in word.calls if len(argument) == 2]
        if word.base == "ζ":
            yield [(rf"{word.latex}(x) = \log(1 + \exp(x))",)]
        if word.base in ("φ", "ϕ") and one:
            yield [(rf"{word.latex}(x) = e^{{-x^2}}",), (rf"{word.latex}(x) = e^{{-x^2/2}}",)]
        bold = [argument[0] for argument in one if re.match(r"\\mathbf|\\vec", argument[0])]
        if word.base in ("f", "J", "L", "E") and bold and (matrix := seen.named("A")) and (right := seen.named("b")):
            a, b, x = matrix[0].latex, right[0].latex, bold[0]
            shapes = (f"{a} : m x n", f"{x} : n", f"{b} : m")
            yield [
                (*shapes, rf"{word.latex}({x}) = \frac12 \|{a}{x} - {b}\|^2"),
                (*shapes, rf"{word.latex}({x}) = \|{a}{x} - {b}\|^2"),
            ]
        slope = {tuple(argument) for argument in two} & {("m", "b"), ("w", "b"), ("a", "b")}
        for m, b in sorted(slope):
            yield list(_line_fits(word, m, b))
        if word.base in ("L", "J") and (pair := [argument for argument in two if argument[1] == r"\lambda"]):
            x = pair[0][0]
            cost = rf"\frac12 \|\mathbf{{A}}{x} - \mathbf{{b}}\|^2"
            lagrangian = rf"{word.latex}({x}, \lambda) = {cost} + \lambda ({x}^\top {x} - 1)"
            yield [(r"\mathbf{A} : m x n", f"{x} : n", r"\mathbf{b} : m", lagrangian)]
        if word.base.lower() == "laplace" and word.called:
            density = rf"{word.latex}(x; m, b) = \frac{{1}}{{2b}} e^{{-|x-m|/b}}"
            yield [
                (*(f"{vector.latex} : n" for vector in seen.words.values() if vector.bold), density),
                (density,),
            ]
    yield from ([line] for line in _laws(seen))
    events = seen.events
    if events:
        yield [tuple(rf"{text} = {value}" for text, value in _bernoulli(events))]


def _laws(seen: Seen) -> Iterator[Lines]:
    """The normal law with the mean ŷ, and the Bernoulli law of a label 0 or 1 with the logit z."""
    for text, value in seen.laws:
        mean, deviation = seen.named("y_hat"), seen.named("σ")
        if mean and deviation and not deviation[0].calls:
            at = value.replace("y", mean[0].latex, 1)
            square = rf"\exp(-\frac{{({at} - {value})^2}}{{2\sigma^2}})"
            yield r"\sigma : >0", rf"{text} = \frac{{1}}{{\sqrt{{2\pi\sigma^2}}}} {square}"
        elif seen.named("z") and value == "y":
            yield "y : bits", rf"{text} = \sigma((2y - 1) z)"


def _line_fits(word: Word, m: str, b: str) -> Iterator[Lines]:
    error = f"(y_i - ({m} x_i + {b}))^2"
    yield "i : 1..N", rf"{word.latex}({m},{b}) = \frac1N \sum_i {error}"
    yield "i : 1..N", rf"{word.latex}({m},{b}) = \frac{{1}}{{2N}} \sum_i {error}"
    yield "i : 1..N", rf"{word.latex}({m},{b}) = \sum_i {error}"
    yield (rf"{word.latex}({m},{b}) = {error}",)


def _bernoulli(events: tuple[tuple[str, str, str], ...]) -> Iterator[tuple[str, str]]:
    """P(t = 1 | z) is the logistic of z, P(t = 0 | z) the rest, P(y | x) = σ((2y − 1) z)."""
    for text, value, given in events:
        yield text, rf"\sigma({given})" if value == "1" else rf"1 - \sigma({given})"
