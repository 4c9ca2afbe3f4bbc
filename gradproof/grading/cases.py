"""The cases in which an equation that does not hold in general holds all the same: i = j, i ≠ j, t = 1.

People write a case in words before a formula, which the reader of formulas does not see. What holds in a case is
therefore never said to be wrong: a person sees whether the words are there.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Integer

from gradproof.derivations.calculus import (
    Condition,
    Delta,
    Different,
    Downstream,
    Entry,
    Equal,
    Index,
    Partial,
    Relation,
    Sum,
    Tensor,
    Text,
    definitions_in,
    derive,
    free_indices,
)
from gradproof.derivations.calculus.lines import expand_definitions
from gradproof.verify.claim import Claim

from .deciding import tried
from .judge import Judge
from .said import Said

#: The most free indices of one size whose cases are gone through, and the values that entries are tried with.
_MOST = 4
_VALUES = (0, 1)


def case_of(said: Said, judge: Judge, whole: bool = False) -> str:
    """A case in which both sides are equal; empty if none is known.

    whole   whether the right side itself tells cases of its indices apart, so that it is said of all
    """
    indices = tuple(dict.fromkeys(index for pair in said.pairs for side in pair for index in free_indices(side)))
    for words, conditions in _orders(tuple(sorted(indices, key=lambda index: str(index.name)))) if not whole else ():
        if spoken_of(said) and any(isinstance(condition, Different) for condition in conditions):
            continue
        if all(_holds(pair, (*said.given, *conditions), judge) for pair in said.pairs):
            return f"it holds where {words}"
    try:
        for words, pairs in _values(said):
            if all(_holds(pair, said.given, judge) for pair in pairs):
                return f"it holds where {words}"
    except (ValueError, TypeError, NotImplementedError, LookupError) as problem:
        return f"whether it holds in a case could not be seen: {problem}"
    return ""


def spoken_of(said: Said) -> bool:
    """Whether the right side has a δ of free indices: nobody writes it where it is known to be 0."""
    return any(
        set(delta.args) <= free_indices(left) | free_indices(right)
        for left, right in said.pairs
        for delta in right.atoms(Delta)
    )


def _holds(pair: tuple[Expr, Expr], given: tuple[Condition, ...], judge: Judge) -> bool:
    claim = Claim("case", pair[0], Relation.EQUAL, pair[1], given)
    return tried(claim, judge.seed, judge.budget).verdict.ok


def _orders(indices: tuple[Index, ...]) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """Which indices are equal and which differ: all possibilities for those that run over one size."""
    for dim in dict.fromkeys(index.dim for index in indices):
        alike = [index for index in indices if index.dim == dim][:_MOST]
        if len(alike) < 2:
            continue
        for blocks in _partitions(alike):
            equal = [Equal(block[0], other) for block in blocks for other in block[1:]]
            different = [Different(one[0], two[0]) for place, one in enumerate(blocks) for two in blocks[place + 1 :]]
            words = [f"{each.first.name} = {each.second.name}" for each in equal]
            words += [f"{each.first.name} ≠ {each.second.name}" for each in different]
            yield ", ".join(words), (*equal, *different)


def _partitions(items: list[Index]) -> Iterator[list[list[Index]]]:
    if not items:
        yield []
        return
    for rest in _partitions(items[1:]):
        for place, block in enumerate(rest):
            yield [*rest[:place], [items[0], *block], *rest[place + 1 :]]
        yield [[items[0]], *rest]


def _values(said: Said) -> Iterator[tuple[str, list[tuple[Expr, Expr]]]]:
    """Entries of data that are 0 or 1, and both sides then. Derivatives are carried out first, which shows them.

    Nobody writes an entry on the right that is known to be 0.
    """
    if any(isinstance(given, Downstream) for given in said.given):  # no derivative can be carried out there
        return
    by = {partial.by.tensor for pair in said.pairs for side in pair for partial in side.atoms(Partial)}
    free = {index for pair in said.pairs for side in pair for index in free_indices(side)}
    done = [(carried_out(one), carried_out(two)) for one, two in said.pairs]
    written = {entry.tensor for _, right in said.pairs for entry in right.atoms(Entry)}
    data = {tensor for pair in done for side in pair for tensor in _tensors(side) if tensor.definition is None}
    for tensor in sorted(data - by, key=lambda each: str(each.name)):
        pairs = [(expand_definitions(one, tensor), expand_definitions(two, tensor)) for one, two in done]
        entries = {entry for pair in pairs for side in pair for entry in side.atoms(Entry) if entry.tensor == tensor}
        for entry in sorted(entries, key=str):
            if set(entry.indices) <= free:
                for value in _VALUES[tensor in written :]:
                    put = {entry: Integer(value)}
                    yield f"{entry} = {value}", [(one.xreplace(put), two.xreplace(put)) for one, two in pairs]


def carried_out(side: Expr) -> Expr:
    """The same with its derivatives carried out, as far as there is no derivative within another.

    Raises ValueError, TypeError, NotImplementedError or LookupError for what cannot be carried out.
    """
    if isinstance(side, Partial):
        return derive(side.expression, side.by, title=Text("", "")).result
    if not side.has(Partial):
        return side
    if isinstance(side, Sum):
        body, bound = side.open()
        return Sum(carried_out(body), *bound)
    return side.func(*map(carried_out, side.args))


def _tensors(side: Expr) -> set[Tensor]:
    """The tensors of an expression, and those of the definitions that it uses."""
    found = set(side.atoms(Tensor))
    for tensor in definitions_in(side):
        found |= tensor.definition[1].atoms(Tensor)
    return found
