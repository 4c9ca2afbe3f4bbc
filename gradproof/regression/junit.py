"""Findings as JUnit XML: a suite for each file, a case for each claim, named by its label or its formula.

What is refuted is a failure, what could not be checked an error, and what is open a skipped case with its reason, or a
failure in strict mode. What claims nothing is no case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from gradproof.grading.findings import Checked, Finding
from gradproof.grading.status import LineStatus

from .messages import checkout, message, named, relative, title

#: What XML 1.0 has no way to write.
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(results: Sequence[Checked], strict: bool = False, folder: Path | None = None) -> str:
    """The XML document. Files are named from the folder, by default the root of the checkout."""
    root = folder or checkout()
    suites = ElementTree.Element("testsuites", name="gradproof")
    for checked in results:
        suites.append(_suite(checked, strict, root))
    _count(suites)
    ElementTree.indent(suites, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode")


def _suite(checked: Checked, strict: bool, root: Path) -> ElementTree.Element:
    file = relative(checked.file, root)
    suite = ElementTree.Element("testsuite", name=_legal(file))
    if checked.problem:
        case = ElementTree.SubElement(suite, "testcase", classname=_legal(file), name="the file is read")
        _say(case, "skipped" if checked.known else "error", "not read", checked.problem)
    for name, finding in named(checked):
        place = finding.place
        case = ElementTree.SubElement(suite, "testcase", classname=_legal(file), name=_legal(name))
        case.set("file", _legal(relative(place.file, root)))
        case.set("line", str(place.line))
        kind = _kind(finding, strict)
        if kind:
            _say(case, kind, title(finding), f"{place}: {message(finding)}")
    for place in checked.skipped:
        case = ElementTree.SubElement(suite, "testcase", classname=_legal(file), name=f"line {place.line}")
        _say(case, "skipped", "a mark says to skip it", str(place))
    _count(suite)
    return suite


def _kind(finding: Finding, strict: bool) -> str:
    """The element that says what became of a claim; empty where it is as it should be."""
    if finding.failure:
        return "error" if finding.status is LineStatus.ERROR else "failure"
    if finding.open:
        return "failure" if strict else "skipped"
    return "skipped" if finding.known else ""


def _say(case: ElementTree.Element, kind: str, short: str, text: str) -> None:
    ElementTree.SubElement(case, kind, message=_legal(short), type="gradproof").text = _legal(text)


def _count(element: ElementTree.Element) -> None:
    element.set("tests", str(len(list(element.iter("testcase")))))
    for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(attribute, str(len(list(element.iter(tag)))))


def _legal(text: str) -> str:
    return _ILLEGAL.sub("�", text)
