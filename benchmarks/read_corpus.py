"""How many objects of a corpus of derivations become decidable by lines that `gradproof read` proposes.

Usage: python benchmarks/read_corpus.py tests/corpus/derivations.jsonl [--show] [--leave-out]

Each line of the file has `id`, `latex`, `truth` ("true" or "false") and `source.repo`. Nothing is declared. An object
is decided if with the first lines proposed all its relations hold (true ones), or if they refute one, decide the
others, and are borne out by one that holds (false ones). Wrong is a proposal that says the opposite, or a verdict
without any proposal that does. "Asked" are false ones of which it is only asked if lines are meant that refute one of
their relations, "asked in vain" true ones.

With `--leave-out` the rules of the lexicon are judged: the objects of each source are decided again with the rules that
another source bears out, and with no others. A rule is borne out by a source if one of its lines stands in a proposal
that decides an object there rightly; in the second count also if a formula of `formulas.jsonl` from there states such a
line, and in the third if `definitions.jsonl` does, usual definitions in notes of other people. That a name is what
stands in its place in the neighbouring member is one rule more, whatever the expression.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rules import definition, equalities, rule

from gradproof.derivations.meaning import Glossary
from gradproof.derivations.notation.reading import Macros, Statement, read
from gradproof.grading import proposing
from gradproof.grading.by_place import by_place
from gradproof.grading.passages import Effort, judge_passage
from gradproof.grading.proposing import Proposal, propose
from gradproof.grading.status import LineStatus

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
BY_PLACE = "by place"
_LISTED = (LineStatus.DEFINITION, LineStatus.CONDITION)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is found of a formula: "true", "false", "asked" or "open", and the proposals by which it is."""

    found: str
    proposals: tuple[Proposal, ...] = ()

    def word(self, truth: str) -> str:
        if self.found == "asked":
            return "asked" if truth == "false" else "asked in vain"
        return "open" if self.found == "open" else "right" if self.found == truth else "WRONG"

    @property
    def lines(self) -> tuple[str, ...]:
        return self.proposals[0].lines if self.proposals else ()

    def rules(self, latex: str) -> frozenset[str]:
        return frozenset(rule for proposal in self.proposals for rule in rules_of(proposal.lines, latex))


def rules_of(lines: tuple[str, ...], latex: str) -> list[str]:
    """The rule of each line, but for what the checker itself asks for, such as that a name is a number."""
    place = placed(latex)
    return [BY_PLACE if line in place else _rule(line, latex) for line in lines if not line.endswith(" : R")]


@cache
def _rule(line: str, latex: str) -> str:
    return rule(line, macros_of(latex))


@cache
def macros_of(latex: str) -> Macros:
    """The macros that a text seems to use."""
    return proposing._macros(latex, {}, Glossary())[1]


@cache
def placed(latex: str) -> frozenset[str]:
    """The lines that a text suggests itself."""
    formulas = [part.formula for part in read(latex, macros=macros_of(latex)) if isinstance(part, Statement)]
    return frozenset(placed.line for placed in by_place(formulas, latex, Glossary()))


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
    return Outcome("asked" if offered[0].asked else "false" if offered[0].refuted else "true", offered)


def with_rules(kept: frozenset[str], latex: str) -> Outcome:
    """The outcome where only lines of these rules are proposed."""
    candidates, macros = proposing._candidates, proposing._usual

    def known(text: str, *arguments: Any) -> Iterator[tuple[str, ...]]:
        return (lines for lines in candidates(text, *arguments) if kept >= set(rules_of(lines, text)))

    def usual(name: str) -> str:
        body = macros(name)
        return body if not body or rule(rf"\newcommand{{\{name}}}{{{body}}}") in kept else ""

    macros_of(latex), placed(latex)  # what the text says itself, whatever the rules
    proposing._candidates, proposing._usual = known, usual
    try:
        return outcome(latex)
    finally:
        proposing._candidates, proposing._usual = candidates, macros


def stated(name: str) -> Iterator[tuple[str, str]]:
    """The rules that formulas of other notes state, with the source of each."""
    for line in (CORPUS / name).read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        source = item["source"].partition(":")[0]
        lines = [given for given in item.get("given", "").splitlines() if given]
        if item["latex"].startswith((r"\newcommand", r"\def")):
            lines.append(item["latex"])
        yield from ((rule(each), source) for each in lines)
        yield from ((definition(left, right), source) for left, right in equalities(item["latex"]))
        if re.search(r"\b[ijkl]\s*\\neq?\b\s*[ijkl]\b", item["latex"]):
            yield "i ≠ j", source


def left_out(items: list[dict[str, Any]], found: list[Outcome]) -> None:
    """Every source again, with the rules that others bear out."""
    support: dict[str, set[str]] = {}
    for item, result in zip(items, found, strict=True):
        if result.word(item["truth"]) == "right":
            for each in result.rules(item["latex"]):
                support.setdefault(each, set()).add(item["source"]["repo"])
    _counted("derivations of other sources", items, found, support)
    for name in ("formulas.jsonl", "definitions.jsonl"):
        for each, source in stated(name):
            support.setdefault(each, set()).add(source)
        _counted(f"also {name}", items, found, support)


def _counted(title: str, items: list[dict[str, Any]], found: list[Outcome], support: dict[str, set[str]]) -> None:
    total: Counter[str] = Counter()
    print(f"rules borne out by {title}:")
    for source in sorted({item["source"]["repo"] for item in items}):
        kept = frozenset(each for each, sources in support.items() if sources - {source})
        counts: Counter[str] = Counter()
        for item, before in zip(items, found, strict=True):
            if item["source"]["repo"] != source:
                continue
            missing = {rule for proposal in before.proposals for rule in rules_of(proposal.lines, item["latex"])} - kept
            again = with_rules(kept, item["latex"]) if missing else before
            word = again.word(item["truth"])
            counts[word] += 1
            if missing and "--show" in sys.argv:
                print(f"  {item['id']:32} {word:5} {'; '.join(again.lines)}  WITHOUT {sorted(missing)}", flush=True)
        print(f"  {source:40} {dict(counts)}", flush=True)
        total += counts
    print(f"  {sum(total.values())} objects: {dict(total)}", flush=True)


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
