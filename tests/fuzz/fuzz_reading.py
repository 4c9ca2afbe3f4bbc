"""Reading under hostile input: token soup and mutated lines of real notes, as many as you ask for.

    python tests/fuzz/fuzz_reading.py --inputs 100000 --seed 0
    python tests/fuzz/fuzz_reading.py --inputs 100000 --atheris

Each input must be read or refused with a place: no crash, no hang, no part of it unread. Prints how many were read,
and which share of the unmutated lines is. With `--atheris` (`pip install atheris`) the inputs are those that libFuzzer
makes from pieces of the notation, led by which branches of the reader they reach.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType, ModuleType

from gradproof.derivations.notation.reading import Statement, Unread, alphabet, macros_in, read
from gradproof.derivations.notation.reading.plain import plain
from gradproof.derivations.notation.reading.syntax import children, walk
from gradproof.derivations.notation.reading.tokens import tokens

CORPUS = Path(__file__).parents[1] / "corpus"
#: Beyond this a reading counts as a hang.
SECONDS = 1.0

_TABLES = (
    alphabet.LETTERS, alphabet.FUNCTIONS, alphabet.BIG_OPERATORS, alphabet.RELATIONS, alphabet.PRODUCTS,
    alphabet.ACCENTS, alphabet.FONTS, alphabet.DECORATIONS, alphabet.DROPPED, alphabet.LAST_ARGUMENT,
    alphabet.OPENING, alphabet.CLOSERS, alphabet.BARS,
)  # fmt: skip
SOUP = [
    *sorted("\\" + name for table in _TABLES for name in table if name.isalpha()),
    *"abxyzijkdTK0123456789+-=*/^_{}()[]|,;:.'&<>!~%#$?@\" ",
    "\\\\",
    "\\{",
    "\\}",
    "\\|",
    "\\left(",
    "\\right)",
    "\\left|",
    "\\right|",
    "\\left.",
    "\\begin{cases}",
    "\\end{cases}",
    "\\begin{bmatrix}",
    "\\end{bmatrix}",
    "\\begin{align}",
    "\\end{align}",
    "\\begin{array}{ll}",
    "\\end{array}",
    "\\frac",
    "\\partial",
    "\\nabla",
    "\\text{if }",
    "\\text{",
    "\\sqrt",
    "\\forall",
    "\\stackrel",
    "\\overset",
    "\\underset",
    "\\mathop",
    "\\operatorname{",
    "\\not",
    "\\quad",
    "\\newcommand{\\q}{x}",
    "\\newcommand{\\q}[1]{\\q#1}",
    "\\def\\q{\\q}",
    "\\q",
    "é",
    "中",
    "∑",
    "²",
    "ᵢ",
    "\u200b",
    "\x00",
    "\n",
    "\n\n",
    "\u2212",
    "𝟙",
    "𝐱",
]


@dataclass
class Found:
    """What came of the inputs."""

    inputs: int = 0
    read: int = 0
    slowest: float = 0.0
    faults: list[tuple[str, str]] = field(default_factory=list)


def lines() -> list[str]:
    """The formulas of the corpora."""
    found = []
    for name in ("formulas.jsonl", "derivations.jsonl"):
        for line in (CORPUS / name).read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if "mutant_of" not in entry:
                found.append(entry["latex"])
    return found


def soup(source: random.Random) -> str:
    return "".join(source.choice(SOUP) for _ in range(source.randint(1, 40)))


def mutated(line: str, source: random.Random) -> str:
    """A line with up to three pieces taken out, put in or doubled."""
    for _ in range(source.randint(1, 3)):
        place = source.randrange(len(line) + 1)
        match source.randrange(3):
            case 0:
                line = line[:place] + line[place + source.randint(1, 3) :]
            case 1:
                line = line[:place] + source.choice(SOUP) + line[place:]
            case _:
                other = source.randrange(len(line) + 1)
                line = line[:place] + line[other : other + 8] + line[place:]
    return line


def inputs(count: int, seed: int) -> Iterator[str]:
    source = random.Random(seed)
    real = lines()
    for _ in range(count):
        yield soup(source) if source.random() < 0.4 else mutated(source.choice(real), source)


def fault_of(text: str) -> tuple[str, bool]:
    """What is wrong with the reading of a text, empty if nothing; and whether all of it was read."""
    try:
        parts = read(text)
    except Exception as problem:  # the very thing that is looked for
        return f"{type(problem).__name__}: {problem}", False
    for part in parts:
        spans = [part.span] if isinstance(part, Unread) else [node.span for node in walk(part.formula)]
        if any(not 0 <= span.start <= span.end <= len(text) for span in spans):
            return "a place lies outside of the text", False
        if isinstance(part, Unread) and not part.message:
            return "refused without a word", False
    left = dropped(text, parts)
    if left:
        return f"dropped {left}", False
    return "", all(isinstance(part, Statement) for part in parts)


def dropped(text: str, parts: tuple[Statement | Unread, ...]) -> list[str]:
    """The letters of a text that was read which no node holds.

    d may be a differential, l, c and r columns of an array, and the first argument of a colour says nothing.
    """
    if any(isinstance(part, Unread) for part in parts) or any(f"\\{name}" in text for name in alphabet.LAST_ARGUMENT):
        return []
    covered: set[int] = set()
    for part in parts:
        roots = [root for root in (part.formula, part.condition) if root is not None]
        for node in (node for root in roots for node in walk(root)):
            if not any(True for _ in children(node)):
                covered |= set(range(node.span.start, node.span.end))
    _, plainly = macros_in(text)
    return [
        token.text
        for token in plain(tokens(plainly))
        if token.kind == "letter" and token.text not in "dlcr" and token.span.start not in covered
    ]


def fuzz(count: int, seed: int) -> Found:
    found = Found()
    for text in inputs(count, seed):
        tried(text, found)
    return found


def tried(text: str, found: Found) -> None:
    """Reads a text and adds what came of it."""
    started = time.process_time()
    fault, whole = fault_of(text)
    taken = time.process_time() - started
    found.inputs += 1
    found.read += whole
    found.slowest = max(found.slowest, taken)
    if not fault and taken > SECONDS:
        fault = f"took {taken:.1f} s"
    if fault:
        found.faults.append((text, fault))


def built(data: bytes, real: list[str]) -> str:
    """The text that bytes stand for: pieces of the notation, alone or put into a line of real notes."""
    if len(data) < 3 or data[0] % 2:
        return "".join(SOUP[byte % len(SOUP)] for byte in data[1:])
    line = real[data[1] % len(real)]
    for place, piece in zip(data[2::2], data[3::2], strict=False):
        at = place * len(line) // 256
        line = line[:at] + SOUP[piece % len(SOUP)] + line[at + piece % 3 :]
    return line


def fuzz_by_coverage(count: int, seed: int) -> None:
    """Inputs that are led by the branches they reach. Ends the process, with 1 if there are faults."""
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is not installed; pip install atheris, or leave --atheris out")
    for name, module in list(sys.modules.items()):
        if name.startswith("gradproof.derivations.notation.reading"):
            for function in functions_of(module):
                atheris.instrument_func(function)
    found, real = Found(), lines()

    def one(data: bytes) -> None:
        tried(built(data, real), found)
        if found.inputs >= count or found.faults:
            code = told(found)
            sys.stdout.flush()
            os._exit(code)  # libFuzzer has no other end that leaves the last word to us

    atheris.Setup([sys.argv[0], f"-seed={seed + 1}", "-max_len=120", "-verbosity=0"], one)
    atheris.Fuzz()


def functions_of(module: ModuleType) -> Iterator[FunctionType]:
    """The functions and methods that a module defines."""
    for value in vars(module).values():
        inner = vars(value).values() if isinstance(value, type) else (value,)
        for function in inner:
            if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                yield function


def share_read() -> tuple[int, int]:
    """How many of the unmutated lines are read wholly, of how many."""
    real = lines()
    return sum(fault_of(line)[1] for line in real), len(real)


def told(found: Found) -> int:
    """Prints what was found; 1 if there are faults."""
    good, every = share_read()
    print(f"{found.inputs} inputs, {found.read} read, slowest {found.slowest:.3f} s, {len(found.faults)} faults")
    print(f"{good} of {every} unmutated lines read")
    for text, fault in found.faults[:20]:
        print(f"{fault}: {text!r}")
    return int(bool(found.faults))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--atheris", action="store_true", help="inputs that are led by coverage")
    options = parser.parse_args()
    if options.atheris:
        fuzz_by_coverage(options.inputs, options.seed)
    return told(fuzz(options.inputs, options.seed))


if __name__ == "__main__":
    sys.exit(main())
