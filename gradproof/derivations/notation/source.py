"""Pieces of Python source that know how tightly they bind, and the two array libraries they are written for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Any

from sympy import Abs, Expr, Rational, S

from gradproof.derivations.calculus import (
    Applied,
    erf,
    exp,
    expm1,
    log,
    log1p,
    relu,
    sigmoid,
    sign,
    softplus,
    step,
    tanh,
    xlogx,
)

from .names import python_name


class NoSourceError(TypeError):
    """An expression that has no source code; the message names the part."""


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
    """An array library; the functions take the argument at {x}, in brackets at {whole}, its opposite at {negated}."""

    prefix: str
    axis_word: str
    functions: MappingProxyType[type[Expr], tuple[str, Binding]]

    @property
    def import_line(self) -> str:
        return "import numpy as np" if self.prefix == "np" else f"import {self.prefix}"

    def call(self, function: str, *arguments: str) -> Source:
        return Source(f"{self.prefix}.{function}({', '.join(arguments)})")

    def transposed(self, array: Source, order: tuple[int, ...]) -> Source:
        """The array with its axes in another order."""
        if order == (1, 0):
            return Source(f"{array.at(Binding.WHOLE)}.T")
        return Source(f"{self.prefix}.{'transpose' if self.prefix == 'np' else 'permute'}({array.text}, {order})")

    def identity(self, size: str, like: str) -> Source:
        """The identity matrix; in Torch of the number type of the array `like`."""
        return self.call("eye", size, *self._type_of(like))

    def largest(self, array: Source, axis: int, axes: int, rank: int) -> Source:
        """The largest values along one of so many axes; with a rank above 1 the second largest, and so on."""
        along = f"{self.axis_word}={axis}"
        if self.prefix == "torch":
            if rank == 1:
                return self.call("amax", array.text, along)
            top = self.call("topk", array.text, str(rank), along)
            return Source(f"{top.text}.values.select({axis}, {rank - 1})")
        if axes == 1:
            return self.call("max", array.text) if rank == 1 else Source(f"np.sort({array.text})[-{rank}]")
        if rank == 1:
            return self.call("max", array.text, along)
        return self.call("take", self.call("sort", array.text, along).text, f"-{rank}", along)

    def equal(self, first: Source, second: Source, like: str) -> Source:
        """1 where both arrays are equal, 0 elsewhere."""
        if self.prefix == "torch":
            return Source(f"({first.text} == {second.text}).to({like}.dtype)")
        return self.call("where", f"{first.text} == {second.text}", "1.0", "0.0")

    def as_array(self, number: Source, like: str) -> Source:
        """A plain number for a function that takes arrays only."""
        if self.prefix == "np":
            return number
        return self.call("as_tensor", number.text, *self._type_of(like))

    def _type_of(self, like: str) -> tuple[str, ...]:
        return (f"dtype={like}.dtype", f"device={like}.device") if self.prefix == "torch" and like else ()

    def applied(self, function: Any, argument: Source) -> Source:
        """A function of the calculus entry by entry; an opaque activation φ is the Python function phi, phi_prime, …"""
        if isinstance(function, Applied):
            return Source(f"{activation_name(function)}({argument.text})")
        template, binding = self.functions[type(function)]
        forms = {
            "x": argument.text,
            "whole": argument.at(Binding.WHOLE),
            "negated": f"-{argument.at(Binding.NEGATION)}",
        }
        return Source(template.format(**forms), binding)


def activation_name(function: Applied) -> str:
    """The name in code of an opaque activation or of its derivative: phi, phi_prime, phi_prime_prime."""
    return python_name(function.name) + "_prime" * function.order


NUMPY = Library(
    "np",
    "axis",
    MappingProxyType(
        {
            exp: ("np.exp({x})", Binding.WHOLE),
            log: ("np.log({x})", Binding.WHOLE),
            log1p: ("np.log1p({x})", Binding.WHOLE),
            expm1: ("np.expm1({x})", Binding.WHOLE),
            erf: ("np.vectorize(math.erf)({x})", Binding.WHOLE),
            tanh: ("np.tanh({x})", Binding.WHOLE),
            sigmoid: ("1 / (1 + np.exp({negated}))", Binding.PRODUCT),
            softplus: ("np.log1p(np.exp({x}))", Binding.WHOLE),
            xlogx: ("{whole} * np.log(np.where({x} > 0, {x}, 1.0))", Binding.PRODUCT),
            relu: ("np.maximum({x}, 0)", Binding.WHOLE),
            step: ("np.where({x} > 0, 1.0, 0.0)", Binding.WHOLE),
            sign: ("np.sign({x})", Binding.WHOLE),
            Abs: ("np.abs({x})", Binding.WHOLE),
        }
    ),
)
TORCH = Library(
    "torch",
    "dim",
    MappingProxyType(
        {
            exp: ("torch.exp({x})", Binding.WHOLE),
            log: ("torch.log({x})", Binding.WHOLE),
            log1p: ("torch.log1p({x})", Binding.WHOLE),
            expm1: ("torch.expm1({x})", Binding.WHOLE),
            erf: ("torch.erf({x})", Binding.WHOLE),
            tanh: ("torch.tanh({x})", Binding.WHOLE),
            sigmoid: ("torch.sigmoid({x})", Binding.WHOLE),
            softplus: ("torch.nn.functional.softplus({x})", Binding.WHOLE),
            xlogx: ("torch.special.xlogy({x}, {x})", Binding.WHOLE),
            relu: ("torch.relu({x})", Binding.WHOLE),
            step: ("torch.heaviside({x}, torch.zeros_like({x}))", Binding.WHOLE),
            sign: ("torch.sign({x})", Binding.WHOLE),
            Abs: ("torch.abs({x})", Binding.WHOLE),
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


def number_source(number: Expr) -> Source:
    """A number, or a named one such as pi."""
    if not isinstance(number, Rational):
        return Source(repr(float(number)))
    size = abs(number)
    shown = Source(str(size)) if size.q == 1 else Source(f"{size.p} / {size.q}", Binding.PRODUCT)
    return signed_sum([(True, shown)]) if number < S.Zero else shown


def quotient(above: Source, below: Source) -> Source:
    return Source(f"{above.at(Binding.PRODUCT)} / {below.at(Binding.NEGATION)}", Binding.PRODUCT)


def power(base: Source, exponent: Rational | Source) -> Source:
    if isinstance(exponent, Source):
        return Source(f"{base.at(Binding.WHOLE)} ** {exponent.at(Binding.WHOLE)}", Binding.POWER)
    if exponent == 1:
        return base
    if exponent.q == 1:
        shown = str(exponent) if exponent > 0 else f"({exponent})"
    else:
        shown = str(float(exponent)) if exponent.q in (2, 4) and exponent > 0 else f"({exponent.p} / {exponent.q})"
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
