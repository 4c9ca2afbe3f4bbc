"""How long the notes on the whole course take: LaTeX and HTML, with verdicts unknown and known, one language and both.

    python benchmarks/notes.py

Every run is a command of its own, as a reader would start it. CPU seconds are those of the command and its children, so
that other work on the machine disturbs them little; they are more than what passes on the clock where cores are idle.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import machine


def seconds(folder: Path, language: str) -> tuple[float, float]:
    """CPU seconds and seconds on the clock of one `gradproof notes` with the cache in this folder."""
    environment = os.environ | {"GRADPROOF_CACHE_DIR": str(folder / "cache")}
    command = [sys.executable, "-m", "gradproof", "notes", "--lang", language, "--format", "latex,html"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([*command, "--out", str(folder / language)], env=environment, stdout=subprocess.DEVNULL, check=True)
    after, passed = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - start
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, passed


def main() -> None:
    """Print a table; a command that does not succeed is an error."""
    print(machine("sympy", "numpy", "torch", "matplotlib", "python-flint"))
    with tempfile.TemporaryDirectory(prefix="gradproof-notes-") as name:
        for language, verdicts in (("en", "unknown"), ("en", "known"), ("both", "known")):
            cpu, passed = seconds(Path(name), language)
            print(f"{language}, verdicts {verdicts}: {cpu:.1f} s CPU, {passed:.1f} s")


if __name__ == "__main__":
    main()
