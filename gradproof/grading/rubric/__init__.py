"""Rubrics: which points a derivation earns, by what its lines reach."""

from ..milestones import Milestone, Shows
from .awarding import award, awarded
from .items import Deductions, Item, Rubric, discreet
from .points import Award, Awarded, Deduction, Points
from .reading import BadRubric, read_rubric, with_rubric

__all__ = [
    "Award",
    "Awarded",
    "BadRubric",
    "Deduction",
    "Deductions",
    "Item",
    "Milestone",
    "Points",
    "Rubric",
    "Shows",
    "award",
    "awarded",
    "discreet",
    "read_rubric",
    "with_rubric",
]
