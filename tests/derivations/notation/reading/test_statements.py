"""How a text falls into statements: rows, continuations, words between, conditions, macros. Nothing is dropped."""

from __future__ import annotations

import pytest

from gradproof.derivations.notation.reading import Macro, Span, Statement, Unread, macros_in, read, read_formula, syntax
from gradproof.derivations.notation.reading.syntax import Chain, Words, children, walk

#: A text, and for each statement its lead and the signs of its chain.
STATEMENTS = [
    ("a = b", [("", "=")]),
    (r"a = b = c \le d", [("", "==≤")]),
    (r"a &= b \\ &= c \\ &= d", [("", "===")]),
    (r"a = b \\ = c", [("", "==")]),
    (r"a &= b && \text{why} \\ &= c && \text{by this} \\ &= d", [("", "===")]),
    (r"a &= b \quad \text{(why)} \\ &= c", [("", "==")]),
    (r"a &= b && \text{if } x > 0 \\ &= c", [("", "==")]),
    (r"a &= b \\ c &= d", [("", "="), ("", "=")]),
    (r"a = b + \\ c", [("", "=")]),
    (r"a = b \\ + c", [("", "=")]),
    (r"a &= b \\ &\quad + c \\ &= d", [("", "==")]),
    (r"a = (b \\ + c)", [("", "=")]),
    (r"a = b, \quad c = d", [("", "="), ("", "=")]),
    (r"a = b \quad\text{and}\quad c = d", [("", "="), ("and", "=")]),
    (r"a = b \Rightarrow c = d", [("", "="), ("⇒", "=")]),
    (r"a = b \text{ where } p_i = q_i", [("", "="), ("where", "=")]),
    (r"f(x) = x b, \text{where } b \text{ is a number.}", [("", "="), ("where", ""), ("is a number.", "")]),
    (r"E = f(x, y)", [("", "=")]),
    (r"a = b \qquad \text{(chain rule)}", [("", "="), ("(chain rule)", "")]),
    (r"\text{We know that } a = b", [("We know that", "=")]),
    ("a = b\nc = d", [("", "="), ("", "=")]),
    ("a =\nb", [("", "=")]),
    ("a\n= b\n= c", [("", "==")]),
    (r"w \leftarrow w - \eta g", [("", "←")]),
    (r"a \propto b \approx c", [("", "∝≈")]),
    (r"\begin{aligned} a &= b \\ &= c \end{aligned}", [("", "==")]),
    (r"\begin{gather} a = b \\ c = d \end{gather}", [("", "="), ("", "=")]),
    ("", []),
    (r"\label{x}", []),
]


@pytest.mark.parametrize(("text", "expected"), STATEMENTS)
def test_a_text_falls_into_statements(text: str, expected: list[tuple[str, str]]) -> None:
    found = []
    for part in read(text):
        assert isinstance(part, Statement), part
        found.append((part.lead, "".join(part.formula.signs) if isinstance(part.formula, Chain) else ""))
    assert found == expected


CONDITIONS = [
    (r"a = b \quad \text{if } i \ne j", "≠"),
    (r"a = b \text{ for } x > 0", ">"),
    (r"a = b, \quad \text{when } i = j", "="),
    (r"\text{If } i = j, \text{ then } a = b", "="),
    (r"\text{for } i \ne j: \quad a = b", "≠"),
    (r"\forall x > 0, a = b", ">"),
    (r"\forall x \in (0, 1): a = b", "∈"),
    (r"∀ x > 0, a = b", ">"),
]


@pytest.mark.parametrize(("text", "sign"), CONDITIONS)
def test_a_condition_belongs_to_the_statement_beside_it(text: str, sign: str) -> None:
    (only,) = read(text)
    assert isinstance(only, Statement)
    assert isinstance(only.condition, Chain)
    assert only.condition.signs == (sign,)
    assert isinstance(only.formula, Chain)
    assert only.formula.signs == ("=",)


def test_words_stay() -> None:
    (only,) = read(r"\text{by the chain rule}")
    assert isinstance(only, Statement)
    assert only.formula == Words("by the chain rule")


def test_macros_are_carried_out_where_they_are_called() -> None:
    text = r"\newcommand{\vx}{\mathbf{x}}\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}\pd{E}{\vx} = \vx"
    (only,) = read(text)
    assert isinstance(only, Statement)
    assert only.formula == read_formula(r"\frac{\partial E}{\partial \mathbf{x}} = \mathbf{x}")
    assert only.span == Span(text.index(r"\pd{E}"), len(text))


@pytest.mark.parametrize(
    ("definition", "macro"),
    [
        (r"\newcommand{\a}{x}", Macro(0, "x")),
        (r"\newcommand\a{x}", Macro(0, "x")),
        (r"\renewcommand{\a}[1]{x#1}", Macro(1, "x#1")),
        (r"\newcommand{\a}[2][y]{#1#2}", Macro(2, "#1#2", "y")),
        (r"\def\a{x}", Macro(0, "x")),
        (r"\def\a#1#2{#2#1}", Macro(2, "#2#1")),
        (r"\DeclareMathOperator{\a}{foo}", Macro(0, r"\operatorname{foo}")),
    ],
)
def test_definitions_of_macros(definition: str, macro: Macro) -> None:
    found, plain = macros_in(definition + " a = b")
    assert found == {"a": macro}
    assert plain.strip() == "a = b"
    assert len(plain) == len(definition) + 6


def test_an_optional_argument_has_its_default() -> None:
    define = r"\newcommand{\d}[2][x]{\frac{\partial #2}{\partial #1}}"
    assert read_formula(define + r"\d{E}") == read_formula(r"\frac{\partial E}{\partial x}")
    assert read_formula(define + r"\d[w]{E}") == read_formula(r"\frac{\partial E}{\partial w}")


def test_names_of_several_letters_that_were_declared() -> None:
    known = read_formula("net_j", words=frozenset({"net"}))
    assert known == syntax.Scripts(syntax.Name("net", "roman"), syntax.Name("j"))
    assert isinstance(read_formula("net"), syntax.Product)


def test_every_node_knows_its_place() -> None:
    cases = r"\begin{cases} 1 & i = j \\ 0 & i \ne j \end{cases}"
    text = (
        r"\operatorname{softmax}(x) \text{tanh} y + \operatorname*{argmax}_j z_j - "
        r"\frac{\partial E}{\partial w_{ij}} = \sum_k \delta_k x_j + |a| - " + cases
    )
    (only,) = read(text)
    assert isinstance(only, Statement)
    for node in walk(only.formula):
        assert 0 <= node.span.start < node.span.end <= len(text), node
        for part in children(node):
            assert node.span.start <= part.span.start <= part.span.end <= node.span.end, (node, part)


def test_what_stands_beside_something_unreadable_has_its_own_place() -> None:
    parts = read(r"a = b \\ c = \foo \\ d = e")
    assert [type(part) for part in parts] == [Statement, Unread, Statement]
    assert [part.span.start for part in parts] == [0, 13, 21]
