"""Tables of a TOML file that a person wrote: unknown names and wrong kinds of values are said in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from gradproof.derivations.calculus import Text

#: The most points that an item may have.
_MOST = 10_000


class BadTable(ValueError):  # noqa: N818 - it is said to the grader
    """A value that cannot be used; the message names the value, the place, and the way out."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the names that it may have; `place` is what it is called. Raises BadTable for other names."""

    data: dict[str, Any]
    place: str
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        for name in self.data:
            if name not in self.names:
                near = get_close_matches(name, self.names, 1)
                way = f"did you mean {near[0]}?" if near else f"it may have {', '.join(self.names[:8])}"
                raise BadTable(f"{self.place} has the unknown name {name}; {way}")

    def _value(self, name: str, kind: type, spoken: str) -> Any:
        value = self.data.get(name)
        if value is not None and (not isinstance(value, kind) or (kind is not bool and isinstance(value, bool))):
            raise BadTable(f"{self.place}: {name} = {_short(value)} is not {spoken}")
        return value

    def words(self, name: str) -> str | None:
        found = self._value(name, str, "a text; write it in quotes")
        if found is not None and not found.strip():
            raise BadTable(f"{self.place}: {name} is empty; leave it out, or say something")
        return found if found is None else str(found)

    def flag(self, name: str, otherwise: bool) -> bool:
        found = self._value(name, bool, "true or false")
        return otherwise if found is None else bool(found)

    def points(self, name: str) -> Fraction:
        value = self.data.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, Fraction)) or not 0 <= value <= _MOST:
            said = f"{name} is missing" if value is None else f"{name} = {_short(value)}"
            raise BadTable(f"{self.place}: {said}; points are a number from 0 to {_MOST}, such as 2 or 0.5")
        return Fraction(value)

    def text(self, name: str, otherwise: Text) -> Text:
        """A text in one language for both, or {en = …, zh = …}."""
        value = self.data.get(name)
        if isinstance(value, dict):
            both = Table(value, f"{self.place}, {name}", ("en", "zh"))
            en, zh = both.words("en"), both.words("zh")
            if en is None and zh is None:
                raise BadTable(f'{both.place} says nothing; write {{ en = "…", zh = "…" }}')
            return Text(en or zh or "", zh or en or "")
        said = self.words(name)
        return otherwise if said is None else Text(said, said)

    def table(self, name: str, names: tuple[str, ...]) -> Table | None:
        found = self._value(name, dict, "a table")
        return None if found is None else Table(found, name, names)

    def rows(self, name: str) -> list[dict[str, Any]]:
        found = self._value(name, list, f"a list of tables; write [[{name}]]") or []
        for row in found:
            if not isinstance(row, dict):
                raise BadTable(f"{self.place}: {name} has {_short(row)}, which is no table; write [[{name}]]")
        return list(found)


def _short(value: object) -> str:
    said = str(value) if isinstance(value, Fraction) else repr(value)
    return said if len(said) <= 60 else f"{said[:59]}…"
