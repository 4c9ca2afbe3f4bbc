"""Checking a document: declarations and definitions are carried through it in order, and every statement is judged.

Each passage is a task of its own, which `ask` carries out: in this process, or in a child that is ended if it hangs.
A passage whose task is stopped is UNDECIDED, and the next one goes on from the glossary before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from gradproof.derivations.meaning import BadDeclaration, Glossary, declared
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.notation.reading import Macros
from gradproof.documents import (
    Declared,
    Document,
    Fault,
    FileProblem,
    Handling,
    Passage,
    read_document,
    text_document,
)
from gradproof.verify.failure import explained
from gradproof.verify.running import ChildDied, TaskFailed, TimeLimitExceeded

from .findings import Checked, Finding
from .memory import Memory, keys
from .outcome import Outcome, judge_remembering, lost
from .passages import Answer, Effort, Judged
from .placing import findings_of, placed, shown
from .status import LineStatus

T = TypeVar("T")
#: How many lines of one block of declarations may be wrong before the rest of it is left alone.
_FAULTS = 20


class Ask(Protocol):
    """How a function that may hang is called."""

    def __call__(self, function: Callable[..., T], *arguments: Any) -> T: ...


def here(function: Callable[..., T], *arguments: Any) -> T:
    """Call the function in this process."""
    return function(*arguments)


def through(executor: Executor) -> Ask:
    """Call functions through an executor, such as a pool of children."""

    def ask(function: Callable[..., T], *arguments: Any) -> T:
        return executor.submit(function, *arguments).result()

    return ask


@dataclass(frozen=True, slots=True)
class Checking:
    """How documents are checked.

    declarations  lines that are declared before every document
    inline        whether inline formulas that state nothing are listed as well
    memory        what earlier runs found, and where it is kept what this one finds
    """

    declarations: str = ""
    effort: Effort = field(default_factory=Effort)
    inline: bool = False
    ask: Ask = here
    memory: Memory | None = None


def check_document(path: str | Path, declarations: str = "", *, seed: int = 0) -> Checked:
    """Check the formulas of a .tex, .md, .ipynb or .py file, in this process, without its limits on time and memory.

    path          the file
    declarations  lines that are declared before the document, such as "z : n"
    seed          chooses the points and primes

    Returns what was found: `.findings`, one for each relation, with `.status`, `.place` and `.counterexample`, and
    `.failed`, whether anything is wrong. Raises BadDeclaration for wrong declarations. What is in the file never
    raises: one that cannot be read gives a result with a `problem`.
    """
    declared(declarations)
    return checked_file(Path(path), str(path), Checking(declarations, Effort(seed=seed)))


def checked_file(path: Path, shown: str, checking: Checking) -> Checked:
    """Everything that is found in a file."""
    return _checked(shown, checking, read_document, path, shown)


def checked_text(text: str, shown: str, checking: Checking) -> Checked:
    """Everything that is found in a text that stands in no file."""
    return _checked(shown, checking, text_document, text, shown)


def _checked(shown: str, checking: Checking, read: Callable[..., Document], *arguments: Any) -> Checked:
    document = document_of(shown, checking, read, *arguments)
    if isinstance(document, str):
        return Checked(shown, problem=document)
    found: list[Finding] = []
    for number, outcome in outcomes(document, checking).items():
        found += findings_of(document.parts[number], outcome, checking.inline)
    skipped = (passage.place() for passage in document.passages if passage.handling is Handling.SKIP)
    return Checked(shown, tuple(found), skipped=tuple(skipped))


def outcomes(document: Document, checking: Checking, wanted: Sequence[int] | None = None) -> dict[int, Outcome]:
    """What becomes of parts of a document, by their numbers: as earlier runs found it, or else as it is found now.

    wanted  the parts that are asked for, by default all; more of them may be given, since they were needed for these
    """
    parts = range(len(document.parts)) if wanted is None else wanted
    memory = checking.memory
    known = tuple(keys(document, checking.declarations, checking.effort)) if memory else ()
    recalled = memory.recall([known[number] for number in parts]) if memory else None
    if recalled is not None:
        return dict(zip(parts, recalled, strict=True))
    walk, found, steady = Walk(checking, document.macros), {}, True
    for number, part in enumerate(document.parts[: max(parts, default=-1) + 1]):
        found[number] = walk.outcome(part)
        steady = steady and found[number].steady
        if memory and steady:  # else what is known here is not what another run would know
            memory.keep(known[number], found[number])
    return found


def document_of(shown: str, checking: Checking, read: Callable[..., Document], *arguments: Any) -> Document | str:
    """The document that `read` gives, or the sentence that says why there is none."""
    try:
        return checking.ask(_sent, read, *arguments)
    except (TimeLimitExceeded, ChildDied, TaskFailed) as problem:
        return f"{shown} could not be read: {problem}"


def _sent(read: Callable[..., Document], *arguments: Any) -> Document | str:
    """The document, or the sentence that says why there is none."""
    try:
        return read(*arguments)
    except FileProblem as problem:
        return str(problem)


class Walk:
    """What is known while a document is gone through, part by part."""

    def __init__(self, checking: Checking, macros: Macros) -> None:
        self.checking = checking
        self.glossary, self.macros = declared(checking.declarations, macros=macros)
        self.defined: frozenset[Key] = frozenset()

    def part(self, part: Passage | Declared | Fault) -> list[Finding]:
        """What is said of a part, whose declarations and definitions are known from here on."""
        return findings_of(part, self.outcome(part), self.checking.inline)

    def outcome(self, part: Passage | Declared | Fault) -> Outcome:
        """What becomes of a part, whose declarations and definitions are known from here on."""
        match part:
            case Declared():
                return self._declared(part)
            case Passage(handling=handling) if handling is not Handling.SKIP:
                return self._judged(part)
        return Outcome()

    def _declared(self, part: Declared) -> Outcome:
        """Takes in a block of declarations; a line that declares nothing is said, and the others count."""
        try:
            found = self.checking.ask(_declared, part.lines, self.glossary, self.macros)
        except (TimeLimitExceeded, ChildDied, TaskFailed) as problem:
            return Outcome(faults=((0, str(problem)),), steady=False)
        self.glossary, self.macros, faults = found
        return Outcome(faults=faults)

    def _judged(self, passage: Passage) -> Outcome:
        memory = self.checking.memory
        found = self.asked(passage, partial(judge_remembering, memory.folder if memory else None))
        if isinstance(found, Finding):
            return lost(passage.text, found.status, found.reason)
        answer, steady = found
        self.glossary, self.defined = answer.glossary, answer.defined
        return Outcome(answer.found, steady=steady)

    def asked(self, passage: Passage, function: Callable[..., T]) -> T | Finding:
        """What a function such as `judge_passage` gives for a passage, or the finding that it was stopped."""
        known = (self.macros, self.glossary, self.defined)
        return self._tried(passage, function, *known, self.checking.effort, passage.supposed)

    def tried(self, passage: Passage, function: Callable[..., T]) -> T | Finding:
        """What a function of text, macros, glossary and effort gives for a passage that was judged."""
        return self._tried(passage, function, self.macros, self.glossary, self.checking.effort)

    def _tried(self, passage: Passage, function: Callable[..., T], *known: Any) -> T | Finding:
        try:
            return self.checking.ask(function, passage.text, *known)
        except TimeLimitExceeded as problem:
            return _lost(passage, LineStatus.UNDECIDED, str(problem))
        except (ChildDied, TaskFailed) as problem:
            return _lost(passage, LineStatus.ERROR, str(problem))

    def findings(self, passage: Passage, answer: Answer) -> Iterator[Finding]:
        """The findings of a passage, whose definitions are known from here on."""
        self.glossary, self.defined = answer.glossary, answer.defined
        for judged in answer.found:
            if self.shows(passage, judged):
                yield placed(passage, judged)

    def shows(self, passage: Passage, judged: Judged) -> bool:
        """Whether anything is said of this piece."""
        return bool(shown(passage, (judged,), self.checking.inline))


def _declared(
    lines: tuple[str, ...], glossary: Glossary, macros: Macros
) -> tuple[Glossary, Macros, tuple[tuple[int, str], ...]]:
    """The glossary with these declarations, and the lines that declare nothing, each with the reason."""
    left = list(lines)
    faults: list[tuple[int, str]] = []
    while len(faults) < _FAULTS:
        try:
            return *declared("\n".join(left), glossary, macros), tuple(faults)
        except BadDeclaration as problem:
            wrong = problem.line - 1
            faults.append((wrong, str(problem)))
            left[wrong] = ""
        except Exception as problem:  # no line can be named: none of them counts
            faults.append((0, f"these declarations are not understood: {explained(problem)}"))
            break
    return glossary, macros, tuple(faults)


def _lost(passage: Passage, status: LineStatus, reason: str) -> Finding:
    text = " ".join(passage.text.split())
    return Finding(passage.place(), status, right=text, statement=text, label=passage.label, reason=reason)
