"""Text is never taken for a formula: SymPy would evaluate it as code."""

from pathlib import Path

import pytest
from sympy import S

from gradproof.derivations.calculus import (
    Activation,
    Dim,
    Limit,
    Partial,
    Relation,
    Scalar,
    Sum,
    define,
    exp,
    relu,
    sqrt,
)
from gradproof.derivations.calculus.formula import formula
from gradproof.verify.claim import Claim

n = Dim("n")
k = n.index("k")
x = Scalar("x")

PLACES = {
    "formula": formula,
    "exp": exp,
    "relu": relu,
    "sqrt": sqrt,
    "activation": Activation("phi"),
    "sum": lambda text: Sum(text, k),
    "derivative": lambda text: Partial(text, x),
    "limit": lambda text: Limit(text, x, S.Infinity),
    "definition": lambda text: define("E", text),
    "left": lambda text: Claim("c", text, Relation.EQUAL, x),
    "right": lambda text: Claim("c", x, Relation.EQUAL, text),
}


@pytest.mark.parametrize("place", PLACES)
def test_text_is_refused_and_never_run(place, tmp_path):
    trace = tmp_path / "trace"
    for text in ("x + 1", f"__import__('pathlib').Path({str(trace)!r}).touch()", ""):
        with pytest.raises(TypeError, match="is no formula"):
            PLACES[place](text)
    assert not Path(trace).exists()


@pytest.mark.parametrize("value", [None, [1, 2], (x,), {"a": 1}, object(), True])
def test_what_is_no_formula_is_refused(value):
    with pytest.raises(TypeError, match="is no formula"):
        formula(value)


def test_numbers_and_formulas_pass():
    assert formula(0) is S.Zero
    assert formula(x) is x
    assert Claim("c", 0, Relation.EQUAL, x - x).lhs == Claim("c", 0, Relation.EQUAL, x - x).rhs == 0
