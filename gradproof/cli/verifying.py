"""`gradproof verify`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from gradproof._version import __version__
from gradproof.verify.check import RESULT
from gradproof.verify.record import Record
from gradproof.verify.tiers import standings
from gradproof.verify.verdict import Verdict, worst

from .checking import Options, planned
from .exits import exit_code
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


def verify_derivations(names: Sequence[str], options: Options, *, verbose: bool, as_json: bool) -> int:
    """Check derivations, print each as it is done, and give the exit code for all of them.

    Where the checks are interrupted, what was found so far is printed, and said to be a part.
    """
    verdicts: Counter[Verdict] = Counter()
    results: list[dict[str, Any]] = []
    plan = planned(names, options)
    column = max(map(len, plan.names), default=0)
    complete = False
    try:
        with Bar(len(plan.names)) as bar, closing(plan.results()) as found:
            for name, records in bar.along(plan.names, found):
                verdicts.update(record.verdict for record in records)
                if not records:
                    verdicts[Verdict.VACUOUS] += 1
                results.append(_result(name, records))
                if not as_json:
                    with bar.aside():
                        print("\n".join(_shown(name, records, column, verbose)))
        complete = True
    finally:
        if complete or results:
            if as_json:
                _print_json(results, options, complete)
            else:
                print(_summary(len(results), len(plan.names), verdicts))
    return exit_code(verdicts)


def _print_json(results: list[dict[str, Any]], options: Options, complete: bool) -> None:
    head = {
        "schema": SCHEMA,
        "version": __version__,
        "seed": options.seed,
        "torch": options.torch,
        "device": options.device,
        "complete": complete,
        "ok": complete and bool(results) and all(result["ok"] for result in results),
    }
    print(json.dumps(head | {"derivations": results}, indent=1, allow_nan=False))


def _result(name: str, records: Sequence[Record]) -> dict[str, Any]:
    verdict = worst(record.verdict for record in records)
    return {
        "name": name,
        "verdict": verdict.name,
        "sentence": verdict.value,
        "ok": verdict.ok,
        "tiers": {tier.name: standing.to_json() for tier, standing in standings(records).items()},
        "reports": [record.document for record in records],
    }


def _shown(name: str, records: Sequence[Record], column: int, verbose: bool) -> Iterator[str]:
    yield _line(name, records, column)
    if verbose:
        for tier, standing in standings(records).items():
            word, style = WORDS[standing.verdict]
            yield f"    {tier.name} {tier.value}: {paint(word, style)}, {standing.decided} of {standing.tried} decided"
    for record in records:
        if verbose or not record.verdict.ok:
            yield from _details(record)


def _line(name: str, records: Sequence[Record], column: int) -> str:
    """One line for a derivation, wrapped if its scope is long: verdict, name, lines, tiers, and what is covered."""
    word, style = WORDS[worst(record.verdict for record in records)]
    proved = sum(record.verdict is Verdict.PROVED for record in records)
    count = f"{len(records)} {'line' if len(records) == 1 else 'lines'}"
    tiers = " ".join(tier.name for tier, standing in standings(records).items() if standing.verdict.ok)
    parts = [count if proved == len(records) else f"{proved} of {count} proved", tiers, _scope(name, records)]
    start = column + 14
    about = hanging("; ".join(part for part in parts if part), start, start)
    return f"{paint(f'{word:11}', style)} {paint(f'{name:{column}}', 'name')}  {paint(about, 'faint')}"


def _scope(name: str, records: Sequence[Record]) -> str:
    """What the verdict on the result of this derivation covers; empty if it has no steps."""
    result = next((record for record in records if record.name == name + RESULT), None)
    if result is None:
        return ""
    return next((item.scope for item in result.evidence if item.verdict is result.verdict), "")


def _details(record: Record) -> Iterator[str]:
    _, style = WORDS[record.verdict]
    yield f"    {paint(record.name, 'name')}: {paint(record.verdict.value, style)}"
    for evidence in record.evidence:
        sharp = str(evidence.sharpness or "")
        parts = [f"{evidence.method}: {WORDS[evidence.verdict][0]}", evidence.scope, sharp, evidence.detail]
        yield "      " + hanging("; ".join(part for part in parts if part), 6, 8)
    if record.counterexample:
        yield "      " + hanging(f"at {record.counterexample}", 6, 8)


def _summary(done: int, total: int, verdicts: Counter[Verdict]) -> str:
    counts = ", ".join(f"{word} {verdicts[verdict]}" for verdict, (word, _) in WORDS.items() if verdicts[verdict])
    number = str(done) if done == total else f"{done} of {total}"
    lines = sum(verdicts.values())
    return f"{number} {'derivation' if total == 1 else 'derivations'}, {lines} lines: {counts}"
