"""The language of declarations: each form, and what is said of a line that declares nothing."""

from __future__ import annotations

import pytest

from gradproof.derivations.calculus import Domain
from gradproof.derivations.meaning import BadDeclaration, Glossary, Layout, declared


def glossary(text: str) -> Glossary:
    return declared(text)[0]


SORTS = [
    ("x : R", ("x", ""), (), Domain.REAL),
    ("x : n", ("x", ""), ("n",), Domain.REAL),
    ("X : N x d", ("X", ""), ("N", "d"), Domain.REAL),
    (r"X : N \times d", ("X", ""), ("N", "d"), Domain.REAL),
    ("X : N × d", ("X", ""), ("N", "d"), Domain.REAL),
    (r"X : \mathbb{R}^{N \times d}", ("X", ""), ("N", "d"), Domain.REAL),
    (r"\mathbf{x} : R^n", ("x", "bold"), ("n",), Domain.REAL),
    ("t : onehot C", ("t", ""), ("C",), Domain.ONE_HOT),
    ("p : simplex C", ("p", ""), ("C",), Domain.SIMPLEX),
    ("T : onehot N x C", ("T", ""), ("N", "C"), Domain.ONE_HOT),
    (r"\delta : >0", ("δ", ""), (), Domain.POSITIVE),
    ("b : (0,1)", ("b", ""), (), Domain.UNIT),
    ("t : bits", ("t", ""), (), Domain.BINARY),
    ("t_i : bits", ("t", ""), ("",), Domain.BINARY),
    ("p : >0 n", ("p", ""), ("n",), Domain.POSITIVE),
    (r"\mathbf{x}_i : d", ("x", "bold"), ("", "d"), Domain.REAL),
    ("W^{(2)} : m x n", ("W^(2)", ""), ("m", "n"), Domain.REAL),
    ("h^o : q", ("h^o", ""), ("q",), Domain.REAL),
]


@pytest.mark.parametrize(("text", "key", "sizes", "domain"), SORTS)
def test_sorts(text: str, key: tuple[str, str], sizes: tuple[str, ...], domain: Domain) -> None:
    head = glossary(text).heads[key]
    assert (head.axes, head.sizes, head.domain) == (len(sizes), sizes, domain)


def test_rows_and_symmetric_matrices() -> None:
    assert glossary("b : row q").heads["b", ""].row
    assert not glossary("b : q").heads["b", ""].row
    assert glossary("H : sym n x n").heads["H", ""].symmetric


def test_several_names_in_one_line() -> None:
    assert set(glossary(r"\mathbf{x}, y, z_i : n").heads) == {("x", "bold"), ("y", ""), ("z", "")}


@pytest.mark.parametrize("text", ["k : 1..n", r"k : 1, \dots, n", "k : 1…n"])
def test_ranges(text: str) -> None:
    found = glossary(text)
    assert found.ranges == {"k": "n"}
    assert "n" in found.sizes


def test_functions() -> None:
    found = glossary("f : R -> R\ng : m -> n\nE = E(a)")
    assert found.functions["f", ""].inputs == ()
    assert found.functions["g", ""].inputs == ("m",)
    assert found.functions["g", ""].outputs == ("n",)
    assert found.functions["E", ""].of


def test_definitions_conditions_and_layouts() -> None:
    found = glossary("z_i = x_i + b\nf(x) = x^2\nP(t=1|z) = \\sigma(z)\ni \\ne j\nlayout numerator")
    assert found.definitions["z", ""].indices == ("i",)
    assert found.definitions["f", ""].arguments is not None
    assert len(found.patterns) == 1
    assert found.different == [("i", "j")]
    assert found.layout is Layout.NUMERATOR
    assert found.layout_declared


def test_empty_lines_and_comments_declare_nothing() -> None:
    assert glossary("\n# a comment\n\n").heads == {}
    assert ("x", "") in glossary("x : n  # the input").heads


def test_macros_may_stand_among_them() -> None:
    found, macros = declared(r"\newcommand{\vx}{\mathbf{x}}" + "\n" + r"\vx : n")
    assert ("x", "bold") in found.heads
    assert "vx" in macros


def test_a_glossary_grows_without_changing_the_first() -> None:
    first = glossary("x : n")
    second, _ = declared("y : n", first)
    assert ("y", "") not in first.heads
    assert {("x", ""), ("y", "")} <= set(second.heads)


BAD = [
    ("hello", "declares nothing"),
    ("x : 5", "is no shape"),
    ("x : n n n", "is no shape"),
    ("x : __import__('os')", "is no shape"),
    ("2 : n", "is no name"),
    ("x + y : n", "is no name"),
    ("layout sideways", "the layouts are mixed, numerator, denominator"),
    ("x = (a", "not closed"),
    (r"x = \foo", r"\foo is not known"),
    ("x^2 = y", "a power of x"),
    ("x^2 : n", "a power of x"),
    ("x + y = z", "is a name"),
    ("x_{k-1} = z", "subscript"),
    ("x \\le y", "declares nothing"),
    ("i : 1..", "is no shape"),
]


@pytest.mark.parametrize(("text", "words"), BAD)
def test_a_line_that_declares_nothing_is_named(text: str, words: str) -> None:
    with pytest.raises(BadDeclaration) as raised:
        declared("a : n\n" + text)
    assert words in str(raised.value)
    assert "line 2" in str(raised.value)
