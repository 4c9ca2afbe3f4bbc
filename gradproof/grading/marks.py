"""A submission that was graded: its lines, each with its mark, and how far it answers the question."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from gradproof.derivations.calculus import Text
from gradproof.derivations.notation.reading import Macros
from gradproof.derivations.slips import SLIPS
from gradproof.verify.verdict import Counterexample

from .findings import Finding
from .numbers import number
from .standing import Reach, Standing

if TYPE_CHECKING:
    from .rubric.points import Points

#: The schema of the JSON of `gradproof grade`.
SCHEMA = "gradproof/grade/1"
_TEXTS = {slip.name: slip.text for slip in SLIPS}


def slip_text(name: str) -> Text:
    """What a slip of the table is called."""
    return _TEXTS[name]


class Mark(Enum):
    """What a line earns: a point, none, or what the grader says; a line that claims nothing has no mark."""

    RIGHT = "right"
    WRONG = "wrong"
    OPEN = "open"
    NONE = "no claim"


class Reached(Enum):
    """How far a submission answers the question."""

    RIGHT = "the result is right"
    WRONG = "the result is wrong"
    OPEN = "whether the result is right is not decided"
    UNFINISHED = "it begins with the question and does not reach a result"
    NOT_FOUND = "no line begins with what is asked"


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its mark.

    again    whether it is right again, though it does not follow from the line before
    stands   how it stands to what is asked; None if its chain does not begin with that
    reaches  how far it has come towards the milestones of a rubric; None if it was not compared with them
    hint     what its author may be told instead of what is wrong
    """

    finding: Finding
    mark: Mark
    reason: str = ""
    slip: str = ""
    again: bool = False
    point: Counterexample | None = None
    stands: Standing | None = None
    reaches: dict[int, Reach] | None = None
    hint: Text | None = None

    def text(self) -> Text | None:
        """What the slip is called, if it has a name."""
        return _TEXTS.get(self.slip)

    def to_json(self) -> dict[str, Any]:
        said = self.text()
        return {
            "line": self.finding.place.line,
            "column": self.finding.place.column,
            "file": self.finding.place.file,
            "mark": self.mark.name,
            "status": self.finding.status.name,
            "left": self.finding.left,
            "sign": self.finding.sign,
            "right": self.finding.right,
            "reason": self.reason,
            "right_again": self.again,
            "slip": {"name": self.slip, "en": said.en, "zh": said.zh} if said else None,
            "counterexample": self.point.to_json() if self.point else None,
            "hint": {"en": self.hint.en, "zh": self.hint.zh} if self.hint else None,
        }


@dataclass(frozen=True, slots=True)
class Graded:
    """A submission with its marks; `problem` says why nothing could be read of it, `student` whose it is if known.

    macros   those of the submission, by which its formulas are shown
    letters  which letter of the exercise is which of the submission, where that has letters of its own
    awarded  the points under a rubric; None: a point for each line that is right
    """

    file: str
    lines: tuple[Line, ...] = ()
    reached: Reached = Reached.NOT_FOUND
    problem: str = ""
    student: str = ""
    macros: Macros = field(default_factory=dict, repr=False)
    letters: dict[str, str] = field(default_factory=dict)
    awarded: Points | None = None

    def count(self, mark: Mark) -> int:
        return sum(line.mark is mark for line in self.lines)

    @property
    def points(self) -> int | float:
        """The points that are certain."""
        return self.count(Mark.RIGHT) if self.awarded is None else number(self.awarded.certain)

    @property
    def count_open(self) -> int:
        """The lines that are left to the grader."""
        return self.count(Mark.OPEN)

    @property
    def open(self) -> int | float:
        """The points that are left to the grader."""
        return self.count_open if self.awarded is None else number(self.awarded.most - self.awarded.certain)

    @property
    def of(self) -> int | float:
        """The points that there are: without a rubric one for each line that claims something."""
        return len(self.lines) - self.count(Mark.NONE) if self.awarded is None else number(self.awarded.of)

    @property
    def first_wrong(self) -> Line | None:
        return next((line for line in self.lines if line.mark is Mark.WRONG), None)

    def to_json(self) -> dict[str, Any]:
        wrong = self.first_wrong
        return {
            "student": self.student,
            "file": self.file,
            "problem": self.problem,
            "points": self.points,
            "of": self.of,
            "open": self.open,
            "result": self.reached.name,
            "sentence": self.reached.value,
            "letters": self.letters,
            "first_wrong": wrong.finding.place.line if wrong else None,
            "rubric": self.awarded.to_json() if self.awarded else None,
            "lines": [line.to_json() for line in self.lines],
        }
