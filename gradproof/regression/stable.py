"""That code of NumPy or Torch computes what it means in a dtype, over the whole range of the dtype.

The function is run in the dtype at seeded points, and its own formula (or another function's, if its own is not what is
meant) is enclosed there. A result is a failure if it is an infinity or nan although the exact one is in range, or if no
digit of it is right. What is measured is no proof; a failure is one, since the exact value is enclosed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from operator import methodcaller
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gradproof.derivations.calculus import Dim, Entry, Tensor
from gradproof.verify.counterexample import Counterexample
from gradproof.verify.intervals.balls import Balls, best_balls
from gradproof.verify.intervals.decimals import certain
from gradproof.verify.stability.errors import Outcome, judged
from gradproof.verify.stability.exact import PRECISIONS, reader
from gradproof.verify.stability.formats import FORMATS, Format
from gradproof.verify.stability.points import draw
from gradproof.verify.verdict import Evidence, Verdict

from .calling import name_of
from .checked import Checked, Difference, as_list
from .code import Code, code_of
from .dtypes import Run, in_dtype, run_in
from .evaluating import enclosing
from .settings import Setting, settings
from .strategies import Description, described
from .tracing import Untraceable
from .tracing.constants import around, rough_numbers

Array = NDArray[Any]
METHOD = "measured against enclosures"
#: Points, of five kinds in turn; and the sizes at which functions of arrays are run.
POINTS, SIZES = 200, (4, 3, 5, 2)
#: In pytest's traceback of an assertion that does not hold, the last line is that of the test.
__tracebackhide__ = methodcaller("errisinstance", AssertionError)


@dataclass(frozen=True, slots=True)
class Seen:
    """One point: the arguments, what came out, what is exact (None where it is not known), and the error in ulps."""

    arguments: dict[str, Array]
    computed: Array
    exact: list[Fraction | None]
    ulps: float
    outcome: Outcome

    @property
    def distance(self) -> float:
        """How far the largest argument is from 1, in powers of two: the nearest failure is the one to show."""
        size = max((float(np.max(np.abs(array))) for array in self.arguments.values()), default=1.0)
        return abs(float(np.log2(size))) if size else np.inf


def assert_stable(
    f: Callable[..., Any],
    dtype: str = "float32",
    /,
    *,
    exact: Callable[..., Any] | None = None,
    ulps: float | None = None,
    seed: int = 0,
    **arguments: Any,
) -> Checked:
    """That `f` loses no result in a dtype: "float64", "float32", "float16" or "bfloat16".

    f        a function of NumPy arrays, whose results are rounded one by one for bfloat16; or code of Torch
    exact    the function whose formula is exact, `f` itself by default
    ulps     the largest error that is allowed, in units in the last place; by default any right digit is enough
    f, seed, arguments   as in `assert_identity`

    Returns what is known: AGREES, with the worst error in its scope. Raises RefutedError at a point where a result is
    lost, UndecidedError where the formula cannot be read, ValueError for a dtype or a domain that has no points.
    """
    if dtype not in FORMATS:
        raise ValueError(f"there is no dtype {dtype!r} that can be measured; there are {', '.join(FORMATS)}")
    given = {name: described(name, argument) for name, argument in arguments.items()}
    subject = f"that {name_of(f)} is stable in {dtype}"
    dims = dict.fromkeys(dim for one in given.values() for dim in one.dims)
    sizes, format = dict(zip(dims, SIZES, strict=False)), FORMATS[dtype]
    run, meant = run_in(f, tuple(given), format), code_of(in_dtype(exact or f, format), tuple(given))
    measure = _Measure(run, meant, given, sizes, format)
    try:
        seen = measure.points(POINTS, seed)
    except Untraceable as reason:
        undecided = Evidence(METHOD, Verdict.UNDECIDED, detail=str(reason), seed=seed)
        return Checked(subject, (undecided,), str(reason)).or_raise()
    failed = [one for one in seen if one.outcome is not Outcome.FINE or (ulps is not None and one.ulps > ulps)]
    if failed:
        return _failed(subject, measure, min(failed, key=lambda one: one.distance), seed).or_raise()
    worst = max((one.ulps for one in seen), default=0.0)
    verdict = Verdict.AGREES if seen else Verdict.VACUOUS
    scope = f"{dtype}, {len(seen)} points, worst error {worst:.3g} ulps"
    found = Evidence(METHOD, verdict, scope, drawn=POINTS, effective=len(seen), seed=seed, device="cpu")
    return Checked(subject, (found,)).or_raise()


@dataclass(slots=True)
class _Measure:
    run: Run
    exact: Code
    descriptions: dict[str, Description]
    sizes: dict[Dim, int]
    format: Format

    def points(self, count: int, seed: int) -> list[Seen]:
        """What comes out at points at which the exact value is known. Raises Untraceable, ValueError."""
        found: list[Seen] = []
        for setting in settings(self.descriptions, self.sizes):
            drawn = {name: self._drawn(name, setting, count, seed) for name in setting.symbols}
            found += self.seen(setting, drawn)
        return found

    def _drawn(self, name: str, setting: Setting, count: int, seed: int) -> Array:
        tensor = self.descriptions[name].tensor(name)
        each = max(1, count // setting.of_all[0])
        return draw(tensor, setting.every_size(name), each, self.format, seed)

    def seen(self, setting: Setting, drawn: dict[str, Array]) -> list[Seen]:
        """The same at given points, each an entry of the first axis of the arrays."""
        formulas = self.exact.formulas(setting)
        if not isinstance(formulas, np.ndarray):
            raise Untraceable(f"{self.exact.name} returns several arrays; assert each by itself")
        exact = self._exact(formulas.reshape(-1), setting, drawn)
        found = []
        for point, row in enumerate(exact):
            if None in row:
                continue
            here = setting.fixed | {name: array[point] for name, array in drawn.items()}
            arguments = {name: here[name] for name in self.descriptions}
            computed = self.run(arguments)
            found.append(Seen(arguments, computed, row, *judged(computed.reshape(-1).tolist(), row, self.format)))
        return found

    def _exact(self, formulas: Array, setting: Setting, drawn: dict[str, Array]) -> list[list[Any]]:
        balls = best_balls()
        read = reader(balls, self.format)
        scalars: dict[Any, Array] = {}
        for name, symbols in setting.symbols.items():
            flat = drawn[name].reshape(len(drawn[name]), -1)
            scalars |= {symbol.tensor: flat[:, place] for place, symbol in enumerate(symbols.flat)}
        if not scalars:
            raise ValueError("every argument is a choice of 0, 1 or labels; there is nothing to vary")
        found: list[list[Any]] = [[None] * len(formulas) for _ in next(iter(scalars.values()))]
        for bits in PRECISIONS:
            left = [point for point, row in enumerate(found) if None in row]
            if not left:
                break
            with balls.precision(bits):
                evaluator = enclosing(balls, partial(_enclosed, balls, scalars, left))
                for place in range(len(formulas)):
                    values = np.broadcast_to(evaluator.value(formulas[place]), (len(left),))
                    for point, value in zip(left, values, strict=True):
                        found[point][place] = read(value)
        return found


def _enclosed(balls: Balls, scalars: dict[Any, Array], points: list[int], tensor: Tensor) -> Array:
    """The values of a scalar at some points, as what they are; a rough number as what lies near its float."""
    if tensor in scalars:
        return np.asarray(np.frompyfunc(balls.binary, 1, 1)(scalars[tensor][points]), dtype=object)
    (near,) = rough_numbers([Entry(tensor)]).values()
    single = np.empty(1, dtype=object)
    single[0] = around(balls, near)
    return single


def _failed(subject: str, measure: _Measure, seen: Seen, seed: int) -> Checked:
    exact = [certain((value, value), 6) for value in seen.exact if value is not None]
    sizes = {str(dim.name): size for dim, size in measure.sizes.items()}
    computed = as_list(seen.computed)
    expected = f"[{', '.join(exact)}]" if seen.computed.ndim else exact[0]
    values = {name: as_list(array) for name, array in seen.arguments.items()}
    point = Counterexample(sizes, {}, values, computed, expected)
    found = Evidence(METHOD, Verdict.REFUTED, measure.format.name, str(point), seed=seed, counterexample=point)
    what = f"{seen.outcome.value}, {seen.ulps:.3g} ulps"
    return Checked(subject, (found,), difference=Difference(what, sizes, seen.arguments, computed, expected))
