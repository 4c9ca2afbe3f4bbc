"""Programs in which one named quantity depends on another: a path must not count twice."""

import pytest

from gradproof.derivations.calculus import Dim, Matrix, Program, Sum, Tensor, Text, Vector, define, sigmoid
from gradproof.verify.check import check, claims_of
from gradproof.verify.verdict import Verdict

n = Dim("n")
i, k = n.indices("i k")
W, x, t = Matrix("W", n, n), Vector("x", n), Vector("t", n)
z = define("z", i, Sum(W[i, k] * x[k], k))
y = define("y", i, x[i] + sigmoid(z[i]))  # a residual connection: x is used twice, y depends on z
E = define("E", Sum((y[k] - t[k]) ** 2, k) / 2)
TITLE = Text("a residual connection", "残差连接")


@pytest.mark.parametrize("names", [{z: "delta", y: "eta"}, {z: "delta"}, {y: "eta"}, {}])
@pytest.mark.parametrize("by", [x[i], W[i, k]])
def test_every_line_is_proved_whichever_adjoints_are_named(names, by):
    derivation = Program(E, adjoints=names).derive(by, name="residual", title=TITLE)
    reports = [check(claim) for claim in claims_of(derivation)]
    assert len(reports) >= 3
    assert [report.verdict for report in reports] == [Verdict.PROVED] * len(reports)


def test_the_results_are_one_formula_whichever_adjoints_are_named():
    by_name = Program(E, adjoints={z: "delta", y: "eta"})
    delta, eta = by_name.adjoint(z), by_name.adjoint(y)
    assert by_name.derive(x[i], title=TITLE).result == eta[i] + Sum(delta[k] * W[k, i], k)
    inner_only = Program(E, adjoints={z: "delta"}).derive(x[i], title=TITLE)
    assert inner_only.result == y[i] - t[i] + Sum(delta[k] * W[k, i], k)


def test_a_loss_that_is_not_given_refuses_names_for_quantities_that_depend_on_each_other():
    program = Program(Tensor("F"), adjoints={z: "delta", y: "eta"}, outputs=(y,))
    with pytest.raises(ValueError, match="y is defined with the help of z"):
        program.derive(x[i], title=TITLE)
