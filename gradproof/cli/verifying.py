"""`gradproof verify`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from gradproof._version import __version__
from gradproof.derivations.calculus import Derivation
from gradproof.verify.check import RESULT, verify_derivation
from gradproof.verify.verdict import Report, Verdict

from .exits import OK, exit_code, worst
from .selection import select
from .terminal import Bar, hanging, paint

SCHEMA = "gradproof/verify/1"
WORDS = {
    Verdict.PROVED: ("proved", "good"),
    Verdict.AGREES: ("agrees", "open"),
    Verdict.REFUTED: ("REFUTED", "bad"),
    Verdict.UNDECIDED: ("undecided", "open"),
    Verdict.VACUOUS: ("vacuous", "open"),
    Verdict.UNAVAILABLE: ("unavailable", "open"),
    Verdict.ERROR: ("ERROR", "bad"),
}


def verify_derivations(
    names: Sequence[str], *, torch: bool, device: str, seed: int, verbose: bool, as_json: bool
) -> int:
    """Check derivations one after the other, print each as it is done, and give the exit code for all of them."""
    derivations = select(names)
    column = max((len(derivation.name) for derivation in derivations), default=0)
    verdicts: Counter[Verdict] = Counter()
    results: list[dict[str, Any]] = []
    with Bar(len(derivations)) as bar:
        for derivation, reports in verified(derivations, bar, torch=torch, device=device, seed=seed):
            verdicts.update(report.verdict for report in reports)
            if not reports:
                verdicts[Verdict.VACUOUS] += 1
            if as_json:
                results.append(_result(derivation, reports))
                continue
            with bar.aside():
                print(_line(derivation.name, reports, column))
                for report in reports:
                    if verbose or not report.verdict.ok:
                        print("\n".join(_details(report)))
    code = exit_code(verdicts)
    if as_json:
        head = {"schema": SCHEMA, "version": __version__, "seed": seed, "torch": torch, "device": device}
        print(json.dumps(head | {"ok": code == OK, "derivations": results}, indent=1, allow_nan=False))
    else:
        print(_summary(len(derivations), verdicts))
    return code


def verified(
    derivations: Sequence[Derivation], bar: Bar, *, torch: bool, device: str, seed: int
) -> Iterator[tuple[Derivation, tuple[Report, ...]]]:
    """Each derivation with its reports, as it is checked; the bar follows."""
    for derivation in derivations:
        bar.at(derivation.name)
        yield derivation, verify_derivation(derivation, torch=torch, device=device, seed=seed)
        bar.advance()


def _line(name: str, reports: Sequence[Report], column: int) -> str:
    """One line for a derivation, wrapped if its scope is long: verdict, name, lines, and what the verdict covers."""
    word, style = WORDS[worst(report.verdict for report in reports)]
    proved = sum(report.verdict is Verdict.PROVED for report in reports)
    count = f"{len(reports)} {'line' if len(reports) == 1 else 'lines'}"
    parts = [count if proved == len(reports) else f"{proved} of {count} proved", _scope(name, reports)]
    start = column + 14
    about = hanging("; ".join(part for part in parts if part), start, start)
    return f"{paint(f'{word:11}', style)} {paint(f'{name:{column}}', 'name')}  {paint(about, 'faint')}"


def _scope(name: str, reports: Sequence[Report]) -> str:
    """What the verdict on the result of this derivation covers; empty if it has no steps."""
    result = next((report for report in reports if report.claim.name == name + RESULT), None)
    if result is None:
        return ""
    return next((item.scope for item in result.evidence if item.verdict is result.verdict), "")


def _details(report: Report) -> Iterator[str]:
    _, style = WORDS[report.verdict]
    yield f"    {paint(report.claim.name, 'name')}: {paint(report.verdict.value, style)}"
    for evidence in report.evidence:
        sharp = str(evidence.sharpness or "")
        parts = [f"{evidence.method}: {WORDS[evidence.verdict][0]}", evidence.scope, sharp, evidence.detail]
        yield "      " + hanging("; ".join(part for part in parts if part), 6, 8)
    if report.counterexample:
        yield "      " + hanging(f"at {report.counterexample}", 6, 8)


def _summary(derivations: int, verdicts: Counter[Verdict]) -> str:
    counts = ", ".join(f"{word} {verdicts[verdict]}" for verdict, (word, _) in WORDS.items() if verdicts[verdict])
    lines = sum(verdicts.values())
    return f"{derivations} {'derivation' if derivations == 1 else 'derivations'}, {lines} lines: {counts}"


def _result(derivation: Derivation, reports: Sequence[Report]) -> dict[str, Any]:
    verdict = worst(report.verdict for report in reports)
    return {
        "name": derivation.name,
        "verdict": verdict.name,
        "sentence": verdict.value,
        "ok": verdict.ok,
        "reports": [report.to_json() for report in reports],
    }
