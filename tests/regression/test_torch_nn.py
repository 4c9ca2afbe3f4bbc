"""The docstrings of torch.nn: every module has a row, every row its reason, and a wrong formula is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from sympy import Rational
from torch.nn.modules import activation, loss

from gradproof.derivations.calculus import Scalar, exp, relu, step
from gradproof.derivations.notation.reading import read_formula
from gradproof.derivations.notation.reading.syntax import BigOperator, walk
from gradproof.regression.torch_nn.checking import SPECS, Row, Status, rows, rows_of
from gradproof.regression.torch_nn.docstrings import Formula, formulas_of
from gradproof.regression.torch_nn.kinks import described, kinks_of
from gradproof.regression.torch_nn.labels import without_labels
from gradproof.regression.torch_nn.page import page
from gradproof.regression.torch_nn.spec import Spec, Untied
from gradproof.regression.torch_nn.understanding import NoFormula, documented

PAGE = Path(__file__).parents[2] / "docs" / "torch-nn.md"
MODULES = frozenset(activation.__all__) | frozenset(loss.__all__)
x = Scalar("x")

#: All that is not proved: the module, the call, what is said of it, and what.
NOT_PROVED = {
    ("CosineEmbeddingLoss", "y = 1, margin = 1/4", what, Status.DIFFERS) for what in ("forward", "x_1", "x_2")
} | {
    ("MultiLabelSoftMarginLoss", "as printed", "forward", Status.UNREAD),
    ("GaussianNLLLoss", "var a tensor, eps = 1/2", "var", Status.DIFFERS),
}  # fmt: skip
UNTIED = {"MultiheadAttention", "Softmax2d", "MultiLabelMarginLoss", "CTCLoss", "LinearCrossEntropyLoss", "NLLLoss2d"}


@pytest.fixture(scope="module")
def table() -> tuple[Row, ...]:
    return tuple(rows())


def spec_of(module: str, **named: Any) -> Spec:
    found = (spec for spec in SPECS if isinstance(spec, Spec) and spec.module == module)
    return next(spec for spec in found if all(getattr(spec, name) == value for name, value in named.items()))


def changed(module: str, written: str, other: str) -> tuple[Formula, ...]:
    """The formulas of a docstring in which a part is another one."""
    formulas = formulas_of(getattr(torch.nn, module))
    found = tuple(replace(formula, text=formula.text.replace(written, other)) for formula in formulas)
    assert found != formulas
    return found


def test_every_module_of_torch_has_a_row() -> None:
    assert {spec.module for spec in SPECS} == MODULES
    assert {spec.module for spec in SPECS if isinstance(spec, Untied)} == UNTIED


def test_everything_is_proved_but_what_is_named(table: tuple[Row, ...]) -> None:
    found = [(row, finding) for row in table for finding in row.findings]
    assert {(r.module, r.call, f.what, f.status) for r, f in found if f.status is not Status.PROVED} == NOT_PROVED
    assert sum(f.status is Status.PROVED for _, f in found) > 150


def test_no_row_is_unexplained(table: tuple[Row, ...]) -> None:
    for row in table:
        assert row.findings or row.reason, row
        assert row.formula or row.reason, row
        assert all(f.detail for f in row.findings if f.status is not Status.PROVED), row
        assert row.reading != "changed" or row.changes, row


def test_the_page_is_what_the_command_writes(table: tuple[Row, ...]) -> None:
    assert page(table, torch.__version__, frozenset(activation.__all__)) == PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("module", "written", "other", "named"),
    [
        ("ELU", r"\exp(x) - 1", r"2 \exp(x) - 1", {}),
        ("Hardshrink", r"x < -\lambda", r"x < -2\lambda", {}),
        ("Tanh", r"{\exp(x) + \exp(-x)}", r"{\exp(x) + 1.000001\exp(-x)}", {}),
        ("MSELoss", "^2", "^4", {"reduction": "mean"}),
        ("NLLLoss", r"l_n = - w_{y_n}", r"l_n = w_{y_n}", {"reduction": ""}),
        ("SELU", "1.0507009873554804934193349852946", "1.0507009873554", {}),
    ],
)
def test_a_wrong_formula_differs_with_a_counterexample(
    module: str, written: str, other: str, named: Mapping[str, Any]
) -> None:
    found = list(rows_of(spec_of(module, **named), changed(module, written, other)))
    wrong = [finding for row in found for finding in row.findings if finding.status is Status.DIFFERS]
    assert {finding.what for finding in wrong} == {"forward", "x"}
    assert all("left" in finding.detail and "right" in finding.detail for finding in wrong)


def test_the_border_of_a_case_is_compared_as_well() -> None:
    formulas = changed("Threshold", r"x > \text{threshold}", r"x \geq \text{threshold}")
    (row,) = rows_of(spec_of("Threshold"), formulas)
    assert [finding.status for finding in row.findings] == [Status.DIFFERS, Status.PROVED]
    assert "x = 1/2" in row.findings[0].detail


class Halved(torch.autograd.Function):
    """x², with half of its slope."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx: Any, slope: torch.Tensor) -> torch.Tensor:
        return slope * ctx.saved_tensors[0]


def test_a_wrong_backward_pass_differs_where_the_forward_pass_is_proved() -> None:
    spec = Spec("Square", "Square", lambda torch, x: Halved.apply(x))
    (row,) = rows_of(spec, (Formula(r"\text{Square}(x) = x^2", 1, True),))
    assert [finding.status for finding in row.findings] == [Status.PROVED, Status.DIFFERS]


def test_what_nobody_declared_or_wrote_is_said() -> None:
    spec = Spec("Square", "Square", lambda torch, x: x)
    with pytest.raises(NoFormula, match="nothing says what q is"):
        documented(spec, (Formula(r"\text{Square}(x) = q x", 1, True),))
    with pytest.raises(NoFormula, match="no formula that begins with Square"):
        documented(spec, (Formula(r"y = x", 1, True),))
    understood, left_out = documented(spec, (Formula(r"\text{Square}(x) = x^2 = x \otimes x", 1, True),))
    assert [one.expression for one in understood] == [x**2] and "⊗" in left_out[0]
    mean = replace(spec, defines="l", declarations="x : N\nn : 1..N", reduction="mean")
    with pytest.raises(NoFormula, match="no formula says what the reduction mean is"):
        documented(mean, (Formula("l_n = x_n", 1, True),))


def test_formulas_are_taken_as_they_stand() -> None:
    class Documented:
        r"""A title.

        A sentence with :math:`a = 1`.

        .. math:: y = x

        .. math::
            z =
              x + 1

            w = 2

        Text.
        """

    class Silent(Documented):
        pass

    found = formulas_of(Documented)
    assert [(one.text, one.line, one.block) for one in found] == [
        ("y = x", 5, True), ("z =\n      x + 1\n\n    w = 2", 7, True), ("a = 1", 3, False),
    ]  # fmt: skip
    assert formulas_of(Silent) == ()


def test_entries_at_labels_become_sums_over_one_hot_rows() -> None:
    node = read_formula(r"w_{y_n} x_{n,y_n} + v[y] + x_{n,m}")
    sums = [
        part for part in walk(without_labels(node, {"y_n": "t_{n,k}", "y": "s_k"})) if isinstance(part, BigOperator)
    ]
    assert [part.body for part in sums] == [
        read_formula(body) for body in ("t_{n,k} w_k", "t_{n,k} x_{n,k}", "s_k v_k")
    ]
    assert without_labels(node, {}) == node


def test_kinks_are_named_once_and_with_what_torch_takes() -> None:
    assert kinks_of(relu(-x) + step(x) + relu(1 - exp(2 * x))) == (x,)
    assert described(kinks_of(relu(x - Rational(1, 2))), lambda torch, x: torch.relu(x - 0.5)) == (
        "x = 1/2 (Torch takes 0)"
    )
    assert described((x - 1,), lambda torch, x, a: x) == "x = 1"
