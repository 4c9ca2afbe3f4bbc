"""Taking snapshots: the formulas of a document or of an entry of the catalogue, with what is known where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from gradproof.derivations.calculus import Derivation
from gradproof.derivations.meaning import BadDeclaration, Glossary, declared
from gradproof.derivations.notation import condition_tree, latex, tree_latex
from gradproof.derivations.notation.reading import Macro, Macros, Statement, read, read_formula
from gradproof.documents import Declared, Document, Passage
from gradproof.grading.checking import Checking, Walk, document_of
from gradproof.grading.exercise import declarations_of, related
from gradproof.grading.findings import Finding
from gradproof.grading.judge import EQUALITIES, Judge
from gradproof.grading.passages import Effort
from gradproof.grading.status import LineStatus
from gradproof.verify.failure import explained
from gradproof.verify.guard import TimedOut, time_limit
from gradproof.verify.running import ChildDied, TaskFailed, TimeLimitExceeded
from gradproof.verify.verdict import STOPPED

from .lock import Decision, Formula, Snapshot

#: What is known where a formula stands.
Known = tuple[Macros, Glossary]


@dataclass(frozen=True, slots=True)
class Taken:
    """A snapshot, and what is known where its formulas stand; or the problem of a file that is not read.

    known  lacks the formulas of entries whose own declarations the reader cannot read
    """

    snapshot: Snapshot
    known: dict[str, Known]
    problem: str = ""

    def decided(self, checking: Checking) -> Callable[[str, Formula, Formula], Decision]:
        """Decides whether an earlier formula means what stands there now, with what is known there now."""

        def decide(name: str, before: Formula, now: Formula) -> Decision:
            if name not in self.known:
                return Decision(None, "what it stands under cannot be read")
            try:
                return checking.ask(same_meaning, before, now, *self.known[name], checking.effort)
            except (TimeLimitExceeded, ChildDied, TaskFailed) as problem:
                return Decision(None, str(problem))

        return decide


def of_document(shown: str, checking: Checking, reader: Callable[..., Document], *arguments: Any) -> Taken:
    """The formulas that a document states. One that is marked as wrong, or to be skipped, is not locked."""
    document = document_of(shown, checking, reader, *arguments)
    if isinstance(document, str):
        return Taken(Snapshot(), {}, document)
    walk = Walk(checking, document.macros)
    lines = [" ".join(line.split()) for line in checking.declarations.splitlines() if line.strip()]
    lines.extend(_macro(name, macro) for name, macro in document.macros.items())
    formulas: dict[str, Formula] = {}
    known: dict[str, Known] = {}
    seen: Counter[str] = Counter()
    for part in document.parts:
        found = list(walk.part(part))
        if isinstance(part, Declared):
            lines.extend(" ".join(line.split()) for line in part.lines)
        if isinstance(part, Passage):
            for chain in _chains(found):
                formula = _stated(chain, walk.macros)
                name = chain[0].label or formula.left
                seen[name] += 1
                name = name if seen[name] == 1 else f"{name} ({seen[name]})"
                formulas[name], known[name] = formula, (walk.macros, walk.glossary)
    return Taken(Snapshot(tuple(lines), formulas), known)


def _macro(name: str, macro: Macro) -> str:
    """The definition of a macro, without which a formula that uses it would mean something else."""
    parameters = f"[{macro.parameters}]" if macro.parameters else ""
    default = f"[{macro.default}]" if macro.default is not None else ""
    return f"\\newcommand{{\\{name}}}{parameters}{default}{{{macro.body}}}"


def _chains(found: list[Finding]) -> Iterator[list[Finding]]:
    """The relations of each statement that relates something, in their order."""
    chain: list[Finding] = []
    for finding in found:
        if not (finding.left and finding.right) or finding.marked is not None:
            continue
        if chain and (finding.statement != chain[0].statement or finding.step <= chain[-1].step):
            yield chain
            chain = []
        chain.append(finding)
    if chain:
        yield chain


def _stated(chain: list[Finding], macros: Macros) -> Formula:
    signs = [finding.sign for finding in chain]
    sign = next((each for each in signs if each not in EQUALITIES), "=")
    defines = chain[0].status is LineStatus.DEFINITION
    return Formula(chain[0].left, sign, chain[-1].right, _condition(chain[0].statement, macros), defines)


def _condition(statement: str, macros: Macros) -> str:
    """What a statement holds under, as it is written."""
    conditions = [part.condition for part in read(statement, macros=macros) if isinstance(part, Statement)]
    return ", ".join(statement[each.span.start : each.span.end] for each in conditions if each is not None)


def of_derivation(derivation: Derivation) -> Taken:
    """What an entry of the catalogue and its cases derive, and the form that textbooks have."""
    formulas: dict[str, Formula] = {}
    lines: list[str] = []
    known: dict[str, Known] = {}
    for part in derivation.walk():
        own = declarations_of(part)
        lines.extend(line for line in own.splitlines() if line not in lines)
        condition = ", ".join(tree_latex(condition_tree(each, "en")) for each in part.given)
        named = {part.name: part.result, f"{part.name}:textbook": part.textbook}
        for name, right in named.items():
            if right is not None:
                formulas[name] = Formula(latex(part.statement), part.relation.value, latex(right), condition)
                with suppress(BadDeclaration):
                    glossary, macros = declared(own)
                    known[name] = macros, glossary
    return Taken(Snapshot(tuple(lines), formulas), known)


def same_meaning(before: Formula, now: Formula, macros: Macros, glossary: Glossary, effort: Effort) -> Decision:
    """Whether two formulas mean the same: their right sides, and their left sides if these are written differently.

    That they differ is said only of right sides of one left side without conditions: an index of another name, or a
    condition, may make equal what does not look equal.
    """
    if before.sign != now.sign:
        return Decision(None, f"the sign was {before.sign} and is {now.sign}")
    if before.condition != now.condition:
        return Decision(None, "it holds under other conditions")
    pairs = [(before.right, now.right), (before.left, now.left)]
    pairs = [(one, other) for one, other in pairs if one != other]
    for one, other in pairs:
        found = _related(one, other, macros, glossary, effort)
        if found.same is False and (before.left != now.left or now.condition):
            return Decision(None, "its left side is another one" if before.left != now.left else "it has conditions")
        if found.same is not True:
            return found
    return Decision(True)


def _related(one: str, other: str, macros: Macros, glossary: Glossary, effort: Effort) -> Decision:
    try:
        with time_limit(effort.statement):
            left, right = read_formula(one, macros=macros), read_formula(other, macros=macros)
            report = related(left, right, glossary, Judge(effort.budget, effort.seed, explain=False))
    except TimedOut:
        return Decision(None, f"{STOPPED}{effort.statement:g} s")
    except Exception as problem:  # what cannot be read or understood any longer is no verdict on what it meant
        return Decision(None, explained(problem))
    if report.status is LineStatus.PROVED:
        return Decision(True)
    if report.status is LineStatus.REFUTED and report.taken:
        return Decision(None, f"it rests on {', '.join(report.taken)}, which nothing declares")
    if report.status is LineStatus.REFUTED and report.counterexample:
        return Decision(False, point=report.counterexample)
    return Decision(None, report.reason or report.status.value)
