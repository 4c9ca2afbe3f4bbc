"""How many objects of a corpus of derivations become decidable by lines that `gradproof read` proposes.

Usage: python benchmarks/read_corpus.py tests/corpus/derivations.jsonl [--show]

Each line of the file has `id`, `latex`, `truth` ("true" or "false") and `source.repo`. Nothing is declared. An object
is decided if a proposal makes all its relations hold (true ones), or refutes one and decides the others (false ones).
Wrong is a proposal that says the opposite, or a verdict without any proposal that does.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from gradproof.derivations.meaning import Glossary
from gradproof.grading.passages import Effort, judge_passage
from gradproof.grading.proposing import propose
from gradproof.grading.status import LineStatus

_LISTED = (LineStatus.DEFINITION, LineStatus.CONDITION)


def outcome(latex: str) -> tuple[str, tuple[str, ...]]:
    """What is found of a formula: "true", "false", "open", each with the lines it rests on."""
    found = judge_passage(latex, {}, Glossary(), frozenset(), Effort()).found
    statuses = [judged.status for judged in found]
    if LineStatus.REFUTED in statuses:
        return "false", ()
    if all(status.ok or status in _LISTED for status in statuses) and any(status.ok for status in statuses):
        return "true", ()
    offered = propose(latex, {}, Glossary())
    if not offered:
        return "open", ()
    return ("false" if offered[0].refuted else "true"), offered[0].lines


def main() -> None:
    show = "--show" in sys.argv
    counts: dict[str, Counter[str]] = {}
    start = time.perf_counter()
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        found, lines = outcome(item["latex"])
        word = "open" if found == "open" else "right" if found == item["truth"] else "WRONG"
        counts.setdefault(item["source"]["repo"], Counter())[word] += 1
        if show:
            print(f"{item['id']:32} {item['truth']:5} {word:5} {'; '.join(lines)}", flush=True)
    for source, counter in counts.items():
        print(f"{source:40} {dict(counter)}")
    total = sum(counts.values(), Counter())
    print(f"{sum(total.values())} objects: {dict(total)}; {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
