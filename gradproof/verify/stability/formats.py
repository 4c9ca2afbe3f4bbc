"""The dtypes as sets of numbers: precision, range, and the unit in the last place.

The ulp of a real number x is the distance of neighbouring numbers of the dtype at the size of x: 2^(e − p + 1) with
2^e ≤ |x| < 2^(e+1) and p bits of precision, where e stays within the exponents of the dtype. Below the smallest normal
number it is therefore the smallest subnormal one, and beyond the largest number that of the largest.

Source: J.-M. Muller et al., Handbook of Floating-Point Arithmetic, 2nd ed., 2018, chapter 2 (Goldberg's definition of
the ulp, extended to all real numbers).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Format:
    """A binary dtype of IEEE 754's kind.

    precision          bits of a significand, with the hidden one
    largest_exponent   of the largest numbers, which are just below 2^(largest_exponent + 1)
    """

    name: str
    precision: int
    largest_exponent: int

    @property
    def smallest_exponent(self) -> int:
        """Of the smallest normal number."""
        return 1 - self.largest_exponent

    @property
    def lowest_bit(self) -> int:
        """The exponent of the smallest subnormal number."""
        return self.smallest_exponent - self.precision + 1

    @property
    def largest(self) -> Fraction:
        return (2 - Fraction(2) ** (1 - self.precision)) * Fraction(2) ** self.largest_exponent

    @property
    def overflow(self) -> Fraction:
        """Numbers of at least this size round to an infinity."""
        return (2 - Fraction(2) ** -self.precision) * Fraction(2) ** self.largest_exponent

    def ulp(self, number: Fraction) -> Fraction:
        """The unit in the last place at a real number; at 0 the smallest subnormal number."""
        exponent = exponent_of(number) if number else self.smallest_exponent
        within = min(max(exponent, self.smallest_exponent), self.largest_exponent)
        return Fraction(2) ** (within - self.precision + 1)

    def rounded(self, array: Array) -> Array:
        """The nearest numbers of the dtype, ties to even, as float64; never an infinity."""
        _, exponents = np.frexp(array)  # array = m 2^e with 1/2 ≤ |m| < 1
        bits = np.maximum(exponents - 1, self.smallest_exponent) - self.precision + 1
        whole = np.ldexp(np.rint(np.ldexp(array, -bits)), bits)
        return np.asarray(np.clip(whole, -float(self.largest), float(self.largest)))


def exponent_of(number: Fraction) -> int:
    """e with 2^e ≤ |number| < 2^(e+1); the number is not 0."""
    top, bottom = abs(number.numerator), number.denominator
    guess = top.bit_length() - bottom.bit_length()
    below = top < bottom << guess if guess >= 0 else top << -guess < bottom
    return guess - below


#: By name, in the order of a table.
FORMATS = {
    item.name: item
    for item in (
        Format("float64", 53, 1023),
        Format("float32", 24, 127),
        Format("float16", 11, 15),
        Format("bfloat16", 8, 127),
    )
}
