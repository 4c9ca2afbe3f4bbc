"""Every digit that is shown is certain."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradproof.verify.intervals.decimals import certain, decimals


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(3), "3"),
        (Fraction(1, 4), "0.25"),
        (Fraction(-2, 3), "-0.6667"),
        (Fraction(123456), "123456"),
        (Fraction(1234567, 10), "1.235e5"),
        (Fraction(12345678), "1.235e7"),
        (Fraction(1, 10**9), "1e-9"),
        (Fraction(123, 10**20), "1.23e-18"),
        (Fraction(-(10**30)), "-1e30"),
    ],
)
def test_numbers_read_as_a_person_writes_them(number: Fraction, text: str) -> None:
    assert certain((number, number), 4) == text


@given(st.fractions(-1000, 1000), st.fractions(0, 1), st.integers(1, 12), st.fractions(0, 1))
def test_what_is_shown_is_the_rounding_of_every_enclosed_number(
    low: Fraction, width: Fraction, digits: int, part: Fraction
) -> None:
    text = certain((low, low + width), digits)
    if text.startswith("between"):
        return
    inside = low + part * width
    shown = Fraction(text)
    if shown == 0:
        assert inside == 0 and width == 0
    else:
        mantissa, _, exponent = text.partition("e")
        places = len(mantissa.partition(".")[2])
        last = Fraction(10) ** (int(exponent or 0) - places)  # one unit of the last digit that is shown
        assert abs(inside - shown) <= last / 2


def test_more_digits_until_the_sides_differ() -> None:
    assert decimals((Fraction(1), Fraction(1)), (Fraction(2), Fraction(2))) == ("1", "2")
    near = Fraction(1) + Fraction(1, 10**20)
    assert decimals((Fraction(1), Fraction(1)), (near, near)) == ("1", "1.00000000000000000001")


def test_an_enclosure_too_wide_for_a_digit_says_so() -> None:
    assert certain((Fraction(-1), Fraction(1)), 4) == "between -1 and 1"
    tiny = Fraction(1, 10**19)
    assert certain((-tiny, tiny), 4) == "0.0000"
    assert decimals((-tiny, tiny), (Fraction(1), Fraction(1))) == ("0.0000", "1")
    assert certain((Fraction(12344), Fraction(12346)), 4) == "1.23e4"  # 12344 and 12346 round to 12340 and 12350
    assert certain((Fraction(13), Fraction(14)), 4) == "1e1"
