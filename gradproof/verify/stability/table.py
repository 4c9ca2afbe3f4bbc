"""The table of a naive and a stable form: the worst error of each in every dtype, and where the naive form fails."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sympy import Expr

from gradproof.derivations.calculus import Condition, Derivation

from .arithmetic import unavailable
from .failures import Failure, failures
from .formats import FORMATS, Format
from .measure import Pair, Seen, picked, shown
from .points import Values

#: The schema that `Table.to_json` writes.
SCHEMA = "gradproof/stability/1"
#: Points for each dtype: eighty of each kind.
POINTS = 400


class NoStableFormError(LookupError):
    """The derivation does not lead from a naive form to a stable one, so there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How accurate one form is in one dtype.

    worst      the worst error in ulps; infinite where no number comes out although the exact result is in range
    where      the point of the worst error, in words
    failures   where it gives no number, or no right digit
    """

    worst: float
    where: str
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One dtype.

    points       points that were compared
    dropped      points that satisfy the conditions, at which the exact result was not found
    unavailable  why nothing was measured; the other fields are then empty
    """

    dtype: str
    points: int = 0
    dropped: int = 0
    naive: Accuracy | None = None
    stable: Accuracy | None = None
    unavailable: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured, with everything that is needed to measure it again; `sizes` are those of the symbols."""

    rows: tuple[Row, ...]
    sizes: dict[str, int]
    seed: int
    versions: dict[str, str]

    def to_json(self) -> dict[str, Any]:
        """A dictionary that `json.dump(…, allow_nan=False)` takes; an infinite error is the text "inf"."""
        return {
            "schema": SCHEMA,
            "sizes": dict(self.sizes),
            "seed": self.seed,
            "versions": dict(self.versions),
            "rows": [
                {
                    "dtype": row.dtype,
                    "points": row.points,
                    "dropped": row.dropped,
                    "naive": _accuracy(row.naive),
                    "stable": _accuracy(row.stable),
                    "unavailable": row.unavailable,
                }
                for row in self.rows
            ],
        }


def stability(
    naive: Expr,
    stable: Expr,
    dtypes: Sequence[str] = tuple(FORMATS),
    *,
    given: tuple[Condition, ...] = (),
    points: int = POINTS,
    size: int = 4,
    seed: int = 0,
) -> Table:
    """Measure two forms of one function at seeded points over the range of each dtype.

    naive, stable   two expressions that mean the same
    dtypes   any of float64, float32, float16, bfloat16
    given    `Positive`, `Negative` and `NonZero` select the points
    points   how many are drawn for each dtype
    size     the value of every symbolic size
    seed     chooses the points

    Returns a table with a row for each dtype; errors are in units in the last place (Goldberg 1991), of a vector in the
    unit of its largest component. The input of every point is exact in the dtype. The exact result comes
    from enclosures of the stable form; what is measured is each form as NumPy evaluates it, as Torch does for bfloat16.
    Without Torch that row is unavailable. Raises ValueError for an unknown dtype, DifferentFormsError if the two forms
    are proved different at a point, and Unsupported for an expression that has no value in floating point.
    """
    for name in dtypes:
        if name not in FORMATS:
            raise ValueError(f"there is no dtype {name!r} here; the dtypes are {', '.join(FORMATS)}")
    pair = Pair(naive, stable, given, size)
    rows = tuple(_row(pair, FORMATS[name], points, seed) for name in dtypes)
    return Table(rows, {str(dim.name): size for dim in pair.sizes}, seed, _versions(rows, pair))


def stability_of(derivation: Derivation, **how: Any) -> Table:
    """Returns the table of an entry whose result is the stable form of its statement.

    derivation   such as `find("softplus_stable")`
    how          the options of `stability`: dtypes, points, size, seed
    Raises NoStableFormError for any other entry.
    """
    if not derivation.stable:
        raise NoStableFormError(f"{derivation.name} does not lead from a naive form to a stable one")
    return stability(derivation.statement, derivation.result, given=derivation.given, **how)


def _row(pair: Pair, dtype: Format, points: int, seed: int) -> Row:
    missing = unavailable(dtype)
    if missing:
        return Row(dtype.name, unavailable=missing)
    drawn = pair.drawn(points, dtype, seed)
    exact = pair.exact(drawn, dtype)
    pair.require_equal(drawn, exact, dtype)
    known = np.flatnonzero([all(value is not None for value in row) for row in exact])
    values, exact = picked(drawn, known), exact[known]
    if not len(known):
        raise ValueError(f"no exact result was found at any of {points} points of {dtype.name}")
    naive, stable = (
        _judged(pair, form, values, pair.seen(form, values, exact, dtype), dtype) for form in (pair.naive, pair.stable)
    )
    return Row(dtype.name, len(known), len(next(iter(drawn.values()))) - len(known), naive, stable)


def _judged(pair: Pair, form: Expr, values: Values, seen: Seen, dtype: Format) -> Accuracy:
    place = int(np.argmax(seen.errors))
    return Accuracy(float(seen.errors[place]), shown(values, place), failures(pair, form, values, seen, dtype))


def _versions(rows: Sequence[Row], pair: Pair) -> dict[str, str]:
    found = {"numpy": np.__version__, "enclosures": pair.balls.name}
    if any(row.dtype == "bfloat16" and not row.unavailable for row in rows):
        import torch

        found["torch"] = str(torch.__version__)
    return found


def _accuracy(accuracy: Accuracy | None) -> dict[str, Any] | None:
    if accuracy is None:
        return None
    worst = accuracy.worst if math.isfinite(accuracy.worst) else str(accuracy.worst)
    return {"worst": worst, "where": accuracy.where, "failures": [_failure(item) for item in accuracy.failures]}


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "outcome": failure.outcome.name,
        "variables": list(failure.variables),
        "sign": failure.sign,
        "others": failure.others,
        "size": failure.size,
        "beyond": failure.beyond,
        "example": failure.example,
    }
