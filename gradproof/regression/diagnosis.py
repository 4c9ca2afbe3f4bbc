"""Which slip makes a wrong derivative of the right one; a hint beside a counterexample, found by numbers.

A factor that is the same everywhere tells most: −1 is a wrong sign, a size is a forgotten mean. Then the slips of the
table are tried on the right derivative, and one that gives all the wrong numbers is named.
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
        setting = settings(comparison.descriptions, sizes)[0]
        places = list(comparison.places(setting, *comparison.formulas(setting)))
        wanted = [derivative(shifted(place.function, _shift), *place.by) for place in places]
    except (Untraceable, Unsupported):
        return ""
    return _by_factor(comparison, setting, places, wanted) or _by_table(setting, places, wanted)


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


def _by_factor(comparison: Comparison, setting: Setting, places: Sequence[Place], wanted: Sequence[Expr]) -> str:
    claimed, right = _values(setting, [place.claimed for place in places]), _values(setting, wanted)
    with np.errstate(all="ignore"):
        ratio = np.where(right != 0, claimed / right, np.where(claimed == 0, np.nan, np.inf))
    ratio = ratio[~np.isnan(ratio)]
    if ratio.size and np.isfinite(ratio).all() and _same(ratio, ratio.flat[0]).all():
        return _TEXTS.get(_factor(float(ratio.flat[0]), setting.sizes), "")
    if comparison.order and len(comparison.by) == 1:
        square = round(len(places) ** 0.5)
        turned = right.reshape(2, square, square).swapaxes(1, 2) if square**2 == len(places) > 1 else None
        if turned is not None and _same(claimed.reshape(turned.shape), turned).all():
            return _TEXTS["swapped indices"]
    return ""


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
