"""The pages of the manual, and the fenced blocks in them.

A fence names its language; a word behind it is the file that the block shows, as in "```toml rubric.toml". Sites that
show Markdown take the first word and leave out the second.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^(`{3,})(\w*)(?: (\S+))?\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the file that it shows, its text, and the number of its first line in the page."""

    page: Path
    language: str
    file: str
    text: str
    line: int

    @property
    def is_transcript(self) -> bool:
        """Commands behind a $ with what they print."""
        return self.language == "console" and self.text.startswith("$ ")


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(page, match[2], match[3] or "", match[4], text[: match.start()].count("\n") + 2)
        for match in _BLOCK.finditer(text)
    ]


def fences(page: Path) -> int:
    """How many blocks there are, counted in another way: line by line, a fence of backticks is open or not."""
    number, within = 0, ""
    for line in page.read_text(encoding="utf-8").splitlines():
        if within:
            within = "" if line == within else within
        elif line.startswith("```"):
            number, within = number + 1, "`" * (len(line) - len(line.lstrip("`")))
    return number
