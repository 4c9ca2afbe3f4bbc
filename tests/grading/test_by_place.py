"""What a passage says of its own names by their place: read off where it is said, and nowhere else."""

from __future__ import annotations

import pytest

from gradproof.derivations.meaning import Glossary, declared
from gradproof.derivations.notation.reading import Statement, read
from gradproof.grading.by_place import by_place


def lines(text: str, given: str = "") -> tuple[str, ...]:
    glossary, macros = declared(given) if given else (Glossary(), {})
    formulas = [part.formula for part in read(text, macros=macros) if isinstance(part, Statement)]
    return tuple(placed.line for placed in by_place(formulas, text, glossary))


SAID = {
    "below the line": (r"\frac{\partial a}{\partial s} = \frac{\partial \tanh(s)}{\partial s}", (r"a = \tanh(s)",)),
    "before the line": (r"\frac{\partial E}{\partial y} = \frac{\partial}{\partial y} (y - t)^2", ("E = (y - t)^2",)),
    "in a sum": (
        r"\frac{\partial E}{\partial w} = \sum_k \frac{\partial q_k^2}{\partial w}",
        (r"E = \sum_k (q_k^2)",),
    ),
    "with signs": (
        r"\frac{dE}{dw} = 2 \frac{d u}{dw} - \frac{d v}{dw}",
        ("E = 2 (u) - (v)",),
    ),
    "in a product": (r"\sigma(s) (1 - \sigma(s)) = a (1 - a)", (r"a = \sigma(s)",)),
    "in a fraction": (r"\frac{a}{1 + b^2} = \frac{\sin x}{1 + b^2}", (r"a = \sin x",)),
    "by a derivative": (r"\frac{\partial u}{\partial v} = g'(v)", ("g : R -> R", "u = g(v)")),
    "under a logarithm": (r"\log L(\theta) = \sum_i t_i \log p_i", (r"L(\theta) = \exp(\sum_i t_i \log p_i)",)),
    "under a negative one": (r"-\log Q = x^2", (r"Q = \exp(-x^2)",)),
    "a function and its shift": (
        r"\frac{f(x+h) - f(x)}{h} = \frac{(x+h)^3 - x^3}{h}",
        ("f(x) = x^3",),
    ),
    "a chance": (r"2 P(t=1|z) = 2 \sigma(z)", (r"P(t=1|z) = \sigma(z)",)),
    "what was met first": (r"2 a = 2 x^2 \\ 3 a = 3 y^2", ("a = x^2",)),
}


@pytest.mark.parametrize("name", SAID)
def test_a_name_is_what_stands_in_its_place(name: str) -> None:
    text, expected = SAID[name]
    assert lines(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        r"a = \sigma(s)",  # a definition, or the claim itself
        r"f(x) = x^2",
        r"2 a = 2 b",  # a name for a name
        r"2 a = 2 \cdot 3",
        r"2 a = 2 a^2",  # it would stand in its own definition
        r"a + b = \sin x",  # which part is which?
        r"a \sin x = b \cos x",
        r"a^2 + a = x^4 + y^2",  # once x², once y²
        r"\frac{f(x+h) - 1}{h} = \frac{(x+h)^3 - 1}{h}",  # f(x) itself is not said
        r"\frac{\partial E}{\partial w} = \frac{\partial u}{\partial v}",
        r"2 a' = 2 x^2",
        r"2 a \le 2 x^2",
    ],
)
def test_nothing_is_read_off_where_nothing_is_said(text: str) -> None:
    assert lines(text) == ()


def test_what_is_declared_stays_what_it_is() -> None:
    text = r"\frac{\partial a}{\partial s} = \frac{\partial \tanh(s)}{\partial s}"
    assert lines(text, "a : R") == ()
    assert lines(text, r"a = \sigma(s)") == ()


def test_each_line_knows_where_it_was_read() -> None:
    text = r"x = y \\ 2 a = 2 x^2 = 3"
    formulas = [part.formula for part in read(text) if isinstance(part, Statement)]
    (placed,) = by_place(formulas, text, Glossary())
    assert text[placed.member.start : placed.member.end] == "2 x^2"
