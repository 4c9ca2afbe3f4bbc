"""The measured table: every stable form of the catalogue beside its naive one, and forms that are known to be bad."""

from __future__ import annotations

import importlib.util
import json
import math
from fractions import Fraction
from functools import cache
from typing import Any

import mpmath
import numpy as np
import pytest
from sympy import Abs, Expr, Rational

from gradproof.derivations.calculus import (
    Derivation,
    Different,
    Dim,
    Domain,
    Negative,
    Positive,
    Scalar,
    Sum,
    Vector,
    exp,
    log,
    log1p,
    relu,
    sigmoid,
)
from gradproof.derivations.catalogue import derivations, find
from gradproof.verify.evaluation import Evaluator, Point
from gradproof.verify.numeric import bounded
from gradproof.verify.numeric.bounded import Bounded
from gradproof.verify.numeric.floats import BoundedFloats
from gradproof.verify.stability import (
    FORMATS,
    DifferentFormsError,
    Failure,
    NoStableFormError,
    Outcome,
    Row,
    Table,
    stability,
    stability_of,
)
from gradproof.verify.stability.arithmetic import Floats, computed
from gradproof.verify.stability.measure import Pair

ENTRIES = [entry for entry in derivations() if entry.stable]
#: The stable form loses digits, too: log of a sum that rounds to 1 (a remark of the entry says so), and Torch's own σ,
#: which is 0 from −89 on, though e^−89 is a subnormal number.
LOSES = {"cross_entropy_stable": set(FORMATS), "sigmoid_derivative_stable": {"bfloat16"}}

n = Dim("n")
i, j, k = n.indices("i j k")
x, w = Scalar("x"), Scalar("w", Domain.POSITIVE)
z = Vector("z", n)
SOFTPLUS = log(1 + exp(x)), relu(x) + log1p(exp(-Abs(x)))


@cache
def table(entry: Derivation) -> Table:
    return stability_of(entry, points=200)


def row(naive: Expr, stable: Expr, dtype: str, **how: Any) -> Row:
    (found,) = stability(naive, stable, (dtype,), **how).rows
    return found


def failure(found: Row, outcome: Outcome, sign: int) -> Failure:
    (only,) = [item for item in found.naive.failures if item.outcome is outcome and item.sign == sign]
    return only


def test_the_catalogue_has_stable_forms() -> None:
    assert len(ENTRIES) >= 12
    assert {"softplus_stable", "log_sum_exp_stable", "binary_cross_entropy_stable"} <= {entry.name for entry in ENTRIES}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_the_stable_form_is_better_in_every_dtype_and_gives_a_number_everywhere(entry: Derivation) -> None:
    rows = table(entry).rows
    assert [found.dtype for found in rows] == ["float64", "float32", "float16", "bfloat16"]
    for found in rows:
        assert found.unavailable == "" and found.points > 50 and not found.dropped
        assert found.stable.worst < found.naive.worst
        outcomes = {item.outcome for item in found.stable.failures}
        assert outcomes <= ({Outcome.LOST} if found.dtype in LOSES.get(entry.name, ()) else set())
        assert found.naive.failures, "where the naive form is as good, there is no reason for another"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_the_stable_form_is_as_exact_as_its_operations_allow(entry: Derivation) -> None:
    """Every measured error is within the running bound of what rounding can do to these operations, in float64."""
    dtype = FORMATS["float64"]
    pair = Pair(entry.statement, entry.result, entry.given)
    values = pair.drawn(200, dtype, 1)
    exact = pair.exact(values, dtype)
    point: Point[Bounded] = Point(pair.sizes, lambda tensor: bounded.exact(values[tensor]))
    with np.errstate(all="ignore"):
        found = Evaluator(BoundedFloats(), point).value(entry.result, pair.axes)
    shape = (len(exact), *(pair.sizes[axis.dim] for axis in pair.axes))
    allowed = np.broadcast_to(found.bound, shape).reshape(exact.shape)
    results = computed(entry.result, pair.axes, Point(pair.sizes, lambda tensor: values[tensor]), dtype)
    results = np.broadcast_to(results, shape).reshape(exact.shape)
    compared = 0
    for place in np.ndindex(exact.shape):
        if np.isfinite(results[place]) and np.isfinite(allowed[place]):
            assert abs(Fraction(results[place]) - exact[place]) <= Fraction(allowed[place]), (place, values)
            compared += 1
    assert compared > exact.size / 2


MPMATH: dict[str, tuple[Any, Any, Any]] = {
    "softplus_stable": (
        lambda x: np.log(1 + np.exp(x)),
        lambda x: np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))),
        lambda x: mpmath.log(1 + mpmath.exp(x)),
    ),
    "log_near_one_stable": (lambda x: np.log(1 + x), np.log1p, lambda x: mpmath.log(1 + x)),
    "exp_near_zero_stable": (lambda x: np.exp(x) - 1, np.expm1, lambda x: mpmath.exp(x) - 1),
    "sigmoid_stable": (
        lambda x: 1 / (1 + np.exp(-x)),
        lambda x: np.exp(-np.maximum(-x, 0)) / (1 + np.exp(-np.abs(x))),
        lambda x: 1 / (1 + mpmath.exp(-x)),
    ),
    "log_sigmoid_stable": (
        lambda x: np.log(1 / (1 + np.exp(-x))),
        lambda x: -np.maximum(-x, 0) - np.log1p(np.exp(-np.abs(x))),
        lambda x: -mpmath.log(1 + mpmath.exp(-x)),
    ),
}


def worst_error(values: np.ndarray[Any, Any], truth: Any, name: str) -> float:
    """By mpmath in 1,500 digits, with NumPy's own spacing; where the truth is beyond the range, nothing is compared."""
    dtype = np.dtype(name)
    errors = []
    for value, exact in zip(values, truth, strict=True):
        size = abs(exact)
        if size > mpmath.mpf(float(np.finfo(dtype).max)):
            continue
        near = dtype.type(float(size))  # may round up to the next power of two, whose spacing is the wider one
        if mpmath.mpf(float(near)) > size:
            near = np.nextafter(near, dtype.type(0))
        error = abs(mpmath.mpf(float(value)) - exact) / mpmath.mpf(float(np.spacing(near)))
        errors.append(float(error) if np.isfinite(value) else math.inf)
    return max(errors)


@pytest.mark.parametrize("dtype", ("float64", "float32", "float16"))
@pytest.mark.parametrize("name", MPMATH)
def test_the_worst_errors_are_those_that_mpmath_finds(name: str, dtype: str) -> None:
    """Forms written in NumPy by hand, exact values in 1,500 digits: the same worst errors at the same points."""
    entry, (naive, stable, truth) = find(name), MPMATH[name]
    measured = row(entry.statement, entry.result, dtype, given=entry.given, points=150, seed=3)
    pair = Pair(entry.statement, entry.result, entry.given)
    (drawn,) = pair.drawn(150, FORMATS[dtype], 3).values()
    points = drawn[np.abs(drawn) < 1e4].astype(dtype)  # mpmath takes minutes for exp(1e300)
    with mpmath.workdps(1500), np.errstate(all="ignore"):
        exact = [truth(mpmath.mpf(float(point))) for point in points]
        for form, accuracy in ((naive, measured.naive), (stable, measured.stable)):
            expected = worst_error(form(points), exact, dtype)
            assert accuracy.worst >= expected * (1 - 2.0**-19)
            everywhere = len(points) == len(drawn)
            assert accuracy.worst <= expected * (1 + 2.0**-19) or not everywhere


def test_naive_softplus_overflows_where_exp_does() -> None:
    """From the first number on whose exponential is beyond the range: 709.8, 88.7, 11.1."""
    for name, near in (("float64", 709.8), ("float32", 88.7), ("float16", 11.1)):
        found = failure(row(*SOFTPLUS, name), Outcome.INFINITE, 1)
        assert found.beyond and float(f"{found.size:.{len(str(near)) - 1}g}") == near
        dtype = np.dtype(name).type
        first = dtype(found.size)
        with np.errstate(over="ignore"):
            assert np.isinf(np.exp(first))
            assert np.isfinite(np.exp(min(np.nextafter(first, dtype(0)), first * dtype(1 - 2.0**-18))))
        assert found.example == f"x = {found.size:.6g}"


def test_naive_softplus_at_800_is_no_number() -> None:
    pair = Pair(*SOFTPLUS)
    values = {x.tensor: np.array([800.0, -800.0, 1.0])}
    exact = pair.exact(values, FORMATS["float64"])
    assert [float(number) for number in exact[:, 0]] == [800.0, 0.0, math.log1p(math.e)]
    naive = pair.seen(pair.naive, values, exact, FORMATS["float64"])
    assert naive.outcomes == (Outcome.INFINITE, Outcome.FINE, Outcome.FINE)
    assert math.isinf(naive.errors[0]) and naive.errors[1] == 0 and naive.errors[2] < 2
    stable = pair.seen(pair.stable, values, exact, FORMATS["float64"])
    assert set(stable.outcomes) == {Outcome.FINE} and max(stable.errors) < 2


def test_the_naive_derivative_of_the_sigmoid_is_0_at_40() -> None:
    naive, stable = sigmoid(x) * (1 - sigmoid(x)), sigmoid(x) * sigmoid(-x)
    point: Point[Any] = Point({}, lambda tensor: np.array([40.0]))
    assert computed(naive, (), point, FORMATS["float64"]).tolist() == [0.0]
    assert abs(computed(stable, (), point, FORMATS["float64"])[0] / math.exp(-40) - 1) < 2.0**-50
    found = failure(row(naive, stable, "float64"), Outcome.LOST, 1)
    assert found.beyond and abs(found.size - 53 * math.log(2)) < 0.01, "1 − σ rounds to 0 from e^−x = 2^−53 on"


def test_the_same_seed_measures_the_same_and_another_seed_other_points() -> None:
    tables = [stability(*SOFTPLUS, ("float64", "float16"), points=200, seed=seed) for seed in (4, 4, 5)]
    assert tables[0] == tables[1]
    assert [found.stable.where for found in tables[0].rows] != [found.stable.where for found in tables[2].rows]
    assert tables[0].seed == 4 and tables[0].sizes == {} and tables[0].versions["numpy"] == np.__version__


def test_forms_that_are_not_equal_are_refused() -> None:
    """A table of the errors of something else would say nothing; a relative slip of 1e-12 is enough."""
    slip = 1 + Rational(1, 10**12)
    with pytest.raises(DifferentFormsError, match=r"at x = .* the naive form is .* and the stable one"):
        stability(SOFTPLUS[0], SOFTPLUS[1] * slip, ("float64",))
    with pytest.raises(DifferentFormsError):
        stability(Sum(z[k], k) ** 2, Sum(z[k] ** 2, k), ("float16",))


def test_only_entries_that_say_so_have_a_table() -> None:
    with pytest.raises(NoStableFormError, match="softmax_jacobian does not lead from a naive form to a stable one"):
        stability_of(find("softmax_jacobian"))


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="no dtype 'float8' here; the dtypes are float64, float32, float16, bfloat16"):
        stability(*SOFTPLUS, ("float8",))
    simplex = Vector("q", n, Domain.SIMPLEX)
    with pytest.raises(ValueError, match="q is positive, sums to 1, which numbers of float64 are only roughly"):
        stability(Sum(log(simplex[k]), k), Sum(log(simplex[k]), k))
    with pytest.raises(ValueError, match="nothing to vary"):
        stability(exp(Rational(1)), exp(Rational(1)))
    with pytest.raises(ValueError, match="none of 400 points of float64 satisfies the conditions"):
        stability(*SOFTPLUS, given=(Positive(x), Negative(x)))
    with pytest.raises(ValueError, match="does not select points"):
        stability(z[i] + z[j], z[j] + z[i], given=(Different(i, j),))
    with pytest.raises(ValueError, match="no exact result was found at any of 20 points"):
        stability(log(-w), log(-w), ("float32",), points=20)


def test_conditions_select_the_points() -> None:
    given = (Positive(x - 2), Negative(x - 5))
    pair = Pair(*SOFTPLUS, given)
    (drawn,) = pair.drawn(800, FORMATS["float32"], 0).values()
    assert 0 < len(drawn) < 800 and drawn.min() > 2 and drawn.max() < 5
    assert row(*SOFTPLUS, "float32", given=given).points < 400


def test_a_fraction_is_divided_once() -> None:
    """The reciprocal of a subnormal number is infinite; the fraction is not."""
    (value,) = computed(x / w, (), Point({}, lambda tensor: np.array([3e-310])), FORMATS["float64"])
    assert value == 1.0
    reciprocal = Evaluator(Floats("float64"), Point({}, lambda tensor: np.array([3e-310])))
    with np.errstate(over="ignore"):
        assert np.isinf(reciprocal.value(x / w))[0]


@pytest.mark.parametrize("name", FORMATS)
def test_every_operation_stays_in_the_dtype(name: str) -> None:
    """A single operation is off by at most half a unit; one that slipped into float64 would be off by less in all."""
    dtype = FORMATS[name]
    third = computed(x / w, (), Point({}, lambda t: np.array([1.0 if t.name == "x" else 3.0])), dtype)[0]
    assert 0 < abs(Fraction(third) - Fraction(1, 3)) <= dtype.ulp(Fraction(1, 3)) / 2
    ulp = float(dtype.ulp(Fraction(1)))
    sums = computed(Sum(z[k], k), (), Point({n: 3}, lambda t: np.array([[1.0, 1.0, ulp]])), dtype)
    assert sums[0] in (2.0, 2.0 + 2 * ulp), "2 + 2^(1−p) is no number of the dtype"


def test_without_torch_bfloat16_is_unavailable_and_the_rest_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "torch" else found(name))
    rows = stability(*SOFTPLUS, points=50).rows
    assert [item.unavailable for item in rows] == ["", "", "", "Torch is not installed"]
    assert rows[-1] == Row("bfloat16", unavailable="Torch is not installed")
    assert all(item.naive and item.stable for item in rows[:-1])


def test_the_table_as_json() -> None:
    document = json.loads(json.dumps(table(find("tanh_stable")).to_json(), allow_nan=False))
    assert (document["schema"], document["seed"], document["sizes"]) == ("gradproof/stability/1", 0, {})
    assert [item["dtype"] for item in document["rows"]] == list(FORMATS)
    first = document["rows"][0]
    assert first["naive"]["worst"] == "inf" and 0.5 < first["stable"]["worst"] < 3
    assert {(item["outcome"], item["beyond"]) for item in first["naive"]["failures"]} == {
        ("UNDEFINED", True),
        ("LOST", False),
    }
