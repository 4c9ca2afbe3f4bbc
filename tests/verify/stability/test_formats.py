"""The dtypes as sets of numbers, against NumPy, the standard library, and the bits of bfloat16."""

from __future__ import annotations

import math
import struct
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradproof.verify.stability import FORMATS, Format
from gradproof.verify.stability.formats import exponent_of

IN_NUMPY = {name: np.dtype(name) for name in ("float64", "float32", "float16")}


def bfloat16_bits(number: float) -> int:
    """The bits of the nearest bfloat16, ties to even: the upper half of a float32, rounded."""
    (bits,) = struct.unpack("<I", struct.pack("<f", number))
    return (bits + 0x7FFF + (bits >> 16 & 1)) >> 16


def from_bfloat16_bits(bits: int) -> float:
    (number,) = struct.unpack("<f", struct.pack("<I", bits << 16))
    return float(number)


@pytest.mark.parametrize("name", IN_NUMPY)
def test_a_format_is_what_numpy_says(name: str) -> None:
    info, dtype = np.finfo(IN_NUMPY[name]), FORMATS[name]
    assert dtype.precision == info.nmant + 1
    assert dtype.largest == Fraction(float(info.max))
    assert Fraction(2) ** dtype.smallest_exponent == Fraction(float(info.smallest_normal))
    assert Fraction(2) ** dtype.lowest_bit == Fraction(float(info.smallest_subnormal)) == dtype.ulp(Fraction(0))


def test_bfloat16_has_the_range_of_float32_and_eight_bits() -> None:
    dtype = FORMATS["bfloat16"]
    assert dtype.largest == Fraction(from_bfloat16_bits(0x7F7F))
    assert dtype.ulp(Fraction(0)) == Fraction(from_bfloat16_bits(0x0001))
    for bits in (0x3F80, 0x3F81, 0x4049, 0x0080, 0x007F, 0x7F7E):
        number = Fraction(from_bfloat16_bits(bits))
        assert dtype.ulp(number) == Fraction(from_bfloat16_bits(bits + 1)) - number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_ulp_of_a_float64_is_that_of_the_standard_library(number: float) -> None:
    assert FORMATS["float64"].ulp(Fraction(number)) == Fraction(math.ulp(number))


@pytest.mark.parametrize("name", ("float32", "float16"))
@given(number=st.floats(-6e4, 6e4))
def test_the_ulp_is_the_spacing_of_numpy(name: str, number: float) -> None:
    near = abs(IN_NUMPY[name].type(number))  # the spacing of a negative float16 is that on its other side
    assert FORMATS[name].ulp(-Fraction(float(near))) == Fraction(float(np.spacing(near)))


def test_the_ulp_is_that_of_the_number_itself_not_of_a_rounded_one() -> None:
    """Just below a power of two the spacing is the finer one, however near."""
    below = 1 - Fraction(1, 10**40)
    for dtype in FORMATS.values():
        assert dtype.ulp(Fraction(1)) == 2 * dtype.ulp(below) == Fraction(2) ** (1 - dtype.precision)
        assert dtype.ulp(2 * dtype.largest) == dtype.ulp(dtype.largest)
        assert dtype.ulp(dtype.ulp(Fraction(0)) / 3) == dtype.ulp(Fraction(0))


@given(st.fractions().filter(bool))
def test_the_exponent_encloses_the_number(number: Fraction) -> None:
    exponent = exponent_of(number)
    assert Fraction(2) ** exponent <= abs(number) < Fraction(2) ** (exponent + 1)


@pytest.mark.parametrize("name", FORMATS)
@given(number=st.floats(-3e38, 3e38) | st.floats(-1e-3, 1e-3) | st.floats(-1e-37, 1e-37))
def test_rounding_is_that_of_the_dtype(name: str, number: float) -> None:
    dtype = FORMATS[name]
    found = float(dtype.rounded(np.array([number]))[0])
    if abs(Fraction(number)) >= dtype.overflow:
        assert Fraction(found) == (dtype.largest if number > 0 else -dtype.largest)
    elif name == "bfloat16":
        single = float(np.float32(number))
        if single == number:  # a float64 would be rounded twice
            assert found == from_bfloat16_bits(bfloat16_bits(number))
    else:
        assert found == float(IN_NUMPY[name].type(number))
    assert abs(Fraction(found) - Fraction(number)) <= dtype.ulp(Fraction(number)) / 2 or abs(number) > dtype.largest


def test_what_overflows_is_where_numpy_overflows() -> None:
    for name in ("float32", "float16"):
        dtype = FORMATS[name]
        below = dtype.overflow - dtype.ulp(dtype.largest) / 1024
        with np.errstate(over="ignore"):
            assert np.isinf(IN_NUMPY[name].type(float(dtype.overflow)))
            assert np.isfinite(IN_NUMPY[name].type(float(below)))


def test_the_range_follows_from_precision_and_exponent() -> None:
    tiny = Format("tiny", 3, 2)  # 1, 1.25, …, 7; subnormal numbers are multiples of 1/8
    assert (tiny.largest, tiny.overflow, tiny.ulp(Fraction(0))) == (7, Fraction(15, 2), Fraction(1, 8))
    assert tiny.rounded(np.array([6.5, 5.5, 100.0, 0.3, 0.06])).tolist() == [6.0, 6.0, 7.0, 0.25, 0.0]
