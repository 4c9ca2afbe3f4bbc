"""How small a slip a comparison of numbers would have seen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sharpness:
    """The relative slips that would have been seen at half of the effective places, and at nine tenths of them."""

    half: float
    most: float

    def __str__(self) -> str:
        return f"sees a relative slip of {self.half:.0e} at half of the places, of {self.most:.0e} at nine tenths"

    def to_json(self) -> dict[str, float]:
        return {"half": self.half, "nine tenths": self.most}

    @classmethod
    def from_json(cls, data: dict[str, float]) -> Sharpness:
        """What `to_json` wrote; raises KeyError when a part is missing."""
        return cls(data["half"], data["nine tenths"])
