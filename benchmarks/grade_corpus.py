"""How well submissions are graded: right and wrong derivations whose first wrong line and slip are known.

Usage: python benchmarks/grade_corpus.py [tests/corpus/graded] [--show] [--only TEXT]

Each .toml file of the folder has tables `submission`: `against` (an entry of the catalogue, or a file of the folder
`exercises`), `text`, and for a wrong one `wrong` (its first wrong line, counted from 1), `slip` (the name in the table
of slips; a list where several names say the same, "" for none), `also` (later wrong lines that do not follow from those
before), `made` ("hand" or "rule") and `why`. `--show` prints every submission that is not graded as it should be.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gradproof.derivations.catalogue import find
from gradproof.documents import read_document
from gradproof.grading.checking import Checking
from gradproof.grading.exercise import Exercise, exercise
from gradproof.grading.marking import Graded, Mark, graded_documents
from gradproof.grading.own_exercise import own_exercise

FOLDER = Path(__file__).parents[1] / "tests" / "corpus" / "graded"


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission and what is known of it.

    wrong  its first wrong line, 0 if there is none
    slips  the names that say what is wrong; () if any name is false, "" among them if it may stay without a name
    also   later lines that are wrong as well
    """

    name: str
    against: str
    text: str
    wrong: int = 0
    slips: tuple[str, ...] = ()
    also: tuple[int, ...] = ()
    made: str = "hand"
    why: str = ""

    @property
    def to_name(self) -> bool:
        """Whether a slip of the table explains it for certain."""
        return bool(self.slips) and "" not in self.slips


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the grader says of a submission, with the CPU seconds that it took."""

    submission: Submission
    graded: Graded
    seconds: float

    @property
    def found(self) -> int:
        """The first line that the grader calls wrong, 0 if none."""
        wrong = self.graded.first_wrong
        return wrong.finding.place.line if wrong else 0

    @property
    def accused(self) -> list[int]:
        """Lines that are called wrong and are not."""
        known = {self.submission.wrong, *self.submission.also}
        marked = {line.finding.place.line for line in self.graded.lines if line.mark is Mark.WRONG}
        return sorted(marked - known)

    @property
    def passed(self) -> bool:
        """Whether the wrong line is called right: every relation that ends on it."""
        marks = {line.mark for line in self.graded.lines if line.finding.place.line == self.submission.wrong}
        return bool(self.submission.wrong) and marks == {Mark.RIGHT}

    @property
    def slip(self) -> str:
        wrong = self.graded.first_wrong
        return wrong.slip if wrong else ""

    @property
    def misnamed(self) -> bool:
        return bool(self.slip) and (self.slip not in self.submission.slips or self.found != self.submission.wrong)

    @property
    def claims(self) -> int:
        """The lines that claim something."""
        return sum(line.mark is not Mark.NONE for line in self.graded.lines)

    @property
    def complete(self) -> bool:
        """Whether all is as it should be, nothing left open."""
        named = not self.submission.to_name or self.slip in self.submission.slips
        fine = self.found == self.submission.wrong and not self.accused and not self.misnamed and named
        return fine and not self.graded.count(Mark.OPEN) and not self.graded.problem


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over submissions."""

    right: int
    wrong: int
    accused: int
    passed: int
    found: int
    called: int
    to_name: int
    named: int
    misnamed: int
    claims: int
    open: int

    @property
    def precision(self) -> float:
        return self.found / self.called if self.called else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.wrong if self.wrong else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return (
            f"{self.right} right, {self.wrong} wrong; false accusations {self.accused}, false proofs {self.passed}; "
            f"first wrong line: precision {self.precision:.3f}, recall {self.recall:.3f}, F1 {self.f1:.3f}; "
            f"slips: {self.named} of {self.to_name} named, {self.misnamed} named wrongly; "
            f"{self.open} of {self.claims} lines open"
        )


def submissions(folder: Path = FOLDER) -> Iterator[Submission]:
    """Every submission of the files of a folder, in their order."""
    for file in sorted(folder.glob("*.toml")):
        for number, table in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["submission"], start=1):
            slip = table.get("slip", "")
            slips = tuple(slip) if isinstance(slip, list) else (slip,) if slip else ()
            yield Submission(
                f"{file.stem}:{number}", table["against"], table["text"], table.get("wrong", 0), slips,
                tuple(table.get("also", ())), table.get("made", "hand"), table.get("why", ""),
            )  # fmt: skip


@cache
def _exercise(name: str) -> Exercise:
    own = FOLDER / "exercises" / f"{name}.toml"
    return own_exercise(own) if own.exists() else exercise(find(name))


def outcome(submission: Submission, folder: Path) -> Outcome:
    """Grade one submission, in a file of the folder."""
    against = _exercise(submission.against)
    file = folder / "work.md"
    file.write_text(submission.text, encoding="utf-8")
    start = time.process_time()
    graded = graded_documents((read_document(file, "work.md"),), "work.md", against, Checking())
    return Outcome(submission, graded, time.process_time() - start)


def figures(outcomes: Iterable[Outcome]) -> Figures:
    """The counts over outcomes."""
    all_ = list(outcomes)
    wrong = [each for each in all_ if each.submission.wrong]
    return Figures(
        right=len(all_) - len(wrong),
        wrong=len(wrong),
        accused=sum(bool(each.accused) for each in all_),
        passed=sum(each.passed for each in all_),
        found=sum(each.found == each.submission.wrong for each in wrong),
        called=sum(bool(each.found) for each in all_),
        to_name=sum(each.submission.to_name for each in wrong),
        named=sum(each.submission.to_name and each.slip in each.submission.slips for each in wrong),
        misnamed=sum(each.misnamed for each in all_),
        claims=sum(each.claims for each in all_),
        open=sum(each.graded.count(Mark.OPEN) for each in all_),
    )


def _told(each: Outcome) -> Iterator[str]:
    """What is not as it should be with one submission."""
    known = each.submission
    yield f"--- {known.name} {known.against}: line {each.found} for {known.wrong}, {each.slip!r} for {known.slips}"
    if each.accused or each.passed or each.misnamed:
        yield f"    FALSE: accused {each.accused}, passed {each.passed}, misnamed {each.misnamed}"
    for line in each.graded.lines:
        finding = line.finding
        yield f"    {finding.place.line} {line.mark.value:8} {finding.sign} {finding.right[:60]} | {line.reason[:110]}"
    if each.graded.problem:
        yield f"    {each.graded.problem}"


def main() -> None:
    arguments = sys.argv[1:]
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    folders = [Path(each) for each in arguments if Path(each).is_dir()]
    chosen = [each for each in submissions(*folders[:1]) if only in f"{each.name} {each.against} {each.made}"]
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as folder:
        for each in chosen:
            outcomes.append(outcome(each, Path(folder)))
            if "--show" in arguments and not outcomes[-1].complete:
                print("\n".join(_told(outcomes[-1])), flush=True)
    for made in ("hand", "rule"):
        print(f"{made}: {figures(each for each in outcomes if each.submission.made == made)}")
    print(f"all: {figures(outcomes)}")
    times = sorted(1000 * each.seconds / each.claims for each in outcomes for _ in range(each.claims))
    if times:
        late = times[int(0.95 * (len(times) - 1))]
        print(f"CPU time a line: median {statistics.median(times):.0f} ms, 95th percentile {late:.0f} ms")


if __name__ == "__main__":
    main()
