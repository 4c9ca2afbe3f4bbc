"""How the functions of the calculus are written: σ(z), log p, φ′(z), 1{z > 0}."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from sympy import Abs

from gradproof.derivations.calculus import Applied, log, step

from . import tree as t
from .brackets import as_base, unmarked
from .names import written
from .tree import Tree, Variant

#: How the elementwise functions are written.
FUNCTIONS = MappingProxyType({"sigmoid": "σ", "relu": "ReLU"})


def called(function: Any, argument: Tree) -> Tree:
    """A function of the calculus, applied to something that is already a tree."""
    if isinstance(function, Abs):
        return t.Norm(argument, bars="|")
    if isinstance(function, step):
        return t.Indicator(t.Relation(argument, ">", t.Number("0")))
    if isinstance(function, log):
        bare = isinstance(unmarked(argument), t.Identifier | t.Scripts | t.Number | t.Accent)
        return t.Call(t.Identifier("log", Variant.UPRIGHT), argument if bare else t.Brackets(argument))
    if isinstance(function, Applied):
        letter = written(function.name)
        head = t.Primes(letter, function.order) if function.order else letter
    else:
        name = type(function).__name__
        word = FUNCTIONS.get(name, name)
        head = t.Identifier(word, Variant.UPRIGHT if len(word) > 1 else Variant.ITALIC)
    return t.Call(head, t.Brackets(argument))


def approached(target: Tree, side: int) -> Tree:
    """What a variable goes to: 0, or from one side 0⁺."""
    if not side:
        return target
    return t.Scripts(as_base(target), superscript=t.Identifier("+" if side > 0 else "−"))
