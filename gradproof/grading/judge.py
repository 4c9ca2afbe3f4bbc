"""Judging a statement: each relation of its chain is a definition, a condition, or a claim that `verify` decides.

Agreement and refutation are not treated alike. That two sides agree with undeclared names left free holds whatever
these names are; that they differ does not. So nothing is refuted that names something undeclared: we ask.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sympy import Expr

from gradproof.derivations.calculus import Condition, Different, Entry, Relation, Tensor, definitions_in, free_indices
from gradproof.derivations.meaning import (
    Again,
    Context,
    Glossary,
    Meaning,
    Needs,
    NotUnderstood,
    Problem,
    Rows,
    ShapeClash,
    Translator,
    add_definition,
    observe_domains,
    pairs,
)
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.meaning.references import Reference, spelled
from gradproof.derivations.notation.reading import Span, Statement, Unread
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Chain, Node
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Budget, Report, Verdict

from .explain import explained
from .status import LineReport, LineStatus

#: Signs that say that both sides are one.
EQUALITIES = frozenset("=≡≔")
#: Signs of what is said but not claimed to be equal.
OTHERS = {"≈": "an approximation", "∝": "a proportionality", "∼": "a distribution", "→": "a limit", "↦": "a mapping"}
_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Judge:
    """How lines are decided: how much work each may take, and the seed."""

    budget: Budget = field(default_factory=lambda: Budget(work=1_000_000, points=200, seconds=10.0))
    seed: int = 0

    def statement(self, part: Statement | Unread, glossary: Glossary) -> list[LineReport]:
        """What is said of each relation. The glossary gains what the statement defines."""
        if isinstance(part, Unread):
            return [LineReport(LineStatus.UNREADABLE, 0, part.span, part.message)]
        formula = part.formula
        if not isinstance(formula, Chain):
            return [LineReport(LineStatus.DEFINITION, 0, part.span, "nothing is said to be equal")]
        members, signs = list(formula.members), list(formula.signs)
        variables = variables_of(formula, glossary)
        if members[0] is None:
            return [LineReport(LineStatus.UNREADABLE, 0, part.span, "it goes on from a line that is not there")]
        found: list[LineReport] = []
        first = 0
        if self._defines(members[0], members[1], signs[0], glossary):
            found.append(LineReport(LineStatus.DEFINITION, 0, _span(members[1])))
            first = 1
        for step in range(first, len(signs)):
            left, right = members[step], members[step + 1]
            assert left is not None and right is not None
            report = self._relation(left, right, signs[step], (step, len(signs)), glossary, variables)
            found.append(report)
        return found

    def _defines(self, left: Node | None, right: Node | None, sign: str, glossary: Glossary) -> bool:
        """Whether the first relation defines its left side, which is then known."""
        if left is None or right is None or sign not in (*EQUALITIES, "←"):
            return False
        head = left.head if isinstance(left, s.Attached) else left
        if not isinstance(head, (s.Name, s.Scripts)):
            return False
        context = Context(glossary)
        try:
            reference = context.refer(head)
        except Exception:
            return False
        if sign == "=" and is_update(reference, right):
            return True
        known = glossary.knows(*glossary.key(reference.head, reference.font)) or reference.head in glossary.sizes
        builtin = isinstance(left, s.Attached) and reference.head == "σ"
        if known or builtin or reference.primes or reference.power is not None or reference.transposed:
            return sign in "≔←" and not known
        try:
            add_definition(glossary, left, right)
        except ValueError:
            return False
        return True

    # Relations

    def _relation(
        self, left: Node, right: Node, sign: str, at: tuple[int, int], glossary: Glossary, variables: frozenset[Key]
    ) -> LineReport:
        span = _span(right)
        step, steps = at
        if sign == "←":
            return LineReport(LineStatus.DEFINITION, step, span, "an update")
        if sign in OTHERS:
            return LineReport(LineStatus.CONDITION, step, span, OTHERS[sign])
        if sign not in EQUALITIES and sign not in "≤≥<>":
            return LineReport(LineStatus.CONDITION, step, span, f"{sign} is not checked")
        zero = sign == "=" and right == s.Number("0") and step == steps - 1 and step > 0
        found = self.pair(left, right, sign, glossary, variables)
        if found.status is LineStatus.REFUTED or found.clash or found.counterexample:
            found = explained(self, found, (left, right, sign), glossary, variables)
        if zero and found.status is not LineStatus.PROVED:
            return LineReport(LineStatus.CONDITION, step, span, "set to 0: a condition, not an identity")
        return replace(found, step=step, span=span if found.span == Span(0, 0) else found.span)

    def pair(
        self, left: Node, right: Node, sign: str, glossary: Glossary, variables: frozenset[Key] = frozenset()
    ) -> LineReport:
        """Whether two members are equal. `variables` are differentiated by elsewhere in the statement."""
        try:
            said = translated(left, right, glossary, variables)
        except Needs as problem:
            return LineReport(LineStatus.NEEDS, 0, problem.span, str(problem))
        except NotUnderstood as problem:
            return LineReport(LineStatus.UNDECIDED, 0, problem.span, str(problem))
        except ShapeClash as problem:
            status = LineStatus.NEEDS if undeclared_in(left, right, glossary) else LineStatus.REFUTED
            return LineReport(status, 0, problem.span, str(problem), clash=True)
        reports: list[Report] = []
        for number, (one, other) in enumerate(said.pairs):
            claim = _claim(f"line:{number}", one, other, sign, said.given)
            reports.append(check(claim, seed=self.seed, budget=self.budget))
        return self._judged(said, tuple(reports))

    def _judged(self, said: Said, reports: tuple[Report, ...]) -> LineReport:
        verdict = _worst([report.verdict for report in reports])
        if said.unreached and not said.zero:
            span, name = said.unreached[0]
            reason = f"what is differentiated does not depend on {name}, as far as is known; how does it?"
            return LineReport(LineStatus.NEEDS, 0, span, reason)
        if verdict is Verdict.REFUTED and said.free:
            names = ", ".join(sorted(said.free))
            point = next(report.counterexample for report in reports if report.counterexample)
            reason = f"it does not hold for every {names}: {point}; if they are free, declare them, as in {names} : R"
            return LineReport(LineStatus.NEEDS, 0, Span(0, 0), reason, reports=reports)
        return LineReport(LineStatus.of(verdict), 0, Span(0, 0), reports=reports)


@dataclass(frozen=True, slots=True)
class Said:
    """A relation as expressions.

    free       names that are neither declared, nor mentioned by a definition, nor differentiated by
    unreached  derivatives of what does not depend on the variable, with their places
    zero       whether a side is 0
    """

    pairs: tuple[tuple[Expr, Expr], ...]
    given: tuple[Condition, ...]
    free: frozenset[str]
    unreached: tuple[tuple[Span, str], ...]
    zero: bool


def is_update(reference: Reference, right: Node) -> bool:
    """w^{(t)} = w^{(t−1)} − …: a step of an iteration, which defines and claims nothing."""
    label = reference.head.rpartition("^(")[2].rstrip(")") if "^(" in reference.head else ""
    if not label:
        return False
    base = reference.head.rpartition("^(")[0]
    return any(
        isinstance(node, s.Scripts)
        and isinstance(node.upper, s.Group)
        and spelled(node.upper.body) in (f"{label}-1", f"{label}+1")
        and isinstance(node.base, s.Name)
        and node.base.text == base
        for node in s.walk(right)
    )


def variables_of(formula: Node, glossary: Glossary) -> frozenset[Key]:
    """The names by which a statement differentiates."""
    context = Context(glossary)
    found: set[Key] = set()
    for node in s.walk(formula):
        if isinstance(node, (s.Derivative, s.Nabla)):
            by = node.by if isinstance(node, s.Derivative) else (node.by,) if node.by is not None else ()
            before = set(context.undeclared)
            for variable in by:
                assert isinstance(variable, Node)
                context.observe(variable)
            found |= set(context.undeclared) - before
    return frozenset(found)


def translated(left: Node, right: Node, glossary: Glossary, variables: frozenset[Key] = frozenset()) -> Said:
    """Both sides in one context. Raises Problem."""
    for _ in range(_ROUNDS):
        glossary.sorts.start_again()
        context = Context(glossary)
        for formula in formulas_of(glossary):
            context.observe(formula)
        mentioned = frozenset(context.undeclared) | variables
        context.observe(left)
        context.observe(right)
        observe_domains(context, (left, right))
        translator = Translator(context)
        try:
            one, other = translator.meaning(left), translator.meaning(right)
            found = pairs(context, one, other, left.span.to(right.span))
        except Again:
            continue
        return _said(context, mentioned, one, other, [(pair.left, pair.right) for pair in found])
    raise NotUnderstood("the sizes of this line do not come to rest", left.span)


def _said(
    context: Context, mentioned: frozenset[Key], left: Meaning, right: Meaning, found: list[tuple[Expr, Expr]]
) -> Said:
    indices = {index.name: index for pair in found for side in pair for index in free_indices(side)}
    given: list[Condition] = list(context.given)
    for first, second in context.glossary.different:
        if first in indices and second in indices:
            given.append(Different(indices[first], indices[second]))
    by = {entry.tensor for pair in found for side in pair for entry in _variables(side)}
    used = {tensor for pair in found for side in pair for tensor in _tensors(side)}
    free = {
        str(tensor.name)
        for key, tensor in context.tensors.items()
        if tensor in used and tensor not in by and key in context.undeclared and key not in mentioned
    }
    zero = any(not isinstance(side, Rows) and side.expression == 0 for side in (left, right))
    return Said(tuple(found), tuple(given), frozenset(free), tuple(context.unreached), zero)


def _variables(side: Expr) -> set[Entry]:
    from gradproof.derivations.calculus import Partial

    return {partial.by for partial in side.atoms(Partial)}


def _tensors(side: Expr) -> set[Tensor]:
    found = set(side.atoms(Tensor))
    for tensor in definitions_in(side):
        found |= tensor.definition[1].atoms(Tensor)
    return found


def formulas_of(glossary: Glossary) -> tuple[Node, ...]:
    """The formulas of all definitions: what they mention counts as declared."""
    return (*(definition.formula for definition in glossary.definitions.values()), *glossary.patterns.values())


def undeclared_in(left: Node, right: Node, glossary: Glossary) -> bool:
    """Whether a relation names anything undeclared."""
    context = Context(glossary)
    for formula in formulas_of(glossary):
        context.observe(formula)
    mentioned = set(context.undeclared)
    context.observe(left)
    context.observe(right)
    return bool(set(context.undeclared) - mentioned)


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
    return node.span if node is not None else Span(0, 0)


__all__ = ["Judge", "Problem", "Said", "translated"]
