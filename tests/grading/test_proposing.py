"""Proposals: usual definitions are offered where they make a passage hold, never applied, and never invented."""

from __future__ import annotations

import pytest

from gradproof.derivations.meaning import Glossary, declared
from gradproof.grading.lexicon import MOST, proposals
from gradproof.grading.passages import Effort, judge_passage
from gradproof.grading.proposing import Proposal, propose
from gradproof.grading.seen import Seen
from gradproof.grading.status import LineStatus


def offered(text: str, given: str = "") -> tuple[Proposal, ...]:
    glossary, macros = declared(given)
    return propose(text, macros, glossary)


#: Statements written anew, each with a definition that must be among the first lines offered.
HOLDS = {
    "logistic": (r"\frac{d a}{d z} = a (1 - a)", r"a = \sigma(z)"),
    "tanh": (r"\frac{\partial h}{\partial a} = 1 - h^2", r"h = \tanh(a)"),
    "softmax": (r"\frac{\partial p_k}{\partial o_m} = p_k (\delta_{km} - p_m)", r"p = \softmax(o)"),
    "cross-entropy": (
        r"\frac{\partial L}{\partial \hat{y}_k} = -\frac{y_k}{\hat{y}_k}",
        r"L = -\sum_k y_k \log \hat{y}_k",
    ),
    "binary": (r"\frac{\partial J}{\partial p} = \frac{p - y}{p (1 - p)}", r"J = -y \log p - (1 - y) \log(1 - p)"),
    "squared": (r"\frac{\partial E}{\partial y} = 2 (y - t)", r"E = (t - y)^2"),
    "half squared": (r"\frac{\partial E}{\partial y} = y - t", r"E = \frac12 (t - y)^2"),
    "unit": (r"\frac{\partial z}{\partial w} = x", r"z = w x"),
    "softplus": (r"\frac{d}{dx} \zeta(x) = \sigma(x)", r"\zeta(x) = \log(1 + \exp(x))"),
    "line": (r"\frac{\partial}{\partial b} f(m, b) = \frac{2}{N} \sum_i (m x_i + b - y_i)", r"f(m,b) = \frac1N"),
    "chain": (
        r"\frac{\partial z}{\partial x} = \frac{\partial z}{\partial y} \frac{\partial y}{\partial x} = f'(y) f'(x)",
        "y = f(x)",
    ),
    "dependences": (
        r"\frac{\partial u}{\partial x} = \frac{\partial u}{\partial v} \frac{\partial v}{\partial x}"
        r" + \frac{\partial u}{\partial w} \frac{\partial w}{\partial x}",
        "u = u(v, w)",
    ),
    "a layer, entry by entry": (
        r"\frac{\partial C}{\partial \mathbf{u}} = \frac{\partial C}{\partial \mathbf{v}} \odot \psi'(\mathbf{u})",
        r"\mathbf{v} = \psi(\mathbf{u})",
    ),
    "a layer of weights": (
        r"\frac{\partial C}{\partial \mathbf{u}} = \mathbf{Q}^\top \frac{\partial C}{\partial \mathbf{v}}",
        r"\mathbf{v} = \mathbf{Q} \mathbf{u}",
    ),
    "a recursion": (
        r"\frac{\partial q_k}{\partial q_{k-2}} = \frac{\partial q_k}{\partial q_{k-1}}"
        r" \frac{\partial q_{k-1}}{\partial q_{k-2}} = w^2",
        "q_k = w q_{k-1} + x_k",
    ),
    "a density": (
        r"\log \text{Laplace}(u; 0, 1) = -|u| - \log 2",
        r"\mathrm{Laplace}(x; m, b) = \frac{1}{2b} e^{-|x-m|/b}",
    ),
    "macros": (r"\norm{\Va - \Vb}^2 = \norm{\Va}^2 - 2 \Va^\tran \Vb + \norm{\Vb}^2", r"\newcommand{\Va}{\mathbf{a}}"),
}


@pytest.mark.parametrize("name", HOLDS)
def test_a_usual_definition_is_offered_and_makes_the_statement_hold(name: str) -> None:
    text, line = HOLDS[name]
    before = judge_passage(text, {}, Glossary(), frozenset(), Effort()).found
    assert not all(judged.status.ok for judged in before)
    found = offered(text)
    assert any(any(line in each for each in proposal.lines) for proposal in found), found
    for proposal in found:
        assert not proposal.refuted and proposal.holds
        glossary, macros = declared("\n".join(proposal.lines))
        after = judge_passage(text, macros, glossary, frozenset(), Effort()).found
        assert all(judged.status.ok or judged.status is LineStatus.DEFINITION for judged in after)


@pytest.mark.parametrize(
    "text",
    [
        r"\frac{d a}{d z} = a (1 + a)",
        r"\frac{\partial p_k}{\partial o_m} = p_k (\delta_{km} + p_m)",
        r"\frac{\partial E}{\partial y} = 3 (y - t)",
        r"\frac{\partial J}{\partial p} = \frac{y - p}{p (1 - p)}",
    ],
)
def test_no_usual_definition_makes_a_slip_hold(text: str) -> None:
    for proposal in offered(text):
        assert proposal.refuted and all(report.counterexample for report in proposal.refuted)
        assert proposal.asked  # nothing of the text says that this is meant


def test_what_a_part_of_the_text_bears_out_is_no_question() -> None:
    (only,) = offered(r"\frac{d a}{d z} = \sigma(z)(1 - \sigma(z)) = a (1 - a) = a - a^3")
    assert only.lines == (r"a = \sigma(z)",)
    assert not only.asked and not only.free and only.holds == 2 and len(only.refuted) == 1


def test_a_definition_does_not_bear_itself_out() -> None:
    text = r"\frac{\partial q_i}{\partial z_i} = \frac{\partial \frac{e^{z_i}}{c}}{\partial z_i} = q_i (1 - q_i)"
    assert offered(text)[0].lines == (r"q_i = \frac{e^{z_i}}{c}", r"c = \sum_k e^{z_k}")
    constant = text.replace("e^{z_i}", "z_i^3")  # nothing usual makes it hold: is c a constant?
    found = offered(constant)
    assert found and all(proposal.asked for proposal in found)


def test_what_a_name_may_be_is_asked() -> None:
    found = offered(r"\frac{\partial E}{\partial y} = \frac{\partial (y - t)^2}{\partial y} = 2 (y - t) = y - t")
    assert all(proposal.asked and "t" in proposal.free for proposal in found)
    assert found


def test_readings_that_dispute_each_other_are_both_asked() -> None:
    text = r"\frac{d a}{d z} = 1 - a^2 \\ \frac{d a}{d z} = a (1 - a)"  # tanh by the one, the logistic by the other
    asked = {proposal.lines for proposal in offered(text) if proposal.asked}
    assert asked == {(r"a = \sigma(z)",), (r"a = \tanh(z)",)}


def test_no_line_is_offered_that_is_not_needed() -> None:
    text = r"\frac{\partial q_i}{\partial z_j} = q_i (\delta_{ij} - q_j)"
    (first, *_) = offered(text)
    assert first.lines == (r"q = \softmax(z)",)


def test_what_is_declared_is_not_proposed_anew() -> None:
    assert offered(r"\frac{d a}{d z} = 1 - a^2", r"a = \sigma(z)") == () or all(
        not line.startswith("a =")
        for found in offered(r"\frac{d a}{d z} = 1 - a^2", r"a = \sigma(z)")
        for line in found.lines
    )
    assert offered("x + 1 = x", "x : R") == ()


def test_nothing_is_proposed_for_what_cannot_be_read() -> None:
    assert offered(r"\frac{a}{ = \alfa") == ()


def test_the_glossary_stays_what_it_was() -> None:
    glossary = Glossary()
    propose(r"\frac{d a}{d z} = a (1 - a)", {}, glossary)
    assert not glossary.definitions and not glossary.heads


def test_the_number_of_tries_is_bounded() -> None:
    assert len(list(proposals(Seen()))) == 0
    assert MOST <= 200
