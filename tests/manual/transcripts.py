"""Transcripts: commands behind a $, each with all that it prints, run as they stand in a shell.

Below a command stands its output, from both streams, line by line. A line "…" stands for any lines that are left out,
and "…" within a line for any text. A command ends with exit code 0, or with that which it names: "# exit code 1". The
transcripts of a page are one session, in a folder of its own (see `clone`).

    python -m tests.manual.transcripts docs/tutorial-ci.md

runs a page and writes what the commands print below those whose output is another one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from .blocks import Block, blocks
from .clone import Shell

_CODE = re.compile(r"# exit code (\d+)$")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A command of a transcript, the output that the page shows, and the number of the line of the command."""

    command: str
    shown: str
    line: int

    @property
    def code(self) -> int:
        match = _CODE.search(self.command)
        return int(match[1]) if match else 0

    @property
    def says_something(self) -> bool:
        """Whether the output is more than "…": a command about which nothing is said could do anything."""
        return self.shown.strip() != "…"

    def fits(self, output: str) -> bool:
        pattern = ""
        for line in self.shown.splitlines():
            inside = ".*".join(re.escape(piece) for piece in line.rstrip().split("…"))
            pattern += r"(?:.*\n)*" if line.strip() == "…" else inside + r"\n"
        return re.fullmatch(pattern, output) is not None


def exchanges(block: Block) -> list[Exchange]:
    found: list[Exchange] = []
    for number, line in enumerate(block.text.splitlines(), block.line):
        if line.startswith("$ "):
            found.append(Exchange(line[2:], "", number))
        else:
            found[-1] = Exchange(found[-1].command, f"{found[-1].shown}{line}\n", found[-1].line)
    return found


def session(page: Path, folder: Path, verdicts: Path | None = None) -> Iterator[tuple[Exchange, int, str]]:
    """Each command of a page with its exit code and its output; files that the page shows are written in between."""
    shell = Shell(folder, verdicts)
    for block in blocks(page):
        if block.file:
            (shell.cwd / block.file).write_text(block.text, encoding="utf-8")
        for exchange in exchanges(block) if block.is_transcript else ():
            yield exchange, *shell.run(exchange.command)


def rewrite(page: Path) -> None:
    """Put what its commands print into a page, below each command whose output is another one."""
    lines = page.read_text(encoding="utf-8").splitlines()
    moved = 0
    with TemporaryDirectory() as folder:
        for exchange, code, output in session(page, Path(folder)):
            if code != exchange.code:
                print(f"{page.name}:{exchange.line}: exit code {code}: {exchange.command}", file=sys.stderr)
            if not exchange.fits(output):
                below, old, new = exchange.line + moved, exchange.shown.splitlines(), output.splitlines()
                lines[below : below + len(old)] = new
                moved += len(new) - len(old)
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        rewrite(Path(name))
