"""The number formats of Torch, and how accurate its functions are in them.

Additions, products and quotients are rounded correctly on the CPU and on CUDA. Functions of the library are charged
with the largest error that is documented for either device:

- CPU: SLEEF's variants with 1.0 ULP ("u10"), but sin and cos in float32 with 3.5 ("u35"), and a faster exponential
  with 20 ("exp_u20") within softmax, sigmoid and their like; erf in float32 is formula 7.1.26 of Abramowitz and Stegun,
  which is off by up to 1.5e-7 everywhere, so that erf is charged relative to 1.
  MKL's square root in float32 is not rounded correctly either; its functions are accurate to 1 ULP (mode HA).
- CUDA: C++ Programming Guide, Mathematical Functions: exp 2, log 1, log1p 1, expm1 1, tanh 2, erf 2, pow 9 (float32),
  sin and cos 2. In formats of 16 bits these functions are computed in float32 and rounded once, on both devices.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

#: Errors of library functions in units in the last place.
ULPS = {
    "exp": 2.0,
    "fast exp": 20.0,  # within sigmoid and softmax
    "expm1": 2.0,
    "log": 2.0,
    "log1p": 2.0,
    "tanh": 2.0,
    "erf": 4.0,
    "sin": 4.0,
    "cos": 4.0,
    "pow": 9.0,
    "sqrt": 1.0,
}


@dataclass(frozen=True, slots=True)
class Format:
    """How one dtype rounds.

    unit       the largest relative error of one rounding, half a unit in the last place
    underflow  the largest absolute error of a rounding near zero. What is below the normal numbers may be flushed to
               zero (kernels and libraries differ); in float16, whose numbers are made from float32, it never is
    largest    the largest finite number
    """

    dtype: torch.dtype
    unit: float
    underflow: float
    largest: float

    @property
    def name(self) -> str:
        return str(self.dtype).removeprefix("torch.")

    def library(self, function: str) -> float:
        """The roundings that a library function costs; those of 16 bits are computed in float32 and rounded once."""
        if self.unit > SINGLE.unit:
            return 1 + 2 * ULPS[function] * SINGLE.unit / self.unit
        return 2 * ULPS[function]

    def holds(self, number: float) -> bool:
        """Whether a finite number is one of this format."""
        return float(torch.tensor(number, dtype=self.dtype)) == number


def _format(dtype: torch.dtype) -> Format:
    info = torch.finfo(dtype)
    underflow = info.smallest_normal * (info.eps if dtype is torch.float16 else 1.0)
    return Format(dtype, info.eps / 2, underflow, info.max)


SINGLE = _format(torch.float32)
#: The formats by Torch's names of them, the most accurate first.
FORMATS = {name: _format(getattr(torch, name)) for name in ("float64", "float32", "float16", "bfloat16")}
