"""Judging a statement: each relation of its chain is a definition, a condition, or a claim that `verify` decides.

Agreement and refutation are not treated alike. That two sides agree with undeclared names left free holds whatever
these names are; that they differ does not. So nothing is refuted that names something undeclared: we ask.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field, replace

from sympy import Expr

from gradproof.derivations.calculus import Condition, NonZero, Positive, Relation
from gradproof.derivations.meaning import (
    Glossary,
    Needs,
    NotUnderstood,
    ShapeClash,
)
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.notation.reading import Statement, Unread
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Chain, Node
from gradproof.derivations.notation.reading.unreadable import NOWHERE, Span
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import STOPPED, Budget, Evidence, Report, Verdict
from gradproof.verify.wording import condition_words

from .caution import SET_TO_ZERO, following, unsure
from .deciding import decide, tried
from .defining import defines, under
from .equivalents import differentiated, everywhere, inverted
from .explain import explained
from .said import Said, translated, variables_of
from .status import LineReport, LineStatus
from .undeclared import undeclared_in
from .written_out import way_of, written_out

#: Signs that say that both sides are one.
EQUALITIES = frozenset("=≡≔")
#: Signs of what is said but not claimed to be equal.
OTHERS = {"≈": "an approximation", "∝": "a proportionality", "∼": "a distribution", "→": "a limit", "↦": "a mapping"}
#: What is said of a chain that begins with a sign.
NOT_THERE = "it goes on from a line that is not there"
#: Words before what is supposed, not claimed.
_SUPPOSING = frozenset({"let", "suppose", "assume", "given", "假设", "设"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known where a relation stands; `variables` are differentiated by somewhere in its statement."""

    glossary: Glossary
    conditions: tuple[Node, ...] = ()
    variables: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Judge:
    """How lines are decided: how much work each may take, and the seed.

    explain   whether a failing line is explained
    shown     whether somebody is shown the reports: then a line that fails has a point at which it does
    """

    budget: Budget = field(default_factory=lambda: Budget(work=1_000_000, points=200, seconds=100.0))
    seed: int = 0
    explain: bool = True
    shown: bool = True

    def statement(self, part: Statement | Unread, glossary: Glossary) -> list[LineReport]:
        """What is said of each relation. The glossary gains what the statement defines."""
        if isinstance(part, Unread):
            return [LineReport(LineStatus.UNREADABLE, 0, part.span, part.message)]
        formula = part.formula
        if not isinstance(formula, Chain):
            return [LineReport(LineStatus.DEFINITION, 0, part.span, "nothing is said to be equal")]
        if part.conditional or part.lead.lower() in _SUPPOSING:
            return [LineReport(LineStatus.CONDITION, 0, part.span, "a condition, not a claim")]
        members, signs = list(formula.members), list(formula.signs)
        variables = variables_of(formula, glossary)
        if members[0] is None:
            return [LineReport(LineStatus.UNREADABLE, 0, part.span, NOT_THERE)]
        found: list[LineReport] = []
        first = 0
        said = defines(members[0], members[1], signs[0], glossary)
        if said:
            found.append(LineReport(LineStatus.DEFINITION, 0, _span(members[1]), said))
            first = 1
        known = Surroundings(*under(glossary, part.condition), variables)
        for step in range(first, len(signs)):
            left, right = members[step], members[step + 1]
            assert left is not None and right is not None
            found.append(self._relation(left, right, signs[step], (step, len(signs)), known))
        return following(unsure(found), part, glossary)

    # Relations

    def _relation(self, left: Node, right: Node, sign: str, at: tuple[int, int], known: Surroundings) -> LineReport:
        span = _span(right)
        step, steps = at
        if sign == "←":
            return LineReport(LineStatus.DEFINITION, step, span, "an update")
        if sign in OTHERS:
            return LineReport(LineStatus.CONDITION, step, span, OTHERS[sign])
        if sign not in EQUALITIES and sign not in "≤≥<>":
            return LineReport(LineStatus.CONDITION, step, span, f"{sign} is not checked")
        zero = sign == "=" and right == s.Number("0") and step == steps - 1 and not known.conditions
        found = self._by_others(left, right, known) if sign in EQUALITIES else None
        if found is not None:
            return replace(found, step=step, span=span)
        found = self.pair(left, right, sign, known)
        if self.explain and (found.status is LineStatus.REFUTED or found.clash or found.counterexample):
            found = explained(self, found, (left, right, sign), known)
        if zero and found.status is not LineStatus.PROVED:
            return LineReport(LineStatus.CONDITION, step, span, SET_TO_ZERO)
        return replace(found, step=step, span=span if found.span == NOWHERE else found.span)

    def _by_others(self, left: Node, right: Node, known: Surroundings) -> LineReport | None:
        """What is said of a relation that others decide; None if no others do."""
        turned = inverted(left, right, known.glossary)
        if turned is not None:
            found = replace(self.pair(*turned, "=", known), reason="decided as f(y) = x for y = f⁻¹(x)")
            if found.status is LineStatus.REFUTED and everywhere(turned[1], known.glossary):
                reason = "where does the inverse function have a value? say for which x, as in \\forall x \\in (0, 1)"
                return replace(found, status=LineStatus.NEEDS, reason=reason)
            return found
        way = way_of(left, right, known.glossary)
        if way is not None:
            return written_out(self, left, right, known, way)
        both = differentiated(left, right)
        if both is None:
            return None
        reports = [self.pair(*relation, "=", known) for relation in both]
        order = [LineStatus.REFUTED, *(status for status in LineStatus if not status.ok), LineStatus.AGREES]
        worst = min(reports, key=lambda report: order.index(report.status) if report.status in order else len(order))
        if worst.status.ok or worst.status is LineStatus.REFUTED:
            return replace(worst, reason="decided by differentiating both sides, and by the value at the lower end")
        return worst

    def pair(self, left: Node, right: Node, sign: str, known: Surroundings) -> LineReport:
        """Whether two members are equal. The sizes that a wrong line would need are forgotten."""
        sorts = copy(known.glossary.sorts)
        found = self._decided(left, right, sign, known)
        if found.clash or found.status is LineStatus.REFUTED:
            known.glossary.sorts = sorts
        return found

    def _decided(self, left: Node, right: Node, sign: str, known: Surroundings) -> LineReport:
        try:
            said = translated(left, right, known.glossary, known.variables, known.conditions)
        except Needs as problem:
            return LineReport(LineStatus.NEEDS, 0, problem.span, str(problem))
        except NotUnderstood as problem:
            return LineReport(LineStatus.UNDECIDED, 0, problem.span, str(problem))
        except ShapeClash as problem:
            asked = undeclared_in(left, right, known.glossary) or _has_constants(left, right)
            status = LineStatus.NEEDS if asked else LineStatus.REFUTED
            return LineReport(status, 0, problem.span, str(problem), clash=True)
        reports: list[Report] = []
        for number, (one, other) in enumerate(said.pairs):
            claim = _claim(f"line:{number}", one, other, sign, said.given)
            reports.append((decide if self.shown else tried)(claim, self.seed, self.budget))
        if said.unreached and not (right == s.Number("0") and not said.free | said.taken):
            span, name = said.unreached[0]
            reason = f"what is differentiated does not depend on {name}, as far as is known; how does it?"
            return LineReport(LineStatus.NEEDS, 0, span, reason, unreached=True)
        found = _judged(said, tuple(reports))
        return self._strictly(found, said) if sign in "<>" and found.status.ok else found

    def _strictly(self, found: LineReport, said: Said) -> LineReport:
        """What is known of < where ≤ holds: it fails where both sides are always equal; more is not decided."""
        claims = [_claim("line:0", one, other, "=", said.given) for one, other in said.pairs]
        equal = [decide(claim, self.seed, Budget()) for claim in claims]
        if all(report.verdict is Verdict.PROVED for report in equal) and not said.free:
            return replace(found, status=LineStatus.REFUTED, reason="both sides are equal, so that neither is less")
        reason = "that it is at most so holds; whether the sides are never equal is not decided"
        return replace(found, status=LineStatus.UNDECIDED, reason=reason)


def _judged(said: Said, reports: tuple[Report, ...]) -> LineReport:
    verdict = _worst([report.verdict for report in reports])
    taken = tuple(sorted(said.taken))
    where = [condition_words(condition) for condition in said.given if isinstance(condition, (Positive, NonZero))]
    assumed = [words for words, _ in said.assumed]
    notes = [*assumed, *(f"where {words}" for words in where)]
    if verdict is Verdict.REFUTED and said.inverses:
        reason = "it does not hold for any matrix in place of the inverse; more is not known of the inverse here"
        return LineReport(LineStatus.UNDECIDED, 0, NOWHERE, reason, taken=taken)
    if verdict is Verdict.REFUTED and (said.free or said.assumed):
        point = next(report.counterexample for report in reports if report.counterexample)
        names = ", ".join(sorted(said.free))
        reason = f"it does not hold for every {names}: {point}; if they are free, declare them, as in {names} : R"
        if not said.free:
            reason = f"it does not hold where {' and '.join(assumed)}; declare or define what is meant"
        return LineReport(LineStatus.NEEDS, 0, NOWHERE, reason, reports=reports, taken=taken)
    if verdict not in (Verdict.PROVED, Verdict.AGREES, Verdict.REFUTED):
        notes += dict.fromkeys(evidence.detail for report in reports for evidence in report.evidence if _says(evidence))
        notes = notes or ["no method decides it"]
        notes = [note for note in notes if note.startswith(STOPPED)] or notes  # what else was found out is not enough
    add = tuple(line for _, line in said.assumed if line)
    status = LineStatus.of(verdict)
    if status.ok and add:  # a product or a call: only the reader knows
        status = LineStatus.EQUAL_IF
    return LineReport(status, 0, NOWHERE, "; ".join(notes), add=add, reports=reports, taken=taken)


def _has_constants(*sides: Node) -> bool:
    """Whether a sign such as I may be something else than it was taken for."""
    return any(isinstance(node, s.Name) and node.text in ("I", "1") for side in sides for node in s.walk(side))


def _claim(name: str, left: Expr, right: Expr, sign: str, given: tuple[Condition, ...]) -> Claim:
    if sign in "≥>":
        left, right = right, left
    relation = Relation.EQUAL if sign in EQUALITIES else Relation.AT_MOST
    return Claim(name, left, relation, right, given)


def _worst(verdicts: list[Verdict]) -> Verdict:
    order = (
        Verdict.ERROR, Verdict.REFUTED, Verdict.UNAVAILABLE, Verdict.VACUOUS, Verdict.UNDECIDED, Verdict.AGREES,
        Verdict.PROVED,
    )  # fmt: skip
    return next((verdict for verdict in order if verdict in verdicts), Verdict.VACUOUS)


def _span(node: Node | None) -> Span:
    return node.span if node is not None else NOWHERE


def _says(evidence: Evidence) -> bool:
    """Whether a method says why it did not decide; that a claim is none of its kind helps nobody."""
    return bool(evidence.detail) and not evidence.detail.startswith("not for this method")
