"""Whether differences are 0 at given sizes, in every region: all sides of the kinks, all orders, all facts.

In one region a claim is an identity of functions that are analytic where they are defined, so it is enough to see that
it holds for data drawn at random. Regions that no data reach are gone through as well; what holds there does no harm.

Where no step stands in the claim, both sides are continuous wherever they are defined (or one is a derivative, the
limit of derivatives in a region), so that what holds on both sides of a kink holds at the kink. Where one does, "on the
kink" is a third case, in which the steps at both sides are 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from sympy import Abs, Expr, Rational

from gradproof.derivations.calculus import Dim, Domain, Entry, Index, Partial, Tensor, free_indices, step

from ..arithmetic.field import Numbers, draw
from ..evaluation import Evaluator, Point, Unsupported
from .chances import chance, degree_of, moduli
from .choices import Choices
from .proof import Differs
from .regions import MoreRoots, RegionField
from .signs import About
from .trials import Batch, Impossible, Nowhere

#: The most roots for which every choice of signs is tried.
MOST_ROOTS = 5


#: What every random draw depends on: the seed of the run first, then the content of the claim.
Key = tuple[int, *tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked at each assignment of sizes; all expressions are prepared.

    positive, nonzero  what the conditions of the claim give; other indices than the free ones run over all places
    raw                the sides as they were, without derivatives: they tell where the claim is defined
    uses               the tensors that are unfolded in `raw`; None: all
    at_kinks           whether the claim is also said at kinks
    """

    differences: tuple[Expr, ...]
    positive: tuple[Expr, ...] = ()
    nonzero: tuple[Expr, ...] = ()
    raw: tuple[Expr, ...] = ()
    uses: tuple[Tensor, ...] | None = None
    at_kinks: bool = False


@dataclass(slots=True)
class Tally:
    """What a proof took so far: regions, those of them in which the claim says something, roots, and the chance of an
    error. `work` is what is left."""

    work: int
    regions: int = 0
    effective: int = 0
    roots: int = 0
    bound: float = 0.0


def in_words(tally: Tally) -> str:
    """How a proof went."""
    parts = [f"{tally.effective} regions" if tally.effective > 1 else "one region"]
    if tally.roots:
        parts.append(f"up to {tally.roots} roots with every choice of signs")
    return "; ".join(parts)


def underived(expression: Expr) -> Expr:
    """The expression with the functions in the place of their derivatives."""
    while True:
        partials = expression.atoms(Partial)
        if not partials:
            return expression
        expression = expression.xreplace({partial: partial.expression for partial in partials})


def decide(
    question: Question,
    sizes: Mapping[Dim, int],
    places: Mapping[Index, int],
    key: Key,
    tally: Tally,
    look: int = 0,
) -> None:
    """Returns if every difference is 0 in every region (or in one drawn at random: another one for each `look` not 0).

    Raises Differs, or Unsupported with the reason why there is no answer.
    """
    roots = 0
    while True:
        try:
            _through_regions(question, sizes, places, key, tally, roots, look)
        except MoreRoots:
            roots += 1
            if roots > MOST_ROOTS:
                raise Unsupported(f"more than {MOST_ROOTS} different roots") from None
        else:
            return


def _through_regions(
    question: Question,
    sizes: Mapping[Dim, int],
    places: Mapping[Index, int],
    key: Key,
    tally: Tally,
    roots: int,
    look: int,
) -> None:
    primes = moduli((*question.differences, *question.raw), roots, *key)
    batch = Batch(primes, roots, key, question.at_kinks)
    choices: Choices[About] = Choices(draw("look", look, key) if look else None)
    degree = sum(degree_of(difference, sizes) for difference in question.differences) * 2**roots
    found = Tally(tally.work)
    while True:
        view = _View(question, sizes, places, RegionField(batch, choices, tally.work))
        try:
            view.at_differences()
            found.effective += 1
            found.bound += chance(degree, view.field.primes, view.field.compared)
        except Impossible:
            pass
        except Nowhere:
            tally.work = view.field.work
            view = _View(question, sizes, places, RegionField(batch, choices, tally.work))
            if view.is_defined():
                raise Unsupported("the formula of a derivative, or of x log x, is defined at fewer data") from None
        finally:
            tally.work = view.field.work
        found.regions += 1
        if look or not choices.advance():
            break
    tally.regions += found.regions
    tally.effective += found.effective
    tally.bound += found.bound
    tally.roots = max(tally.roots, roots)


class _View:
    """The claim in one region."""

    def __init__(
        self, question: Question, sizes: Mapping[Dim, int], places: Mapping[Index, int], field: RegionField
    ) -> None:
        self.question = question
        self.field = field
        self.at_0 = _kinked(question.differences) if question.at_kinks else frozenset()
        point = Point(sizes, lambda tensor: _data(tensor, field, sizes, self.at_0), {}, places)
        self.evaluator = Evaluator(field, point)
        self.raw = Evaluator(field, point, question.uses)

    def at_differences(self) -> None:
        """Raises Differs if one is not 0, Nowhere if one is not defined or no data fit the conditions."""
        self._assume()
        if all(difference == 0 for difference in self.question.differences):
            with suppress(Unsupported):
                self._evaluate_raw()
        for difference in self.question.differences:
            if not self.field.vanishes(self.evaluator.value(difference)):
                sizes = self.evaluator.point.sizes
                at = ", ".join(f"{dim.name} = {size}" for dim, size in sizes.items())
                raise Differs(f", at {at}" if at else "")

    def is_defined(self) -> bool:
        """Whether the claim itself is defined in this region, as far as its functions go."""
        try:
            self._assume()
            self._evaluate_raw()
        except Nowhere:
            return False
        return True

    def _evaluate_raw(self) -> None:
        for side in self.question.raw:
            self.raw.value(side)

    def _assume(self) -> None:
        """What is given, beginning with what has no kinks itself."""
        given = [(expression, True) for expression in self.question.positive]
        given += [(expression, False) for expression in self.question.nonzero]
        for expression, positive in sorted(given, key=lambda item: len(item[0].atoms(step, Abs))):
            others = tuple(sorted(free_indices(expression) - set(self.evaluator.point.places), key=str))
            values = self.evaluator.value(expression, others)
            self.field.signs.assume(self.field.every_trial(values), positive)


def _kinked(differences: tuple[Expr, ...]) -> frozenset[Tensor]:
    """The tensors whose entries are themselves arguments of kinks."""
    arguments = [part.args[0] for difference in differences for part in difference.atoms(step, Abs)]
    entries = [side for argument in arguments for side in (argument, -argument) if isinstance(side, Entry)]
    return frozenset(entry.tensor for entry in entries if entry.tensor.domain is Domain.REAL)


def _data(tensor: Tensor, field: RegionField, sizes: Mapping[Dim, int], at_0: frozenset[Tensor]) -> Numbers:
    """Random data in the domain of the tensor; what is 0 or 1 is a choice, also whether an entry is at its kink."""
    shape = tuple(sizes[dim] for dim in tensor.dims)
    if tensor.domain in (Domain.BINARY, Domain.ONE_HOT):
        return _zeros_and_ones(tensor, field, shape)
    axes = [(dim.name, *dim.letters) for dim in tensor.dims]
    raw = field.random(shape, "tensor", tensor.name, tensor.domain.name, *axes)
    if tensor in at_0:
        for place in np.ndindex(shape):
            if field.signs.option((tensor, place), 2):
                raw[(slice(None), *place)] = 0
            else:
                field.signs.assume(raw[(slice(None), *place)], False)
    if tensor.domain.positive:
        field.signs.declare_positive(raw)
    if tensor.domain is Domain.UNIT:
        field.signs.declare_positive(field.add(field.negated_array(raw), np.ones_like(raw)))
    if not tensor.domain.sums_to_one:
        return raw
    total = field.total(raw, raw.ndim - 1, shape[-1])
    return field.multiply(raw, field.power(total, Rational(-1)))


def _zeros_and_ones(tensor: Tensor, field: RegionField, shape: tuple[int, ...]) -> Numbers:
    values = np.zeros(shape, np.uint64)
    if tensor.domain is Domain.BINARY:
        for place in np.ndindex(shape):
            values[place] = field.signs.option((tensor, place), 2)
    else:
        for row in np.ndindex(shape[:-1]):
            values[(*row, field.signs.option((tensor, row), shape[-1]))] = 1
    return values[None]
