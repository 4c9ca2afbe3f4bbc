"""Which slip makes a wrong derivative of the right one; a hint beside a counterexample, found by numbers.

A factor that is the same wherever numbers are wrong tells most: −1 is a wrong sign, a size is a forgotten mean. Then
the slips of the table are tried on the right derivative, and one that gives all the wrong numbers is named. Of another
factor it is said how large it is.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sympy import Expr

from gradproof.derivations.calculus import Dim, Entry, Scalar
from gradproof.derivations.slips import SLIPS
from gradproof.verify.counterexample import with_minus
from gradproof.verify.evaluation import Unsupported
from gradproof.verify.structure import entries_in
from gradproof.verify.work import OutOfWork, work_limit

from .comparison import Comparison
from .deciding import Place
from .differentiation import derivative
from .evaluating import in_floats
from .settings import Setting, settings
from .tracing import Untraceable
from .tracing.constants import rough_numbers
from .tracing.maximum import shifted

Array = NDArray[Any]

#: Sizes at which numbers are told apart from sizes: 2 is a factor, 3 is a size. Of many sizes only the first is.
_SIZES, _OF_MANY = (3, 5), (3, 2, 2, 2, 2, 2)
#: Numbers are taken for the same up to this part; it decides about the name of a mistake only.
_SAME = 2.0**-30
#: Larger derivatives and more places are not looked through, nor with more steps of work than these.
_LARGEST, _PLACES, _WORK = 300, 6, 500_000_000
_TEXTS = {slip.name: slip.text.en for slip in SLIPS}


def known_slip(comparison: Comparison) -> str:
    """The slip in words, or empty if none is known, or none was found with little work."""
    try:
        with work_limit(_WORK):
            return _slip(comparison)
    except OutOfWork:
        return ""


def _slip(comparison: Comparison) -> str:
    dims = tuple(dict.fromkeys(dim for one in comparison.descriptions.values() for dim in one.dims))
    if len(dims) > len(_OF_MANY):
        return ""
    sizes = dict(zip(dims, _SIZES if len(dims) <= len(_SIZES) else _OF_MANY, strict=False))
    try:
        setting = settings(comparison.descriptions, sizes)[-1]  # where what is 0 or 1 is 1
        places = list(comparison.places(setting, *comparison.formulas(setting)))
        wanted = [derivative(shifted(place.function, _shift), *place.by) for place in places]
    except (Untraceable, Unsupported):
        return ""
    ratio = _ratio(setting, places, wanted)
    return (
        _by_factor(ratio, setting)
        or _turned(comparison, setting, places, wanted)
        or _by_table(setting, places, wanted)
        or ("" if ratio is None else f"what is wrong is {_factor_in_words(ratio, setting)} times what it should be")
    )


def _shift(maximum: Expr) -> Entry:
    return Scalar(f"shift {maximum}")


def _values(setting: Setting, formulas: Sequence[Expr]) -> Array:
    """The formulas in floats at two points; shape (2, formulas)."""
    rows = []
    for seed in (0, 1):
        drawn = setting.drawn(np.random.default_rng(seed))
        values = {
            symbol: float(number)
            for name, array in setting.symbols.items()
            for symbol, number in zip(array.flat, drawn[name].flat, strict=True)
        }
        values |= {symbol: float(number) for symbol, number in rough_numbers(formulas).items()}
        row = np.empty(len(formulas), dtype=object)
        row[:] = [shifted(formula, _shift) for formula in formulas]
        for entry in frozenset().union(*map(entries_in, row)) - set(values):
            values[entry] = 0.5  # a shift, on which nothing depends
        rows.append(in_floats(row, values))
    return np.array(rows)


def _ratio(setting: Setting, places: Sequence[Place], wanted: Sequence[Expr]) -> float | None:
    """How many times too large all wrong numbers are, if that is the same everywhere."""
    claimed, right = _values(setting, [place.claimed for place in places]), _values(setting, wanted)
    wrong = ~(_same(claimed, right) | (np.isnan(claimed) & np.isnan(right)))
    with np.errstate(all="ignore"):
        ratio = np.where(right != 0, claimed / right, np.inf)[wrong]
    one = bool(ratio.size) and np.isfinite(ratio).all() and _same(ratio, ratio.flat[0]).all()
    return float(ratio.flat[0]) if one else None


def _by_factor(ratio: float | None, setting: Setting) -> str:
    return _TEXTS.get(_factor(ratio, setting.sizes), "") if ratio is not None else ""


def _factor_in_words(ratio: float, setting: Setting) -> str:
    """A factor as a root of a size, or as a number."""
    sizes = list(setting.sizes.values())
    for dim, size in setting.sizes.items():
        if size == 1 or sizes.count(size) > 1:
            continue  # no name can be told from another one
        for sign, said in ((0.5, f"√{dim.name}"), (-0.5, f"1/√{dim.name}")):
            if _same(abs(ratio), size**sign):
                return with_minus(f"{'-' if ratio < 0 else ''}{said}")
    return with_minus(f"{ratio:.4g}")


def _turned(comparison: Comparison, setting: Setting, places: Sequence[Place], wanted: Sequence[Expr]) -> str:
    """Whether the matrix by one argument is the transposed one."""
    claimed, right = _values(setting, [place.claimed for place in places]), _values(setting, wanted)
    square = round(len(places) ** 0.5)
    if not comparison.order or len(comparison.by) != 1 or not square**2 == len(places) > 1:
        return ""
    turned = right.reshape(2, square, square).swapaxes(1, 2)
    return _TEXTS["swapped indices"] if _same(claimed.reshape(turned.shape), turned).all() else ""


def _factor(ratio: float, sizes: dict[Dim, int]) -> str:
    known = {-1.0: "sign", 2.0: "twice", 0.5: "half", 1 + 1e-6: "slightly off"}
    for count in range(1, len(sizes) + 1):
        for some in itertools.combinations(sizes.values(), count):
            if (product := float(np.prod(some))) > 2:
                known |= {product: "size dropped", 1 / product: "mean"}
    return next((name for factor, name in known.items() if _same(ratio, factor)), "")


def _same(first: Any, second: Any) -> Any:
    return np.abs(first - second) <= _SAME * np.abs(second)


def _by_table(setting: Setting, places: Sequence[Place], wanted: Sequence[Expr]) -> str:
    wrong = [pair for pair in zip(places, wanted, strict=True) if _differ(setting, *pair)][:_PLACES]
    if not wrong or any(_size(right) > _LARGEST for _, right in wrong):
        return ""
    for slip in SLIPS:
        if all(_leads(setting, slip.mistakes(right), place.claimed) for place, right in wrong):
            return slip.text.en
    return ""


def _differ(setting: Setting, place: Place, right: Expr) -> bool:
    claimed, expected = _values(setting, [place.claimed, right]).T
    return not _same(claimed, expected).all()


def _leads(setting: Setting, mistakes: Iterator[Expr], claimed: Expr) -> bool:
    """Whether one of some mistakes gives what is claimed."""
    some = list(itertools.islice(mistakes, 40))
    try:
        wanted, *found = _values(setting, [claimed, *some]).T
    except Unsupported:
        return False
    return any(_same(one, wanted).all() for one in found)


def _size(expression: Expr) -> int:
    return 1 + sum(map(_size, expression.args))
