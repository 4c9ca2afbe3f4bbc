"""The exit codes of the command, and what ends it with one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradproof.verify.verdict import Verdict

OK = 0
#: Something was refuted, or a check itself failed.
WRONG = 1
#: The command line asks for something that does not exist or cannot be done.
USAGE = 2
#: Something is undecided, was checked at too few points, or was asked for and is not available here.
OPEN = 3
#: Ctrl-C (128 + SIGINT).
INTERRUPTED = 130


class CommandError(Exception):
    """The request cannot be carried out. The text is the one line that the user sees."""

    def __init__(self, message: str, code: int = USAGE) -> None:
        super().__init__(message)
        self.code = code


@contextmanager
def told_in(language: str) -> Iterator[None]:
    """What ends the command within the block is said in a language."""
    try:
        yield
    except CommandError as problem:
        if language == "en":
            raise
        from gradproof.grading.chinese import spoken

        raise CommandError(spoken(str(problem), language), problem.code) from problem


def exit_code(verdicts: Iterable[Verdict]) -> int:
    """The exit code that says these verdicts: OK, WRONG or OPEN."""
    from gradproof.verify.verdict import Verdict, worst

    verdict = worst(verdicts)
    if verdict.ok:
        return OK
    return WRONG if verdict in (Verdict.ERROR, Verdict.REFUTED) else OPEN
