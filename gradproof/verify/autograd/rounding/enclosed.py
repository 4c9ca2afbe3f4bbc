"""Values of Torch in any format, with bounds of what rounding has done to them so far.

An `Enclosed` is about three numbers: the exact one, the one that Torch has in its format, and `value`, a float64 that
this module computes. Torch's and `value` are both within `radius` of the exact one. Nothing is assumed about the order
in which Torch adds, or about how `value` was computed, only that each rounding is as small as the format promises.

Torch's number is therefore within two radii of `value`, which is where the factors 2 below come from. Where nothing is
known (a domain may be left, a number may overflow) the radius is infinite; where something is undefined it is nan.
Source of the method: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., sections 2.2, 3.1 and 3.3.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from .formats import Format

#: Pays for the roundings within the bound itself, which are float64, relative to the bound.
SLACK = 2.0**-40
#: A constant with more bits than these is taken for the rounding of a real number, such as 1/3 or √½.
SHORT = 2.0**26
#: Powers that Torch forms by products, quotients and roots, and the most roundings that they take on any device. On the
#: CPU x^−½ is rounded as a root and again as a quotient, in 16 bits, too; CUDA's rsqrt is off by up to 2 ULP.
PRODUCTS = {2.0: 1.0, 3.0: 2.0, -1.0: 1.0, -2.0: 2.0, -0.5: 4.0}


@dataclass(frozen=True, slots=True, eq=False)
class Enclosed:
    """Float64 tensors of the same shape."""

    value: torch.Tensor
    radius: torch.Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Discrete:
    """Discrete values, tensors of the same shape; where `unknown`, rounding decides what Torch takes."""

    value: torch.Tensor
    unknown: torch.Tensor


class Arithmetic:
    """What the operations of Torch do to enclosed values, in one format on one device."""

    def __init__(self, format: Format, device: torch.device) -> None:
        self.format = format
        self.device = device

    def exact(self, tensor: torch.Tensor) -> Enclosed:
        """A tensor of the format, as it is."""
        value = tensor.to(torch.float64)
        return Enclosed(value, torch.zeros_like(value))

    def constant(self, number: float) -> Enclosed:
        """A number of the program, rounded to the format; one with many bits may itself be rounded."""
        finite = math.isfinite(number)
        error = 2.0**-53 * abs(number) if finite and not (math.frexp(number)[0] * SHORT).is_integer() else 0.0
        if finite and not self.format.holds(number):
            error += self.format.unit * abs(number) * (1 + SLACK) + self.format.underflow
        pair = torch.tensor([number, error], dtype=torch.float64, device=self.device)
        return Enclosed(pair[0], pair[1])

    def enclosed(self, thing: Enclosed | Discrete | torch.Tensor | float) -> Enclosed:
        """What an operation takes for a number: an enclosed value, a truth value as 0 or 1, whole numbers, a number."""
        match thing:
            case Enclosed():
                return thing
            case Discrete(value, unknown):
                apart = unknown.to(torch.float64)  # of 0 and 1; other places may be anywhere
                if value.dtype is not torch.bool:
                    apart = apart.masked_fill(unknown, torch.inf)
                return Enclosed(value.to(torch.float64), apart)
            case torch.Tensor():
                return self.exact(thing)
        return self.constant(float(thing))

    def rounded(
        self,
        value: torch.Tensor,
        moved: torch.Tensor,
        roundings: float | torch.Tensor = 1.0,
        nonzero: torch.Tensor | None = None,
    ) -> Enclosed:
        """A result that lies within `moved` of the exact one and is then rounded; infinite where it may overflow.

        nonzero    where the result is not an exact zero, if that is known; exact zeros do not underflow
        """
        lost = self.format.unit * roundings
        size = value.abs()
        radius = (moved * (1 + SLACK + 2 * lost)).add_(size * (lost * (1 + SLACK)))
        if nonzero is None:
            radius.add_(self.format.underflow)
        else:
            radius.add_(nonzero, alpha=self.format.underflow)
        return self.finite(value, radius, size)

    def finite(self, value: torch.Tensor, radius: torch.Tensor, size: torch.Tensor) -> Enclosed:
        """With an infinite radius where numbers of this size, and twice the radius around them, may overflow."""
        inside = torch.add(size, radius, alpha=2) < self.format.largest / (1 + 2 * self.format.unit)
        return Enclosed(value, torch.where(inside, radius, torch.inf))

    # Sums, products, quotients, powers.

    def add(self, first: Enclosed, second: Enclosed) -> Enclosed:
        return self._added(first.value + second.value, first.radius + second.radius)

    def negative(self, array: Enclosed) -> Enclosed:
        return Enclosed(-array.value, array.radius)

    def subtract(self, first: Enclosed, second: Enclosed) -> Enclosed:
        return self._added(first.value - second.value, first.radius + second.radius)

    def _added(self, value: torch.Tensor, moved: torch.Tensor) -> Enclosed:
        return self.rounded(value, moved, 1.0, value.abs().add_(moved) != 0)

    def multiply(self, first: Enclosed, second: Enclosed) -> Enclosed:
        """|t₁t₂ − e₁e₂| ≤ |e₁|r₂ + |e₂|r₁ + r₁r₂, and |e| ≤ |value| + r; an exact zero makes an exact zero."""
        one, other = first.value.abs() + first.radius, second.value.abs() + second.radius
        nonzero = torch.minimum(one, other) != 0
        moved = (one * second.radius).add_((other + second.radius) * first.radius)
        return self.rounded(first.value * second.value, moved, 1.0, nonzero)

    def divide(self, first: Enclosed, second: Enclosed) -> Enclosed:
        """|t₁/t₂ − e₁/e₂| ≤ (r₁ + |e₁/e₂| r₂) / |t₂|."""
        least = second.value.abs() - 2 * second.radius
        most = (first.value.abs() + first.radius) / least
        moved = (first.radius + torch.where(second.radius > 0, most * second.radius, 0.0)) / least
        return self.rounded(first.value / second.value, torch.where(least > 0, moved, torch.inf))

    def power(self, base: Enclosed, exponent: float) -> Enclosed:
        """A power with a number as exponent; powers that are not whole are of positive numbers only."""
        if exponent in (0.0, 1.0):
            return base if exponent else self.exact(torch.ones_like(base.value))
        size = base.value.abs()
        worst = size + 2 * base.radius if exponent >= 1 else size - 2 * base.radius
        slope = abs(exponent) * worst.clamp(min=0.0).pow(exponent - 1)
        moved = torch.where(base.radius > 0, base.radius * slope, 0.0)
        if exponent < 1 or not exponent.is_integer():
            inside = size if exponent.is_integer() else base.value
            moved = torch.where((inside > 2 * base.radius) | (base.radius == 0), moved, torch.inf)
        value = base.value.sqrt() if exponent == 0.5 else base.value.pow(exponent)
        if exponent in PRODUCTS:
            return self.rounded(value, moved, PRODUCTS[exponent])
        if exponent == 0.5:
            return self.rounded(value, moved, self.format.library("sqrt"))
        roundings: float | torch.Tensor = self.format.library("pow")
        if self.constant(exponent).radius > 0:  # the exponent is rounded, too
            roundings = roundings + 2 * abs(exponent) * torch.where(size > 0, size, 1.0).log().abs()
        return self.rounded(value, moved, roundings)

    def power_of(self, base: Enclosed, exponent: Enclosed) -> Enclosed:
        """bᵉ = exp(e log b) of a positive base."""
        least = base.value - 2 * base.radius
        log, far = base.value.log(), base.radius / least
        moved = exponent.value.abs() * far + log.abs() * exponent.radius + 3 * far * exponent.radius
        grown = torch.expm1(moved * (1 + SLACK))
        value = base.value.pow(exponent.value)
        moved = torch.where(least > 0, value * grown * (1 + grown), torch.inf)
        return self.rounded(value, moved, self.format.library("pow"))

    # Reductions. The order of the additions is not known, and each may round.

    def total(self, array: Enclosed, dims: tuple[int, ...], keep: bool = False) -> Enclosed:
        """The sum over some axes; n terms are charged for n roundings of the sum of their sizes."""
        count = math.prod(array.value.shape[dim] for dim in dims)
        if not dims:
            return array
        value, radius = (part.sum(dim=dims, keepdim=keep) for part in (array.value, array.radius))
        if count <= 1:
            return Enclosed(value, radius)
        return self.accumulated(value, radius, array.value.abs().sum(dim=dims, keepdim=keep), count)

    def accumulated(
        self, value: torch.Tensor, moved: torch.Tensor, sizes: torch.Tensor, count: float | torch.Tensor
    ) -> Enclosed:
        """A sum of `count` terms in any order, of which `sizes` is the sum of the sizes, and `moved` that of radii."""
        lost = torch.as_tensor(count * self.format.unit, dtype=torch.float64, device=self.device)
        share = torch.where(lost < 0.5, lost / (1 - 2 * lost), torch.inf)
        all_of_it = sizes + 2 * moved
        radius = (moved + share * all_of_it) * (1 + SLACK) + count * self.format.underflow * (all_of_it != 0)
        return self.finite(value, radius, all_of_it)

    def matrix_product(self, first: Enclosed, second: Enclosed) -> Enclosed:
        one, other = first.value.abs(), second.value.abs()
        moved = one @ second.radius + first.radius @ (other + 3 * second.radius)
        length = first.value.shape[-1]
        return self.accumulated(first.value @ second.value, moved, one @ other, length + 1)

    def mean(self, array: Enclosed, dims: tuple[int, ...], keep: bool = False) -> Enclosed:
        count = math.prod(array.value.shape[dim] for dim in dims)
        return self.divide(self.total(array, dims, keep), self.constant(float(count)))
