"""A class that hands in: who handed in what, grading all of it at once, and a summary for a spreadsheet."""

from .grading import Grader, graded_class
from .handing_in import NothingHandedIn, handed_in
from .names import BadNames, NamePattern
from .submissions import Submission, submissions
from .summary import BadSummary, Row, SummaryFile, frequent_slips, rows

__all__ = [
    "BadNames",
    "BadSummary",
    "Grader",
    "NamePattern",
    "NothingHandedIn",
    "Row",
    "Submission",
    "SummaryFile",
    "frequent_slips",
    "graded_class",
    "handed_in",
    "rows",
    "submissions",
]
