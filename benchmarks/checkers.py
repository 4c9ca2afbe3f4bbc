"""One checker of formulas as a process: a task is a line of JSON on standard input, its answer one on standard output.

    python benchmarks/checkers.py math-verify

A task has `left` and `right` (LaTeX), and for gradproof the whole `line`, the `step` of the relation in it and the
`given` declarations. An answer has `read`, `equal` (true, false or null for undecided), `seconds` and `error`.
`compare_checkers.py` starts these processes, and says how the others are installed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

Task = dict[str, Any]
Answer = tuple[bool, bool | None]
#: Bytes of memory that a checker may take.
MEMORY = 4 << 30


def gradproof() -> Callable[[Task], Answer]:
    """The relation is judged within its line, with the declarations."""
    from gradproof.derivations.meaning import declared
    from gradproof.grading.passages import Effort, judge_passage
    from gradproof.grading.status import LineStatus

    def ask(task: Task) -> Answer:
        glossary, macros = declared(task["given"])
        found = judge_passage(task["line"], macros, glossary, frozenset(), Effort()).found
        if any(judged.status is LineStatus.UNREADABLE for judged in found):
            return False, None
        if task["step"] is None:
            return True, None
        status = found[task["step"]].status
        return True, True if status.ok else False if status is LineStatus.REFUTED else None

    return ask


def math_verify() -> Callable[[Task], Answer]:
    """`parse` and `verify` as its manual shows them; what is not parsed comes back as nothing, or as the bare text."""
    from math_verify import parse, verify

    def ask(task: Task) -> Answer:
        sides = [parse(f"${task[side]}$", parsing_timeout=None) for side in ("left", "right") if task[side]]
        if not all(any(not isinstance(found, str) for found in side) for side in sides):
            return False, None
        return True, verify(*sides, timeout_seconds=None) if len(sides) == 2 else None

    return ask


def sympy_reader(backend: str) -> Callable[[], Callable[[Task], Answer]]:
    """`parse_latex`, then `simplify` of the difference, then `equals`."""

    def checker() -> Callable[[Task], Answer]:
        from sympy import Expr, simplify
        from sympy.parsing.latex import parse_latex

        def ask(task: Task) -> Answer:
            sides = [parse_latex(task[side], backend=backend) for side in ("left", "right") if task[side]]
            if not all(hasattr(side, "free_symbols") for side in sides):  # Lark gives a tree where it is in doubt
                return False, None
            if len(sides) == 1 or not all(isinstance(side, Expr) for side in sides):
                return True, None
            left, right = sides
            return True, True if simplify(left - right) == 0 else left.equals(right)

        return ask

    return checker


CHECKERS: dict[str, Callable[[], Callable[[Task], Answer]]] = {
    "gradproof": gradproof,
    "math-verify": math_verify,
    "SymPy ANTLR": sympy_reader("antlr"),
    "SymPy Lark": sympy_reader("lark"),
}


def answered(ask: Callable[[Task], Answer], task: Task) -> dict[str, Any]:
    start = time.process_time()
    try:
        read, equal = ask(task)
        error = ""
    except Exception as problem:  # what a checker raises is its answer: it did not read the formula, or broke
        read, equal, error = False, None, f"{type(problem).__name__}: {problem}"[:200]
    equal = None if equal is None else bool(equal)
    return {"read": read, "equal": equal, "seconds": time.process_time() - start, "error": error}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    ask = CHECKERS[sys.argv[1]]()
    answers, sys.stdout = sys.stdout, sys.stderr  # what a checker prints is no answer
    warm = {"left": "x + x", "right": "2 x", "line": "x + x = 2 x", "step": 0, "given": "x : R"}
    print(json.dumps(answered(ask, warm)), file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(answered(ask, json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
