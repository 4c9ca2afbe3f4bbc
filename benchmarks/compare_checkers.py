r"""The same statements through gradproof, math-verify and SymPy's two LaTeX parsers, side by side.

The others are no dependencies of gradproof; they live in an environment of their own:

    python -m venv PEERS
    PEERS/bin/pip install math-verify 'antlr4-python3-runtime==4.11.*' lark sympy
    python benchmarks/compare_checkers.py --peers PEERS/bin/python

The statements are the relations of `tests/corpus`: of `statements.toml` those that hold or are refuted, and the steps
of `derivations.jsonl`, mutants among them, with the truth that stands there. Each checker is a child process that is
ended if one statement takes longer than `--seconds`, and started again. The others take no declarations, so that
gradproof is asked with them and without; relations that need no definition are also counted alone. What counts:

read           both sides (or, for `formulas.jsonl`, the formula) were read without an error
right          the verdict is the truth: equal, or not equal
false accept   equal, though the two sides are not
false reject   not equal, though they are
undecided      read, and neither
lost           it took too long, or the process died
"""

from __future__ import annotations

import argparse
import json
import select
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from line_speed import CORPUS, derivations, statements
from measuring import machine

from gradproof.derivations.meaning import declared
from gradproof.grading.passages import Effort, judge_passage

CHECKERS = Path(__file__).with_name("checkers.py")
Task = dict[str, Any]
HEADINGS = ("read", "right", "false accept", "false reject", "undecided", "lost")


class Child:
    """A checker in a process of its own."""

    def __init__(self, python: str, name: str, seconds: float) -> None:
        self.command, self.seconds = [python, str(CHECKERS), name], seconds
        self.process: subprocess.Popen[str] | None = None

    def ask(self, task: Task) -> dict[str, Any] | None:
        """The answer; None if there was none in time, or the process died."""
        if self.process is None:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
            if self._answer(300.0) is None:
                sys.exit(f"{' '.join(self.command)} does not start")
        assert self.process.stdin
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        return self._answer(self.seconds)

    def _answer(self, seconds: float) -> dict[str, Any] | None:
        assert self.process and self.process.stdout
        ready, _, _ = select.select([self.process.stdout], [], [], seconds)
        line = self.process.stdout.readline() if ready else ""
        if line:
            found: dict[str, Any] = json.loads(line)
            return found
        self.end()
        return None

    def end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process = None


@dataclass
class Score:
    """What came of the statements."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HEADINGS, 0))
    seconds: list[float] = field(default_factory=list)

    def add(self, truth: bool | None, answer: dict[str, Any] | None) -> None:
        if answer is None:
            self.counts["lost"] += 1
            return
        self.seconds.append(answer["seconds"])
        self.counts["read"] += answer["read"]
        if truth is None or not answer["read"]:
            return
        equal = answer["equal"]
        word = (
            "undecided" if equal is None else "right" if equal == truth else "false accept" if equal else "false reject"
        )
        self.counts[word] += 1


def relations() -> Iterator[Task]:
    """Every relation of the corpora whose truth is known."""
    for truths, (_, line, given) in zip(_said(), statements(), strict=True):
        yield from _pieces(line, given, truths)
    for truths, (_, line, given) in zip(_checked(), derivations(), strict=True):
        yield from _pieces(line, given, truths)


def _said() -> Iterator[list[bool | None]]:
    found = tomllib.loads((CORPUS / "statements.toml").read_text(encoding="utf-8"))["statement"]
    for item in found:
        yield [{"HOLDS": True, "REFUTED": False}.get(status) for status in item["status"]]


def _checked() -> Iterator[list[bool | None]]:
    """The truth of each step. In a mutant the step is true that was not changed, and false where the corpus says so."""
    items = [json.loads(line) for line in (CORPUS / "derivations.jsonl").read_text(encoding="utf-8").splitlines()]
    checked = {item["id"]: item for item in items}
    pieces = {item["id"]: _cut(latex, given) for item, (_, latex, given) in zip(items, derivations(), strict=True)}
    for item in items:
        original = checked[item.get("mutant_of", item["id"])]
        before, after = pieces[original["id"]], pieces[item["id"]]
        truths: list[bool | None] = [{"true": True, "false": False}[said] for said in original["steps_checked"]]
        if item is not original:
            same = [len(before) == len(after) and one == other for one, other in zip(before, after, strict=False)]
            false = item["false_steps"]
            truths = [
                truth if unchanged else False if step in false else None
                for step, (truth, unchanged) in enumerate(zip(truths, same, strict=False))
            ]
        yield truths


def _pieces(line: str, given: str, truths: list[bool | None]) -> Iterator[Task]:
    found = _cut(line, given)
    if len(found) != len(truths):
        return
    for step, ((left, sign, right), truth) in enumerate(zip(found, truths, strict=True)):
        if sign == "=" and truth is not None:
            yield {"line": line, "step": step, "given": given, "truth": truth, "left": left, "right": right}


def _cut(line: str, given: str) -> list[tuple[str, str, str]]:
    """The two sides of each relation and the sign between them, as `gradproof check` cuts them."""
    glossary, macros = declared(given)
    found = judge_passage(line, macros, glossary, frozenset(), Effort()).found
    return [(judged.left, judged.sign, judged.right) for judged in found]


def formulas() -> Iterator[Task]:
    for line in (CORPUS / "formulas.jsonl").read_text(encoding="utf-8").splitlines():
        latex = json.loads(line)["latex"]
        yield {"line": latex, "step": None, "given": "", "truth": None, "left": latex, "right": ""}


def defines(task: Task) -> bool:
    """Whether a relation rests on more than shapes and domains, which the others could not know of."""
    return any("=" in line for line in task["given"].splitlines() if "command" not in line) or task["step"] > 0


def macros_of(given: str) -> str:
    return "\n".join(line for line in given.splitlines() if "command" in line)


def asked(child: Child, tasks: list[Task]) -> list[dict[str, Any] | None]:
    answers = [child.ask(task) for task in tasks]
    child.end()
    return answers


def scored(tasks: list[Task], answers: list[dict[str, Any] | None]) -> Score:
    score = Score()
    for task, answer in zip(tasks, answers, strict=True):
        score.add(task["truth"], answer)
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", required=True, help="the Python in which the others are installed")
    parser.add_argument("--seconds", type=float, default=20.0, help="what one statement may take")
    options = parser.parse_args()
    every = list(relations())
    bare = [{**task, "given": macros_of(task["given"])} for task in every]
    runs = [
        ("gradproof", sys.executable, "gradproof", every),
        ("gradproof, nothing declared", sys.executable, "gradproof", bare),
    ]
    runs += [(name, options.peers, name, every) for name in ("math-verify", "SymPy ANTLR", "SymPy Lark")]
    answers = {title: asked(Child(python, name, options.seconds), tasks) for title, python, name, tasks in runs}
    plain = [place for place, task in enumerate(every) if not defines(task)]
    false = sum(not task["truth"] for task in every)
    print(f"{len(every)} relations, {false} of them false")
    print(table({title: scored(every, found) for title, found in answers.items()}))
    print(f"\n{len(plain)} of them that stand alone and need no definition")
    some = [every[place] for place in plain]
    print(table({title: scored(some, [found[place] for place in plain]) for title, found in answers.items()}))
    texts = list(formulas())
    print(f"\n{len(texts)} formulas of real notes, read without an error")
    for title, python, name, _ in (runs[0], *runs[2:]):
        print(f"{title:28} {scored(texts, asked(Child(python, name, options.seconds), texts)).counts['read']}")
    print(f"\n{machine('sympy')}")
    packages = ("math-verify", "latex2sympy2-extended", "sympy", "lark", "antlr4-python3-runtime")
    words = f"from importlib.metadata import version; print(*(f'{{p}} {{version(p)}}' for p in {packages}), sep=', ')"
    print(subprocess.run([options.peers, "-c", words], capture_output=True, text=True, check=True).stdout.strip())


def table(scores: dict[str, Score]) -> str:
    lines = ["| | " + " | ".join(HEADINGS) + " | median ms |", "|---|" + "---|" * (len(HEADINGS) + 1)]
    for title, score in scores.items():
        counts = " | ".join(str(score.counts[word]) for word in HEADINGS)
        median = 1000 * statistics.median(score.seconds) if score.seconds else 0.0
        lines.append(f"| {title} | {counts} | {median:.0f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
