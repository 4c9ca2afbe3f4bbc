"""What a person wrote as MathML: sign for sign, whole for every formula of the corpus, and harmless."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from gradproof.derivations.notation.reading import Statement, read, read_formula
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.written import written_mathml

CORPUS = Path(__file__).parents[2] / "corpus" / "formulas.jsonl"


def shown(text: str) -> str:
    """The text of the MathML of a formula, without what is invisible."""
    return re.sub("<[^>]*>|[\u2061\u2062]", "", written_mathml(read_formula(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"p_i (\delta_{ij} - p_j)", "pi(δij−pj)"),
        (r"-a + b \pm c", "−a+b±c"),
        (r"\frac{\partial^2 E}{\partial w^2}", "∂2E∂w2"),
        (r"\frac{\partial}{\partial x} (x + 1)", "∂∂x(x+1)"),
        (r"\sum_{k=1}^{n} \log x_k", "∑k=1nlogxk"),
        (r"\mathbf{W}^\top \odot X", "𝐖⊤⊙X"),
        (r"\mathcal{L} + \mathbb{R}", "ℒ+ℝ"),
        (r"\hat{y}'", "y^′"),
        (r"\lVert x \rVert_2^2", "‖x‖22"),
        (r"\begin{cases} 1 & i = j \\ 0 & \text{otherwise} \end{cases}", "{1i=j0otherwise"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(abcd)"),
        (r"\nabla_w f = a \le b", "∇wf=a≤b"),
        (r"\mathbf{1}[i = j]", "𝟏{i=j}"),
        (r"\sqrt[3]{x} / n!", "x3/n!"),
        (r"\underbrace{a}_{b} + \boxed{c}", "a⏟b+c"),
    ],
)
def test_sign_for_sign(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_every_formula_of_the_corpus_is_whole() -> None:
    kinds: set[type[s.Node]] = set()
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        for part in read(json.loads(line)["latex"]):
            if isinstance(part, Statement):
                kinds |= {type(node) for node in s.walk(part.formula)}
                tree = ElementTree.fromstring(written_mathml(part.formula))
                numbers = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}
                assert all(len(each) == numbers.get(each.tag, len(each)) for each in tree.iter())
    assert len(kinds) >= 20


def test_every_kind_of_node_is_written() -> None:
    leaves = {name for name, kind in vars(s).items() if isinstance(kind, type) and issubclass(kind, s.Node)} - {"Node"}
    source = Path(written_mathml.__code__.co_filename).read_text(encoding="utf-8")
    assert [name for name in sorted(leaves) if f"s.{name}(" not in source] == []


def test_what_people_write_is_escaped() -> None:
    found = written_mathml(s.Sum((s.Words("</math><script>"), s.Name("<b>"), s.Number('"&')), ("", "+", "-")))
    assert "<script" not in found
    assert "&lt;/math&gt;&lt;script&gt;" in found
    ElementTree.fromstring(found)


def test_parts_are_marked_with_their_signs() -> None:
    formula = read_formula("a - b c")
    assert isinstance(formula, s.Sum)
    found = written_mathml(formula, {formula.terms[1].span})
    (marked,) = re.findall('<mrow class="changed">(.*)</mrow></mrow></math>', found)
    assert re.sub("<[^>]*>|\u2062", "", marked) == "−bc"
