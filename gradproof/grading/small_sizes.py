"""Relations about places, decided at small sizes: sums that begin at 2, a_{k+1}, a_1, Σ_k k a_k, ellipses.

At a size every entry is a name of its own. An array of n entries begins at 0 or at 1, whichever the relation uses;
one that would need both is not looked at. What holds at these sizes is no proof for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from itertools import product

from gradproof.derivations.meaning import Context, Glossary
from gradproof.derivations.meaning.glossary import Definition, Head, Key
from gradproof.derivations.meaning.references import Unindexable, is_name, letters_of
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Name, Node, Number, Scripts

from .about_places import array_at, bound_letters, defined_at, free_letters
from .expanding import at
from .places import Instance, NotExpanded, Outside, Places, Setting
from .recursions import EACH

#: The sizes that are tried, and the most relations that are decided for one.
SIZES, _MOST = (2, 3, 4), 60


def instances(left: Node, right: Node, glossary: Glossary) -> Iterator[Instance]:
    """The relation at each small size and place. Raises NotExpanded."""
    sizes = _sizes(left, right, glossary)
    if len(sizes) > 2:
        raise NotExpanded("places in more than two sizes")
    letters = sorted(free_letters(left, right, glossary=glossary) - set(sizes))
    made = 0
    for size, order in product(SIZES, (sizes, sizes[::-1]) if len(sizes) > 1 else (sizes,)):
        values = {name: size + more for more, name in enumerate(order)}  # different sizes, so that none hides another
        lasts = [_last(letter, (left, right), glossary, values) for letter in letters]
        if any(last is None for last in lasts):
            raise NotExpanded(f"how far does {letters[lasts.index(None)]} run?")
        for choice in product(*(range(1, (last or 0) + 1) for last in lasts)):
            chosen = values | dict(zip(letters, choice, strict=True))
            try:
                found = _Entries(glossary, chosen).relation(left, right)
            except Outside:
                continue
            made += 1
            if made > _MOST:
                raise NotExpanded(f"more than {_MOST} places")
            yield Instance(chosen, size, *found)


def undeclared(left: Node, right: Node, glossary: Glossary) -> list[str]:
    """The sizes among several that nobody declared: they may be equal to others."""
    sizes = _sizes(left, right, glossary)
    return [size for size in sizes if size not in glossary.sizes - glossary.met] if len(sizes) > 1 else []


def _sizes(left: Node, right: Node, glossary: Glossary) -> list[str]:
    """The sizes that a relation names, in bounds or as the sizes of its arrays."""
    found: dict[str, None] = {}
    for node in (part for side in (left, right) for part in s.walk(side)):
        if isinstance(node, s.BigOperator):
            bound = {part.text for part in s.walk(node.lower) if isinstance(part, Name)} if node.lower else set()
            ends = [*s.walk(node.upper)] if node.upper is not None else []
            free = free_letters(left, right, glossary=glossary) | bound_letters(left, right)
            found |= {end.text: None for end in ends if isinstance(end, Name) and end.text not in bound | free}
        if isinstance(node, Name) and node.text in glossary.sizes:
            found[node.text] = None
        if isinstance(node, Scripts) and (array := array_at(node, glossary)) is not None:
            found |= dict.fromkeys(size for size in array[1].sizes if size)
    return list(found)


def _last(letter: str, bodies: tuple[Node, ...], glossary: Glossary, values: Places) -> int | None:
    """How far a letter runs: its declared range, or the axis at which it stands."""
    declared = glossary.ranges.get(letter)
    if declared is not None and declared in values:
        return values[declared]
    for node in (part for body in bodies for part in s.walk(body)):
        if isinstance(node, Scripts) and (array := array_at(node, glossary)) is not None and node.lower is not None:
            for size, part in zip(array[1].sizes, letters_of(node.lower), strict=False):
                if isinstance(part, Name) and part.text == letter and size in values:
                    return values[size]
    return None


@dataclass(slots=True)
class _Entries:
    """One relation at one size: the entries that it uses become names."""

    glossary: Glossary
    values: Places
    used: dict[Key, dict[tuple[int, ...], None]] = field(default_factory=dict)
    defined: dict[Key, dict[tuple[int, ...], None]] = field(default_factory=dict)

    def relation(self, left: Node, right: Node) -> tuple[Node, Node, Glossary]:
        """Both sides, and what is known of their names. Raises NotExpanded and Outside."""
        setting = Setting(self.values, lambda letter, body: _last(letter, (body,), self.glossary, self.values))
        one, other = (self.named(at(side, setting)) for side in (left, right))
        known = Glossary(functions=dict(self.glossary.functions), layout=self.glossary.layout)
        known.heads = {key: head for key, head in self.glossary.heads.items() if not head.axes}
        for (head, font), definition in self.glossary.definitions.items():
            if definition.arguments is not None or not definition.indices:
                try:
                    formula = self.named(at(definition.formula, setting))
                except (NotExpanded, Outside):
                    if self._mentioned(head, left, right):
                        raise
                    continue
                known.definitions[head, font] = Definition((), definition.arguments, formula)
        known.definitions |= self._of_entries(setting)
        for key, places in self.used.items():
            self._inside(key, list(places))
            domain = self.glossary.heads[key].domain
            known.heads |= {(_entry(key, place), key[1]): Head(domain=domain) for place in places}
        return one, other, known

    def _mentioned(self, head: str, left: Node, right: Node) -> bool:
        """Whether either side, or the definition of anything else, may speak of this name, accents and all."""
        others = (other.formula for (key, _), other in self.glossary.definitions.items() if key != head)
        names = (node.text for part in (left, right, *others) for node in s.walk(part) if isinstance(node, Name))
        return any(name in head for name in names)

    def named(self, node: Node) -> Node:
        """Entries as names. Raises NotExpanded for an array that stands whole."""
        if isinstance(node, Scripts) and (array := array_at(node, self.glossary)) is not None:
            key, head = array
            if head.domain not in EACH or head.symmetric:
                raise NotExpanded(f"what is said of the entries of {key[0]} together")
            assert node.lower is not None
            numbers = [part.text for part in letters_of(node.lower) if isinstance(part, Number)]
            if len(numbers) == head.axes and not node.primes:
                place = tuple(map(int, numbers))
                self.used.setdefault(key, {})[place] = None
                return self._entry_of(node, key, place)
        if isinstance(node, Scripts) and (found := defined_at(node, self.glossary)) is not None:
            key, place = found
            self.defined.setdefault(key, {})[place] = None
            return self._entry_of(node, key, place)
        if isinstance(node, (Name, Scripts)) and is_name(node):
            self._refuse_arrays(node)
        changed = {part.name: self._each(getattr(node, part.name)) for part in fields(node) if part.name != "span"}
        return replace(node, **changed) if changed else node  # type: ignore[arg-type]

    def _entry_of(self, node: Scripts, key: Key, place: tuple[int, ...]) -> Node:
        name = Name(_entry(key, place), key[1], span=node.span)
        return name if node.upper is None else Scripts(name, None, self.named(node.upper), span=node.span)

    def _of_entries(self, setting: Setting) -> dict[Key, Definition]:
        """What the entries that were named are defined to be, and the entries that stand in these formulas."""
        made: dict[Key, Definition] = {}
        while left := [(key, place) for key, places in self.defined.items() for place in places
                       if (_entry(key, place), key[1]) not in made]:  # fmt: skip
            for key, place in left:
                definition = self.glossary.definitions[key]
                here = setting.having(dict(zip(definition.indices, place, strict=True)))
                made[_entry(key, place), key[1]] = Definition((), None, self.named(at(definition.formula, here)))
                if len(made) > _MOST:
                    raise NotExpanded(f"more than {_MOST} entries")
        return made

    def _each(self, value: object) -> object:
        if isinstance(value, Node):
            return self.named(value)
        return tuple(map(self._each, value)) if isinstance(value, tuple) else value

    def _refuse_arrays(self, node: Name | Scripts) -> None:
        try:
            reference = Context(self.glossary).refer(node)
        except Unindexable as problem:
            raise NotExpanded(str(problem)) from problem
        key = self.glossary.key(reference.head, reference.font)
        head, definition = self.glossary.heads.get(key), self.glossary.definitions.get(key)
        if (head is not None and head.axes) or (definition is not None and definition.indices):
            raise NotExpanded(f"{key[0]} stands as an array, or is defined by its entries, beside places")

    def _inside(self, key: Key, places: list[tuple[int, ...]]) -> None:
        """Raises Outside for an entry that an array of this size does not have, whether it begins at 0 or at 1."""
        for axis, size in enumerate(self.glossary.heads[key].sizes):
            found = {place[axis] for place in places}
            last = self.values.get(size)
            if last is not None and (max(found) > last or (0 in found and last in found)):
                raise Outside


def _entry(key: Key, place: tuple[int, ...]) -> str:
    return f"{key[0]}_{','.join(map(str, place))}"
