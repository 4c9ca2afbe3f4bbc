"""PDF from a LaTeX file, with a TeX installation if there is one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

#: The folder of figures that belongs to a LaTeX file beside it.
FIGURES = "figures"
#: A box that sticks out by more than this many points is seen, and is a fault of the notes.
WIDEST_OVERFULL = 5.0
_SECONDS = 900
_ENGINE, _ENGINES = ("pdflatex", "-pdf"), {"zh": ("xelatex", "-pdfxe")}


class TexError(RuntimeError):
    """TeX stopped, or it wrote a page with a fault; the message holds its own words."""


def missing_programs(language: str) -> tuple[str, ...]:
    """What has to be installed before notes in this language can become PDF; empty if nothing is missing."""
    return tuple(name for name in ("latexmk", _ENGINES.get(language, _ENGINE)[0]) if shutil.which(name) is None)


def make_pdf(source: Path, language: str) -> Path:
    """The PDF beside a .tex file.

    Raises TexError when TeX is missing, stops or runs too long, and when the log tells of a missing character, an
    undefined reference, or a box that sticks out by more than WIDEST_OVERFULL points. No shell is started, neither
    here nor by TeX.
    """
    gone = missing_programs(language)
    if gone:
        raise TexError(f"no PDF can be made: {' and '.join(gone)} (TeX Live) is not installed")
    with tempfile.TemporaryDirectory(prefix="gradproof-tex-") as folder:
        work = Path(folder)
        shutil.copyfile(source, work / source.name)
        if (source.parent / FIGURES).is_dir():
            shutil.copytree(source.parent / FIGURES, work / FIGURES)
        _run(work, source.name, language)
        log = (work / source.name).with_suffix(".log").read_text(encoding="utf-8", errors="replace")
        faults = faults_in(log)
        if faults:
            raise TexError(f"{source.name}: " + "; ".join(faults[:5]))
        result = source.with_suffix(".pdf")
        shutil.copyfile((work / source.name).with_suffix(".pdf"), result)
    return result


def _run(work: Path, name: str, language: str) -> None:
    command = ["latexmk", _ENGINES.get(language, _ENGINE)[1], "-norc", "-interaction=nonstopmode", "-halt-on-error"]
    command += ["-latexoption=-no-shell-escape", name]
    environment = os.environ | {"max_print_line": "1000"}  # TeX breaks the lines of its log at 79 otherwise
    try:
        done = subprocess.run(
            command,
            cwd=work,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TexError(f"TeX was stopped after {_SECONDS} s") from late
    if done.returncode:
        log = (work / name).with_suffix(".log")
        printed = done.stderr.decode(errors="replace")
        said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else printed
        raise TexError(f"TeX stopped at {name}:\n{_first_error(said)}")


def _first_error(log: str) -> str:
    """The lines around TeX's first complaint, else the end of the log."""
    lines = log.splitlines()
    for place, line in enumerate(lines):
        if line.startswith("!"):
            return "\n".join(lines[place : place + 6])
    return "\n".join(lines[-6:])


_FAULTS = re.compile(r"Missing character|There were undefined references|Reference .* undefined|multiply[- ]defined")
_OVERFULL = re.compile(r"Overfull \\[hv]box \((?P<points>[\d.]+)pt too (?:wide|high)\).*")


def faults_in(log: str) -> tuple[str, ...]:
    """The lines of TeX's log that tell of a fault that a reader would see."""
    found = []
    for line in log.splitlines():
        overfull = _OVERFULL.match(line)
        if _FAULTS.search(line) or (overfull and float(overfull["points"]) > WIDEST_OVERFULL):
            found.append(line.strip())
    return tuple(dict.fromkeys(found))
