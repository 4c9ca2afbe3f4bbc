"""What a claim says, as a number: equal claims have equal fingerprints in every process, different ones do not.

A formula is told by what SymPy compares formulas by: the type and the hashable content of every node. Anything of which
it is not known what it is compared by raises TypeError, so that nothing is ever taken for something else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum

from sympy import Basic


def fingerprint(value: object) -> str:
    """The SHA-256 of a value made of formulas, dataclasses, tuples, enumerations, texts and numbers.

    Raises TypeError for anything else.
    """
    return _Reader().visit(value).hex()


class _Reader:
    def __init__(self) -> None:
        self._known: dict[Basic, bytes] = {}

    def visit(self, value: object) -> bytes:
        if isinstance(value, Basic):
            if value not in self._known:
                self._known[value] = self._joined(value, value._hashable_content())
            return self._known[value]
        if isinstance(value, Enum):
            return self._joined(value, (value.name,))
        if isinstance(value, tuple):
            return self._joined(value, value)
        if is_dataclass(value) and not isinstance(value, type):
            return self._joined(value, (getattr(value, field.name) for field in fields(value)))
        if value is None or type(value) in (bool, int, float, str):
            return hashlib.sha256(f"{type(value).__name__} {value!r}".encode()).digest()
        raise TypeError(f"{value!r} of the type {type(value).__name__} has no fingerprint")

    def _joined(self, value: object, parts: Iterable[object]) -> bytes:
        kind = f"{type(value).__module__}.{type(value).__qualname__}(".encode()
        return hashlib.sha256(kind + b"".join(map(self.visit, parts))).digest()
