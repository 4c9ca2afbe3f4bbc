"""Collecting: a document is a collector of pytest, and each of its targets an item that fails, skips or passes."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .request import Request

if TYPE_CHECKING:
    from gradproof.documents import Document, Place
    from gradproof.grading.findings import Finding

    from .standing import Standing
    from .targets import Target
    from .walking import Walks

#: The properties of a report, which JUnit files show as well.
STATUS, FILE, LINE, COLUMN, CELL = "gradproof_status", "file", "line", "column", "cell"


class Collecting:
    """The part of the plugin that finds and checks formulas: it runs in the workers of pytest-xdist.

    files  how many documents have been read
    """

    def __init__(self, config: pytest.Config, request: Request) -> None:
        self.config = config
        self.request = request
        self.files = 0
        self.problem = ""
        self._walks: Walks | None = None

    @property
    def walks(self) -> Walks:
        if self._walks is None:
            from .walking import Walks

            worker = hasattr(self.config, "workerinput")  # the workers of pytest-xdist share the cores
            self._walks = Walks(self.request.seed, self.request.declarations, 1 if worker else None)
        return self._walks

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> DocumentFile | None:
        if not self.request.collects(file_path, parent.session.isinitpath(file_path)):
            return None
        file: DocumentFile = DocumentFile.from_parent(parent, path=file_path, collecting=self)
        return file

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """All documents begin to be gone through; a worker does not know yet which ones it will get."""
        if not session.config.option.collectonly and not hasattr(session.config, "workerinput"):
            for file in {item.file.path: item.file for item in session.items if isinstance(item, Formula)}.values():
                file.start(session)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        if self._walks is not None:
            self.problem = self._walks.close()
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput["gradproof"] = [self.files, self.problem]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """A skip stands where the formula stands, not where the plugin raised it."""
        report = yield
        if isinstance(item, Formula) and report.skipped and isinstance(report.longrepr, tuple):
            path, line, _ = item.reportinfo()
            report.longrepr = (str(path), line + 1, report.longrepr[2])
        return report


class DocumentFile(pytest.File):
    """A document. Its formulas are found by reading alone."""

    def __init__(self, *, collecting: Collecting, **named: Any) -> None:
        super().__init__(**named)
        self.collecting = collecting

    @cached_property
    def document(self) -> Document:
        from gradproof.documents import read_document

        return read_document(self.path, os.path.relpath(self.path, self.config.invocation_params.dir))

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        from .targets import targets

        return tuple(targets(self.document, self.collecting.request.every))

    def collect(self) -> Iterator[Formula]:
        self.collecting.files += 1
        if not self._may_have_some:
            return
        from gradproof.documents import FileProblem

        try:
            found = self.targets
        except FileProblem as problem:
            raise self.CollectError(str(problem)) from problem
        for target in found:
            yield Formula.from_parent(self, name=target.name, target=target)

    @property
    def _may_have_some(self) -> bool:
        """Whether it is worth reading: most files of a repository have no mark (and LaTeX takes in other files)."""
        latex = self.path.suffix.lower() == ".tex"
        return self.collecting.request.every or latex or b"gradproof:" in self.path.read_bytes()

    def start(self, session: pytest.Session) -> None:
        """Begin to go through the document, up to the last of its formulas that are wanted."""
        from .walking import Wanted

        parts = {item.target.part for item in session.items if isinstance(item, Formula) and item.file is self}
        self.collecting.walks.start(self.path, Wanted(self.document, sorted(parts)))

    def findings(self, part: int) -> dict[Target, list[Finding]]:
        """What is said of each target of a part; waits until the document has been gone through."""
        from .targets import findings_by_target

        self.start(self.session)
        outcome = self.collecting.walks.outcomes(self.path)[part]
        own = [target for target in self.targets if target.part == part]
        return findings_by_target(self.document.parts[part], outcome, own)


class Wrong(Exception):  # noqa: N818 - of the formula, not of the program
    """The formula fails."""


class Formula(pytest.Item):
    """One target of a document."""

    def __init__(self, *, target: Target, **named: Any) -> None:
        super().__init__(**named)
        self.target = target
        self.add_marker("formula")  # not "gradproof", which -k grad would fit

    @property
    def file(self) -> DocumentFile:
        assert isinstance(self.parent, DocumentFile)
        return self.parent

    def runtest(self) -> None:
        from gradproof.documents import Handling, Passage

        from .standing import SKIPPED, Result
        from .telling import in_words, sentence

        part = self.file.document.parts[self.target.part]
        if isinstance(part, Passage) and part.handling is Handling.SKIP:
            self._say(SKIPPED, self.target.place)
            pytest.skip("a mark says to skip it")
        standing = self._standing(marked=isinstance(part, Passage) and part.marked)
        self._say(standing.word, standing.finding.place)
        if standing.result is Result.FAILS:
            raise Wrong(standing)
        if standing.result is Result.OPEN:
            pytest.skip(f"{in_words(standing.word)}: {sentence(standing.finding)}")

    def _standing(self, marked: bool) -> Standing:
        from .standing import Standing, claiming_nothing

        found = self.file.findings(self.target.part)
        strict = self.file.collecting.request.strict
        if marked and claiming_nothing([each for own in found.values() for each in own]):
            return Standing.of_nothing(found[self.target][0], strict)
        return Standing.of(found[self.target], strict)

    def _say(self, status: str, place: Place) -> None:
        self.user_properties += [(STATUS, status), (FILE, place.file), (LINE, place.line), (COLUMN, place.column)]
        if place.cell:
            self.user_properties.append((CELL, place.cell))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from .telling import told

        if isinstance(excinfo.value, Wrong):
            (standing,) = excinfo.value.args
            return told(standing.finding, self.target.source)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        place = self.target.place
        return self.config.invocation_params.dir / place.file, place.line - 1, f"{place}: {self.name}"
