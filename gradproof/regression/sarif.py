"""Findings as SARIF 2.1.0, the form that code scanning and editors read.

There is a rule for each status, and a result for each claim that is wrong or open. What a baseline knows is there as
well, suppressed. A result is recognised in the next run by its content, not by its line.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gradproof._version import __version__
from gradproof.documents import Place
from gradproof.grading.findings import Checked, Finding
from gradproof.grading.status import LineStatus

from .messages import STDIN, checkout, message, relative

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: The rules, each with the sentence that says what it is about.
RULES = {status.name.lower().replace("_", "-"): status.value for status in LineStatus} | {
    "not-read": "nothing could be read of the file"
}
_WRONG = ("refuted", "error", "not-read")


def sarif(results: Sequence[Checked], strict: bool = False, folder: Path | None = None) -> dict[str, Any]:
    """The log, for `json.dumps`. Files are named from the folder, by default the root of the checkout.

    Columns count characters. What is open has the kind "open"; if `strict`, it is a failure like what is wrong.
    """
    root = folder or checkout()
    counts = Counter(finding.status.name for checked in results for finding in checked.findings)
    run = {
        "tool": {"driver": {"name": "gradproof", "version": __version__, "rules": list(_rules())}},
        "columnKind": "unicodeCodePoints",
        "results": [result for checked in results for result in _results(checked, strict, root)],
        "properties": {"counts": dict(counts)},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rules() -> Iterator[dict[str, Any]]:
    for name, sentence in RULES.items():
        level = "error" if name in _WRONG else "note"
        yield {"id": name, "shortDescription": {"text": sentence}, "defaultConfiguration": {"level": level}}


def _results(checked: Checked, strict: bool, root: Path) -> Iterator[dict[str, Any]]:
    if checked.problem:
        where = {"physicalLocation": {"artifactLocation": _artifact(checked.file, root)}}
        yield _result("not-read", checked.problem, where, known=checked.known)
    seen: Counter[str] = Counter()
    for finding in checked.findings:
        mark = fingerprint(finding)
        seen[mark] += 1
        if not (finding.failure or finding.open or finding.known):
            continue
        rule = finding.status.name.lower().replace("_", "-")
        judged = strict or not finding.open
        result = _result(rule, message(finding), _location(finding, root), known=finding.known, judged=judged)
        result["partialFingerprints"] = {"gradproofContent/v1": f"{mark}:{seen[mark]}"}
        if finding.counterexample:
            result["properties"] = {"counterexample": finding.counterexample.to_json()}
        yield result


def _result(rule: str, text: str, where: dict[str, Any], *, known: bool = False, judged: bool = True) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": rule,
        "ruleIndex": list(RULES).index(rule),
        "kind": "fail" if judged else "open",
        "level": "error" if judged else "none",  # a level belongs to failures only
        "message": {"text": text},
        "locations": [where],
    }
    return result | ({"suppressions": [{"kind": "external", "justification": "in the baseline"}]} if known else {})


def _location(finding: Finding, root: Path) -> dict[str, Any]:
    place = finding.place
    physical: dict[str, Any] = {"artifactLocation": _artifact(place.file, root)}
    if place.cell:  # lines of a cell are no lines of the notebook's file
        return {"physicalLocation": physical, "logicalLocations": [{"name": f"cell {place.cell}", "kind": "element"}]}
    return {"physicalLocation": physical | {"region": _region(place, finding.end)}}


def _region(place: Place, end: Place | None) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": place.line, "startColumn": place.column}
    if end is not None and (end.line, end.column) > (place.line, place.column):
        region |= {"endLine": end.line, "endColumn": end.column}
    return region


def _artifact(file: str, root: Path) -> dict[str, Any]:
    name = relative(file, root)
    if name == STDIN:
        return {"uri": "stdin"}
    if Path(name).is_absolute():  # outside of the checkout
        return {"uri": Path(name).as_uri()}
    return {"uri": quote(name, errors="surrogatepass"), "uriBaseId": "%SRCROOT%"}


def fingerprint(finding: Finding) -> str:
    """A digest of what a finding is about, whatever its line, its label and its verdict."""
    content = [finding.statement, finding.step, finding.left, finding.sign, finding.right]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]
