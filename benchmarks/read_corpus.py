"""How many objects of a corpus of derivations become decidable by lines that `gradproof read` proposes.

Usage: python benchmarks/read_corpus.py tests/corpus/derivations.jsonl [--show] [--leave-out]

Each line of the file has `id`, `latex`, `truth` ("true" or "false") and `source.repo`. Nothing is declared. An object
is decided if a proposal makes all its relations hold (true ones), or refutes one and decides the others (false ones).
Wrong is a proposal that says the opposite, or a verdict without any proposal that does.

With `--leave-out` the rules of the lexicon are judged: for each source, the rules that no other source supports are
dropped, and the objects of that source are counted again. A rule is supported by a source if one of its lines stands
in a proposal that decides an object there rightly, or if a formula of `formulas.jsonl` from there states such a line.
With three sources most rules have only one, so that this is a hard measure: it asks what would have been decided of
notes whose author shares no habit with the others.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rules import rule

from gradproof.derivations.meaning import Glossary
from gradproof.derivations.notation.reading import Statement, read
from gradproof.derivations.notation.reading.syntax import Chain
from gradproof.grading import proposing
from gradproof.grading.passages import Effort, judge_passage
from gradproof.grading.proposing import Proposal, propose
from gradproof.grading.status import LineStatus

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
_LISTED = (LineStatus.DEFINITION, LineStatus.CONDITION)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is found of a formula: "true", "false" or "open", and the proposals by which it is."""

    found: str
    proposals: tuple[Proposal, ...] = ()

    def word(self, truth: str) -> str:
        return "open" if self.found == "open" else "right" if self.found == truth else "WRONG"

    @property
    def lines(self) -> tuple[str, ...]:
        return self.proposals[0].lines if self.proposals else ()

    @property
    def rules(self) -> frozenset[str]:
        return frozenset(rule(line) for proposal in self.proposals for line in proposal.lines)


def outcome(latex: str) -> Outcome:
    found = judge_passage(latex, {}, Glossary(), frozenset(), Effort()).found
    statuses = [judged.status for judged in found]
    if LineStatus.REFUTED in statuses:
        return Outcome("false")
    if all(status.ok or status in _LISTED for status in statuses) and any(status.ok for status in statuses):
        return Outcome("true")
    offered = propose(latex, {}, Glossary(), seconds=60.0)
    if not offered:
        return Outcome("open")
    return Outcome("false" if offered[0].refuted else "true", offered)


def without(dropped: frozenset[str], latex: str) -> Outcome:
    """The outcome where no line of these rules is proposed."""
    inner, macros = proposing.proposals, proposing._usual

    def kept(seen: Any) -> Iterator[tuple[str, ...]]:
        return (lines for lines in inner(seen) if not dropped & set(map(rule, lines)))

    def usual(name: str) -> str:
        body = macros(name)
        count = "[1]" if "#1" in body else ""
        return "" if rule(rf"\newcommand{{\{name}}}{count}{{{body}}}") in dropped else body

    proposing.proposals, proposing._usual = kept, usual
    try:
        return outcome(latex)
    finally:
        proposing.proposals, proposing._usual = inner, macros


def stated(corpus: Path) -> Iterator[tuple[str, str]]:
    """Rules that formulas of other notes state as definitions, with the source of each."""
    for line in corpus.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        for part in read(item["latex"]):
            if isinstance(part, Statement) and isinstance(part.formula, Chain) and part.formula.members[0] is not None:
                left, right = part.formula.members[:2]
                pieces = [item["latex"][side.span.start : side.span.end] for side in (left, right) if side is not None]
                yield rule(" = ".join(pieces)), item["source"].partition(":")[0]


def left_out(items: list[dict[str, Any]], found: list[Outcome]) -> None:
    """Every source again, without the rules that it alone supports."""
    support: dict[str, set[str]] = {}
    for item, result in zip(items, found, strict=True):
        if result.word(item["truth"]) == "right":
            for each in result.rules:
                support.setdefault(each, set()).add(item["source"]["repo"])
    for each, source in stated(CORPUS / "formulas.jsonl"):
        if each in support:
            support[each].add(source)
    total: Counter[str] = Counter()
    for source in sorted({item["source"]["repo"] for item in items}):
        dropped = frozenset(each for each, sources in support.items() if sources == {source})
        counts: Counter[str] = Counter()
        for item, before in zip(items, found, strict=True):
            if item["source"]["repo"] == source:
                touched = dropped & set(map(rule, before.lines))
                again = without(dropped, item["latex"]) if touched else before
                counts[again.word(item["truth"])] += 1
                if touched:
                    print(f"  {item['id']:32} {again.word(item['truth']):5} without {sorted(touched)}", flush=True)
        print(f"{source:40} {len(dropped)} of {len(support)} rules dropped: {dict(counts)}", flush=True)
        total += counts
    print(f"{sum(total.values())} objects, each judged by the rules of other sources: {dict(total)}")


def main() -> None:
    items = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    counts: dict[str, Counter[str]] = {}
    start = time.perf_counter()
    results: list[Outcome] = []
    for item in items:
        result = outcome(item["latex"])
        results.append(result)
        word = result.word(item["truth"])
        counts.setdefault(item["source"]["repo"], Counter())[word] += 1
        if "--show" in sys.argv:
            print(f"{item['id']:32} {item['truth']:5} {word:5} {'; '.join(result.lines)}", flush=True)
    for source, counter in counts.items():
        print(f"{source:40} {dict(counter)}")
    total = sum(counts.values(), Counter())
    print(f"{sum(total.values())} objects: {dict(total)}; {time.perf_counter() - start:.0f} s")
    if "--leave-out" in sys.argv:
        left_out(items, results)


if __name__ == "__main__":
    main()
