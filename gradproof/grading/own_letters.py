"""An exercise in the letters of a submission: who defines a = σ(z) and L = … writes of L and z, not of ours.

The letters are found from what the submission defines and by what it differentiates, and taken only if each of its
definitions is then proved to be that of the exercise. A submission that defines nothing is read in our letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice, permutations

from gradproof.derivations.calculus import Derivation, Entry, Tensor, definitions_in
from gradproof.derivations.calculus.renaming import names_in, renamed
from gradproof.derivations.catalogue import UnknownDerivation, find
from gradproof.documents import Document
from gradproof.verify.guard import TimedOut, time_limit

from .exercise import Exercise, NoExercise, as_read, exercise
from .own_definitions import NOT_UNDERSTOOD, Definitions, data_of, ends_of, letters_of, proved_in
from .passages import Effort

#: How many ways of matching letters are tried, and how many letters are matched at most.
_MOST, _LETTERS = 24, 6
#: Letters for what stands in the exercise only, where the submission has its own use for a letter of it.
_SPARE = ["q", "r", "s", "u", "v", "g", "h", "a", "b", "c", "d", "e", "f", "w", "x", "y", "z", "t", "o"]
#: New names by old ones.
Names = dict[str, str]


def in_own_letters(document: Document, asked: Exercise, effort: Effort) -> tuple[Exercise, Names]:
    """The exercise as a submission writes it, and which letter of the exercise is which of the submission."""
    derivation = _entry(asked)
    if derivation is None:
        return asked, {}
    try:
        with time_limit(effort.statement):
            own = Definitions.of(document)
            if own.equations and not own.agrees(asked):
                for names in islice(_ways(derivation, own), _MOST):
                    apart = _out_of_the_way(derivation, names, own)
                    found = _written(derivation.name, names | apart)
                    if found is not None and own.agrees(found):
                        return _named(asked, found, own, names, apart)
    except (TimedOut, *NOT_UNDERSTOOD):
        pass
    return asked, {}


def _ways(derivation: Derivation, own: Definitions) -> Iterator[Names]:
    """How the letters may correspond: by what is differentiated, and first with few letters changed."""
    asked = ends_of(derivation.statement)
    if asked is None:
        return
    ours = data_of(*asked)
    for ends in own.ends():
        theirs = data_of(*ends)
        sizes = [datum for datum in theirs if not datum.dims] if len(theirs) == len(ours) + 1 else [None]
        for size in sizes:  # the m of 1/m Σ_i, which nothing bounds
            data = [datum for datum in theirs if datum is not size]
            if len(data) != len(ours) or len(data) > _LETTERS:
                continue
            orders = [order for order in permutations(data) if _ranks(order) == _ranks(ours)]
            for order in sorted(orders, key=lambda order: sum(map(_differ, ours, order))):
                names = _matched(list(zip((*asked, *ours), (*ends, *order), strict=True)), size)
                if names is not None:
                    yield names


def _ranks(tensors: Iterable[Tensor]) -> list[int]:
    return [len(tensor.dims) for tensor in tensors]


def _differ(one: Tensor, other: Tensor) -> bool:
    return bool(one.name != other.name)


def _matched(pairs: list[tuple[Tensor, Tensor]], size: Tensor | None) -> Names | None:
    """The names of tensors and of their sizes; None if two things would get one name, or one thing two."""
    same = {(str(one.name), str(other.name)) for one, other in pairs}
    same |= {
        (str(one.name), str((size or other).name))
        for ours, theirs in pairs
        for one, other in zip(ours.dims, theirs.dims, strict=False)
    }
    names = dict(same)
    return names if len(names) == len(same) == len({*names.values()}) else None


def _out_of_the_way(derivation: Derivation, names: Names, own: Definitions) -> Names:
    """Other letters for what only the exercise names, where the submission has its own use for them."""
    used = {*names.values(), *(head for head, _ in (*own.glossary.definitions, *own.glossary.heads))}
    left = sorted(names_in(derivation) - names.keys())
    free = iter(letter for letter in _SPARE if letter not in used | names_in(derivation))
    return {name: next(free, name) for name in left if name in used}


def _named(asked: Exercise, found: Exercise, own: Definitions, names: Names, apart: Names) -> tuple[Exercise, Names]:
    """The exercise, with the letters of the submission also for what it names on the way."""
    more = names | _on_the_way(found, own, names, apart)
    better = _written(found.name, apart | more) if more != names else None
    if better is not None and own.agrees(better):
        names, found = more, better
    found = replace(found, milestones=renamed(asked.milestones, apart | names))
    return found, {old: new for old, new in names.items() if old != new}


def _on_the_way(found: Exercise, own: Definitions, names: Names, apart: Names) -> Names:
    """What the exercise defines and the submission defines alike, by the names in the exercise."""
    glossary, _ = own.beside(found)
    old = {new: name for name, new in (names | apart).items()}
    more: Names = {}
    for tensor in definitions_in(found.statement):
        name, indices = str(tensor.name), tensor.definition[0]
        if name in names.values():
            continue
        for left, _ in own.equations:
            theirs, letters = own.name(left), letters_of(left, own.glossary)
            if theirs is None or str(theirs.name) in {*names.values(), *more.values()} or len(letters) != len(indices):
                continue
            if proved_in(as_read(Entry(tensor, *indices), indices, letters), left, glossary):
                more[old.get(name, name)] = str(theirs.name)
                break
    return more


def _entry(asked: Exercise) -> Derivation | None:
    """The entry of the catalogue that an exercise is; None for one of a grader's own."""
    try:
        found = find(asked.name)
    except UnknownDerivation:
        return None
    return found if found.statement == asked.statement else None


def _written(name: str, names: Names) -> Exercise | None:
    """An entry in these letters as an exercise; None if it is none then."""
    return _made(name, frozenset(names.items()))


@lru_cache(64)
def _made(name: str, names: frozenset[tuple[str, str]]) -> Exercise | None:
    try:
        return exercise(renamed(find(name), dict(names)))
    except (NoExercise, ValueError):
        return None
