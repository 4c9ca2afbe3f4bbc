"""How long a line takes: the judging of each relation of the corpora, one after the other in one process.

Usage: python benchmarks/line_speed.py [--show]

A line is one relation: `a = b = c` has two. Its time is what its judgement takes, with an equal share of what its
passage takes besides (reading, declarations, definitions). Times are CPU seconds, after one passage that is not
counted. The derivations of real notes have their declarations; the statements are those of `tests/corpus`.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measuring import machine

from gradproof.derivations.meaning import declared
from gradproof.grading.judge import Judge
from gradproof.grading.passages import Effort, judge_passage

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"


def derivations() -> Iterator[tuple[str, str, str]]:
    """Name, text and declarations of each derivation of real notes."""
    given = tomllib.loads((CORPUS / "declarations.toml").read_text(encoding="utf-8"))
    for line in (CORPUS / "derivations.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        name = item.get("mutant_of", item["id"])
        yield item["id"], item["latex"], given["macros"] + "\n" + given["given"].get(name, "")


def statements() -> Iterator[tuple[str, str, str]]:
    """Name, text and declarations of each of our own statements."""
    found = tomllib.loads((CORPUS / "statements.toml").read_text(encoding="utf-8"))["statement"]
    for item in found:
        yield item["line"], item["line"], item.get("given", "")


class Clock:
    """The CPU seconds of every relation that is judged."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        inner = Judge._relation

        def timed(judge: Judge, *arguments: Any) -> Any:
            start = time.process_time()
            try:
                return inner(judge, *arguments)
            finally:
                self.seconds.append(time.process_time() - start)

        Judge._relation = timed  # type: ignore[method-assign]

    def lines(self, text: str, given: str) -> list[float]:
        """What each relation of a passage takes."""
        self.seconds = []
        start = time.process_time()
        glossary, macros = declared(given)
        judge_passage(text, macros, glossary, frozenset(), Effort())
        rest = time.process_time() - start - sum(self.seconds)
        return [seconds + rest / len(self.seconds) for seconds in self.seconds]


def main() -> None:
    show = "--show" in sys.argv
    clock = Clock()
    clock.lines("(x + y)^2 = x^2 + 2 x y + y^2", "x, y : R")
    together: list[float] = []
    for title, corpus in (("derivations", derivations()), ("statements", statements())):
        found: list[float] = []
        for name, text, given in corpus:
            taken = clock.lines(text, given)
            found += taken
            if show:
                print(f"{sum(taken):7.3f} s  {len(taken):2}  {name[:100]!r}", flush=True)
        print(line(title, found), flush=True)
        together += found
    print(line("together", together))
    print(machine("sympy", "numpy"))


def line(title: str, seconds: list[float]) -> str:
    median, highest = statistics.median(seconds), max(seconds)
    ninety_five = statistics.quantiles(seconds, n=20)[-1]
    return (
        f"{title:12} {len(seconds):4} lines  median {1000 * median:5.0f} ms  "
        f"95th percentile {1000 * ninety_five:6.0f} ms  longest {highest:5.1f} s  all {sum(seconds):5.0f} s"
    )


if __name__ == "__main__":
    main()
