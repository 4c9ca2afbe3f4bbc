"""Usual definitions: what σ, softmax, a cross-entropy or a layer are mostly called, as lines that might be missing.

The lines are only ever proposed. Each slot is one thing that a text leaves open, with the definitions that it usually
has; `proposals` combines them, the most usual first.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from .laws import functions
from .layers import chains, columns, layers
from .seen import Seen, Word

Lines = tuple[str, ...]
#: What is tried at most for one passage.
MOST = 60

_LOSSES = frozenset({"ξ", "E", "L", "J", "C", "ℓ", "l", "calL", "calJ", "loss", "Loss", "cost", "H", "R"})
_PREDICTIONS = ("y_hat", "p", "y", "q", "a", "o", "h", "s", "p_hat", "π", "Y", "P", "A", "Y_hat")
_TARGETS = ("t", "y", "p", "T", "Y")
_LOGITS = ("z", "o", "a", "s", "x", "u", "v", "h", "net", "θ", "Z")
_WEIGHTS, _INPUTS = ("w", "θ", "W"), ("x", "a", "h", "X", "H", "A")


def proposals(seen: Seen, place: Lines = ()) -> Iterator[Lines]:
    """Sets of lines that would say what the passage leaves open, the most usual first.

    place   lines that the passage itself suggests, which come before all others
    """
    if place:
        yield from _combined(seen, place)
    yield from layers(seen)
    yield from columns(seen)
    yield from chains(seen)
    yield from _combined(seen, ())


def _combined(seen: Seen, given: Lines) -> Iterator[Lines]:
    """Usual definitions of what is not given, in all combinations, each with what is given."""
    called = list(functions(seen))
    own = all(top.calls for top, _ in seen.derivatives)  # what is differentiated is a function with arguments
    named = [] if called and own else [_prediction(seen), _loss(seen), _linear(seen)]
    slots = [_normalisers(seen), _recursions(seen), *named, *called, _labels(seen, given)]
    taken = {name for line in given for name in (_left(line), line.partition("(")[0])}
    open_slots = [[lines for lines in slot if not taken & set(map(_left, lines))] for slot in slots]
    extra: list[Lines] = [(), *_conditions(seen)]
    made = 0
    done: set[Lines] = set()
    for choice in itertools.product(*([*slot, ()] for slot in open_slots if slot)):
        for more in extra:
            lines = tuple(dict.fromkeys(itertools.chain(given, *choice, more)))
            if lines and lines not in done and made < MOST:
                done.add(lines)
                made += 1
                yield lines
    if given and made < MOST and given not in done:
        yield given


def _left(line: str) -> str:
    """What a line defines, without its indices and arguments; the line itself if it defines nothing."""
    left, equal, _ = line.partition(" = ")
    return re.sub(r"_(?:[ijk]|\{[ijk,]+\})$|\([^|=]*\)$", "", left) if equal else line


def _normalisers(seen: Seen) -> list[Lines]:
    """What exponentials are divided by is their sum."""
    return [(" = ".join((norm.latex, rf"\sum_k {term}")),) for norm, term in seen.normalisers]


def _recursions(seen: Seen) -> list[Lines]:
    """A state that rests on the one before it, through a weight."""
    return [
        ("k : 1..n", rf"{state.latex}_k = {weight.latex} {state.latex}_{{k-1}} + x_k")
        for state in seen.words.values()
        if state.steps and not seen.named("x")
        for name in ("w", "a", "θ")
        for weight in seen.named(name)
        if not weight.axes
    ]


def _labels(seen: Seen, given: Lines) -> list[Lines]:
    """Labels that weigh logarithms in a sum are one-hot."""
    size = seen.size or "C"
    text = " ".join(given)
    return [
        (f"{word.latex} : onehot {size}",)
        for name in _TARGETS
        for word in seen.named(name)
        if word.axes == 1 and r"\log" in text and r"\sum" in text and f"{word.latex}_" in text
    ]


def _prediction(seen: Seen) -> list[Lines]:
    """y is the softmax, the logistic or the tanh of z."""
    found: list[Lines] = []
    for pred, logit in _pairs(seen, _PREDICTIONS, _LOGITS):
        p, z = pred.latex, logit.latex
        if pred.axes == 2 and logit.axes == 2:
            found.append((f"{z} : N x C", rf"{p} = \softmax({z})"))
        elif pred.axes and logit.axes:
            softmax = (f"{z} : {seen.size or 'C'}", rf"{p} = \softmax({z})")
            found += [softmax, (rf"{p}_i = \sigma({z}_i)",), (rf"{p}_i = \tanh({z}_i)",)]
        elif not pred.axes and not logit.axes:
            found += [(rf"{p} = \sigma({z})",), (rf"{p} = \tanh({z})",)]
    for word in seen.words.values():  # a gate or a unit whose net input has its label
        if not word.axes and not word.calls and seen.is_numerator(word) and word.base not in _LOSSES:
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


def _conditions(seen: Seen) -> Iterator[Lines]:
    """Two letters that differ; numbers that are free."""
    letters = sorted(seen.letters)
    for first, second in itertools.islice(itertools.combinations(letters, 2), 3):
        yield (rf"{first} \ne {second}",)
    free = sorted(word.latex for word in seen.words.values() if not word.axes and not word.called)
    if free and not seen.derivatives:
        yield (f"{', '.join(free)} : R",)
