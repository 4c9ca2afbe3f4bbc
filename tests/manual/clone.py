"""A folder that is like a fresh clone with nothing but the settings and the examples in it, and a shell there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .blocks import ROOT

#: By the arguments of Python; with -P, as without it the folder that one stands in could be imported from.
_PROGRAMS = {"gradproof": "-P -m gradproof", "pytest": "-P -m pytest", "python": ""}


class Shell:
    """A shell in a clone, in which `gradproof`, `pytest` and `python` are those of this checkout.

    verdicts    where verdicts are kept, by default in the folder; a shared place saves proving things again
    """

    def __init__(self, folder: Path, verdicts: Path | None = None) -> None:
        self.cwd = folder / "clone"
        self._where = folder / "where"
        ignored = shutil.ignore_patterns("__pycache__", ".*_cache")
        shutil.copytree(ROOT / "examples", self.cwd / "examples", ignore=ignored)
        shutil.copy(ROOT / "pyproject.toml", self.cwd)
        programs = folder / "programs"
        programs.mkdir()
        for name, arguments in _PROGRAMS.items():
            program = programs / name
            program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n', encoding="utf-8")
            program.chmod(0o755)
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "PYTEST_"))}
        self._environment = inherited | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "GRADPROOF_CACHE_DIR": str(verdicts or folder / "verdicts"),
            "NO_COLOR": "1",
            "COLUMNS": "80",
            "LC_ALL": "C.UTF-8",
        }

    def run(self, command: str, typed: str = "") -> tuple[int, str]:
        """The exit code, and what a terminal shows of both streams, without blanks at the ends of lines."""
        script = f"{command}\ncode=$?\npwd > '{self._where}'\nexit $code"
        done = subprocess.run(
            ["bash", "-c", script], cwd=self.cwd, env=self._environment, input=typed, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, check=False,
        )  # fmt: skip
        self.cwd = Path(self._where.read_text(encoding="utf-8").rstrip("\n"))
        return done.returncode, "".join(f"{line.rstrip()}\n" for line in done.stdout.replace("\ufeff", "").splitlines())


def with_capitals(shell: Shell) -> Shell:
    """The shell, in whose folder there is what the manual's names in capitals stand for."""
    work = (ROOT / "examples/grading/submissions/bo.tex").read_text(encoding="utf-8")
    notes = (ROOT / "examples/grading/own.tex").read_text(encoding="utf-8")
    files = {
        **dict.fromkeys(("HOMEWORK.tex", "WORK.tex", "HW/ada.tex", "HW/ada/hw3.tex"), work),
        **dict.fromkeys(("SUBMISSIONS/ada_hw3.tex", "SUBMISSIONS/bo_hw3.tex"), work),
        **dict.fromkeys(("DOCS/neuron.tex", "NOTES/neuron.tex", "NOTES.tex"), notes),
        "WEEK1/line.md": "<!-- gradproof: a, b : R -->\n$$a (1 + b) = a + a b$$\n",
        "RUBRIC.toml": (ROOT / "examples/grading/rubric.toml").read_text(encoding="utf-8"),
    }
    for name, text in files.items():
        path = shell.cwd / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return shell
