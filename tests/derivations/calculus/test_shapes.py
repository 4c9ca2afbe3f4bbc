"""Sizes and sorts that do not fit are refused when an expression is built, and the message names both."""

from __future__ import annotations

import pickle
import re

import pytest
from sympy import S, Symbol

from gradproof.derivations.calculus import (
    Different,
    Dim,
    Domain,
    Entry,
    Equal,
    Index,
    Limit,
    Matrix,
    Partial,
    Program,
    Scalar,
    ShapeError,
    Sum,
    Tensor,
    Text,
    Vector,
    define,
    definitions_in,
    exp,
    sigmoid,
)

n, m = Dim("n", "k l"), Dim("m")
i, j, k = n.indices("i j k")
a = m.index("a")
x, A = Vector("x", n), Matrix("A", n, m)


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: x[a], ("index a runs over m", "axis of x has size n")),
        (lambda: A[a, i], ("index a runs over m", "axis of A has size n")),
        (lambda: A[i, j], ("index j runs over n", "axis of A has size m")),
        (lambda: x[i, j], ("x has shape (n,)", "2 indices")),
        (lambda: A[i], ("A has shape (n, m)", "1 indices")),
        (lambda: x[Symbol("i")], ("i is not an index", "x has shape (n,)")),
        (lambda: Equal(i, a), ("i (over n)", "a (over m)")),
        (lambda: Different(a, i), ("a (over m)", "i (over n)")),
        (lambda: x[i].xreplace({i: a}), ("index a runs over m", "axis of x has size n")),
        (lambda: define("p", i, A[i, a]), ("formula of p", "free index a (over m)")),
    ],
)
def test_what_does_not_fit_is_refused_with_both_sizes(build: object, words: tuple[str, ...]) -> None:
    with pytest.raises(ShapeError) as error:
        build()
    for part in words:
        assert part in str(error.value)


def test_a_derivative_is_by_an_entry_and_a_limit_in_a_scalar() -> None:
    with pytest.raises(TypeError, match=re.escape("by an entry of a tensor, not by x")):
        Partial(x[i], x)
    with pytest.raises(TypeError, match=re.escape("in a scalar, not in x[i]")):
        Limit(exp(x[i]), x[i], S.Infinity)
    with pytest.raises(TypeError, match="oo, -oo or a rational number, not at t"):
        Limit(exp(Scalar("t")), Scalar("t"), Scalar("t"))


def test_sizes_and_indices_are_what_they_are_named_and_where_they_run() -> None:
    assert Dim("n") != Dim("n", "r s")
    assert Index("i", n) == i != Index("i", m)
    assert m.index("i") != i
    assert Dim("m").index("a") == a


def test_tensors_are_equal_when_all_of_them_is() -> None:
    assert Vector("x", n) is x
    assert Vector("x", n, domain=Domain.POSITIVE) != x != Vector("x", m)
    p, q = define("p", i, exp(x[i])), define("p", i, sigmoid(x[i]))
    assert p != q
    assert p == define("p", i, exp(x[i]))
    assert p[j] != q[j]


def test_a_definition_is_read_at_any_indices() -> None:
    p = define("p", i, exp(x[i]) / Sum(exp(x[k]), k))
    assert p.body(j) == exp(x[j]) / Sum(exp(x[i]), i)
    assert p.body(k) == exp(x[k]) / Sum(exp(x[i]), i)  # k is bound in the definition: nothing is captured
    with pytest.raises(ValueError, match="x has no definition; define"):
        x.body(i)


def test_definitions_come_innermost_first() -> None:
    u = define("u", i, x[i] ** 2)
    v = define("v", i, exp(u[i]))
    w = define("w", Sum(v[i] * u[i], i))
    assert definitions_in(Entry(w) + x[i]) == (u, v, w)


@pytest.mark.parametrize("thing", [n, i, x, A[i, a], define("p", i, exp(x[i])), Sum(exp(x[k]), k), Partial(x[i], x[j])])
def test_everything_survives_pickling(thing: object) -> None:
    again = pickle.loads(pickle.dumps(thing))
    assert again == thing
    assert hash(again) == hash(thing)
    assert type(again) is type(thing)


def test_a_program_has_a_scalar_loss_and_names_only_what_it_has() -> None:
    z = define("z", i, x[i] ** 2)
    with pytest.raises(ValueError, match=r"z has shape \('n',\); a loss is a scalar"):
        Program(z)
    with pytest.raises(ValueError, match="x is no definition of the program of E"):
        Program(define("E", Sum(z[i], i)), adjoints={x: "delta"})
    with pytest.raises(ValueError, match="E does not depend on y"):
        Program(define("E", Sum(z[i], i))).derive(Vector("y", n)[i], title=Text("", ""))
    assert Tensor("E").definition is None
