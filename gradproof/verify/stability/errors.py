"""What came out against what is exact: the error in units in the last place, and whether anything is left of it.

Of a result with indices the unit is that of its largest component, as is usual for vectors: a probability of 1e-30
beside one of 1/2 counts as a small number. Where the exact result is beyond the range of the dtype, no number is right:
an infinity of its sign and nan both say so, and have error 0. Where it is below the range, the unit is the smallest
subnormal number, and 0 is right to half of it. Any other infinity or nan has an infinite error.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from enum import Enum
from fractions import Fraction

from .formats import Format

#: Errors below this are no loss: of a subnormal number of less than ten units there is not one decimal digit to lose.
DIGIT = 10


class Outcome(Enum):
    """What becomes of a result; the values are for readers of code, pages have words of their own."""

    FINE = "some digits are right"
    LOST = "no digit is right: the error is as large as the exact result, and at least ten units"
    INFINITE = "an infinity, though the exact result is in range"
    UNDEFINED = "nan"


def error_in_ulps(computed: float, exact: Fraction, dtype: Format, ulp: Fraction | None = None) -> float:
    """|computed − exact| in ulps of the exact value, or in another unit; at most the largest float64 if finite."""
    if math.isfinite(computed):
        error = abs(Fraction(computed) - exact) / (ulp or dtype.ulp(exact))
        return float(min(error, Fraction(sys.float_info.max)))
    if abs(exact) < dtype.overflow:
        return math.inf
    return 0.0 if math.isnan(computed) or (exact > 0) == (computed > 0) else math.inf


def judged(computed: Sequence[float], exact: Sequence[Fraction], dtype: Format) -> tuple[float, Outcome]:
    """The worst error over the components of one result, and what became of the result."""
    size = max(map(abs, exact))
    ulp = dtype.ulp(size)
    errors = [error_in_ulps(one, right, dtype, ulp) for one, right in zip(computed, exact, strict=True)]
    worst = max(errors)
    if math.isinf(worst):
        undefined = any(map(math.isnan, computed))
        return worst, Outcome.UNDEFINED if undefined else Outcome.INFINITE
    place = errors.index(worst)
    lost = worst >= DIGIT and abs(Fraction(computed[place]) - exact[place]) >= size
    return worst, Outcome.LOST if lost else Outcome.FINE
