"""The method "every size": a proof of a claim for all sizes and all data at once."""

from __future__ import annotations

from sympy import Abs, Expr, Symbol

from gradproof.derivations.calculus import (
    Applied,
    Dim,
    Downstream,
    Index,
    Largest,
    NonZero,
    Partial,
    Relation,
    Selected,
    Tensor,
    definitions_in,
    relu,
    sign,
    step,
)

from ..claim import Claim
from ..evaluation import Unsupported
from ..failure import explained
from ..verdict import Budget, Evidence, Verdict
from .estimates import Ground, difference_of, unsupported
from .opaque import left_open, used, without_extrema
from .proof import Differs, Search

NAME = "every size"
CANDIDATE = "the sides differ over a finite field: a candidate for refutation"
OTHER_CERTIFICATE = "the difference of the sides differs from the certificate over a finite field"
#: Operations on field elements that one unit of a budget's work stands for.
_WORK = 100


class EverySize:
    """Proves equalities, and inequalities with a certificate, for every size, or says why it cannot.

    What it finds different is only a candidate for refutation: it does not know every law of exp and log.

    Where a definition names a largest value, the claim is first tried for any value in its place: what holds for every
    shift c holds for the largest entry, and at ties as well.
    """

    name = NAME

    def supports(self, claim: Claim) -> str:
        return unsupported(claim)

    def run(self, claim: Claim, budget: Budget, seed: int) -> Evidence:
        """PROVED for every size, or UNDECIDED with the reason in `detail`. Exceptions become ERROR."""
        reason = self.supports(claim)
        if reason:
            return Evidence(NAME, Verdict.UNDECIDED, detail=reason, seed=seed)
        try:
            found, search, basis = self._proved(claim, budget, seed)
        except Unsupported as why:
            return Evidence(NAME, Verdict.UNDECIDED, detail=str(why), seed=seed)
        except Differs:
            equality = claim.relation is Relation.EQUAL
            return Evidence(NAME, Verdict.UNDECIDED, detail=CANDIDATE if equality else OTHER_CERTIFICATE, seed=seed)
        except Exception as error:  # a fault of the prover must not look like a verdict on the claim
            return Evidence(NAME, Verdict.ERROR, detail=explained(error), seed=seed)
        signs = frozenset() if claim.certificate is None else frozenset(definitions_in(claim.certificate))
        anything = [tensor for tensor in left_open(claim, found) if tensor not in signs]
        parts = [_detail(search), *(f"{tensor.name} is any number" for tensor in anything)]
        parts += [f"by {', '.join(basis.lemmas)}"] if basis.lemmas else []
        bound = search.bound + basis.bound
        return Evidence(NAME, Verdict.PROVED, scope=scope(found), detail="; ".join(parts), bound=bound, seed=seed)

    def _proved(self, claim: Claim, budget: Budget, seed: int) -> tuple[Claim, Search, Ground]:
        """What was proved, the claim or a stronger one, how, and on what it rests. Raises Differs or Unsupported."""
        difference, basis = difference_of(claim, seed)
        stronger = without_extrema(claim)
        if stronger != claim:
            try:
                search = _search(stronger, difference, budget, seed)
                search.run()
                return stronger, search, basis
            except (Differs, Unsupported):
                pass  # the definitions may be needed
        search = _search(claim, difference, budget, seed)
        search.run()
        return claim, search, basis


def _search(claim: Claim, difference: Expr, budget: Budget, seed: int) -> Search:
    return Search(difference, claim.given, claim.uses, seed, content(difference), budget.work * _WORK)


def content(expression: Expr) -> str:
    """The expression as text, the same in every run; cheaper than printing it."""
    if isinstance(expression, Symbol):
        return str(expression.name)
    if not expression.args:
        return str(expression)
    return f"{type(expression).__name__}({','.join(map(content, expression.args))})"


def free_sizes(claim: Claim) -> tuple[Dim, ...]:
    """The sizes over which a claim speaks, by name."""
    found: set[Dim] = set()
    for side in (claim.lhs, claim.rhs):
        for part in (side, *(tensor.definition[1] for tensor in definitions_in(side))):
            found |= part.atoms(Dim) | {index.dim for index in part.atoms(Index)}
            found |= {dim for tensor in part.atoms(Tensor) for dim in tensor.dims}
    return tuple(sorted(found, key=lambda dim: str(dim.name)))


def scope(claim: Claim, at: str = "") -> str:
    """What a proof covers, e.g. "every n; every differentiable function φ". `at`: at which sizes, if not at every."""
    sizes = ", ".join(str(dim.name) for dim in free_sizes(claim))
    parts = [at or (f"every {sizes}" if sizes else "every value of the variables")]
    sides = (claim.lhs, claim.rhs)
    everything = [*sides, *(tensor.definition[1] for side in sides for tensor in definitions_in(side))]
    functions = sorted({applied.name for part in everything for applied in part.atoms(Applied)})
    if functions:
        parts.append(f"every differentiable function {', '.join(functions)}")
    for condition in claim.given:
        if isinstance(condition, Downstream):
            through = ", ".join(str(tensor.name) for tensor in condition.through)
            parts.append(f"every {condition.value.tensor.name} that depends on the rest through {through} only")
    known = [*sides, *(tensor.definition[1] for tensor in used(claim))]
    kinks = any(part.has(relu, step, sign, Abs) for part in known)
    if kinks and (any(isinstance(c, NonZero) for c in claim.given) or any(part.has(Partial) for part in known)):
        parts.append("away from the kinks")
    if any(part.has(Largest, Selected) for part in known):
        parts.append("away from ties")
    return "; ".join(parts)


def _detail(search: Search) -> str:
    """How the proof went: the number of cases of indices and of classes for each size."""
    parts = []
    if search.cases > 1:
        parts.append(f"{search.cases} cases of indices")
    if search.classes:
        classes = sorted(search.classes.items(), key=lambda item: str(item[0].name))
        parts.append("classes: " + ", ".join(f"{number} of {dim.name}" for dim, number in classes))
    if search.normal_forms:
        parts.append("by normal form")
    return "; ".join(parts) or "both sides have one form"
