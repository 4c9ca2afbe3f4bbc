"""Values for tensors by their domain: seeded batches for runs, Hypothesis strategies for tests.

Domains hold exactly, not up to rounding. Entries that sum to one are whole multiples of a power of two, few enough bits
that every partial sum is exact in float64: a formula that needs Σ y = 1 can be compared with no excuse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from gradproof.derivations.calculus import Dim, Domain, Tensor

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Array = NDArray[np.float64]

LARGEST_SIZE = 8
#: What a person can follow, all exact in binary; the first ones are drawn most often.
SMALL_NUMBERS = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0, -3.0, 1.5, -0.25, 10.0)
#: Entries that sum to one are multiples of these; 8 entries of at most 40 in size stay below 2^53 multiples.
PROBABILITY_GRID = 2.0**-48
SIGNED_GRID = 2.0**-40


class Mode(Enum):
    """How real entries are drawn. Saturated inputs test little, so that bounded ones come first."""

    BOUNDED = "between −40 and 40"
    NORMAL = "standard normal"
    TIES = "equal up to a few units in the last place"
    ZEROS = "mostly zero"
    WIDE = "between −1000 and 1000"
    POWERS = "between 2^−1000 and 2^1000 in size"
    SUBNORMAL = "below 2^−900 in size, also subnormal"
    SMALL = "small numbers such as 0, ±1, 1/2"


def assignments(dims: Sequence[Dim], count: int, rng: np.random.Generator) -> list[dict[Dim, int]]:
    """`count` size assignments (more if there are more dims), each of pairwise distinct sizes.

    Distinct sizes keep a transposed result from passing. Every dim has the size 1 in one of them. Sizes go up to 8, or
    up to the number of dims if there are more.
    """
    if not dims:
        return [{}]
    # Many sizes at once make large arrays, so that they are drawn from a shorter range.
    largest = LARGEST_SIZE if len(dims) <= 2 else max(4, len(dims))
    found = []
    for number in range(max(count, len(dims))):
        sizes = [int(size) for size in rng.permutation(np.arange(2, largest + 1))[: len(dims)]]
        if len(sizes) < len(dims) or number < len(dims):
            one = number % len(dims)
            sizes = [*sizes[:one], 1, *sizes[one : len(dims) - 1]]
        found.append(dict(zip(dims, sizes, strict=True)))
    return found


def batch(
    tensors: Sequence[Tensor], sizes: Mapping[Dim, int], points: int, mode: Mode, rng: np.random.Generator
) -> dict[Tensor, Array]:
    """Values of each tensor, shape (points, *sizes of the tensor), that respect its domain.

    Raises KeyError when a tensor has a dim without a size.
    """
    return {tensor: values(tensor.domain, (points, *(sizes[d] for d in tensor.dims)), mode, rng) for tensor in tensors}


def values(domain: Domain, shape: tuple[int, ...], mode: Mode, rng: np.random.Generator) -> Array:
    """An array of this shape in the domain; what sums to one does so along the last axis."""
    match domain:
        case Domain.REAL:
            return _real(shape, mode, rng)
        case Domain.POSITIVE:
            return _positive(shape, mode, rng)
        case Domain.UNIT:
            return _unit(shape, mode, rng)
        case Domain.SUMS_TO_ONE:
            return sum_to_one(_real(shape, mode, rng))
        case Domain.SIMPLEX:
            return _small_simplex(shape, rng) if mode is Mode.SMALL else normalise(_positive(shape, mode, rng))
        case Domain.ONE_HOT:
            return np.eye(shape[-1])[rng.integers(0, shape[-1], shape[:-1])]
        case Domain.BINARY:
            return rng.integers(0, 2, shape).astype(np.float64)


def sum_to_one(entries: Array, grid: float = SIGNED_GRID, largest: float = 40) -> Array:
    """Entries clipped to ±largest and rounded to the grid; the last one is what is missing from 1."""
    places = np.rint(np.clip(entries, -largest, largest) / grid)
    places[..., -1] = 1 / grid - places[..., :-1].sum(axis=-1)
    return np.asarray(places * grid)


def normalise(weights: Array, grid: float = PROBABILITY_GRID) -> Array:
    """Probabilities on the grid in proportion to positive weights; the largest takes what rounding leaves."""
    whole = 1 / grid
    scaled = weights / weights.max(axis=-1, keepdims=True)
    share = scaled / scaled.sum(axis=-1, keepdims=True)
    places = np.maximum(1.0, np.rint(share * whole))
    largest = np.expand_dims(places.argmax(axis=-1), -1)
    rest = whole - places.sum(axis=-1, keepdims=True)
    np.put_along_axis(places, largest, np.take_along_axis(places, largest, -1) + rest, -1)
    return np.asarray(places * grid)


def _real(shape: tuple[int, ...], mode: Mode, rng: np.random.Generator) -> Array:
    signs = rng.choice([-1.0, 1.0], shape)
    match mode:
        case Mode.BOUNDED:
            return rng.uniform(-40, 40, shape)
        case Mode.NORMAL:
            return rng.standard_normal(shape)
        case Mode.WIDE:
            return rng.uniform(-1000, 1000, shape)
        case Mode.ZEROS:
            return np.where(rng.random(shape) < 0.7, 0.0, rng.standard_normal(shape))
        case Mode.POWERS:
            return np.asarray(np.exp2(rng.uniform(-1000, 1000, shape)) * signs)
        case Mode.SUBNORMAL:
            return np.asarray(np.exp2(rng.uniform(-1074, -900, shape)) * signs)
        case Mode.SMALL:
            return rng.choice(SMALL_NUMBERS, shape, p=_favouring(len(SMALL_NUMBERS)))
        case Mode.TIES:
            first = shape[:1] + (1,) * (len(shape) - 1)
            common = rng.standard_normal(first) * rng.choice([1.0, 30.0, 200.0], first)
            steps = rng.integers(-2, 3, shape) * rng.integers(0, 2, first)  # half of the points tie exactly
            return np.asarray(common + steps * np.spacing(common))


def _favouring(count: int) -> Array:
    weights = 1 / np.arange(2, count + 2)
    return np.asarray(weights / weights.sum())


def _small_simplex(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Probabilities with the least power of two as denominator that leaves a choice: (1/4, 3/4), (1/2, 3/8, 1/8)."""
    size = shape[-1]
    whole = 1 << (2 * size - 1).bit_length()
    parts = 1 + rng.multinomial(whole - size, [1 / size] * size, shape[:-1])
    return np.asarray(parts / whole)


def _positive(shape: tuple[int, ...], mode: Mode, rng: np.random.Generator) -> Array:
    sizes = np.abs(_real(shape, mode, rng))
    return np.where(sizes == 0, 1.0, sizes)


def _unit(shape: tuple[int, ...], mode: Mode, rng: np.random.Generator) -> Array:
    drawn = rng.random(shape)
    if mode is Mode.TIES:
        drawn = np.broadcast_to(rng.random(shape[:1] + (1,) * (len(shape) - 1)), shape)
    elif mode is Mode.SUBNORMAL:
        drawn = np.exp2(rng.uniform(-1074, -900, shape))
    elif mode is Mode.SMALL:
        drawn = rng.integers(1, 8, shape) / 8
    elif mode is Mode.POWERS:
        near = np.exp2(rng.uniform(-53, 0, shape))
        drawn = np.where(drawn < 0.5, near, 1 - near)
    return np.clip(drawn, 5e-324, 1 - 2.0**-53)


# Hypothesis. Entries are never filled with one value: equal entries hide swapped indices.


def sizes(dims: Sequence[Dim], largest: int = LARGEST_SIZE) -> SearchStrategy[dict[Dim, int]]:
    """Pairwise distinct sizes from 1 to `largest`; raises ValueError when there are more dims than sizes."""
    from hypothesis import strategies as st

    if len(dims) > largest:
        raise ValueError(f"{len(dims)} sizes cannot be pairwise distinct between 1 and {largest}")
    numbers = st.lists(st.integers(1, largest), min_size=len(dims), max_size=len(dims), unique=True)
    return numbers.map(lambda drawn: dict(zip(dims, drawn, strict=True)))


def arrays(tensor: Tensor, sizes: Mapping[Dim, int]) -> SearchStrategy[Array]:
    """Values of a tensor in its domain, real entries between −40 and 40; raises KeyError for a dim without a size."""
    from hypothesis import strategies as st

    shape = tuple(sizes[dim] for dim in tensor.dims)
    match tensor.domain:
        case Domain.REAL:
            return _array(shape, st.floats(-40, 40))
        case Domain.POSITIVE:
            return _array(shape, st.floats(0, 40, exclude_min=True))
        case Domain.UNIT:
            return _array(shape, st.floats(0, 1, exclude_min=True, exclude_max=True))
        case Domain.SUMS_TO_ONE:
            return _array(shape, st.floats(-40, 40)).map(sum_to_one)
        case Domain.SIMPLEX:
            return _array(shape, st.integers(1, 1 << 20).map(float)).map(normalise)
        case Domain.ONE_HOT:
            places = _array(shape[:-1], st.integers(0, shape[-1] - 1).map(float))
            return places.map(lambda drawn: np.eye(shape[-1])[drawn.astype(int)])
        case Domain.BINARY:
            return _array(shape, st.sampled_from([0.0, 1.0]))
    raise AssertionError(f"no strategy for {tensor.domain}")


def logits(size: int) -> SearchStrategy[Array]:
    """Real vectors of shape (size,), entries between −40 and 40."""
    return _vector(size, Domain.REAL)


def probabilities(size: int) -> SearchStrategy[Array]:
    """Positive vectors of shape (size,) that sum to exactly 1."""
    return _vector(size, Domain.SIMPLEX)


def one_hot(size: int) -> SearchStrategy[Array]:
    """Vectors of shape (size,) with one 1, zero elsewhere."""
    return _vector(size, Domain.ONE_HOT)


def _vector(size: int, domain: Domain) -> SearchStrategy[Array]:
    n = Dim("n")
    return arrays(Tensor("v", n, domain=domain), {n: size})


def _array(shape: tuple[int, ...], elements: Any) -> SearchStrategy[Array]:
    from hypothesis import strategies as st
    from hypothesis.extra import numpy as hnp

    return hnp.arrays(np.float64, shape, elements=elements, fill=st.nothing())
