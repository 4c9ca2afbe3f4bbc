"""Comparing a passage of a submission with an exercise: which chains answer it, and which of their members are right.

A chain answers the exercise if its first member is proved equal to the question; other chains are side work, of which
each relation counts by itself. A member is WRONG only if it is refuted against something that is known to be right.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations

from gradproof.derivations.meaning import Glossary, Problem, ShapeClash
from gradproof.derivations.meaning.references import Unindexable, is_name
from gradproof.derivations.notation.reading import Macros, Statement, read
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Chain, Node
from gradproof.verify.guard import TimedOut, time_limit
from gradproof.verify.verdict import OUT_OF_TIME, Counterexample

from .aftermath import Asserted, rests
from .cases import case_of, spoken_of
from .compared import Compared, Known
from .diagnosing import Diagnosis
from .exercise import Exercise, has_derivative, related
from .explain import alternatives
from .indexed import in_indices
from .judge import EQUALITIES, NOT_THERE, Judge
from .otherwise import as_declared, called, names_of_exercise
from .passages import Effort
from .reaching import Reaches, beside, reaches
from .said import index_letters, translated, variables_of
from .standing import Standing
from .status import LineStatus
from .steps import UPHILL, asked_step
from .zero import ends_in_zero

#: The most ways in which the letters of a question are matched with those of a chain.
_MOST = 60


def compare(
    exercise: Exercise,
    refuted: frozenset[tuple[int, int]],
    proved: frozenset[tuple[int, int]],
    earlier: tuple[Asserted, ...],
    text: str,
    macros: Macros,
    glossary: Glossary,
    effort: Effort,
) -> tuple[Compared, ...]:
    """Each chain of a passage, beside the exercise.

    refuted  the relations that were refuted: where their statements begin, and which relation it is
    proved   those that were proved, in the same way
    earlier  what the passages before it assert
    """
    found: list[Compared] = []
    said = list(earlier)
    for part in read(text, macros=macros):
        if isinstance(part, Statement) and isinstance(part.formula, Chain):
            here = [{step for start, step in each if start == part.span.start} for each in (refuted, proved)]
            known = Known(here[0], here[1])
            found.append(_chain(exercise, part, known, said, glossary, effort))
            said += filter(None, (found[-1].asserted,))
    return tuple(found)


def _chain(
    exercise: Exercise, part: Statement, known: Known, said: list[Asserted], glossary: Glossary, effort: Effort
) -> Compared:
    chain, start, refuted = part.formula, part.span.start, known.refuted
    assert isinstance(chain, Chain)
    if any(called(node, exercise, glossary) for node in s.walk(chain)):
        return Compared(start, otherwise=True)
    members = [member for member in chain.members if member is not None]
    if len(members) != len(chain.members):
        return Compared(start, held=dict.fromkeys(refuted, NOT_THERE))
    work = _Work(exercise, glossary, Judge(effort.budget, effort.seed, explain=False))
    diagnosis = Diagnosis(exercise, glossary, work.proved, effort.seed)
    step = asked_step(chain, exercise, glossary)
    members = members if step is None else step
    try:
        with time_limit(effort.statement):
            misfits = diagnosis.misfits(members, known, chain.signs) if step is None else {}
            refuted = refuted | {step for step, each in misfits.items() if each.certain}
            known = Known(refuted, known.proved, misfits)
            signs = chain.signs if step is None else ("=", *chain.signs[1:])
            found = work.chain(members, known, part.condition is not None or part.conditional, signs, start)
            found = found if step is None else diagnosis.of_step(found, members)
            found = replace(found, rests=rests(found.mistakes(refuted), members, said, work.proved), misfits=misfits)
    except TimedOut:
        return Compared(start, held=dict.fromkeys(refuted, f"{OUT_OF_TIME}none was left to compare it"))
    except (Problem, Unindexable, ValueError, RecursionError) as problem:
        return Compared(start, held=dict.fromkeys(refuted, f"it could not be compared: {problem}"))
    wrong = found.first_wrong(refuted)
    if step is None and not is_name(members[0]):
        found = replace(found, asserted=Asserted(members[0], members[-1], wrong is not None))
    if wrong is None or wrong in found.rests or part.condition is not None:
        return found
    if wrong in misfits:
        return replace(found, slipped=wrong, slip=misfits[wrong].slip)
    if found.assigned is Standing.WRONG:
        return replace(found, slipped=0, slip=UPHILL)
    try:
        with time_limit(effort.statement):
            return replace(found, slipped=wrong, slip=diagnosis.slip(members, wrong, found.letters))
    except (TimedOut, Problem, Unindexable, ValueError, RecursionError):  # then it has no name
        return found


@dataclass(frozen=True, slots=True)
class _Work:
    exercise: Exercise
    glossary: Glossary
    judge: Judge

    def asked(self, member: Node) -> tuple[str, ...] | None:
        """The letters under which a member is the question; () for whole arrays, None if it is not the question."""
        letters = self.exercise.letters
        own = sorted(index_letters(self.glossary, member) | {str(index.name) for index in letters})
        candidates = list(permutations(own, len(letters)))[:_MOST]
        candidates.sort(key=lambda chosen: chosen != tuple(str(index.name) for index in letters))
        for chosen in candidates:
            if self.proved(self.exercise.question(chosen), member):
                return chosen
        whole = self.exercise.as_arrays()
        return () if whole is not None and self.proved(whole, member) else None

    def proved(self, left: Node, right: Node) -> bool:
        try:
            report = related(left, right, self.glossary, replace(self.judge, shown=False))
        except (Problem, Unindexable):
            return False
        return report.status is LineStatus.PROVED and not report.taken

    def chain(
        self, members: list[Node], known: Known, conditional: bool, signs: tuple[str, ...], start: int
    ) -> Compared:
        """What is known of a chain but for the slip in it.

        What is proved equal to the member before it stands to the question as that one does.
        """
        refuted = known.refuted
        named = names_of_exercise(members[0], self.exercise, self.glossary)
        if not as_declared(self.exercise, self.glossary) or (named and not self.proved(*members[:2])):
            return Compared(start, otherwise=True)
        certain = {step for step, each in known.misfits.items() if each.certain}
        excuses = {step: each.reason for step, each in known.misfits.items() if step in refuted - certain}
        for step in sorted(refuted - set(known.misfits)):
            excuses[step] = self._excuse(members[step], members[step + 1], explained=True)
        held = {step: reason for step, reason in excuses.items() if reason}
        letters = None if conditional or not set(signs) <= EQUALITIES else self.asked(members[0])
        if letters is None:
            return Compared(start, held=held, reaches={} if conditional else self.beside(members))
        found: list[Standing] = []
        points: dict[int, Counterexample] = {}
        for step, member in enumerate(members[1:]):
            before = found[-1] if found else Standing.RIGHT
            if step in known.proved and before is not Standing.UNKNOWN:
                found.append(before)
                continue
            if not step and step in refuted:
                standing, point = Standing.UNKNOWN if step in held else Standing.WRONG, None
            else:
                standing, point = self.compared(members[0], member)
            if step in refuted - set(held) and before is Standing.RIGHT:
                standing = Standing.WRONG
            found.append(standing)
            if point is not None:
                points[step] = point
        last = -1
        if ends_in_zero(members) and found[-1] is Standing.WRONG:
            found[-1], last = Standing.UNKNOWN, -2
        finished = self.finished(members[last])
        shown = reaches(self.exercise, members, letters, found.__getitem__, self.glossary, self.judge.seed)
        return Compared(
            start, True, tuple(found), held, finished=finished, result=found[last], letters=letters, points=points,
            reaches=shown,
        )

    def beside(self, members: list[Node]) -> Reaches:
        """What a chain reaches that does not begin with the question of the exercise, but with one beside it."""
        for other in beside(self.exercise):
            letters = replace(self, exercise=other).asked(members[0])
            if letters is not None:
                standing = [self.compared(members[0], member)[0] for member in members[1:]]
                return reaches(other, members, letters, standing.__getitem__, self.glossary, self.judge.seed)
        return {}

    def compared(self, left: Node, right: Node) -> tuple[Standing, Counterexample | None]:
        """How a member stands to one that is right, and where it differs."""
        report = related(left, right, self.glossary, self.judge)
        if report.status is LineStatus.PROVED:
            return Standing.RIGHT, None
        if report.status is LineStatus.REFUTED and not self._excuse(left, right):
            return Standing.WRONG, report.counterexample
        return Standing.UNKNOWN, None

    def _excuse(self, left: Node, right: Node, explained: bool = False) -> str:
        """Why a refuted relation may be no mistake as it stands; empty if there is no reason.

        explained    whether it is known already that nothing is left unsaid under which it holds
        """
        try:
            said = translated(left, right, self.glossary.copy(), variables_of(left, self.glossary))
        except ShapeClash as clash:  # of arrays: a row for a column, or a convention of its author
            if not in_indices(self.glossary, left, right):
                return str(clash)
            said = None
        except (Problem, Unindexable):
            said = None
        for line, other in () if explained else alternatives(left, right, self.glossary):
            if said is not None and spoken_of(said) and other.different:
                continue
            if related(left, right, other, replace(self.judge, shown=False)).status.ok:
                return f"it holds if this is said: {line}"
        if said is None or self.glossary.certain:
            return ""
        return case_of(said, self.judge, whole=any(isinstance(node, s.Cases) for node in s.walk(right)))

    def finished(self, member: Node) -> bool:
        """Whether a member is a result: no derivative or limit is left, unless the result has a derivative itself."""
        if self.exercise.keeps_derivatives:
            return True
        if any(isinstance(node, s.BigOperator) and node.kind == "lim" for node in s.walk(member)):
            return False
        try:
            said = translated(member, member, self.glossary.copy())
        except (Problem, Unindexable):
            return False
        return not any(has_derivative(side) for pair in said.pairs for side in pair)
