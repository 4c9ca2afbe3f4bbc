"""How long pytest takes for a hundred claims in documents: cold, with an empty cache, and warm.

    python benchmarks/plugin_speed.py [--claims 100] [--runs 3]

The claims are lines of tests/corpus/statements.toml that hold, one after the other in as few documents as their
declarations allow. Times are those of the whole command, from its start to its end, on all cores that there are; other
work on the machine lengthens them, so the load is printed as well.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measuring import machine

CORPUS = Path(__file__).parents[1] / "tests" / "corpus" / "statements.toml"
COMMAND = ("-m", "pytest", "-p", "gradproof.regression.plugin", "-p", "no:cacheprovider", "-q", "--gradproof")


def documents(statements: list[dict[str, Any]], claims: int) -> Iterator[str]:
    """Texts in Markdown with so many claims altogether. A document ends where a name would be declared anew."""
    known: dict[str, str] = {}
    lines: list[str] = []
    for statement in statements:
        if claims <= 0:
            break
        if set(statement["status"]) != {"HOLDS"}:
            continue
        given = [line for line in statement.get("given", "").splitlines() if line.strip()]
        names = {name.strip(): line for line in given for name in re.split("[:=]", line)[0].split(",")}
        if any(known.get(name, line) != line for name, line in names.items()):
            yield "\n".join(lines)
            known, lines = {}, []
        new = [line for line in given if line not in known.values()]
        known |= names
        lines += ["<!-- gradproof:", *new, "-->"] if new else []
        lines += ["", f"<!-- gradproof: check -->\n$${statement['line']}$$", ""]
        claims -= len(statement["status"])
    yield "\n".join(lines)


def run(folder: Path, cache: Path) -> tuple[float, str]:
    """The seconds of one run, and its counts."""
    environment = os.environ | {"GRADPROOF_CACHE_DIR": str(cache), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *COMMAND, str(folder)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - start
    counts = [line for line in done.stdout.splitlines() if " claim" in line and " in " in line]
    return seconds, counts[-1] if counts else done.stdout + done.stderr


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3, help="how many warm runs; the fastest counts")
    options = parser.parse_args()
    statements = tomllib.loads(CORPUS.read_text(encoding="utf-8"))["statement"]
    print(machine("pytest", "sympy"))
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name, "notes"), Path(name, "cache")
        folder.mkdir()
        for number, text in enumerate(documents(statements, options.claims)):
            (folder / f"notes{number:02}.md").write_text(text, encoding="utf-8")
        load = os.getloadavg()[0]
        cold, counts = run(folder, cache)
        print(f"cold {cold:.1f} s (load {load:.1f}): {counts}")
        warm, counts = min(run(folder, cache) for _ in range(options.runs))
        print(f"warm {warm:.1f} s (load {os.getloadavg()[0]:.1f}): {counts}")


if __name__ == "__main__":
    main()
