"""Checking a document: declarations and definitions are carried through it in order, and every statement is judged.

Each passage is a task of its own, which `ask` carries out: in this process, or in a child that is ended if it hangs.
A passage whose task is stopped is UNDECIDED, and the next one goes on from the glossary before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from gradproof.derivations.meaning import BadDeclaration, Glossary, declared
from gradproof.derivations.meaning.glossary import Key
from gradproof.derivations.notation.reading import Macros, Span
from gradproof.documents import (
    Declared,
    Document,
    Fault,
    FileProblem,
    Handling,
    Passage,
    Place,
    read_document,
    text_document,
)
from gradproof.verify.failure import explained
from gradproof.verify.running import ChildDied, TaskFailed, TimeLimitExceeded

from .findings import Checked, Finding
from .passages import Answer, Effort, Judged, judge_passage
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
    """

    declarations: str = ""
    effort: Effort = field(default_factory=Effort)
    inline: bool = False
    ask: Ask = here


def check_document(path: str | Path, declarations: str = "", *, seed: int = 0) -> Checked:
    """Check a .tex, .md, .ipynb or .py file, in this process. Raises BadDeclaration for wrong declarations.

    What is in the file never raises: a file that cannot be read gives a result with a `problem`.
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
    walk = Walk(checking, document.macros)
    found = tuple(finding for part in document.parts for finding in walk.part(part))
    return Checked(shown, found, skipped=tuple(walk.skipped))


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
        self.skipped: list[Place] = []

    def part(self, part: Passage | Declared | Fault) -> Iterator[Finding]:
        match part:
            case Fault(message=message, place=place):
                yield Finding(place, LineStatus.UNREADABLE, reason=message)
            case Declared():
                yield from self._declared(part)
            case Passage(handling=Handling.SKIP):
                self.skipped.append(part.place())
            case Passage():
                found = list(self._judged(part))
                yield from _inverted(found) if part.handling is Handling.EXPECT_WRONG else found

    def _declared(self, part: Declared) -> Iterator[Finding]:
        """Takes in a block of declarations; a line that declares nothing is said, and the others count."""
        try:
            found = self.checking.ask(_declared, part.lines, self.glossary, self.macros)
        except (TimeLimitExceeded, ChildDied, TaskFailed) as problem:
            yield Finding(part.places[0], LineStatus.UNREADABLE, right=part.lines[0], reason=str(problem))
            return
        self.glossary, self.macros, faults = found
        for wrong, said in faults:
            yield Finding(part.places[wrong], LineStatus.UNREADABLE, right=part.lines[wrong], reason=said)

    def _judged(self, passage: Passage) -> Iterator[Finding]:
        answer = self.asked(passage, judge_passage)
        if isinstance(answer, Finding):
            yield answer
        else:
            yield from self.findings(passage, answer)

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
                yield _finding(passage, judged)

    def shows(self, passage: Passage, judged: Judged) -> bool:
        """Whether anything is said of this piece: of a formula within a sentence only if it states something."""
        stated = judged.relation or judged.status is LineStatus.UNREADABLE
        return passage.display or self.checking.inline or stated


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


def _finding(passage: Passage, judged: Judged) -> Finding:
    return Finding(
        place=passage.place(judged.span.start),
        end=passage.place(judged.span.end),
        status=judged.status,
        label=passage.label,
        statement=_line(passage.text, judged.whole),
        left=judged.left,
        sign=judged.sign,
        right=judged.right,
        step=judged.step,
        reason=judged.reason,
        counterexample=judged.counterexample,
        add=judged.add,
        evidence=judged.evidence,
        line=passage.source.line(passage.start + judged.span.start) if judged.status is LineStatus.UNREADABLE else "",
    )


def _line(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())


def _inverted(found: list[Finding]) -> Iterator[Finding]:
    """What was marked as wrong: refutations are what is expected, and without one the last finding is a failure."""
    if not any(finding.status is LineStatus.REFUTED for finding in found):
        yield from found[:-1]
        if found:
            yield found[-1].but("it was marked as wrong, but nothing in it is refuted", failure=True)
        return
    for finding in found:
        yield finding.but("as expected", failure=False) if finding.status is LineStatus.REFUTED else finding
