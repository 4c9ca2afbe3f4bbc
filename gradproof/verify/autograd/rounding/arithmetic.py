"""What the operations of Torch do to enclosed values: sums, products, quotients, powers and reductions in a format.

Each rule says how far its arguments move the result, and charges what the format and the library may do to it.
"""

from __future__ import annotations

import math

import torch

from .enclosed import SLACK, Discrete, Enclosed, all_below, both_radii, is_unit, largest_size, summed, times
from .formats import Format

#: A constant with more bits than these is taken for the rounding of a real number, such as 1/3 or √½.
SHORT = 2.0**26
#: Powers that Torch forms by several products, quotients and roots, and the most roundings on any device. On the CPU
#: x^−½ is rounded as a root and again as a quotient, in 16 bits, too; CUDA's rsqrt is off by up to 2 ULP.
PRODUCTS = {3.0: 2.0, -2.0: 2.0, -0.5: 4.0}


class Arithmetic:
    """What the operations of Torch do to enclosed values, in one format on one device."""

    def __init__(self, format: Format, device: torch.device) -> None:
        self.format = format
        self.device = device

    def exact(self, tensor: torch.Tensor) -> Enclosed:
        """A tensor of the format, as it is."""
        return Enclosed.exactly(tensor.to(torch.float64))

    def constant(self, number: float) -> Enclosed:
        """A number of the program, rounded to the format; one with many bits may itself be rounded."""
        finite = math.isfinite(number)
        error = 2.0**-53 * abs(number) if finite and not (math.frexp(number)[0] * SHORT).is_integer() else 0.0
        if finite and not self.format.holds(number):
            error += self.format.unit * abs(number) * (1 + SLACK) + self.format.underflow
        pair = torch.tensor([number, error], dtype=torch.float64, device=self.device)
        return Enclosed(pair[0], pair[1], error == 0)

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
        moved: torch.Tensor | None,
        roundings: float = 1.0,
        nonzero: torch.Tensor | None = None,
    ) -> Enclosed:
        """A result that lies within `moved` of the exact one and is then rounded; infinite where it may overflow.

        moved      None if the arguments are exact
        roundings  how many roundings the result takes, 1 or more
        nonzero    1 where the result may not be an exact zero, 0 where it is one, if that is known; exact zeros do not
                   underflow
        """
        lost = self.format.unit * roundings
        radius = value.abs().mul_(lost * (1 + SLACK))
        if moved is not None:
            radius.add_(moved, alpha=1 + SLACK + 2 * lost)
        if nonzero is None:
            radius.add_(self.format.underflow)
        else:
            radius.add_(nonzero, alpha=self.format.underflow)
        return self.finite(value, radius, value)

    def finite(self, value: torch.Tensor, radius: torch.Tensor, met: torch.Tensor) -> Enclosed:
        """With an infinite radius where numbers as large as those met, and twice the radius around them, may overflow.

        The radius is at least a rounding of these numbers. Where all radii are far below a rounding of the largest
        number, no number is near it, and nothing else need be computed.
        """
        limit = self.format.largest / (1 + 2 * self.format.unit)
        if all_below(radius, self.format.unit * limit / 4):
            return Enclosed(value, radius)
        inside = torch.add(met.abs(), radius, alpha=2) < limit
        return Enclosed(value, torch.where(inside, radius, torch.inf))

    # Sums, products, quotients, powers.

    def add(self, first: Enclosed, second: Enclosed) -> Enclosed:
        return self._added(first.value + second.value, both_radii(first, second))

    def negative(self, array: Enclosed) -> Enclosed:
        return Enclosed(-array.value, array.radius, array.exact)

    def subtract(self, first: Enclosed, second: Enclosed) -> Enclosed:
        return self._added(first.value - second.value, both_radii(first, second))

    def _added(self, value: torch.Tensor, moved: torch.Tensor | None) -> Enclosed:
        size = value.abs()
        return self.rounded(value, moved, 1.0, (size if moved is None else size.add_(moved)).sign_())

    def multiply(self, first: Enclosed, second: Enclosed) -> Enclosed:
        """|t₁t₂ − e₁e₂| ≤ |e₁|r₂ + |e₂|r₁ + r₁r₂, and |e| ≤ |value| + r; an exact zero makes an exact zero."""
        value = first.value * second.value
        for unit, array in ((first, second), (second, first)):
            if is_unit(unit):
                return self._unrounded(value, array)
        one, other = largest_size(first), largest_size(second)
        nonzero = torch.minimum(one, other).sign_()
        moved = None
        if not second.exact:
            moved = times(one, second.radius, value.shape)
        if not first.exact:
            rest = other if second.exact else other.add_(second.radius)
            moved = times(rest, first.radius, value.shape) if moved is None else moved.addcmul_(rest, first.radius)
        return self.rounded(value, moved, 1.0, nonzero)

    def _unrounded(self, value: torch.Tensor, moved: Enclosed) -> Enclosed:
        """A product with 1 or −1: nothing is rounded, but what is below the normal numbers may be flushed to zero."""
        flushed = torch.add(moved.value.abs(), moved.radius, alpha=2).clamp_(max=self.format.underflow)
        return Enclosed(value, flushed.add_(moved.radius).expand(value.shape))

    def divide(self, first: Enclosed, second: Enclosed) -> Enclosed:
        """|t₁/t₂ − e₁/e₂| ≤ (r₁ + |e₁/e₂| r₂) / |t₂|; infinite or nan, so not bounded, where t₂ may be 0."""
        value = first.value / second.value
        if second.exact:
            return self.rounded(value, None if first.exact else first.radius / second.value.abs())
        least = torch.add(second.value.abs(), second.radius, alpha=-2).clamp_(min=0.0)
        moved = (largest_size(first) / least).mul_(second.radius)
        return self.rounded(value, (moved if first.exact else moved.add_(first.radius)).div_(least))

    def power(self, base: Enclosed, exponent: float) -> Enclosed:
        """A power with a number as exponent; powers that are not whole are of positive numbers only."""
        if exponent in (0.0, 1.0):
            return base if exponent else Enclosed.exactly(torch.ones_like(base.value))
        if exponent == 2:
            return self.multiply(base, base)
        if exponent == -1:
            return self.divide(self.constant(1.0), base)
        value = base.value.sqrt() if exponent == 0.5 else base.value.pow(exponent)
        moved = None if base.exact else self._moved_power(base, exponent)
        if exponent in PRODUCTS:
            return self.rounded(value, moved, PRODUCTS[exponent])
        if exponent == 0.5:
            return self.rounded(value, moved, self.format.library("sqrt"))
        if not self.constant(exponent).exact:  # the exponent is rounded, too
            size = base.value.abs()
            off = 2 * self.format.unit * abs(exponent) * torch.where(size > 0, size, 1.0).log().abs() * value.abs()
            moved = off if moved is None else moved + off
        return self.rounded(value, moved, self.format.library("pow"))

    def _moved_power(self, base: Enclosed, exponent: float) -> torch.Tensor:
        """How far a power moves, by its slope where it is steepest."""
        size, whole = base.value.abs(), exponent.is_integer()
        worst = torch.add(size, base.radius, alpha=2 if exponent >= 1 else -2)
        slope = abs(exponent) * worst.clamp_(min=0.0).pow(exponent - 1)
        moved = torch.where(base.radius > 0, base.radius * slope, 0.0)
        if whole and exponent > 1:
            return moved
        inside = (size if whole else base.value) > 2 * base.radius
        return torch.where(inside | (base.radius == 0), moved, torch.inf)

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
        value = summed(array.value, dims, keep)
        if count <= 1:
            return Enclosed(value, summed(array.radius, dims, keep), array.exact)
        moved = None if array.exact else summed(array.radius, dims, keep)
        return self.accumulated(value, moved, summed(array.value.abs(), dims, keep), count)

    def accumulated(
        self, value: torch.Tensor, moved: torch.Tensor | None, sizes: torch.Tensor, count: float
    ) -> Enclosed:
        """A sum of up to `count` terms in any order: `sizes` is the sum of their sizes, `moved` that of their radii.

        moved    None if the terms are exact
        count    1 or more
        """
        lost = count * self.format.unit
        share = lost / (1 - 2 * lost) if lost < 0.5 else math.inf
        all_of_it = sizes if moved is None else torch.add(sizes, moved, alpha=2)
        radius = all_of_it * share
        if moved is not None:
            radius.add_(moved)
        radius.mul_(1 + SLACK).add_(all_of_it.sign(), alpha=count * self.format.underflow)
        return self.finite(value, radius, all_of_it)

    def matrix_product(self, first: Enclosed, second: Enclosed) -> Enclosed:
        one, other = first.value.abs(), second.value.abs()
        moved = None if second.exact else one @ second.radius
        if not first.exact:
            rest = first.radius @ torch.add(other, second.radius, alpha=3)
            moved = rest if moved is None else moved + rest
        length = first.value.shape[-1]
        return self.accumulated(first.value @ second.value, moved, one @ other, length + 1)

    def mean(self, array: Enclosed, dims: tuple[int, ...], keep: bool = False) -> Enclosed:
        count = math.prod(array.value.shape[dim] for dim in dims)
        return self.divide(self.total(array, dims, keep), self.constant(float(count)))
