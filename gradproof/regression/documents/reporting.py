"""Reporting: words and letters for the results, counts at the end, and annotations where GitHub runs the tests.

It works on reports alone, so that it says the same in the main process of pytest-xdist.
"""

from __future__ import annotations

import os
import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from .collecting import CELL, COLUMN, FILE, LINE, STATUS, Collecting
from .request import SEED, Request
from .telling import WIDTH, in_words

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

#: What is counted, in this order, by status; each with its words for one and for several.
WORDS = {
    "REFUTED": ("refuted", "refuted"),
    "NOT_REFUTED": ("not refuted as expected", "not refuted as expected"),
    "ERROR": ("error", "errors"),
    "PROVED": ("proved", "proved"),
    "AGREES": ("agrees", "agree"),
    "EXPECTED": ("refuted as expected", "refuted as expected"),
}
QUIET = ("DEFINITION", "CONDITION")
_LETTERS = {"AGREES": "a", "EXPECTED": "x"}


class Reporting:
    """The part of the plugin that speaks."""

    def __init__(self, config: pytest.Config, request: Request) -> None:
        self.config = config
        self.request = request
        self.files = 0
        self.problems: set[str] = set()

    def pytest_report_header(self) -> str:
        which = "all formulas" if self.request.every else "marked formulas"
        return f"gradproof: {which} of {' '.join(self.request.patterns) or 'the files named'}, seed {self.request.seed}"

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        node.workerinput[SEED] = self.request.seed  # the same in every worker

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        files, problem = getattr(node, "workeroutput", {}).get("gradproof", (0, ""))
        self.files = max(self.files, files)  # each worker collects everything
        self.problems.update(filter(None, (problem,)))

    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        status = status_of(report)
        if not status or report.skipped:
            return None
        if report.failed:
            return "failed", "F", status
        if status in QUIET:
            return "", "-", status  # not counted as passed: nothing was checked
        return "passed", _LETTERS.get(status, "."), status

    def pytest_terminal_summary(self, terminalreporter: TerminalReporter) -> None:
        collecting = self.config.pluginmanager.get_plugin("gradproof-collecting")
        assert isinstance(collecting, Collecting)
        files = max(self.files, collecting.files)
        self.problems.update(filter(None, (collecting.problem,)))
        reports = [
            report
            for found in terminalreporter.stats.values()
            for report in found
            if isinstance(report, pytest.TestReport) and status_of(report)
        ]
        skipped = [report for report in reports if report.skipped and status_of(report) != "SKIPPED"]
        if skipped and "s" not in terminalreporter.reportchars:
            terminalreporter.section("gradproof: not decided")
            for report in skipped:
                terminalreporter.write_line(f"{report.nodeid} ({_place(report)})")
                terminalreporter.write_line(textwrap.indent(textwrap.fill(_reason(report), WIDTH - 4), "    "))
        if self.config.option.collectonly:
            return
        terminalreporter.section("gradproof")
        terminalreporter.write_line(summary(Counter(map(status_of, reports)), files, self.request))
        for problem in sorted(self.problems):
            terminalreporter.write_line(f"verdicts are not kept: {problem}")
        if self.request.seed:
            terminalreporter.write_line(f"--gradproof-seed {self.request.seed} draws the same points again")
        if os.environ.get("GITHUB_ACTIONS") == "true":
            for line in commands(reports):
                terminalreporter.write_line(line)


def status_of(report: Any) -> str:
    """The word for a formula in the report on its test; empty for any other report."""
    if getattr(report, "when", "") != "call":
        return ""
    return str(dict(report.user_properties).get(STATUS, ""))


def summary(counts: Counter[str], files: int, request: Request) -> str:
    """One sentence on all formulas, which also says why there are none."""
    number = f"{files} {'file' if files == 1 else 'files'}"
    quiet = sum(counts[status] for status in QUIET)
    claims = counts.total() - quiet
    if not claims:
        way = "" if request.every else "; write <!-- gradproof: check --> before one, or set gradproof_mode = all"
        return f"no {'' if request.every else 'marked '}claim in {number}{way}"
    parts = [f"{counts[status]} {words[counts[status] > 1]}" for status, words in WORDS.items() if counts[status]]
    still = {status: count for status, count in counts.items() if status not in (*WORDS, *QUIET, "SKIPPED")}
    if still:
        which = ", ".join(f"{in_words(status)} {count}" for status, count in sorted(still.items()))
        parts.append(f"{sum(still.values())} not decided ({which})")
    if counts["SKIPPED"]:
        parts.append(f"{counts['SKIPPED']} skipped")
    if quiet:
        parts.append(f"{quiet} {'definition or condition' if quiet == 1 else 'definitions and conditions'}")
    return f"{', '.join(parts)}; {claims} {'claim' if claims == 1 else 'claims'} in {number}"


def commands(reports: list[pytest.TestReport]) -> Iterator[str]:
    """An annotation for each formula that fails (an error) or was not decided (a warning)."""
    from ..github import command  # what is below knows findings, which load SymPy
    from ..messages import checkout, relative

    for report in reports:
        status = status_of(report)
        if report.passed or status == "SKIPPED":
            continue
        told = dict(report.user_properties)
        where = {"file": relative(str(told[FILE]), checkout())}
        if CELL not in told:  # lines of a cell are no lines of the notebook's file
            where |= {"line": str(told[LINE]), "col": str(told[COLUMN])}
        message = str(report.longrepr) if report.failed else _reason(report)
        yield command("error" if report.failed else "warning", where | {"title": f"gradproof: {status}"}, message)


def _place(report: pytest.TestReport) -> str:
    told = dict(report.user_properties)
    cell = f"cell {told[CELL]}, " if CELL in told else ""
    return f"{cell}line {told[LINE]}, column {told[COLUMN]}"


def _reason(report: pytest.TestReport) -> str:
    longrepr = report.longrepr
    return str(longrepr[2] if isinstance(longrepr, tuple) else longrepr).removeprefix("Skipped: ")
