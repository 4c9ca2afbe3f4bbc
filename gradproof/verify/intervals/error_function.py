"""The error function of an interval, which mpmath's intervals lack."""

from __future__ import annotations

from typing import Any


def error_function(iv: Any, argument: Any) -> Any:
    """An interval of erf at the precision of `iv` (mpmath's interval context).

    erf is odd and grows, so that the ends of the argument say everything.
    """
    return iv.mpf([_at_end(iv, argument.a).a, _at_end(iv, argument.b).b])


def _at_end(iv: Any, end: Any) -> Any:
    if end < 0:
        return -_positive(iv, -end)
    return _positive(iv, end)


def _positive(iv: Any, x: Any) -> Any:
    """For x ≥ 0: the series 2/√π exp(−x²) Σ 2^k x^(2k+1) / (1·3·5···(2k+1)), all of whose terms are positive.

    Where exp(−x²) is below the precision 1 − exp(−x²) ≤ erf(x)² ≤ erf(x) ≤ 1 says as much: erf(x)² is the integral of
    4/π exp(−s² − t²) over the square of side x, and the quarter disc of radius x within it has 1 − exp(−x²) of it.
    """
    square = x * x
    if square > iv.prec:
        return iv.mpf([(1 - iv.exp(-square)).a, 1])
    term = total = x
    number = 0
    while True:
        number += 1
        ratio = 2 * square / (2 * number + 1)
        term = term * ratio
        total = total + term
        # From here on the terms shrink at least by half: what is left is less than the last term.
        if ratio < 0.5 and not term > total * iv.mpf(2) ** -(iv.prec + 4):
            break
    rest = iv.mpf([0, term.b])
    return 2 / iv.sqrt(iv.pi) * iv.exp(-square) * (total + rest)
