"""How long the catalogue takes to derive, and all of its claims to prove.

    python benchmarks/catalogue.py [--runs 5] [--no-proofs]

Importing a chapter derives its entries, so each time is taken in a fresh process, from the moment when SymPy and the
calculus are imported. A chapter alone includes the entries of other chapters that it builds on. A claim is one line of
a derivation, a result, or a textbook form; the column "proved" counts those that hold for every size.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from importlib import import_module
from pkgutil import iter_modules

from measuring import machine


def derive(chapter: str) -> float:
    """The CPU seconds that it takes to derive a chapter, or all of them where it is "" (in this process, once)."""
    import_module("gradproof.derivations.calculus")  # with SymPy: not what is measured
    from gradproof.derivations import catalogue

    start = time.process_time()
    if chapter:
        package = import_module(f"{catalogue.__name__}.{chapter}")
        for module in iter_modules(package.__path__):
            import_module(f"{package.__name__}.{module.name}")
    else:
        catalogue.chapters()
    return time.process_time() - start


def prove(chapter: str) -> dict[str, float]:
    """Counts of derivations, lines, claims and proofs of a chapter, and the CPU seconds that the proofs took."""
    from gradproof.derivations import catalogue
    from gradproof.verify import Verdict, check, claims_of

    found = next(item for item in catalogue.chapters() if item.name == chapter)
    parts = [part for derivation in found.derivations for part in derivation.walk()]
    claims = [claim for derivation in found.derivations for claim in claims_of(derivation)]
    start = time.process_time()
    reports = [check(claim) for claim in claims]
    seconds = time.process_time() - start
    return {
        "derivations": len(parts),
        "lines": sum(len(part.steps) for part in parts),
        "claims": len(claims),
        "proved": sum(report.verdict is Verdict.PROVED for report in reports),
        "seconds": seconds,
    }


def _in_fresh_process(task: str, chapter: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, task, chapter], check=True, capture_output=True, text=True)
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="fresh processes, of which the median is taken")
    parser.add_argument("--no-proofs", action="store_true", help="only derive")
    options = parser.parse_args()

    from gradproof.derivations import catalogue

    print(machine("sympy"))
    print(f"CPU time; deriving: median of {options.runs} fresh processes; proving: one run")
    print("chapter       derive, s derivations  lines claims proved prove, s")
    total: dict[str, float] = {}
    for chapter in [item.name for item in catalogue.chapters()] + [""]:
        median = statistics.median(_in_fresh_process("derive", chapter)["seconds"] for _ in range(options.runs))
        row = f"{chapter or 'all':<13} {median:>9.2f}"
        if not options.no_proofs:
            counts = _in_fresh_process("prove", chapter) if chapter else total
            row += f" {counts['derivations']:>11} {counts['lines']:>6} {counts['claims']:>6} {counts['proved']:>6}"
            row += f" {counts['seconds']:>8.1f}"
            if chapter:
                total = {name: total.get(name, 0) + value for name, value in counts.items()}
        print(row, flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["derive", chapter]:
            print(json.dumps({"seconds": derive(chapter)}))
        case ["prove", chapter]:
            print(json.dumps(prove(chapter)))
        case _:
            main()
