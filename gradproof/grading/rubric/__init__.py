"""Rubrics: which points a derivation earns, by what its lines reach."""

from ..milestones import Milestone, Shows
from .awarding import Award, Awarded, Deduction, Points, award
from .items import Deductions, Item, Rubric, discreet
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
    "discreet",
    "read_rubric",
    "with_rubric",
]
