"""Usual definitions of whole networks: layers as matrices with their δ, and quantities that depend on each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from .seen import Seen, Word

Lines = tuple[str, ...]
_LOSSES = frozenset({"ξ", "E", "L", "J", "C", "ℓ", "calL", "calJ"})


def layers(seen: Seen) -> Iterator[Lines]:
    """Z = X W with the samples as rows, and what stands behind it."""
    for loss, by in seen.derivatives:
        if loss.base in _LOSSES:
            yield from _weights(seen, loss, by)
            yield from _through(seen, loss, by)


def columns(seen: Seen) -> Iterator[Lines]:
    """A layer of which the loss is differentiated before and behind it: a = f(z) for each entry, or z = W a."""
    for (loss, before), (other, behind) in itertools.permutations(seen.derivatives, 2):
        if loss is not other or before is behind or loss.axes or loss.calls:
            continue
        e, x, y = loss.latex, before.latex, behind.latex
        for function in seen.words.values():
            if (before.latex,) in function.calls and not function.axes:
                f = function.latex
                yield f"{f} : R -> R", f"{x} : n", f"{y} = {f}({x})", f"{e} = {e}({y})"
        for weight in seen.words.values():
            if weight.axes == 2 and weight not in (before, behind) and before.axes == behind.axes == 1:
                yield f"{x} : n", f"{weight.latex} : m x n", f"{y} = {weight.latex} {x}", f"{e} = {e}({y})"


def _label(word: Word) -> str:
    return word.latex.partition("_")[2]


def _net(label: str) -> str:
    return f"Z_{label}" if label else "Z"


def _weights(seen: Seen, loss: Word, weight: Word) -> Iterator[Lines]:
    """∂E/∂W with δ = ∂E/∂Z of the same layer; or with Y − T behind the softmax of the last one."""
    if weight.base != "W":
        return
    e, w, z = loss.latex, weight.latex, _net(_label(weight))
    for given in itertools.chain(seen.named("X"), seen.named("H"), seen.named("A")):
        x = given.latex
        layer = (f"{x} : N x d", f"{w} : d x C", rf"{z} = {x} {w}")
        deltas = [delta for delta in seen.named("δ") if _label(delta) == _label(weight)]
        for output, target in itertools.product(seen.named("Y"), seen.named("T")):
            y, t = output.latex, target.latex
            last = (*layer, f"{t} : onehot N x C", rf"{y} = \softmax({z})", _entropy(e, t, y))
            yield (*last, *(f"{delta.latex} = {y} - {t}" for delta in deltas))
        for delta in deltas:
            yield (*layer, f"{e} = {e}({z})", rf"{delta.latex} = \frac{{\partial {e}}}{{\partial {z}}}")


def _entropy(loss: str, target: str, output: str) -> str:
    return rf"{loss} = -\sum_{{i,j}} {target}_{{ij}} \log {output}_{{ij}}"


def _through(seen: Seen, loss: Word, net: Word) -> Iterator[Lines]:
    """∂E/∂Z of a layer below: H = σ(Z), and the next layer with its weights and its δ."""
    if net.base != "Z":
        return
    e, z = loss.latex, net.latex
    for hidden, weight in itertools.product((*seen.named("H"), *seen.named("A")), seen.named("W")):
        label = _label(weight)
        h, w, above = hidden.latex, weight.latex, _net(label)
        deltas = [delta.latex for delta in seen.named("δ") if _label(delta) == label]
        if above == z or not deltas:
            continue
        for function in (r"\sigma", r"\tanh", "f"):
            shapes = (f"{z} : N x q", f"{w} : q x C", *(("f : R -> R",) if function == "f" else ()))
            layer = (f"{h} = {function}({z})", f"{above} = {h} {w}", f"{e} = {e}({above})")
            yield (*shapes, *layer, rf"{deltas[0]} = \frac{{\partial {e}}}{{\partial {above}}}")
    for output, target in itertools.product(seen.named("Y"), seen.named("T")):
        y, t = output.latex, target.latex
        yield f"{z} : N x C", f"{t} : onehot N x C", rf"{y} = \softmax({z})", _entropy(e, t, y)


def chains(seen: Seen) -> Iterator[Lines]:
    """z = f(y), y = g(x): quantities of which only the dependence is known."""
    scalars = [pair for pair in seen.derivatives if not any(word.axes or word.calls for word in pair)]
    called = [word for word in seen.words.values() if word.base in ("f", "g") and word.calls]
    links = _links(scalars)
    if len(called) == 1 and links:
        f = called[0].latex
        yield f"{f} : R -> R", *(f"{top.latex} = {f}({by.latex})" for top, by in links)
    elif len(scalars) > len(links) > 0:
        through: dict[str, list[str]] = {}
        for top, by in links:
            through.setdefault(top.latex, []).append(by.latex)
        yield tuple(f"{top} = {top}({', '.join(by)})" for top, by in through.items())
    for top, by in seen.derivatives:
        if top.bold and by.bold:
            x, y = by.latex, top.latex
            for z in (word.latex for word in seen.words.values() if not word.axes and not word.calls):
                yield f"{x} : m", f"{y} : n", "g : m -> n", "f : n -> R", f"{y} = g({x})", f"{z} = f({y})"


def _links(pairs: list[tuple[Word, Word]]) -> list[tuple[Word, Word]]:
    """The pairs that are not made of others, those that others rest on first."""
    unique = list(dict.fromkeys(pairs))
    direct = [pair for pair in unique if not _leads(pair, [other for other in unique if other is not pair])]
    return sorted(direct, key=lambda pair: sum(_leads((pair[1], by), direct) for _, by in direct))


def _leads(pair: tuple[Word, Word], pairs: list[tuple[Word, Word]]) -> bool:
    """Whether a path of these pairs leads from the first word to the second."""
    reached = {pair[0]}
    for _ in pairs:
        reached |= {by for top, by in pairs if top in reached}
    return pair[1] in reached - {pair[0]}
