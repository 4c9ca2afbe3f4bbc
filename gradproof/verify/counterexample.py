"""Points at which a claim fails."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Counterexample:
    """An exact point at which both sides differ, confirmed by exact or ball arithmetic.

    sizes    the sizes by name, e.g. {"n": 2}
    indices  the free indices by name, counted from 1
    values   tensors by name, nested lists of exact numbers as text ("1/2")
    lhs, rhs the values of both sides as decimal text, with every digit shown certain
    """

    sizes: dict[str, int]
    indices: dict[str, int]
    values: dict[str, Any]
    lhs: str
    rhs: str

    def __str__(self) -> str:
        where = [f"{name} = {value}" for name, value in (self.sizes | self.indices).items()]
        where += [f"{name} = {_nested(value)}" for name, value in self.values.items()]
        return with_minus(f"{', '.join(where)}: left {self.lhs}, right {self.rhs}")

    def to_json(self) -> dict[str, Any]:
        return {
            "sizes": dict(self.sizes),
            "indices": dict(self.indices),
            "values": dict(self.values),
            "left": self.lhs,
            "right": self.rhs,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Counterexample:
        """The counterexample that `to_json` wrote; raises KeyError when a part is missing."""
        return cls(data["sizes"], data["indices"], data["values"], data["left"], data["right"])


def with_minus(text: str) -> str:
    """The text with a real minus sign before each negative number; exponents stay as programs read them (1e-9)."""
    return re.sub(r"(?<![\w)])-(?=\d)", "−", text)


def _nested(value: Any) -> str:
    return f"({', '.join(map(_nested, value))})" if isinstance(value, list) else str(value)
