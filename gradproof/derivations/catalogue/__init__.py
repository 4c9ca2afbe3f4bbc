"""The catalogue: every derivation, by chapter. A new derivation is one file in the folder of its chapter.

A module of a chapter holds one or more `Derivation` objects; the name of each is the name of its variable. An entry
that builds on another imports the module of that entry, not the derivation itself.
"""

from __future__ import annotations

import difflib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from types import ModuleType

from gradproof.derivations.calculus import Derivation, Text

#: The chapters in the order of the course, and after them what is not of the course.
_CHAPTERS = (
    "gradients",
    "functions",
    "norms",
    "minima",
    "activations",
    "losses",
    "softmax",
    "perceptron",
    "many_outputs",
    "backprop",
    "regression",
    "information",
    "classification",
    "descent",
    "stability",
)


class UnknownDerivation(LookupError):  # noqa: N818 - it reads as what happened
    """No derivation has this name; the message names the nearest ones."""


class UnknownChapter(LookupError):  # noqa: N818 - it reads as what happened
    """No chapter has this number or name; the message lists all of them."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its derivations in reading order, and remarks on what is often misread in it."""

    name: str
    title: Text
    derivations: tuple[Derivation, ...]
    misread: tuple[Text, ...] = ()


@lru_cache(maxsize=1)
def chapters() -> tuple[Chapter, ...]:
    """Returns all chapters; the first call derives every entry. Raises nothing."""
    return tuple(_load(name) for name in _CHAPTERS)


def chapter(asked: str) -> Chapter:
    """The chapter of this number, from 1, or of this name. Raises UnknownChapter."""
    for number, found in enumerate(chapters(), start=1):
        if asked in (str(number), found.name):
            return found
    known = ", ".join(f"{number} {name}" for number, name in enumerate(_CHAPTERS, start=1))
    raise UnknownChapter(f"there is no chapter {asked!r}; the chapters are {known}")


def derivations() -> Iterator[Derivation]:
    """Every entry, in reading order, without branches."""
    for chapter in chapters():
        yield from chapter.derivations


def names() -> tuple[str, ...]:
    """Returns the names of all entries, in reading order. Raises nothing."""
    return tuple(derivation.name for derivation in derivations())


def find(name: str) -> Derivation:
    """Returns the derivation of this name; a branch is named ENTRY.CASE. Raises UnknownDerivation, with near names."""
    known = {part.name: part for derivation in derivations() for part in derivation.walk()}
    if name in known:
        return known[name]
    nearest = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    hint = f"; the nearest are {', '.join(nearest)}" if nearest else ""
    raise UnknownDerivation(f"there is no derivation named {name!r}{hint} (gradproof list shows all)")


def _load(chapter: str) -> Chapter:
    package = import_module(f"{__name__}.{chapter}")
    modules = [import_module(f"{package.__name__}.{module.name}") for module in pkgutil.iter_modules(package.__path__)]
    first = {name: place for place, name in enumerate(package.READING_ORDER)}
    modules.sort(key=lambda module: (first.get(module.__name__.rpartition(".")[2], len(first)), module.__name__))
    found = [derivation for module in modules for derivation in _derivations_of(module)]
    return Chapter(chapter, package.TITLE, tuple(found), getattr(package, "OFTEN_MISREAD", ()))


def _derivations_of(module: ModuleType) -> list[Derivation]:
    public = {name: value for name, value in vars(module).items() if not name.startswith("_")}
    own = {name: value for name, value in public.items() if isinstance(value, Derivation)}
    if not own:
        raise ValueError(f"{module.__name__} holds no derivation; every file of the catalogue is an entry")
    for name, derivation in own.items():
        if derivation.name != name:
            raise ValueError(f"{module.__name__}: the derivation {derivation.name!r} is held by the variable {name!r}")
    return list(own.values())
