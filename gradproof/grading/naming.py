"""Naming a slip: which one mistake of the table turns a right form into what was written instead.

A wrong diagnosis hurts more than none. A slip is named only if what it makes is proved equal to what was written, and
no other slip is, or might be, but for those that say the same in other words: then the one is named that says most.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from sympy import Expr, Pow

from gradproof.derivations.calculus import (
    Applied,
    Condition,
    Elementwise,
    Entry,
    Index,
    Limit,
    Partial,
    Relation,
    Tensor,
    exp,
    free_indices,
    log,
)
from gradproof.derivations.slips import SLIPS, Mutant, mutants
from gradproof.verify.claim import Claim
from gradproof.verify.intervals.apart import Look
from gradproof.verify.verdict import Verdict

from .deciding import LITTLE, decide, tried

#: A right form, and what was written instead in the same names.
Pair = tuple[Expr, Expr]
#: The most wrong forms that are made and that are compared.
_MADE, _MOST = 1000, 400
_ORDER = {slip.name: place for place, slip in enumerate(SLIPS)}

_SIGNS = frozenset({
    "sign of the slope", "minus of the log", "sign of entropy", "divergence reversed", "quotient order",
    "sign off the diagonal", "difference turned", "sign", "sign of a term", "sign of the update",
})  # fmt: skip
_INDICES = frozenset({"index dropped", "numerator index", "wrong index", "swapped indices", "transposed"})
#: Slips that say the same of one line in other words.
_KIN = (
    _SIGNS,
    frozenset({"square of tanh dropped", "power dropped", "norm for its square"}),
    frozenset({"one dropped", "term dropped"}),
    frozenset({"number dropped", "twice", "half"}),
    frozenset({"slope dropped", "adjoint dropped", "factor dropped"}),
    _INDICES,
    frozenset({"fraction inverted", "upside down"}),
    frozenset({"delta dropped", "equal case only"}),
    frozenset({"minus inside dropped", "argument sign"}),
    frozenset({"mean", "size dropped"}),
    frozenset({"distributions mixed", "wrong vector"}),
    frozenset({"exponent", "number dropped"}),
    frozenset({"delta dropped", "sum added"}),
    frozenset({"penalty without weight", "factor dropped"}),
)  # fmt: skip
#: Slips that show only where no derivative is left to be carried out.
_DONE = frozenset({"difference turned", "sign of the slope", "quotient order", "sign off the diagonal"})
#: Slips that another mistake hardly leads to by chance, even where the two forms are written in different quantities.
_TELLING = _SIGNS | _INDICES | {
    "slope as difference", "slope at argument", "one dropped", "square of tanh dropped", "log split", "delta dropped",
    "equal case only", "bias given input", "penalty without weight", "mean", "size dropped", "twice", "half",
    "number dropped", "exponent", "prime dropped",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forms:
    """Right forms of one line, each with what was written instead.

    whole  whether everything that was written is still seen in the expression, so that nothing cancelled on reading
    made   wrong forms that a slip led to and that were carried on, each with its name and what was written
    """

    pairs: tuple[Pair, ...]
    whole: bool = True
    made: tuple[tuple[str, Pair], ...] = ()


def slip_between(forms: Iterable[Forms], given: tuple[Condition, ...] = (), seed: int = 0) -> str:
    """The name of the one slip that leads from a right form to what was written; "" if there is none, or not one.

    forms   the nearest first: the line before, that line with its derivatives carried out, the results
    """
    chosen: dict[str, bool] = {}
    kin: frozenset[str] = frozenset()
    for each in forms:
        found = _explaining(each, given, seed)
        if found is None:  # it is not clear whether a slip leads there
            return ""
        if found and not chosen:
            names = frozenset(found)
            groups = [group for group in _KIN if names <= group]
            if not groups and len(names) > 1:
                return ""
            kin = names.union(*groups)
        for name in kin & set(found):
            chosen[name] = chosen.get(name, False) or found[name]
    return min(chosen, key=lambda name: (not chosen[name], _ORDER[name]), default="")


def reached(forms: Iterable[Forms], given: tuple[Condition, ...], seed: int = 0) -> bool:
    """Whether what was written is proved to be one of the right forms."""
    claims = [Claim("form", pair[0], Relation.EQUAL, pair[1], given) for form in forms for pair in form.pairs]
    return any(tried(claim, seed, LITTLE).verdict is Verdict.PROVED for claim in claims)


def _explaining(forms: Forms, given: tuple[Condition, ...], seed: int) -> dict[str, bool] | None:
    """The slips that lead from any of these forms to what was written; None if another one might.

    The value says whether a slip leads to the very form that was written, and not only to what equals it.
    """
    certain: dict[str, bool] = {}
    doubtful: set[str] = set()
    for name, (wrong, wrote) in forms.made if forms.whole else ():
        verdict = tried(Claim("slip", wrong, Relation.EQUAL, wrote, given), seed, LITTLE).verdict
        if verdict is Verdict.PROVED:
            certain[name] = True
        elif verdict in (Verdict.AGREES, Verdict.ERROR):
            doubtful.add(name)
    count = 0
    for right, wrote in map(_within, forms.pairs):
        if _derivative(right) != _derivative(wrote):  # a slip is made before a derivative is carried out, or after
            continue
        indices: tuple[Index, ...] = tuple(sorted(free_indices(right) | free_indices(wrote), key=str))
        known, written = _words(right), _words(wrote)
        foreign = tuple(sorted(_tensors(wrote) - _tensors(right), key=lambda tensor: str(tensor.name)))
        look = Look(Claim("slip", right, Relation.EQUAL, wrote, given), seed)
        made = _mutants(right, indices, foreign)
        if len(made) == _MADE:  # there may be more
            return None
        for mutant in made:
            name = mutant.slip.name
            if name == "divergence reversed" and not _log_of_quotient(wrote):
                continue
            if name in _DONE and _derivative(wrote):
                continue
            if name == "numerator index" and not wrote.atoms(exp):  # p_k for p_j is an entry with the wrong index
                continue
            if name not in _TELLING and not (forms.whole and written <= known | _words(mutant.expression)):
                continue
            count += 1
            if count > _MOST:
                return None
            claim = Claim("slip", mutant.expression, Relation.EQUAL, wrote, given)
            if look.apart(claim):
                continue
            verdict = decide(claim, seed, LITTLE).verdict
            if verdict is Verdict.PROVED:
                certain[name] = certain.get(name, False) or mutant.expression == wrote
            elif verdict in (Verdict.AGREES, Verdict.ERROR):
                doubtful.add(name)
    return None if doubtful - set(certain) else certain


@lru_cache(1 << 8)
def _mutants(right: Expr, indices: tuple[Index, ...], foreign: tuple[Tensor, ...]) -> tuple[Mutant, ...]:
    """The wrong forms of a right one: many people go wrong at the same line."""
    return tuple(islice(mutants(right, indices, foreign), _MADE))


def _within(pair: Pair) -> Pair:
    """What is differentiated, where both are derivatives by one variable: much has the derivative 1 by chance."""
    match pair:
        case Partial(expression=right, by=by), Partial(expression=wrote, by=other) if by == other:
            return right, wrote
    return pair


def _derivative(expression: Expr) -> bool:
    return bool(expression.has(Partial, Limit))


def _log_of_quotient(expression: Expr) -> bool:
    return any(power.exp.is_negative for each in expression.atoms(log) for power in each.argument.atoms(Pow))


def _words(expression: Expr) -> set[object]:
    """The quantities and the values of functions that an expression is written with."""
    return {*_tensors(expression), *expression.atoms(Elementwise), *expression.atoms(Applied)}


def _tensors(expression: Expr) -> set[Tensor]:
    return {entry.tensor for entry in expression.atoms(Entry)}
