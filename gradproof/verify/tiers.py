"""The tiers of evidence, and which method belongs to which.

From bottom to top a tier asks for less and covers less; a claim with evidence of several tiers has been looked at from
several sides that share little code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from .guard import UNABLE
from .record import Record
from .verdict import Verdict, combine, worst


class Tier(Enum):
    """The tiers by their codes; each value says what a verdict of the tier rests on."""

    E1 = "exact, every size"
    E2 = "exact, given sizes"
    E3 = "balls"
    E4 = "Torch's autograd within its rounding bound"
    E5 = "Torch's autograd graph as mathematics"


#: The tier of every method, by the name of the method; what follows a comma in a name, such as a dtype, does not count.
TIERS = {
    "exact limit": Tier.E1,
    "every size": Tier.E1,
    "given sizes": Tier.E2,
    "scalars": Tier.E2,
    "one variable": Tier.E3,
    "balls": Tier.E3,
    "Torch autograd": Tier.E4,
    "Torch's graph": Tier.E5,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a tier says of several claims: the worst verdict, on how many it decided, and how many it tried."""

    verdict: Verdict
    decided: int
    tried: int

    def to_json(self) -> dict[str, Any]:
        return {"verdict": self.verdict.name, "decided": self.decided, "tried": self.tried}


def tier_of(method: str) -> Tier | None:
    """The tier of the method of this name; None for a method of somebody else."""
    return TIERS.get(method.split(",")[0])


def standings(records: Iterable[Record]) -> dict[Tier, Standing]:
    """What each tier says of these claims; a tier that tried none of them is left out."""
    found: dict[Tier, list[Verdict]] = {tier: [] for tier in Tier}
    for record in records:
        for tier, verdict in verdicts_by_tier(record).items():
            found[tier].append(verdict)
    return {tier: _standing(verdicts) for tier, verdicts in found.items() if verdicts}


def verdicts_by_tier(record: Record) -> dict[Tier, Verdict]:
    """The verdict of each tier that tried the claim."""
    found: dict[Tier, list[Verdict]] = {}
    for item in record.evidence:
        tier = tier_of(item.method)
        if tier and not item.detail.startswith(UNABLE):
            found.setdefault(tier, []).append(item.verdict)
    return {tier: combine(found[tier]) for tier in Tier if tier in found}


def _standing(verdicts: list[Verdict]) -> Standing:
    decided = sum(verdict in (Verdict.PROVED, Verdict.AGREES, Verdict.REFUTED) for verdict in verdicts)
    return Standing(worst(verdicts), decided, len(verdicts))
