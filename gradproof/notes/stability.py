"""The measured table of a naive and a stable form, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from gradproof.derivations.calculus import Derivation
from gradproof.verify.stability import Accuracy, Failure, Outcome, Row, Table, stability_of

from .numbers import significant
from .tree import Stability, StabilityRow
from .wording import words

_OUTCOMES = {Outcome.INFINITE: "overflow", Outcome.UNDEFINED: "undefined", Outcome.LOST: "lost"}
#: Reasons why a row is empty.
_REASONS = {"Torch is not installed": "no_torch"}


@lru_cache(maxsize=256)
def measured(derivation: Derivation, seed: int = 0) -> Table:
    """The table of an entry, measured once in a process. Raises NoStableFormError."""
    return stability_of(derivation, seed=seed)


def stability_table(table: Table, language: str) -> Stability:
    """What was measured, in the language."""
    points = sorted({row.points for row in table.rows if not row.unavailable})
    comma = words("list_separator", language)
    versions = [f"{name} {version}" for name, version in table.versions.items() if name != "enclosures"]
    note = words("stability_note", language).format(
        points="–".join(map(str, dict.fromkeys((points[0], points[-1])))) if points else 0,
        sizes="".join(f"{name} = {size}{comma}" for name, size in table.sizes.items()),
        seed=table.seed,
        versions=comma.join([*versions, table.versions["enclosures"]]),
    )
    heads = ("dtype", "naive", "stable", "naive_fails")
    first, second, third, fourth = (words(key, language) for key in heads)
    return Stability((first, second, third, fourth), tuple(_row(row, language) for row in table.rows), note)


def _row(row: Row, language: str) -> StabilityRow:
    if row.naive is None or row.stable is None:
        known = _REASONS.get(row.unavailable)
        reason = words(known, language) if known else row.unavailable
        return StabilityRow(row.dtype, "–", "–", (words("measured_nothing", language).format(reason=reason),))
    return StabilityRow(row.dtype, _worst(row.naive), _worst(row.stable), fails(row.naive.failures, language))


def _worst(accuracy: Accuracy) -> str:
    return significant(accuracy.worst, 2) if math.isfinite(accuracy.worst) else "∞"


@dataclass(frozen=True, slots=True)
class _Way:
    """A failure without its sign, its size as it is shown; None where it fails at every size."""

    outcome: Outcome
    variables: str
    others: str
    size: str | None
    beyond: bool

    def where(self, signs: set[int], language: str) -> str:
        """In signs: "x > 709.8", "0 < |x| < 1.2·10⁻¹⁶", "max |z| > 88.7"; nothing in it is to be broken over lines."""
        if self.size is None:
            return words("any_size", language)
        match sorted(signs):
            case [0]:
                region = f"max |{self.variables}| {'>' if self.beyond else '<'} {self.size}"
            case [-1, 1]:
                region = f"|{self.variables}| > {self.size}" if self.beyond else f"0 < |{self.variables}| < {self.size}"
            case [1]:
                region = f"{self.variables} > {self.size}" if self.beyond else f"0 < {self.variables} < {self.size}"
            case _:
                region = f"{self.variables} < −{self.size}" if self.beyond else f"−{self.size} < {self.variables} < 0"
        return (f"{region} ({self.others})" if self.others else region).replace(" ", "\u00a0")


def fails(failures: tuple[Failure, ...], language: str) -> tuple[str, ...]:
    """Where a form fails and how, by what comes out; both signs of a scalar together where they agree."""
    signs: dict[_Way, set[int]] = {}
    for failure in failures:
        size = None if failure.size is None else significant(failure.size, 4)
        way = _Way(failure.outcome, ", ".join(failure.variables), failure.others, size, failure.beyond)
        signs.setdefault(way, set()).add(failure.sign)
    comma, colon = words("list_separator", language), words("colon", language)
    texts = []
    for outcome, key in _OUTCOMES.items():
        found = [way.where(signs[way], language) for way in signs if way.outcome is outcome]
        if found:
            texts.append(f"{words(key, language)}{colon}{comma.join(sorted(found))}")
    return tuple(texts)
