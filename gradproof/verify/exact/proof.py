"""The search for a proof: cases of indices, then the plain form, then the facts that the plain form leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sympy import Abs, Expr, Integer, S

from gradproof.derivations.calculus import (
    Condition,
    Dim,
    Domain,
    Downstream,
    Entry,
    Index,
    Negative,
    NonZero,
    Partial,
    Positive,
    Sum,
    Tensor,
    Untied,
    definitions_in,
    free_indices,
    relu,
    sign,
    step,
)

from ..evaluation import Unsupported
from ..work import SYMBOLIC, OutOfWork, spend, work_limit
from . import normal_form, weighted
from .algebra import as_fraction
from .cases import coincidences
from .context import Context, NeedRegion
from .positivity import positive
from .prepare import prepared

_MOST_REGIONS = 5
_MOST_BINARY = 4
_DOMAIN_WORK = 10**8


class Differs(Exception):  # noqa: N818 - an answer
    """Both sides differ somewhere, as far as the proof sees."""


@dataclass(slots=True)
class Search:
    """A proof that `difference` is 0 under the conditions, and what it took.

    key    the claim's content; with the seed it determines every random choice
    """

    difference: Expr
    given: tuple[Condition, ...]
    uses: tuple[Tensor, ...] | None
    seed: int
    key: str
    work: int
    cases: int = 0
    classes: dict[Dim, int] = field(default_factory=dict)
    bound: float = 0.0
    normal_forms: int = 0

    def run(self) -> None:
        """Returns if there is a proof. Raises Differs, or Unsupported with the reason why there is none."""
        for tensor in trusted(self.difference, self.uses):
            check_domain(tensor, self.seed)
        indices = tuple(sorted(free_indices(self.difference), key=lambda i: (i.dim.name, i.name)))
        for same in coincidences(indices, self.given):
            self.cases += 1
            self._case(self.difference.xreplace(same), same)
        if not self.cases:
            raise Unsupported("no case satisfies the conditions on the indices")

    def _case(self, difference: Expr, same: dict[Index, Index]) -> None:
        spend(SYMBOLIC)
        given = tuple(at_places(condition, same) for condition in self.given)
        context = Context(frozenset(same.values()), self.uses, downstream=downstream_of(given))
        context = replace(context, known=known_positive(given, context))
        try:
            self._decide(difference, context)
        except (Differs, Unsupported):
            facts = _Facts(difference)
            if not facts.any:
                raise
            self._with_facts(difference, given, context, facts)

    def _with_facts(self, difference: Expr, given: tuple[Condition, ...], context: Context, facts: _Facts) -> None:
        """Again, with one-hot vectors at a place, 0 or 1 for binary numbers, and kinks decided by region."""
        hidden = tuple((tensor, Index(f"place of {tensor.name}", tensor.dims[0])) for tensor in facts.one_hot)
        wider = replace(context, places=hidden, regions=True, carried_out=True)
        for same in coincidences((*context.free, *(place for _, place in hidden)), ()):
            if len({same[index] for index in context.free}) < len(context.free):
                continue  # the free indices keep their places
            names = {same[index]: index for index in context.free}
            places = tuple((tensor, names.get(same[place], same[place])) for tensor, place in hidden)
            free = context.free | {place for _, place in places}
            for fixed in _binary_values(facts.binary):
                self._regions(difference, given, replace(wider, places=places, free=free, fixed=fixed), _MOST_REGIONS)

    def _regions(self, difference: Expr, given: tuple[Condition, ...], context: Context, left: int) -> None:
        try:
            self._decide(difference, context)
        except NeedRegion as need:
            if not left:
                raise Unsupported("too many kinks") from None
            argument = need.argument
            if not any(_proportional(argument, away) for away in _nonzero(given, context)):
                self._regions(difference, given, _at_kink(difference, argument, context), left - 1)
            for known in (argument, -argument):
                self._regions(difference, given, replace(context, known=context.known | {known}), left - 1)

    def _decide(self, difference: Expr, context: Context) -> None:
        spend(SYMBOLIC)
        ready = prepared(difference, context)
        if ready.has(S.ComplexInfinity, S.NaN):
            raise Unsupported("a side is not defined where a kink is")
        if ready == 0:
            return
        free = tuple(sorted(context.free, key=lambda i: (i.dim.name, i.name)))
        try:
            outcome = weighted.decide(ready, free, self.seed, self.key, self.work)
        except Unsupported as why:
            self._by_normal_form(ready, context, why)
            return
        if not outcome.zero:
            raise Differs(f"on {outcome.classes}")
        self.bound += outcome.bound
        for dim, number in outcome.classes.items():
            self.classes[dim] = max(number, self.classes.get(dim, 0))

    def _by_normal_form(self, ready: Expr, context: Context, why: Unsupported) -> None:
        try:
            bound = normal_form.decide(ready, context.known, self.seed, self.key, self.work)
        except Unsupported as other:
            raise Unsupported(f"{why}; normal form: {other}") from None
        if bound is None:
            raise Unsupported(f"{why}; the normal forms of both sides differ")
        self.normal_forms += 1
        self.bound += bound


def trusted(difference: Expr, uses: tuple[Tensor, ...] | None) -> list[Tensor]:
    """The defined tensors whose domain a proof may use: those not unfolded, and those that a derivative cuts."""
    cut = {partial.by.tensor for partial in difference.atoms(Partial)}
    defined = [tensor for tensor in definitions_in(difference) if tensor.domain is not Domain.REAL]
    return [tensor for tensor in defined if tensor in cut or (uses is not None and tensor not in uses)]


@lru_cache(maxsize=1 << 10)
def check_domain(tensor: Tensor, seed: int) -> None:
    """Raises Unsupported unless the definition of a tensor is seen to be in the domain that is declared for it."""
    formal, body = tensor.definition
    failed = Unsupported(f"the definition of {tensor.name} is not seen to be {tensor.domain.value}")
    context = Context()
    if tensor.domain in (Domain.ONE_HOT, Domain.BINARY):
        raise failed
    if tensor.domain.positive and not positive(prepared(body, context)):
        raise failed
    if tensor.domain is Domain.UNIT:
        top, bottom = as_fraction(prepared(1 - body, context))
        if not (positive(top) and positive(bottom)):
            raise failed
    if tensor.domain.sums_to_one:
        search = Search(Sum(body, formal[-1]) - 1, (), None, seed, str(tensor.name), _DOMAIN_WORK)
        try:
            with work_limit(_DOMAIN_WORK):
                search.run()
        except (Differs, Unsupported, OutOfWork):
            raise failed from None


class _Facts:
    """What the plain form of a claim leaves out."""

    def __init__(self, difference: Expr) -> None:
        everything = [difference, *(tensor.definition[1] for tensor in definitions_in(difference))]
        tensors = sorted({t for part in everything for t in part.atoms(Tensor)}, key=lambda t: str(t.name))
        variables = {partial.by.tensor for part in everything for partial in part.atoms(Partial)}
        self.one_hot = [t for t in tensors if t.domain is Domain.ONE_HOT and len(t.dims) == 1 and t not in variables]
        entries = sorted({e for part in everything for e in part.atoms(Entry)}, key=str)
        self.binary = [
            e
            for e in entries
            if e.tensor.domain is Domain.BINARY
            and e.tensor not in variables
            and free_indices(e) <= free_indices(difference)
        ][:_MOST_BINARY]
        kinks = any(part.has(relu, step, sign, Abs) for part in everything)
        cuts = any(variable.definition is not None for variable in variables)
        self.any = bool(self.one_hot or self.binary or kinks or cuts)


def _binary_values(entries: list[Entry]) -> Iterator[tuple[tuple[Entry, Integer], ...]]:
    for pattern in range(2 ** len(entries)):
        yield tuple((entry, Integer(pattern >> place & 1)) for place, entry in enumerate(entries))


def at_places(condition: Condition, same: dict[Index, Index]) -> Condition:
    if isinstance(condition, (Positive, Negative, NonZero, Untied)):
        return type(condition)(condition.expression.xreplace(same))
    return condition


def downstream_of(given: tuple[Condition, ...]) -> tuple[Downstream, ...]:
    return tuple(condition for condition in given if isinstance(condition, Downstream))


def known_positive(given: tuple[Condition, ...], context: Context) -> frozenset[Expr]:
    """What is given as positive, prepared."""
    found = set()
    for condition in given:
        if isinstance(condition, Positive):
            found.add(prepared(condition.expression, context))
        elif isinstance(condition, Negative):
            found.add(prepared(-condition.expression, context))
    return frozenset(found)


def _nonzero(given: tuple[Condition, ...], context: Context) -> list[Expr]:
    plain = replace(context, regions=False)
    return [prepared(condition.expression, plain) for condition in given if isinstance(condition, NonZero)]


def _at_kink(difference: Expr, argument: Expr, context: Context) -> Context:
    """The region where the argument of a kink is 0: its value is known there, if not its derivative.

    Raises Unsupported where the line is about derivatives, or the argument is not a variable that can be set to 0.
    """
    everything = [difference, *(tensor.definition[1] for tensor in definitions_in(difference))]
    _, entry = argument.as_coeff_Mul()
    free = isinstance(entry, Entry) and entry.tensor.definition is None and entry.tensor.domain is Domain.REAL
    if not free or entry.tensor not in difference.atoms(Tensor) or any(part.has(Partial) for part in everything):
        raise Unsupported(f"the line is also said for {argument} = 0, where there is a kink")
    return replace(context, fixed=(*context.fixed, (entry, S.Zero)))


def _proportional(first: Expr, second: Expr) -> bool:
    return second != 0 and bool((first / second).is_Rational)
