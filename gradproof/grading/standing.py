"""How the members of a chain stand to what is asked, and how far they have come towards milestones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .milestones import Shows


class Standing(Enum):
    """How a member stands to the question of its chain."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a line has come towards a milestone, and how it stands to the question of that milestone."""

    shows: Shows
    standing: Standing
