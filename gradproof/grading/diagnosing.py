"""What is wrong with a relation, in the words of the table of slips: which one slip explains what was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from gradproof.derivations.meaning import Glossary
from gradproof.derivations.notation.reading.syntax import Node
from gradproof.derivations.slips.derivatives import replaced_by_step

from .compared import Compared, Known
from .exercise import Exercise
from .forms import forms_before, in_cases, said_once
from .judge import EQUALITIES
from .misfits import Fitting, Misfit
from .naming import reached, slip_between
from .repairs import MISSING, with_derivatives
from .standing import Standing
from .steps import turned


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How slips are looked for: `proved` says whether two formulas are proved equal."""

    exercise: Exercise
    glossary: Glossary
    proved: Callable[[Node, Node], bool]
    seed: int

    def misfits(self, members: list[Node], known: Known, signs: tuple[str, ...]) -> dict[int, Misfit]:
        """What is to be said of relations that are not proved and whose shapes do not fit."""
        fitting = Fitting(self.glossary, self.proved)
        steps = [step for step, sign in enumerate(signs) if sign in EQUALITIES and step not in known.proved]
        found = {step: fitting.misfit(members, step, step in known.refuted) for step in steps}
        return {step: each for step, each in found.items() if each is not None}

    def slip(self, members: list[Node], step: int, asked: tuple[str, ...] | None) -> str:
        """The one slip that leads to the member behind a relation, from the member before it or from the result."""
        found = self._between(members[step], members[step + 1], asked)
        if self._without_derivatives(members[step], members[step + 1]):
            return MISSING if found in ("", MISSING) else ""
        return found

    def _between(self, left: Node, right: Node, asked: tuple[str, ...] | None) -> str:
        forms, given = forms_before(left, right, self.glossary, self.exercise, asked)
        apart = in_cases(forms, right, given)
        if not apart:
            return slip_between(forms, given, self.seed)
        wrong = [(each, case) for each, case in apart if not reached(each, (*given, case), self.seed)]
        names = {slip_between(each, (*given, case), self.seed) for each, case in wrong}
        return names.pop() if len(names) == 1 else ""

    def _without_derivatives(self, left: Node, right: Node) -> bool:
        """Whether a relation holds once ∂ is put back."""
        behind = any(self.proved(left, other) for other in with_derivatives(right))
        return behind or any(self.proved(other, right) for other in with_derivatives(left))

    def of_step(self, found: Compared, members: list[Node]) -> Compared:
        """What is known of a chain that says what a variable becomes. It is wrong only if signs are turned in it."""
        standing = found.standing[0] if found.answers else Standing.UNKNOWN
        if standing is Standing.WRONG and not (self.glossary.certain and self._uphill(members, found.letters or ())):
            unknown = (Standing.UNKNOWN,) * len(found.standing)
            return replace(found, standing=unknown, result=Standing.UNKNOWN, points={}, assigned=Standing.UNKNOWN)
        return replace(found, assigned=standing)

    def _uphill(self, members: list[Node], letters: tuple[str, ...]) -> bool:
        """Whether what is assigned is the step that is asked, with signs turned."""
        forms = (members[0], *self.exercise.answers(letters))
        said = [each for each in (said_once(form, members[1], self.glossary) for form in forms) if each is not None]
        if not said:
            return False
        old = replaced_by_step(said[0].pairs[0][0])
        right = tuple(each.pairs[0][0] for each in said)
        return old is not None and turned(right, said[0].pairs[0][1], old, said[0].given, self.seed)
