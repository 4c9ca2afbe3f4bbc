"""What the command says and how: results on stdout, everything else on stderr, colours and bars only on a terminal."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

T = TypeVar("T")
STYLES = {"good": "32", "bad": "31", "open": "33", "name": "36", "title": "1", "faint": "2"}


def prepare_streams() -> None:
    r"""Mathematics has letters that not every encoding has: pipes get UTF-8, a terminal that lacks a letter a '?'.

    Half of a surrogate pair, which a notebook may hold, has no UTF-8: it is written as \ud800, as JSON writes it.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:  # a stream put in its place, as tests do
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def colourful(stream: TextIO) -> bool:
    """Whether this stream is a terminal that shows colours, and the user has not asked for none (NO_COLOR)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, style: str) -> str:
    """The text in a style of STYLES, if stdout shows colours."""
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if colourful(sys.stdout) else text


def width() -> int:
    """The columns of the terminal, at most 100; 80 where there is none."""
    return min(shutil.get_terminal_size((80, 24)).columns, 100)


def hanging(text: str, first: int, rest: int) -> str:
    """The text wrapped to the width: its first line starts at column `first`, the others at column `rest`."""
    lines = textwrap.wrap(text, max(width(), rest + 20), initial_indent=" " * first, subsequent_indent=" " * rest)
    return "\n".join(lines)[first:]


def harmless(text: str) -> str:
    """The text without characters that a terminal obeys: what people hand in may hold any."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def complain(message: str) -> None:
    """One line on stderr."""
    print(f"gradproof: {message}", file=sys.stderr, flush=True)


def end_quietly() -> int:
    """The reader of stdout has gone (`gradproof list | head`): say nothing more, also at the end of the process."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141  # 128 + SIGPIPE


class Bar:
    """A progress bar on stderr; shows nothing where stderr is no terminal."""

    def __init__(self, total: int) -> None:
        self._progress: Progress | None = None
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            description = TextColumn("{task.description}", markup=False)  # names of files are anybody's
            columns = (BarColumn(bar_width=24), MofNCompleteColumn(), description)
            console = Console(stderr=True)
            # stdout is left alone: it may be a file that must get the results
            self._progress = Progress(*columns, console=console, transient=True, redirect_stdout=False)
            self._task: TaskID = self._progress.add_task("", total=total)

    def __enter__(self) -> Bar:
        if self._progress:
            self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._progress:
            self._progress.stop()

    def along(self, names: Iterable[str], items: Iterable[T]) -> Iterator[T]:
        """The items; the bar names the one that is waited for."""
        waiting = iter(items)
        for name in names:
            self.at(name)
            yield from itertools.islice(waiting, 1)
            self.advance()

    def at(self, description: str) -> None:
        """Say what is being done now."""
        if self._progress:
            self._progress.update(self._task, description=harmless(description))

    def advance(self) -> None:
        if self._progress:
            self._progress.advance(self._task)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take the bar away while something else is printed."""
        if self._progress:
            self._progress.stop()
        try:
            yield
        finally:
            if self._progress:
                self._progress.start()
