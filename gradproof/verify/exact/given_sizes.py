"""The method "given sizes": a proof of a claim for all data at the sizes n = 1, 2, …, N.

It is for what a proof for every size does not support: kinks, largest values, row-wise roots, facts by place. N is as
large as the work allows; sizes at which the claim says nothing are left out of the scope.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from sympy import Expr, Integer, Pow

from gradproof.derivations.calculus import (
    Different,
    Dim,
    Equal,
    Index,
    NonZero,
    Tensor,
    definitions_in,
    log,
    sign,
    step,
)

from ..claim import Claim
from ..evaluation import Unsupported
from ..failure import explained
from ..numeric.points import dims_of
from ..verdict import Budget, Evidence, Verdict
from .cases import coincidences
from .context import Context
from .estimates import difference_of, unsupported
from .every_size import CANDIDATE, content, scope
from .prepare import prepared
from .proof import Differs, at_places, check_domain, downstream_of, known_positive, trusted
from .sized import Question, Tally, decide, in_words, underived

NAME = "given sizes"
#: Sizes that must be done for a proof, if a claim has one size, and if it has several; and the largest that are tried.
LEAST, LEAST_OF_SEVERAL, MOST = 3, 2, 5
#: Operations for what must be done, per unit of the budget; those after which no larger sizes are begun; and how much
#: more work the next level is taken to need.
_WORK, _ENOUGH, _GROWTH = 60, 6, 5
#: Sizes beyond those proved at which some regions are looked at: what is false there is not called proved here.
_BEYOND, _LOOKS = (1, 2, 5), 4

Sizes = dict[Dim, int]


class GivenSizes:
    """Proves equalities at all sizes up to a number, or says why it cannot.

    What it finds different is only a candidate for refutation: it does not know every law of exp and log.
    """

    name = NAME

    def supports(self, claim: Claim) -> str:
        return unsupported(claim)

    def run(self, claim: Claim, budget: Budget, seed: int) -> Evidence:
        """PROVED at the sizes in the scope, or UNDECIDED with the reason in `detail`. Exceptions become ERROR."""
        reason = self.supports(claim)
        if reason:
            return Evidence(NAME, Verdict.UNDECIDED, detail=reason, seed=seed)
        try:
            search = _Search(claim, budget, seed)
            search.run()
        except Unsupported as why:
            return Evidence(NAME, Verdict.UNDECIDED, detail=str(why), seed=seed)
        except Differs as where:
            return Evidence(NAME, Verdict.UNDECIDED, detail=f"{CANDIDATE}{where}", seed=seed)
        except Exception as error:  # a fault of the prover must not look like a verdict on the claim
            return Evidence(NAME, Verdict.ERROR, detail=explained(error), seed=seed)
        covered, how = scope(claim, said(search.done)), in_words(search.tally)
        if search.basis.lemmas:
            how = f"{how}; by {', '.join(search.basis.lemmas)}"
        bound = search.tally.bound + search.basis.bound
        return Evidence(NAME, Verdict.PROVED, covered, how, bound=bound, seed=seed)


class _Search:
    """The sizes level after level: first all sizes 1, then all up to 2, …"""

    def __init__(self, claim: Claim, budget: Budget, seed: int) -> None:
        self.claim = claim
        self.seed = seed
        self.difference, self.basis = difference_of(claim, seed)
        self.key = content(self.difference)
        self.tally = Tally(budget.work * _WORK)
        self.optional = budget.work * _ENOUGH
        self.dims = dims_of(claim)
        named = {i for c in claim.given if isinstance(c, (Equal, Different)) for i in (c.first, c.second)}
        self.indices = tuple(sorted(named | set(claim.indices), key=lambda i: (i.dim.name, i.name)))
        self.done: list[Sizes] = []
        self.cases = 0
        self._questions: dict[tuple[tuple[Index, Index], ...], Question] = {}

    def run(self) -> None:
        for tensor in trusted(self.difference, self.claim.uses):
            check_domain(tensor, self.seed)
        least = 0 if not self.dims else LEAST if len(self.dims) == 1 else LEAST_OF_SEVERAL
        for level in range(1, MOST + 1) if self.dims else (0,):
            before = replace(self.tally)
            try:
                done = [sizes for sizes in _with_largest(self.dims, level) if self._holds(sizes)]
            except Unsupported as why:
                if level <= least:
                    raise Unsupported(f"{why}, at the sizes up to {level}" if self.dims else str(why)) from None
                self.tally = before
                break
            self.done += done
            spent = before.work - self.tally.work
            if level >= least and _GROWTH * spent > self.optional:
                break
        if not self.done:
            raise Unsupported("the claim says nothing at the sizes that were tried")
        alone = [str(dim.name) for dim in self.dims if all(sizes[dim] == 1 for sizes in self.done)]
        if alone:
            raise Unsupported(f"the claim says something at {', '.join(alone)} = 1 only")
        self._look_beyond(level)

    def _look_beyond(self, level: int) -> None:
        seen = not self.dims
        for more, look in itertools.product(_BEYOND if self.dims else (), range(1, _LOOKS + 1)):
            sizes = {dim: level + more + place for place, dim in enumerate(self.dims)}
            try:
                self._holds(sizes, Tally(self.optional), look)
                seen = True
            except Unsupported:
                continue
        if not seen:
            raise Unsupported(f"it holds at {said(self.done)}, but larger sizes could not be looked at")

    def _holds(self, sizes: Sizes, tally: Tally | None = None, look: int = 0) -> bool:
        """Whether the claim says something at these sizes. Raises Differs if it is not seen to hold there.

        look    a number other than 0 for one region only, another one for each number
        """
        counted = tally or self.tally
        before = counted.effective
        if not all(_defined(side, sizes) for side in self._everything()):
            return False
        for same in coincidences(self.indices, self.claim.given):
            places: dict[Index, int] = {}
            for index in dict.fromkeys(same.values()):
                places[index] = sum(other.dim == index.dim for other in places)
            if any(place >= sizes[index.dim] for index, place in places.items()):
                continue
            key = (self.seed, self.key, tuple(sorted((str(dim.name), size) for dim, size in sizes.items())))
            decide(self._question(same), sizes, places, key, counted, look)
        return counted.effective > before

    def _question(self, same: dict[Index, Index]) -> Question:
        known = tuple(sorted(same.items(), key=str))
        if known not in self._questions:
            claim = self.claim
            given = tuple(at_places(condition, same) for condition in claim.given)
            context = Context(frozenset(same.values()), claim.uses, downstream=downstream_of(given), signs=True)
            context = replace(context, known=known_positive(given, context))
            self._questions[known] = Question(
                (prepared(self.difference.xreplace(same), context),),
                tuple(sorted(context.known, key=str)),
                tuple(prepared(c.expression, context) for c in given if isinstance(c, NonZero)),
                tuple(underived(side.xreplace(same)) for side in (claim.lhs, claim.rhs)),
                claim.uses,
                any(part.has(step, sign) for part in self._everything()),
            )
        return self._questions[known]

    def _everything(self) -> tuple[Expr, ...]:
        sides = (self.claim.lhs, self.claim.rhs)
        return (*sides, *dict.fromkeys(t.definition[1] for side in sides for t in definitions_in(side)))


def _with_largest(dims: tuple[Dim, ...], level: int) -> Iterator[Sizes]:
    """Every assignment of sizes from 1 to the level in which the level occurs."""
    if not dims:
        yield {}
        return
    for sizes in itertools.product(range(1, level + 1), repeat=len(dims)):
        if level in sizes:
            yield dict(zip(dims, sizes, strict=True))


def _defined(expression: Expr, sizes: Sizes) -> bool:
    """Whether what depends on the sizes only is defined: 1/(n − 1) is not for n = 1."""
    numbers = {dim: Integer(size) for dim, size in sizes.items()}
    for part in expression.atoms(Pow, log):
        inner = part.args[0]
        if inner.atoms(Tensor, Index):
            continue
        value = inner.xreplace(numbers)
        if isinstance(part, log):
            if not value.is_positive:
                return False
        elif (value.is_zero and part.exp.is_negative) or (value.is_negative and not part.exp.is_integer):
            return False
    return True


def said(done: list[Sizes]) -> str:
    """The sizes in words: "n = 2…4", "m, n = 1…3", or one by one."""
    if not done or not done[0]:
        return ""
    dims = list(done[0])
    ranges = {dim: sorted({sizes[dim] for sizes in done}) for dim in dims}
    box = list(itertools.product(*ranges.values()))
    whole = len(box) == len(done) and all(found == list(range(found[0], found[-1] + 1)) for found in ranges.values())
    if not whole:
        names = ", ".join(str(dim.name) for dim in dims)
        return f"({names}) = " + ", ".join(f"({', '.join(str(sizes[dim]) for dim in dims)})" for sizes in done)
    by_range: dict[tuple[int, int], list[str]] = {}
    for dim, found in ranges.items():
        by_range.setdefault((found[0], found[-1]), []).append(str(dim.name))
    return ", ".join(
        f"{', '.join(names)} = {low}…{high}" if low < high else f"{', '.join(names)} = {low}"
        for (low, high), names in by_range.items()
    )
