"""Enclosures of Torch's functions: how far an argument within its radius can move a result, and how the result rounds.

Where a radius is infinite Torch may have no number: the result has an infinite radius, too, however flat the function
is. Slopes are taken where they are steepest within two radii of the argument, since that is where Torch's argument is.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch

from .arithmetic import Arithmetic
from .enclosed import Discrete, Enclosed, all_below

Function = Callable[[Arithmetic, Enclosed], Enclosed]


def exponential(a: Arithmetic, x: Enclosed, accuracy: str = "exp") -> Enclosed:
    """|eᵃ − eᵇ| ≤ eᵛ (e²ʳ − eʳ) for a within r of b and b within r of v."""
    value = x.value.exp()
    return a.rounded(value, None if x.exact else _grown(x.radius).mul_(value), a.format.library(accuracy))


def exponential_less_one(a: Arithmetic, x: Enclosed) -> Enclosed:
    moved = None if x.exact else x.radius * _highest(x).exp()
    return a.rounded(torch.expm1(x.value), moved, a.format.library("expm1"))


def logarithm(a: Arithmetic, x: Enclosed) -> Enclosed:
    moved = None if x.exact else _quotient(x.radius, _lowest(x))
    return a.rounded(x.value.log(), moved, a.format.library("log"))


def logarithm_of_one_more(a: Arithmetic, x: Enclosed) -> Enclosed:
    moved = None if x.exact else _quotient(x.radius, _lowest(x).add_(1 - 2.0**-52))  # near −1 its last bit counts
    return a.rounded(torch.log1p(x.value), moved, a.format.library("log1p"))


def sigmoid(a: Arithmetic, x: Enclosed) -> Enclosed:
    """σ′ < e^−|x| and σ′ ≤ 1/4; 1 / (1 + e^−x) with the fast exponential."""
    moved = None if x.exact else torch.exp(-_nearest(x)).clamp_(max=0.25).mul_(x.radius)
    return a.rounded(torch.sigmoid(x.value), moved, a.format.library("fast exp") + 2)


def tanh(a: Arithmetic, x: Enclosed) -> Enclosed:
    """tanh′ < 4e^−2|x| and tanh′ ≤ 1."""
    moved = None if x.exact else torch.exp(-2 * _nearest(x)).mul_(4).clamp_(max=1.0).mul_(x.radius)
    return a.rounded(torch.tanh(x.value), moved, a.format.library("tanh"))


def error_function(a: Arithmetic, x: Enclosed) -> Enclosed:
    """erf′ = 2/√π · e^−x²; its error is relative to 1, not to its value."""
    slope = 2 / math.sqrt(math.pi) * (1 + 2.0**-50) * torch.exp(-_nearest(x).square())
    off = a.format.unit * a.format.library("erf")
    return a.rounded(torch.erf(x.value), x.radius * slope + off)


def sine(a: Arithmetic, x: Enclosed) -> Enclosed:
    return a.rounded(x.value.sin(), None if x.exact else x.radius, a.format.library("sin"))


def cosine(a: Arithmetic, x: Enclosed) -> Enclosed:
    return a.rounded(x.value.cos(), None if x.exact else x.radius, a.format.library("cos"))


def log_add_exp(a: Arithmetic, x: Enclosed, y: Enclosed) -> Enclosed:
    """max + log1p(e^−|x−y|): neither argument moves it by more than itself moves; d = x − y is rounded."""
    gap = (x.value - y.value).abs()
    rest = torch.log1p(torch.exp(-gap))
    moved = torch.maximum(x.radius, y.radius)
    charged = rest * (a.format.library("exp") + a.format.library("log1p")) + (gap + 2 * moved) * torch.exp(-gap) * 2
    lost = a.format.unit * charged * (1 + 2 * moved)
    return a.rounded(torch.logaddexp(x.value, y.value), moved + lost)


def product_with_log(a: Arithmetic, x: Enclosed, y: Enclosed) -> Enclosed:
    """x log y, and 0 at an exact 0 of x, whatever number y is."""
    zero = (x.value == 0) & (x.radius == 0) & torch.isfinite(y.radius)
    product = a.multiply(x, logarithm(a, y))
    return Enclosed(product.value.masked_fill(zero, 0.0), product.radius.masked_fill(zero, 0.0))


def relu(a: Arithmetic, x: Enclosed) -> Enclosed:
    value = x.value.relu()
    return Enclosed.exactly(value) if x.exact else Enclosed(value, x.radius.masked_fill(_highest(x) <= 0, 0.0))


def absolute(a: Arithmetic, x: Enclosed) -> Enclosed:
    return Enclosed(x.value.abs(), x.radius, x.exact)


def sign(a: Arithmetic, x: Enclosed) -> Enclosed:
    unknown = compared(a, torch.eq, x, a.constant(0.0)).unknown
    return Enclosed(x.value.sign(), torch.where(unknown, 2.0 + x.radius, 0.0))


def largest(a: Arithmetic, x: Enclosed, dims: tuple[int, ...], keep: bool) -> Enclosed:
    """No maximum moves farther than the entry that moves farthest."""
    return Enclosed(x.value.amax(dims, keep), x.radius.amax(dims, keep))


def smallest(a: Arithmetic, x: Enclosed, dims: tuple[int, ...], keep: bool) -> Enclosed:
    return Enclosed(x.value.amin(dims, keep), x.radius.amax(dims, keep))


def larger(a: Arithmetic, x: Enclosed, y: Enclosed) -> Enclosed:
    return Enclosed(torch.maximum(x.value, y.value), torch.maximum(x.radius, y.radius))


def smaller(a: Arithmetic, x: Enclosed, y: Enclosed) -> Enclosed:
    return Enclosed(torch.minimum(x.value, y.value), torch.maximum(x.radius, y.radius))


# Comparisons, and what they choose.


def compared(
    a: Arithmetic, how: Callable[[torch.Tensor, torch.Tensor], torch.Tensor], x: Enclosed, y: Enclosed
) -> Discrete:
    """A comparison; unknown unless the difference is larger than the radii, or both are exact."""
    value = how(x.value, y.value)
    if x.exact and y.exact:
        return Discrete(value, torch.zeros_like(value))
    both = x.radius + y.radius
    certain = ((x.value - y.value).abs() > 2 * both) | (both == 0)
    return Discrete(value, ~certain)


def chosen(a: Arithmetic, truth: Discrete, x: Enclosed, y: Enclosed) -> Enclosed:
    """x where true, y elsewhere; where rounding decides, Torch may have one and mathematics the other."""
    value = torch.where(truth.value, x.value, y.value)
    apart = (x.value - y.value).abs() * (1 + 2.0**-40) + 3 * torch.maximum(x.radius, y.radius)
    radius = torch.where(truth.value, x.radius, y.radius)
    return Enclosed(value, torch.where(truth.unknown, apart.nan_to_num(torch.inf, torch.inf), radius))


# Kernels that do several of these at once.


def softmax(a: Arithmetic, x: Enclosed, dim: int) -> Enclosed:
    shifted = a.subtract(x, largest(a, x, (dim,), True))
    weights = exponential(a, shifted, "fast exp")
    return a.divide(weights, a.total(weights, (dim,), True))


def log_softmax(a: Arithmetic, x: Enclosed, dim: int) -> Enclosed:
    """(x − max) − log Σ e^(x − max), in this order on every device."""
    shifted = a.subtract(x, largest(a, x, (dim,), True))
    weights = exponential(a, shifted, "fast exp")
    return a.subtract(shifted, logarithm(a, a.total(weights, (dim,), True)))


def softmax_backward(a: Arithmetic, slope: Enclosed, p: Enclosed, dim: int) -> Enclosed:
    """g∘p − p Σ g∘p on one device, (g − Σ g∘p)∘p on the other: charged for the parts, which do not cancel."""
    parts = a.multiply(slope, p)
    return a.subtract(parts, a.multiply(p, a.total(parts, (dim,), True)))


def log_softmax_backward(a: Arithmetic, slope: Enclosed, output: Enclosed, dim: int) -> Enclosed:
    """g − e^output Σ g."""
    return a.subtract(slope, a.multiply(exponential(a, output, "fast exp"), a.total(slope, (dim,), True)))


def sigmoid_backward(a: Arithmetic, slope: Enclosed, output: Enclosed) -> Enclosed:
    return a.multiply(slope, a.multiply(a.subtract(a.constant(1.0), output), output))


def tanh_backward(a: Arithmetic, slope: Enclosed, output: Enclosed) -> Enclosed:
    return a.multiply(slope, a.subtract(a.constant(1.0), a.multiply(output, output)))


# Where an argument is.


def _lowest(x: Enclosed) -> torch.Tensor:
    return torch.add(x.value, x.radius, alpha=-2)


def _highest(x: Enclosed) -> torch.Tensor:
    return torch.add(x.value, x.radius, alpha=2)


def _nearest(x: Enclosed) -> torch.Tensor:
    """The least size that the argument can have."""
    return torch.add(x.value.abs(), x.radius, alpha=-2).clamp_(min=0.0)


def _quotient(radius: torch.Tensor, least: torch.Tensor) -> torch.Tensor:
    """radius / least, infinite or nan where the divisor may not be positive; `least` may be changed."""
    return radius / least.clamp_(min=0.0)


def _grown(radius: torch.Tensor) -> torch.Tensor:
    """e²ʳ − eʳ, or a little more: its series is r + 3/2 r² + 7/6 r³ + …, which is at most r + 2r² up to r = 1/4."""
    if all_below(radius, 0.25):
        return torch.addcmul(radius, radius, radius, value=2)
    grown = torch.expm1(radius)
    return grown * (1 + grown)
