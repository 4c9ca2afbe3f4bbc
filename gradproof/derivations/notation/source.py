"""Pieces of Python source that know how tightly they bind, and the two array libraries they are written for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Any

from sympy import Abs, Expr, Rational

from gradproof.derivations.calculus import Applied, exp, log, relu, sigmoid, softplus, step, tanh

from .names import python_name


class Binding(IntEnum):
    """From what is torn apart most easily to what is whole."""

    SUM = 0
    MATRIX_PRODUCT = 1  # of one rank with * in Python; apart from it here, so that brackets tell them apart
    PRODUCT = 2
    NEGATION = 3
    POWER = 4
    WHOLE = 5


@dataclass(frozen=True, slots=True)
class Source:
    """A Python expression."""

    text: str
    binding: Binding = Binding.WHOLE

    def at(self, least: Binding) -> str:
        """The text, in brackets if it binds more loosely than `least`."""
        return self.text if self.binding >= least else f"({self.text})"


@dataclass(frozen=True, slots=True)
class Library:
    """An array library; the functions take the argument at {x}."""

    prefix: str
    import_line: str
    functions: MappingProxyType[type[Expr], str]

    def call(self, function: str, *arguments: str) -> Source:
        return Source(f"{self.prefix}.{function}({', '.join(arguments)})")

    def applied(self, function: Any, argument: Source) -> Source:
        """A function of the calculus entry by entry; an opaque activation φ is the Python function phi, phi_prime, …"""
        if isinstance(function, Applied):
            return Source(f"{activation_name(function)}({argument.text})")
        return Source(self.functions[type(function)].format(x=argument.text))


def activation_name(function: Applied) -> str:
    """The name in code of an opaque activation or of its derivative: phi, phi_prime, phi_prime_prime."""
    return python_name(function.name) + "_prime" * function.order


NUMPY = Library(
    "np",
    "import numpy as np",
    MappingProxyType(
        {
            exp: "np.exp({x})",
            log: "np.log({x})",
            tanh: "np.tanh({x})",
            sigmoid: "(1 / (1 + np.exp(-({x}))))",
            softplus: "np.log1p(np.exp({x}))",
            relu: "np.maximum({x}, 0)",
            step: "np.where({x} > 0, 1.0, 0.0)",
            Abs: "np.abs({x})",
        }
    ),
)
TORCH = Library(
    "torch",
    "import torch",
    MappingProxyType(
        {
            exp: "torch.exp({x})",
            log: "torch.log({x})",
            tanh: "torch.tanh({x})",
            sigmoid: "torch.sigmoid({x})",
            softplus: "torch.nn.functional.softplus({x})",
            relu: "torch.relu({x})",
            step: "torch.where({x} > 0, 1.0, 0.0)",
            Abs: "torch.abs({x})",
        }
    ),
)


def product(factors: Iterable[Source], operator: str = "*") -> Source:
    """Factors with * (or @) between them."""
    parts = list(factors)
    if len(parts) == 1:
        return parts[0]
    binding = Binding.PRODUCT if operator == "*" else Binding.MATRIX_PRODUCT
    inside = Binding.PRODUCT if operator == "*" else Binding.NEGATION
    return Source(
        f" {operator} ".join([parts[0].at(binding), *(part.at(_next(inside)) for part in parts[1:])]), binding
    )


def _next(binding: Binding) -> Binding:
    """What an operand on the right needs: a / (b * c) keeps its brackets."""
    return Binding(binding + 1) if binding < Binding.WHOLE else binding


def quotient(above: Source, below: Source) -> Source:
    return Source(f"{above.at(Binding.PRODUCT)} / {below.at(Binding.NEGATION)}", Binding.PRODUCT)


def power(base: Source, exponent: Rational) -> Source:
    if exponent == 1:
        return base
    shown = str(exponent) if exponent.is_Integer and exponent > 0 else f"({exponent})"
    return Source(f"{base.at(Binding.WHOLE)} ** {shown}", Binding.POWER)


def signed_sum(terms: Iterable[tuple[bool, Source]]) -> Source:
    """Terms with their signs."""
    text = ""
    count = 0
    for count, (negative, term) in enumerate(terms, start=1):
        if count == 1:
            text = f"-{term.at(Binding.NEGATION)}" if negative else term.text
        else:
            text += f" {'-' if negative else '+'} {term.at(Binding.MATRIX_PRODUCT)}"
    only_negated = count == 1 and text.startswith("-")
    return Source(text, Binding.NEGATION if only_negated else Binding.SUM)
