"""What is not read: each message says what was met, where, and the way out; every limit fires; nothing is evaluated."""

from __future__ import annotations

import builtins
import os
import time

import pytest

from gradproof.derivations.notation.reading import Limits, Unread, Unreadable, read, read_formula

#: A text, the column (from 1) at which the reading stops, and words of the message.
UNREADABLE = [
    (
        r"\frac{\alpha E}{\partial w} = x",
        7,
        r"\alpha stands where \partial is expected; did you mean \frac{\partial E}{",
    ),
    (r"\frac{\partial E}{\alpha w} = x", 19, r"did you mean \frac{\partial E}{\partial w}?"),
    (r"\frac{\alpha L_2}{\partial \hat{w}_{ij}}", 7, r"did you mean \frac{\partial L_2}{\partial\hat{w}_{ij}}?"),
    (r"\frac{\partial E}{x}", 19, r"did you mean \frac{\partial E}{\partial x}?"),
    (r"\frac{\partial E}{x_i}", 19, r"did you mean \frac{\partial E}{\partial x_i}?"),
    (r"\frac{\partial E}{}", 19, r"did you mean \frac{\partial E}{\partial w}?"),
    (r"\frac{\partial E}{\partial w", 29, "a brace missing"),
    (r"\frac{\partial^2 E}{\partial w}", 1, "order 2 above the line and 1 below"),
    (r"\frac{\partial^x E}{\partial w}", 16, "from 1 to 9"),
    (r"E = \partial w", 5, "∂ stands alone"),
    (r"\nabla_{W}ᵢ F", 11, "two of _"),
    (r"\nabla^2^2 F", 9, "two of ^"),
    ("(a + b", 1, "( is not closed"),
    ("a + b)", 6, ") closes a bracket that is not open"),
    ("x ] y", 3, "] closes a bracket"),
    ("x^{2", 3, "{ is not closed"),
    (r"\sum_{i", 6, "{ is not closed"),
    (r"\sqrt[3", 8, "degree of a root"),
    ("|a", 1, "the bar | is not closed"),
    (r"\left| a + b", 1, "is not closed"),
    (r"\rvert a", 1, "what stands before it"),
    (r"a + \foo b", 5, r"\foo is not known"),
    ("a + ", 4, "what comes after the last sign"),
    (r"\frac{1}", 9, "what comes after the last sign"),
    ("x^", 3, "subscript or superscript is expected"),
    ("a = = b", 5, "= stands where a quantity is expected"),
    (r"a ? b", 3, "? stands where a quantity is expected"),
    (r"\sum_{i=1}_j x_i", 11, "two things below it"),
    (r"a \stackrel= -2 b^{c} = d", 12, "= stands where a quantity is expected"),
    (r"\stackrel\mathstrut", 10, "what comes after the last sign"),
    (r"\hat{a+b}", 1, "no name"),
    (r"\operatorname{}", 1, "names nothing"),
    (r"\begin{cases}\end{cases}", 1, "is empty"),
    (r"\begin{cases} a & b", 1, r"has no \end{cases}"),
    (r"\begin{pmatrix} a & b", 1, r"has no \end{pmatrix}"),
    (r"\begin{pmatrix} a \end{bmatrix}", 1, r"has no \end{pmatrix}"),
    (r"\begin{tikzpicture} x \end{tikzpicture}", 1, "no environment of formulas"),
    (r"\label{a", 7, "a brace is not closed"),
    (r"\forall x a", 12, "a comma is expected"),
    ("a\x00b", 2, "U+0000"),
    ("a\u202eb", 2, "U+202E"),
    (r"\[ a \]", 1, r"\[ is no command"),
    (r"\newcommand{\a}{\a\a}\a", 22, "may call itself"),
    (r"\def\a{\b}\def\b{\a}\a", 21, "may call itself"),
    (r"\newcommand{\a}[1]{#2}\a x", 23, "an argument that it does not have"),
    (r"\newcommand{\a}[2]{#1}\a x", 23, "lacks an argument"),
    (r"\newcommand{\a}[1]{#1}\a{x", 23, "a brace is missing"),
]


@pytest.mark.parametrize(("text", "column", "words"), UNREADABLE)
def test_a_message_has_its_place_and_its_way_out(text: str, column: int, words: str) -> None:
    found = [part for part in read(text) if isinstance(part, Unread)]
    assert found, read(text)
    assert words in found[0].message
    assert found[0].span.start + 1 == column
    assert ";" in found[0].message or "?" in found[0].message
    assert "Token(" not in found[0].message
    assert "stop" not in found[0].message


LIMITED = [
    ("x" * 20_001, "20001 characters; at most 20000"),
    ("(" * 70 + "x" + ")" * 70, "nested deeper than 60"),
    ("{" * 70 + "x" + "}" * 70, "nested deeper than 60"),
    (r"\frac{1}{" * 70 + "x" + "}" * 70, "nested deeper than 60"),
    (r"\sqrt{" * 70 + "x" + "}" * 70, "nested deeper than 60"),
    ("x^{" * 70 + "x" + "}" * 70, "nested deeper than 60"),
    ("1" * 41, "41 digits; at most 40"),
    (r"\newcommand{\a}{xx}\newcommand{\b}{\a\a}" + r"\b" * 1500, "does not come to an end"),
]


@pytest.mark.parametrize(("text", "words"), LIMITED, ids=lambda value: value[:30])
def test_every_limit_fires_and_fires_soon(text: str, words: str) -> None:
    started = time.perf_counter()
    (only,) = (part for part in read(text) if isinstance(part, Unread))
    assert words in only.message
    assert time.perf_counter() - started < 5  # a hang, not a timing


def test_limits_can_be_set() -> None:
    assert isinstance(read("x + y", limits=Limits(characters=4))[0], Unread)
    assert isinstance(read("((x))", limits=Limits(depth=3))[0], Unread)
    assert isinstance(read("123", limits=Limits(digits=2))[0], Unread)
    assert not isinstance(read("x + y")[0], Unread)


def test_macros_that_grow_without_end_are_stopped() -> None:
    doubling = "".join(
        rf"\newcommand{{\{a}}}{{\{b}\{b}}}" for a, b in zip("abcdefghijklmno", "bcdefghijklmnop", strict=True)
    )
    (only,) = read(doubling + r"\newcommand{\p}{x}\a")
    assert isinstance(only, Unread)
    assert "does not come to an end" in only.message


def test_what_can_be_read_beside_it_is_read() -> None:
    first, second, third = read(r"a = b \\ c = \foo \\ d = e")
    assert not isinstance(first, Unread)
    assert isinstance(second, Unread)
    assert not isinstance(third, Unread)


def test_one_formula_is_asked_for() -> None:
    with pytest.raises(Unreadable, match="2 formulas"):
        read_formula(r"a = b \\ c = d")
    with pytest.raises(Unreadable, match="not closed"):
        read_formula("(a")


HOSTILE = [
    "__import__('os').system('touch gradproof_was_here')",
    r"\operatorname{__import__}(os)",
    "eval(x)",
    r"\write18{touch gradproof_was_here}",
    r"\input{/etc/passwd}",
    "9**9**9",
    "9^{9^{9^{9}}}",
    "x.__class__",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_is_evaluated(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("text was evaluated")

    for name in ("eval", "exec", "open"):
        monkeypatch.setattr(builtins, name, refuse)
    monkeypatch.setattr(os, "system", refuse)
    read(text)
