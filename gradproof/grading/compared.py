"""What is known of a chain of a submission beside the exercise, and what was known of its relations before."""

from __future__ import annotations

from dataclasses import dataclass, field

from gradproof.verify.verdict import Counterexample

from .aftermath import Asserted
from .misfits import Misfit
from .reaching import Reaches
from .standing import Standing


@dataclass(frozen=True, slots=True)
class Known:
    """The relations of a chain that were refuted as they stand, those that were proved, and those that do not fit."""

    refuted: set[int]
    proved: set[int]
    misfits: dict[int, Misfit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compared:
    """What is known of one chain.

    start     where its statement begins in the passage
    answers   whether its first member is what is asked
    standing  for each relation, how the member behind it stands to the question; empty where it does not answer
    held      refuted relations that are no mistake as they stand, with the reason
    slip      the name of the slip that explains the first wrong relation, empty if no single one does
    slipped   which relation that is
    finished  whether its last member is a result
    result    how the member stands that is its result: the last one, or the one that is then set to 0
    letters   the letters of its indices, in the order of those of the question; () if it is about whole arrays
    points    where members differ from the question
    otherwise whether a name of the exercise seems to mean something else in it
    rests     wrong relations that follow, or may follow, from something wrong that was said before, with the reason
    misfits   relations whose shapes do not fit
    assigned  of a chain that says what a variable becomes: how that stands to the step that is asked
    asserted  what it says as a whole
    reaches   which milestones of a rubric each relation has reached; nothing for a relation that was not compared
    """

    start: int
    answers: bool = False
    standing: tuple[Standing, ...] = ()
    held: dict[int, str] = field(default_factory=dict)
    slip: str = ""
    slipped: int = -1
    finished: bool = False
    result: Standing = Standing.UNKNOWN
    letters: tuple[str, ...] | None = None
    points: dict[int, Counterexample] = field(default_factory=dict)
    otherwise: bool = False
    rests: dict[int, str] = field(default_factory=dict)
    misfits: dict[int, Misfit] = field(default_factory=dict)
    assigned: Standing | None = None
    asserted: Asserted | None = None
    reaches: Reaches = field(default_factory=dict)

    def mistakes(self, refuted: set[int]) -> list[int]:
        """The relations with which something goes wrong that was right before, or that are wrong by themselves."""
        wrong = refuted - set(self.held)
        for step, standing in enumerate(self.standing):
            if standing is Standing.WRONG and (not step or self.standing[step - 1] is Standing.RIGHT):
                wrong.add(step)
        return sorted(wrong)

    def first_wrong(self, refuted: set[int]) -> int | None:
        """The first relation with a mistake."""
        wrong = {step for step, each in enumerate(self.standing) if each is Standing.WRONG}
        return min(wrong | (refuted - set(self.held)), default=None)
