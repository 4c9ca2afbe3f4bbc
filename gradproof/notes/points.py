"""Points and numbers in the notes: "n = 2, z = (0, 1)", −0.1966."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gradproof.derivations.notation import tree as t
from gradproof.derivations.notation import tree_text
from gradproof.derivations.notation.names import written

from .symbols import joined
from .tree import Formula, Prose
from .wording import words


def point_prose(
    sizes: Mapping[str, int],
    indices: Mapping[str, int],
    values: Mapping[str, Any],
    language: str,
) -> Prose:
    """Where something is evaluated, each part an equation; empty for a point without anything."""
    parts = [_equation(written(name), str(size)) for name, size in (*sizes.items(), *indices.items())]
    for name, value in values.items():
        if name.endswith("(x)"):  # what stands for an activation, in words: φ(x) = x²
            parts.append((f"{tree_text(written(name.removesuffix('(x)')))}(x) = {value}",))
        else:
            parts.append(_equation(_symbol(name, value), value))
    return joined(parts, words("list_separator", language))


def _equation(symbol: t.Tree, value: Any) -> Prose:
    return (Formula(t.Relation(symbol, "=", value_tree(value))),)


def _symbol(name: str, value: Any) -> t.Tree:
    """A letter, bold for what has axes. ∂E/∂z and ∂²E/∂z∂w are data where the loss may be any loss."""
    variant = t.Variant.BOLD if isinstance(value, list) else t.Variant.ITALIC
    found = re.fullmatch(r"∂²?(?P<value>[^/]+)/∂(?P<by>[^∂²]+)(?P<again>²|∂[^∂²]+)?", name)
    if not found:
        return written(name, variant=variant)
    slope = t.PartialDerivative(written(found["by"], variant=variant), value=written(found["value"]))
    if not found["again"]:
        return slope
    again = found["by"] if found["again"] == "²" else found["again"][1:]
    return t.PartialDerivative(written(again, variant=variant), operand=t.Brackets(slope))


def value_tree(value: Any) -> t.Tree:
    """A number as text, or nested lists of them: a vector is (0, 1), a matrix has its rows in brackets."""
    if isinstance(value, (list, tuple)):
        items = tuple(map(value_tree, value))
        return t.Brackets(t.Sequence(items, ",")) if len(items) != 1 else t.Brackets(items[0])
    return number(str(value))


def number(text: str) -> t.Tree:
    """A number in decimals or as a fraction, with its sign: "−0.1966", "1/2", "1.2e-5"; what is rounded to 0 is 0."""
    if not text.strip("-−0."):
        return t.Number("0")
    if text.startswith(("-", "−")):
        return t.SignedSum((t.Term(number(text[1:]), True),))
    mantissa, _, exponent = text.partition("e")
    if exponent.lstrip("-−+").isdigit():
        power = t.Power(t.Number("10"), number(str(int(exponent.replace("−", "-")))))
        return t.Product((t.Number(mantissa), power), frozenset({1}))
    return t.Number(text) if text[:1].isdigit() else t.Words(text)
