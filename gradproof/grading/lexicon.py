"""Usual definitions: what σ, softmax, a cross-entropy or a layer are mostly called, as lines that might be missing.

The lines are only ever proposed. Each slot is one thing that a text leaves open, with the definitions that it usually
has; `proposals` combines them, the most usual first.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from .layers import chains, layers
from .seen import Seen, Word

Lines = tuple[str, ...]
#: What is tried at most for one passage.
MOST = 60

_LOSSES = frozenset({"ξ", "E", "L", "J", "C", "ℓ", "l", "calL", "calJ", "loss", "Loss", "cost", "H", "R"})
_PREDICTIONS = ("y_hat", "p", "y", "q", "a", "o", "h", "s", "p_hat", "π", "Y", "P", "A", "Y_hat")
_TARGETS = ("t", "y", "p", "T", "Y")
_LOGITS = ("z", "o", "a", "s", "x", "u", "v", "h", "net", "θ", "Z")
_NORMALISERS = frozenset({"Σ", "Z", "S"})
_WEIGHTS, _INPUTS = ("w", "θ", "W"), ("x", "a", "h", "X", "H", "A")


def proposals(seen: Seen) -> Iterator[Lines]:
    """Sets of lines that would say what the passage leaves open, the most usual first."""
    yield from layers(seen)
    yield from chains(seen)
    functions = list(_functions(seen))
    own = all(top.calls for top, _ in seen.derivatives)  # what is differentiated is a function with arguments
    named = [] if functions and own else [_prediction(seen), _loss(seen), _linear(seen)]
    slots = [slot for slot in (*named, *functions) if slot]
    extra: list[Lines] = [(), *_conditions(seen)]
    made = 0
    done: set[Lines] = set()
    for choice in itertools.product(*([*slot, ()] for slot in slots)):
        for more in extra:
            lines = tuple(dict.fromkeys(itertools.chain(*choice, more)))
            if lines and lines not in done and made < MOST:
                done.add(lines)
                made += 1
                yield lines


def _prediction(seen: Seen) -> list[Lines]:
    """y is the softmax, the logistic or the tanh of z."""
    found: list[Lines] = []
    for pred, logit in _pairs(seen, _PREDICTIONS, _LOGITS):
        p, z = pred.latex, logit.latex
        if pred.axes == 2 and logit.axes == 2:
            found.append((f"{z} : N x C", rf"{p} = \softmax({z})"))
        elif pred.axes and logit.axes:
            softmax = (f"{z} : C", rf"{p} = \softmax({z})")
            for norm in seen.words.values():
                if norm.base in _NORMALISERS and norm is not pred and norm is not logit:
                    found.append((*softmax, rf"{norm.latex} = \sum_k \exp({z}_k)"))
            found += [softmax, (rf"{p}_i = \sigma({z}_i)",), (rf"{p}_i = \tanh({z}_i)",)]
        elif not pred.axes and not logit.axes:
            found += [(rf"{p} = \sigma({z})",), (rf"{p} = \tanh({z})",)]
    for word in seen.words.values():  # a gate or a unit whose net input has its label
        if not word.axes and not word.calls and seen.is_numerator(word):
            for by in seen.variables_of(word):
                if by.base != word.base and by.base in _LOGITS:
                    found.append((rf"{word.latex} = \sigma({by.latex})",))
    return list(dict.fromkeys(found))


def _pairs(seen: Seen, first: tuple[str, ...], second: tuple[str, ...]) -> list[tuple[Word, Word]]:
    """Pairs of words of these names, those first of which one is differentiated by the other."""
    pairs = [
        (one, other)
        for left in first
        for right in second
        for one in seen.named(left)
        for other in seen.named(right)
        if one is not other and not one.calls and not seen.is_numerator_of(other, one)
    ]
    return sorted(pairs, key=lambda pair: not seen.is_numerator_of(*pair))


def _loss(seen: Seen) -> list[Lines]:
    """The loss is a cross-entropy, a binary one, or a squared error."""
    found: list[Lines] = []
    for loss in seen.words.values():
        if loss.base not in _LOSSES or not (seen.is_numerator(loss) or loss.calls):
            continue
        for pred, target in _pairs(seen, _PREDICTIONS, _TARGETS):
            if loss not in (pred, target):
                found += list(_losses(loss, pred, target))
    return list(dict.fromkeys(found))


def _losses(loss: Word, pred: Word, target: Word) -> Iterator[Lines]:
    e, y, t = loss.latex, pred.latex, target.latex
    if pred.axes == 2:
        yield f"{t} : onehot N x C", rf"{e} = -\sum_{{i,j}} {t}_{{ij}} \log {y}_{{ij}}"
        return
    i = "_i" if loss.axes and pred.axes else ""
    y, t = y + i, t + i
    if pred.axes and not loss.axes:
        y, t = pred.latex, target.latex
        yield f"{t} : onehot C", rf"{e} = -\sum_k {t}_k \log {y}_k"
        yield (rf"{e} = \frac12 \sum_k ({t}_k - {y}_k)^2",)
        yield (rf"{e} = \sum_k ({t}_k - {y}_k)^2",)
        yield f"{t} : n", rf"{e} = \frac1n \sum_k ({t}_k - {y}_k)^2"
        yield (rf"{e} = -\sum_k ({t}_k \log {y}_k + (1 - {t}_k) \log(1 - {y}_k))",)
        return
    yield (rf"{e}{i} = -{t} \log {y} - (1 - {t}) \log(1 - {y})",)
    yield (rf"{e}{i} = \frac12 ({t} - {y})^2",)
    yield (rf"{e}{i} = ({t} - {y})^2",)
    yield (rf"{e}{i} = -{t} \log {y}",)


def _linear(seen: Seen) -> list[Lines]:
    """A layer: z = w·x + b, entry by entry, or as matrices, with the δ of its net input."""
    found: list[Lines] = []
    for weight in [word for name in _WEIGHTS for word in seen.named(name)]:
        for net in [word for name in _LOGITS for word in seen.named(name)] or []:
            for given in [word for name in _INPUTS for word in seen.named(name)]:
                if len({weight.latex, net.latex, given.latex}) < 3:
                    continue
                w, z, x = weight.latex, net.latex, given.latex
                if weight.axes == 2 and net.axes <= 1 and given.axes <= 1 and not weight.bold:
                    found.append((rf"{z}_j = \sum_i {w}_{{ji}} {x}_i",))
                    found.append((rf"{z}_j = \sum_i {w}_{{ij}} {x}_i",))
                elif weight.bold and given.bold:
                    found.append((f"{x}_i, {w} : d", rf"{z}_i = {x}_i \cdot {w}"))
                    found.append((f"{x}, {w} : d", rf"{z} = {w}^T {x}"))
                elif weight.axes == given.axes == net.axes == 0:
                    bias = "".join(f" + {word.latex}" for word in seen.named("b"))
                    found.append((rf"{z} = {w} {x}{bias}",))
    return list(dict.fromkeys(found))


def _functions(seen: Seen) -> Iterator[list[Lines]]:
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


def _conditions(seen: Seen) -> Iterator[Lines]:
    """Two letters that differ; numbers that are free."""
    letters = sorted(seen.letters)
    for first, second in itertools.islice(itertools.combinations(letters, 2), 3):
        yield (rf"{first} \ne {second}",)
    free = sorted(word.latex for word in seen.words.values() if not word.axes and not word.called)
    if free and not seen.derivatives:
        yield (f"{', '.join(free)} : R",)
