"""The NumPy function beside an entry computes its result: both in 60 digits, at sizes that are pairwise distinct."""

from __future__ import annotations

import inspect
import itertools
import zlib
from typing import Any

import mpmath
import numpy as np
import pytest
from sympy import Expr

from gradproof.derivations.calculus import Derivation, Dim, Index, Tensor, definitions_in
from gradproof.derivations.catalogue import derivations, find, names
from gradproof.derivations.notation.names import python_name
from gradproof.verify.strategies import Mode, values

from .numbers import DIGITS, Data, High, plain, value

#: Entries that have no reference function, and why.
WITHOUT = {
    "sigmoid_derivative_limit_right": "a limit is no computation",
    "sigmoid_derivative_limit_left": "a limit is no computation",
    **dict.fromkeys(
        (
            "sigmoid_limit_right",
            "sigmoid_limit_left",
            "tanh_limit_right",
            "tanh_limit_left",
            "softplus_near_relu",
            "softplus_slope_right",
            "power_times_exponential",
            "xlogx_at_zero",
            "squared_error_saturates",
            "cross_entropy_does_not_saturate",
        ),
        "a limit is no computation",
    ),
    "layer_output_delta": "the activation and the loss are arbitrary",
    "layer_delta": "the activation is arbitrary",
    **dict.fromkeys(
        ("product_rule", "quotient_rule", "chain_rule", "slope_of_three_layers"), "the functions are arbitrary"
    ),
    **dict.fromkeys(("directional_derivative", "derivative_along_curve", "descent_slope"), "the function is arbitrary"),
    **dict.fromkeys(
        ("taylor_curvature", "gradient_normal_to_any_contour", "across_the_gradient"), "the function is arbitrary"
    ),
    "sgd_unbiased": "the loss is arbitrary",
}
#: Functions that NumPy does not run on objects; what they give is a whole number, which float64 holds exactly.
IN_FLOAT64 = {"entropy_of_one_hot", "max_gradient", "top_two_gradient", "max_norm_gradient"}
IN_FLOAT64 |= {"min_gradient", "kth_value_gradient", "matrix_one_norm_gradient", "row_maxima_jacobian"}
#: Of one number there is no second largest, no second smallest, and no deviation to divide by.
LEAST_SIZE = {"top_two_gradient": 2, "kth_value_gradient": 2, "scaled_feature_variance": 2}
#: Equal to so many digits; differences and rounding leave about 40.
EQUAL = 30

REFERENCED = [name for name in names() if find(name).reference is not None]


def _tensors(derivation: Derivation) -> dict[str, Tensor]:
    """Every tensor that the entry reaches, by its name in code."""
    found: set[Tensor] = set()
    for side in (derivation.statement, derivation.result):
        found |= side.atoms(Tensor)
        for defined in definitions_in(side):
            found |= {defined} | defined.definition[1].atoms(Tensor)
    by_name: dict[str, Tensor] = {}
    for tensor in sorted(found, key=lambda tensor: (str(tensor.name), tensor.definition is not None)):
        by_name.setdefault(python_name(str(tensor.name)), tensor)
    return by_name


def _dims(derivation: Derivation) -> list[Dim]:
    sides: list[Any] = [derivation.statement, derivation.result, *derivation.indices, *_tensors(derivation).values()]
    found: set[Dim] = set()
    for side in sides:
        found |= {side} if isinstance(side, Dim) else side.atoms(Dim)
        found |= {index.dim for index in side.atoms(Index)}
        found |= {dim for tensor in side.atoms(Tensor) for dim in tensor.dims}
    return sorted(found, key=lambda dim: str(dim.name))


def _drawn(derivation: Derivation, sizes: dict[Dim, int], seed: int) -> dict[Tensor, Any]:
    """Data for the parameters of the reference function, in the domain of each tensor."""
    tensors = _tensors(derivation)
    found = {}
    for name in inspect.signature(derivation.reference).parameters:
        tensor = tensors[name]
        rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
        shape = tuple(sizes[dim] for dim in tensor.dims)
        found[tensor] = values(tensor.domain, (1, *shape), Mode.NORMAL, rng)[0]
    return found


def computed(derivation: Derivation, sizes: dict[Dim, int], drawn: dict[Tensor, Any]) -> Any:
    """What the reference function gives, an array of 60 digits."""
    tensors = _tensors(derivation)
    arguments = {}
    for name in inspect.signature(derivation.reference).parameters:
        array = drawn[tensors[name]]
        if derivation.name not in IN_FLOAT64:
            array = np.vectorize(High, otypes=[object])(array)
        arguments[name] = array if np.ndim(array) else array[()]
    result = np.asarray(derivation.reference(**arguments))
    return np.vectorize(plain, otypes=[object])(result)


def evaluated(derivation: Derivation, expression: Expr, sizes: dict[Dim, int], drawn: dict[Tensor, Any]) -> Any:
    """What an expression is at the same data: an axis for each index of the entry."""
    data: Data = {}
    for tensor, array in drawn.items():
        data |= {(tensor, place): mpmath.mpf(float(array[place])) for place in np.ndindex(array.shape)}
    shape = tuple(sizes[index.dim] for index in derivation.indices)
    result = np.empty(shape, dtype=object)
    for place in np.ndindex(shape):
        result[place] = value(expression, dict(zip(derivation.indices, place, strict=True)), data, sizes)
    return result


def differences(first: Any, second: Any) -> list[Any]:
    """Relative differences, place by place; numbers below 1e-30 count as 0."""
    return [abs(one - other) / max(abs(one), abs(other), 1) for one, other in zip(first.flat, second.flat, strict=True)]


def sizes_for(derivation: Derivation, smallest: int) -> dict[Dim, int]:
    return {dim: smallest + place for place, dim in enumerate(_dims(derivation))}


@pytest.mark.parametrize("name", REFERENCED)
def test_the_reference_computes_the_result(name: str) -> None:
    derivation = find(name)
    for smallest, seed in ((2, 0), (LEAST_SIZE.get(name, 1), 1)):
        sizes = sizes_for(derivation, smallest)
        assert len(set(sizes.values())) == len(sizes)
        drawn = _drawn(derivation, sizes, seed)
        with mpmath.workdps(DIGITS):
            found = computed(derivation, sizes, drawn)
            expected = evaluated(derivation, derivation.result, sizes, drawn)
            assert found.shape == expected.shape == tuple(sizes[index.dim] for index in derivation.indices)
            assert max(differences(found, expected)) < mpmath.mpf(10) ** -EQUAL


@pytest.mark.parametrize("name", ["softmax_jacobian", "hidden_layer_hidden_weights", "batch_inputs", "kl_of_one_hot"])
def test_the_comparison_sees_a_result_that_is_slightly_off(name: str) -> None:
    derivation = find(name)
    sizes = sizes_for(derivation, 2)
    drawn = _drawn(derivation, sizes, 0)
    with mpmath.workdps(DIGITS):
        right = evaluated(derivation, derivation.result, sizes, drawn)
        off = np.asarray(right * (1 + mpmath.mpf(10) ** -20), dtype=object)
        assert max(differences(computed(derivation, sizes, drawn), off)) > mpmath.mpf(10) ** -EQUAL


def test_who_has_no_reference_is_listed_with_the_reason() -> None:
    assert {entry.name for entry in derivations() if entry.reference is None} == set(WITHOUT)
    assert all(WITHOUT.values())


def test_parameters_are_named_after_tensors() -> None:
    for name in REFERENCED:
        entry = find(name)
        parameters = list(inspect.signature(entry.reference).parameters)
        assert set(parameters) <= set(_tensors(entry)), name
        assert parameters, name


def test_branches_have_no_reference_of_their_own() -> None:
    branches = list(itertools.chain.from_iterable(entry.branches for entry in derivations()))
    assert branches and all(branch.reference is None for branch in branches)
