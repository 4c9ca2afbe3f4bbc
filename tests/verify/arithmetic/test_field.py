"""Arithmetic modulo primes against Python's integers, and the guards of the tables."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Rational, isprime, pi

from gradproof.derivations.calculus import exp, log, tanh
from gradproof.verify.arithmetic.field import LARGEST_LITERAL, Field, draw, primes
from gradproof.verify.evaluation import Opaque, Unsupported

MODULI = primes(5, 0, "test")


def _field(**more: object) -> Field:
    return Field(MODULI, "key", **more)  # type: ignore[arg-type]


def test_primes() -> None:
    assert len(set(MODULI)) == 5
    assert all(isprime(prime) and prime % 4 == 3 and 2**30 < prime < 2**31 for prime in MODULI)
    assert primes(5, 0, "test") == MODULI
    assert set(primes(16, 0, "a")) != set(primes(16, 0, "b"))
    assert set(primes(16, 1, "a")) != set(primes(16, 2, "a"))


def test_against_integers() -> None:
    field = _field()
    first, second = field.random((3, 2), "first"), field.random((3, 2), "second")
    for trial, prime in enumerate(MODULI):
        for place in np.ndindex(3, 2):
            a, b = int(first[(trial, *place)]), int(second[(trial, *place)])
            assert 0 < a < prime
            at = (trial, *place)
            assert int(field.add(first, second)[at]) == (a + b) % prime
            assert int(field.multiply(first, second)[at]) == a * b % prime
            assert int(field.power(first, Rational(5))[at]) == pow(a, 5, prime)
            assert int(field.power(first, Rational(-3))[at]) == pow(a, -3, prime)
            assert int(field.power(first, Rational(0))[at]) == 1
        assert int(field.total(first, 1, 3)[trial, 0, 0]) == sum(int(first[trial, p, 0]) for p in range(3)) % prime
        assert int(field.total(first[:, :1], 1, 3)[trial, 0, 0]) == 3 * int(first[trial, 0, 0]) % prime
        assert int(field.constant(Rational(-2, 3), 1)[trial]) * 3 % prime == prime - 2
    assert field.usable.all()


def test_large_arrays_invert_like_small_ones() -> None:
    field = _field()
    large = field.random((200,), "large")
    product = field.multiply(large, field.power(large, Rational(-1)))
    assert (product == 1).all()
    assert (field.power(large, Rational(-1))[:, :10] == field.power(large[:, :10], Rational(-1))).all()


def test_roots() -> None:
    signs = {}
    for sign in (False, True):
        field = _field(signs=(sign,))
        square = field.power(field.random((), "x"), Rational(2))
        root = field.power(square, Rational(1, 2))
        assert (field.multiply(root, root) == square).all()
        assert field.usable.all()
        signs[sign] = root
        assert (field.power(square, Rational(-3, 2)) == field.power(root, Rational(-3))).all()
    assert ((signs[False] + signs[True]) % np.array(MODULI, np.uint64) == 0).all()


def test_what_has_no_root_is_not_used() -> None:
    field = _field()
    square = field.power(field.random((), "x"), Rational(2))
    negative = field.multiply(square, field.constant(Rational(-1), 1))  # −1 has no root where p is 3 mod 4
    field.power(negative, Rational(1, 2))
    assert not field.usable.any()


def test_zero_has_no_inverse() -> None:
    field = _field()
    value = field.random((2,), "x")
    value[1, 0] = 0
    field.power(value, Rational(-1))
    assert field.usable.tolist() == [True, False, True, True, True]


def test_tables() -> None:
    field = _field()
    value = field.random((4,), "x")
    value[:, 1] = value[:, 0]
    value[0, 2] = value[0, 0]  # equal in one trial only: another argument
    result = field.apply(exp, value)
    assert (result[:, 0] == result[:, 1]).all()
    assert (result[:, 0] != result[:, 2]).all()
    assert (field.apply(exp, value[:, 0]) == result[:, 0]).all()
    for other in (log, tanh, Opaque("exp", 0), Opaque("φ", 0), Opaque("φ", 1), Opaque("ψ", 0)):
        assert (field.apply(other, value) != result).all()
    assert (field.apply(Opaque("φ", 0), value) != field.apply(Opaque("φ", 1), value)).all()
    assert (_field().apply(exp, value[:, 2:]) == result[:, 2:]).all()  # whatever was asked before


def test_values_that_are_known() -> None:
    field = _field()
    assert (field.apply(log, field.constant(Rational(1), 2)) == 0).all()
    assert (field.apply(exp, field.constant(Rational(0), 2)) == 1).all()
    assert (field.apply(log, field.constant(Rational(2), 2)) != 0).all()


def test_refusals() -> None:
    field = _field()
    field.constant(Rational(LARGEST_LITERAL), 1)
    for literal in (Rational(LARGEST_LITERAL + 1), Rational(1, LARGEST_LITERAL + 1), Rational(-LARGEST_LITERAL - 1)):
        with pytest.raises(Unsupported, match="too large"):
            field.constant(literal, 1)
    value = field.random((2,), "x")
    with pytest.raises(Unsupported, match="too large"):
        field.power(value, Rational(100))
    with pytest.raises(Unsupported, match="order 3"):
        field.power(value, Rational(1, 3))
    with pytest.raises(Unsupported, match="bound index"):
        field.power(value, Rational(1, 2))
    small = _field(work=10)
    with pytest.raises(Unsupported, match="budget"):
        for _ in range(10):
            small.add(value, value)


def test_named_numbers_are_unknowns() -> None:
    field = _field()
    assert (field.constant(pi, 1) == field.constant(pi, 1)).all()
    assert field.constant(pi, 3).shape == (5, 1, 1)


def test_draws_depend_on_the_key_alone() -> None:
    first = draw("a", 1).integers(0, 10**9, 4).tolist()
    draw("b").integers(0, 10**9, 4)
    assert draw("a", 1).integers(0, 10**9, 4).tolist() == first
    assert draw("a", 2).integers(0, 10**9, 4).tolist() != first
