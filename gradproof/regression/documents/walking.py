"""Going through documents: each once in a process, as `gradproof check` does, in children that are ended if they hang.

What is declared and defined is carried through a document, so that one formula is decided only with what stands before
it. Documents are gone through at the same time, up to the last formula that is wanted; what earlier runs found of them
is not searched again.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gradproof.documents import Document
from gradproof.grading.checking import Checking, outcomes, through
from gradproof.grading.memory import memory_in
from gradproof.grading.passages import Effort
from gradproof.verify.cache import default_folder
from gradproof.verify.running import ChildPool, Limits
from gradproof.verify.running.limits import MIB

if TYPE_CHECKING:
    from gradproof.grading.outcome import Outcome

#: The memory of one child in bytes, and the seconds that it has beyond those of a passage.
MEMORY, GRACE = 2048 * MIB, 15.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document, and the numbers of its parts that are asked for."""

    document: Document
    parts: Sequence[int]


class Walks:
    """Documents under way, by their files. They are closed at the end, also of what is still under way."""

    def __init__(self, seed: int, declarations: str = "", jobs: int | None = None) -> None:
        effort = Effort(seed=seed)
        self._pool = ChildPool(jobs, Limits(effort.passage + GRACE, MEMORY))
        self._threads = ThreadPoolExecutor(self._pool.jobs, "gradproof-document")
        self._memory = memory_in(default_folder())
        self._checking = Checking(declarations, effort, ask=through(self._pool), memory=self._memory)
        self._found: dict[Path, Future[dict[int, Outcome]]] = {}

    def start(self, file: Path, wanted: Wanted) -> None:
        """Begin to go through a document, if that has not begun yet."""
        if file not in self._found:
            self._found[file] = self._threads.submit(outcomes, wanted.document, self._checking, wanted.parts)

    def outcomes(self, file: Path) -> dict[int, Outcome]:
        """What became of the parts of a document that has begun; waits for it."""
        return self._found[file].result()

    def close(self) -> str:
        """End everything. The text says why nothing could be kept for other runs; it is empty if all is well."""
        self._pool.shutdown(cancel_futures=True)
        self._threads.shutdown(cancel_futures=True)
        if self._memory is None:
            return ""
        if self._memory.store.written:
            self._memory.store.tidy()
        return self._memory.store.problem
