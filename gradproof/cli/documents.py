"""`gradproof check`: documents are checked in child processes, and every finding is told with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from gradproof._version import __version__
from gradproof.verify.cache import default_folder
from gradproof.verify.running import ChildPool, Limits, start_server
from gradproof.verify.running.limits import MIB

from .exits import OK, OPEN, WRONG
from .reports import Reporting
from .sources import Input, declarations, inputs
from .terminal import Bar, complain, hanging

if TYPE_CHECKING:
    from gradproof.grading.checking import Checking
    from gradproof.grading.findings import Checked

S = TypeVar("S")
T = TypeVar("T")
#: The memory of one child in bytes, and the seconds that it has beyond those of a passage.
MEMORY, GRACE = 2048 * MIB, 15.0


@dataclass(frozen=True, slots=True)
class Request:
    """What the commands on documents are asked: names of files, options --declare, and how to work.

    cached  whether what earlier runs found is used, and what is found kept
    """

    names: tuple[str, ...]
    declare: tuple[str, ...] = ()
    seed: int = 0
    jobs: int | None = None
    inline: bool = False
    cached: bool = False


def check_files(request: Request, reporting: Reporting) -> int:
    """Check files, report what was found, as text of each as soon as it is known, and give the exit code."""
    from gradproof.grading.checking import checked_file, checked_text

    def check(source: Input, checking: Checking) -> Checked:
        if source.path is None:
            return checked_text(source.text, source.shown, checking)
        return checked_file(source.path, source.shown, checking)

    known = reporting.known()  # what is wrong with it is said before anything is computed
    results: list[Checked] = []
    sources = inputs(request.names)
    names = [source.shown for source in sources]
    with Bar(len(names)) as bar, closing(in_children(request, sources, check)) as found:
        for checked in bar.along(names, found):
            result = checked if known is None else known.applied(checked, reporting.strict)
            results.append(result)
            lines = reporting.lines(result)
            if lines:
                with bar.aside():
                    print("\n".join(lines), flush=True)
    said = summary(results, reporting.language)
    said = hanging(said, 0, 2) if reporting.format == "text" else said
    print(reporting.document(results, said, _document(results, request)))
    if known is not None and reporting.renew:
        reporting.write(known)
        return OK
    if known is not None:
        reporting.stale(known)
    return exit_code(results, reporting.strict)


def in_children(request: Request, sources: Sequence[S], work: Callable[[S, Checking], T]) -> Generator[T]:
    """What the work gives for each source, in their order; what may hang is done by children that end with this."""
    start_server()
    from gradproof.grading.checking import Checking, through
    from gradproof.grading.memory import memory_in
    from gradproof.grading.passages import Effort

    effort = Effort(seed=request.seed)
    lines = declarations(request.declare)
    memory = memory_in(default_folder()) if request.cached else None
    with ChildPool(request.jobs, Limits(effort.passage + GRACE, MEMORY)) as pool:
        checking = Checking(lines, effort, request.inline, through(pool), memory)
        threads = ThreadPoolExecutor(pool.jobs, "gradproof-document")
        try:
            for future in [threads.submit(work, source, checking) for source in sources]:
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            if memory and memory.store.written:
                memory.store.tidy()
            if memory and memory.store.problem:
                complain(f"verdicts are not kept: {memory.store.problem}")


def exit_code(results: list[Checked], strict: bool) -> int:
    if any(result.failed for result in results):
        return WRONG
    return OPEN if strict and any(result.open for result in results) else OK


def _counts(results: list[Checked]) -> Counter[str]:
    return Counter(finding.status.name for result in results for finding in result.findings)


def _document(results: list[Checked], request: Request) -> dict[str, Any]:
    from gradproof.grading.findings import SCHEMA

    return {
        "schema": SCHEMA,
        "version": __version__,
        "seed": request.seed,
        "ok": not any(result.failed for result in results),
        "decided": not any(result.open for result in results),
        "counts": dict(_counts(results)),
        "files": [result.to_json() for result in results],
    }


def summary(results: list[Checked], language: str = "en") -> str:
    """One sentence on all files."""
    parts = list(_summary(results, language))
    if language == "zh":
        return f"{len(results)} 个文件：{'，'.join(parts) if parts else '没有陈述任何内容的公式'}"
    number = f"{len(results)} {'file' if len(results) == 1 else 'files'}"
    return f"{number}: {', '.join(parts) if parts else 'no formula that states anything'}"


def _summary(results: list[Checked], language: str) -> Iterator[str]:
    from .telling import WORDS, in_language

    counts = _counts(results)
    for status, (word, _) in WORDS().items():
        if counts[status.name]:
            late = sum(each.late for result in results for each in result.findings if each.status is status)
            said = f" ({in_language('out of time', language)} {late})" if late else ""
            yield f"{in_language(word, language)} {counts[status.name]}{said}"
    expected = sum(finding.marked is False for result in results for finding in result.findings)
    if expected:
        yield f"{in_language('as expected', language)} {expected}"
    known = sum(finding.known for result in results for finding in result.findings)
    known += sum(result.known for result in results)
    if known:
        yield f"{in_language('known', language)} {known}"
    skipped = sum(len(result.skipped) for result in results)
    if skipped:
        yield f"{in_language('skipped', language)} {skipped}"
    problems = sum(bool(result.problem) for result in results)
    if problems:
        files = f"{problems} {'file' if problems == 1 else 'files'} could not be read"
        yield f"{problems} 个文件无法读取" if language == "zh" else files
